"""A staged sheet as the screens need it: opened, its table found, its columns proposed or chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from luodi.desk.first_hour.staged import Staged
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.fields import FIELDS, Field
from luodi.kernel.sheets.grid import Book, Grid
from luodi.kernel.sheets.headings import Heading
from luodi.kernel.sheets.kept_book import book_as_text, book_from_text
from luodi.kernel.sheets.lookups import remembered
from luodi.kernel.sheets.open_book import open_book
from luodi.kernel.sheets.proposing import Proposal, plan_year, propose
from luodi.kernel.sheets.table import Table, read_table

_BOOK = "book.json"


@dataclass(frozen=True)
class SheetGiven:
    """What was sent, for each screen as it was first read: nothing that was read is believed from the browser."""

    held: Staged

    @cached_property
    def book(self) -> Book:
        """Every sheet; the file is opened once and what was in it laid beside. Raises ``Refusal``."""
        path = self.held.beside(_BOOK)
        try:
            kept = book_from_text(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            kept = None  # not there yet, or another page is writing it just now
        if kept is None:
            kept = open_book(self.held.raw, self.held.name)
            path.write_text(book_as_text(kept), encoding="utf-8")
        return kept

    @cached_property
    def grid(self) -> Grid:
        """The sheet chosen; the first with anything in it where none was."""
        sheets = self.book.sheets
        if not 0 <= self.held.sheet < len(sheets):
            raise Refusal(
                "sheet-unknown", f"这个文件有{len(sheets)}张表，没有第{self.held.sheet + 1}张。请重选。"
            )
        return sheets[self.held.sheet]

    @cached_property
    def table(self) -> Table:
        """Its table, with the header where a person set it. Raises ``Refusal``."""
        held = self.held
        heading = Heading(held.top, max(held.bottom, held.top)) if held.top else None
        return read_table(self.grid, heading)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What each column may be."""
        return propose(self.held.use, self.table, remembered(self.held.use, self.table))

    @property
    def columns(self) -> dict[int, str]:
        """The fields by column that a person chose. Raises ``Refusal`` before that."""
        if self.held.columns is None:
            raise Refusal("mapping-incomplete", "还没有定各列是什么。请先选好各列。")
        return {int(place): name for place, name in self.held.columns.items()}

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields to choose from."""
        return FIELDS[self.held.use]

    @property
    def year(self) -> int | None:
        """The plan's year as a person gave it, else as the title says."""
        return self.held.year or plan_year(self.table, self.held.name)


def first_filled(book: Book) -> int:
    """The place of the first sheet that is shown and has anything in it."""
    for at, grid in enumerate(book.sheets):
        if grid.entries and not grid.is_hidden:
            return at
    return next((at for at, grid in enumerate(book.sheets) if grid.entries), 0)
