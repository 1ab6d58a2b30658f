"""Excel workbooks (OOXML): every filled cell as it shows. Formulas by the value last computed; links are not followed."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from xml.parsers import expat

from luodi.reading.formats.cell_text import cell_text
from luodi.reading.formats.extract import Extract, Writer
from luodi.reading.formats.package import Package, bomb, damaged
from luodi.reading.formats.safe_xml import Node, parse
from luodi.reading.formats.sheets import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    require_few_sheets,
    too_many_rows,
    write_sheet,
)
from luodi.reading.refusals import Refused

WHAT = "Excel 工作簿"
_BOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")
_DATE_SIGNS = re.compile(r"[dyDY]|年|月|日")
_WORDS_IN_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
# the formats that a number alone stands for; 14 to 17, 22 and those of Chinese systems are days
_BUILT_IN = {9: "0%", 10: "0.00%", 2: "0.00", 4: "#,##0.00", 17: "mmm-yy", 55: "yyyy年m月", 57: "yyyy年m月"}
_DAYS = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58}


def extract_xlsx(raw: bytes) -> Extract:
    """The text of a workbook. Raises ``Refused``: ``damaged``, ``bomb``, ``locked``, ``too-long``, ``old-format``."""
    package = Package(raw, WHAT)
    if _BOOK not in package:
        raise Refused(
            "old-format", "这是二进制工作簿（.xlsb），读不了。请另存为“Excel 工作簿（.xlsx）”后再读。"
        )
    book = parse(package.read(_BOOK), WHAT)
    listed = book.child("sheets")
    sheets = [node for node in listed.elements if node.name == "sheet"] if listed is not None else []
    require_few_sheets(len(sheets))
    paths = _paths(package)
    strings = _strings(package, paths.get("sharedStrings", "xl/sharedStrings.xml"))
    layouts = _layouts(package)
    properties = book.child("workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    writer = Writer("xlsx")
    left = MOST_CELLS
    for node in sheets:
        path = paths.get(node.get("id"), "")
        if path in package and "worksheet" in path:
            sheet = _Reader(node.get("name"), strings, layouts, from_1904, left).read(package.read(path))
            left -= len(sheet.cells)
            write_sheet(writer, sheet._replace(is_hidden=node.get("state", "visible") != "visible"))
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        writer.notes.append("有指向其他文件的链接，没有跟过去")
    return writer.finish()


def _paths(package: Package) -> dict[str, str]:
    """Where the parts lie, by the id the workbook calls them, or by what they are."""
    name = "xl/_rels/workbook.xml.rels"
    if name not in package:
        return {}
    found = {}
    for node in parse(package.read(name), WHAT).elements:
        target = node.get("Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[node.get("Id")] = path
        found.setdefault(node.get("Type").rpartition("/")[2], path)
    return found


def _strings(package: Package, path: str) -> list[str]:
    if path not in package:
        return []
    root = parse(package.read(path), WHAT)
    return [_string(node)[:LONGEST_CELL] for node in root.elements if node.name == "si"]


def _string(node: Node) -> str:
    """The text of a shared string without the reading aids (rPh) that stand in it."""
    pieces = []
    for each in node.elements:
        if each.name == "t":
            pieces.append(each.text)
        elif each.name == "r":
            pieces.append("".join(t.text for t in each.elements if t.name == "t"))
    return "".join(pieces)


def _layouts(package: Package) -> list[tuple[str, bool]]:
    """By style number: the layout of a number, and whether it is a day."""
    if "xl/styles.xml" not in package:
        return []
    root = parse(package.read("xl/styles.xml"), WHAT)
    formats = root.child("numFmts")
    own = (
        {node.get("numFmtId"): node.get("formatCode") for node in formats.elements}
        if formats is not None
        else {}
    )
    styles = root.child("cellXfs")
    found = []
    for node in styles.elements if styles is not None else ():
        name = node.get("numFmtId", "0")
        layout = own.get(name, _BUILT_IN.get(int(name), "") if name.isdigit() and len(name) < 6 else "")
        is_day = name.isdigit() and int(name[:6]) in _DAYS and name not in own
        signs = _WORDS_IN_FORMAT.sub("", layout.split(";")[0])
        found.append((layout, is_day or _DATE_SIGNS.search(signs) is not None))
    return found


class _Reader:
    """Reads one sheet as a stream: nothing is held but filled cells."""

    def __init__(
        self, name: str, strings: list[str], layouts: list[tuple[str, bool]], from_1904: bool, most: int
    ) -> None:
        self._sheet = Sheet(name, {}, [])
        self._strings, self._layouts, self._most = strings, layouts, most
        self._epoch = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 (a day of no zone)
        self._row = self._column = 0
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._within = ""
        self._rows = 0
        self._filled_row = -1

    def read(self, raw: bytes) -> Sheet:
        """The sheet."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(raw, True)
        except (expat.ExpatError, LookupError):
            raise damaged(WHAT) from None
        return self._sheet

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition("}")[2]
        if name == "row":
            given = attributes.get("r", "")
            self._row = (
                int(given) if given.isascii() and given.isdigit() and len(given) < 8 else self._row + 1
            )
            self._column = 0
        elif name == "c":
            found = _REFERENCE.match(attributes.get("r", ""))
            self._column = column_number(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces = []
        elif name in ("v", "t"):
            self._within = name
        elif name == "rPh":
            self._within = ""
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _data(self, text: str) -> None:
        if self._within:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition("}")[2]
        if name in ("v", "t"):
            self._within = ""
        elif name == "c" and self._pieces:
            self._take("".join(self._pieces))

    def _take(self, given: str) -> None:
        text = self._shown(given)[:LONGEST_CELL].strip()
        if not text:
            return
        if self._row != self._filled_row:
            self._filled_row = self._row
            self._rows += 1
        if self._rows > MOST_ROWS or self._column > MOST_COLUMNS or len(self._sheet.cells) >= self._most:
            raise too_many_rows(self._sheet.name)
        self._sheet.cells[self._row, self._column] = text

    def _shown(self, given: str) -> str:
        if self._kind == "s":
            at = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else -1
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if self._kind in ("str", "inlineStr", "d"):
            return given
        if self._kind == "b":
            return "是" if given == "1" else "否"
        if self._kind == "e":
            return ""
        return self._of_number(given)

    def _of_number(self, given: str) -> str:
        try:
            value = float(given) if re.search(r"[.eE]", given) or len(given) > 300 else int(given)
        except ValueError:
            return ""
        at = (
            int(self._style)
            if self._style.isascii() and self._style.isdigit() and len(self._style) < 6
            else -1
        )
        layout, is_day = self._layouts[at] if 0 <= at < len(self._layouts) else ("", False)
        if is_day and 1 <= value < 2_958_466:
            days = self._epoch + dt.timedelta(seconds=round(value * 86_400))
            return cell_text(days, layout)
        return cell_text(value, layout)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        low, high = _REFERENCE.match(first), _REFERENCE.match(last)
        if low and high and len(self._sheet.merges) < MOST_CELLS:
            self._sheet.merges.append(
                (int(low[2]), column_number(low[1]), int(high[2]), column_number(high[1]))
            )


def _refuse_doctype(*_given: object) -> None:
    raise bomb("里面有文档不该有的声明（DOCTYPE）")


def column_number(letters: str) -> int:
    """The number of a column.

    >>> column_number("B"), column_number("AB")
    (2, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
