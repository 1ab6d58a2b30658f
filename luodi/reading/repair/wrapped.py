"""Text broken into lines of one width, in the middle of sentences: the breaks taken out again.

Sites that turn documents into pages leave such text, one line a printed line. A page is believed to be broken so only
where many lines of the same width follow each other and nearly all of them end in the middle of a sentence; a list, a
poem or a menu does not do that. Wrong where a paragraph's last line is by chance as wide as the others and ends without a
mark: it is then joined to the next paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from luodi.reading.edits import Edit

_BREAK = re.compile(r"[ \t\u3000]*\r?\n")
_NARROWEST, _WIDEST = 24, 64  # signs of a printed line
_PLAY = 3  # signs by which lines of one width may differ: Latin letters are narrower
_FEWEST = 5  # breaks in the middle of a sentence
_MOST_LINES = 0.6  # of the lines wide enough that must be of the one width
_ENDS = frozenset("。！？；：.!?;:…”’）)】》|\t")
_NEW = re.compile(
    r"[ \t\u3000]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|"
    r"第[一二三四五六七八九十]{1,3}[章节条篇]|\d{1,2}[.、．](?!\d)|[●•■◆▲·—–-]|$"
)
_WORD = re.compile(r"[0-9A-Za-z]")
_LETTER = re.compile(r"[A-Za-z]")
_MARK = re.compile("[,，、；;。：:]")


def unwraps(source: str) -> list[Edit]:
    """The edits that take out the breaks inside sentences; none for a page that is not broken into lines."""
    lines = _lines(source)
    widths = Counter(stop - start for start, stop in lines if _NARROWEST <= stop - start <= _WIDEST)
    if sum(widths.values()) < _FEWEST:
        return []
    width = max(widths, key=lambda w: (sum(widths[w + d] for d in range(-_PLAY, _PLAY + 1)), w))
    full = sum(widths[width + d] for d in range(-_PLAY, _PLAY + 1))
    if full < _FEWEST or full < _MOST_LINES * sum(n for w, n in widths.items() if w >= width - _PLAY):
        return []
    found: list[Edit] = []
    for (start, stop), (following, _) in itertools.pairwise(lines):
        if abs(stop - start - width) <= _PLAY and _goes_on(source, start, stop, following):
            begun = bool(found) and found[-1].stop == start
            if begun or _MARK.search(source, start, stop):  # a title is as wide by chance, but has no marks
                between = " " if _WORD.match(source, stop - 1) and _LETTER.match(source, following) else ""
                found.append(Edit(stop, following, between, "wrapped_line"))
    return found if len(found) >= _FEWEST and len(found) * 2 >= full else []


def _goes_on(source: str, start: int, stop: int, following: int) -> bool:
    """Whether the line that ends at ``stop`` ends within a sentence that the line at ``following`` goes on with."""
    if source[stop - 1] in _ENDS or _NEW.match(source, following) or source.count("\n", stop, following) != 1:
        return False
    if source[stop - 1].isdigit() and source[following] in "0123456789.":
        return False  # which number it was, nobody says
    return source.count("|", start, stop) == 0 and source.count("\t", start, stop) == 0


def _lines(source: str) -> list[tuple[int, int]]:
    """The bounds of every line that is not empty, white space behind it left out."""
    lines = []
    at = 0
    for stop, after in [*(m.span() for m in _BREAK.finditer(source)), (len(source), len(source))]:
        if stop > at:
            lines.append((at, stop))
        at = after
    return lines
