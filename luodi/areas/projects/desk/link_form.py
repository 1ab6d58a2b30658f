"""The month's report for somebody who has no account: behind a link that the project office gave out.

``/desk/projects/open/<token>`` remembers that the link was shown and drops its token from the address; from then on the page is
called by the link's id and opens only in the browser that showed the token. Whether the link is still good is asked each time.
"""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from luodi.areas.projects.access import link_named, photos_of
from luodi.areas.projects.acts.linking import fill_by_link, opened, sign_by_link
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.filling_form import PLACES, Typed
from luodi.areas.projects.desk.photos_given import MOST, NAME, as_photos, lacks_place, photos_given
from luodi.areas.projects.lookups import due_day, plan_of, signed_reports
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.report_models import MonthlyReport, ReportingLink
from luodi.desk.doors import open_door
from luodi.desk.evidence.file_view import answer_of
from luodi.desk.evidence.given import Given
from luodi.desk.locked_out import too_many
from luodi.desk.rendering import page
from luodi.kernel.accounts.addresses import client_address
from luodi.kernel.accounts.throttle import ONE_TIME_LINKS, Throttle
from luodi.kernel.clocks.now import today
from luodi.kernel.files.serving import serve
from luodi.kernel.files.store import Damaged
from luodi.kernel.refusal import Refusal

WHY = "whoever has a link to report a month has no account"
SENT = Throttle(limit=40, window=900)  # forms of one link
NAMES = ("done", "paid", "percent", "as_of", "text", "reason", "shot_on", "shot_at")
PUBLIC = "photo-public"  # ticked: anybody may see the copies of these photos once both have signed
_LINKS = "luodi_report_links"  # in the session: the ids of the links whose tokens this browser has shown
_KEPT = 50


@open_door(WHY)
@require_safe
@sensitive_variables("token")
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """``/desk/projects/open/<token>``."""
    address = client_address(request)
    if (seconds := ONE_TIME_LINKS.attempt(address)) > 0:
        return _unlogged(too_many(request, seconds))
    try:
        link = opened(token)
    except Refusal as refusal:
        return _unlogged(page(request, "projects/link_shut.html", status=410, refusal=refusal))
    ONE_TIME_LINKS.succeeded(address)
    shown = [each for each in request.session.get(_LINKS, []) if each != link.id]
    request.session[_LINKS] = [*shown, link.id][-_KEPT:]
    response = HttpResponseRedirect(f"{BASE}/report/{link.id}")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@open_door(WHY)
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, link: str) -> HttpResponse:
    """``/desk/projects/report/<link>``: the form of whoever fills in, or the page of whoever signs."""
    try:
        held = _shown_before(request, link)
        if request.method == "POST" and (seconds := SENT.attempt(held.id)) > 0:
            return too_many(request, seconds)
        return _signing(request, held) if held.side == "head" else _filling(request, held)
    except Refusal as refusal:
        if refusal.code != "link-closed":
            raise
        return page(request, "projects/link_shut.html", status=410, refusal=refusal)


@open_door(WHY)
@require_safe
def photo_by_link(request: HttpRequest, link: str, photo: str) -> FileResponse:
    """``/desk/projects/report/<link>/<photo>``: a photo of that month, small and without what the camera wrote."""
    try:
        held = _shown_before(request, link)
    except Refusal as refusal:
        raise Http404(refusal.message) from refusal
    report = _newest(held)
    found = photos_of(report).filter(pk=photo).first() if report is not None else None
    if found is None:
        raise Http404(gettext("这份月报没有这张照片。"))
    try:
        answer = answer_of(serve(found.kept, small=True))
    except Damaged as damaged:
        raise Http404(gettext("这张照片的文件找不到了。")) from damaged
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _filling(request: HttpRequest, link: ReportingLink) -> HttpResponse:
    newest = _newest(link)
    if newest is not None and newest.state == "filled":
        return _told(request, link, newest, status=409 if request.method == "POST" else 200)
    if request.method != "POST":
        if newest is not None and newest.state == "signed" and "again" not in request.GET:
            return _told(request, link, newest)
        first = {"as_of": min(last_day_of(link.month), today()).isoformat()}
        return _form(request, link, Typed({name: first.get(name, "") for name in NAMES}), [])
    given, fault = photos_given(request, link.id)
    typed = Typed({name: request.POST.get(name, "").replace("\0", "").strip() for name in NAMES})
    typed = Typed({**typed.given, "month": f"{link.month:%Y-%m}"})
    found = typed.filled()
    is_public = PUBLIC in request.POST
    shot = _shot(typed, link, at_site="at_site" in request.POST) if given else (None, "")
    photos = as_photos(given, *shot, is_public=is_public)
    if fault:
        typed.faults[NAME] = fault
    if found is None or typed.faults:
        return _form(request, link, typed, given, 422)
    try:
        fill_by_link(link, found[1].with_photos(photos))
    except Refusal as refusal:
        if refusal.code == "link-closed":
            raise
        typed.faults[{**PLACES, "photo-untold": NAME, "point-wrong": "shot_at"}.get(refusal.code, "")] = (
            refusal.message
        )
        return _form(request, link, typed, given, 409)
    for each in given:
        each.spend()
    messages.success(request, gettext("已填报，单位负责人签字以后算数。"))
    return HttpResponseRedirect(f"{BASE}/report/{link.id}")


