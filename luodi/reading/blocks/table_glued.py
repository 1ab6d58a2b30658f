"""Tables whose cells ran together, and whole tables on one line."""

from __future__ import annotations

import itertools
import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.table_header import GLUED

_SHORTEST_TABLE = 60  # characters of a header and two rows
_LEADING_INTEGER = re.compile(r"^(\d{1,4})(?![\d.年月日%-])[.、\s|]*(?=\D)")


def glued_rows(lines: list[Line], at: int) -> int | None:
    """A header whose names ran together, and rows that begin with their number; the index behind the table."""
    if len(lines[at].text) > 120 or not GLUED.fullmatch(lines[at].plain):
        return None
    value = None
    end = at + 1
    while end < len(lines):
        found = _LEADING_INTEGER.match(lines[end].plain)
        if found is None or (value is not None and int(found[1]) != value + 1):
            break
        value = int(found[1])
        lines[end].start += found.end()
        lines[end].decide("table_row", "table_glued")
        end += 1
    if value is None:
        return None
    lines[at].decide("furniture", "table_header")
    return end


def cut_run_together(lines: list[Line]) -> None:
    """A whole table on one line: cut behind its header and before each running number."""
    cut: list[Line] = []
    for line in lines:
        cut.extend(_pieces(line))
    if len(cut) != len(lines):
        lines[:] = cut


def _pieces(line: Line) -> list[Line]:
    if len(line.text) < _SHORTEST_TABLE or "序号" not in line.text:
        return [line]
    found = GLUED.search(line.text)
    cuts = _running_numbers(line.text, found.end()) if found and found[0].count(" ") >= 2 else []
    if found is None or len(cuts) < 2:
        return [line]
    pieces = []
    for low, high in itertools.pairwise([0, found.start(), *cuts, len(line.text)]):
        piece = line.text[low:high]
        if piece.strip():
            pieces.append(Line.at(line.start + low + len(piece) - len(piece.lstrip()), piece.strip()))
    return pieces


def _running_numbers(text: str, at: int) -> list[int]:
    """Where 1, 2, 3 … stand between spaces, each behind the last."""
    cuts: list[int] = []
    value = 1
    while (found := re.compile(rf"(?<=\s){value}(?=\s)").search(text, at)) is not None:
        cuts.append(found.start())
        at = found.end()
        value += 1
    return cuts
