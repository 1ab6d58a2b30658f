"""What comes again and again: 每周一, 每月5日前, 每季度末, 每年6月, 每两年, 每天上午9时."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.numbers.written import number_at
from luodi.reading.periods.calendar import number_of
from luodi.reading.periods.words import DAY_DIGITS, DAY_HAN, MONTH_DIGITS, MONTH_HAN
from luodi.reading.times.shape import Relation, Time, TimeRule

_STEP = {
    "年": "Y", "半年": "6M", "季度": "3M", "季": "3M", "个季度": "3M", "月": "M", "个月": "M", "旬": "10D", "周": "W",
    "星期": "W", "个星期": "W", "礼拜": "W", "天": "D", "日": "D", "工作日": "BD", "个工作日": "BD", "小时": "H",
    "个小时": "H", "分钟": "m",
}  # fmt: skip
_UNIT = "|".join(sorted(_STEP, key=len, reverse=True))
_MONTH, _DAY = f"(?:{MONTH_DIGITS}|{MONTH_HAN})", f"(?:{DAY_DIGITS}|{DAY_HAN})"
WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
_COUNT = r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十半]{1,3})?"
_DETAIL = (
    rf"(?:(?<=年)(?:的)?(?P<m>{_MONTH})月(?:份)?(?:(?P<d>{_DAY})[日号])?|(?<=月)(?:的)?(?P<e>{_DAY})[日号]"
    r"|(?<=[周期拜])(?P<w>[一二三四五六日天末])(?![年个期度])|年?(?P<at>[底末初中]|[上中下]旬)(?![期步]))?"
)


def recurring(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """Every so often, with the place in it that is told; no days, for none of them is the one."""
    count = match["n"]
    every = 1
    step = _STEP[match["u"]]
    if count and count != "半":
        written = number_at(count, 0)
        if written is None or written.form != "plain" or "." in written.number:
            return None
        every = int(written.number)
    elif count == "半":
        return None
    if not every:
        return None
    notation = _notation(match) if every == 1 else None
    number = step[:-1] or "1"
    letter = step[-1] if not step.endswith("BD") else "BD"
    if step == "BD":
        number = "1"
    clocked = "T" if letter in ("H", "m") else ""
    notation = notation or f"P{clocked}{int(number) * every}{letter.upper()}"
    relation: Relation = "by" if match["b"] else "within"
    return Time(
        match.start(), match.end(), "recurring", relation=relation, rule="comes_again", notation=notation
    )  # fmt: skip


def _notation(match: re.Match[str]) -> str | None:
    """XXXX-06-01, XXXX-XX-05, XXXX-WXX-1; ``None`` where only the beat is told."""
    if match["m"]:
        month, day = number_of(match["m"]), number_of(match["d"]) if match["d"] else None
        if month is None:
            return None
        return f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
    if match["e"]:
        day = number_of(match["e"])
        return None if day is None else f"XXXX-XX-{day:02}"
    if match["w"]:
        return "XXXX-WXX-WE" if match["w"] == "末" else f"XXXX-WXX-{WEEKDAYS[match['w']]}"
    return None


AGAIN_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        "comes_again",
        "反复的时间：每年、每月几日、每周几；不是哪一天",
        "每月5日前报送",
        rf"每(?:隔)?(?:个)?{_COUNT}(?P<u>{_UNIT})(?![均产报供检度长化])(?:的)?{_DETAIL}(?P<b>[之以]?前(?![后来往列]))?",
        recurring,
    ),
)
