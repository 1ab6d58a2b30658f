"""Times of day: 上午9时, 下午3点半, 9:30—11:30, 17时前, 2:00pm, 零点整, 上午."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.calendar import number_of
from luodi.reading.times.shape import Relation, Time, TimeRule

PART = "上午|下午|早上|早晨|清晨|凌晨|中午|正午|傍晚|晚上|晚间|夜间|深夜|午夜|半夜|午后|晚|早|晨"
NOTATION = {
    "上午": "TMO", "早上": "TMO", "早晨": "TMO", "清晨": "TMO", "早": "TMO", "晨": "TMO", "凌晨": "TDA", "中午": "TMI",
    "正午": "TMI", "下午": "TAF", "午后": "TAF", "傍晚": "TEV", "晚上": "TEV", "晚间": "TEV", "晚": "TEV", "夜间": "TNI",
    "深夜": "TNI", "午夜": "TNI", "半夜": "TNI",
}  # fmt: skip
_NIGHT = frozenset(("傍晚", "晚上", "晚间", "晚", "夜间", "深夜", "午夜", "半夜"))
_HAN = "[零〇一二三四五六七八九十两]{1,3}"
_HOUR = rf"(?:2[0-4]|1[0-9]|0?[0-9](?![0-9])|{_HAN})"
_MINUTE = rf"(?:[0-5]?[0-9]|{_HAN})"
_COLON = r"(?P<{x}h>2[0-4]|1[0-9]|0?[0-9]):(?P<{x}m>[0-5][0-9])(?::(?P<{x}s>[0-5][0-9]))?(?:分)?(?![0-9:])"
_WORDS = (
    rf"(?P<{{x}}H>{_HOUR}) ?(?P<{{x}}u>[点时])(?!候|间|代|刻到|期|段|光|速|常|隔|任|长|尚|价|点|数|位|评|击|亮)"
    rf"(?:(?P<{{x}}half>半)|(?P<{{x}}q>[一二三123])刻钟?|整|正|钟|许|(?P<{{x}}M>{_MINUTE})分?钟?(?:(?P<{{x}}S>{_MINUTE})秒)?)?"
)
_MERIDIEM = r"(?: ?(?P<{x}ap>[aApP])\.?[mM](?![A-Za-z])\.?)?"
_CLOCK = rf"(?P<{{x}}p>{PART})? ?(?:{_COLON}{_MERIDIEM}|{_WORDS})"
_TO = r" ?(?:至|到|[-—–―~～]{1,2}) ?"
_AFTER = r"(?:左右|许)?(?P<b>[之以]?前(?![后来期往])|[之以]?后|起(?![点来草])|开始)?(?:之?间)?"
_NUMERALS = "零〇一二三四五六七八九十百千万亿几数"
_GUARD = rf"(?:(?={PART})|(?<![0-9:./第])(?!(?<=[{_NUMERALS}])[{_NUMERALS}]))"
_SPECIFIC = re.compile(
    "[前后]|以[前后]|之[前后]|左右|[至到和与]|[-—~～]|的时候|之?间|开|召|截|在|举|集|准|出|结|起|报|入|见|[,，。；;、 )）]|$"
)
_DECIMALS = re.compile(" ?(?:[零〇](?![一二三四五六七八九]?分)|[一二三四五六七八九](?![十分刻]))")
_REACH = 4
_INTRODUCES = re.compile(r"(?:大?约|从|自|在|于|至|到|前|[日号天晨晚午早]|[,，。；;（( ]|^)$")


def _of(pattern: str, x: str) -> str:
    return pattern.replace("{x}", x)


def _hour(
    match: re.Match[str], x: str, inherited: str | None
) -> tuple[int, int, int | None, str | None] | None:
    """Hour, minute, second and part of the day of one of the two clocks of a match."""
    part = match[f"{x}p"]
    if match[f"{x}h"] is not None:
        hour, minute = int(match[f"{x}h"]), int(match[f"{x}m"])
        second = int(match[f"{x}s"]) if match[f"{x}s"] else None
    else:
        told = _spoken(match, x)
        if told is None:
            return None
        hour, minute, second = told
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if match[f"{x}ap"]:
        noon = 12 if match[f"{x}ap"] in "pP" else 0
        return (hour % 12 + noon if hour <= 12 else hour), minute, second, part
    return _in_part(hour, part or inherited), minute, second, part or inherited


def _spoken(match: re.Match[str], x: str) -> tuple[int, int, int | None] | None:
    """The hour, minute and second of 三点半, 9时30分, 十一点一刻."""
    hour = number_of(match[f"{x}H"])
    minute = 30 if match[f"{x}half"] else 0
    if match[f"{x}q"]:
        quarter = number_of(match[f"{x}q"])
        minute = 15 * quarter if quarter else 0
    elif match[f"{x}M"]:
        read = number_of(match[f"{x}M"].lstrip("零〇") or "零")
        if read is None:
            return None
        minute = read
    second = number_of(match[f"{x}S"].lstrip("零〇") or "零") if match[f"{x}S"] else None
    return None if hour is None else (hour, minute, second)


def _in_part(hour: int, part: str | None) -> int:
    """The hour of 24: 下午3点 is 15, 晚2点 stays 2, 午夜12点 is 0."""
    if part in ("下午", "午后") and 1 <= hour < 12:
        return hour + 12
    if part in ("中午", "正午") and 1 <= hour <= 3:
        return hour + 12
    if part in _NIGHT and 5 <= hour < 12:
        return hour + 12
    if hour == 24 or (hour == 12 and (part in _NIGHT or part == "凌晨")):
        return 0
    return hour


def _text(hour: int, minute: int, second: int | None) -> str:
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "")


def _notation(match: re.Match[str], hour: int, minute: int, second: int | None) -> str:
    """As exact as it was told: T15, T15:30, T15:30:00."""
    is_hour = match["h"] is None and not (match["half"] or match["q"] or match["M"])
    return f"T{hour:02}" if is_hour else f"T{_text(hour, minute, second)}"


def is_time_of_day(match: re.Match[str]) -> bool:
    """十五点七 is a number, 以下三点 a list and 两点要求 none: without a part of the day the words around must speak of time."""
    text, at = match.string, match.start()
    left = text[max(0, at - _REACH) : at]
    if match["h"] is not None or match["p"] is not None:
        return not (match["h"] is not None and left.endswith(("比", "比例为", "比分", "比为")))
    is_loose = match["u"] == "点" or not match["H"][0].isdigit()
    minute = match["M"] or ""
    if match["u"] == "点" and _DECIMALS.match(text, match.end("u")):
        return False
    if not is_loose or match["half"] or match["q"] or minute or text[match.end() - 1] in "整正钟":
        return True
    return _SPECIFIC.match(text, match.end("u")) is not None and _INTRODUCES.search(left) is not None


def _relation(match: re.Match[str]) -> Relation:
    bound = match["b"]
    return "within" if not bound else "by" if bound.endswith("前") else "from"


def one_time(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """上午9时, 17:30, 零点整."""
    if not is_time_of_day(match):
        return None
    told = _hour(match, "", None)
    if told is None:
        return None
    hour, minute, second, _ = told
    clock = _text(hour, minute, second)
    return Time(
        match.start(), match.end(), "time", relation=_relation(match), rule="clock", time_from=clock, time_to=clock,
        notation=_notation(match, hour, minute, second),
    )  # fmt: skip


def two_times(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """9:30—11:30, 下午5点到6点, 晚上9点至凌晨3点."""
    first = _hour(match, "", None)
    if first is None:
        return None
    second = _hour(match, "z", first[3])
    if second is None:
        return None
    begin, end = _text(*first[:3]), _text(*second[:3])
    return Time(
        match.start(), match.end(), "time", rule="clock_range", time_from=begin, time_to=end, notation=f"(T{begin},T{end})"
    )  # fmt: skip


def hours_sharing(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """早上五到六点, 9—11时: two hours that share one word."""
    first = number_of(match["a"])
    last = _hour(match, "", None)
    if first is None or last is None or first > 24:
        return None
    begin = _text(_in_part(first, match["p"]), 0, None)
    end = _text(*last[:3])
    return Time(
        match.start(), match.end(), "time", rule="clock_range", time_from=begin, time_to=end, notation=f"(T{begin},T{end})"
    )  # fmt: skip


def part_of_day(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """上午: no hours are said."""
    return Time(match.start(), match.end(), "time", rule="part_of_day", notation=NOTATION[match["p"]])


CLOCK_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        "clock_range",
        "一天里的起止时刻；后一个没说上下午的随前一个",
        "9:30—11:30办理",
        rf"(?:从|自)?{_GUARD}{_of(_CLOCK, '')}{_TO}{_of(_CLOCK, 'z')}(?:之?间)?",
        two_times,
    ),
    TimeRule(
        "hours_sharing",
        "两个钟点共用一个“点”或“时”",
        "上午九到十一点值班",
        rf"(?:从|自)?{_GUARD}(?P<p>{PART}) ?(?P<a>{_HOUR}){_TO}"
        r"(?P<h>(?!))?(?P<m>(?!))?(?P<s>(?!))?(?P<ap>(?!))?" + _of(_WORDS, ""),
        hours_sharing,
    ),
    TimeRule(
        "clock",
        "一天里的时刻；“前”为止，“后”“起”为始",
        "下午3点半开会",
        rf"(?:大?约)?{_GUARD}{_of(_CLOCK, '')}{_AFTER}",
        one_time,
    ),
    TimeRule(
        "part_of_day",
        "上午、晚上等：没说几点",
        "上午集中办理",
        "(?P<p>上午|下午|早上|早晨|清晨|凌晨|中午|傍晚|晚上|晚间|深夜|午夜)(?!好|茶|饭|餐)",
        part_of_day,
    ),
)


def clock_at(text: str, at: int) -> Time | None:
    """The time of day, or the range of two, that begins at ``text[at]``."""
    for rule in CLOCK_RULES[:-1]:
        match = rule.pattern.match(text, at)
        time = rule.read(match, None) if match else None
        if time is not None:
            return time
    return None
