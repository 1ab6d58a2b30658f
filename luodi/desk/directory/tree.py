"""The tree of units as lines one below the other: each unit after the one above it, in the order in which they were entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from luodi.desk.directory.holders import PostLine, posts_by_unit
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.board import Choice, Tally, merged_counts, tally_by
from luodi.kernel.register.merged import groups
from luodi.kernel.register.models import Unit

DEEPEST = 5  # deeper ones stand no further in


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in the tree. ``others``: how many more entries it stands for; ``called``: a former name by which it was found."""

    id: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    closed: bool
    depth: int = 0
    others: int = 0
    called: str = ""
    posts: tuple[PostLine, ...] = ()
    counts: Tally = field(default_factory=Tally)

    @property
    def open_promises(self) -> int:
        """Promises on their way, reported done or overdue."""
        return self.counts.going + self.counts.claimed + self.counts.overdue + self.counts.vague

    @property
    def indent(self) -> int:
        """How far in it stands."""
        return min(self.depth, DEEPEST)


def tree(*, closed: bool = False, under: str = "") -> list[Line]:
    """Every open unit (``closed``: only the closed ones, flat), or those below ``under`` with it. Two queries."""
    joined = groups("u")
    hidden = {member for group in joined.values() for member in group[1:]}
    below: dict[str | None, list[Line]] = defaultdict(list)
    rows = Unit.objects.filter(closed_on__isnull=not closed).order_by("id")
    for ident, name, short, kind, parent, closed_on in rows.values_list(
        "id", "name", "short_name", "kind", "parent_id", "closed_on"
    ):
        if ident not in hidden:
            others = len(joined.get(ident, ())) - 1
            line = Line(ident, name, short, kind, parent, closed_on is not None, others=max(others, 0))
            below[parent].append(line)
    if closed:
        return [line for lines in below.values() for line in lines]
    return list(_in_order(below, under))


def _in_order(below: dict[str | None, list[Line]], under: str) -> Iterable[Line]:
    known = {line.id: line for lines in below.values() for line in lines}
    # what stands below a hidden or closed entry stands on its own
    tops = [line for parent, lines in below.items() for line in lines if parent not in known]
    if under:
        tops = [known[under]] if under in known else []
    stack = [replace(line, depth=0) for line in sorted(tops, key=lambda line: line.id, reverse=True)]
    while stack:
        line = stack.pop()
        yield line
        stack += [replace(each, depth=line.depth + 1) for each in reversed(below.get(line.id, []))]


def counts_by_unit() -> dict[str, Tally]:
    """Counts of promises by lead unit, those of entries that are the same together. Two queries."""
    found = dict(tally_by("lead_unit", Choice(), today()))
    for first, group in groups("u").items():
        parts = [found[member] for member in group if member in found]
        if parts:
            found[first] = merged_counts(parts)
    return found


def filled(lines: Iterable[Line]) -> list[Line]:
    """The lines with posts, holders and counts: six queries for any number of them."""
    listed = list(lines)
    joined = groups("u")
    members = {line.id: joined.get(line.id, (line.id,)) for line in listed}
    posts = posts_by_unit(unit for group in members.values() for unit in group)
    counts = counts_by_unit()
    return [
        replace(
            line,
            posts=tuple(post for unit in members[line.id] for post in posts.get(unit, ())),
            counts=counts.get(line.id, Tally()),
        )
        for line in listed
    ]
