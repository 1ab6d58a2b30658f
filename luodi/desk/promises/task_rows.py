"""Promises as the desk's list shows them: light and time left, title and what to do now, rule and last report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from luodi.desk.promises.choosing import BASE, month_start
from luodi.desk.promises.listing import GROUPS, may_verify
from luodi.desk.promises.reach import Reach
from luodi.kernel.commitments.light_rules import COLOUR_WORDS, rule_named
from luodi.kernel.commitments.models import Standing
from luodi.pages import days
from luodi.pages.promise_words import light_of, state_of
from luodi.pages.shapes import LightShown, StateShown


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One promise. ``light`` where it runs, ``state`` where it is ended; ``now`` says what to do and by whom."""

    href: str
    title: str
    light: LightShown | None
    state: StateShown | None
    time: str
    due: str
    topic: str
    unit: str
    now: str
    rule: str
    reported: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Rows under one heading. ``total`` counts all of the group, of which ``rows`` are on this page."""

    name: str
    words: str
    note: str
    total: int
    rows: tuple[TaskRow, ...]


def task_groups(rows: Iterable[Any], totals: dict[int, int], reach: Reach, day: dt.date) -> list[TaskGroup]:
    """The rows of a page under their headings, in order."""
    by_group: dict[int, list[TaskRow]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(task_row(row, reach, day))
    return [
        TaskGroup(
            GROUPS[at], _group_words(GROUPS[at]), _group_note(GROUPS[at]), totals.get(at, 0), tuple(made)
        )
        for at, made in sorted(by_group.items())
    ]


def task_row(row: Any, reach: Reach, day: dt.date) -> TaskRow:
    """One row of ``listing.chosen``."""
    runs = row.state in ("open", "claimed")
    return TaskRow(
        href=f"{BASE}/{row.commitment_id}",
        title=row.commitment.title,
        light=light_of(row) if runs else None,
        state=None if runs else state_of(row, day),
        time=_time(row, day),
        due=_due(row),
        topic=row.topic,
        unit=row.commitment.lead_unit.name,
        now=_now(row, reach, day),
        rule=_rule(row) if runs else "",
        reported=_reported(row, day),
        is_mine=row.lead_unit_id in reach.mine,
    )


def left_words(due: dt.date | None, day: dt.date) -> str:
    """How long is left, or how long past: 还剩9天, 今天到期, 超22天."""
    if due is None:
        return gettext("没有期限")
    left = (due - day).days
    if left == 0:
        return gettext("今天到期")
    if left < 0:
        return gettext("超%(days)s天") % {"days": f"{-left:,}"}
    return gettext("还剩%(days)s天") % {"days": f"{left:,}"}


def day_with_weekday(day: dt.date) -> str:
    """9月23日（周三）."""
    return gettext("%(day)s（%(weekday)s）") % {"day": days.words(day), "weekday": days.weekday(day)}


def _time(row: Standing, day: dt.date) -> str:
    if row.state == "claimed":
        waited = (day - row.state_since).days
        return gettext("等核实%(days)s天") % {"days": waited} if waited else gettext("今天报的完成")
    return left_words(row.due_until, day) if row.state == "open" else ""


def _due(row: Standing) -> str:
    if row.due_until is None:
        return ""
    if row.state == "claimed":
        return gettext("期限%(day)s") % {"day": days.words(row.due_until)}
    return day_with_weekday(row.due_until)


def _rule(row: Standing) -> str:
    """What lit it, with its article; of a green light only where that stands."""
    rule = rule_named(row.rule)
    if row.light in ("red", "amber"):
        return f"{gettext(rule.title)}（{rule.article}）"
    return f"{rule.source_title}{rule.article}"


def _reported(row: Any, day: dt.date) -> str:
    if row.last_as_of is None:
        return gettext("还没有上报过")
    words = (
        gettext("上次报的是截至%(day)s的数，%(age)s")
        if row.last_kind == "progress"
        else gettext("截至%(day)s报了完成，%(age)s")
    )
    return words % {"day": days.words(row.last_as_of), "age": days.ago((day - row.last_as_of).days)}


def _now(row: Any, reach: Reach, day: dt.date) -> str:
    """What is to be done, and by whom where it is not for the reader."""
    if row.is_objected and reach.office.covers(row.lead_unit_id):
        return gettext("现在要做：有人说这里有错，核对后答复")
    if row.state not in ("open", "claimed"):
        return gettext("已经办结，不用做")
    if may_verify(row, reach):
        claims = row.last_kind == "done"
        return gettext("现在要做：核实完成，不属实就退回") if claims else gettext("现在要做：核实这次进展")
    if row.state == "claimed":
        return (
            gettext("不用做；等别的单位核实")
            if row.lead_unit_id in reach.mine
            else gettext("等核实的单位去看")
        )
    return _now_open(row, reach, day)


def _now_open(row: Any, reach: Reach, day: dt.date) -> str:
    fresh = row.last_as_of is not None and row.last_as_of >= month_start(day)
    sent_back = row.last_verdict == "sent_back"
    if not (reach.reports and row.lead_unit_id in reach.answers):
        unit = row.commitment.lead_unit.name
        if sent_back:
            return gettext("退回去了，等%(unit)s再报") % {"unit": unit}
        if fresh and row.due_until is not None and row.due_until < day:
            return gettext("超期了，等%(unit)s报完成") % {"unit": unit}
        if fresh:
            return gettext("不用做；%(unit)s本月报过了") % {"unit": unit}
        return gettext("等%(unit)s报进展") % {"unit": unit}
    if sent_back:
        return gettext("现在要做：看退回的理由，补做了再报")
    if fresh:
        return gettext("本月报过了；办完了就报完成")
    if row.due_until is not None and row.due_until < day:
        return gettext("现在要做：报进展；办完了就报完成")
    return gettext("现在要做：报%(month)s月的进展") % {"month": day.month}


def _group_words(name: str) -> str:
    return {
        "past": gettext("已超期"),
        "today": gettext("今天到期"),
        "week": gettext("本周"),
        "month": gettext("本月"),
        "later": gettext("以后"),
        "none": gettext("没有期限"),
        "claimed": gettext("等核实的"),
        "ended": gettext("办结的"),
    }[name]


def _group_note(name: str) -> str:
    return {
        "none": gettext("没有期限就不算逾期，也不算兑现得早"),
        "claimed": gettext("报了完成，别的单位还没有核实"),
    }.get(name, "")


def light_words(colour: str) -> str:
    """The word of a light."""
    return gettext(COLOUR_WORDS[colour])
