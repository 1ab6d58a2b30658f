"""Opaque, stable identifiers: a kind letter and 13 base-32 characters, in the order they were made.

Inside are 42 bits of milliseconds since 2020 and 23 random bits (the layout of UUID version 7, RFC 9562 §5.7, cut to 65
bits). The letter says what it names; nothing else can be read off, and no id is ever used again.

Letters are scarce. A kind of row keeps one of its own if it has an address (a page, a place in search, an end of a link) or if
events name it as their subject; all other rows share ``SHARED``, and no code may tell from that letter which they are:

    a appointment   c commitment   d document     e event      f kept file   g grant        j project    l place
    n person        o post         r parcel       s statement  u unit        w account      x district
    k case (kept for it; nothing else may take it)             z whatever has no address of its own
    b batch of long work (no ledger row, but a page)           h choice of a list, saved by a post
    t notice (no ledger row either)                            p project's file in the ledger of key projects
    m month's report of a project

Not yet taken: i q v y. A mechanism takes one only for a row of its own that has a page.
"""

from __future__ import annotations

import re
import secrets
import threading
import time

SHARED = "z"
EVENT = "e"
CASE = "k"
CHOICE = "h"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_EPOCH_MS = 1_577_836_800_000
_RANDOM_BITS = 23
_LENGTH = 13
_VALID = re.compile(rf"^[a-z][{ALPHABET}]{{{_LENGTH}}}$")
_lock = threading.Lock()
_last = 0


def new_id(letter: str) -> str:
    """A new id of the kind ``letter``; later ids of one process sort after earlier ones.

    The time inside is the machine's own, not the district's clock: it orders, it dates nothing.
    """
    global _last
    number = (time.time_ns() // 1_000_000 - _EPOCH_MS) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    with _lock:
        number = max(number, _last + 1)
        _last = number
    return letter + encode(number)


def encode(number: int) -> str:
    """13 base-32 characters (Crockford's alphabet, small letters).

    >>> encode(0), encode(33)
    ('0000000000000', '0000000000011')
    """
    digits = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, 32)
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))


def decode(digits: str) -> int:
    """The number that ``encode`` made ``digits`` of.

    >>> decode(encode(12345))
    12345
    """
    number = 0
    for digit in digits:
        number = number * 32 + ALPHABET.index(digit)
    return number


def later_than(identifier: str) -> str:
    """An id of the same kind that sorts after ``identifier``, whatever the clock says."""
    number = decode(identifier[1:]) + 1 + secrets.randbits(_RANDOM_BITS)
    return identifier[0] + encode(number)


def has_address(identifier: str) -> bool:
    """Whether the letter of ``identifier`` tells what it names: events, links and pages may then be about it."""
    return is_id(identifier) and identifier[0] != SHARED


def is_id(text: str, letter: str | None = None) -> bool:
    """Whether ``text`` has the shape of an id (of the kind ``letter``, if given)."""
    return _VALID.match(text) is not None and (letter is None or text[0] == letter)
