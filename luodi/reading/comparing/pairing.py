"""Two documents side by side: which statement answers to which, one to one, with score and reasons, and what changed.

Suggestions for people. Wrong where two promises differ in nothing but words the reader did not keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.reading.comparing.changes import Found, compare
from luodi.reading.comparing.matching import Matcher, Reason
from luodi.reading.comparing.said import Amount, Sentence
from luodi.reading.document import Document

Outcome = Literal["changed", "same", "claimed", "gone", "new"]
_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """A promise of the earlier document and what the later one says of it; one of the two is missing where nothing answers.

    ``changes`` are empty where the promise is repeated as it was. ``claimed``: a result or state that may tell of the promise.
    """

    outcome: Outcome
    before: Sentence | None
    after: Sentence | None
    score: float = 1.0
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Found, ...] = ()


def sentences_of(document: Document, name: str) -> list[Sentence]:
    """The statements of a document as they are compared; their ids are ``name``, another for each document, and their number."""
    day = document.frame.speaks_of or document.frame.published
    return [
        Sentence(
            id=f"{name}{nth:05}",
            kind=s.kind,
            day=day,
            text=document.text[s.start : s.stop],
            object=s.object,
            project=s.project or "",
            owner=s.owner or "",
            amounts=tuple(Amount(figure.number, figure.unit) for figure in s.figures),
            due_until=s.due.until if s.due else None,
            force=s.force,
        )
        for nth, s in enumerate(document.statements)
    ]


def pair_up(earlier: Sequence[Sentence], later: Sequence[Sentence]) -> list[Pair]:
    """What became of each promise of ``earlier`` in ``later``, in their order, then the promises that are new.

    Each sentence is in one pair at most, the best scores first; a promise repeated comes before a result that may claim it.
    """
    promises = [said for said in earlier if said.kind == "commitment"]
    matcher = Matcher(promises)
    repeats = [
        (s, said) for said in later if said.kind == "commitment" for s in matcher.repeats(said, _CANDIDATES)
    ]
    claims = [
        (s, said) for said in later if said.kind != "commitment" for s in matcher.claims(said, _CANDIDATES)
    ]
    by_id = {said.id: said for said in promises}
    taken: dict[str, Pair] = {}
    used: set[str] = set()
    for candidates in (repeats, claims):
        for suggestion, said in sorted(candidates, key=lambda each: (-each[0].score, each[0].id, each[1].id)):
            if suggestion.id in taken or said.id in used:
                continue
            used.add(said.id)
            before = by_id[suggestion.id]
            changes = _changes(before, said) if said.kind == "commitment" else ()
            outcome: Outcome = "claimed" if said.kind != "commitment" else "changed" if changes else "same"
            taken[suggestion.id] = Pair(outcome, before, said, suggestion.score, suggestion.reasons, changes)
    found = [taken.get(said.id) or Pair("gone", said, None) for said in promises]
    return found + [
        Pair("new", None, said) for said in later if said.kind == "commitment" and said.id not in used
    ]


def _changes(before: Sentence, after: Sentence) -> tuple[Found, ...]:
    """What changed; that a target of every year is set for another year is no change of its day."""
    found = compare(before, after)
    if _is_yearly(before) and _is_yearly(after):
        found = [each for each in found if each.what != "due_later"]
    return tuple(found)


def _is_yearly(said: Sentence) -> bool:
    due, day = said.due_until, said.day
    return due is not None and day is not None and (due.year, due.month, due.day) == (day.year, 12, 31)
