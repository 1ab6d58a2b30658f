"""The unit of a numeral: behind it, within it (百分之三十, 8:1), or left out and understood (总投资50亿)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from luodi.reading.figures.clause_window import clause_before
from luodi.reading.figures.fractions import fraction_at
from luodi.reading.figures.members import Member
from luodi.reading.figures.units import UNITS, Unit, UnitAt, unit_at
from luodi.reading.numbers import numerals
from luodi.reading.numbers.numerals import Numeral

Shape = Literal[
    "plain", "ratio", "words", "fraction", "big", "half", "tenths", "coins", "understood", "outline"
]
_TENTHS = ("零", *"一二三四五六七八九")
_SPACE = re.compile("[ \t\u00a0\u3000]{0,2}")
_COLONS = (":", "：", "∶")
_TO_ONE = re.compile(r"[:：∶]1(?![0-9.．:：∶])")
_MONEY_NOUN = re.compile(
    r"(?:投资|产值|增加值|收入|税收|营收|资金|生产总值|GDP|销售额|交易额|零售额|进出口|总额|贷款|存款|余额|注册资本|债券|基金)"
    r"[^，,。；;\n]{0,14}$"
)
_AND_A_HALF = re.compile(
    r"半(?!数|价|岛|径|封|自|成|山|夜|天|个|程|年|月|小时|日|导|挂|以|内|外|径|截|壁|坡|开|停|公|脱|固|决|闲|透|机|折|空|身|场|边)"
)
_COINS = re.compile("(?P<j>[0-9]|[一二三四五六七八九两])[角毛](?:(?P<f>[0-9]|[一二三四五六七八九])分)?")
_MARKED = re.compile(
    r"(?:(?P<y>人民币|RMB|CNY|[￥¥])|(?P<h>港币|港元|HKD|HK\$)|(?P<e>欧元|€)|(?P<u>美元|美金|USD|US\$|(?<![A-Z])\$))[:： ]?$"
)
_MARKED_UNIT = {"y": "元", "h": "港元", "e": "欧元", "u": "美元"}
_PEOPLE_NOUN = re.compile(r"(?:人口|人数)[^，,。；;\n0-9]{0,4}$")
_UNDERSTOOD_END = re.compile(r"\s|$|[，,。；;、！!？?）)”\"]|左右|以上|以下|以内|上下|大关|的")


class Measured(NamedTuple):
    """The unit of a series: how it stands (``shape``), where it stops."""

    unit: UnitAt
    shape: Shape
    spaced: bool


def measure_after(text: str, member: Member) -> Measured | None:
    """The unit of ``member``: after its number, within it (百分之三十), or understood."""
    start, stop, numeral = member.start, member.stop, member.numeral
    after = text[stop : stop + 1]
    if text[start] in "百千" and text.startswith("分之", start + 1):
        sign = "%" if text[start] == "百" else "‰"
        return Measured(UnitAt(UNITS[sign], stop, sign), "words", False)
    fraction = fraction_at(text, start) if "分" in text[start:stop] else None
    if fraction is not None and fraction.stop == stop:
        return Measured(UnitAt(fraction.unit, stop, "分之"), "fraction", False)
    ratio = _TO_ONE.match(text, stop) if not numeral.chinese and after in _COLONS else None
    if ratio:
        return Measured(UnitAt(UNITS["倍"], ratio.end(), ":1"), "ratio", False)
    if after == "个" and text.startswith("个半小时", stop):
        return Measured(UnitAt(UNITS["小时"], stop + 4, "个半小时"), "half", False)
    if after == "大":
        named = UnitAt(Unit("大", "noun", False), stop + 1, "大")
        return Measured(unit_at(text, stop + 1) or named, "big", False)
    gap = _gap_end(text, stop) if not numeral.chinese and after.isspace() else stop
    unit = unit_at(text, gap, spaced=gap > stop)
    if unit and unit.written == "成" and text[unit.stop : unit.stop + 1] in _TENTHS:
        return Measured(unit._replace(stop=unit.stop + 1), "tenths", False)
    if unit:
        return _grown(text, unit, numeral) or Measured(unit, "plain", gap > stop)
    understood = _understood(text, member)
    return Measured(UnitAt(understood, stop, ""), "understood", False) if understood else None


def _grown(text: str, unit: UnitAt, numeral: Numeral) -> Measured | None:
    """两亩半, 3元5角: the unit with what is added behind it."""
    if text[unit.stop : unit.stop + 1] == "半":
        by_halves = unit.unit.kind in ("measure", "span", "share") and _whole(numeral)
        if by_halves and _AND_A_HALF.match(text, unit.stop):
            return Measured(unit._replace(stop=unit.stop + 1), "half", False)
    elif unit.written in ("元", "块"):
        coins = _COINS.match(text, unit.stop)
        if coins:
            return Measured(UnitAt(UNITS["元"], coins.end(), "元"), "coins", False)
    return None


def _understood(text: str, member: Member) -> Unit | None:
    """元 or 人 where the page leaves it out after 亿 or 万 and a noun before the number says which; money marked before it."""
    marked = _MARKED.search(text, max(0, member.start - 8), member.start)
    if marked and marked.lastgroup:
        return UNITS[_MARKED_UNIT[marked.lastgroup]]
    if not member.numeral.scaled or not _UNDERSTOOD_END.match(text, member.stop):
        return None
    left = clause_before(text, member.start)
    if _PEOPLE_NOUN.search(left):
        return UNITS["人"]
    return UNITS["元"] if _MONEY_NOUN.search(left) else None


def _whole(numeral: Numeral) -> bool:
    """Half is added to whole numbers only: 两亩半, 12.5亩 has none."""
    return numeral.mantissa == numeral.mantissa.to_integral_value()


def coins_of(text: str, stop: int) -> Decimal:
    """The 角 and 分 that end at ``text[stop]``, in 元: 5元3角2分 holds 0.32."""
    found = _COINS.search(text, max(0, stop - 4), stop)
    worth = Decimal(0)
    for name, place in (("j", -1), ("f", -2)):
        sign = found[name] if found else None
        if sign:
            digit = (
                Decimal(sign)
                if sign.isdigit()
                else Decimal("零一二三四五六七八九".find(sign.replace("两", "二")))
            )
            worth = numerals.added(worth, digit.scaleb(place))
    return worth


def _gap_end(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
