"""``/desk/projects``: every project that the post may see, the worst light first; as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.areas.projects.access import sees_all, visible_to
from luodi.areas.projects.desk.amounts import gap_words, share_words, wan_plain
from luodi.areas.projects.desk.asking import BASE, LIGHTS, LONGEST_TEXT, Asked, asked
from luodi.areas.projects.desk.explaining_page import waiting_for
from luodi.areas.projects.desk.ledger_rows import Row, listed, rows_of
from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.lights import COLOUR_WORDS, rules_on, title_of
from luodi.areas.projects.listing import (
    Wanted,
    cells,
    every,
    light_counts,
    page_of,
    report_counts,
    sums_of,
)
from luodi.areas.projects.lookups import due_day
from luodi.areas.projects.models import LeaderAssignment
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.stages import STAGES, label_of
from luodi.areas.projects.standing_models import StandingTally
from luodi.desk.doors import post_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.register.lookups import on_day
from luodi.kernel.register.models import Post, Unit
from luodi.kernel.rules.lookups import rulebook
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import LIGHT_LOOKS, PageLinks
from luodi.pages.sheets_out import csv_answer, xlsx_answer

ON_A_PAGE = 100
# gettext is asked when the sheet is written
COLUMNS = (
    "代码", "项目", "级别", "阶段", "包联领导", "责任单位", "截至", "年度计划（万元）", "年初计划（万元）",
    "调度口径今年完成（万元）", "支付口径今年完成（万元）", "统计口径当月（万元）", "统计口径的月份", "完成率", "时序进度",
    "差（百分点）", "灯", "亮灯规则", "消息截至", "要说明的",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """One question and what it found: what the whole choice counts, the light asked for aside, and the rows of its page.

    ``total`` counts those with that light, ``late`` those whose month is not signed though its day is over.
    """

    wanted: Asked
    listed: Wanted
    cells: Sequence[StandingTally]
    rows: Sequence[Row]
    total: int
    late: int
    sees_statistics: bool


@post_door
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The list."""
    presence = presence_of(request)
    one = asking(request, ON_A_PAGE, presence)
    return page(
        request,
        "projects/ledger.html",
        here="projects",
        **common(one),
        rows=one.rows,
        pages=pages_of(one, BASE, ON_A_PAGE),
        filters=filter_choices(request, one.wanted),
        chosen=_words_of(one.wanted),
        files={kind: one.wanted.href(f"{BASE}.{kind}") for kind in ("csv", "xlsx")},
        wall=one.wanted.href(f"{BASE}/wall", light=""),
        may_meet=presence.has_role("office", "leader"),
        unjudged=waiting_for(presence.actor).count() if one.sees_statistics else 0,
    )


