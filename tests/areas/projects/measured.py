"""How many cheats are caught and how many honest projects disturbed, kind by kind, over invented districts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from luodi.areas.projects.doubts import Limits, doubts
from luodi.areas.projects.observed import Observed
from tests.areas.projects.cheats import KINDS, district
from tests.areas.projects.sly_cheats import sly_district

SIZE = 200
FIXED_ON = tuple(range(1, 9))  # the family on which limits were fixed
JUDGED_ON = tuple(range(101, 107))  # the family on which they are judged, and nothing else was ever done with


@dataclass(frozen=True, slots=True)
class Score:
    """``caught`` of ``cheats`` of a kind; ``disturbed`` of ``honest`` projects were asked for nothing."""

    cheats: int
    caught: int
    honest: int
    disturbed: int

    @property
    def recall(self) -> float:
        """The share caught."""
        return self.caught / self.cheats

    @property
    def disturbance(self) -> float:
        """The share of honest projects disturbed."""
        return self.disturbed / self.honest


@cache
def _district(seed: int) -> tuple[list[Observed], dict[str, str]]:
    return district(seed, SIZE)


@cache
def _sly(seed: int) -> tuple[list[Observed], dict[str, str]]:
    return sly_district(seed, SIZE)


def scores(seeds: Iterable[int], *, sly: bool = False, **limits: int) -> dict[str, Score]:
    """The score of each kind, and under ``all`` that of any question at all. ``sly``: of cheats who know the limits."""
    counts = {kind: [0, 0, 0, 0] for kind in (*KINDS, "all")}
    for seed in seeds:
        projects, truth = _sly(seed) if sly else _district(seed)
        found: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for doubt in doubts(projects, replace(Limits(), **limits)):
            found[doubt.kind].update(
                filter(None, (doubt.project, doubt.other if doubt.kind in _PAIRED else ""))
            )
        involved = _involved(projects, truth)
        honest = [each.id for each in projects if each.id not in involved]
        for kind in KINDS:
            cheats = [key for key, how in truth.items() if how == kind]
            counts[kind][0] += len(cheats)
            counts[kind][1] += sum(1 for key in cheats if key in found[kind])
            counts[kind][2] += len(honest)
            counts[kind][3] += sum(1 for key in honest if key in found[kind])
        anything = set().union(*found.values())
        counts["all"][0] += len(truth)
        counts["all"][1] += sum(1 for key in truth if key in anything)
        counts["all"][2] += len(honest)
        counts["all"][3] += sum(1 for key in honest if key in anything)
    return {kind: Score(*row) for kind, row in counts.items()}


_PAIRED = ("packaged_twice", "registered_anew")


def _involved(projects: list[Observed], truth: dict[str, str]) -> set[str]:
    """Cheating projects, and those on whose back they cheat: the parts of a package, the old one that was named anew."""
    by_id = {each.id: each for each in projects}
    paired = [by_id[key] for key, kind in truth.items() if kind in _PAIRED]
    near = {
        each.id
        for each in projects
        for cheat in paired
        if each.owner == cheat.owner
        and abs(each.site[0] - cheat.site[0]) + abs(each.site[1] - cheat.site[1]) <= 240
    }
    return set(truth) | near
