"""A paper as Word: styles by GB/T 9704-2012 that an office can go on with, real tables, real page numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

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
from luodi.papers.text import held, one_line
from luodi.papers.word_parts import as_header, framed, numbered_anew, page_number, sized, unbroken
from luodi.papers.word_styles import FONT_TABLE, FONTS_PART, LINE, SMALL, prepared
from luodi.papers.zipped import CORE, core_properties, packed_again

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable

_LABEL = 38  # millimetres: eight characters
_SHORT = 240  # characters of a cell: a row of such cells is never higher than a page
_BOX = 30
_SHADE = "F2F2F2"


def word(paper: Paper) -> bytes:
    """The file. Raises ``ValueError`` for a picture that is broken."""
    document = prepared()
    if paper.office:
        document.add_paragraph(held(paper.office), "Subtitle")
    document.add_paragraph(held(paper.title), "Title")
    if paper.number or paper.dated:
        document.add_paragraph(f"{one_line(paper.number)}\t{one_line(paper.dated)}", "Number Line")
    for before, block in zip((None, *paper.blocks), paper.blocks, strict=False):
        if isinstance(before, PageBreak) and not isinstance(block, Heading):
            document.add_page_break()
        _add(document, block)
        if isinstance(before, PageBreak) and isinstance(block, Heading):
            # a break of its own would take a line, and a page where the one before it is full
            document.paragraphs[-1].paragraph_format.page_break_before = True
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(f"{one_line(paper.foot_line)}\t— ")
    page_number(foot)
    foot.add_run(" —")
    kept = io.BytesIO()
    document.save(kept)
    core = core_properties(one_line(paper.title), one_line(paper.office), paper.moment)
    return packed_again(kept.getvalue(), paper.moment, {CORE: core, FONTS_PART: FONT_TABLE})


def _add(document: Document, block: Block) -> None:
    match block:
        case Facts():
            _facts(document, block)
        case Paragraph():
            # a note is one paragraph with line breaks, running text a paragraph a line
            for line in [held(block.text)] if block.is_note else held(block.text).split("\n"):
                look = "Note" if block.is_note else "Flush" if block.is_flush else "Body Text"
                document.add_paragraph(line, look)
        case Heading():
            document.add_paragraph(held(block.text), f"Heading {block.level}")
        case Table():
            _table(document, block)
        case Picture():
            _picture(document, block)
        case Items():
            start = numbered_anew(document) if block.is_numbered else None
            for line in block.lines:
                added = document.add_paragraph(held(line), "List Bullet" if start is None else "List Number")
                if start is not None:
                    start(added)
        case Signed():
            for line in (block.by, block.day):
                document.add_paragraph(held(line), "Signature Line")
        case Receipt():
            # the boxes do not hang on the line of who issued it
            document.add_paragraph("", SMALL)
            made = _grid(document, 1, (1,) * len(block.labels))
            for at, label in zip(made.rows[0].cells, block.labels, strict=True):
                _say(at, label)
            sized(made.rows[0], _BOX)
        case PageBreak():
            pass  # what comes after it begins the page


def _facts(document: Document, block: Facts) -> None:
    made = _grid(document, len(block.rows), (_LABEL, LINE - _LABEL))
    for row, pair in zip(made.rows, block.rows, strict=True):
        for at, text in zip(row.cells, pair, strict=True):
            _say(at, text)
        _keep_whole(row, pair)
        framed(row.cells[0], _SHADE)


def _table(document: Document, block: Table) -> None:
    if block.title:
        document.add_paragraph(held(block.title), "Table Title")
    made = _grid(document, 1 + (len(block.rows) or 1), block.shares)
    rows = list(made.rows)
    for at, text in zip(rows[0].cells, block.header, strict=True):
        _say(at, text, is_strong=True)
        framed(at, _SHADE)
    as_header(rows[0])
    for row, texts in zip(rows[1:], block.rows, strict=False):
        for at, text in zip(row.cells, texts, strict=True):
            _say(at, text)
        _keep_whole(row, texts)
    if not block.rows:
        cells = rows[1].cells
        whole = cells[0].merge(cells[-1])
        _say(whole, block.empty)


def _grid(document: Document, rows: int, shares: tuple[int, ...]) -> WordTable:
    from docx.shared import Mm

    made = document.add_table(rows, len(shares), "Table Grid")
    made.autofit = False
    whole = sum(shares)
    widths = [Mm(LINE * share / whole) for share in shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row in made.rows:
        for at, width in zip(row.cells, widths, strict=True):
            at.width = width
    # two tables with nothing between them would be one to Word
    document.add_paragraph("", SMALL)
    return made


def _keep_whole(row: Any, texts: tuple[str, ...]) -> None:
    """A short row goes to the next page rather than be cut in two; one that may be higher than a page has to be cut."""
    if max(map(len, texts)) <= _SHORT:
        unbroken(row)


def _say(cell: Any, text: str, is_strong: bool = False) -> None:
    told = cell.paragraphs[0]
    told._p.style = SMALL  # by its own id: the way through the library walks all styles each time
    told.add_run(held(text)).bold = True if is_strong else None


def _picture(document: Document, block: Picture) -> None:
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.shared import Mm

    faults = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
    try:
        shape = document.add_picture(io.BytesIO(block.content), width=Mm(block.width))
    except (*faults, ZeroDivisionError, ValueError) as fault:
        raise ValueError(f"the picture can not be set in Word: {fault}") from fault
    told = shape._inline.docPr
    told.set("descr", held(block.says))
    document.paragraphs[-1].style = "Picture"
