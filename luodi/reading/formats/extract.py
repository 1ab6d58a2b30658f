"""The text taken out of a document that is no text itself, and where in the document every part of it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luodi.reading.refusals import Refused

EXTRACT_VERSION = "extract-1"
LARGEST_EXTRACT = 10_000_000  # characters
_BREAKS = str.maketrans(dict.fromkeys("\r\n\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029", " ") | {"\0": ""})


class Place(NamedTuple):
    """Where ``text[start:stop]`` of an extract stands: a paragraph, or a cell of a table or of a sheet.

    ``part`` is a page, a sheet, a footnote, or empty; ``table`` and ``paragraph`` are counted within it from 1, ``row`` and
    ``column`` within the table or sheet. ``is_sheet`` where row and column are those of a spreadsheet.
    """

    start: int
    stop: int
    part: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    is_sheet: bool = False


class Extract(NamedTuple):
    """``text`` is what spans point into; ``format`` names what it was taken from; ``notes`` say what was left out of it."""

    text: str
    format: str
    places: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()


class Writer:
    """Builds an extract line by line, noting where each came from."""

    def __init__(self, form: str) -> None:
        self._format = form
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self.notes: list[str] = []

    def paragraph(self, text: str, part: str, number: int) -> None:
        """One line of prose. Empty ones leave an empty line."""
        self._put(text.translate(_BREAKS), Place(0, 0, part, paragraph=number))
        self._end_line()

    def running(self, pieces: Iterable[tuple[str, str, int]]) -> None:
        """One line of prose that begins on one page and goes on on the next: text, part and number of each piece."""
        for text, part, number in pieces:
            self._put(text.translate(_BREAKS), Place(0, 0, part, paragraph=number))
        self._end_line()

    def row(self, cells: Iterable[tuple[str, Place]]) -> None:
        """One row of a table: its cells between tabs, each with its place. Nothing for a row without a word."""
        listed = [(text.translate(_BREAKS).strip(), place) for text, place in cells]
        while listed and not listed[-1][0]:
            listed.pop()
        for nth, (text, place) in enumerate(listed):
            if nth:
                self._raw("\t")
            self._put(text, place)
        if listed:
            self._end_line()

    def gap(self) -> None:
        """An empty line: what follows is no part of what came before."""
        if self._pieces and not (len(self._pieces) > 1 and self._pieces[-1] == self._pieces[-2] == "\n"):
            self._raw("\n")

    def finish(self) -> Extract:
        """The extract."""
        return Extract("".join(self._pieces), self._format, tuple(self._places), tuple(self.notes))

    def _put(self, text: str, place: Place) -> None:
        start = self._length
        self._raw(text)
        if text:
            self._places.append(place._replace(start=start, stop=self._length))

    def _end_line(self) -> None:
        self._raw("\n")

    def _raw(self, text: str) -> None:
        self._length += len(text)
        if self._length > LARGEST_EXTRACT:
            raise Refused(
                "too-long", f"里面的文字超过{LARGEST_EXTRACT:,}字，一篇读不了这么长。请拆成几份后再读。"
            )
        self._pieces.append(text)


def where(places: Sequence[Place], start: int, stop: int) -> str:
    """Where ``text[start:stop]`` stands, for people: 第3页第2段, 第1页表2第5行, 工作表“任务”B12:D12. Empty for plain text.

    >>> sheet = [Place(0, 4, "工作表“任务”", row=12, column=2, is_sheet=True)]
    >>> where(sheet, 1, 3), where([], 0, 5), where([Place(0, 9, "第3页", table=2, row=5, column=1)], 0, 9)
    ('工作表“任务”B12', '', '第3页表2第5行')
    """
    inside = within(places, start, stop)
    if not inside:
        return ""
    first, last = inside[0], inside[-1]
    words = _words(first)
    if first.is_sheet and last.is_sheet and first.part == last.part:
        end = cell_name(last.row, last.column)
        return words if words.endswith(end) and first[3:] == last[3:] else f"{words}:{end}"
    if (first.part, first.paragraph, first.table, first.row) == (
        last.part,
        last.paragraph,
        last.table,
        last.row,
    ):
        return words
    return f"{words}至{_words(last)}"


def within(places: Sequence[Place], start: int, stop: int) -> Sequence[Place]:
    """The places that ``text[start:stop]`` touches, in order."""
    low = max(bisect_right(places, start, key=lambda place: place.start) - 1, 0)
    found = []
    for place in places[low:]:
        if place.start >= max(stop, start + 1):
            break
        if place.stop > start:
            found.append(place)
    return found


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets call it.

    >>> cell_name(12, 2), cell_name(1, 28)
    ('B12', 'AB1')
    """
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{row}"


def _words(place: Place) -> str:
    if place.is_sheet:
        return place.part + cell_name(place.row, place.column)
    if place.table:
        return f"{place.part}表{place.table}第{place.row}行"
    return f"{place.part}第{place.paragraph}段" if place.paragraph else place.part
