"""Every expression of time of a line: what ``bin/luodi periods`` answers.

The documents' own reading (``periods.find``) comes first and is kept as it is; what it leaves alone on purpose, because it is no
stretch of days anyone could be held to, is told here with its kind. A day and the time of day behind it are one time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from luodi.reading.numbers.signs import plain
from luodi.reading.periods.find import find_periods
from luodi.reading.times.again import AGAIN_RULES
from luodi.reading.times.clock import CLOCK_RULES
from luodi.reading.times.days import DAY_RULES
from luodi.reading.times.lengths import LENGTH_RULES
from luodi.reading.times.named import NAMED_RULES
from luodi.reading.times.shape import Time, TimeRule, of_period
from luodi.reading.times.shape import time_as_dict as time_as_dict

TIME_RULES: tuple[TimeRule, ...] = (*AGAIN_RULES, *DAY_RULES, *NAMED_RULES, *LENGTH_RULES, *CLOCK_RULES)

_BESIDE = re.compile(r"(?:[ ,，]|的|\(|（)?")
_OF_THE_DAY = re.compile(r"[ ,，]?[（(]?(?:周|星期|礼拜)[一二三四五六日天][)）]?")
_RANGE = re.compile(r" ?(?:至|到|[-—–―~～]{1,2}|和|与) ?")
_BETWEEN = re.compile("之?间")
_FROM = re.compile("(?:从|自|由) ?$")
_CLOCK_WITHIN = next(rule for rule in CLOCK_RULES if rule.name == "clock")


def find_times(text: str, on: dt.date | None) -> list[Time]:
    """The times of ``text``, in order, not overlapping, resolved against the day ``on``. Total: any string has an answer."""
    line = plain(text)
    found = [_with_inner_clock(line, of_period(period)) for period in find_periods(line, on)]
    found.extend(_by_rules(line, on))
    found.sort(key=lambda time: (time.start, -time.stop, time.kind != "stretch"))
    apart: list[Time] = []
    for time in found:
        if not apart or time.start >= apart[-1].stop:
            apart.append(time)
    return _joined(line, apart)


def _by_rules(line: str, on: dt.date | None) -> Iterator[Time]:
    for rule in TIME_RULES:
        for match in rule.pattern.finditer(line):
            time = rule.read(match, on)
            if time is not None and time.stop > time.start:
                yield time


def _with_inner_clock(line: str, time: Time) -> Time:
    """6月30日17时前: the day has taken the hour in; it is told as well."""
    for match in _CLOCK_WITHIN.pattern.finditer(line, time.start, time.stop):
        clock = _CLOCK_WITHIN.read(match, None)
        if (clock is not None and match["u"] is not None) or (clock is not None and match["h"] is not None):
            return time._replace(time_from=clock.time_from, time_to=clock.time_to)
    return time


def _joined(line: str, times: list[Time]) -> list[Time]:
    """Days with their times of day, then two such with a word of range between them."""
    for join in (_range_of_weekdays, _day_and_clock, _range):
        merged: list[Time] = []
        for time in times:
            one = join(line, merged[-1], time) if merged else None
            if one is None:
                merged.append(time)
            else:
                merged[-1] = one
        times = merged
    return times


def _range_of_weekdays(line: str, first: Time, second: Time) -> Time | None:
    """周一至周五 9:00: the time of day is of them all, so they come together first."""
    return _range(line, first, second) if first.rule == second.rule == "weekday" else None


def _day_and_clock(line: str, day: Time, clock: Time) -> Time | None:
    """3月5日上午9时, 每周一下午八点, 10月12日，星期一."""
    gap = _BESIDE.fullmatch(line, day.stop, clock.start)
    if gap is None or day.time_from is not None:
        return None
    if (
        clock.rule == "weekday"
        and day.precision == "day"
        and day.kind == "stretch"
        and "clock" not in day.rule
    ):
        closed = _OF_THE_DAY.match(line, day.stop)
        return day._replace(stop=closed.end() if closed else clock.stop)
    if (
        clock.kind != "time"
        or day.kind not in ("stretch", "recurring", "named")
        or day.precision not in ("day", None)
    ):
        return None
    if gap[0] in (",", "，"):
        return None
    notation = day.notation
    if day.kind == "recurring" and clock.notation and (day.notation or "").startswith("X"):
        notation = f"{day.notation}{clock.notation}"
    elif day.kind != "recurring" and (clock.time_from is None or day.notation is None):
        notation = clock.notation
    is_range = clock.time_from != clock.time_to
    if day.rule.startswith("starting") and is_range:  # 从昨天5:00—6:00 has its end
        day = day._replace(until=day.since, relation="within")
    relation = clock.relation if clock.relation != "within" else day.relation
    since = None if relation == "by" and day.kind == "stretch" else day.since
    return day._replace(
        stop=clock.stop, time_from=clock.time_from, time_to=clock.time_to, notation=notation, since=since, relation=relation,
        rule=f"{day.rule}+{clock.rule}",
    )  # fmt: skip


def _range(line: str, first: Time, second: Time) -> Time | None:
    """昨天下午两点到明天四点, 昨天两点到四点, 周三至周五, 3月5日9时至7日17时."""
    between = _RANGE.fullmatch(line, first.stop, second.start) or (
        _RANGE.match(line, second.start) if second.start == first.stop else None
    )
    towards = second.rule.startswith("up_to")  # 到明天四点 has taken the word of range in
    if first.rule.startswith("starting") and first.precision == "day":
        first = first._replace(until=first.since, relation="within")
    if between is None or first.relation != "within" or second.relation not in ("within", "by"):
        return None
    closing = _BETWEEN.match(line, second.stop)
    if between[0].strip() in ("和", "与") and closing is None and line[second.stop - 1] != "间":
        return None
    if second.relation == "by" and not towards and line[second.stop - 1] == "前":
        return None
    opening = _FROM.search(line, max(0, first.start - 2), first.start)
    start = opening.start() if opening else first.start
    stop = closing.end() if closing else second.stop
    rule = f"{first.rule}+range+{second.rule}"
    if first.kind == "stretch" and first.time_from and second.kind == "time" and second.time_from:
        return first._replace(start=start, stop=stop, time_to=second.time_to, notation=None, rule=rule)
    if first.rule == second.rule == "weekday" and first.notation and second.notation:
        return first._replace(
            start=start, stop=stop, notation=f"({first.notation},{second.notation})", rule=rule
        )
    if first.kind != "stretch" or second.kind != "stretch":
        return None
    if first.since is None or second.until is None or first.since > second.until:
        return None
    return first._replace(
        start=start, stop=stop, until=second.until, time_to=second.time_to, notation=None, rule=rule,
        time_from=first.time_from if second.time_to else None,
    )  # fmt: skip
