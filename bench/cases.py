"""Inbox, lists and the tick over many cases: queries, rows, what the database reads, and milliseconds.

    python bench/cases.py [--cases N] [--database postgresql]

Rows are written bare in a scratch data folder: cases of one kind over 200 units, one clock and one due item each. Then the tick
is measured with 1,000 lights that are to turn, at a hundredth of the cases and at all of them: what it reads may not grow with
what is not due. PostgreSQL is the server that LUODI_TEST_POSTGRES names. Ends with 1 where a page takes more than ``PAGES``
allows or the tick reads more than ``MOST_ROWS`` rows for each light (on PostgreSQL, where rows are counted).
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.cost import cost_of  # noqa: E402
from bench.ledger import set_up  # noqa: E402

UNITS, DUE, MOST_ROWS = 200, 1_000, 5
_BATCH = 20_000
# the most queries and rows that a page may take, whatever the size
PAGES = {
    "/desk/inbox": (30, 400),
    "/desk/inbox?whose=unit": (30, 400),
    "/desk/inbox?light=red": (30, 400),
    "/desk/cases": (30, 400),
    "/desk/cases?kind=supervision&light=red": (30, 400),
    "/desk/leader": (60, 2_000),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    _, take_away = set_up(options.database)
    try:
        return measure(options.cases)
    finally:
        take_away()


def measure(count: int) -> int:
    from django.db import connection

    from tests.areas.case_town import at, found

    town = found()
    wrong = []
    with at(9, 22):
        district = District(town)
        few = max(DUE, count // 100)
        for size in (few, count):
            district.grow_to(size)
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
            wrong += [f"{size:,}: {fault}" for fault in tick_over(size)]
        wrong += pages(district)
    for fault in wrong:
        print(fault)
    return 1 if wrong else 0


class District:
    """Cases written bare."""

    def __init__(self, town: Any) -> None:
        from luodi.kernel.register.models import Post, Unit

        self.town, self.size = town, 0
        self.units = [
            *town.units.values(),
            *Unit.objects.bulk_create(Unit(name=f"第{n}局") for n in range(UNITS)),
        ]
        posts = [Post(title="科长", unit=unit) for unit in self.units]
        self.posts = Post.objects.bulk_create(posts)

    def grow_to(self, size: int) -> None:
        began = time.perf_counter()
        rows = self._rows(self.size, size)
        while batch := list(islice(rows, _BATCH)):
            for some in zip(*batch, strict=True):
                type(some[0]).objects.bulk_create(some, batch_size=_BATCH if len(some) < 50 else 500)
        self.size = size
        print(f"{size:,} cases written in {time.perf_counter() - began:.0f} s")

    def _rows(self, start: int, stop: int) -> Iterator[tuple[Any, ...]]:
        from luodi.kernel.cases.models import Case, CaseClock, DueItem
        from luodi.kernel.clocks.deadline import midnight

        office = self.town.units["区督查室"]
        begun = dt.date(2026, 9, 1)
        for number in range(start, stop):
            place = number % len(self.units)
            due = begun + dt.timedelta(days=number % 300)
            case = Case(
                number=f"990102-260901-{number:07}",
                kind="supervision",
                version=1,
                state="assigned",
                title=f"第{number}件",
                unit=self.units[place],
                post=self.posts[place],
                office_unit=office,
                verifier_unit=self.town.units["区审计局"],
                opened_on=begun,
                planned_due=due,
                latest_due=due,
            )
            at, until = midnight(begun), midnight(due + dt.timedelta(days=1))
            light = "red" if due < dt.date(2026, 9, 22) else "green"
            clock = CaseClock(
                case=case, name="answer", rule="answer:written", citation="", started_at=at, due_on=due, due_at=until,
                latest_on=due, latest_at=until,
            )  # fmt: skip
            item = DueItem(
                subject=case.id, name="answer", kind="supervision", label="办理并反馈", title=case.title,
                unit=self.units[place], post=self.posts[place], started_at=at, due_on=due, due_at=until, light=light,
                rule="answer:written", turns_at=None if light == "red" else until,
            )  # fmt: skip
            yield case, clock, item


def tick_over(size: int) -> list[str]:
    """Let ``DUE`` lights be due, and turn them."""
    from django.db import connection

    from luodi.kernel.cases.actions import tick
    from luodi.kernel.cases.models import DueItem
    from luodi.kernel.clocks.now import now

    tick()  # whatever else is due by now
    keys = list(DueItem.objects.filter(light="green").order_by("-due_at").values_list("pk", flat=True)[:DUE])
    DueItem.objects.filter(pk__in=keys).update(turns_at=now())
    cost = cost_of(tick)
    print(
        f"tick over {size:,} with {len(keys):,} due: {cost.ms:.0f} ms, {cost.queries} queries, "
        f"{cost.read / len(keys):.1f} read for each"
    )
    is_counted = connection.vendor == "postgresql"
    if is_counted and cost.read > MOST_ROWS * len(keys):
        return [f"the tick reads {cost.read / len(keys):.1f} rows for each light, {MOST_ROWS} are allowed"]
    return []


def pages(district: District) -> list[str]:
    """Ask for each page as the office, twice; the second time counts."""
    from django.test import Client

    from luodi.kernel.accounts.models import Account

    client = Client()
    client.force_login(Account.objects.get(pk=district.town.actors["区督查室"].account))
    wrong = []
    print(f"\n{'page':<44}{'ms':>7}{'queries':>9}{'rows':>7}{'read':>9}")
    for address, (queries, rows) in PAGES.items():
        assert client.get(address).status_code == 200, address
        cost = cost_of(lambda address=address: client.get(address))
        print(f"{address:<44}{cost.ms:>7.0f}{cost.queries:>9}{cost.rows:>7}{cost.read:>9}")
        if cost.queries > queries or cost.rows > rows:
            wrong.append(
                f"{address}: {cost.queries} queries, {cost.rows} rows; {queries} and {rows} are allowed"
            )
    return wrong


if __name__ == "__main__":
    sys.exit(main())
