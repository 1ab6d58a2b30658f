"""The lenient decoder of code page 936 that the sites used: it never stops, it swallows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache


def is_lead(byte: int) -> bool:
    """Whether the byte opens a pair."""
    return 0x81 <= byte <= 0xFE


def is_trail(byte: int) -> bool:
    """Whether the byte may close a pair."""
    return 0x40 <= byte <= 0xFE and byte != 0x7F


def is_private(lead: int, trail: int) -> bool:
    """Whether the pair lies in the first two user areas: it decodes to a sign that has no shape and is later dropped."""
    return (0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE) and trail >= 0xA1


@cache
def pair(lead: int, trail: int) -> str | None:
    """The character of a pair, None where the code page has none."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None


def decode(data: bytes) -> Iterator[tuple[str, int, bool]]:
    """Yield (text, number of bytes, whether the bytes can be read off the text).

    One ``?`` stands for a lead byte at the end, for a lead byte with an impossible trail (both are swallowed) and for a
    pair without a character; a private pair yields nothing.
    """
    at = 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            yield chr(byte), 1, True
            at += 1
        elif byte == 0x80:
            yield "€", 1, True
            at += 1
        elif not is_lead(byte):
            yield "", 1, False
            at += 1
        elif at + 1 == len(data):
            yield "?", 1, False
            at += 1
        else:
            yield _decode_pair(byte, data[at + 1])
            at += 2


def _decode_pair(lead: int, trail: int) -> tuple[str, int, bool]:
    if not is_trail(trail):
        return "?", 2, False
    if is_private(lead, trail):
        return "", 2, False
    character = pair(lead, trail)
    return ("?", 2, False) if character is None else (character, 2, True)
