"""``/desk/projects/<id>/plan``: the office gives the plan of a year month by month, or another version beside those there are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.acts.planning import set_plan
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.lookups import plan_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.money import wan
from luodi.areas.projects.plan import Plan
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal

MONTHS = tuple(f"m{number}" for number in range(1, 13))
_NAMES = ("year", "annual", *MONTHS, "paper", "reason", "seen")
# at which field the act's refusals belong
_PLACES = {"words-missing": "paper", "plan-wrong": "annual"}


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def plan_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form of one year (``?year=``), and what it sends. A version sent twice finds that it is there."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    years = _years(file)
    asked = request.POST if request.method == "POST" else request.GET
    year = int(asked["year"]) if asked.get("year", "") in {str(each) for each in years} else today().year
    held = plan_of(file, year)
    if request.method != "POST":
        return _form(request, file, year, held, typed_of(_first(held), _NAMES))
    typed = typed_of(request.POST, _NAMES)
    months = [typed.amount(name) or 0 for name in MONTHS]
    annual = typed.amount("annual")
    if annual is None and "annual" not in typed.faults:
        typed.faults["annual"] = gettext("全年计划没有填。")
    if not typed.faults and annual != sum(months):
        typed.faults["annual"] = gettext("各月加起来是%(sum)s万元，和全年的不一样。") % {
            "sum": wan(sum(months))
        }
    if typed.faults:
        return _form(request, file, year, held, typed, 422)
    seen = int(typed.given["seen"]) if typed.given["seen"].isdecimal() else 0
    try:
        made = set_plan(
            file, year, months, by=presence.actor, annual=annual, paper=typed.given["paper"],
            reason=typed.given["reason"], seen=seen,
        )  # fmt: skip
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, year, held, typed, 409)
    if made.version == 1:
        messages.success(request, gettext("%(year)s年的计划定了。") % {"year": year})
    else:
        told = {"year": year, "number": made.version}
        messages.success(
            request, gettext("%(year)s年计划的第%(number)s版定了，以前的版本照样看得到。") % told
        )
    return HttpResponseRedirect(f"{BASE}/{file.id}#plans")


def _years(file: ProjectFile) -> list[int]:
    """The year before, this one and the next, and the years of works in between."""
    this = today().year
    first = min(this - 1, file.start_planned.year if file.start_planned is not None else this)
    return list(range(max(first, this - 5), this + 2))


def _first(held: Plan | None) -> dict[str, str]:
    """What stands in the form first: the plan as it is now."""
    if held is None:
        return {"seen": "0"}
    months = held.current.months
    given = {name: _bare(months[place]) for place, name in enumerate(MONTHS)}
    return given | {"annual": _bare(sum(months)), "seen": str(len(held.versions))}


def _bare(fen: int) -> str:
    """An amount in 万元 as somebody would type it."""
    return wan(fen).replace(",", "").removesuffix(".00")


def _form(
    request: HttpRequest, file: ProjectFile, year: int, held: Plan | None, typed: Typed, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "projects/plan.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        year=year,
        years=_years(file),
        versions=len(held.versions) if held is not None else 0,
        first=wan(sum(held.original.months)) if held is not None else "",
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        months=[
            (name, number, typed.given[name], typed.faults.get(name, ""))
            for number, name in enumerate(MONTHS, 1)
        ],
    )
