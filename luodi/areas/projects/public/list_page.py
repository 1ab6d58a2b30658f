"""``/projects``: every project on a published list, the worst light first, with a map; as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.lights import COLOUR_WORDS, rules_on, title_of
from luodi.areas.projects.listing import cells, every, level_counts, light_counts, page_of
from luodi.areas.projects.money import band
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.public.asking import BASE, LIGHTS, LONGEST_TEXT, Asked, asked
from luodi.areas.projects.public.rows import Row, chosen, last_month, listed, rows_of
from luodi.areas.projects.public.solved import Solved, solved
from luodi.areas.projects.reckoning import LIGHT
from luodi.areas.projects.site_map import Site, SiteMap, point_of, site_map
from luodi.areas.projects.stages import STAGES, label_of
from luodi.areas.projects.standing_models import StandingTally
from luodi.kernel.register.models import Place
from luodi.kernel.rules.lookups import rulebook
from luodi.pages.phrases import Bit, Phrase, joined, phrase
from luodi.pages.public_address import public_address
from luodi.pages.shapes import LIGHT_LOOKS, PageLinks
from luodi.pages.sheets_out import csv_answer, xlsx_answer
from luodi.portal.freshness import public_page

ON_A_PAGE = 100
_HIDDEN = ("conceived", "reserved")
# gettext is asked when the sheet is written
COLUMNS = (
    "编号", "代码", "项目", "目标", "级别", "阶段", "进入阶段", "业主", "责任单位", "行业主管", "包联领导", "地点", "经度纬度",
    "总投资", "计划开工", "实际开工", "计划竣工", "实际竣工", "形象进度（%）", "形象进度截至", "灯", "亮灯规则", "网页",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row with its number on the map."""

    number: int
    row: Row


