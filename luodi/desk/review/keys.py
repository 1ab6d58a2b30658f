"""Single keys: which there are, and whether this reviewer wants them. The choice is kept in a cookie of the queue alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import role_door
from luodi.desk.rendering import page
from luodi.desk.way_back import way_back

COOKIE = "luodi_review_keys"
_A_YEAR = 365 * 24 * 3600
KEYS: tuple[tuple[str, str], ...] = (
    ("J", _("下一条，这一条不动")),
    ("K", _("上一条")),
    ("A", _("采纳为承诺（成果、现状则按那个按钮写的办）")),
    ("E", _("先改再采纳：光标到第一个要改的格子，改完按回车")),
    ("R", _("不采纳，再按1至9选理由")),
    ("M", _("并入像的那一件；没有像的，就去找一件")),
    ("N", _("不是一件，不再提示")),
    ("S", _("先放着，排到最后")),
    ("D", _("拆成几件")),
    ("1—9", _("缺字的数：选读法")),
    ("T", _("别处同样的读法也照改")),
    ("U", _("撤销刚才那一步")),
    ("Esc", _("离开格子，或收起理由")),
    ("?", _("这张表")),
)


@role_door("office", "reviewer")
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """``/desk/review/keys``: the table of keys, and the switch."""
    if request.method == "GET":
        return page(
            request, "desk/review/keys.html", here="review", key_table=KEYS, keys=keys_are_on(request)
        )
    response = HttpResponseRedirect(way_back(request.POST.get("next") or "/desk/review"))
    if request.POST.get("keys") == "off":
        response.set_cookie(
            COOKIE, "off", max_age=_A_YEAR, path="/desk/review", samesite="Lax", httponly=True
        )
    else:
        response.delete_cookie(COOKIE, path="/desk/review", samesite="Lax")
    return response


def keys_are_on(request: HttpRequest) -> bool:
    """Whether single keys act; they do until switched off."""
    return request.COOKIES.get(COOKIE) != "off"