def _signing(request: HttpRequest, link: ReportingLink) -> HttpResponse:
    if request.method == "POST":
        agrees = {"sign": True, "back": False}.get(request.POST.get("answer", ""))
        if agrees is None:
            raise Refusal("choice-unknown", gettext("签字还是退回没有选。请按其中一个。"))
        try:
            sign_by_link(link, agrees=agrees, seen=request.POST.get("report", ""))
        except Refusal as refusal:
            if refusal.code == "link-closed":
                raise
            messages.error(request, refusal.message)
            return _told(request, link, _newest(link), 409)
        said = gettext("已签，这个月的数从现在起算数。") if agrees else gettext("已退回，请填报人改了再报。")
        messages.success(request, said)
        return HttpResponseRedirect(f"{BASE}/report/{link.id}")
    return _told(request, link, _newest(link))


def _shown_before(request: HttpRequest, ident: str) -> ReportingLink:
    """The link, where this browser has shown its token and it is still good. Raises ``Refusal`` (``link-closed``)."""
    held = None
    if ident in request.session.get(_LINKS, []):
        held = link_named(ident)
    if held is None:
        raise Refusal("link-closed", gettext("请从收到的链接重新打开这一页：这个浏览器还没有打开过它。"))
    return opened(held)


def _shot(typed: Typed, link: ReportingLink, *, at_site: bool) -> tuple[dt.date | None, str]:
    """Day and place of photos whose camera told neither."""
    text = typed.given["shot_on"]
    day = typed.day("shot_on", "%s", gettext("照片的日子要写成一天，如2026-08-20。")) if text else None
    return day, link.file.site if at_site and link.file.site else typed.given["shot_at"]


def _form(
    request: HttpRequest, link: ReportingLink, typed: Typed, photos: list[Given], status: int = 200
) -> HttpResponse:
    newest = _newest(link)
    return page(
        request,
        "projects/link_form.html",
        status=status,
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        photos=photos,
        most=MOST,
        is_again=newest is not None and newest.state == "signed",
        is_back=newest is not None and newest.state == "sent_back",
        at_site="at_site" in request.POST,
        is_public=PUBLIC in request.POST,
        lacks=any(lacks_place(each) for each in photos),
        **_common(link),
    )


def _told(
    request: HttpRequest, link: ReportingLink, report: MonthlyReport | None, status: int = 200
) -> HttpResponse:
    """What was reported, for whoever filled it in, or to be signed."""
    return page(
        request,
        "projects/link_told.html",
        status=status,
        report=report,
        photos=list(photos_of(report)) if report is not None else [],
        is_head=link.side == "head",
        **_common(link),
    )


def _common(link: ReportingLink) -> dict[str, object]:
    file, month = link.file, link.month
    plan = plan_of(file, month.year)
    signed = signed_reports([file], last_day_of(month)).get(file.id, {})
    year = {of: report for of, report in sorted(signed.items()) if of.year == month.year}
    return {
        "link": link,
        "file": file,
        "month": month,
        "due": due_day(month),
        "here_is": f"{BASE}/report/{link.id}",
        "planned": plan.current.months[month.month - 1] if plan is not None else None,
        "annual": plan.current.annual if plan is not None else None,
        "earlier": [(of, report.done) for of, report in year.items() if of < month],
        "done": sum(report.done for report in year.values()),
    }


def _newest(link: ReportingLink) -> MonthlyReport | None:
    return MonthlyReport.objects.filter(file=link.file_id, month=link.month).order_by("version").last()


def _unlogged(response: HttpResponse) -> HttpResponse:
    """Django logs refusals with their address, unless told; this one has the token in it."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
