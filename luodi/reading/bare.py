"""Every number of a line, with its kind: quantities, and what ``find_figures`` passes over.

For those who compare with collections of numbers, and for a person who looks for a digit that no statement took. No digit is
left out: each belongs to exactly one number. What is no quantity says why in ``stop``; what belongs to a date or a time of
day says so in ``kind``. A fraction keeps two whole numbers (2/3), for two thirds have no decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from luodi.reading.figures.candidates import Candidate, candidates
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.figures.labels import Labels
from luodi.reading.figures.stops import stop_of
from luodi.reading.figures.units import UNITS, unit_at
from luodi.reading.numbers.shares import share_at
from luodi.reading.numbers.signs import plain
from luodi.reading.numbers.written import HAN_DIGITS, HAN_SIGNS, Written, number_at
from luodi.reading.times.find import find_times
from luodi.reading.times.shape import Time

Kind = Literal[
    "money", "measure", "temperature", "age", "percentage", "multiple", "duration", "count", "fraction", "ratio",
    "ordinal", "number", "date", "time", "code",
]  # fmt: skip

_OF_UNIT: dict[str, Kind] = {
    "money": "money",
    "measure": "measure",
    "span": "duration",
    "counter": "count",
    "noun": "count",
    "share": "percentage",
}
_OF_BASE: dict[str, Kind] = {
    "℃": "temperature",
    "℉": "temperature",
    "岁": "age",
    "周岁": "age",
    "倍": "multiple",
}
_ORDINAL = re.compile(r"第[ \u3000]?(?=[0-9零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟])")
_RATIO = re.compile(
    r"(?<![0-9.:])[0-9]+(?:\.[0-9]+)?(?:[ \u3000]?[:比][ \u3000]?[0-9]+(?:\.[0-9]+)?){1,4}(?![0-9:])"
)
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}(?![0-9])")
_BEGINS = re.compile(
    rf"[0-9{HAN_SIGNS}负半兆]|个半|(?<![0-9.])\.(?=[0-9])|[-+](?=\.?[0-9])|[-+] (?=[0-9])|第|(?<=打)对折"
)
_DATE_PART = re.compile(
    rf"(?P<n>[0-9]+|[{HAN_DIGITS}十百千]+(?=[ ]?[年月日号时点分秒刻季旬周个])|(?<=[点时])[{HAN_DIGITS}十]+)"
    r"[ ]?(?P<u>个月|季度|[年月日号时点分秒刻季旬周]?)"
)
_CLOCK_COLON = re.compile("[0-9]:[0-9]")
_TIME_UNITS = frozenset("时点分秒刻")
_VAGUE = re.compile("[几多好]$|(?<![总人户件次个多套台基点指])数$")
_SCALES = frozenset("百千万亿佰仟兆")
_NO_NUMBERS = re.compile("万一|千万|一一|一二三|百姓|十分|三三两两|万万|千千万")
_DIGITS_OF_YEAR = 4
_LONGEST_NUMBER = 6  # digits without a comma or a point; more, or a leading zero, is a code
_ALONE = re.compile(r"[\s，,。；;、:：!！?？()（）]|$")
_WARM = re.compile("温|华氏|摄氏|发烧|烧到|零下")
_REACH = 10
_DIGITS = re.compile("[0-9]+")
_COINS = re.compile(r"[角毛](?:钱|(?P<f>[0-9一二三四五六七八九])分|(?=[\s，,。；;、]|$))")
_AGE_AFTER = re.compile("大(?!小|型|于|约|概|概|多)")


class Bare(NamedTuple):
    """A number at ``text[start:stop]``; ``number`` is its decimal string (2/3 and 5:3:2 as written), ``unit`` may be empty.

    ``approx`` is as a figure's; ``stop_name`` names the stop that keeps a number with a unit from being a figure.
    """

    start: int
    stop: int
    number: str
    unit: str
    kind: Kind
    approx: str | None = None
    stop_name: str | None = None


def find_bare(text: str) -> list[Bare]:
    """All numbers of ``text``, in order, not overlapping; every digit 0 to 9 is in one of them. Total."""
    line = plain(text)
    figures = [_of_figure(line, figure) for figure in find_figures(line)]
    found = [_longer(line, bare) for bare in figures]
    for at, follows in enumerate(figures[1:]):
        if found[at].stop > follows.start:
            found[at] = figures[at]
    taken = _Taken(len(line))
    for bare in found:
        taken.fill(bare.start, bare.stop)
    times = [time for time in find_times(line, None) if time.kind != "duration"]
    for more in (_dates(line, times), _refused(line)):
        found.extend([bare for bare in more if taken.add(bare.start, bare.stop)])
    for time in times:
        taken.fill(time.start, time.stop)
    found.extend(_numbers(line, taken))
    return sorted(found, key=lambda b: b.start)


def bare_as_dict(bare: Bare) -> dict[str, object]:
    """The number as plain data."""
    return {
        "start": bare.start,
        "end": bare.stop,
        "number": bare.number,
        "unit": bare.unit,
        "kind": bare.kind,
        "approx": bare.approx,
        "stop": bare.stop_name,
    }


class _Taken:
    """Which characters are spoken for: one byte a character, so that a long line costs no more a number than a short one."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def add(self, start: int, stop: int) -> bool:
        """Take a span; ``False`` where part of it is taken already."""
        if self._marks.find(1, start, stop) >= 0:
            return False
        self.fill(start, stop)
        return True

    def fill(self, start: int, stop: int) -> None:
        """Take a span, whatever is taken of it already."""
        self._marks[start:stop] = b"\x01" * (stop - start)

    def first(self, start: int, stop: int) -> int | None:
        """Where the first taken stretch that meets ``text[start:stop]`` begins."""
        at = self._marks.find(1, start, stop)
        return None if at < 0 else at

    def until(self, start: int, stop: int) -> int | None:
        """Where the first taken stretch that meets ``text[start:stop]`` ends."""
        at = self._marks.find(1, start, stop)
        if at < 0:
            return None
        end = self._marks.find(0, at)
        return len(self._marks) if end < 0 else end


