"""Table rows written out as lines with labels: the task, then 责任单位：…, 完成时限：…"""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.table_header import column_kind

_LABEL = re.compile(r"^(?:\d{1,2}\s?[.、)]\s?)?[(\[【●•·\s]*([\u4e00-\u9fff]{2,12})[】\]]?\s*:\s*(?=\S)")
# a second label on the same line, behind space or a semicolon: 责任单位：区住建局　完成时限：6月底
_FURTHER = re.compile(r"(?<=\S)(?:\s+|;\s*)([\u4e00-\u9fff]{2,8})\s*:\s*(?=\S)")
_LONGEST_TASK = 400
_LONGEST_LABELLED = 300


def mark(lines: list[Line]) -> None:
    """Merge a task and the labelled lines under it into one row each."""
    kinds = [_label_kind(line) for line in lines]
    at = 0
    while at < len(lines):
        if kinds[at] is None:
            at += 1
            continue
        stop = at
        while (
            stop < len(lines)
            and kinds[stop] is not None
            and (stop == at or not _starts_again(lines, kinds, at, stop))
        ):
            stop += 1
        _merge(lines, kinds, at, stop)
        at = stop


def _label(line: Line) -> str | None:
    found = _LABEL.match(line.plain)
    return found[1] if found else None


def _label_kind(line: Line) -> str | None:
    if line.kind is not None or len(line.text) > _LONGEST_LABELLED:
        return None
    name = _label(line)
    return column_kind(name) if name else None


def _starts_again(lines: list[Line], kinds: list[str | None], at: int, stop: int) -> bool:
    """Whether the label at ``stop`` came before in this row: a new row begins."""
    name = _label(lines[stop])
    return any(_label(lines[i]) == name for i in range(at, stop)) or (
        kinds[stop] == "text" and any(kinds[i] in ("unit", "due") for i in range(at, stop))
    )


def _merge(lines: list[Line], kinds: list[str | None], at: int, stop: int) -> None:
    if not any(kind in ("unit", "due") for kind in kinds[at:stop]):
        return
    start = next((i for i in range(at, stop) if kinds[i] == "text"), None)
    columns = []
    if start is None:
        task = lines[at - 1] if at else None
        if task is None or task.kind is not None or not 4 <= len(task.text) <= _LONGEST_TASK:
            return
        start = at - 1
        columns.append("内容")
    last = max(i for i in range(at, stop) if kinds[i] in ("unit", "due", "person"))
    if last < start:
        return
    row = lines[start]
    for line in lines[max(start, at) : last + 1]:
        columns.append(_label(line) or "")
        columns.extend(label for label in _FURTHER.findall(line.plain) if column_kind(label))
    for line in lines[start : last + 1]:
        line.decide("furniture", "merged")
    row.decide("table_row", "table_labels")
    row.stop = lines[last].stop
    row.columns = tuple(columns)
