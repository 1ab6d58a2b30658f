"""How old a number is, in words; old numbers stay readable and say that they are old."""

from __future__ import annotations

import datetime as dt


def age_words(as_of: dt.date, day: dt.date) -> str:
    """今天, 昨天, 22天前; a day to come is 22天后.

    >>> age_words(dt.date(2026, 8, 31), dt.date(2026, 9, 22))
    '22天前'
    """
    days = (day - as_of).days
    if days == 0:
        return "今天"
    if days == 1:
        return "昨天"
    return f"{days}天前" if days > 0 else f"{-days}天后"
