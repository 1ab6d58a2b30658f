"""The pack as a paper: an agenda with its sums, what the last meeting decided, a page a project; and as tables for a sheet.

The day as of which it holds is its only clock: made again from the same register it is the same file, byte for byte.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.areas.projects.desk.amounts import share_words, wan_whole
from luodi.areas.projects.desk.pack_words import (
    DecidedRow,
    MonthLine,
    decided_rows,
    facts_of,
    light_words,
    matter_words,
    month_lines,
    stuck_rows,
    sum_words,
)
from luodi.areas.projects.meeting.gathering import Brief
from luodi.areas.projects.models import MeetingDecision
from luodi.pages import days
from luodi.papers.paper import Block, Facts, Heading, PageBreak, Paper, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Pack:
    """What goes into it. ``office`` is the unit that makes it; ``last`` what the last meeting decided."""

    day: dt.date
    office: str
    briefs: Sequence[Brief]
    last: Sequence[MeetingDecision]
    with_statistics: bool = False


def pack_paper(pack: Pack) -> Paper:
    """For PDF and Word."""
    blocks: list[Block] = [Paragraph(opening_words(pack))]
    blocks += [Heading(gettext("一、议程")), agenda_table(pack), Paragraph(order_words(), is_note=True)]
    if not pack.with_statistics:
        words = gettext("三种口径从不相加。统计口径的单个项目数依法不随材料发，由项目办会上说。")
        blocks.append(Paragraph(words, is_note=True))
    if pack.last:
        last = _decided_table(decided_rows(pack.last, pack.day))
        blocks += [Heading(gettext("二、上次会定的事")), last]
    for number, brief in enumerate(pack.briefs, 1):
        blocks += [PageBreak(), *_page(pack, number, brief)]
    return _paper(pack, tuple(blocks))


def pack_sheet(pack: Pack) -> Paper:
    """For a spreadsheet: five tables over all projects, to be sorted and counted."""
    return _paper(
        pack,
        (
            agenda_table(pack, title=gettext("议程")),
            _facts_table(pack),
            _months_table(pack),
            _stuck_table(pack),
            _all_decided_table(pack),
        ),
    )


def opening_words(pack: Pack) -> str:
    """What the meeting is about, in a sentence or two."""
    stuck = sum(len(brief.open) for brief in pack.briefs)
    unclear = sum(not row.is_clear for brief in pack.briefs for row in stuck_rows(brief, pack.day))
    words = gettext("%(projects)s个项目上会，没有销号的堵点%(stuck)s个") % {
        "projects": len(pack.briefs),
        "stuck": stuck,
    }
    if unclear:
        words += gettext("，其中%(count)s个还没有写明要哪个单位做什么") % {"count": unclear}
    late = sum(row.tone == "bad" for row in decided_rows(pack.last, pack.day))
    if pack.last:
        words += gettext("。上次会定了%(total)s件事，%(late)s件超期没有办成") % {
            "total": len(pack.last),
            "late": late,
        }
    return words + gettext("。")


def order_words() -> str:
    """How the order came about."""
    return gettext(
        "排序：每个堵点，发现至今的天数×影响的投资（万元）×涉及的人数，一个项目的几个相加，大的在前。"
        "没有写影响投资的，按项目今年落后的投资算一次；没有写人数的按1人算。"
    )


def agenda_table(pack: Pack, title: str = "") -> Table:
    """The agenda: what is to be decided about which project, and why it stands where it stands."""
    rows = []
    for number, brief in enumerate(pack.briefs, 1):
        asks = [f"{row.title}\n{row.ask}" for row in stuck_rows(brief, pack.day)]
        what = "\n".join(asks) or (
            gettext("进度落后，请责任单位说清卡在哪里") if brief.matters else gettext("没有要定的事")
        )
        name = f"{brief.file.project.name}\n{brief.file.responsible_unit.name}"
        why = "\n".join(matter_words(brief, pack.day))
        if len(brief.matters) > 1:
            why += "\n" + gettext("合计%(sum)s") % {"sum": sum_words(brief, pack.day)}
        rows.append((str(number), name, what, why))
    header = (gettext("序"), gettext("项目"), gettext("要定什么"), gettext("天数×钱×人"))
    return Table(title, header, tuple(rows), (1, 4, 6, 6), gettext("没有要上会的项目"))


def _page(pack: Pack, number: int, brief: Brief) -> list[Block]:
    """What one project's page says; what there is nothing of takes no room, so that a page holds it."""
    name = gettext("%(number)s. %(name)s") % {"number": number, "name": brief.file.project.name}
    blocks: list[Block] = [Heading(name), Facts(tuple(facts_of(brief)), brief.file.project.name)]
    blocks += _months(month_lines(brief, with_statistics=pack.with_statistics))
    stuck = stuck_rows(brief, pack.day)
    if stuck:
        header = (gettext("卡在哪里"), gettext("请谁做什么"), gettext("多久了，到哪一级，现在"))
        rows = tuple((row.title, row.ask, f"{row.age}\n{row.rung}\n{row.state}") for row in stuck)
        blocks.append(Table(gettext("没有销号的堵点"), header, rows, (4, 5, 7)))
    else:
        blocks.append(Paragraph(gettext("没有登记过还没销号的堵点。"), is_note=True))
    if brief.decided:
        blocks.append(_decided_table(decided_rows(brief.decided, pack.day), gettext("以前会上定的")))
    return blocks


