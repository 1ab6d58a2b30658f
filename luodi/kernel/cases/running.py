"""Which clocks of a case run, from when, and what pauses them: what a move from one place to another does to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from luodi.kernel.cases.playbook import Playbook

Span = tuple[dt.datetime, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Running:
    """One clock of one case. ``pauses``: spans that do not count, the last one open (``None``) while it is paused.

    ``stopped``: the instant at which what it limits was done; ``None`` while it runs or is paused.
    """

    name: str
    started: dt.datetime
    pauses: tuple[Span, ...] = ()
    stopped: dt.datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether its time stands still."""
        return self.stopped is None and bool(self.pauses) and self.pauses[-1][1] is None


def turn(
    playbook: Playbook, held: Mapping[str, Running], old: str, new: str, at: dt.datetime
) -> dict[str, Running]:
    """The clocks after a case went from ``old`` (empty for a new case) to ``new`` at an instant.

    A clock whose states are left stops; one whose states are entered starts, or goes on with its first count where it has run
    before and does not restart. A state that suspends pauses what runs; leaving it lets it go on.
    """
    suspended = playbook.suspended()
    after: dict[str, Running] = {}
    for clock in playbook.clocks:
        known = held.get(clock.name)
        if new in suspended:
            if known is not None:
                after[clock.name] = _paused(known, at)
            continue
        if known is not None:
            known = _resumed(known, at)
        if new in clock.runs_in:
            after[clock.name] = _run(
                known, clock.name, at, restarts=clock.restarts and old not in clock.runs_in
            )
        elif known is not None:
            after[clock.name] = known if known.stopped is not None else replace(known, stopped=at)
    return after


def _run(known: Running | None, name: str, at: dt.datetime, *, restarts: bool) -> Running:
    if known is None or (known.stopped is not None and restarts):
        return Running(name, at)
    return replace(known, stopped=None)


def _paused(known: Running, at: dt.datetime) -> Running:
    if known.stopped is not None or known.is_paused:
        return known
    return replace(known, pauses=(*known.pauses, (at, None)))


def _resumed(known: Running, at: dt.datetime) -> Running:
    if not known.is_paused:
        return known
    begun, _ = known.pauses[-1]
    return replace(known, pauses=(*known.pauses[:-1], (begun, at)))
