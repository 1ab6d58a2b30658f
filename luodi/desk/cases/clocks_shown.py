"""The clocks of a case in words: by which rule, until when, what stood still, and the whole sum step by step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.cases.clock_bar import Bar, bar_of
from luodi.desk.cases.one_case import OneCase
from luodi.desk.promises.task_rows import day_with_weekday, left_words
from luodi.kernel.cases.due_items import NEAR
from luodi.kernel.cases.models import CaseClock, Pause
from luodi.kernel.cases.time_kept import deadline_of
from luodi.kernel.clocks.calendar import announced
from luodi.kernel.clocks.explaining import lines, said
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.clocks.now import day_of
from luodi.kernel.rules.rule import EVIDENCE, Rule
from luodi.pages import days
from luodi.pages.shapes import LightShown


@dataclass(frozen=True, slots=True)
class ClockShown:
    """``now`` is where it stands, ``tone`` how good that is. ``rule`` is the rule's own name, ``cites`` its law and article.

    ``latest`` is empty where nothing may be added. ``paused`` are the spans in which it stood still.
    """

    label: str
    now: str
    tone: str
    rule: str
    cites: str
    evidence: str
    started: str
    due: str
    latest: str
    paused: tuple[str, ...]
    is_provisional: bool
    sums: tuple[str, ...]
    bar: Bar | None


def clocks_of(one: OneCase) -> list[ClockShown]:
    """Every clock that was ever started, running ones first; one query for the rules."""
    if not one.clocks:
        return []
    rules = {rule.reference: rule for rule in one.rules.rules}
    shown = sorted(one.clocks, key=lambda clock: (clock.stopped_at is not None, clock.due_at))
    return [_shown(one, clock, rules.get(clock.rule)) for clock in shown]


def light_of(one: OneCase) -> LightShown | None:
    """The light of what is due first, with the rule that lit it; ``None`` where nothing is due."""
    if one.due is None:
        return None
    rule = one.rules.choose(NEAR, on=one.row.opened_on, facts={"kind": one.row.kind})
    words = dict(one.due.LIGHTS)[one.due.light]
    return LightShown(one.due.light, gettext(words), f"{rule.title}（{rule.citation}）")


def _shown(one: OneCase, clock: CaseClock, rule: Rule | None) -> ClockShown:
    labels = {each.name: each.label for each in one.playbook.clocks}
    pauses = [pause for pause in one.pauses if pause.from_at >= clock.started_at]
    now, tone = _now(one, clock)
    kind = KINDS[clock.clock].label if clock.clock else gettext("写明的日子")
    return ClockShown(
        label=labels.get(clock.name, clock.name),
        now=now,
        tone=tone,
        rule=gettext("%(title)s，按%(kind)s计") % {"title": rule.title, "kind": kind} if rule else kind,
        cites=clock.citation if clock.clock else "",
        evidence=EVIDENCE[rule.evidence] if rule else "",
        started=days.instant(clock.started_at),
        due=day_with_weekday(clock.due_on),
        latest=day_with_weekday(clock.latest_on) if clock.latest_on != clock.due_on else "",
        paused=tuple(_pause_words(pause) for pause in pauses),
        is_provisional=clock.is_provisional,
        sums=tuple(_sum(clock, pauses)),
        bar=bar_of(one, clock, pauses),
    )


def _now(one: OneCase, clock: CaseClock) -> tuple[str, str]:
    if clock.stopped_at is not None:
        in_time = clock.stopped_at <= clock.due_at
        words = gettext("%(day)s停，按期") if in_time else gettext("%(day)s停，超了期")
        return words % {"day": days.words(day_of(clock.stopped_at))}, "good" if in_time else "bad"
    if one.is_paused:
        return gettext("停表，恢复以后接着走"), "2nd"
    left = left_words(clock.due_on, one.day)
    if clock.clock == "workday" and clock.due_on > one.day:
        left += gettext("（%(days)s个工作日）") % {"days": _workdays(one.day, clock.due_on)}
    return left, "bad" if clock.due_on < one.day else ""


def _workdays(after: dt.date, until: dt.date) -> int:
    """How many working days are left, the present day not counted."""
    calendar = announced()
    spans = range(1, (until - after).days + 1)
    return sum(calendar.is_workday(after + dt.timedelta(days=number)) for number in spans)


def _pause_words(pause: Pause) -> str:
    begun = day_of(pause.from_at)
    if pause.until_at is None:
        told = gettext("%(day)s起停表") % {"day": days.words(begun)}
        if pause.expected_until is not None:
            told += gettext("，预计到%(day)s") % {"day": days.words(pause.expected_until)}
    else:
        told = gettext("%(day)s至%(until)s停表") % {
            "day": days.words(begun),
            "until": days.words(day_of(pause.until_at)),
        }
    return told + (gettext("：%(reason)s") % {"reason": pause.reason} if pause.reason else "")


def _sum(clock: CaseClock, pauses: list[Pause]) -> list[str]:
    """The sum as it stands now. A written day has none: it says what was written and what pauses added."""
    if clock.clock:
        start = day_of(clock.started_at) if KINDS[clock.clock].in_days else clock.started_at
        told = lines(start, (clock.limit or 0) + clock.granted, deadline_of(clock, pauses))
        if clock.granted:
            told.insert(1, f"期限{clock.limit}，准予延长{clock.granted}。")
        return [*told, f"期限的长短来自{clock.citation}。"]
    told = [f"这个期限不是算出来的，是写明的日子。{said(day_of(clock.started_at))}起。"]
    for pause in pauses:
        if pause.until_at is not None:
            moved = (day_of(pause.until_at) - day_of(pause.from_at)).days
            told.append(
                f"停表：{said(day_of(pause.from_at))}至{said(day_of(pause.until_at))}，期限顺延{moved}天。"
            )
    return [*told, f"到期：{said(clock.due_on)}，当天24:00以前都算按期。"]
