"""What a paper says, in order; how it looks is the business of whoever writes it. Immutable, checked when it is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
LEVELS = (1, 2)
WIDEST = 156  # millimetres between the margins of GB/T 9704


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one pair a line. ``title`` names them where they stand alone, on a sheet."""

    rows: tuple[tuple[str, str], ...]
    title: str = ""

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("facts without one")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break in it begins a new paragraph.

    ``is_note``: small, said beside the matter. ``is_flush``: without the empty space before it, as the name of whoever gets it.
    """

    text: str
    is_note: bool = False
    is_flush: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 heads a part, 2 a part of that."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"a heading of level {self.level}; there are {LEVELS}")
        if not self.text.strip():
            raise ValueError("a heading without words")


@dataclass(frozen=True, slots=True)
class Table:
    """``header`` stands again on every page. ``widths`` are shares of the line, all the same where none are given.

    ``empty`` is what stands in place of rows where there are none.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    empty: str = "没有"

    def __post_init__(self) -> None:
        if not self.header:
            raise ValueError("a table without columns")
        uneven = [row for row in self.rows if len(row) != len(self.header)]
        if uneven:
            raise ValueError(f"a row of {len(uneven[0])} cells under a header of {len(self.header)}")
        if self.widths and (len(self.widths) != len(self.header) or min(self.widths) <= 0):
            raise ValueError(f"widths {self.widths} for {len(self.header)} columns")

    @property
    def shares(self) -> tuple[int, ...]:
        """One share a column."""
        return self.widths or (1,) * len(self.header)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or a JPEG, and in words what is to be seen on it."""

    content: bytes
    says: str
    width: int = WIDEST  # millimetres

    def __post_init__(self) -> None:
        if not self.content.startswith((PNG, JPEG)):
            raise ValueError("a picture that is neither PNG nor JPEG")
        if not self.says.strip():
            raise ValueError("a picture of which nothing is said")
        if not 0 < self.width <= WIDEST:
            raise ValueError(f"a picture {self.width} mm wide; the line has {WIDEST}")

    @property
    def ending(self) -> str:
        """``png`` or ``jpg``."""
        return "png" if self.content.startswith(PNG) else "jpg"


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with numbers where the order matters."""

    lines: tuple[str, ...]
    is_numbered: bool = False

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a list without a line")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who issues it and on what day, at the right below the text."""

    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Boxes to sign and seal by hand, one below each label."""

    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.labels:
            raise ValueError("a receipt that nobody signs")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Facts | Paragraph | Heading | Table | Picture | Items | Signed | Receipt | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """``day`` is the day as of which all in it holds: it stands in the foot of every page and is the file's own date.

    ``office`` stands above the title, ``number`` and ``dated`` below it at the left and the right. ``as_of`` are the words for
    ``day`` in another language, ``foot`` what else is said in the foot.
    """

    title: str
    day: dt.date
    blocks: tuple[Block, ...]
    office: str = ""
    number: str = ""
    dated: str = ""
    as_of: str = ""
    foot: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a paper without a title")
        first = next((block for block in self.blocks if isinstance(block, Heading)), None)
        if first is not None and first.level != LEVELS[0]:
            raise ValueError("a paper whose first heading is part of none")

    @property
    def foot_line(self) -> str:
        """What stands in the foot of every page, left of its number.

        >>> Paper("督办通知单", dt.date(2026, 9, 22), (), foot="以登记为准").foot_line
        '截至2026年9月22日　以登记为准'
        """
        day = self.as_of or f"截至{self.day.year}年{self.day.month}月{self.day.day}日"
        return f"{day}　{self.foot}" if self.foot else day

    @property
    def moment(self) -> dt.datetime:
        """The file's own date."""
        return dt.datetime(self.day.year, self.day.month, self.day.day, tzinfo=dt.UTC)
