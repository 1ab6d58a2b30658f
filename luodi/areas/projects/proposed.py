"""The names that documents gave to projects, each with what it may be and what became of it: what the office has before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.acts.proposing import NAMED
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.named_models import NameJudged
from luodi.areas.projects.proposals import Likeness, likeness
from luodi.areas.projects.said import matches, names_in
from luodi.kernel.documents.access import statements_visible_to
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Link


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence, the ``place``-th of its names. ``files``: projects of the ledger it may be, each with whether it is
    tied to the sentence; none for one that is new. ``judged``: what the office decided last."""

    reading: Reading
    name: str
    place: int
    files: tuple[tuple[ProjectFile, bool], ...]
    like: Likeness
    judged: NameJudged | None

    @property
    def verdict(self) -> str:
        """``opened``, ``refused``, or nothing while it waits."""
        return self.judged.verdict if self.judged is not None and self.judged.verdict != "recalled" else ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits to be decided."""
        return bool(self.verdict) or (bool(self.files) and all(is_tied for _, is_tied in self.files))


def newest_readings(actor: Actor) -> list[Reading]:
    """Of every sentence that the actor may read and nobody refused, the newest reading, where it names a project. One query."""
    seen = statements_visible_to(actor).exclude(state="refused").values("pk")
    rows = Reading.objects.filter(statement__in=seen).select_related("statement__source").order_by("-id")
    newest: dict[str, Reading] = {}
    for row in rows:
        newest.setdefault(row.statement_id, row)
    return [row for row in newest.values() if row.project]


def named_in(readings: Sequence[Reading], actor: Actor) -> list[Named]:
    """Every name of these readings: what waits first, of that what is in the ledger, then the likeliest. Three queries."""
    files = {file.project.name: file for file in visible_to(actor)}
    known = {name: file.id for name, file in files.items()}
    by_id = {file.id: file for file in files.values()}
    tied = _tied([file.project_id for file in files.values()])
    judged = _judged([reading.statement_id for reading in readings])
    found = []
    for reading in readings:
        is_adopted = reading.statement.state == "adopted"
        for place, name in enumerate(names_in(reading.project)):
            may = [by_id[key] for key in matches(name, known)]
            pairs = tuple((file, (file.project_id, reading.statement_id) in tied) for file in may)
            like = likeness(name, reading.text, reading.force, is_adopted=is_adopted)
            verdict = judged.get((reading.statement_id, name))
            found.append(Named(reading, name, place, pairs, like, verdict))
    return sorted(found, key=lambda each: (each.is_settled, not each.files, -each.like.score))


def _tied(projects: Sequence[str]) -> set[tuple[str, str]]:
    rows = Link.objects.filter(kind=NAMED, until=None, source__in=projects)
    return set(rows.values_list("source", "target"))


def _judged(statements: Sequence[str]) -> dict[tuple[str, str], NameJudged]:
    """What holds of each name. The ids of the rows follow the order of time."""
    rows = NameJudged.objects.filter(statement__in=statements).select_related("file__project", "post__unit")
    return {(row.statement_id, row.name): row for row in rows.order_by("id")}
