"""The board over many promises: how long each question takes, how many queries and rows it costs, and by which index.

    python bench/board.py [--promises N] [--database postgresql]

Rows are written bare, by the program's own models, in a scratch data folder; PostgreSQL is the server that
LUODI_TEST_POSTGRES names, in a scratch database that is dropped. Ends with 1 where a question takes more than one query or
more rows than it shows, or, on SQLite, reads a table whole.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

DAY = dt.date(2026, 9, 22)
TOPICS = ("教育", "医疗养老", "交通出行", "住房与城建", "农业农村", "生态环境", "产业项目", "政务服务")
SCRATCH = f"luodi_bench_board_{os.getpid()}"


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--promises", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="luodi-bench-")
    os.environ |= {"LUODI_DATA": folder, "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    server = os.environ.get("LUODI_TEST_POSTGRES", "")
    try:
        if given.database == "postgresql":
            _on_server(server, f'CREATE DATABASE "{SCRATCH}"')
            os.environ["LUODI_DATABASE_URL"] = server.rpartition("/")[0] + "/" + SCRATCH
        return _measured(given.promises)
    finally:
        shutil.rmtree(folder)
        if given.database == "postgresql":
            _on_server(server, f'DROP DATABASE IF EXISTS "{SCRATCH}"')


def _on_server(server: str, command: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command)


def _measured(promises: int) -> int:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    _fill(promises)
    if connection.vendor == "postgresql":
        # as its own autovacuum does after a while; SQLite must do without
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{promises:,} promises written in {time.perf_counter() - began:.1f} s\n")
    print(f"{'question':<34}{'ms':>8}{'queries':>9}{'rows':>7}  by")
    well = [_ask(name, act, most) for name, act, most in _questions()]
    began = time.perf_counter()
    from luodi.kernel.commitments.actions import tick

    turned = tick(DAY + dt.timedelta(1))
    print(f"\nthe day turns: {turned:,} standings changed in {time.perf_counter() - began:.1f} s")
    connection.close()
    return 0 if all(well) else 1


def _fill(promises: int) -> None:
    from django.db import transaction

    from luodi.kernel.commitments.models import Commitment, Standing, Target
    from luodi.kernel.commitments.standing import reckoned
    from luodi.kernel.register.models import Place, Unit

    pick = random.Random(7)
    with transaction.atomic():
        units = Unit.objects.bulk_create([Unit(name=f"区第{n}局") for n in range(60)])
        places = Place.objects.bulk_create([Place(name=f"第{n}镇", level="township") for n in range(20)])
        for start in range(0, promises, 5_000):
            rows = [_promise(pick, units, places) for _ in range(min(5_000, promises - start))]
            Commitment.objects.bulk_create(rows)
            Target.objects.bulk_create(
                [Target(commitment=row, version=1, from_day=row.adopted_on) for row in rows]
            )
            Standing.objects.bulk_create([reckoned(_standing(pick, row), DAY) for row in rows])


def _promise(pick: random.Random, units: list[Any], places: list[Any]) -> Any:
    from luodi.kernel.commitments.models import Commitment

    state = pick.choices(("open", "kept", "claimed", "dropped", "merged"), (35, 50, 9, 3, 3))[0]
    day = DAY - dt.timedelta(pick.randrange(900))
    return Commitment(
        title="年内建成幼儿园",
        lead_unit=pick.choice(units),
        place=pick.choice(places),
        topic=pick.choice(TOPICS),
        state=state,
        state_since=day,
        adopted_on=day,
        year=day.year,
    )


def _standing(pick: random.Random, row: Any) -> Any:
    from luodi.kernel.commitments.models import Standing

    due = row.adopted_on + dt.timedelta(pick.randrange(30, 900)) if pick.random() < 0.9 else None
    return Standing(
        commitment=row,
        lead_unit_id=row.lead_unit_id,
        place_id=row.place_id,
        topic=row.topic,
        year=row.year,
        state=row.state,
        state_since=row.state_since,
        has_number=pick.random() < 0.6,
        start=row.adopted_on,
        due_until=due,
        due_order=due.toordinal() if due else 9_999_999,
        share=str(round(pick.random(), 3)),
        news_on=DAY - dt.timedelta(pick.randrange(200)),
        changed=pick.random() < 0.03,
        gone=pick.random() < 0.01,
        late=False,
    )


def _questions() -> list[tuple[str, Callable[[], Any], int]]:
    """Each with the most rows it may fetch: for counts, one for each value, state and combination of flags."""
    from luodi.kernel.commitments.board import Choice, page, tally, tally_by
    from luodi.kernel.register.models import Unit

    unit = Unit.objects.order_by("id").values_list("id", flat=True)[7]
    pages: list[tuple[str, Choice, Any]] = [
        ("worst first", Choice(), "worst"),
        ("newest first", Choice(), "newest"),
        ("due next", Choice(due_from=DAY), "due"),
        ("overdue", Choice(state="overdue"), "worst"),
        ("one unit", Choice(unit=unit), "worst"),
        ("one topic", Choice(topic="教育"), "worst"),
        ("changed", Choice(changed=True), "worst"),
        ("gone", Choice(gone=True), "worst"),
    ]
    found: list[tuple[str, Callable[[], Any], int]] = [
        ("counts of all", lambda: tally(Choice(), DAY), 72),
        ("counts of one unit", lambda: tally(Choice(unit=unit), DAY), 72),
        ("counts by unit", lambda: tally_by("lead_unit", Choice(), DAY), 72 * 60),
        ("counts by topic", lambda: tally_by("topic", Choice(), DAY), 72 * len(TOPICS)),
        ("counts by place", lambda: tally_by("place", Choice(), DAY), 72 * 20),
    ]
    for name, choice, order in pages:
        found.append((name, lambda choice=choice, order=order: page(choice, DAY, order=order), 21))
    deep = page(Choice(), DAY, limit=200).after
    found.append(("worst first, after 200 rows", lambda: page(Choice(), DAY, after=deep), 21))
    return found


def _ask(name: str, act: Callable[[], Any], most: int) -> bool:
    """Ask five times, print the middle; whether it stayed within its bounds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(5):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as queries:
        act()
    statements = [query["sql"] for query in queries]
    plan, rows = _plan(statements), _rows(statements)
    well = len(queries) == 1 and rows <= most and "!" not in plan
    print(f"{name:<34}{sorted(times)[2] * 1000:8.1f}{len(queries):9}{rows:7}  {plan}")
    return well


def _rows(statements: list[str]) -> int:
    """How many rows the statements fetch."""
    from django.db import connection

    with connection.cursor() as cursor:
        return sum(len(cursor.execute(statement).fetchall()) for statement in statements)


def _plan(statements: list[str]) -> str:
    """What SQLite reads of the standings: the index, ``!`` where it reads the table whole or sorts."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return ""
    steps = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps += [row[3] for row in cursor.fetchall()]
    about = [
        step for step in steps if "luodi_commitments_standing" in step or "TEMP B-TREE FOR ORDER" in step
    ]
    words = "; ".join(step.replace("luodi_commitments_standing ", "") for step in about)
    return words if all("INDEX" in step for step in about) else f"! {words}"


if __name__ == "__main__":
    sys.exit(main())
