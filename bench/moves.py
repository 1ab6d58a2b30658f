"""Moves of cases a second, beside the moves' own SQL replayed through the same driver on a copy of the same database:

    python bench/moves.py [--moves N] [--database postgresql]

Every slip is handed out, answered, checked and concluded. What each move asked of the database is written down, statement and
values; then the driver alone does the same to a copy taken before. So both sides do the same work on the same rows, one
transaction a move, and what the moves take longer is Luodi and Django above the driver. Both take turns in rounds. Ends
with 1 where a move asks more than ``MOST_STATEMENTS``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.scratch import ENGINES, administer, scratch_district  # noqa: E402

ROUNDS = 5
MOST_STATEMENTS = 12
COURSE = (
    ("assign", "区督查室", {}),
    ("report", "区住建局", {"answer": "已经通水"}),
    ("check", "区审计局", {"finding": "现场看过，属实"}),
    ("conclude", "区督查室", {"conclusion": "属实，予以办结"}),
)
Asked = list[tuple[str, Any]]


class Recorder:
    """An execute wrapper that keeps what one move after the other asked."""

    def __init__(self) -> None:
        self.moves: list[tuple[str, Asked]] = []

    def begin(self, name: str) -> None:
        self.moves.append((name, []))

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.moves and not sql.startswith("BEGIN"):
            self.moves[-1][1].append((sql, params))
        return execute(sql, params, many, context)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moves", type=int, default=800, help="moves a round and side")
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    options = parser.parse_args()
    with scratch_district(options.database) as folder:
        return measure(options.moves, options.database, folder)


def measure(count: int, vendor: str, folder: Path) -> int:
    from tests.areas.case_town import at, found

    town = found()
    cases = max(1, count // len(COURSE))
    rates: dict[str, list[float]] = {"move": [], "replayed": []}
    work: dict[str, list[float]] = {"move": [], "replayed": []}
    both: dict[str, list[float]] = {"move": [], "replayed": []}
    statements: dict[str, Counter[int]] = defaultdict(Counter)
    number = 0
    with at(9, 1):
        for turn in range(ROUNDS + 1):
            slips = []
            for _ in range(cases):
                number += 1
                slips.append(town.slip(f"c{number:013}"))
            with copied(vendor, folder) as replay:
                recorder = Recorder()
                taken, worked, together = _moved(town, slips, recorder)
                again, worked_again, together_again = replay(recorder.moves)
            if turn == 0:  # imports, prepared statements, first pages
                continue
            rates["move"].append(len(recorder.moves) / taken)
            rates["replayed"].append(len(recorder.moves) / again)
            work["move"].append(worked / len(recorder.moves))
            work["replayed"].append(worked_again / len(recorder.moves))
            both["move"].append(together)
            both["replayed"].append(together_again)
            for name, asked in recorder.moves:
                statements[name][len(asked)] += 1
    print(f"this process works {ratio(work['move'], work['replayed']):.1f} times as long for a move")
    if vendor == "postgresql":
        print(
            f"with the server's work beside it a move reaches {1 / ratio(both['move'], both['replayed']):.0%} of its own SQL"
        )
    return told(rates, statements, recorder)


def ratio(one: list[float], other: list[float]) -> float:
    return statistics.median(one) / statistics.median(other)


def _moved(town: Any, slips: list[Any], recorder: Recorder) -> tuple[float, float, float]:
    from django.db import connection

    from luodi.kernel.cases import actions

    connection.ensure_connection()
    is_served = connection.vendor == "postgresql"
    clock = Watch(connection.connection.info.backend_pid if is_served else None)
    with connection.execute_wrapper(recorder):
        for name, unit, answers in COURSE:
            for slip in slips:
                recorder.begin(name)
                actions.move(slip, name, by=town.actors[unit], answers=answers)
    return clock.taken()


class Watch:
    """Seconds passed, seconds that this process worked, and the same with the server's process of this connection beside it."""

    def __init__(self, server: int | None = None) -> None:
        self._server = server
        self._began = self._now()

    def taken(self) -> tuple[float, float, float]:
        passed, worked, both = (now - began for now, began in zip(self._now(), self._began, strict=True))
        return passed, worked, both

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), time.process_time() + worked_by(self._server)


def worked_by(process: int | None) -> float:
    """Seconds that another process of this machine has worked; 0 where there is none to be seen."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def copied(vendor: str, folder: Path) -> Iterator[Any]:
    """A copy of the database as it is now; gives what replays moves on it and tells the seconds."""
    from django.db import connection

    if vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        there = folder / "copy.sqlite3"
        shutil.copyfile(connection.settings_dict["NAME"], there)
        try:
            yield lambda moves: _replay_on_sqlite(there, moves)
        finally:
            for ending in ("", "-wal", "-shm"):
                Path(f"{there}{ending}").unlink(missing_ok=True)
        return
    name, server = connection.settings_dict["NAME"], os.environ["LUODI_TEST_POSTGRES"]
    connection.close()
    administer(server, f"CREATE DATABASE {name}_copy TEMPLATE {name}")
    try:
        yield lambda moves: _replay_on_postgresql(f"{server.rpartition('/')[0]}/{name}_copy", moves)
    finally:
        administer(server, f"DROP DATABASE {name}_copy WITH (FORCE)")


def _replay_on_sqlite(there: Path, moves: list[tuple[str, Asked]]) -> tuple[float, float, float]:
    from django.db import connection

    driver = sqlite3.connect(there, isolation_level=None)
    for pragma in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete"):
        with connection.cursor() as cursor:
            value = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
        driver.execute(f"PRAGMA {pragma}={value}")
    for name in ("django_date_trunc",):
        driver.create_function(name, -1, lambda *_: None)
    plain = [
        [(sql.replace("%s", "?").replace("%%", "%"), tuple(params or ())) for sql, params in asked]
        for _, asked in moves
    ]
    clock = Watch()
    for asked in plain:
        driver.execute("BEGIN IMMEDIATE")
        for sql, params in asked:
            driver.execute(sql, params).fetchall()
        driver.execute("COMMIT")
    taken = clock.taken()
    driver.close()
    return taken


def _replay_on_postgresql(address: str, moves: list[tuple[str, Asked]]) -> tuple[float, float, float]:
    import psycopg

    with psycopg.connect(address, autocommit=True) as driver, driver.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        clock = Watch(driver.info.backend_pid)
        for _, asked in moves:
            cursor.execute("BEGIN")
            for sql, params in asked:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
            cursor.execute("COMMIT")
        return clock.taken()


def told(rates: dict[str, list[float]], statements: dict[str, Counter[int]], recorder: Recorder) -> int:
    """Print; 1 where a move asks too much."""
    medians = {side: statistics.median(found) for side, found in rates.items()}
    for side, found in rates.items():
        print(f"{side}: {medians[side]:,.0f}/s (from {min(found):,.0f} to {max(found):,.0f})")
    print(f"a move reaches {medians['move'] / medians['replayed']:.0%} of its own SQL\n")
    most = 0
    for name, counts in statements.items():
        print(f"{name}: {', '.join(map(str, sorted(counts)))} statements")
        most = max(most, *counts)
    name, asked = max(recorder.moves, key=lambda made: len(made[1]))
    print(f"\nwhat {name} asks:")
    for sql, _ in asked:
        print(f"  {sql[:110]}")
    return 1 if most > MOST_STATEMENTS else 0


if __name__ == "__main__":
    sys.exit(main())
