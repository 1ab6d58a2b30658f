"""Quantities as the database keeps them: a canonical decimal string, with the places it was given with.

>>> canonical("１２,000.50"), canonical("-0"), canonical(10)
('12000.50', '0', '10')
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

LONGEST = 40
_PLAIN = re.compile(r"([+\-]?)([0-9]+)(?:\.([0-9]+))?")
_GROUPED = re.compile(r"[+\-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def canonical(value: Decimal | int | str) -> str:
    """The canonical text of a number: no exponent, no sign before a positive one, no leading zeros, places as given.

    Text may have full-width digits, commas between thousands and a true minus. Raises ``ValueError`` for anything else,
    for what is not finite and for more than 40 characters.
    """
    plain = format(value, "f") if isinstance(value, Decimal) else str(value)
    text = unicodedata.normalize("NFKC", plain).strip()
    text = text.replace("−", "-")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    match = _PLAIN.fullmatch(text)
    if match is None:
        raise ValueError(f"{value!r} is no number; give digits, with a point for places")
    sign, whole, places = match.groups()
    number = (whole.lstrip("0") or "0") + (f".{places}" if places else "")
    if sign == "-" and number.strip("0."):
        number = "-" + number
    if len(number) > LONGEST:
        raise ValueError(f"{value!r} has more than {LONGEST} characters")
    return number


def number_of(text: str) -> Decimal | None:
    """The number a canonical text stands for; ``None`` for an empty text.

    >>> number_of("13.40"), number_of("")
    (Decimal('13.40'), None)
    """
    return Decimal(text) if text else None
