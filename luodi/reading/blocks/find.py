"""A page's parts: which lines are the article, which are the site's furniture.

Passes run in order over the page's lines; each decides what it is sure of and leaves the rest to the next. The order
is the argument: tables before furniture (a bare number is a cell in the one and a counter in the other), lines before
regions (what follows 相关新闻 is a teaser whatever it looks like), the head last (a title is what is left there).
"""

from __future__ import annotations

from collections.abc import Callable

from luodi.reading.blocks import (
    adverts,
    bylines,
    furniture,
    headings,
    heads,
    novels,
    prose,
    records,
    repeats,
    tables,
    tails,
    transcripts,
)
from luodi.reading.blocks.kinds import Block, BlockKind
from luodi.reading.blocks.lines import Line, read_lines

__all__ = ["Block", "BlockKind", "find_blocks"]

PASSES: tuple[Callable[[list[Line]], None], ...] = (
    tables.mark,
    furniture.mark,
    bylines.mark,
    records.mark,
    headings.mark,
    transcripts.mark,
    prose.mark,
    repeats.mark,
    tails.mark,
    novels.mark,
    adverts.mark,
    heads.mark,
    prose.mark_rest,
)


def find_blocks(text: str) -> list[Block]:
    """All non-empty parts of ``text``, in order, not overlapping.

    Wrong where a page has no line breaks and its menu runs into its article without a space; where two whole articles
    stand on one page, both are kept.
    """
    lines = read_lines(text)
    for mark in PASSES:
        mark(lines)
    return [
        Block(line.start, line.stop, line.kind or "paragraph", line.rule, line.level, line.columns)
        for line in lines
        if line.rule != "merged"
    ]
