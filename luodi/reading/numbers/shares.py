"""Shares told in words or tenths, on a plain line: 百 分之 二, 6 个百分点, 七成六, 三成半, 七五折, 打对折."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from luodi.reading.numbers import numerals
from luodi.reading.numbers.written import GAP, HAN_DIGITS, Written, number_at

_PER_HUNDRED = re.compile(rf"(?P<s>[百千佰仟万]){GAP}分{GAP}之{GAP}")
_SHARE_UNIT = {"百": "%", "佰": "%", "千": "‰", "仟": "‰", "万": "‱"}
_POINTS = re.compile(r"[ \t\u3000]{0,4}个?[ \t\u3000]{0,2}百[ \t\u3000]{0,2}分[ \t\u3000]{0,2}点")
_PERCENT = re.compile(r"[ \t\u3000]{0,2}(?P<s>[%‰‱])")
_TENTHS = re.compile(
    rf"{GAP}(?P<u>[成折])(?:{GAP}(?P<t>[一二三四五六七八九半])(?![{HAN_DIGITS}十百千万亿年个]))?"
)
_NOT_TENTHS = re.compile(
    r"立|功|果|为|员|本|都|绩|效|长|熟|就|型|片|交|套|品|份|年|因|语|城|像|群|叠|射|旧|断|合|算|返|腾|磨|服|戟"
)
_HALF = re.compile(r"(?P<h>半)(?P<u>[成折])|(?<=打)(?P<d>对)折")
_ALL_TENTHS = 10
_DISCOUNT_BY_PLACE = 100


class Share(NamedTuple):
    """A share at ``text[start:stop]``: the number of per cent, per mille or points, and which (``unit``)."""

    start: int
    stop: int
    number: str
    unit: str


def share_at(text: str, at: int, number: Written | None) -> Share | None:
    """The share that begins at ``text[at]``; ``number`` is the number found there, if any."""
    words = _PER_HUNDRED.match(text, at)
    if words:
        inner = number_at(text, words.end())
        if inner is None or inner.form != "plain":
            return None
        return Share(at, inner.stop, inner.number, _SHARE_UNIT[words["s"]])
    half = _HALF.match(text, at)
    if half:
        worth = "5" if half["u"] == "成" else "50"
        return Share(at, half.end(), worth, "%") if not _NOT_TENTHS.match(text, half.end()) else None
    if number is None or number.form != "plain":
        return _in_a_row(text, at)
    sign = _PERCENT.match(text, number.stop)
    if sign:
        return Share(at, sign.end(), number.number, sign["s"])
    points = _POINTS.match(text, number.stop)
    if points:
        return Share(at, points.end(), number.number, "百分点")
    return _in_tenths(text, at, number) or _in_a_row(text, at)


def _in_tenths(text: str, at: int, number: Written) -> Share | None:
    """七成六 is 76, 6.5折 is 65, 七五折 and 75折 are 75."""
    found = _TENTHS.match(text, number.stop)
    if found is None or _NOT_TENTHS.match(text, found.end()):
        return None
    value = Decimal(number.number)
    if found["u"] == "折":
        return _discount(at, found.end("u"), value)
    if value < 0 or value > _ALL_TENTHS:
        return None
    more = Decimal(0)
    if found["t"] == "半":
        more = Decimal(5)
    elif found["t"]:
        last = numerals.read_chinese(found["t"])
        more = last.value if last else more
    stop = found.end() if found["t"] else found.end("u")
    return Share(at, stop, format(numerals.added(numerals.shifted(value, 1), more), "f"), "%")


def _discount(at: int, stop: int, value: Decimal) -> Share | None:
    if 0 < value < _ALL_TENTHS:
        return Share(at, stop, format(numerals.shifted(value, 1), "f"), "%")
    by_place = value == value.to_integral_value() and _ALL_TENTHS < value < _DISCOUNT_BY_PLACE
    return Share(at, stop, format(value, "f"), "%") if by_place else None


_TWO_DIGITS = re.compile(rf"(?P<a>[{HAN_DIGITS}0-9])[ \t]?(?P<b>[{HAN_DIGITS}0-9]) ?折")


def _in_a_row(text: str, at: int) -> Share | None:
    """九九折, 7 2 折: two digits by place."""
    found = _TWO_DIGITS.match(text, at)
    if found is None or _NOT_TENTHS.match(text, found.end()):
        return None
    digits = [sign if sign.isdigit() else str(_digit(sign)) for sign in (found["a"], found["b"])]
    return Share(at, found.end(), "".join(digits), "%")


def _digit(sign: str) -> int:
    read = numerals.read_chinese(sign.replace("叁", "三"))
    return int(read.value) if read else 0
