"""Every number of a text, with its kind: quantities, and what ``find_figures`` passes over because it has no unit.

For those who compare with collections of numbers, and for a person who looks for a digit that no statement took. What
belongs to a date is left to ``find_periods``. A fraction keeps its two whole numbers (2/3), for two thirds have no decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from luodi.reading.figures import numerals
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.figures.units import UNITS
from luodi.reading.periods.find import find_periods

Kind = Literal[
    "money",
    "measure",
    "percentage",
    "multiple",
    "duration",
    "count",
    "fraction",
    "ratio",
    "ordinal",
    "number",
    "code",
]

_OF_UNIT: dict[str, Kind] = {
    "money": "money",
    "measure": "measure",
    "span": "duration",
    "counter": "count",
    "noun": "count",
    "share": "percentage",
}
_KIND_OF: dict[str, Kind] = {unit.base: _OF_UNIT[unit.kind] for unit in UNITS.values()}
_HAN = numerals.CHINESE_DIGITS + "十百千万亿拾佰仟"
_NUMERAL = rf"(?:[0-9０-９]+|[{_HAN}]+)"
_ORDINAL = re.compile(rf"第\s?(?P<n>{_NUMERAL})")
_FRACTION = re.compile(
    rf"(?P<below>{_NUMERAL})分之(?P<above>{_NUMERAL})"
    r"|(?<![0-9./])(?P<a>[0-9]{1,4})[/／](?P<b>[0-9]{1,4})(?![0-9./])"
)
_RATIO = re.compile(
    r"(?<![0-9.:：∶])[0-9]+(?:\.[0-9]+)?(?:\s?[:：∶比]\s?[0-9]+(?:\.[0-9]+)?){1,4}(?![0-9.:：∶])"
)
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?")
_SIGNED = r"(?:(?<![0-9A-Za-z%)）])[-−+]|负)?"
_ARABIC = re.compile(rf"{_SIGNED}{numerals.ARABIC}")
_CHINESE = re.compile(rf"{_SIGNED}{numerals.CHINESE}")
_LONGEST_NUMBER = 6  # digits without a comma or a point; more, or a leading zero, is a code


class Bare(NamedTuple):
    """A number at ``text[start:stop]``; ``number`` is its decimal string (2/3 and 5:3:2 as written), ``unit`` may be empty."""

    start: int
    stop: int
    number: str
    unit: str
    kind: Kind


def find_bare(text: str) -> list[Bare]:
    """All numbers of ``text`` but those of dates, in order, not overlapping."""
    found = [_as_bare(figure) for figure in find_figures(text)]
    taken = _Taken([(b.start, b.stop) for b in found])
    for period in find_periods(text, None):
        taken.add(period.start, period.stop)
    for more in (_ordinals(text), _fractions(text), _ratios(text), _numbers(text)):
        found.extend([bare for bare in more if taken.add(bare.start, bare.stop)])
    return sorted((b for b in found if b.number), key=lambda b: b.start)


def bare_as_dict(bare: Bare) -> dict[str, object]:
    """The number as plain data."""
    return {
        "start": bare.start,
        "end": bare.stop,
        "number": bare.number,
        "unit": bare.unit,
        "kind": bare.kind,
    }


class _Taken:
    """Which characters are spoken for."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._signs: set[int] = set()
        for start, stop in spans:
            self._signs.update(range(start, stop))

    def add(self, start: int, stop: int) -> bool:
        """Take a span; ``False`` where part of it is taken already."""
        signs = range(start, stop)
        if not self._signs.isdisjoint(signs):
            return False
        self._signs.update(signs)
        return True


def _as_bare(figure: Figure) -> Bare:
    kind = _KIND_OF.get(figure.unit, "count")
    if figure.unit == "倍":
        kind = "ratio" if figure.rule == "ratio_to_one" else "multiple"
    return Bare(figure.start, figure.stop, format(figure.number, "f"), figure.unit, kind)


def _value(written: str) -> str | None:
    numeral = numerals.read_arabic(written) if written[0].isdecimal() else numerals.read_chinese(written)
    return None if numeral is None else format(numeral.value, "f")


def _ordinals(text: str) -> Iterator[Bare]:
    for match in _ORDINAL.finditer(text):
        value = _value(match["n"])
        if value is not None:
            yield Bare(match.start(), match.end(), value, "", "ordinal")


def _fractions(text: str) -> Iterator[Bare]:
    for match in _FRACTION.finditer(text):
        above, below = _value(match["above"] or match["a"]), _value(match["below"] or match["b"])
        if above is not None and below is not None and below != "0":
            yield Bare(match.start(), match.end(), f"{above}/{below}", "", "fraction")


def _ratios(text: str) -> Iterator[Bare]:
    for match in _RATIO.finditer(text):
        if _CLOCK.fullmatch(match[0]):
            yield Bare(
                match.start(), match.end(), "", "", "ratio"
            )  # a time of day: taken, and told by nobody here
        else:
            yield Bare(match.start(), match.end(), re.sub(r"\s?[:：∶比]\s?", ":", match[0]), "", "ratio")


def _numbers(text: str) -> Iterator[Bare]:
    for match in _ARABIC.finditer(text):
        written = match[0].lstrip("-−+负")
        value = _value(written)
        if value is None:
            continue
        is_code = written.isdecimal() and (
            len(written) > _LONGEST_NUMBER or (written[0] == "0" and len(written) > 1)
        )
        if is_code:
            yield Bare(match.end() - len(written), match.end(), written, "", "code")
        else:
            yield Bare(match.start(), match.end(), _signed(match[0], value), "", "number")
    for match in _CHINESE.finditer(text):
        written = match[0].lstrip("-−+负")
        is_vague = text[match.start() - 1 : match.start()] in ("几", "数", "多", "好") and match.start() > 0
        value = _value(written) if len(written) > 1 and not _is_scale(written) and not is_vague else None
        if value is not None:
            yield Bare(match.start(), match.end(), _signed(match[0], value), "", "number")


def _signed(written: str, value: str) -> str:
    return f"-{value}" if written[0] in "-−负" else value


def _is_scale(written: str) -> bool:
    """万亿, 千百: scales that nothing counts."""
    return not any(sign in numerals.CHINESE_DIGITS or sign in "十拾廿卅" for sign in written)
