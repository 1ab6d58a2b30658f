"""Who may not judge a work: whoever did it, and every unit above or below in the tree of units (invariant 7).

A unit counts together with those that took over from it, as the register tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from luodi.kernel.register.lookups import lines_up, successors


def lines_of(units: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each unit with all that stand above it, itself included. One query."""
    return {unit: frozenset((unit, *above)) for unit, above in lines_up(units).items()}


def in_line_with(judge: str, doers: Iterable[str]) -> str | None:
    """The first doer that is the judging unit itself or stands above or below it; ``None`` where it is independent."""
    doers = list(doers)
    heirs = {unit: successors(unit) for unit in {judge, *doers}}
    lines = lines_of(unit for line in heirs.values() for unit in line)
    for doer in doers:
        for one in heirs[judge]:
            for other in heirs[doer]:
                if other in lines[one] or one in lines[other]:
                    return doer
    return None


def is_within(unit: str, wholes: Iterable[str]) -> bool:
    """Whether ``unit`` is one of ``wholes`` or of what took over from it, or stands below one."""
    heirs = {heir for whole in wholes for heir in successors(whole)}
    return not lines_of([unit])[unit].isdisjoint(heirs)
