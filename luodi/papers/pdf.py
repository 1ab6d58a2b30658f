"""A paper as PDF: tagged, archival (PDF/A-2a, PDF/UA-1), its font inside, the same bytes each time."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.papers.glyphs import FOLDER, drawn
from luodi.papers.paper import (
    Block,
    Facts,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Receipt,
    Signed,
    Table,
)

if TYPE_CHECKING:
    import typst

_LAYOUT = Path(__file__).resolve().parent / "paper.typ"
_STANDARDS = ("a-2a", "ua-1")


def pdf(paper: Paper) -> bytes:
    """The file. Raises ``ValueError`` where it can not be set: a picture that is broken."""
    import typst

    told = {
        "title": drawn(paper.title),
        "author": drawn(paper.office),
        "office": drawn(paper.office),
        "number": drawn(paper.number),
        "dated": drawn(paper.dated),
        "foot": drawn(paper.foot_line),
        "blocks": [_told(block) for block in paper.blocks],
    }
    files = {"main.typ": _LAYOUT.read_bytes(), "paper.json": json.dumps(told).encode()}
    try:
        made = typst.compile(
            files,  # type: ignore[call-overload]
            font_paths=_fonts(),
            ignore_system_fonts=True,
            timestamp=paper.moment,
            pdf_standards=list(_STANDARDS),
        )
    except typst.TypstError as fault:
        raise ValueError(f"the paper can not be set as PDF: {fault.message}") from fault
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """Our own font alone: what is installed on a machine must not show in the file."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def _running(block: Paragraph) -> dict[str, Any]:
    return {"text": drawn(block.text), "note": block.is_note, "flush": block.is_flush}


def _told(block: Block) -> dict[str, Any]:
    match block:
        case Facts():
            return {"sort": "facts", "rows": [list(map(drawn, row)) for row in block.rows]}
        case Paragraph():
            return {"sort": "paragraph", **_running(block)}
        case Heading():
            return {"sort": "heading", "text": drawn(block.text), "level": block.level}
        case Table():
            return {
                "sort": "table",
                "title": drawn(block.title),
                "header": list(map(drawn, block.header)),
                "rows": [list(map(drawn, row)) for row in block.rows],
                "shares": list(block.shares),
                "empty": drawn(block.empty),
            }
        case Picture():
            # files beside the layout have to be text, so the bytes go as numbers
            shown = {"content": list(block.content), "says": drawn(block.says), "width": block.width}
            return {"sort": "picture", **shown}
        case Items():
            return {"sort": "items", "lines": list(map(drawn, block.lines)), "numbered": block.is_numbered}
        case Signed():
            return {"sort": "signed", "by": drawn(block.by), "day": drawn(block.day)}
        case Receipt():
            return {"sort": "receipt", "labels": list(map(drawn, block.labels))}
        case PageBreak():
            return {"sort": "break"}