@post_door
@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/desk/projects.csv`` and ``.xlsx``: the same choice as a table, every cell plain text."""
    presence = presence_of(request)
    wanted = asked(request.GET)
    name = f"projects-{wanted.month:%Y-%m}.{kind}"
    header = [gettext(column) for column in COLUMNS]
    lines = _lines(wanted, presence)
    if kind == "csv":
        return csv_answer(name, header, lines)
    return xlsx_answer(name, gettext("重点项目"), header, lines)


def asking(request: HttpRequest, length: int, presence: Presence) -> Asking:
    """What the address asks for, ``length`` rows of it. As many queries, and as much reading, however many projects there are."""
    wanted = asked(request.GET)
    of = listed(wanted, presence)
    found = cells(of)
    rows = rows_of(page_of(of, wanted.page, length), wanted.month, presence)
    counts = light_counts(found)
    total = counts.get(wanted.light, 0) if wanted.light else sum(counts.values())
    late = 0
    if today() > due_day(wanted.month):
        late = sum(count for name, count in report_counts(found).items() if name != "signed")
    return Asking(wanted, of, found, rows, total, late, presence.has_role("office"))


def common(one: Asking, base: str = BASE) -> dict[str, Any]:
    """What ledger and wall both say at their top; a light leads to those of it on the same page."""
    counts = light_counts(one.cells)
    as_of = last_day_of(one.wanted.month)
    return {
        "wanted": one.wanted,
        "as_of": as_of,
        "sums": sums_of(one.cells),
        "lights": [
            (
                light_words(name),
                count,
                *_look(name),
                one.wanted.href(base, light="" if one.wanted.light == name else name),
            )
            for name, count in counts.items()
        ],
        "rules": [title_of(rule) for rule in rules_on(rulebook(), as_of)],
        "late": one.late,
        "sees_statistics": one.sees_statistics,
    }


def pages_of(one: Asking, base: str, length: int) -> PageLinks | None:
    """Where one is in a list too long for a page; ``None`` where all of it is shown."""
    return page_links_of(one.wanted, base, one.total, length)


def page_links_of(wanted: Asked, base: str, total: int, length: int) -> PageLinks | None:
    """The same of ``total`` rows, ``length`` a page."""
    number = wanted.page
    if total <= length and number == 1:
        return None
    last = min(number * length, total)
    return PageLinks(
        min((number - 1) * length + 1, total),
        last,
        total,
        wanted.href(base, page=number - 1) if number > 1 else "",
        wanted.href(base, page=number + 1) if last < total else "",
    )


def light_words(name: str) -> str:
    """A light, or that there is none."""
    return gettext("不亮灯") if name == "none" else gettext(COLOUR_WORDS[name])  # type: ignore[index]


def _look(name: str) -> tuple[str, str]:
    return LIGHT_LOOKS.get(name, ("off", "2nd"))


def filter_choices(request: HttpRequest, wanted: Asked) -> dict[str, Any]:
    """What can be chosen of: levels, stages, lights, leaders, units."""
    presence = presence_of(request)
    # of each post one project that may be seen is enough: nobody reads all of them to fill a list of posts
    led = LeaderAssignment.objects.filter(on_day(today()), post=OuterRef("pk"))
    if not sees_all(presence.actor):
        led = led.filter(file__in=visible_to(presence.actor).order_by().values("pk"))
    leaders = Post.objects.filter(Exists(led), is_leader=True).select_related("unit")
    leaders = leaders.order_by("unit__name", "title")
    units = Unit.objects.filter(closed_on=None).order_by("name").values_list("id", "name")
    return {
        "levels": [(name, gettext(words)) for name, words in LEVELS.items()],
        "stages": [(stage.name, gettext(stage.label)) for stage in STAGES],
        "lights": [(name, light_words(name)) for name in LIGHTS],
        "leaders": [(post.id, post_name(post)) for post in leaders],
        "units": list(units),
        "month": f"{wanted.month:%Y-%m}",
        "longest": LONGEST_TEXT,
    }


def _words_of(wanted: Asked) -> list[tuple[str, str]]:
    """What was asked for in words, each with the address without it."""
    unit = wanted.unit and Unit.objects.filter(pk=wanted.unit).values_list("name", flat=True).first()
    leader = wanted.leader and Post.objects.filter(pk=wanted.leader).select_related("unit").first()
    parts = {
        "level": gettext(LEVELS[wanted.level]) if wanted.level else "",
        "stage": gettext(label_of(wanted.stage)) if wanted.stage else "",
        "light": light_words(wanted.light) if wanted.light else "",
        "unit": (unit or gettext("没有这个单位")) if wanted.unit else "",
        "leader": (post_name(leader) if leader else gettext("没有这个岗位")) if wanted.leader else "",
        "mine": gettext("我的") if wanted.mine else "",
        "text": gettext("有“%(text)s”") % {"text": wanted.text} if wanted.text else "",
    }
    empty: dict[str, Any] = {"mine": False}
    return [(words, wanted.href(**{name: empty.get(name, "")})) for name, words in parts.items() if words]


def _lines(wanted: Asked, presence: Presence) -> Iterator[list[str]]:
    as_of = last_day_of(wanted.month).isoformat()
    parts = every(listed(wanted, presence))
    for row in (row for files in parts for row in rows_of(files, wanted.month, presence)):
        file, now, first = row.file, row.against, row.standing.year
        quoted = row.told.quoted
        yield [
            file.project.code or "",
            file.project.name,
            row.levels,
            gettext(file.get_stage_display()),
            row.leader_name,
            file.responsible_unit.name,
            as_of,
            wan_plain(row.annual),
            wan_plain(first.original.version.annual if first is not None else None),
            wan_plain(row.told.done_sum),
            wan_plain(row.told.paid_sum),
            wan_plain(quoted[1] if quoted is not None else None),
            f"{quoted[0]:%Y-%m}" if quoted is not None else "",
            share_words(now.completion if now is not None else None),
            share_words(now.time_progress if now is not None else None),
            gap_words(now.gap if now is not None else None),
            light_words(row.colour),
            row.standing.light.title if row.standing.light is not None else "",
            row.told.news.isoformat() if row.told.news is not None else "",
            "；".join(row.standing.explain),
        ]
