"""What the first hour has done and what is left; where sheets are sent."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from luodi.desk.doors import role_door
from luodi.desk.first_hour import promises_in, register_in
from luodi.desk.first_hour.blank_sheets import blank_sheet
from luodi.desk.first_hour.sheet_given import SheetGiven, first_filled
from luodi.desk.first_hour.staged import held_by, stage
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.accounts.access import visible_accounts
from luodi.kernel.commitments.access import visible_to
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import district
from luodi.kernel.register.models import Post, Unit
from luodi.kernel.sheets.fields import Use
from luodi.kernel.sheets.limits import MOST_BYTES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAY = {"promises": promises_in.require_may_enter, "register": register_in.require_may_enter}
_BLANK_NAMES = {"promises": "任务分解表.xlsx", "register": "单位岗位人员表.xlsx"}


@role_door("administrator", "office")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """``/desk/first-hour``."""
    return _overview(request)


@role_door("administrator", "office")
@require_POST
def send(request: HttpRequest, use: str) -> HttpResponse:
    """``/desk/first-hour/send/<use>``: a sheet comes in, is read once, and waits for its columns to be confirmed."""
    presence = presence_of(request)
    given = request.FILES.get("sheet")
    known = known_use(use)
    try:
        require_may(known, presence.actor)
        if given is None:
            raise Refusal("sheet-missing", "没有选文件。请先选一个 .xlsx 或 .csv 文件，再按“读这张表”。")
        if (given.size or 0) > MOST_BYTES:
            raise Refusal(
                "sheet-too-large", f"文件有{given.size:,}字节，表格最多{MOST_BYTES:,}字节。请去掉图片后再传。"
            )
        held = stage(given.read(), given.name or "", known, presence.actor.account)
        try:
            held.sheet = first_filled(SheetGiven(held).book)
        except Refusal:
            held.drop()
            raise
    except Refusal as refusal:
        return _overview(request, error=refusal.message, status=422)
    held.keep()
    return HttpResponseRedirect(f"/desk/first-hour/{held.token}/columns")


@role_door("administrator", "office")
@require_safe
def blank(_request: HttpRequest, use: str) -> HttpResponse:
    """``/desk/first-hour/blank/<use>.xlsx``: a sheet to fill, for offices that have none."""
    answer = HttpResponse(blank_sheet(known_use(use)), content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(_BLANK_NAMES[use])
    return answer


def known_use(use: str) -> Use:
    """The use of a sheet that an address names. Raises ``Refusal``."""
    if use == "promises":
        return "promises"
    if use == "register":
        return "register"
    raise Refusal("use-unknown", f"没有“{use[:20]}”这种表。可以传任务分解表，或单位岗位人员表。")


def require_may(use: Use, by: Actor) -> None:
    """Refuse whoever may not enter such a sheet."""
    _MAY[use](by)


def attachment(name: str) -> str:
    """The header that saves an answer under a Chinese name (RFC 6266)."""
    return f"attachment; filename=\"sheet.xlsx\"; filename*=UTF-8''{quote(name)}"


def _overview(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    presence = presence_of(request)
    accounts = visible_accounts(presence.actor).filter(is_active=True)
    return page(
        request,
        "desk/first_hour/overview.html",
        status=status,
        here="first-hour",
        error=error,
        district=district(),
        units=Unit.objects.filter(closed_on__isnull=True).count(),
        posts=Post.objects.filter(closed_on__isnull=True).count(),
        waiting=accounts.filter(credential__password="", outer_identity__isnull=True).count(),
        promises=visible_to(presence.actor).exclude(state="undone").count(),
        is_administrator=presence.has_role("administrator"),
        held=[
            *held_by(presence.actor.account, "promises"),
            *(held_by(presence.actor.account, "register") if presence.has_role("administrator") else ()),
        ],
    )


def say(request: HttpRequest, lines: list[str]) -> None:
    """Tell what was done on the next page."""
    for line in lines:
        messages.success(request, line)
