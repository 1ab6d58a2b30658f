"""The board over many promises: what each question and each page costs in queries, rows and reading, and how long it takes.

    python bench/board.py [--promises N] [--database postgresql]

Rows are written bare (``district.py``) in a scratch data folder; PostgreSQL is the server that LUODI_TEST_POSTGRES names, in a
scratch database that is dropped. Pages are asked for twice: the second time the counts of the first are remembered, as they
are until the ledger or the day changes. Ends with 1 where a question takes more than one query or more rows than it shows, or, on
SQLite, reads a table whole; or where a page takes more queries or rows than stand in ``PAGES``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import cost, district  # noqa: E402
from bench.district import DAY, TOPICS  # noqa: E402
from bench.page_costs import Bound, Page, told  # noqa: E402
from bench.scratch import ENGINES, scratch_district, settled  # noqa: E402

# what tests/portal/test_any_size.py holds of small districts holds of this one
PAGES: dict[str, Bound] = {
    "front page": Bound(24, 250),
    "list": Bound(20, 400),
    "overdue": Bound(20, 400),
    "one unit": Bound(20, 400),
    "one topic, newest first": Bound(20, 400),
    "next page": Bound(20, 400),
    "promise": Bound(24, 100),
    "unit": Bound(20, 250),
    "documents": Bound(8, 150),
    "feed": Bound(8, 400),
}


def addresses(made: district.Filled) -> dict[str, str]:
    """Where each of ``PAGES`` is."""
    from luodi.kernel.commitments.board import Choice, page

    after = page(Choice(), DAY, limit=20).after
    unit = made.units[-1].id
    return {
        "front page": "/",
        "list": "/?list=1",
        "overdue": "/?state=overdue",
        "one unit": f"/?unit={unit}",
        "one topic, newest first": "/?topic=教育&order=newest",
        "next page": f"/?list=1&after={after}",
        "promise": f"/c/{made.last}",
        "unit": f"/g/{unit}",
        "documents": "/d/",
        "feed": "/feed.atom",
    }


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--promises", type=int, default=100_000)
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    given = parser.parse_args()
    with scratch_district(given.database):
        return _measured(given.promises)


def _measured(promises: int) -> int:

    began = time.perf_counter()
    made = district.fill(district.found(), promises)
    settled()
    taken = time.perf_counter() - began
    print(f"{promises:,} promises, {made.events:,} events written in {taken:.1f} s\n")
    print(f"{'question':<34}{'ms':>8}{'queries':>9}{'rows':>7}  by")
    well = [_ask(name, act, most) for name, act, most in _questions(made)]
    well.append(_pages(made))
    began = time.perf_counter()
    from luodi.kernel.commitments.actions import tick

    turned = tick(DAY + dt.timedelta(1))
    print(f"\nthe day turns: {turned:,} standings changed in {time.perf_counter() - began:.1f} s")
    return 0 if all(well) else 1


def _pages(made: district.Filled) -> bool:
    """Whether each page stayed within its bounds."""
    from django.test import Client

    from luodi.kernel.clocks.now import SHANGHAI, held_at

    client = Client()
    with held_at(dt.datetime.combine(DAY, dt.time(9), SHANGHAI)):
        pages = [Page(name, address, client) for name, address in addresses(made).items()]
        return not told(pages, PAGES)[1]


def _questions(made: district.Filled) -> list[tuple[str, Callable[[], Any], int]]:
    """Each with the most rows it may fetch: for counts, one for each value, state and combination of flags."""
    from luodi.kernel.commitments.board import Choice, page, tally, tally_by

    unit = made.units[-1].id
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

    costs = [cost.cost_of(act) for _ in range(5)]
    with CaptureQueriesContext(connection) as queries:
        act()
    plan = _plan([query["sql"] for query in queries])
    typical = costs[0]
    well = typical.queries == 1 and typical.rows <= most and "!" not in plan
    middle = sorted(each.ms for each in costs)[2]
    print(f"{name:<34}{middle:8.1f}{typical.queries:9}{typical.rows:7}  {plan}")
    return well


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