def _kind_of(unit: str, kind: str) -> Kind:
    return _OF_BASE.get(unit) or _OF_UNIT.get(kind, "count")


_UNIT_KIND = {unit.base: unit.kind for unit in UNITS.values()}


def _of_figure(line: str, figure: Figure) -> Bare:
    kind = _kind_of(figure.unit, "measure" if "/" in figure.unit else _UNIT_KIND.get(figure.unit, "counter"))
    if figure.unit == "倍" and figure.rule == "ratio_to_one":
        kind = "ratio"
    elif kind == "duration" and _AGE_AFTER.match(line, figure.stop):
        kind = "age"
    number = format(figure.number, "f")
    fraction = number_at(line, figure.start) if figure.rule == "fraction" else None
    if fraction is not None:
        number, kind = fraction.number, "fraction"
    return Bare(figure.start, figure.stop, number, "" if fraction else figure.unit, kind, figure.approx)


def _longer(line: str, bare: Bare) -> Bare:
    """七成 六, 百分之15K: as a share read with its gaps, where that goes on further; 90天大 with the word of age."""
    if bare.kind == "measure":
        return _degrees(line, bare)
    if bare.kind == "age" and (grown := _AGE_AFTER.match(line, bare.stop)):
        return bare._replace(stop=grown.end())
    share = _share(line, bare.start) if bare.kind == "percentage" else None
    return bare if share is None or share.stop <= bare.stop else share


def _degrees(line: str, bare: Bare) -> Bare:
    """气温12度, 恒温85度: degrees where warmth is spoken of, and no electricity."""
    warm = bare.unit == "度" and _WARM.search(line, max(0, bare.start - _REACH), bare.start)
    return bare._replace(kind="temperature") if warm else bare


