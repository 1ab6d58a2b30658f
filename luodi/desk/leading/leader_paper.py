"""The leader's screen as one paper to take along: what is to be decided, the district's figures, one's own, loads, cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext

from luodi.desk.leading.briefs import Brief
from luodi.desk.leading.cases import CasesShown
from luodi.desk.leading.decisions import Decision
from luodi.desk.leading.loads import Load
from luodi.pages import days
from luodi.pages.shapes import FigureShown
from luodi.papers.paper import Block, Facts, Heading, Paper, Table


def leader_paper(
    *,
    unit: str,
    day: dt.date,
    decisions: Sequence[Decision],
    figures: Sequence[FigureShown],
    own: Sequence[Brief],
    loads: Sequence[Load],
    waiting: int | None = None,
    cases: CasesShown | None = None,
) -> Paper:
    """The paper as of ``day``. Everything is given as the screen shows it; nothing is asked of the database.

    ``waiting``: how many decisions there are, where not all are given.
    """
    blocks: list[Block] = [_decisions(decisions, len(decisions) if waiting is None else waiting)]
    if figures:
        rows = tuple((each.name, f"{each.value}{each.unit}　{each.note}".strip()) for each in figures)
        blocks += [Heading(gettext("全区")), Facts(rows, gettext("全区"))]
    blocks += [_own(own), _loads(loads)]
    if cases is not None and not cases.is_empty:
        blocks.append(_cases(cases))
    return Paper(
        title=gettext("领导一屏"),
        day=day,
        blocks=tuple(blocks),
        office=unit,
        as_of=gettext("截至%(day)s") % {"day": days.full(day)},
        foot=gettext("以系统里的登记为准"),
    )


def _decisions(matters: Sequence[Decision], waiting: int) -> Table:
    title = ""
    if len(matters) < waiting:
        title = gettext("等您定的共%(total)s件，这里列%(shown)s件") % {
            "total": f"{waiting:,}",
            "shown": len(matters),
        }
    header = (gettext("等您定的"), gettext("请您定："), gettext("为什么亮灯"))
    told = tuple(
        (f"{nth}. {each.title}\n{each.situation}", each.ask, f"{each.light.words}\n{each.light.rule}")
        for nth, each in enumerate(matters, start=1)
    )
    return Table(title, header, told, (4, 3, 4), gettext("一件也没有"))


def _own(rows: Sequence[Brief]) -> Table:
    header = tuple(map(gettext, ("承诺", "牵头单位", "现在", "核实", "上报", "差")))
    told = tuple(
        (row.title, row.unit, row.state.words, row.verified, row.reported, row.behind) for row in rows
    )
    return Table(gettext("承诺"), header, told, (6, 3, 2, 2, 2, 2), gettext("一件也没有"))


def _loads(lines: Sequence[Load]) -> Table:
    header = tuple(map(gettext, ("单位", "在办", "逾期", "没核实", "太旧")))
    told = tuple(
        (line.name, *(f"{count:,}" for count in (c.going_on, c.overdue, c.claimed, c.quiet)))
        for line in lines
        for c in (line.counts,)
    )
    return Table(gettext("各单位手上的"), header, told, (5, 2, 2, 2, 2), gettext("还没有没办结的承诺。"))


def _cases(shown: CasesShown) -> Table:
    title = gettext("没办结的事项共%(open)s件，超期%(overdue)s件") % {
        "open": f"{shown.open:,}",
        "overdue": f"{shown.overdue:,}",
    }
    header = (gettext("承办单位"), gettext("超期"), gettext("没办结"), gettext("最早的立了"))
    told = tuple(
        (line.name, f"{line.overdue:,}", f"{line.open:,}", gettext("%(number)s天") % {"number": line.oldest})
        for line in shown.units
    )
    return Table(title, header, told, (5, 2, 2, 3), gettext("立过的都办结了。"))
