"""Code page 936 as the damaged pages used it: every restored character is two bytes put together again."""

from __future__ import annotations

from functools import cache

# What copies of a page write for signs that code page 936 knows by another code point.
_SIGNS = {"―": b"\xa1\xaa", "∥": b"\xa1\xac", "・": b"\xa1\xa4", "〜": b"\xa1\xab", "﹏": b"\xa3\xdf"}


@cache
def pair(char: str) -> tuple[int, int] | None:
    """The two bytes of ``char``, or None where the code page has no two-byte form for it."""
    try:
        raw = char.encode("gbk")
    except UnicodeEncodeError:
        raw = _SIGNS.get(char, b"")
    return (raw[0], raw[1]) if len(raw) == 2 else None


@cache
def char_of(lead: int, trail: int) -> str | None:
    """The character of two bytes, or None where they are no character."""
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 else None


def last_byte(char: str) -> int | None:
    """The byte a false hit may have begun with: the second of ``char``; a narrow sign was full-width in its time."""
    both = pair(char) if char else None
    if both:
        return both[1]
    return 0x80 + ord(char) if char and "!" <= char <= "~" and not char.isalnum() else None


@cache
def in_gb2312(char: str) -> bool:
    """Whether ``char`` belongs to the simplified everyday set, which conversion to traditional leaves or changes."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_private(lead: int, trail: int) -> bool:
    """Whether the pair lies in a user-defined area: decoders give a private-use sign there, and copies drop it."""
    if 0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE:
        return trail >= 0xA1
    return 0xA1 <= lead <= 0xA7 and 0x80 <= trail <= 0xA0


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character of the basic block or extension A."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
