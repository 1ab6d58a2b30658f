"""Check digits of two numbers: the unified social credit code and the resident identity number. Pure.

Credit code, GB 32100-2015: 18 signs of digits and capitals without I, O, S, V, Z; the last is a check sign, modulo 31 with
weights 3^i mod 31. Identity number, GB 11643-1999: 17 digits and a check sign (ISO 7064, MOD 11-2); digits 7 to 14 are
the day of birth. Whether such a number was ever given out, only its issuer knows.

>>> credit_code_valid("91990000MA0000001B"), identity_number_valid("990101199001010019")
(True, True)
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_CREDIT_SHAPE = re.compile(rf"[{_CREDIT_SIGNS}]{{2}}[0-9]{{6}}[{_CREDIT_SIGNS}]{{10}}")
_IDENTITY_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_IDENTITY_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_IDENTITY_CHECKS = "10X98765432"


def compact(text: str) -> str:
    """Without spaces and hyphens, full width made half width, in capitals.

    >>> compact("９１ 37-a")
    '9137A'
    """
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def credit_check_sign(first_17: str) -> str:
    """The 18th sign of a unified social credit code (GB 32100-2015, annex). Raises ``ValueError`` for a foreign sign."""
    total = sum(
        weight * _CREDIT_SIGNS.index(sign) for weight, sign in zip(_CREDIT_WEIGHTS, first_17, strict=True)
    )
    return _CREDIT_SIGNS[-total % 31]


def credit_code_valid(text: str) -> bool:
    """Whether ``text`` has the shape and the check sign of a unified social credit code."""
    code = compact(text)
    return _CREDIT_SHAPE.fullmatch(code) is not None and credit_check_sign(code[:17]) == code[17]


def identity_check_sign(first_17: str) -> str:
    """The 18th sign of a resident identity number (GB 11643-1999 §4.3). Raises ``ValueError`` for anything but 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_IDENTITY_WEIGHTS, first_17, strict=True))
    return _IDENTITY_CHECKS[total % 11]


def identity_number_valid(text: str) -> bool:
    """Whether ``text`` has the shape, a possible day of birth and the check sign of a resident identity number."""
    number = compact(text)
    if _IDENTITY_SHAPE.fullmatch(number) is None:
        return False
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return identity_check_sign(number[:17]) == number[17]