def _months(lines: Sequence[MonthLine]) -> list[Block]:
    """Two tables of half a year: twelve columns of figures do not fit on a line."""
    found: list[Block] = []
    for first, whole in ((1, gettext("上半年")), (7, gettext("全年"))):
        months = (gettext("%(month)s月") % {"month": month} for month in range(first, first + 6))
        header = (gettext("口径"), *months, whole)
        rows = tuple(
            (line.name, *line.cells[first - 1 : first + 5], line.half if first == 1 else line.whole)
            for line in lines
        )
        title = gettext("各月（万元）") if first == 1 else ""
        found.append(Table(title, header, rows, (4, 3, 3, 3, 3, 3, 3, 4)))
    return found


def _decided_table(rows: Sequence[DecidedRow], title: str = "") -> Table:
    header = (gettext("定的事"), gettext("哪个单位"), gettext("期限"), gettext("现在"))
    told = tuple((row.title, row.unit, row.due, row.state) for row in rows)
    return Table(title, header, told, (6, 4, 4, 4), gettext("没有"))


def _facts_table(pack: Pack) -> Table:
    header = ("项目", "责任单位", "年度计划（万元）", "调度口径完成（万元）", "完成率", "灯和规则")
    rows = []
    for brief in pack.briefs:
        year = brief.standing.year
        now = year.current if year is not None else None
        rows.append(
            (
                brief.file.project.name, brief.file.responsible_unit.name,
                wan_whole(now.version.annual if now is not None else None), wan_whole(now.done if now is not None else None),
                share_words(now.completion if now is not None else None), light_words(brief),
            )
        )  # fmt: skip
    return Table(gettext("项目"), tuple(map(gettext, header)), tuple(rows), (5, 3, 2, 2, 2, 6))


def _months_table(pack: Pack) -> Table:
    months = tuple(gettext("%(month)s月") % {"month": month} for month in range(1, 13))
    header = (gettext("项目"), gettext("口径"), *months, gettext("全年"))
    rows = tuple(
        (brief.file.project.name, line.name, *line.cells, line.whole)
        for brief in pack.briefs
        for line in month_lines(brief, with_statistics=pack.with_statistics)
    )
    return Table(gettext("各月（万元）"), header, rows, (6, 3, *(2,) * 12, 3))


def _stuck_table(pack: Pack) -> Table:
    header = ("项目", "卡在哪里", "请谁做什么", "多久了", "到哪一级", "现在")
    rows = tuple(
        (brief.file.project.name, row.title, row.ask, row.age, row.rung, row.state)
        for brief in pack.briefs
        for row in stuck_rows(brief, pack.day)
    )
    return Table(gettext("堵点"), tuple(map(gettext, header)), rows, (4, 4, 6, 5, 3, 4))


def _all_decided_table(pack: Pack) -> Table:
    header = ("哪次会", "定的事", "哪个单位", "期限", "现在")
    rows = tuple(
        (row.meeting, row.title, row.unit, row.due, row.state)
        for brief in pack.briefs
        for row in decided_rows(brief.decided, pack.day)
    )
    return Table(gettext("会议决定"), tuple(map(gettext, header)), rows, (4, 6, 3, 3, 4))


def _paper(pack: Pack, blocks: tuple[Block, ...]) -> Paper:
    return Paper(
        title=gettext("重点项目调度会材料"),
        day=pack.day,
        blocks=blocks,
        office=pack.office,
        as_of=gettext("截至%(day)s") % {"day": days.full(pack.day)},
        foot=gettext("内部材料，以系统里的登记为准"),
    )
