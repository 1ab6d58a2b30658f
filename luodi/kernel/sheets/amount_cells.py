"""A cell that holds one quantity: 18.6公里, 12,000, ８５％; anything else is for a person."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*([^0-9\s,.，。；;（(]{0,10})")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％−－", "0123456789.,%--")
_NOTHING = frozenset(("", "-", "—", "——", "/", "无", "－"))


def holds_nothing(text: str) -> bool:
    """Whether a cell was left open, or says so.

    >>> holds_nothing("—"), holds_nothing("0")
    (True, False)
    """
    return text in _NOTHING


def amount_in(text: str) -> tuple[str, str] | None:
    """The number as written and the unit behind it; ``None`` where the cell holds anything but one quantity.

    >>> amount_in("１８.6 公里"), amount_in("约18公里，占96%"), amount_in("85%")
    (('18.6', '公里'), None, ('85', '%'))
    """
    match = _AMOUNT.fullmatch(text.translate(_HALF_WIDTH))
    return None if match is None else (match[1], match[2])
