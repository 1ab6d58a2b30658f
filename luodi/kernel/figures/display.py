"""How numbers are shown. Rounding is half-up and happens here only; every comparison uses the unrounded value.

A comma parts thousands from five digits on; the minus is a true minus; percents have one decimal, and the difference of two
percents is called 百分点. Money is 亿元 with one decimal in sentences and 万元 in ledgers. A missing number is “—”, never 0.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from luodi.kernel.figures.money import YUAN_IN

MISSING = "—"
MINUS = "−"
SMALLEST_SAMPLE = 30  # below that, counts are shown instead of rates
_PERCENT = ("%", "％")


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` with exactly ``places`` places, half away from zero.

    >>> rounded(Decimal("0.05"), 1), rounded(Decimal("-2.5"), 0)
    (Decimal('0.1'), Decimal('-3'))
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain_number(value: Decimal | None, places: int | None = None) -> str:
    """Digits with commas from five on; all places as given unless ``places`` says how many.

    >>> plain_number(Decimal(9300)), plain_number(Decimal("12000.5")), plain_number(Decimal("-3.14159"), 1)
    ('9300', '12,000.5', '−3.1')
    >>> plain_number(None)
    '—'
    """
    if value is None:
        return MISSING
    shown = value if places is None else rounded(value, places)
    text = format(abs(shown), "f")
    whole, point, rest = text.partition(".")
    if len(whole) >= 5:
        whole = f"{int(whole):,}"
    return (MINUS if shown < 0 else "") + whole + point + rest


def percent(share: Decimal | None) -> str:
    """A share of one as percent with one decimal.

    >>> percent(Decimal(212) / Decimal(386))
    '54.9%'
    """
    return MISSING if share is None else plain_number(share * 100, 1) + "%"


def points(difference: Decimal) -> str:
    """The difference of two shares of one, in percentage points, without a sign: the sentence says which way.

    >>> points(Decimal("-0.36"))
    '36.0个百分点'
    """
    return plain_number(abs(difference) * 100, 1) + "个百分点"


def share_of(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` as a share; ``None`` where ``whole`` is too small a sample for a rate (fewer than 30)."""
    return None if whole < SMALLEST_SAMPLE else Decimal(part) / Decimal(whole)


def in_sentence(value: Decimal | None, unit: str) -> str:
    """A quantity as a sentence says it: the unit directly behind, money in 亿元 or 万元.

    >>> in_sentence(Decimal(930000000), "元"), in_sentence(Decimal("13.4"), "公里"), in_sentence(Decimal("54.86"), "%")
    ('9.3亿元', '13.4公里', '54.9%')
    """
    if value is None:
        return MISSING
    if unit in YUAN_IN:
        return _money_in_sentence(value * YUAN_IN[unit])
    if unit in _PERCENT:
        return plain_number(value, 1) + "%"
    return plain_number(value) + unit


def _money_in_sentence(yuan: Decimal) -> str:
    size = abs(yuan)
    # 9,999.96万元 would be shown as 10,000.0万元: the scale is chosen by what is shown
    if rounded(size / YUAN_IN["万元"], 1) >= 10_000:
        return plain_number(yuan / YUAN_IN["亿元"], 1) + "亿元"
    if size >= YUAN_IN["万元"]:
        wan = yuan / YUAN_IN["万元"]
        return plain_number(wan, None if _fits(wan, 1) else 1) + "万元"
    return plain_number(yuan, None if _fits(yuan, 2) else 2) + "元"


def _fits(value: Decimal, places: int) -> bool:
    """Whether ``value`` can be shown whole within ``places`` places."""
    return value == rounded(value, places)


def in_ledger(value: Decimal | None, unit: str, places: int = 2) -> str:
    """A quantity as a column of a ledger has it, without its unit (see ``ledger_unit``): money in 万元.

    >>> in_ledger(Decimal(61200000), "元", 0), in_ledger(Decimal("18.6"), "公里", 1)
    ('6120', '18.6')
    """
    if value is None:
        return MISSING
    return plain_number(value * YUAN_IN[unit] / YUAN_IN["万元"] if unit in YUAN_IN else value, places)


def ledger_unit(unit: str) -> str:
    """The unit that heads such a column.

    >>> ledger_unit("亿元"), ledger_unit("公里")
    ('万元', '公里')
    """
    return "万元" if unit in YUAN_IN else unit
