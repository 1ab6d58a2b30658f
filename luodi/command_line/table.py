"""Statements for people: a table that fits the terminal; where that is narrow, one statement below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from luodi.command_line.colours import paint
from luodi.command_line.wording import FORCES, KINDS, NOT_SAID, show_due, show_figure
from luodi.command_line.wrapping import pad, printable, width_of, wrap
from luodi.reading.document import Document
from luodi.reading.statements.model import Statement

_GAP = 2
_INDENT = 6
_LEAST_QUOTE = 30
_MOST_QUOTE = 76
# heading, narrowest and widest width of the columns before the quote
_COLUMNS = (("类别", 8, 8), ("何时", 8, 24), ("何人·何处", 10, 22), ("何事", 14, 34), ("数字", 6, 22))
_QUOTE = "原文"
_BREAK = "\n"


@dataclass(frozen=True)
class Row:
    """One statement as shown."""

    statement: Statement
    kind: str
    when: str
    who: str
    what: str
    figures: str
    quote: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the order of the columns."""
        return (self.kind, self.when, self.who, self.what, self.figures, self.quote)


def render(document: Document, columns: int, *, colour: bool = False) -> Iterator[str]:
    """The lines of one document: what it is, then its statements, none wider than ``columns`` (from 20)."""
    columns = max(columns, 20)
    head = [*wrap(f"■ {printable(document.name)}", columns)]
    yield from (paint(line, "bold", colour=colour) for line in head)
    for line in _about(document):
        yield from (f"  {part}" for part in wrap(line, columns - 2))
    rows = list(_rows(document))
    widths = _widths(rows, columns)
    if rows:
        yield from _as_list(rows, columns, colour) if widths is None else _as_table(rows, widths, colour)
    yield ""


def _about(document: Document) -> Iterator[str]:
    frame = document.frame
    if frame.title:
        yield printable(frame.title)
    about = [frame.region or "地点未明", frame.published.isoformat() if frame.published else "日期未明"]
    if frame.speaks_of and frame.speaks_of != frame.published:
        about.append(f"按 {frame.speaks_of.isoformat()} 的语境解读")
    if frame.speaker:
        about.append(f"{frame.speaker_post or ''}{frame.speaker}")
    elif frame.issuer:
        about.append(frame.issuer)
    if document.decoding_errors:
        about.append(f"有 {document.decoding_errors} 处无法解码")
    repaired = len(document.layers[-1].edits)
    if repaired:
        about.append(f"乱码已修复 {repaired} 处")
    about += document.notes
    yield " · ".join([*about, _count(document.statements)])


def _count(statements: Sequence[Statement]) -> str:
    if not statements:
        return "没有读到可核查的内容"
    counts = [(name, sum(s.kind == kind for s in statements)) for kind, name in KINDS.items()]
    return "，".join(f"{name} {count} 条" for name, count in counts if count)


def _rows(document: Document) -> Iterator[Row]:
    place = document.frame.region or ""
    for s in document.statements:
        who = s.owner or NOT_SAID
        named = not s.project or s.project in s.object
        yield Row(
            s,
            "\n".join([KINDS[s.kind], FORCES[s.force], *(["！待核"] if s.damaged else [])]),
            show_due(s.due),
            who if not place or place in who else f"{who}\n{place}",
            printable(s.object if named else f"{s.object}（{s.project}）"),
            "\n".join(show_figure(f) for f in s.figures) or NOT_SAID,
            _quote(document, s),
        )


def _quote(document: Document, s: Statement) -> str:
    """The words as kept; where they came damaged, the repaired words first and then the kept ones."""
    words = document.text[s.start : s.stop]
    last = document.layers[-1]
    start, stop = last.source_span(s.start, s.stop)
    kept = last.source[start:stop]
    place = document.place_of(*document.source_span(s.start, s.stop))
    return printable(
        (words if words == kept else f"{words} 〔原样：{kept}〕") + (f"〔{place}〕" if place else "")
    )


def _widths(rows: Sequence[Row], columns: int) -> list[int] | None:
    """The widths of all columns; None where no table fits.

    Each column gets what its widest cell needs, within bounds; the quote gets what is left. Too little left for the
    quote, and the widest columns give way first.
    """
    if not rows:
        return None
    widths = [
        min(max(width_of(name), *(_widest(row.cells[nth]) for row in rows), least), most)
        for nth, (name, least, most) in enumerate(_COLUMNS)
    ]
    left = columns - sum(widths) - _GAP * len(widths)
    while left < _LEAST_QUOTE:
        spare = [width - least for width, (_, least, _) in zip(widths, _COLUMNS, strict=True)]
        if not any(spare):
            return None
        widest = spare.index(max(spare))
        widths[widest] -= 1
        left += 1
    quote = max(width_of(row.quote) for row in rows)
    return [*widths, min(left, _MOST_QUOTE, max(quote, width_of(_QUOTE)))]


def _widest(cell: str) -> int:
    return max(map(width_of, cell.split("\n")))


def _as_table(rows: Sequence[Row], widths: Sequence[int], colour: bool) -> Iterator[str]:
    rule = paint("─" * (sum(widths) + _GAP * (len(widths) - 1)), "dim", colour=colour)
    yield rule
    names = [*(name for name, _, _ in _COLUMNS), _QUOTE]
    yield paint(_line(names, widths), "bold", colour=colour)
    for row in rows:
        yield rule
        wrapped = [wrap(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        for nth, parts in enumerate(zip_longest(*wrapped, fillvalue="")):
            line = _line(parts, widths)
            # the first column is painted as a whole, so that padding stays right
            first = parts[0]
            style = "damaged" if first.startswith("！") else row.statement.kind if nth == 0 else None
            yield paint(first, style, colour=colour) + line[len(first) :] if style and first else line
    yield rule


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (pad(cell, width) for cell, width in zip(cells, widths, strict=True))
    return (" " * _GAP).join(padded).rstrip()


def _as_list(rows: Sequence[Row], columns: int, colour: bool) -> Iterator[str]:
    names = ("何事", "何时", "何人", "数字", _QUOTE)
    for number, row in enumerate(rows, 1):
        head = wrap(f"{number}. {row.kind.replace(_BREAK, ' ')}", columns)
        yield from (paint(line, row.statement.kind, colour=colour) for line in head)
        for name, text in zip(names, (row.what, row.when, row.who, row.figures, row.quote), strict=True):
            label = f"  {name}"
            for part in wrap(text.replace(_BREAK, "；" if name == "数字" else " "), columns - _INDENT - 2):
                yield f"{pad(label, _INDENT + 2)}{part}"
                label = ""
        yield ""
