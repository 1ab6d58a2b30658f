"""A long text cut into parts at sentence ends: what one row of the index holds.

Parts keep rows small, so that showing where a word stands reads a page and not a book, and stay far below what a
``tsvector`` of PostgreSQL can hold (16,383 positions, 256 for one token). See docs/decisions on search for the measurement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 500  # characters; measured, see bench/search.py
_OVERLAP = (
    40  # where no sentence ends within a part, the next one begins so much earlier, that no word is cut
)
_END = re.compile(r"[。！？；!?;\n]+[”’」』)）]*")


def parts(text: str, longest: int = LONGEST) -> Iterator[tuple[int, str]]:
    """Where each part begins, and the part; together they cover ``text``. An empty text has one empty part.

    >>> list(parts("一句话。又一句。再来一句。", longest=8))
    [(0, '一句话。又一句。'), (8, '再来一句。')]
    """
    if longest <= _OVERLAP and len(text) > longest and not _END.search(text):
        raise ValueError(f"longest={longest} must be more than the overlap of {_OVERLAP}")
    start = 0
    while len(text) - start > longest:
        stop = _last_end(text, start, start + longest)
        yield start, text[start : stop or start + longest]
        start = stop or start + longest - _OVERLAP
    yield start, text[start:]


def _last_end(text: str, start: int, limit: int) -> int | None:
    last = None
    for end in _END.finditer(text, start, limit):
        last = end.end()
    return last
