"""The candidates as the database has them now: open units, people within reach, without the pairs already judged."""

from __future__ import annotations

from luodi.desk.directory.likeness import Candidate, Entry, people_alike, units_alike
from luodi.kernel.accounts.access import visible_people
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.finding import other_names
from luodi.kernel.register.lookups import appointments_on, district
from luodi.kernel.register.merged import groups, judged
from luodi.kernel.register.models import Unit
from luodi.kernel.register.sameness import Pair, pair


def decided(letter: str) -> set[Pair]:
    """Pairs that people have judged, by themselves or by way of others. Two queries."""
    sides = {each for each, held in judged(letter).items() if held.verdict in ("positive", "negative")}
    for group in groups(letter).values():
        sides |= {pair(a, b) for a in group for b in group if a != b}
    return sides


def unit_twins() -> list[Candidate]:
    """Open units that may be one. Five queries."""
    there = district()
    rows = list(Unit.objects.filter(closed_on__isnull=True).order_by("id"))
    had = other_names()
    entries = [
        Entry(
            unit.id,
            (unit.name, unit.short_name, *(name.name for name in had.get(unit.id, []))),
            unit.parent_id or "",
            unit.credit_code,
        )
        for unit in rows
    ]
    return units_alike(entries, there.name if there else "", decided("u"))


def person_twins(actor: Actor) -> list[Candidate]:
    """People within reach that may be one. At most six queries."""
    people = list(visible_people(actor).filter(erased_on__isnull=True).distinct().order_by("id"))
    units = dict(appointments_on().values_list("person_id", "post__unit_id"))
    entries = [
        Entry(
            person.id,
            (person.name or "",),
            units.get(person.id, ""),
            person.identity_number or "",
            person.phone or "",
        )
        for person in people
    ]
    return people_alike(entries, decided("n"))
