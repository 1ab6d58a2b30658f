"""Which unit a sentence is the business of: named in it, taken for it before, leading the promise it is like, or doing such work.

A suggestion with its reason; who leads is what a person left standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luodi.kernel.documents.models import Reading
from luodi.kernel.register.finding import other_names
from luodi.kernel.register.lookups import district
from luodi.kernel.register.models import Post, Unit
from luodi.kernel.review.lookups import unit_meant_by
from luodi.kernel.review.topics import whose_business
from luodi.kernel.sheets.unit_names import KnownUnit, Match, UnitNames, names_in

_SHORTEST_NAME = 3  # shorter ones stand in other words by chance


@dataclass(frozen=True, slots=True)
class Lead:
    """A unit and why it is proposed; ``is_named`` where the text names it, else it is the machine's inference."""

    unit: Unit
    why: str
    is_named: bool = False


class Units:
    """The open units, fetched once with the names they had, to be found by id and by the many ways of writing a name."""

    def __init__(self) -> None:
        rows = list(Unit.objects.filter(closed_on__isnull=True).order_by("name", "id"))
        self.rows: Sequence[Unit] = rows
        self.by_id = {row.id: row for row in rows}
        there = district()
        others = other_names()
        known = [
            KnownUnit(row.id, row.name, row.short_name, tuple(name.name for name in others.get(row.id, ())))
            for row in rows
        ]
        self._names = UnitNames(known, there.name if there else "")
        self._spoken = _spoken(known)
        self.district = there.name if there else ""

    def match(self, name: str) -> Match:
        """The unit of a name, or what may be meant."""
        return self._names.match(name)

    def named(self, name: str) -> Unit | None:
        """The unit of a name where one is sure."""
        found = self._names.match(name).unit if name else None
        return self.by_id.get(found.id) if found else None

    def all_in(self, sentence: str) -> list[Unit]:
        """The units that a sentence names in full, or by a short, a former or an everyday name; the longest name first, so
        that a name within another one says nothing."""
        named: set[str] = set()
        for name, units in self._spoken:
            if name in sentence:
                named |= units
                sentence = sentence.replace(name, "\n")
        return [row for row in self.rows if row.id in named]

    def all_named(self, text: str) -> tuple[list[Unit], list[str]]:
        """The units that a list of names means, and the names that are none of them."""
        found: list[Unit] = []
        lost: list[str] = []
        for name in names_in(text):
            unit = self.named(name)
            if unit is None:
                lost.append(name)
            elif unit not in found:
                found.append(unit)
        return found, lost


def lead_of(reading: Reading, units: Units, alike: Iterable[Unit], sentence: str = "") -> Lead | None:
    """The unit proposed to lead; ``alike`` lead the promises it is like, the likeliest first; ``sentence`` goes on behind the
    words read. At most one query."""
    owner = reading.owner
    if (named := units.named(owner)) is not None and owner != units.district:
        return Lead(named, f"原文写作“{owner}”", True)
    if owner and (meant := units.by_id.get(unit_meant_by(owner))) is not None:
        return Lead(meant, f"原文写作“{owner}”，以前认作它", True)
    in_text = units.all_in(sentence or reading.text)
    if len(in_text) == 1:
        return Lead(in_text[0], "这句话里提到它")
    for unit in alike:
        if unit.id in units.by_id:
            return Lead(unit, "最像的那件承诺由它牵头")
    best = whose_business(reading.text, [unit.name for unit in units.rows])
    doing = next((each for each in units.rows if each.name == best), None)
    return Lead(doing, "按所说的事推断") if doing else None


def leaders(units: Iterable[str]) -> dict[str, Post]:
    """The leading post of each unit that has exactly one open; one query."""
    found: dict[str, list[Post]] = {}
    rows = Post.objects.filter(unit__in=list(units), is_leader=True, closed_on__isnull=True)
    for post in rows.select_related("unit").order_by("id"):
        found.setdefault(post.unit_id, []).append(post)
    return {unit: posts[0] for unit, posts in found.items() if len(posts) == 1}


def _spoken(known: Sequence[KnownUnit]) -> list[tuple[str, frozenset[str]]]:
    """Every name with the units it means, the longest first. A name that somebody has now is theirs; one that several had
    means none of them."""
    now: dict[str, set[str]] = {}
    had: dict[str, set[str]] = {}
    for unit in known:
        for name in (unit.name, unit.short_name):
            now.setdefault(name, set()).add(unit.id)
        for name in unit.others:
            had.setdefault(name, set()).add(unit.id)
    had = {name: units if len(units) == 1 else set() for name, units in had.items()}
    names = {name: frozenset(units) for name, units in (had | now).items() if len(name) >= _SHORTEST_NAME}
    return sorted(names.items(), key=lambda each: (-len(each[0]), each[0]))
