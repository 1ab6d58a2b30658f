"""Tables of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTE = "<!-- 由 bin/write-reference 从代码写出；要改，改代码。 -->"


def cell(text: object) -> str:
    """``text`` as it stands in a table: one line, nothing in it that a page would take for its own signs."""
    shown = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace("|", "\\|").replace("\n", " ⏎ ").replace("\t", " ⇥ ").replace("*", "\\*").strip()


def code(text: str) -> str:
    """A name from the code."""
    return f"`{text}`"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table and an empty one; cells are given ready."""
    lines = [f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return [*lines, ""]


def page(lines: Iterable[str]) -> str:
    """The whole page."""
    return "\n".join(lines).rstrip("\n") + "\n"