def _refused(line: str) -> Iterator[Bare]:
    """Numbers with a unit that are no figures, and the stop that says so."""
    labels = Labels(line)
    for candidate in candidates(line):
        stop = stop_of(candidate, labels)
        goes_on = candidate.shape == "fraction" or _HALF_MORE.match(
            line, candidate.stop - len(candidate.written_unit)
        )
        if stop is not None and not goes_on and not _within_a_word(line, candidate):
            kind = _kind_of(candidate.unit.base, candidate.unit.kind)
            if kind == "duration" and _AGE_AFTER.match(line, candidate.stop):
                kind = "age"
            unit, number = candidate.unit.base, format(candidate.value, "f")
            kind = "date" if _is_year(number, unit) else kind
            yield _longer(line, Bare(candidate.start, candidate.stop, number, unit, kind, None, stop.name))


def _is_vague(line: str, at: int) -> bool:
    """几十万, 数百: the number is not said; 总数 is a noun."""
    return _VAGUE.search(line, max(0, at - 2), at) is not None


def _is_year(number: str, unit: str) -> bool:
    """二〇三五年远景目标: a year in a name is no length of time."""
    return unit == "年" and len(number) == _DIGITS_OF_YEAR and number[0] in "12"


def _within_a_word(line: str, candidate: Candidate) -> bool:
    """几十万亿 counts nothing, 百家争鸣 neither; a title or a quotation still has its digits."""
    vague = _is_vague(line, candidate.start)
    return candidate.numeral.chinese and (vague or candidate.numeral.bare or candidate.value == 0)


def _dates(line: str, times: list[Time]) -> Iterator[Bare]:
    """The numbers of dates and times of day, each alone with the word behind it."""
    for time in times:
        of_clock = time.kind == "time"
        for part in _DATE_PART.finditer(line, time.start, time.stop):
            written = number_at(part["n"], 0)
            number = part["n"] if part["n"].isascii() else written.number if written else None
            colon = _CLOCK_COLON.search(line, max(0, part.start() - 2), part.end() + 2) is not None
            if number is not None:
                after = line[part.start() - 1 : part.start()] or " "
                is_clock = of_clock or colon or part["u"] in _TIME_UNITS or after in _TIME_UNITS
                kind: Kind = "time" if is_clock else "date"
                yield Bare(part.start(), part.end(), number.lstrip("0") or "0", part["u"], kind)


def _numbers(line: str, taken: _Taken) -> Iterator[Bare]:
    """What is left: ordinals, shares, fractions, ratios, numbers and codes."""
    at = 0
    while begun := _BEGINS.search(line, at):
        at = begun.start()
        end = taken.until(at, at + 1)
        if end is not None:
            at = end
            continue
        bare = (
            _ordinal(line, at)
            or _halves(line, at)
            or _ratio(line, at)
            or _share(line, at)
            or _number(line, at)
        )
        if bare is None:
            run = _RUN.match(line, at)
            at = run.end() if run else at + 1
            continue
        overlap = taken.first(bare.start, bare.stop)
        digits = None if overlap is None else _DIGITS.search(line, at, overlap)
        if overlap is None:
            yield bare
            at = max(at + 1, bare.stop)
        elif digits:  # 0十%: the figure begins within; the digits before it are told alone
            yield Bare(digits.start(), digits.end(), digits[0], "", "code")
            at = digits.end()
        else:
            at = overlap


_HALF_MORE = re.compile("(?P<g>个)?半个?(?P<u>小时|钟头|月|星期|礼拜|年|天|日|分钟|亩|斤|公里|里|米|吨)")
_RUN = re.compile(rf"[{HAN_SIGNS}兆]+")


def _ordinal(line: str, at: int) -> Bare | None:
    first = _ORDINAL.match(line, at)
    written = number_at(line, first.end()) if first else None
    if written is None or written.form != "plain":
        return None
    return Bare(at, written.stop, written.number, "", "ordinal")


