"""Tables without ruled lines: a heading whose names stand side by side, and rows whose cells stand below them."""

from __future__ import annotations

from collections.abc import Sequence

from luodi.reading.blocks.table_header import column_kind, is_strong
from luodi.reading.formats.page_lines import Segment, TextLine
from luodi.reading.formats.table_lines import GridCell

_FEWEST_COLUMNS = 3
_FARTHEST = 3.5  # lines: a gap that ends a table


def aligned_table(lines: Sequence[TextLine], at: int) -> tuple[list[GridCell], int] | None:
    """The table whose heading is line ``at``, and the index behind it; ``None`` where no table begins there.

    Wrong where the cells of a row begin above the row's number.
    """
    head = lines[at]
    names = [segment.text.strip() for segment in head.segments]
    known = sum(column_kind(name) is not None for name in names)
    if len(names) < _FEWEST_COLUMNS or known * 3 < len(names) * 2 or not any(map(is_strong, names)):
        return None
    numbered = column_kind(names[0]) == "number"
    rows: list[dict[int, str]] = [dict(enumerate(names))]
    last, stop = head, at + 1
    while stop < len(lines):
        line = lines[stop]
        if line.top - last.bottom > _FARTHEST * head.size:
            break
        cells = _placed(head.segments, line.segments)
        if cells is None:
            break
        begins = 0 in cells and (not numbered or cells[0].strip(".、 ").isdecimal())
        if len(rows) == 1 and not begins:
            break
        if begins:
            rows.append(cells)
        else:
            for column, text in cells.items():
                rows[-1][column] = rows[-1].get(column, "") + text
        last, stop = line, stop + 1
    if len(rows) == 1:
        return None
    found = [GridCell(text, n, column + 1) for n, row in enumerate(rows, 1) for column, text in row.items()]
    return found, stop


def _placed(columns: Sequence[Segment], segments: Sequence[Segment]) -> dict[int, str] | None:
    """Each stretch of a line under the name it stands below; ``None`` where one lies below several, as prose does."""
    found: dict[int, str] = {}
    for segment in segments:
        middle = (segment.left + segment.right) / 2
        nearest = min(range(len(columns)), key=lambda n: _distance(columns[n], segment, middle))
        below = [c for c in columns if c.left >= segment.left and c.right <= segment.right]
        if len(below) > 1:
            return None
        found[nearest] = found.get(nearest, "") + segment.text
    return found


def _distance(column: Segment, segment: Segment, middle: float) -> float:
    shared = min(column.right, segment.right) - max(column.left, segment.left)
    return -shared if shared > 0 else abs((column.left + column.right) / 2 - middle)
