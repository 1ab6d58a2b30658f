"""How Chinese documents number their parts, and how deep each form stands."""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"零": 0, "两": 2, "○": 0}
_N = "[一二三四五六七八九十百零〇]{1,5}"
# form, depth, pattern; the first that matches names the line. A digit form must not be a decimal or a date.
_FORMS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("chapter", 1, re.compile(rf"第({_N}|\d{{1,3}})[章编篇部]分?(?=[\s:、.,，]|[\u4e00-\u9fff]|$)")),
    ("section", 2, re.compile(rf"第({_N}|\d{{1,3}})节(?=[\s:、.]|[\u4e00-\u9fff]|$)")),
    ("one", 1, re.compile(rf"({_N})\s?[、,.]")),
    ("bracketed_one", 2, re.compile(rf"\(({_N})\)\s?[、.]?")),
    ("one_is", 4, re.compile(rf"({_N})是")),
    ("dotted", 4, re.compile(r"\d{1,2}\.(\d{1,2})[\s、.]?(?=[\u4e00-\u9fff“《])")),
    ("digit", 3, re.compile(r"(\d{1,3})\s?[、.,](?![\d])\s?")),
    ("bracketed_digit", 4, re.compile(r"\((\d{1,3})\)\s?[、.]?|(\d{1,3})\)")),
    ("circled", 5, re.compile(r"([\u2460-\u2473\u3251-\u325f\u2776-\u277f\u2474-\u249b])\s?")),
    ("bullet", 5, re.compile(r"()[●•·■◆▲★☆※▪◇□○►▶✔✓➢\uf06c\uf0d8*]\s*(?=\S)")),
)

_OPENS = re.compile(
    r"[第(一二三四五六七八九十百零〇\d\u2460-\u249b\u2776-\u277f\u3251-\u325f●•·■◆▲★☆※▪◇□○►▶✔✓➢\uf06c\uf0d8*]"
)


class Number(NamedTuple):
    """``value`` in ``form`` at the start of a line; what it numbers begins at ``stop``. Bullets count as 0."""

    form: str
    level: int
    value: int
    stop: int


def read_number(plain: str) -> Number | None:
    """The number that opens a line (narrow punctuation), or ``None``.

    >>> read_number("(三)建好口袋公园")
    Number(form='bracketed_one', level=2, value=3, stop=3)
    """
    if not _OPENS.match(plain):
        return None
    for form, level, pattern in _FORMS:
        found = pattern.match(plain)
        if found:
            return Number(form, level, _value(next((g for g in found.groups() if g), "")), found.end())
    return None


def _value(text: str) -> int:
    if not text:
        return 0
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and not "一" <= text <= "龥":
        for first in ("\u2460", "\u3251", "\u2776", "\u2474"):
            if 0 <= ord(text) - ord(first) < 20:
                return (ord(text) - ord(first)) % 20 + (21 if first == "\u3251" else 1)
        return 0
    total = 0
    for part in re.findall(r"[一二三四五六七八九]?百|[一二三四五六七八九]?十|[一二三四五六七八九]", text):
        unit = {"百": 100, "十": 10}.get(part[-1], 1)
        total += (_HAN_DIGITS.get(part[0], 1) if part[0] not in "百十" else 1) * unit
    return total