@public_page
def list_page(request: HttpRequest) -> HttpResponse:
    """The list."""
    wanted = asked(request.GET)
    of = listed(wanted)
    whole = cells(of)
    lit = [cell for cell in whole if not wanted.light or LIGHT[cell.rank] == wanted.light]
    total = sum(cell.number for cell in lit)
    rows = rows_of(page_of(of, wanted.page, ON_A_PAGE))
    numbered = [Numbered(place, row) for place, row in enumerate(rows, (wanted.page - 1) * ON_A_PAGE + 1)]
    as_of = last_day_of(last_month())
    return render(
        request,
        "projects/public_list.html",
        {
            "here": "projects",
            "wanted": wanted,
            "as_of": as_of,
            "lede": _lede(lit, total, wanted),
            "lights": _lights(whole, wanted),
            "rows": numbered,
            "map": map_of(numbered),
            "pages": _pages(wanted, total),
            "rules": [title_of(rule) for rule in rules_on(rulebook(), as_of)] if total else [],
            "solved": None if wanted.is_narrow else solved_here(),
            "chosen": _chosen(wanted),
            "files": [(kind, wanted.href(f"{BASE}.{kind}")) for kind in ("csv", "xlsx")],
            **_options(),
        },
    )


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/projects.csv`` and ``.xlsx``: the same choice as a table."""
    wanted = asked(request.GET)
    rows = (row for files in every(listed(wanted)) for row in rows_of(files))
    name = f"projects-{last_month():%Y-%m}.{kind}"
    header = [gettext(column) for column in COLUMNS]
    lines = _lines(rows, public_address(request))
    if kind == "csv":
        return csv_answer(name, header, lines)
    return xlsx_answer(name, gettext("重点项目"), header, lines)


def map_of(rows: Sequence[Numbered]) -> SiteMap | None:
    """The sites of these rows; those without a point are in the list alone."""
    found = []
    for each in rows:
        at = point_of(each.row.file.site)
        if at is not None:
            place = each.row.file.project.place
            found.append(Site(each.number, *at, each.row.colour, place.name if place is not None else ""))
    return site_map(found)


def solved_here() -> Solved | None:
    """How bottlenecks went in all; ``None`` before there was one."""
    found = solved()
    return found if found.registered else None


def light_words(name: str) -> str:
    """A light, or that there is none."""
    return gettext("不亮灯") if name == "none" else gettext(COLOUR_WORDS[name])  # type: ignore[index]


def _lede(lit: Sequence[StandingTally], total: int, wanted: Asked) -> Phrase:
    """How many there are, each counted once at its highest level."""
    levels = [
        Bit(
            gettext("%(level)s%(count)s个") % {"level": gettext(LEVELS[level]), "count": count},
            wanted.href(level=level), is_figure=False,
        )
        for level, count in level_counts(lit).items()
    ]  # fmt: skip
    count = Bit(str(total), wanted.href() if total else "", is_figure=bool(total), strong=True)
    if not levels:
        return phrase(gettext("{total}个重点项目。"), total=count)
    named = joined(gettext("、"), [(bit,) for bit in levels])
    return phrase(
        gettext("{total}个重点项目：{levels}，在几级名单上的只算一次，算在最高一级。"),
        total=count,
        levels=named,
    )


def _lights(whole: Sequence[StandingTally], wanted: Asked) -> list[tuple[str, int, str, str, str]]:
    """A light in words, how many show it, its symbol and tone, the address of those."""
    return [
        (
            light_words(name),
            count,
            *LIGHT_LOOKS.get(name, ("off", "2nd")),
            wanted.href(light="" if wanted.light == name else name),
        )
        for name, count in light_counts(whole).items()
    ]


def _pages(wanted: Asked, total: int) -> PageLinks | None:
    if total <= ON_A_PAGE and wanted.page == 1:
        return None
    last = min(wanted.page * ON_A_PAGE, total)
    return PageLinks(
        min((wanted.page - 1) * ON_A_PAGE + 1, total),
        last,
        total,
        wanted.href(page=wanted.page - 1) if wanted.page > 1 else "",
        wanted.href(page=wanted.page + 1) if last < total else "",
    )


def _options() -> dict[str, Any]:
    """What can be chosen: of places only those that have a project."""
    # of each place one project is enough: nobody reads all of them to fill a list of places
    held = chosen(Asked()).select_related(None).filter(project__place=OuterRef("pk"))
    places = Place.objects.filter(Exists(held)).order_by("code", "name")
    return {
        "level_options": [(name, gettext(words)) for name, words in LEVELS.items()],
        "stage_options": [(each.name, gettext(each.label)) for each in STAGES if each.name not in _HIDDEN],
        "place_options": list(places.values_list("id", "name")),
        "light_options": [(name, light_words(name)) for name in LIGHTS],
        "longest": LONGEST_TEXT,
    }


def _chosen(wanted: Asked) -> list[tuple[str, str]]:
    """What was asked for in words, each with the address without it."""
    place = wanted.place and Place.objects.filter(pk=wanted.place).values_list("name", flat=True).first()
    parts = {
        "level": gettext(LEVELS[wanted.level]) if wanted.level else "",
        "stage": gettext(label_of(wanted.stage)) if wanted.stage else "",
        "place": (place or gettext("没有这个地点")) if wanted.place else "",
        "light": light_words(wanted.light) if wanted.light else "",
        "text": gettext("有“%(text)s”") % {"text": wanted.text} if wanted.text else "",
    }
    return [(words, wanted.href(**{name: ""})) for name, words in parts.items() if words]


def _lines(rows: Iterable[Row], base: str) -> Iterator[list[str]]:
    for row in rows:
        file, project, report = row.file, row.file.project, row.report
        days = (file.start_planned, file.start_actual, file.completion_planned, file.completion_actual)
        yield [
            project.id,
            project.code or "",
            project.name,
            file.goal,
            row.levels,
            gettext(file.get_stage_display()),
            file.stage_since.isoformat(),
            project.owner_unit.name if project.owner_unit is not None else "",
            file.responsible_unit.name,
            file.lead_unit.name,
            row.leader_name,
            project.place.name if project.place is not None else "",
            file.site,
            gettext(band(file.total_investment)),
            *(day.isoformat() if day is not None else "" for day in days),
            str(report.physical_percent) if report is not None else "",
            report.as_of.isoformat() if report is not None else "",
            light_words(row.colour),
            row.lights[0].title if row.lights else "",
            f"{base}{row.href}",
        ]
