"""A page as read, as the rows that will be kept: nothing is written here."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal

from luodi.kernel.documents.genres import genre_of
from luodi.kernel.documents.models import ReadFigure, Reading, Source, StatementKey
from luodi.reading.document import Document
from luodi.reading.keys import statement_key
from luodi.reading.statements.model import Statement

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A statement that was read: its key, what was read, and the figures in it."""

    statement: StatementKey
    reading: Reading
    figures: list[ReadFigure] = field(default_factory=list)


def source_row(document: Document, address: str) -> Source:
    """The row of a page that is new; its file is set by who keeps it."""
    frame = document.frame
    title = (frame.title or "")[:LONGEST_TITLE]
    return Source(
        title=title,
        address=address,
        encoding=document.encoding,
        decoder=document.decoder,
        published=frame.published,
        speaks_of=frame.speaks_of,
        region=(frame.region or "")[:60],
        issuer=(frame.issuer or "")[:120],
        speaker_post=(frame.speaker_post or "")[:120],
        genre=genre_of(title),
        text=document.source,
    )


def statement_rows(document: Document, source: Source, reader: str) -> list[ReadRow]:
    """The statements of the page, in text order, each place once.

    Raises ``RuntimeError`` where a span is not literal: ``source.text[start:end]`` must be the quote, and not empty.
    """
    found: dict[str, ReadRow] = {}
    for statement in document.statements:
        row = _row(document, source, statement, reader)
        found.setdefault(row.statement.key, row)
    return list(found.values())


def _row(document: Document, source: Source, s: Statement, reader: str) -> ReadRow:
    start, end = document.source_span(s.start, s.stop)
    statement = StatementKey(
        source=source,
        key=statement_key(document.sha256, start, end, s.kind),
        start=start,
        end=end,
        kind=s.kind,
        quote=document.source[start:end],
    )
    if not statement.quote or source.text[start:end] != statement.quote:
        raise RuntimeError(f"the span {start}:{end} of source {source.id} is not the statement's own words")
    due = s.due
    reading = Reading(
        statement=statement,
        reader=reader,
        text=document.text[s.start : s.stop],
        force=s.force,
        object=s.object,
        owner=s.owner or "",
        project=s.project or "",
        place=document.frame.region or "",
        due_since=due.since if due else None,
        due_until=due.until if due else None,
        due_precision=due.precision if due else "",
        damaged=s.damaged,
        score=f"{s.score:.2f}",
        rule=s.rule,
        kind_rule=s.kind_rule,
        owner_rule=s.owner_rule or "",
        due_rule=due.rule if due else "",
    )
    return ReadRow(statement, reading, _figures(document, s, reading))


def _figures(document: Document, s: Statement, reading: Reading) -> list[ReadFigure]:
    rows = []
    for figure in s.figures:
        start, end = document.source_span(figure.start, figure.stop)
        rows.append(
            ReadFigure(
                reading=reading,
                start=start,
                end=end,
                number=format(figure.number, "f"),
                unit=figure.unit,
                approx=figure.approx or "",
                change=figure.change or "",
                end_of_range=figure.end_of_range or "",
                rule=figure.rule,
                sort=sortable(figure.number),
            )
        )
    return rows


def sortable(number: Decimal) -> float | None:
    """The number as a float, for ordering only; nothing where it is beyond one."""
    value = float(number)
    return value if math.isfinite(value) else None
