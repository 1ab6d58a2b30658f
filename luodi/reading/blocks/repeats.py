"""The article's start given twice: a cut-off summary before the real text is dropped, so that it is read once.

A whole paragraph that comes twice is kept twice; only what breaks off and then comes again in full is dropped.
"""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line

_NOT_TEXT = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_LEAD_IN = re.compile(
    r"^[【\[(（]?(?:摘要|内容摘要|内容提要|简介|描述|导读|导语|内容简介|核心提示|概述|内容概述)[】\])）]?[:：]?"
)
# what ends like a sentence is not broken off, unless a summary says so itself
_ENDS = re.compile(r"[。！？!?][”\"]?$")
_SHORTEST = 24
_LONGEST = 600
_HEAD_LINES = 30


def mark(lines: list[Line]) -> None:
    """Name cut-off copies of the text that follows them, near the head of the page."""
    pieces: dict[int, str] = {}
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.kind in ("table_row", "furniture") or not _SHORTEST <= len(line.text) <= _LONGEST:
            continue
        if _ENDS.search(line.text):
            continue
        key = _NOT_TEXT.sub("", _LEAD_IN.sub("", line.text))
        if len(key) >= _SHORTEST and _comes_again(key, lines, at, pieces):
            line.decide("furniture", "repeated_start")


def _comes_again(key: str, lines: list[Line], at: int, pieces: dict[int, str]) -> bool:
    """Whether the lines behind ``at``, run together, hold ``key`` and go on from there."""
    run = ""
    for other in range(at + 1, min(at + 1 + _HEAD_LINES, len(lines))):
        if other not in pieces:
            pieces[other] = _NOT_TEXT.sub("", lines[other].text[: 4 * _LONGEST])
        whole = run + pieces[other]
        found = whole.find(key)
        if found >= 0:
            return len(whole) > found + len(key)
        run = whole[-len(key) :]
    return False
