"""Word documents (OOXML): paragraphs, tables, notes. Of tracked changes the accepted text; of fields their result.

Page headers and footers, comments and hidden text are left out and said so. Automatic numbers (一、（一）1.) are written out,
as Word shows them. Nothing that the document points to is followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from luodi.reading.formats.extract import Extract, Place, Writer
from luodi.reading.formats.numbering import Numbering
from luodi.reading.formats.package import Package
from luodi.reading.formats.safe_xml import Node, parse
from luodi.reading.formats.table_lines import GridCell, write_table

WHAT = "Word 文档"
_BODY = "word/document.xml"
_THROUGH = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "body"}
)
_REMOVED = frozenset({"del", "moveFrom", "instrText", "delText", "rt", "pPr", "sectPr", "tblPr", "tblGrid"})
_NOTES = (("word/footnotes.xml", "footnote", "脚注"), ("word/endnotes.xml", "endnote", "尾注"))
_LAID_OUT = 3  # paragraphs in a table's only cell: a frame around prose


def extract_docx(raw: bytes) -> Extract:
    """The text of a document. Raises ``Refused``: ``damaged``, ``bomb``, ``locked``, ``too-long``."""
    package = Package(raw, WHAT)
    root = parse(package.read(_BODY), WHAT)
    walk = _Walk(Numbering.of(package, WHAT))
    body = root.child("body")
    if body is not None:
        walk.blocks(body, "")
    for name, element, word in _NOTES:
        if name in package:
            walk.notes(parse(package.read(name), WHAT), element, word)
    writer = walk.writer
    if any(name.startswith(("word/header", "word/footer")) for name in package.names):
        writer.notes.append("页眉页脚没有取")
    if "word/comments.xml" in package:
        writer.notes.append("批注没有取")
    if walk.changes:
        writer.notes.append(f"有{walk.changes}处修订，按接受后的文字取")
    if walk.hidden:
        writer.notes.append(f"有{walk.hidden}处隐藏文字，没有取")
    return writer.finish()


class _Walk:
    """Goes through a document once, writing what it comes to."""

    def __init__(self, numbering: Numbering) -> None:
        self.writer = Writer("docx")
        self.changes = self.hidden = 0
        self._numbering = numbering
        self._paragraphs = self._tables = 0

    def blocks(self, parent: Node, part: str) -> None:
        """The paragraphs and tables inside ``parent``."""
        for node in parent.elements:
            if node.name == "p":
                self._paragraph(node, part)
            elif node.name == "tbl":
                self._table(node, part)
            elif node.name in ("del", "moveFrom"):
                self.changes += 1
            elif node.name in _THROUGH:
                self.changes += node.name in ("ins", "moveTo")
                self.blocks(node, part)
            elif node.name == "AlternateContent":
                self.blocks(_chosen(node), part)

    def notes(self, root: Node, element: str, word: str) -> None:
        """Footnotes or endnotes, each with its own place."""
        number = 0
        for note in root.elements:
            if note.name == element and note.get("type") in ("", "normal"):
                number += 1
                self._paragraphs = 0
                self.blocks(note, f"{word}{number}")

    def _paragraph(self, node: Node, part: str) -> None:
        self._paragraphs += 1
        boxes: list[Node] = []
        text = self._numbering.label(node) + "".join(self._runs(node, boxes))
        for line in text.split("\n"):
            self.writer.paragraph(line, part, self._paragraphs)
        for box in boxes:
            self.blocks(box, part)

    def _runs(self, node: Node, boxes: list[Node]) -> Iterator[str]:
        """The text of everything inside a paragraph; text boxes are put aside."""
        for each in node.elements:
            if each.name == "t":
                yield each.text.replace("\n", " ")
            elif each.name == "tab":
                yield " "
            elif each.name in ("br", "cr"):
                yield "\n"
            elif each.name == "noBreakHyphen":
                yield "-"
            elif each.name == "txbxContent":
                boxes.append(each)
            elif each.name in ("del", "moveFrom"):
                self.changes += 1
            elif each.name == "r" and _is_hidden(each):
                self.hidden += 1
            elif each.name == "AlternateContent":
                yield from self._runs(_chosen(each), boxes)
            elif each.name not in _REMOVED:
                self.changes += each.name in ("ins", "moveTo")
                yield from self._runs(each, boxes)

    def _table(self, node: Node, part: str) -> None:
        rows = list(_rows(node))
        cells = [(number, *each) for number, row in enumerate(rows, 1) for each in self._row(row)]
        if len(cells) == 1 and sum(each.name == "p" for each in cells[0][1].all("p")) >= _LAID_OUT:
            self.blocks(cells[0][1], part)
            return
        self._tables += 1
        self.writer.gap()
        write_table(self.writer, self._merged(cells), Place(0, 0, part, table=self._tables))
        self.writer.gap()

    def _row(self, row: Node) -> Iterator[tuple[Node, int, int, str]]:
        """The cells of a row: node, column, columns, and how it is merged with the one above (restart, continue or not)."""
        properties = row.child("trPr")
        before = properties.child("gridBefore") if properties else None
        column = 1 + _number(before.get("val") if before else "", 0)
        for cell in _cells(row):
            own = cell.child("tcPr")
            span = own.child("gridSpan") if own else None
            merge = own.child("vMerge") if own else None
            columns = _number(span.get("val") if span else "", 1)
            yield cell, column, columns, (merge.get("val") or "continue") if merge is not None else ""
            column += columns

    def _merged(self, cells: list[tuple[int, Node, int, int, str]]) -> list[GridCell]:
        found: list[GridCell] = []
        above: dict[int, int] = {}  # by column, the place in ``found`` of the cell that reaches down
        for row, node, column, columns, merge in cells:
            if merge == "continue" and column in above:
                top = found[above[column]]
                found[above[column]] = top._replace(rows=row - top.row + 1)
                continue
            above.pop(column, None)
            if merge:
                above[column] = len(found)
            found.append(GridCell(self._cell_text(node), row, column, 1, columns))
        return found

    def _cell_text(self, cell: Node) -> str:
        boxes: list[Node] = []
        lines = ["".join(self._runs(p, boxes)) for p in cell.all("p")]
        return "\n".join(line for line in lines if line.strip())


def _rows(table: Node) -> Iterator[Node]:
    for node in table.elements:
        if node.name == "tr":
            properties = node.child("trPr")
            if properties is None or properties.child("del") is None:
                yield node
        elif node.name in _THROUGH:
            yield from _rows(node)


def _cells(row: Node) -> Iterator[Node]:
    for node in row.elements:
        if node.name == "tc":
            yield node
        elif node.name in _THROUGH:
            yield from _cells(node)


def _chosen(alternatives: Node) -> Node:
    """Of the same thing said in several ways, the first way: the others repeat it."""
    return alternatives.child("Choice") or alternatives.child("Fallback") or alternatives


def _is_hidden(run: Node) -> bool:
    properties = run.child("rPr")
    hidden = properties.child("vanish") if properties else None
    return hidden is not None and hidden.get("val") not in ("0", "false", "off")


def _number(text: str, default: int) -> int:
    return min(int(text), 1_000) if text.isascii() and text.isdigit() and len(text) < 7 else default
