"""Writes ``MonthStanding`` and its tally: within the act that changes a project, and for all when months or rules go on.

The tally is moved by what a row was and is, under the lock of the project's file; ``differing`` reckons and counts all anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from luodi.areas.projects.due_items import is_put_off
from luodi.areas.projects.lights import LIGHTS, SCHEME
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.reckoning import last_reckoned, reckoned
from luodi.areas.projects.standing_models import MONEY, REPORTS, MonthStanding, StandingTally
from luodi.kernel.clocks.now import day_of, today
from luodi.kernel.ledger.action import SYSTEM, Action, action
from luodi.kernel.ledger.cursors import asked
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.statements import upsert
from luodi.kernel.rules.lookups import rulebook

TURNED = "project.standings_turned"
BATCH = 100  # projects of one transaction
_COLUMNS = tuple(f.attname for f in MonthStanding._meta.concrete_fields if not f.primary_key)
_KEY = ("month", "stage", "levels", "rank")
_NOTHING = (0,) * len(StandingTally.COUNTS)
_Cell = tuple[dt.date, str, str, int]


def write(act: Action, file: ProjectFile | str, *, since: dt.date | None = None) -> None:
    """Bring one project's rows up to date, from a month on if only that can have changed. Called inside open actions only."""
    if not is_put_off():
        _bring([file if isinstance(file, str) else file.id], day_of(act.at), since)


def write_many(act: Action, files: Sequence[str], *, since: dt.date | None = None) -> None:
    """As ``write``, of many projects that the same transaction has made or holds."""
    if files and not is_put_off():
        _bring(files, day_of(act.at), since)


def turn() -> int:
    """Reckon all where a month has come near or a rule of lights has changed; how many projects. Safe at any time and twice."""
    wanted = {"until": last_reckoned(today()).isoformat(), "rules": rules_mark()}
    return 0 if turned() == wanted else _all(wanted)


