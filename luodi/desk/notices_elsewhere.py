"""Where else I want to be told: mail, the robot of a messenger, a program of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.desk.tokens import holder
from luodi.kernel.notices import actions
from luodi.kernel.notices.access import channels_of
from luodi.kernel.notices.acts import channels
from luodi.kernel.notices.models import Channel
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import is_demonstration

_HINTS = {
    "mail": (_("邮箱"), _("如 值班@单位.cn")),
    "wecom": (_("机器人的地址"), _("在群机器人的设置里复制 Webhook 地址")),
    "dingtalk": (_("机器人的地址"), _("安全设置选“加签”的，把 SEC 开头的密钥也填上")),
    "feishu": (_("机器人的地址"), _("开了“签名校验”的，把密钥也填上")),
    "webhook": (_("程序的地址"), _("密钥不填就替您做一个，只显示一次；怎样验签名见说明“通知”")),
}
_FAULTS = {
    "too-slow": _("对方太久没有回答"),
    "not-reached": _("连不上对方"),
    "name-unknown": _("找不到这台主机"),
    "private-address": _("地址在内部网里，设置里没有允许"),
    "host-not-named": _("主机不在设置的名单里"),
    "certificate": _("对方的证书不对"),
    "not-understood": _("对方的回答看不懂"),
    "sealed-elsewhere": _("本机的密钥换过，请重新填一次"),
    "not-encrypted": _("地址没有加密，设置里没有允许"),
    "address-wrong": _("地址写得不对，请重新填一次"),
    "mail-log-in": _("发信的服务器不认本系统的账号，请告诉系统管理员"),
    "mail-open": _("发信的服务器不加密，密码不明着发出去，所以没有发，请告诉系统管理员"),
    "mail-refused": _("发信的服务器不收这个邮箱，请核对"),
    "not-taken": _("发信的服务器没有收，请告诉系统管理员"),
    "failed": _("没有发成，请告诉系统管理员"),
}
# what comes before a number that the other side gave
_NUMBERED = (
    ("status-3", _("对方要转到别的地址，这里不跟着转。请填最后的那个地址（%(code)s）")),
    ("status-", _("对方没有收，回答是%(code)s")),
    ("refused-", _("机器人没有收，回答是%(code)s")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of being told, with what is set for it."""

    kind: str
    words: str
    label: str
    hint: str
    has_secret: bool
    can: bool
    channel: Channel | None
    trouble: str


@post_door
@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "POST"])
@sensitive_variables("address", "secret", "made")
def elsewhere(request: HttpRequest) -> HttpResponse:
    """``/desk/me/notices``: what is set, and a form for each way."""
    if request.method == "GET":
        return _shown(request)
    account, _post = holder(request)
    kind, address = request.POST.get("kind", ""), request.POST.get("address", "")
    secret = request.POST.get("secret", "")
    try:
        _row, made = channels.set_channel(
            account, kind, address=address, secret=secret, by=presence_of(request).actor
        )
    except Refusal as refusal:
        return _shown(request, refusal, kind, address)
    if made:
        return page(request, "desk/notices/secret.html", here="me", secret=made)
    messages.success(request, gettext("设好了。请试发一条，看收不收得到。"))
    return HttpResponseRedirect("/desk/me/notices")


@post_door
@require_POST
def remove_channel(request: HttpRequest, kind: str) -> HttpResponse:
    """``/desk/me/notices/<kind>/remove``."""
    channels.remove_channel(_set(request, kind), by=presence_of(request).actor)
    messages.success(request, gettext("取消了，不再往那里发。"))
    return HttpResponseRedirect("/desk/me/notices")


@post_door
@require_POST
def try_channel(request: HttpRequest, kind: str) -> HttpResponse:
    """``/desk/me/notices/<kind>/try``: a trial message, sent like any other."""
    row = _set(request, kind)
    _account, post = holder(request)
    actions.try_channel(row, by=presence_of(request).actor, unit=post.unit_id, post=post.id)
    messages.success(request, gettext("交去发了，一分钟之内应当收到。没收到，回这一页看原因。"))
    return HttpResponseRedirect("/desk/me/notices")


def _set(request: HttpRequest, kind: str) -> Channel:
    row = channels_of(presence_of(request).actor).filter(kind=kind).first()
    if row is None:
        raise Refusal("channel-gone", "这种通知方式没有设。请刷新后再看。")
    return row


def _shown(
    request: HttpRequest, refusal: Refusal | None = None, kind: str = "", address: str = ""
) -> HttpResponse:
    held = {row.kind: row for row in channels_of(presence_of(request).actor)}
    ways = []
    for name, words in Channel.KINDS:
        row = held.get(name)
        can = bool(settings.CONFIGURATION.smtp_url if name == "mail" else settings.NOTICE_HOSTS)
        label, hint = _HINTS[name]
        trouble = _trouble(row) if row is not None else ""
        has_secret = name in ("dingtalk", "feishu", "webhook")
        ways.append(Way(name, gettext(words), gettext(label), gettext(hint), has_secret, can, row, trouble))
    return page(
        request,
        "desk/notices/elsewhere.html",
        status=422 if refusal else 200,
        here="me",
        ways=ways,
        fault=refusal,
        fault_kind=kind,
        typed=address[:500],
        is_demonstration=is_demonstration(),
    )


def _trouble(row: Channel) -> str:
    """Why the latest message was not taken, in words."""
    if not row.fault:
        return ""
    if row.fault in _FAULTS:
        return gettext(_FAULTS[row.fault])
    for beginning, words in _NUMBERED:
        if row.fault.startswith(beginning):
            return gettext(words) % {"code": row.fault.partition("-")[2]}
    return row.fault
