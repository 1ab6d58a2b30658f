"""The kinds of parts a page has."""

from __future__ import annotations

from typing import Literal, NamedTuple

BlockKind = Literal[
    "title", "byline", "heading", "paragraph", "question", "answer", "list_item", "table_row", "furniture"
]


class Block(NamedTuple):
    """One line or paragraph at ``text[start:stop]`` (repaired text, surrounding space left out).

    ``level`` is the depth of a heading (1 for 一、, 2 for （一）, 3 for 1.), else 0. ``columns`` names a table row's
    columns, in order, one name a cell, where a header row was found. ``rule`` names what decided the kind.
    """

    start: int
    stop: int
    kind: BlockKind
    rule: str
    level: int = 0
    columns: tuple[str, ...] = ()
