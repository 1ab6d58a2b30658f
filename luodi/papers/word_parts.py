"""What python-docx has no words for: page numbers as fields, header rows, shaded cells, lists that count from one again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


def page_number(paragraph: Paragraph) -> None:
    """The number of the page, reckoned by whoever opens the file."""
    for sort, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        if sort == "shown":
            run.text = text
        elif sort:
            run._r.append(element("w:fldChar", {"w:fldCharType": sort}))
        else:
            told = element("w:instrText", {})
            told.text = text
            run._r.append(told)


def as_header(row: Any) -> None:
    """The row stands again on every page and is never cut in two."""
    unbroken(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader", {}))


def unbroken(row: Any) -> None:
    """The row is never cut in two by the end of a page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", {}))


def framed(cell: Any, shade: str) -> None:
    """The cell on a ground of ``shade`` (six hexadecimal digits)."""
    ground = {"w:val": "clear", "w:color": "auto", "w:fill": shade}
    cell._tc.get_or_add_tcPr().append(element("w:shd", ground))


def sized(row: Any, millimetres: int) -> None:
    """The row at least so high."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    row.height = Mm(millimetres)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def numbered_anew(document: Document) -> Callable[[Paragraph], None]:
    """A list that counts from one: to be called with each of its paragraphs."""
    style = document.styles["List Number"].element
    numbering = document.part.numbering_part.element
    known = style.pPr.numPr.numId.val
    (given,) = (num for num in numbering.num_lst if num.numId == known)
    made = numbering.add_num(given.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)

    def into(paragraph: Paragraph) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = made.numId

    return into


def element(name: str, attributes: dict[str, str]) -> Any:
    """An element of WordprocessingML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
