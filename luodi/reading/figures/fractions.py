"""Fractions in words, told exactly: 四分之三 is 75 %, and 三分之二, which no decimal can hold, is 2 of the unit 个三分之一."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from luodi.reading.figures.units import UNITS, Unit
from luodi.reading.numbers import numerals
from luodi.reading.numbers.numerals import Numeral

_FRACTION = re.compile(
    rf"(?P<q>[{numerals.CHINESE_DIGITS}十百千万]{{1,6}}|[0-9]{{1,4}})分之(?P<p>[{numerals.CHINESE_DIGITS}十百]{{1,6}}|[0-9]{{1,4}})"
)


class FractionAt(NamedTuple):
    """A fraction that stops at ``stop``: the number to tell, and what it is told in."""

    stop: int
    numeral: Numeral
    unit: Unit


def fraction_at(text: str, at: int) -> FractionAt | None:
    """The fraction that begins at ``text[at]``; ``None`` where there is none, or it has no meaning (零分之一)."""
    found = _FRACTION.match(text, at)
    if found is None or found["q"] in ("百", "千"):
        return None
    below, above = _value(found["q"]), _value(found["p"])
    if not below or above is None:
        return None
    percent, rest = divmod(above * 10**6, below)
    if rest == 0:
        value, unit = Decimal(percent).scaleb(-4).normalize(), UNITS["%"]
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    else:
        value, unit = Decimal(above), Unit(f"个{found['q']}分之一", "share", True)
    return FractionAt(found.end(), Numeral(value, value, False, not found["q"][0].isdigit(), False), unit)


def _value(written: str) -> int | None:
    numeral = numerals.read_arabic(written) if written[0].isdigit() else numerals.read_chinese(written)
    return None if numeral is None else int(numeral.value)
