"""Names of units in a sheet, settled: those that are sure, those a person chose, those still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luodi.kernel.register.lookups import district
from luodi.kernel.sheets.lookups import known_units
from luodi.kernel.sheets.unit_names import Match, UnitNames

NEW, LEAVE = "new", "leave"


@dataclass(frozen=True, slots=True)
class Settled:
    """``ids`` by name; ``new`` are names to be made units of; ``left`` are not to be listed; ``open`` wait for a person."""

    ids: dict[str, str]
    new: tuple[str, ...]
    left: tuple[str, ...]
    open: tuple[Match, ...]
    reasons: dict[str, str]

    def knows(self, name: str) -> bool:
        """Whether a unit will be there for this name."""
        return name in self.ids or name in self.new


def settle(names: Iterable[str], choices: Mapping[str, str]) -> Settled:
    """Settle names as they are written, each once. ``choices`` are unit ids, ``new`` or ``leave`` by name."""
    units = known_units()
    there = district()
    matcher = UnitNames(units, there.name if there else "")
    by_id = {unit.id for unit in units}
    ids: dict[str, str] = {}
    new: list[str] = []
    left: list[str] = []
    unsettled: list[Match] = []
    reasons: dict[str, str] = {}
    for name in dict.fromkeys(name for name in names if name):
        match = matcher.match(name)
        choice = choices.get(name, "")
        if match.unit is not None:
            ids[name], reasons[name] = match.unit.id, match.why
        elif choice in by_id:
            ids[name], reasons[name] = choice, "由您选定"
        elif choice == NEW:
            new.append(name)
        elif choice == LEAVE:
            left.append(name)
        if match.unit is None and not match.is_everybody:
            unsettled.append(match)
    return Settled(ids, tuple(new), tuple(left), tuple(unsettled), reasons)
