"""One article printed again, quoted or brought up to date: kept as sightings of the document that came first, found at intake."""

from __future__ import annotations

from collections import Counter

from luodi.kernel.documents.models import Sighting, Sketch, SketchBand, Source
from luodi.kernel.ledger.action import Action
from luodi.reading.comparing import likeness

MOST = 5  # of one document: the likest
_LOOKED_AT = 40
_ONE_DOCUMENT = ("same", "updated")


def note_kindred(act: Action, source: Source, text: str) -> list[Sighting]:
    """Keep the sketch of a new source, within the act that makes it, and what it is to sources kept before it."""
    own = likeness.sketch(text)
    if own is None:
        return []
    bands = likeness.bands(own)
    shared = Counter(
        SketchBand.objects.filter(band__in=bands).values_list("source_id", flat=True)[: 100 * _LOOKED_AT]
    )
    near = Sketch.objects.filter(source__in=[each for each, _ in shared.most_common(_LOOKED_AT)])
    found = []
    for other in near:
        kin = likeness.relation(own, _as_sketch(other))
        if kin is not None:
            found.append(
                Sighting(
                    source=source, first_id=other.source_id, relation=kin[0], share=f"{kin[1]:.2f}", at=act.at
                )
            )
    found.sort(key=lambda each: (each.relation not in _ONE_DOCUMENT, -float(each.share), each.first_id))
    Sketch.objects.create(source=source, entries=" ".join(map(str, own.entries)), runs=own.runs)
    SketchBand.objects.bulk_create([SketchBand(source=source, band=band) for band in bands])
    return act.create_all(found[:MOST])


def versions_of(source: Source) -> list[Source]:
    """Every kept source that is the same document, in its printings and versions, with itself, earliest first.

    Two queries a step; a chain of updates is followed to its ends.
    """
    known, fresh = {source.id}, {source.id}
    while fresh:
        rows = Sighting.objects.filter(relation__in=_ONE_DOCUMENT)
        near = set(rows.filter(source__in=fresh).values_list("first_id", flat=True))
        near |= set(rows.filter(first__in=fresh).values_list("source_id", flat=True))
        fresh = near - known
        known |= fresh
    return list(Source.objects.defer("text").filter(id__in=known).order_by("published", "kept_at", "id"))


def kin_of(source: Source) -> list[Sighting]:
    """What this source was found to be to earlier ones, and later ones to it; the likest first."""
    rows = Sighting.objects.select_related("source", "first").defer("source__text", "first__text")
    found = [*rows.filter(source=source), *rows.filter(first=source)]
    return sorted(found, key=lambda each: (-float(each.share), each.id))


def _as_sketch(row: Sketch) -> likeness.Sketch:
    return likeness.Sketch(tuple(map(int, row.entries.split())), row.runs)
