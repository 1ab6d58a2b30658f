"""A number at a place of a plain line: 3万5千, 十余万, 一百 五十二, 负六点六, 1又1/2, 2e5, 40k.

The line is made plain before (``signs.plain``), so there are no full-width digits and no traditional forms. Values are
exact: a decimal string, or a fraction of whole numbers (三分之一 is ``1/3``), never a rounded one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from luodi.reading.numbers import numerals

Approx = Literal["about", "more_than"]
Form = Literal["plain", "fraction"]

GAP = "[ \t\u00a0\u3000]{0,2}"
HAN_DIGITS = numerals.CHINESE_DIGITS + "叁"
_DECIMALS = HAN_DIGITS.replace("两", "")
HAN_SIGNS = HAN_DIGITS + "十拾廿卅百佰千仟万亿"
_SCALE = "[十百千万亿佰仟]"
_VAGUE = re.compile(rf"{GAP}(?P<v>[余多来几]){GAP}(?P<s>[万亿]+)")
_ARABIC = re.compile(
    rf"(?P<e>[0-9]++(?:\.[0-9]++)?[eE][-+]?[0-9]{{1,2}}(?![0-9A-Za-z]))"
    rf"|(?=[0-9]|(?<![0-9.])\.[0-9])(?P<a>(?:[0-9]{{1,3}}(?:[,，][0-9]{{3}}){{1,12}}+(?![0-9])|[0-9]++)?+(?:\.[0-9]++)?"
    rf"(?:{GAP}(?:{_SCALE})++(?:{GAP}[0-9]++(?:\.[0-9]++)?{GAP}{_SCALE}++){{0,5}}+)?+)"
)
_THOUSANDS = re.compile(r" ?(?P<k>[kKMG])(?![A-Za-z0-9]|宽带|带宽|光纤|网)")
_POWER = re.compile(r"\^(?P<e>[-+]{0,2}[0-9]{1,3})(?![0-9.])")
_HAN = re.compile(rf"[{HAN_SIGNS}兆]++")
_POINT = re.compile(rf"{GAP}点{GAP}(?P<d>[{_DECIMALS}]++(?:{GAP}[{_DECIMALS}]++)*+)(?P<s>[万亿]*+)")
_DOZEN = re.compile("打(?![造击印工开通卡赢响折假拐扫破捞算猎下好动断包车])")
_BLANKS = re.compile(GAP)
_SIGN = re.compile(r"(?P<m>负) ?|(?<![0-9A-Za-z%)）\-~～—+.])(?P<n>[-+])|^(?P<l>-) ")
_OVER = re.compile(rf"{GAP}分{GAP}之{GAP}")
_AND = re.compile(rf"{GAP}又{GAP}")
_STROKE = re.compile(r"(?P<p>(?!0[0-9])[0-9]{1,4})/(?P<q>(?!0)[0-9]{1,4})(?![0-9./])")
_TWELVE = 12
_BARE_SCALES = frozenset("百千万亿佰仟")
_MOST_SIGNS = 40
_LARGEST_POWER = 40
_LATIN_SCALES = {"k": 3, "K": 3, "M": 6, "G": 9}


class Written(NamedTuple):
    """A number at ``text[start:stop]``; ``number`` is a decimal string or ``p/q``."""

    start: int
    stop: int
    number: str
    form: Form = "plain"
    approx: Approx | None = None
    han: bool = False


def number_at(text: str, at: int) -> Written | None:
    """The number that begins at ``text[at]``, its sign included, as far as it goes; ``None`` where there is none."""
    sign = _SIGN.match(text, at)
    begin = sign.end() if sign else at
    unsigned = _mixed(text, begin) or _fraction(text, begin) or _simple(text, begin)
    if unsigned is None:
        return None
    number = unsigned.number
    if sign is not None and sign["n"] != "+":  # 负三分之负一: two signs undo each other
        number = number[1:] if number.startswith("-") else f"-{number}"
    return unsigned._replace(start=at, number=number)


def as_text(value: Decimal) -> str:
    """A decimal without exponent."""
    return format(value, "f")


def _mixed(text: str, at: int) -> Written | None:
    """三百五又三分之一, 1 3/5: a whole number and a fraction."""
    whole = _simple(text, at)
    if whole is None or "." in whole.number:
        return None
    joint = _AND.match(text, whole.stop)
    part = _fraction(text, joint.end()) if joint else None
    if part is None and not whole.han and text[whole.stop : whole.stop + 1] == " ":
        stroke = _STROKE.match(text, whole.stop + 1)
        if stroke and int(stroke["q"]):
            part = Written(at, stroke.end(), f"{int(stroke['p'])}/{int(stroke['q'])}", "fraction")
    if part is None:
        return None
    above, _, below = part.number.partition("/")
    total = int(whole.number) * int(below) + int(above)
    return Written(at, part.stop, f"{total}/{below}", "fraction", None, whole.han)


def _fraction(text: str, at: int) -> Written | None:
    """五分之一, 3/5. One over 百 or 千 alone is a share and not read here."""
    stroke = _STROKE.match(text, at)
    if stroke:
        below = int(stroke["q"])
        is_date = text[at - 1 : at] == "/"
        if not below or is_date:
            return None
        return Written(at, stroke.end(), f"{int(stroke['p'])}/{below}", "fraction")
    under = _simple(text, at)
    over = _OVER.match(text, under.stop) if under else None
    if under is None or over is None or text[at : under.stop] in _BARE_SCALES or "." in under.number:
        return None
    sign = _SIGN.match(text, over.end())
    above = _simple(text, sign.end() if sign else over.end())
    if above is None or "." in above.number or not int(under.number):
        return None
    mark = "-" if sign and sign["n"] != "+" else ""
    return Written(at, above.stop, f"{mark}{above.number}/{under.number}", "fraction", None, under.han)


def _simple(text: str, at: int) -> Written | None:
    found = _ARABIC.match(text, at)
    if found and found.end() > at:
        return _arabic(text, at, found)
    return _han(text, at)


def _arabic(text: str, at: int, found: re.Match[str]) -> Written | None:
    if found["e"]:
        value = Decimal(found["e"])
        return Written(at, found.end(), as_text(value)) if abs(value.adjusted()) <= _LARGEST_POWER else None
    written = re.sub("[ \t\u00a0\u3000]", "", found["a"])
    numeral = numerals.read_arabic(f"0{written}" if written[0] == "." else written)
    if numeral is None:
        return None
    stop, value = found.end(), numeral.value
    vague = _VAGUE.match(text, stop)
    if vague and vague["v"] != "几":
        return _vaguely(at, value, vague, han=False)
    dozen = _DOZEN.match(text, stop)
    if dozen:
        return Written(at, dozen.end(), as_text(value * _TWELVE))
    power = _POWER.match(text, stop)
    if power:
        return _powered(at, value, power)
    thousands = _THOUSANDS.match(text, stop)
    if thousands and not numeral.scaled and not _is_a_name(text, stop, written):
        return Written(at, thousands.end(), as_text(numerals.shifted(value, _LATIN_SCALES[thousands["k"]])))
    return Written(at, stop, as_text(value))


def _is_a_name(text: str, stop: int, written: str) -> bool:
    """4K超高清, 3M公司, 5G: a letter before a Chinese word, and G behind a whole number."""
    if text[stop : stop + 1] == "G" and "." not in written:
        return True
    return text[stop : stop + 1].isupper() and "\u4e00" <= text[stop + 1 : stop + 2] <= "\u9fff"


def _powered(at: int, value: Decimal, power: re.Match[str]) -> Written | None:
    """2^5, 2.5^-1; ``None`` where the result has no short decimal."""
    exponent = int(power["e"].replace("--", "").replace("+", "").replace("-+", "-"))
    if abs(exponent) > _LARGEST_POWER or (not value and exponent < 0):
        return None
    exact = Fraction(value) ** exponent
    twos = exact.denominator
    for factor in (2, 5):
        while twos % factor == 0:
            twos //= factor
    if twos != 1:
        return None
    digits = Decimal(exact.numerator) / 1 if exact.denominator == 1 else _terminating(exact)
    return Written(at, power.end(), as_text(digits))


def _terminating(exact: Fraction) -> Decimal:
    """A fraction whose decimal ends, as that decimal."""
    places = 0
    while exact.denominator != 1:
        exact, places = exact * 10, places + 1
    return Decimal(exact.numerator).scaleb(-places)


def _han(text: str, at: int) -> Written | None:
    """The longest Chinese numeral from ``at`` on that reads as one number, gaps of one or two spaces allowed."""
    run = _HAN.match(text, at)
    if run is None:
        return None
    best: Written | None = None
    signs, stop = "", at
    while run is not None and len(signs) + len(run[0]) <= _MOST_SIGNS:
        cut = (
            1 if len(run[0]) > 1 and run[0].endswith("两") else 0
        )  # 三十两: the last 两 is the unit of weight
        signs, stop = signs + run[0][: len(run[0]) - cut], run.end() - cut
        value = _han_value(signs)
        if value is None and best is not None:
            break
        if value is not None:
            best = _grown(text, at, stop, signs, value)
        gap = _BLANKS.match(text, stop)
        if gap is None or gap.end() == stop:
            break
        run = _HAN.match(text, gap.end())
    return best


def _grown(text: str, at: int, stop: int, signs: str, value: Decimal) -> Written:
    """The numeral with its decimals (点五) or with 余万 behind it."""
    point = _POINT.match(text, stop)
    if point:
        digits = re.sub(r"\s", "", point["d"])
        grown = _han_value(f"{signs}点{digits}{point['s']}")
        if grown is not None:
            return Written(at, point.end(), as_text(grown), han=True)
    vague = _VAGUE.match(text, stop)
    if vague:
        return _vaguely(at, _han_value(signs.rstrip("零")) or value, vague, han=True)
    dozen = _DOZEN.match(text, stop)
    if dozen:
        return Written(at, dozen.end(), as_text(value * _TWELVE), han=True)
    return Written(at, stop, as_text(value), han=True)


def _vaguely(at: int, value: Decimal, vague: re.Match[str], *, han: bool) -> Written:
    """十余万: at least ten times ten thousand; 十来万 about that."""
    whole = numerals.shifted(value, numerals.power_of(vague["s"]))
    return Written(
        at, vague.end(), as_text(whole), "plain", "about" if vague["v"] == "来" else "more_than", han
    )


def _han_value(signs: str) -> Decimal | None:
    """The value of a Chinese numeral; digits in a row (二〇二五) by place, 兆 as a million millions."""
    signs = signs.replace("叁", "三").replace("〇", "零")
    if "兆" in signs:
        head, _, tail = signs.rpartition("兆")
        high, low = _han_value(head) if head else None, _han_value(tail) if tail else None
        if high is None or low is None:
            return None
        return numerals.added(numerals.shifted(high, 12), low)
    if len(signs) > 2 and all(sign in HAN_DIGITS and sign != "两" for sign in signs):
        digits = [numerals.read_chinese(sign) for sign in signs]
        return Decimal("".join(str(int(d.value)) for d in digits if d is not None))
    numeral = numerals.read_chinese(signs)
    return None if numeral is None else numeral.value
