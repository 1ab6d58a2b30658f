"""``repair``: the repaired text of one file, or its edits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from luodi.command_line.inputs import load, shown
from luodi.command_line.outputs import put
from luodi.reading.decoding import decode
from luodi.reading.edits import Edit
from luodi.reading.refusals import Refused
from luodi.reading.repair.driver import repair


def run_repair(path: Path, *, as_map: bool) -> int:
    """Print the repaired text exactly (no newline added), or each edit as a JSON line; 1 where the file is refused."""
    try:
        decoded = decode(load(path))
    except Refused as refused:
        print(f"luodi: {shown(path)}: {refused.message}({refused.code})", file=sys.stderr)
        return 1
    repaired = repair(decoded.text)
    if not as_map:
        put(repaired.text.encode("utf-8", "backslashreplace"))
        return 0
    for edit in repaired.edits:
        put(orjson.dumps(edit_as_dict(decoded.text, edit)) + b"\n")
    return 0


def edit_as_dict(source: str, edit: Edit) -> dict[str, Any]:
    """The edit for JSON; ``start`` and ``end`` point into ``source``, which was decoded and not otherwise changed."""
    shape: dict[str, Any] = {
        "start": edit.start,
        "end": edit.stop,
        "source": source[edit.start : edit.stop],
        "replacement": edit.replacement,
        "rule": edit.rule,
        "certainty": edit.certainty,
    }
    if edit.candidates:
        shape["candidates"] = list(edit.candidates)
    if edit.spans:
        shape["spans"] = [list(span) for span in edit.spans]
    return shape
