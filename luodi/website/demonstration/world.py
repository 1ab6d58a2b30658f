"""The district while it is lived through: who there is, which pages are in, which promises were made."""

from __future__ import annotations

from dataclasses import dataclass, field

from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment, Target
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.documents.said import Sentence
from luodi.website.demonstration.finding import Sentences
from luodi.website.demonstration.people import Cast
from luodi.website.demonstration.variants import Variant


@dataclass
class World:
    """One living through of the script: its sources by page, its commitments by page and sentence.

    ``variant`` changes names and figures where the script is lived through once more.
    """

    cast: Cast
    variant: Variant = field(default_factory=Variant)
    sources: dict[str, Source] = field(default_factory=dict)
    rows: dict[tuple[str, str], Commitment] = field(default_factory=dict)
    # statements that promises were made of, by id: their source's id and their newest reading
    spoken: dict[str, tuple[str, Sentence]] = field(default_factory=dict)
    _sentences: Sentences = field(default_factory=Sentences)
    _targets: dict[str, Target] = field(default_factory=dict)

    def nearest(self, page: str, near: str) -> StatementKey | None:
        """The statement of ``page`` whose repaired wording is nearest to ``near``; ``None`` where none is near."""
        return self._sentences.nearest(self.sources[page], self.variant.text(near))

    def said(self, page: str, near: str) -> StatementKey:
        """The same. Raises ``LookupError`` where none is near."""
        found = self.nearest(page, near)
        if found is None:
            raise LookupError(f"page {page!r} says nothing near {near!r}")
        return found

    def goal(self, row: Commitment) -> Goal:
        """The target in force."""
        if row.id not in self._targets:
            self._targets[row.id] = row.targets.order_by("-version")[0]
        return goal_of(self._targets[row.id])

    def goal_changed(self, row: Commitment) -> None:
        """There is a newer version than the one at hand."""
        self._targets.pop(row.id, None)

    def amount(self, row: Commitment, word: str) -> tuple[str | None, str]:
        """A number as told, with the unit of the target in force; nothing for a thing."""
        if word in ("", "-"):
            return None, ""
        unit = self.goal(row).unit
        return self.variant.number(word, unit), unit
