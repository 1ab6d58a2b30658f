"""My keys for programs: made for the post acted as, shown once, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.bearers import tokens_of
from luodi.kernel.accounts.models import Account, Token
from luodi.kernel.clocks.now import now
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import is_demonstration
from luodi.kernel.register.models import Post

CHOICES = (
    ("read", _("只读：岗位看得到的事项和期限")),
    ("read cases:write", _("读，也以岗位的身份立事项、办事项")),
    ("read cases:write cases:sign", _("读、立、办，也以岗位的身份签别人提出的一步")),
)


@post_door
@require_http_methods(["GET", "POST"])
@sensitive_variables("raw")
def tokens(request: HttpRequest) -> HttpResponse:
    """``/desk/me/tokens``: what there is, and a form for one more."""
    if request.method == "GET":
        return _shown(request)
    account, post = holder(request)
    days = request.POST.get("days", "")
    try:
        row, raw = tokening.make_token(
            account,
            post,
            name=request.POST.get("name", ""),
            scopes=request.POST.get("scope", "").split(),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
            by=presence_of(request).actor,
        )
    except Refusal as refusal:
        return _shown(request, refusal)
    return page(request, "desk/tokens/given.html", here="me", token=row, raw=raw)


@post_door
@require_POST
def revoke_token(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/me/tokens/<id>/revoke``: a program's key or a calendar's."""
    row = Token.objects.filter(pk=token, account=presence_of(request).actor.account, revoked_at=None).first()
    if row is None:
        raise Refusal("token-gone", "这把密钥已经作废，或不是您的。请刷新后再看。")
    tokening.revoke_token(row, by=presence_of(request).actor)
    messages.success(request, gettext("作废了，从现在起再也用不了。"))
    return HttpResponseRedirect("/desk/me/calendar" if row.kind == "calendar" else "/desk/me/tokens")


def holder(request: HttpRequest) -> tuple[Account, Post]:
    """The account and the post for which a key is made. Raises ``Refusal``."""
    presence = presence_of(request)
    if presence.account is None or presence.post is None:
        raise Refusal("not-logged-in", "您还没有登录，或登录已过期。请登录后再办。")
    return presence.account, presence.post


def _shown(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    rows = list(tokens_of(presence_of(request).actor, "api"))
    words = {scope: gettext(word) for scope, word in Token.SCOPES}
    return page(
        request,
        "desk/tokens/list.html",
        status=422 if refusal else 200,
        here="me",
        rows=[(row, [words.get(scope, scope) for scope in row.scopes.split()]) for row in rows],
        now=now(),
        choices=[(value, gettext(words)) for value, words in CHOICES],
        days=tokening.LASTS,
        chosen=request.POST.get("scope", CHOICES[0][0]),
        chosen_days=request.POST.get("days", "90"),
        name=request.POST.get("name", "")[: tokening.LONGEST_NAME],
        longest=tokening.LONGEST_NAME,
        fault=refusal,
        is_demonstration=is_demonstration(),
    )
