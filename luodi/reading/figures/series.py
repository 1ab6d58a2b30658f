"""Numerals in a row that share one unit: 30—50个, 3-5万元, 12、15和18个."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from luodi.reading.figures.measures import Measured, measure_after
from luodi.reading.figures.members import Member, member_at
from luodi.reading.numbers import numerals
from luodi.reading.numbers.numerals import Numeral

Place = Literal["low", "high", "listed"]
_MOST_IN_SERIES = 12
_ONE_MAGNITUDE = 10
_TEN_THOUSAND = 10_000
_DASH = r"(?:—{1,2}|[-–―－~～〜])"
_RANGE = re.compile(rf" ?(?:{_DASH}|至|到) ?")
_LIST = re.compile(r" ?(?:、|和|与|及|以及|或) ?")
_OPENS = re.compile(r"(?:^|[\n。；;：:]) ?$")


def series_at(text: str, start: int) -> tuple[list[Member], Measured | None, int]:
    """Numerals in a row joined by range or list signs, the unit of the last, and where reading goes on."""
    first, stop = member_at(text, start, "")
    if first is None:
        return [], None, stop
    members = [first]
    while (measured := measure_after(text, members[-1])) is None and len(members) < _MOST_IN_SERIES:
        joint = _RANGE.match(text, stop)
        kind = "range"
        if joint is None and not first.numeral.chinese:
            joint, kind = _LIST.match(text, stop), "list"
        if joint is None or (first.numeral.chinese and len(members) > 1):
            break
        following, after = member_at(text, joint.end(), kind)
        if following is None or following.numeral.chinese != first.numeral.chinese:
            break
        members.append(following)
        stop = after
    if measured and "/" in measured.unit.written:  # 9个/4元: the 4 is of the unit
        stop = measured.unit.stop
    return members, measured, max(stop, start + 1)


def sharing(text: str, members: list[Member]) -> list[Member]:
    """Those members that truly share the unit: a range rises, an outline number (1、) is no member."""
    kept = members
    for index in range(len(members) - 1, 0, -1):
        member, before = members[index], members[index - 1]
        value, _ = shared_value(before, members[-1])
        rises = value < shared_value(member, members[-1])[0]
        if before.infix or before.numeral.bare or (member.joint == "range" and not rises):
            kept = members[index:]
            break
    if len(kept) == 2 and kept[1].joint == "list" and text[kept[0].stop] == "、":
        outlined = _OPENS.search(text[max(0, kept[0].start - 2) : kept[0].start])
        if outlined and kept[0].numeral.value < 100:
            kept = kept[1:]
    return kept


def shared_value(member: Member, last: Member) -> tuple[Decimal, Numeral | None]:
    """The member's value under the last one's scale: 3-5万元 is 30000, 5000-1万元 stays 5000; 八百到九百亿 is 800亿."""
    own, shared = member.numeral, last.numeral
    big = _big_scale(own, shared) if own.scaled and member is not last else 0
    if big:
        value = numerals.shifted(own.value, big)
        return value, own._replace(value=value)
    if own.scaled or not shared.scaled or member is last:
        return own.value, None
    if own.mantissa > shared.mantissa and own.mantissa >= 100 * shared.mantissa:
        return own.value, None
    scale = shared.value.adjusted() - shared.mantissa.adjusted()
    value = numerals.shifted(own.value, scale)
    return value, own._replace(value=value, scaled=True)


def _big_scale(own: Numeral, shared: Numeral) -> int:
    """万 or 亿 behind the hundreds or thousands of the last, which those before it share: 七千到九千亿, never 五千到一万."""
    for power in (12, 8, 4):
        before, rest = divmod(shared.value, Decimal(10) ** power)
        if before and not rest:
            alike = own.value < before <= _ONE_MAGNITUDE * own.value
            return power if alike and own.value < _TEN_THOUSAND else 0
    return 0


def place_in(members: list[Member], index: int) -> Place | None:
    """Whether a member is an end of a range, one of a list, or alone."""
    if len(members) == 1:
        return None
    if index + 1 < len(members) and members[index + 1].joint == "range":
        return "low"
    return "high" if members[index].joint == "range" and index else "listed"
