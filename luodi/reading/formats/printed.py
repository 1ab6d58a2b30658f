"""Printed pages (PDF, OFD) as lines of text: lines joined into paragraphs, tables into rows, headers and footers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from luodi.reading.formats.aligned import aligned_table
from luodi.reading.formats.extract import Extract, Place, Writer
from luodi.reading.formats.glyphs import Glyph, Page
from luodi.reading.formats.page_lines import TextLine, in_columns, lines_of
from luodi.reading.formats.ruled import RuledTable, ruled_tables
from luodi.reading.formats.table_lines import GridCell, write_table

_AT_THE_EDGE = 0.09  # of the height: where page headers and footers stand
_PAGE_NUMBER = re.compile(
    r"^[-—–·\s]*(?:第|Page|p\.)?\s*\d{1,4}\s*(?:页.{0,8}|(?:/|of|共)\s*\d{1,4}\s*页?)?[-—–·\s]*$|^[ivxIVX]{1,6}$"
)
_DIGITS = re.compile(r"\d+")
_FULL = 1.6  # signs that may be missing at the end of a full line
_INDENTED = 1.0  # signs
_ALIKE = 0.2  # by how much the size of two lines of a paragraph may differ
_FARTHEST = 1.6  # sizes between two lines of a paragraph
_OWN_LINE = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条])"
)
_ENDS = "。！？；：.!?;:"
_REPEATED = 2  # pages


@dataclass
class _Stretch:
    """Lines to be read one after the other, between the same margins."""

    lines: list[TextLine]
    left: float = 0.0
    right: float = 0.0

    def __post_init__(self) -> None:
        prose = [line for line in self.lines if len(line.segments) == 1] or self.lines
        lefts, rights = sorted(line.left for line in prose), sorted(line.right for line in prose)
        self.left, self.right = lefts[len(lefts) // 10], rights[len(rights) * 9 // 10]


Item = _Stretch | RuledTable


@dataclass
class _Laid:
    """A page as items in reading order."""

    number: int
    items: list[Item] = field(default_factory=list)


@dataclass
class _Parted:
    """A page with its ruled tables taken out; ``rest`` are the signs that stand in none, ``edge`` those lines at its edges."""

    page: Page
    tables: list[RuledTable]
    rest: list[Glyph]
    edge: list[TextLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        margin = self.page.height * _AT_THE_EDGE
        near = [g for g in self.rest if g.bottom < margin or g.top > self.page.height - margin]
        self.edge = lines_of(near, self.page.number)


def write_pages(pages: Iterable[Page], form: str) -> Extract:
    """The text of printed pages. Raises ``Refused`` (``too-long``)."""
    writer = Writer(form)
    parted = [_Parted(page, *ruled_tables(page.rules, page.glyphs)) for page in pages]
    counts = Counter(text for each in parted for text in {_plain(line.text) for line in each.edge})
    repeated = frozenset(text for text, count in counts.items() if count >= _REPEATED)
    left_out = sum(_is_furniture(line.text, repeated) for each in parted for line in each.edge)
    if left_out:
        writer.notes.append(f"页眉、页脚和页码{left_out}行没有取")
    _Flow(writer).write([_laid_out(each, repeated) for each in parted])
    return writer.finish()


def _plain(text: str) -> str:
    return _DIGITS.sub("0", "".join(text.split()))


def _is_furniture(text: str, repeated: frozenset[str]) -> bool:
    return _PAGE_NUMBER.match(text.strip()) is not None or _plain(text) in repeated


def _laid_out(parted: _Parted, repeated: frozenset[str]) -> _Laid:
    page = parted.page
    drop = [(line.top, line.bottom) for line in parted.edge if _is_furniture(line.text, repeated)]
    rest = [g for g in parted.rest if not any(low <= g.top and g.bottom <= high for low, high in drop)]
    laid = _Laid(page.number)
    above = float("-inf")
    for table in [*parted.tables, None]:
        below = table.top if table is not None else float("inf")
        band = [g for g in rest if above <= (g.top + g.bottom) / 2 < below]
        if band:
            laid.items += [_Stretch(lines) for lines in in_columns(band, page.width, page.number) if lines]
        if table is not None:
            laid.items.append(table)
            above = max(above, table.top)
    return laid


class _Flow:
    """Writes items one after the other; paragraphs and tables go on over the end of a page."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._open: list[tuple[str, str, int]] = []
        self._last: tuple[TextLine, _Stretch] | None = None
        self._paragraphs = self._tables = 0
        self._columns = 0
        self._header: tuple[str, ...] = ()
        self._rows = 0

    def write(self, pages: Iterable[_Laid]) -> None:
        """All pages."""
        for page in pages:
            self._paragraphs = 0
            starts = True
            for item in page.items:
                if isinstance(item, RuledTable):
                    goes_on = starts and item.columns == self._columns
                    self._close()
                    self._table(item.cells, page.number, item.columns, goes_on=goes_on)
                else:
                    self._stretch(item, page.number)
                starts = False
        self._close()

    def _stretch(self, stretch: _Stretch, page: int) -> None:
        at = 0
        while at < len(stretch.lines):
            found = aligned_table(stretch.lines, at)
            if found is not None:
                self._close()
                self._table(found[0], page, 0, goes_on=False)
                at = found[1]
                continue
            self._line(stretch.lines[at], stretch, page)
            at += 1
        self._columns = 0

    def _line(self, line: TextLine, stretch: _Stretch, page: int) -> None:
        text = line.text
        if self._last is not None and self._open and _goes_on(*self._last, line, stretch):
            before = self._open[-1][0]
            blank = " " if before[-1:].isascii() and text[:1].isascii() and before[-1:].isalnum() else ""
            if f"第{page}页" != self._open[-1][1]:
                self._paragraphs += 1
            self._open.append((blank + text, f"第{page}页", self._paragraphs))
        else:
            self._close()
            self._paragraphs += 1
            self._open = [(text, f"第{page}页", self._paragraphs)]
        self._last = (line, stretch)

    def _close(self) -> None:
        if self._open:
            self._writer.running(_by_page(self._open))
        self._open = []
        self._last = None

    def _table(self, cells: list[GridCell], page: int, columns: int, *, goes_on: bool) -> None:
        header = tuple(cell.text for cell in cells if cell.row == 1)
        if goes_on:
            if header == self._header:
                cells = [cell for cell in cells if cell.row > 1]
        else:
            self._tables, self._header = self._tables + 1, header
            self._writer.gap()
        write_table(self._writer, cells, Place(0, 0, f"第{page}页", table=self._tables))
        self._columns = columns


def _by_page(pieces: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The lines of a paragraph as one piece a page."""
    found: list[tuple[str, str, int]] = []
    for text, part, number in pieces:
        if found and found[-1][1:] == (part, number):
            found[-1] = (found[-1][0] + text, part, number)
        else:
            found.append((text, part, number))
    return found


def _goes_on(before: TextLine, its: _Stretch, line: TextLine, stretch: _Stretch) -> bool:
    """Whether ``line`` is the next line of the paragraph that ``before`` stands in."""
    size = max(before.size, line.size)
    if abs(before.size - line.size) > _ALIKE * size or _OWN_LINE.match(line.text):
        return False
    if len(its.lines) < 2 and its is stretch:
        return False
    if before.right < its.right - _FULL * size or line.left > stretch.left + _INDENTED * size:
        return False
    if before.page == line.page and its is stretch:
        return line.top - before.bottom <= _FARTHEST * size
    return before.text[-1:] not in _ENDS