def _halves(line: str, at: int) -> Bare | None:
    """半小时, 半个月, 一个半月, 半百."""
    if line.startswith("半百", at):
        return Bare(at, at + 2, "50", "", "number")
    number = number_at(line, at)
    more = _HALF_MORE.match(line, number.stop if number else at)
    if more is None or (number is not None and (more["g"] is None or "/" in number.number)):
        return None
    unit = unit_at(line, more.start("u")) or unit_at(f"个{more['u']}", 0)
    if unit is None or unit.unit.kind not in ("span", "measure"):
        return None
    whole = Decimal(number.number) if number else Decimal(1 if more["g"] else 0)
    kind = _kind_of(unit.unit.base, unit.unit.kind)
    return Bare(at, more.end(), format(whole + Decimal("0.5"), "f"), unit.unit.base, kind, None, "not_read")


def _ratio(line: str, at: int) -> Bare | None:
    version = _VERSION.match(line, at) if line[at - 1 : at] != "." else None
    if version:
        return Bare(at, version.end(), version[0], "", "code")
    found = _RATIO.match(line, at)
    if found is None:
        return None
    return Bare(at, found.end(), re.sub(r"[ \u3000]?[:比][ \u3000]?", ":", found[0]), "", "ratio")


def _share(line: str, at: int) -> Bare | None:
    share = share_at(line, at, number_at(line, at))
    return None if share is None else Bare(at, share.stop, share.number, share.unit, "percentage")


def _number(line: str, at: int) -> Bare | None:
    written = number_at(line, at)
    if written is None:
        digits = _DIGITS.match(line, at)
        return Bare(at, digits.end(), digits[0], "", "code") if digits else None
    if written.form == "fraction":
        return Bare(at, written.stop, written.number, "", "fraction")
    signs = line[written.start : written.stop]
    is_code = signs.isdecimal() and (len(signs) > _LONGEST_NUMBER or (signs[0] == "0" and len(signs) > 1))
    if is_code:
        return Bare(at, written.stop, signs, "", "code")
    if written.han and not _is_han_number(line, written, signs.lstrip("负-+ ")):
        return None
    return _with_unit(line, written)


def _is_han_number(line: str, written: Written, signs: str) -> bool:
    """Whether Chinese signs are a number and no part of a word: 一切 and 几十万亿 are none."""
    before = line[written.start - 1 : written.start] if written.start else ""
    if _is_vague(line, written.start) or _NO_NUMBERS.fullmatch(signs):
        return False
    if all(sign in _SCALES for sign in signs):
        return False
    if len(signs) > 1 or signs != line[written.start : written.stop]:
        return True
    gap = 1 if line[written.stop : written.stop + 1] == " " else 0
    unit = unit_at(line, written.stop + gap, spaced=gap > 0)
    counts = (
        unit is not None or line[written.stop : written.stop + 1] in tuple("两角毛")
    ) and not _is_word_before(before)
    return counts or (
        _ALONE.match(before or " ") is not None and _ALONE.match(line, written.stop) is not None
    )


def _is_word_before(before: str) -> bool:
    """统一, 唯一, 周三: the sign ends a word."""
    return before in tuple("统唯专单同周期划逐归万初不其之")


def _with_unit(line: str, written: Written) -> Bare:
    """The number with the unit behind it, where one stands there that the figures do not know in this place."""
    coins = _COINS.match(line, written.stop)
    if coins and written.number.isdigit() and len(written.number) == 1:
        cents = number_at(coins["f"], 0) if coins["f"] else None
        worth = f"0.{written.number}{cents.number if cents else ''}"
        return Bare(written.start, coins.end(), worth, "元", "money", None, "not_read")
    gap = 1 if line[written.stop : written.stop + 1] == " " else 0
    unit = unit_at(line, written.stop + gap, spaced=gap > 0)
    if unit is None and line[written.stop : written.stop + 1] == "两":
        return Bare(written.start, written.stop + 1, written.number, "两", "measure", written.approx)
    if unit is None:
        return Bare(written.start, written.stop, written.number, "", "number", written.approx)
    is_year = _is_year(written.number, unit.unit.base)
    kind: Kind = "date" if is_year else _kind_of(unit.unit.base, unit.unit.kind)
    stop = None if is_year else "not_read"
    return Bare(written.start, unit.stop, written.number, unit.unit.base, kind, written.approx, stop)
