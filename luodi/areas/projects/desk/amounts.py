"""Money and shares as the ledger's cells show them; a missing one is a dash, never 0."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from luodi.kernel.figures.display import MISSING, percent, plain_number

FEN_IN_WAN = 1_000_000


def wan_whole(fen: int | None) -> str:
    """An amount in whole 万元; below one 万元 with its places, so that little never looks like nothing.

    >>> wan_whole(12_845_000_000), wan_whole(250_000), wan_whole(0), wan_whole(None)
    ('12,845', '0.25', '0', '—')
    """
    if fen is None:
        return MISSING
    return plain_number(Decimal(fen) / FEN_IN_WAN, 2 if 0 < abs(fen) < FEN_IN_WAN else 0)


def wan_plain(fen: int | None) -> str:
    """An amount in 万元 for a sheet: digits only, empty where there is none.

    >>> wan_plain(1_280_050_000), wan_plain(None)
    ('1280.05', '')
    """
    return "" if fen is None else f"{Decimal(fen) / FEN_IN_WAN:.2f}"


def share_words(share: Fraction | None) -> str:
    """A share of one as percent.

    >>> share_words(Fraction(64, 100)), share_words(None)
    ('64.0%', '—')
    """
    return percent(None if share is None else Decimal(share.numerator) / Decimal(share.denominator))


def gap_words(gap: Fraction | None) -> str:
    """A difference of shares in percentage points, with its sign.

    >>> gap_words(Fraction(-11, 100)), gap_words(Fraction(4, 100)), gap_words(None)
    ('−11.0', '+4.0', '—')
    """
    if gap is None:
        return MISSING
    points = Decimal(gap.numerator * 100) / Decimal(gap.denominator)
    words = plain_number(points, 1)
    return f"+{words}" if gap > 0 else words
