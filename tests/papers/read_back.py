"""What a person reads in a file that was written: read with other libraries' readers, never with ours."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from docx import Document
from openpyxl import load_workbook

from luodi.papers.paper import Facts, Heading, Items, Paper, Paragraph, Picture, Receipt, Signed, Table

_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


def said(paper: Paper) -> list[str]:
    """Every text of a paper that stands on its pages, in the order of its blocks."""
    found = [paper.office, paper.title]
    for block in paper.blocks:
        match block:
            case Facts():
                found += [text for row in block.rows for text in row]
            case Table():
                found += [block.title, *block.header, *(text for row in block.rows for text in row)]
            case Paragraph() | Heading():
                found.append(block.text)
            case Items():
                found += block.lines
            case Signed():
                found += [block.by, block.day]
            case Receipt():
                found += block.labels
            case Picture():
                pass
    return found


def in_word(content: bytes) -> list[str]:
    """Paragraphs and cells of a Word file, in their order."""
    document = Document(io.BytesIO(content))
    found: list[str] = []
    for each in document.iter_inner_content():
        if hasattr(each, "rows"):
            # a cell over several columns is handed out once for each
            cells = {cell._tc: cell.text for row in each.rows for cell in row.cells}
            found += cells.values()
        else:
            found.append(each.text)
    return found


def in_pdf(content: bytes) -> str:
    """The words of a PDF without what only sets them apart: spaces, ends of lines."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    finally:
        document.close()
    return bare("".join(pages))


def pages_of_pdf(content: bytes) -> list[str]:
    """The words of each page, bare."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return [bare(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def bare(text: str) -> str:
    """Without spaces and ends of lines."""
    return re.sub(r"[\s\x00-\x1f\ufffe\u200b]", "", text)


def in_sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of every sheet; a formula would come back as one and fails here."""
    book = load_workbook(io.BytesIO(content))
    found = {}
    for page in book:
        rows = []
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.data_type
                assert cell.data_type == "s" or cell.value is None
                assert cell.value is None or cell.quotePrefix
            rows.append([_ESCAPED.sub("_", cell.value or "") for cell in row])
        found[page.title] = rows
    return found


def whole_xml(content: bytes) -> list[str]:
    """The names of the parts of a zipped file; every XML part can be parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        return parts.namelist()
