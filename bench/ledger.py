"""Acts a second, beside the same rows inserted bare through the same driver and pragmas, one transaction each:

    python bench/ledger.py [--events N] [--database postgresql]

An act writes one place and its event. Bare means the driver alone: the finished values of the same rows (place, event, queue),
three INSERTs and a COMMIT. Both sides take turns in rounds, since the disk has moods; the last line is the ratio of the medians.
PostgreSQL is the server that LUODI_TEST_POSTGRES names, in a scratch database that is dropped.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.scratch import ENGINES, scratch_district  # noqa: E402

ROUNDS = 5


def act(count: int) -> None:
    """``count`` places, each by an act."""
    from luodi.kernel.ledger.action import Actor, action
    from luodi.kernel.register.models import Place

    clerk = Actor("w0000000000001", "o0000000000001")
    for number in range(count):
        place = Place(name=f"第{number}村", level="village")
        with action("place.entered", by=clerk, subject=place.id, data={"from": "表"}) as done:
            done.create(place)


def take_rows(count: int) -> list[dict[str, list[Any]]]:
    """The newest ``count`` acts' rows as the driver gives them, with ids that are not there yet."""
    from django.db import connection

    from luodi.kernel.ids import new_id

    taken = []
    with connection.cursor() as cursor:
        rows: dict[str, list[Any]] = {}
        for table in ("luodi_register_place", "luodi_ledger_event"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT {count}")
            rows[table] = [list(row) for row in cursor.fetchall()]
    for place, event in zip(rows["luodi_register_place"], rows["luodi_ledger_event"], strict=True):
        place[0], event[0] = new_id("l"), new_id("e")
        taken.append(
            {"luodi_register_place": place, "luodi_ledger_event": event, "luodi_ledger_unsealed": [event[0]]}
        )
    return taken


def insert_bare(acts: list[dict[str, list[Any]]], vendor: str) -> None:
    """The rows through the driver, nothing above it."""
    from django.db import connection

    driver = connection.connection.cursor()
    mark = "?" if vendor == "sqlite" else "%s"
    for rows in acts:
        driver.execute("BEGIN IMMEDIATE" if vendor == "sqlite" else "BEGIN")
        for table, values in rows.items():
            execute = (
                getattr(super(type(driver), driver), "execute", driver.execute)
                if vendor == "sqlite"
                else driver.execute
            )
            execute(f"INSERT INTO {table} VALUES ({', '.join([mark] * len(values))})", values)
        driver.execute("COMMIT")
    driver.close()


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000, help="acts a round and side")
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    options = parser.parse_args()
    with scratch_district(options.database) as folder:
        measure(options.events, options.database, folder)


def measure(count: int, vendor: str, folder: Path) -> None:
    from luodi.kernel.ledger.sealing import seal
    from luodi.kernel.ledger.verify import verify

    act(count)  # imports, prepared statements, first pages; and what sealing and verifying have to do
    print(f"sealing: {count / timed(lambda: seal(folder)):,.0f} events/s")
    print(f"verifying: {count / timed(lambda: verify(folder)):,.0f} events/s")
    sides: dict[str, list[float]] = {"act": [], "bare": []}
    for _ in range(ROUNDS):
        sides["act"].append(count / timed(lambda: act(count)))
        rows = take_rows(count)
        sides["bare"].append(count / timed(lambda rows=rows: insert_bare(rows, vendor)))
    medians = {side: statistics.median(rates) for side, rates in sides.items()}
    for side, rates in sides.items():
        print(f"{side}: {medians[side]:,.0f}/s (from {min(rates):,.0f} to {max(rates):,.0f})")
    print(f"an act takes {medians['bare'] / medians['act']:.1f} times the bare rows")


if __name__ == "__main__":
    main()
