"""Which commitment a statement may speak of: suggestions with score, reasons and what differs. People decide.

The promises are compared as sentences (``documents.matching``), kept at hand in the process: one that is new or has another
target is fetched when it is first met.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from luodi.kernel.commitments.models import Commitment, Said, Target
from luodi.kernel.documents.changes import Found, compare
from luodi.kernel.documents.lookups import sentence_of
from luodi.kernel.documents.matching import Matcher, Suggestion
from luodi.kernel.documents.models import Reading
from luodi.kernel.documents.said import Amount, Sentence
from luodi.kernel.review.lookups import told_apart

STRONG = Decimal("0.60")  # from here on a result is offered first as the result of that promise
MOST = 3
# what a statement says of a commitment it is linked to, by its kind and by whether it says it otherwise
ROLES = {"commitment": "repeats", "result": "claims", "status": "evidence"}
_GONE = ("undone", "merged", "carried")
_MOST_KEPT = 20_000
# by commitment and newest version of its target
_SENTENCES: dict[tuple[str, str], Sentence] = {}


@dataclass(frozen=True, slots=True)
class Match:
    """A commitment that may be meant. ``score`` as text (0.83); ``differences`` of what both promise; ``role`` as which the
    statement would be linked: one of ``commitments.models.Said.ROLES``."""

    commitment: Commitment
    score: str
    reasons: tuple[str, ...]
    differences: tuple[Found, ...]
    role: str
    amounts: tuple[Amount, ...] = ()

    @property
    def is_strong(self) -> bool:
        """Whether it is offered first."""
        return Decimal(self.score) >= STRONG


def matches_of(reading: Reading) -> list[Match]:
    """The commitments that a reading may speak of, the likeliest first, without those that a person told apart from it.

    ``statement__source`` and figures should be at hand. At most five queries.
    """
    said = sentence_of(reading)
    known = _known()
    found = (
        known.matcher.repeats(said, MOST + 5)
        if said.kind == "commitment"
        else known.matcher.claims(said, MOST + 5)
    )
    apart = told_apart(reading.statement_id) if found else set()
    wanted = [each for each in found if each.id not in apart][:MOST]
    rows = Commitment.objects.select_related("lead_unit").in_bulk([each.id for each in wanted])
    return [_match(rows[each.id], each, said, known.sentences[each.id]) for each in wanted if each.id in rows]


def role_for(reading: Reading, commitment: str) -> str:
    """As what a reading is linked to a commitment: said otherwise, it ``changes`` it."""
    said = sentence_of(reading)
    promise = _known().sentences.get(commitment)
    return _role(said, compare(promise, said) if promise else ())


@dataclass(frozen=True, slots=True)
class _Known:
    sentences: dict[str, Sentence]
    matcher: Matcher


def _known() -> _Known:
    newest = Target.objects.filter(commitment=OuterRef("pk")).order_by("-version").values("id")
    live = Commitment.objects.exclude(state__in=_GONE).order_by("id")
    return _built(tuple(live.annotate(newest=Subquery(newest[:1])).values_list("id", "newest")))


@lru_cache(maxsize=1)
def _built(versions: tuple[tuple[str, str], ...]) -> _Known:
    """The promises in these versions of their targets. Only those not met before are fetched."""
    missing = [pair for pair in versions if pair not in _SENTENCES]
    if len(_SENTENCES) + len(missing) > _MOST_KEPT:
        _SENTENCES.clear()
        missing = list(versions)
    for row in _rows([key for key, _ in missing]):
        _SENTENCES[row.id, row.targets.all()[0].id] = _sentence(row)
    sentences = {pair[0]: _SENTENCES[pair] for pair in versions if pair in _SENTENCES}
    return _Known(sentences, Matcher(sentences.values()))


def _rows(ids: list[str]) -> QuerySet[Commitment]:
    made = Said.objects.filter(role="made", undone=False).select_related("statement__source")
    made = made.defer("statement__source__text").prefetch_related(
        Prefetch("statement__readings", Reading.objects.order_by("-id").prefetch_related("figures"))
    )
    rows = Commitment.objects.filter(pk__in=ids)
    return rows.prefetch_related(
        Prefetch("said", made, to_attr="made"), Prefetch("targets", Target.objects.order_by("-version"))
    )


def _sentence(row: Commitment) -> Sentence:
    """A commitment as a sentence: the reading it was made of, with the target in force."""
    target = row.targets.all()[0]
    made: list[Said] = row.made  # type: ignore[attr-defined]  # prefetched
    statement = made[0].statement if made else None
    reading = next(iter(statement.readings.all()), None) if statement else None
    amounts = (Amount(Decimal(target.number), target.unit),) if target.number else ()
    return Sentence(
        id=row.id,
        kind="commitment",
        day=_day(statement.source.speaks_of or statement.source.published if statement else None, target),
        text=reading.text if reading else target.wording or row.title,
        object=reading.object if reading else "",
        project=reading.project if reading else "",
        owner=reading.owner if reading and reading.owner else "",
        amounts=amounts or tuple(Amount(Decimal(f.number), f.unit) for f in reading.figures.all())
        if reading
        else amounts,
        due_until=target.due_until,
        force=reading.force if reading else "pledged",
    )


def _day(said: dt.date | None, target: Target) -> dt.date:
    return said or target.from_day


def _match(row: Commitment, found: Suggestion, said: Sentence, promise: Sentence) -> Match:
    differences = tuple(compare(promise, said)) if said.kind == "commitment" else ()
    return Match(
        row,
        f"{found.score:.2f}",
        tuple(reason.words for reason in found.reasons),
        differences,
        _role(said, differences),
        promise.amounts,
    )


def _role(said: Sentence, differences: Iterable[Found]) -> str:
    if said.kind == "commitment" and any(found.what != "weakened" for found in differences):
        return "changes"
    return ROLES[said.kind]


def titles_like(words: str, limit: int = 8) -> list[Commitment]:
    """Commitments whose title has all these words, the latest first: for a person who knows which one is meant."""
    found = Commitment.objects.exclude(state__in=_GONE)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number=word))
    return list(found.select_related("lead_unit").order_by("-id")[:limit]) if words.split() else []
