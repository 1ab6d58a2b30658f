"""Lengths of time: 三个月, 45个工作日, 两年半, 半小时, 8天20小时, 20日内, 三天后, 未来两周."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from luodi.reading.numbers.numerals import added
from luodi.reading.numbers.written import number_at
from luodi.reading.times.shape import Relation, Time, TimeRule, moved, moved_months

_UNITS = {
    "年": "Y", "个季度": "Q", "个月": "M", "月": "M", "个星期": "W", "星期": "W", "个礼拜": "W", "礼拜": "W",
    "个周": "W", "周": "W", "个工作日": "BD", "工作日": "BD", "个自然日": "D", "自然日": "D", "天": "D", "日": "D", "个昼夜": "D",
    "个小时": "H", "小时": "H", "个钟头": "H", "个钟": "H", "钟头": "H", "分钟": "m", "刻钟": "q", "分": "m",
    "秒钟": "S", "秒": "S",
}  # fmt: skip
_NUMBER = r"(?:[0-9][0-9,]{0,9}(?:\.[0-9]{1,6})?|[零一二两三四五六七八九十百千廿卅]{1,12}(?:点[一二三四五六七八九零]{1,6})?)"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_ONE = (
    rf"(?:{_NUMBER} ?(?:个半(?:小时|钟头|月|星期|礼拜|钟)|(?:多|余)?(?:{_UNIT})(?:半(?!数|径|年|个|天))?)"
    r"|(?<!个)(?:半(?:年|个月|天|日|个?小时|个?钟头|个?星期|分钟)|个半(?:小时|月)))"
)
_COMPOUND = rf"{_ONE}(?: ?(?:又|零|加|余)?{_ONE}){{0,6}}"
_LEAST = rf"(?:(?P<l>{_NUMBER}) ?(?:至|到|[-—–~～]{{1,2}}) ?)?"
_GUARD = r"(?<![0-9.,零〇一二两三四五六七八九十百千万亿几数第/:\-])"
_BEFORE_WORDS = "未来|今后|接下来的?|过去的?|最近|近|之前|之后|此前|此后|往后|前|后|上|下"
_SUFFIX = (
    r"(?P<b>[之以]?内(?![部容外涝需河陆])|[之以]?前(?![后来期往列])|[之以]?后(?![续来勤])|以来|来(?=[,，]))?"
)
_LENGTH = re.compile(
    rf"(?P<n>{_NUMBER}|半|个半|(?=个半))? ?"
    rf"(?P<u>个半(?:小时|钟头|月|星期|礼拜|钟)|{_UNIT}|个?小时|个?星期|个?钟头)(?P<h>半(?!年|个|天))?"
)
_ANCHORED = re.compile(
    r"(?:之日起?|起|届满|期满|到期|满|完毕|截止|提前|开工|会议|受理|公布|发布|施行|生效|送达|收到\S{0,8}|每)[,，]?$"
)
_PAST = frozenset(("过去", "过去的", "最近", "近", "之前", "此前", "前", "上"))
_RELATION: dict[str, Relation] = {"内": "within", "前": "before", "后": "after"}
_BY_PLACE = frozenset("零〇一二三四五六七八九")
_REACH = 14
_LARGEST_DAYS = 40_000
_NOT_A_LENGTH = re.compile(
    "岁|一贯|一体|年|级|代|龄|制|生|期|计|规|度|味|货|底|末|初|会(?!议)|内瓦|然|津|空|气|桥|文|花"
)
_CALENDAR_MONTH = re.compile("[0-9一二三四五六七八九十]月")
_OF_MONTH = re.compile("[0-9一二三四五六七八九十]")


def notation_of(text: str) -> str | None:
    """The ISO 8601 notation of a length: P2Y, P3.5D, P8DT20H; working days are BD, as ISO knows none."""
    date, clock = "", ""
    for found in _LENGTH.finditer(text):
        unit = found["u"]
        extra = Decimal("0.5") if found["h"] or unit.startswith("个半") else Decimal(0)
        unit = unit.replace("个半", "", 1) if unit.startswith("个半") else unit
        letter = _UNITS.get(unit) or _UNITS.get(f"个{unit}") or {"钟": "H"}.get(unit)
        if letter is None:
            return None
        value = _value(found["n"], bare=unit != found["u"] or found["n"] is None)
        if value is None:
            return None
        value = added(value, extra)
        if letter == "Q":
            value, letter = value * 3, "M"
        elif letter == "q":
            value, letter = value * 15, "m"
        told = f"{value.normalize():f}{letter.upper()}"
        if letter in ("H", "m", "S"):
            clock += told
        else:
            date += told
    return f"P{date}" + (f"T{clock}" if clock else "") if date or clock else None


def _value(written: str | None, *, bare: bool) -> Decimal | None:
    if not written:
        return Decimal(1) if bare else None
    if written == "半":
        return Decimal("0.5")
    number = number_at(written, 0)
    return Decimal(number.number) if number and number.form == "plain" else None


def _is_length(match: re.Match[str]) -> bool:
    """2024年 and 08年 are years, 5日 and 10月 are of the calendar; 三年级 and 五年规划 are names."""
    text, whole = match.string, match["w"]
    first = _LENGTH.match(whole)
    if first is None:
        return False
    after = text[match.end("w") : match.end("w") + 2]
    unit, written = first["u"], first["n"] or ""
    is_alone = first.end() == len(whole)
    if unit == "年" and is_alone:
        is_year = written.isdigit() and (len(written) == 4 or written.startswith("0"))
        of_calendar = (
            written.isdigit()
            and len(written) == 2
            and bool(_OF_MONTH.match(after))
            and "月" in text[match.end("w") : match.end("w") + 4]
        )
        is_year = is_year or (len(written) > 2 and all(sign in _BY_PLACE for sign in written))
        return not (is_year or of_calendar or _NOT_A_LENGTH.match(after) or written.startswith("零"))
    if unit == "月" or _CALENDAR_MONTH.search(whole):
        return False
    if unit == "日":
        return is_alone and match["b"] in ("内", "之内", "以内", "后", "之后", "以后")
    if unit == "分" and is_alone:
        return False
    if whole.endswith("周") and after[:1] in tuple("一二三四五六日天末"):
        return False
    return not (unit in ("天", "周") and is_alone and _NOT_A_LENGTH.match(after))


def length(match: re.Match[str], on: dt.date | None) -> Time | None:
    """三个月, 20日内; 3天前 and 两周后 are days where nothing else than today can be meant."""
    notation = notation_of(match["w"]) if _is_length(match) else None
    if notation is None:
        return None
    bound = (match["b"] or "").lstrip("之以")
    start = match.start()
    least = number_at(match["l"], 0) if match["l"] else None
    if least is not None and least.form == "plain":  # 30—45天: a length between two
        low = re.sub(r"[0-9.]+", least.number, notation, count=1)
        notation = f"({low},{notation})"
    relation = _RELATION.get(bound, "lasting")
    if bound in ("前", "后") and not _ANCHORED.search(match.string, max(0, start - _REACH), start):
        day = _shifted(on, notation, -1 if bound == "前" else 1)
        if day is not None:
            return _on_day(start, match.end(), day, notation, relation)
    return Time(start, match.end(), "duration", relation=relation, rule="length", notation=notation)


def _on_day(start: int, stop: int, day: dt.date, notation: str, relation: Relation) -> Time:
    """Three days ago is a day; three months ago a month, three years ago a year: nobody means the very day."""
    since = until = day
    precision = "day"
    if notation.endswith("Y"):
        since, until, precision = day.replace(month=1, day=1), day.replace(month=12, day=31), "year"
    elif notation.endswith("M") and "T" not in notation:
        since = day.replace(day=1)
        until = moved(moved_months(since, 1), -1) or day
        precision = "month"
    return Time(start, stop, "stretch", since, until, precision, relation, "ago", None, None, notation)


def _shifted(on: dt.date | None, notation: str, way: int) -> dt.date | None:
    """The day so long before or after ``on``; ``None`` for hours and working days, which need more than a day."""
    found = re.fullmatch(r"P(\d+)([YMWD])", notation)
    if on is None or found is None or int(found[1]) > _LARGEST_DAYS:
        return None
    count, letter = way * int(found[1]), found[2]
    if letter in "YM":
        return moved_months(on, count * (12 if letter == "Y" else 1))
    return moved(on, count * (7 if letter == "W" else 1))


def length_from_today(match: re.Match[str], on: dt.date | None) -> Time | None:
    """未来两天 are the two days after today, 过去三周 the three weeks before it."""
    after = match.string[match.end() : match.end() + 1]
    notation = notation_of(match["w"])
    is_year = notation is not None and re.match(r"P(?:\d{3,}Y$|T?0[A-Z])", notation) is not None
    if (
        (match["w"].endswith("分") and after == "之")
        or notation is None
        or is_year
        or (match["w"].endswith("周") and after in "一二三四五六日天岁年" and after)
    ):
        return None
    is_past = match["x"] in _PAST
    far = _shifted(on, notation, -1 if is_past else 1)
    relation: Relation = "before" if is_past else "after"
    if on is None or far is None:
        return Time(
            match.start(),
            match.end(),
            "duration",
            relation=relation,
            rule="length_from_today",
            notation=notation,
        )
    since, until = (far, moved(on, -1)) if is_past else (moved(on, 1), far)
    return Time(
        match.start(), match.end(), "stretch", since, until, "day", "within", "length_from_today", None, None, notation
    )  # fmt: skip


LENGTH_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        "length_from_today",
        "从说话之日往前、往后数的一段",
        "未来两周集中整治",
        rf"(?<![0-9目日之以此年月天周生期届提最一])(?P<x>{_BEFORE_WORDS}) ?(?P<w>{_ONE})(?!半|[前后])",
        length_from_today,
    ),
    TimeRule(
        "length",
        "时长：几年、几个月、几个工作日、几小时；后有“内”“前”“后”的一并读",
        "20个工作日内办结",
        rf"{_GUARD}{_LEAST}(?P<w>{_COMPOUND}){_SUFFIX}",
        length,
    ),
)
