"""Finding documents, statements and readings; who may see them is asked in ``access.py``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luodi.kernel.documents.models import Reading, Source, StatementKey
from luodi.kernel.documents.said import Amount, Sentence
from luodi.kernel.documents.second.told import SECOND, settled
from luodi.kernel.ledger.models import Event
from luodi.kernel.search.texts import Text


def source_of_bytes(sha: str) -> Source | None:
    """The source whose kept bytes have this SHA-256."""
    return Source.objects.select_related("file").filter(file__sha256=sha).first()


def newest_reading(statement: StatementKey) -> Reading | None:
    """What the latest reader made of a statement."""
    return statement.readings.order_by("-id").first()


def readings_of_source(source: Source) -> dict[str, list[Reading]]:
    """Every reading of a source with its figures, by statement id, earliest first; two queries."""
    found: dict[str, list[Reading]] = {}
    readings = Reading.objects.filter(statement__source=source).order_by("id")
    for reading in readings.prefetch_related("figures"):
        found.setdefault(reading.statement_id, []).append(reading)
    return found


def sightings(source: Source) -> list[Event]:
    """When and where the page was kept, met again and found gone, in order: events, whose ``shown`` data hold the address."""
    kinds = ("source.kept", "source.seen_again", "source.withdrawn")
    return list(Event.objects.filter(subject=source.id, kind__in=kinds).order_by("id"))


def source_texts() -> Iterator[Text]:
    """What is found of every source, for making the index anew: its repaired text."""
    from luodi.kernel.documents.repaired import (
        Repaired,
    )  # the repair's tables are loaded only where they are needed

    for source in Source.objects.select_related("file").order_by("id").iterator(chunk_size=50):
        yield Text(source.id, Repaired(source.text).text, source.file.is_public)


def statement_texts() -> Iterator[Text]:
    """What is found of every statement: the wording of its newest reading by the rules."""
    statement = None
    rows = Reading.objects.exclude(reader=SECOND).order_by("statement_id", "-id")
    for key, text in rows.values_list("statement_id", "text").iterator(chunk_size=2_000):
        if key != statement:
            yield Text(key, text, True)
        statement = key


def sentence_of(reading: Reading) -> Sentence:
    """A reading as matching and comparing take it; figures and source should be at hand (``select_related``, prefetch)."""
    statement = reading.statement
    return Sentence(
        id=statement.id,
        kind=statement.kind,
        day=statement.source.speaks_of or statement.source.published,
        text=reading.text,
        object=reading.object,
        project=reading.project,
        owner=reading.owner,
        amounts=tuple(Amount(Decimal(figure.number), figure.unit) for figure in reading.figures.all()),
        due_until=reading.due_until,
        force=reading.force,
    )


def sentences_of_source(source: Source) -> list[Sentence]:
    """What the newest reader made of every statement of a source, in text order; without mere hearsay."""
    newest: dict[str, Reading] = {}
    readings = Reading.objects.filter(settled("statement__"), statement__source=source)
    readings = readings.select_related("statement__source")
    for reading in readings.prefetch_related("figures").order_by("id"):
        newest[reading.statement_id] = reading
    return [sentence_of(each) for each in sorted(newest.values(), key=lambda r: r.statement.start)]
