"""What a promise came from and what went into it: last year's promise that was carried over, others that were merged."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kernel.commitments.lookups import family_of
from luodi.kernel.commitments.models import Commitment, Said

_LONGEST = 8  # years of carrying over that are followed back


@dataclass(frozen=True, slots=True)
class Kindred:
    """``before``: what it was carried over from, the nearest first. ``merged``: what was merged into it. ``said``: sentences
    that spoke of these, oldest first."""

    before: tuple[Commitment, ...] = ()
    merged: tuple[Commitment, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def ids(self) -> list[str]:
        """All of them."""
        return [row.id for row in (*self.before, *self.merged)]

    def made(self) -> Said | None:
        """The sentence that made the earliest of those it was carried over from."""
        earlier = {row.id for row in self.before}
        return next((s for s in self.said if s.role == "made" and s.commitment_id in earlier), None)


def kindred_of(ident: str) -> Kindred:
    """One query for each year back, one for each step of merging, one for the sentences."""
    before: list[Commitment] = []
    at = ident
    while len(before) < _LONGEST:
        found = Commitment.objects.filter(carried_to=at).only("id", "title", "state_since").first()
        if found is None:
            break
        before.append(found)
        at = found.id
    family = [key for key in family_of(ident) if key != ident]
    merged = tuple(
        Commitment.objects.filter(pk__in=family).only("id", "title", "state_since").order_by("state_since")
    )
    about = [row.id for row in (*before, *merged)]
    if not about:
        return Kindred()
    said = Said.objects.filter(commitment__in=about, undone=False).order_by("day", "id")
    shown = said.select_related("statement__source", "source").defer(
        "statement__source__text", "source__text"
    )
    return Kindred(tuple(before), merged, tuple(shown))
