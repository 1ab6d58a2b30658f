"""Money: whole 分 in the database, Decimal 元 in Python, 万元 and 亿元 only as read or shown. Exact both ways."""

from __future__ import annotations

from decimal import Decimal

FEN_IN_YUAN = 100
YUAN_IN: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}


def to_fen(yuan: Decimal) -> int:
    """Whole 分. Raises ``ValueError`` where 元 has more than two places: nothing is rounded away silently.

    >>> to_fen(Decimal("19.90"))
    1990
    """
    fen = yuan * FEN_IN_YUAN
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError(f"{yuan} 元 is no whole number of 分")
    return int(fen)


def to_yuan(fen: int) -> Decimal:
    """元, always with two places.

    >>> to_yuan(1990), to_yuan(-5)
    (Decimal('19.90'), Decimal('-0.05'))
    """
    return Decimal(fen).scaleb(-2)


def in_yuan(number: Decimal, unit: str) -> Decimal | None:
    """A sum in 元, given in 元, 万元, 亿元 …; ``None`` where ``unit`` is no unit of money.

    >>> in_yuan(Decimal("0.93"), "亿元"), in_yuan(Decimal(3), "个")
    (Decimal('93000000.00'), None)
    """
    scale = YUAN_IN.get(unit)
    return None if scale is None else number * scale
