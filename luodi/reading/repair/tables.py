"""The derived tables (``bin/derive-tables`` makes them), each read once, when a damaged page first needs it.

A clean document never comes here: importing this module reads nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("data")


def _lines(name: str) -> list[list[str]]:
    # the first line says what the table is and where it comes from
    return [line.split("\t") for line in (_FOLDER / name).read_text("utf-8").splitlines()[1:]]


@cache
def simplified_of() -> dict[str, str]:
    """Traditional character to simplified; one that may stand in simplified text too (瞭, 著, 乾) maps to itself."""
    return {char: simplified for simplified, chars, *_ in _lines("traditional.tsv") for char in chars}


@cache
def always_converted() -> frozenset[str]:
    """Simplified characters that are no traditional ones, so that conversion never left them as they were."""
    return frozenset(row[0] for row in _lines("traditional.tsv") if len(row) == 2)


@cache
def simplified_codes() -> dict[int, str]:
    """The same for ``str.translate``, without those that map to themselves."""
    return {ord(char): simplified for char, simplified in simplified_of().items() if char != simplified}


@cache
def traditional_class() -> str:
    """Every traditional character, for use inside ``[...]`` of a pattern."""
    return "".join(sorted(simplified_of()))


@cache
def chars_by_reading() -> dict[str, str]:
    """Reading with tone mark (``qū``) to the traditional characters that may be read so."""
    return dict(_lines("readings.tsv"))


@cache
def commonness() -> dict[str, float]:
    """Natural logarithm of the share of a simplified character in running words; rare ones are absent."""
    return {char: -int(level) / 2 for level, chars in _lines("everyday.tsv") for char in chars}


@cache
def _followers() -> dict[str, str]:
    return dict(_lines("pairs.tsv"))


@cache
def followers(char: str) -> dict[str, float]:
    """What follows ``char`` inside words: character to natural logarithm of its probability."""
    found = {}
    for level, chars in re.findall(r"([a-z])([^a-z]*)", _followers().get(char, "")):
        found.update(dict.fromkeys(chars, (97 - ord(level)) / 2))
    return found