def _all(wanted: dict[str, str]) -> int:
    keys = list(ProjectFile.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        with action(TURNED, by=SYSTEM, subject="", shown={"whole": False, "projects": len(some)}):
            _bring(some, today(), None)
    with action(TURNED, by=SYSTEM, subject="", shown={"whole": True, "projects": len(keys), **wanted}):
        pass
    return len(keys)


def turned() -> dict[str, str] | None:
    """Up to which month and by which rules all were last reckoned; ``None`` where they never were."""
    for event in Event.objects.filter(kind=TURNED).order_by("-id")[:BATCH]:
        data = json.loads(event.payload)["data"]
        if data["whole"]:
            return {name: str(data[name]) for name in ("until", "rules")}
    return None


def rules_mark() -> str:
    """A mark of every rule that lights: another one as soon as one of them is another."""
    names = {SCHEME, *LIGHTS}
    held = sorted(
        (rule.reference, rule.is_override, rule.effective_to, sorted(rule.applies_to.items()), sorted(rule.values.items()))
        for rule in rulebook().rules
        if rule.name in names
    )  # fmt: skip
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def differing() -> tuple[list[str], list[_Cell]]:
    """The projects whose rows are not as reckoning gives them, and the cells of the tally that are not what counting gives.

    A month to come may have no rows yet; what rows there are of it must be right.
    """
    wrong, counted = [], _Sums()
    day, book = today(), rulebook()
    for files in _batches():
        kept = {(row.file_id, row.month): row for row in MonthStanding.objects.filter(file__in=files)}
        for row in kept.values():
            counted.add(row, 1)
        odd = set[str]()
        for row in reckoned(files, last_reckoned(day), book):
            held = kept.pop((row.file_id, row.month), None)
            if held is None and row.month > day:
                continue
            if held is None or _values(held) != _values(row):
                odd.add(row.file_id)
        odd |= {file for file, month in kept if month <= last_reckoned(day)}
        wrong += sorted(odd)
    tallied = {
        tuple(getattr(row, n) for n in _KEY): tuple(getattr(row, n) for n in StandingTally.COUNTS)
        for row in StandingTally.objects.all()
    }
    cells = {*tallied, *counted.cells}
    return wrong, sorted(c for c in cells if tallied.get(c, _NOTHING) != counted.told(c))


def rebuild() -> None:
    """Make all rows and the tally anew: for ``doctor --mend``. Nobody is shown a list meanwhile."""
    with action(TURNED, by=SYSTEM, subject="", shown={"whole": False, "projects": 0}):
        MonthStanding.objects.all().delete()
        StandingTally.objects.all().delete()
    _all({"until": last_reckoned(today()).isoformat(), "rules": rules_mark()})


def _bring(keys: Sequence[str], day: dt.date, since: dt.date | None) -> None:
    # whoever changes the same project waits here, so that the later one reckons with what the earlier one wrote
    files = list(ProjectFile.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("id"))
    held = MonthStanding.objects.filter(file__in=keys)
    if since is not None:
        held = held.filter(month__gte=since)
    before = {(row.file_id, row.month): row for row in held}
    sums, changed = _Sums(), list[MonthStanding]()
    for row in reckoned(files, last_reckoned(day), rulebook(), since):
        was = before.pop((row.file_id, row.month), None)
        if was is not None and _values(was) == _values(row):
            continue
        if was is not None:
            sums.add(was, -1)
        sums.add(row, 1)
        changed.append(row)
    upsert(changed, ("file", "month"))
    _clear(before.values(), sums, last_reckoned(day))
    sums.write()


def _clear(rows: Iterable[MonthStanding], sums: _Sums, until: dt.date) -> None:
    """Take away rows that reckoning no longer gives; those of months further ahead were written on a later day and stay."""
    gone = [row for row in rows if row.month <= until]
    for row in gone:
        sums.add(row, -1)
    if gone:
        MonthStanding.objects.filter(pk__in=[row.pk for row in gone]).delete()


class _Sums:
    """What cells of the tally gain and lose."""

    def __init__(self) -> None:
        self.cells: dict[_Cell, Counter[str]] = defaultdict(Counter)

    def add(self, row: MonthStanding, sign: int) -> None:
        """Count a row in (1) or out (-1)."""
        cell = self.cells[row.month, row.stage, row.levels, row.rank]
        cell["number"] += sign
        cell["planned"] += sign * (row.annual is not None)
        cell["told"] += sign * (row.paid is not None)
        for name in MONEY:
            cell[name] += sign * (getattr(row, name) or 0)
        if row.owes:
            cell[REPORTS[row.owes - 1]] += sign

    def told(self, cell: _Cell) -> tuple[int, ...]:
        """What was counted into a cell, in the order of its columns."""
        return (
            tuple(self.cells[cell][name] for name in StandingTally.COUNTS) if cell in self.cells else _NOTHING
        )

    def write(self) -> None:
        """Move the cells, always in one order: two that move the same ones never wait for each other crosswise."""
        columns = (*_KEY, *StandingTally.COUNTS)
        names = ", ".join(f'"{name}"' for name in columns)
        key = ", ".join(f'"{name}"' for name in _KEY)
        table = StandingTally._meta.db_table
        moved = ", ".join(f'"{name}" = {table}."{name}" + EXCLUDED."{name}"' for name in StandingTally.COUNTS)
        marks = ", ".join(["%s"] * len(columns))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {moved} RETURNING 1"  # noqa: S608
        for cell in sorted(self.cells):
            counts = self.told(cell)
            if any(counts):
                asked(sql, [_day(cell[0]), *cell[1:], *counts])


def _day(day: dt.date) -> object:
    from django.db import connection

    return connection.ops.adapt_datefield_value(day)


def _values(row: MonthStanding) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COLUMNS)


def _batches() -> Iterator[list[ProjectFile]]:
    last = ""
    while files := list(ProjectFile.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield files
        last = files[-1].pk
