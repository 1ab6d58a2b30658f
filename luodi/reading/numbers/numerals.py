"""Numerals as districts write them: 1,234.5, 6.04亿, 3万5千, 一百二十三, 三点五亿, 壹拾伍万.

Values are exact: a numeral is read as whole digits and a power of ten, never through binary floating point, and one
that would need more than ``MOST_DIGITS`` digits is refused rather than rounded. Wrong where a page writes a year or a
telephone number like a quantity; that is for the stop list to say, not for the numeral.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import NamedTuple

MOST_DIGITS = 40
_EXACT = Context(prec=2 * MOST_DIGITS, traps=[Inexact])

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_PLAIN_SIGN = str.maketrans("两〇○壹贰叁肆伍陆柒捌玖拾佰仟萬億", "二零零一二三四五六七八九十百千万亿", "")
_CONTRACTED = str.maketrans({"廿": "二十", "卅": "三十"})
_DIGIT_OF = {c: i for i, c in enumerate("零一二三四五六七八九")}
_POWER_OF = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_ONE_OF = {"千": 1, "百": 1, "十": 1} | {f"{c}{p}": i for c, i in _DIGIT_OF.items() for p in "千百十"}
_SECTION = re.compile(
    "零?(?P<thousand>[一二三四五六七八九]?千)?零?(?P<hundred>(?:[一二三四五六七八九]|^)百)?零?"
    "(?P<ten>[一二三四五六七八九]?十)?零?(?P<last>[一二三四五六七八九])?"
)

# 千 and 百 that begin a unit (千瓦, 百分点) are no scale
_THOUSAND = r"[千仟](?![瓦米克伏卡焦帕赫])"
_HUNDRED = r"[百佰](?!分之|分点|分比)"
SCALE = rf"(?:[万亿萬億]|{_THOUSAND}|{_HUNDRED})"

DIGIT = "[0-9０-９]"
_POINT = "[.．]"
_PLAIN = rf"(?:{DIGIT}{{1,3}}(?:[,，]{DIGIT}{{3}})++(?!{DIGIT})|{DIGIT}++)(?:{_POINT}{DIGIT}++)?"
_SPACE = "[ \t\u00a0\u3000]{0,2}"
ARABIC = (
    rf"{_PLAIN}(?:{_SPACE}{SCALE}++"
    rf"(?:{DIGIT}++(?:{_POINT}{DIGIT}++)?{SCALE}++)*+(?:{DIGIT}{{3,4}}+(?!{DIGIT}|{_POINT}))?)?"
)
CHINESE_DIGITS = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_CHINESE_SIGN = rf"(?:[{CHINESE_DIGITS}十拾廿卅万亿萬億]|{_THOUSAND}|{_HUNDRED})"
CHINESE = rf"{_CHINESE_SIGN}++(?:点[{CHINESE_DIGITS}]++{SCALE}*+)?"

_GROUP = re.compile(rf"({DIGIT}[0-9０-９.．,，]*+)[ \t\u00a0\u3000]*([十百千万亿佰仟萬億]*)")
_DECIMAL_CHINESE = re.compile("([^点]+)点([零一二三四五六七八九]+)([^点]*)")
_COUNTED = frozenset("零一二三四五六七八九十")


class Numeral(NamedTuple):
    """What a run of number signs is worth: ``value`` is exact; ``mantissa`` is the value before the last scale."""

    value: Decimal
    mantissa: Decimal
    scaled: bool
    chinese: bool
    bare: bool
    """A scale without a digit, as 百 in 近百家: a quantity only where a bound word stands by it."""


def shifted(value: Decimal, power: int) -> Decimal:
    """``value`` times ten to ``power``, exactly."""
    return value.scaleb(power, _EXACT)


def added(left: Decimal, right: Decimal) -> Decimal:
    """The exact sum; numerals are short enough that it always fits."""
    return _EXACT.add(left, right)


def power_of(scales: str) -> int:
    """The power of ten of a run of scale signs: 千万 is 7, 万亿 is 12."""
    return sum(_POWER_OF[c] for c in scales.translate(_PLAIN_SIGN))


def read_arabic(written: str) -> Numeral | None:
    """The value of digits with scales, or None where the parts do not descend (3千2万) or are too long."""
    return _read_arabic(written) if len(written) <= MOST_DIGITS else None


@lru_cache(maxsize=4096)
def _read_arabic(written: str) -> Numeral | None:
    """The same, remembered: years and round numbers come again and again."""
    total, last, groups = Decimal(0), 99, _GROUP.findall(written)
    for digits, scales in groups:
        power = power_of(scales)
        part = shifted(Decimal(digits.translate(_FULL_WIDTH).replace(",", "")), power)
        if power >= last or (last < 99 and part.adjusted() >= last):
            return None
        total, last = added(total, part), power
    mantissa = Decimal(groups[0][0].translate(_FULL_WIDTH).replace(",", ""))
    return Numeral(total, mantissa, bool(groups[0][1]), False, False)


def read_chinese(written: str) -> Numeral | None:
    """The value of a Chinese numeral, or None where it is none (三五, 一二三: approximations and lists)."""
    return _read_chinese(written) if len(written) <= MOST_DIGITS else None


@lru_cache(maxsize=4096)
def _read_chinese(written: str) -> Numeral | None:
    """The same, remembered."""
    plain = written.translate(_PLAIN_SIGN).translate(_CONTRACTED)
    fraction = _DECIMAL_CHINESE.fullmatch(plain)
    if fraction:
        whole, tail, scales = fraction.groups()
        number = _whole(whole)
        if number is None:
            return None
        digits = "".join(str(_DIGIT_OF[c]) for c in tail)
        value = Decimal(f"{number}.{digits}")
        return Numeral(shifted(value, power_of(scales)), value, bool(scales), True, False)
    number = _whole(plain)
    if number is None:
        return None
    value, stem = Decimal(number), plain.rstrip("百千万亿")
    before = _whole(stem) if stem else None
    scaled = before is not None and stem != plain
    return Numeral(value, Decimal(before or number), scaled, True, _COUNTED.isdisjoint(plain))


def _whole(signs: str) -> int | None:
    """Whole numerals, split at 亿, then at 万: 一亿两千万, 三万五千. A bare 万 at the head counts one."""
    for big, worth in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = signs.rpartition(big)
        if not found:
            continue
        times, rest = _whole(head) if head else 1, _whole(tail) if tail else 0
        if times is None or rest is None or rest >= worth:
            return None
        if len(tail) == 1 and head:
            return times * worth + rest * worth // 10
        return times * worth + rest
    return _section(signs)


def _section(signs: str) -> int | None:
    """Up to 9999; a last digit right after 千 or 百 counts the next place (三千五), unless 零 keeps it low."""
    found = _SECTION.fullmatch(signs)
    if found is None:
        return None
    places = [_ONE_OF.get(found[name] or "", 0) for name in ("thousand", "hundred", "ten")]
    thousands, hundreds, tens = places
    last = _DIGIT_OF[found["last"]] if found["last"] else 0
    if not tens and "零" not in signs:
        last *= 10 if hundreds else 100 if thousands else 1
    return thousands * 1000 + hundreds * 100 + tens * 10 + last
