"""Inbox, lists and the tick over many cases: queries, rows, what the database reads, and milliseconds.

    python bench/cases.py [--cases N] [--database postgresql]

Rows are written bare in a scratch data folder: open slips over 200 units and 500 days, one clock and one due item each, with the
steps of one that was answered and checked, every tenth about a subject that has another two. Then the tick
is measured with 1,000 lights that are to turn, at a hundredth of the cases and at all of them: what it reads may not grow with
what is not due. PostgreSQL is the server that LUODI_TEST_POSTGRES names. Ends with 1 where a page takes more than ``PAGES``
allows or the tick reads more than ``MOST_ROWS`` rows for each light (on PostgreSQL, where rows are counted).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.cost import cost_of  # noqa: E402
from bench.scratch import ENGINES, scratch_district  # noqa: E402

UNITS, DAYS, DUE, MOST_ROWS = 200, 500, 1_000, 5
# the most queries and rows that a page may take, whatever the size
PAGES = {
    "/desk/inbox": (30, 400),
    "/desk/inbox?whose=unit": (30, 400),
    "/desk/inbox?light=red": (30, 400),
    "/desk/cases": (30, 500),
    "/desk/cases?light=red": (30, 500),
    "/desk/cases?light=amber": (30, 500),
    "/desk/cases?light=paused": (30, 500),
    "/desk/cases?kind=supervision": (30, 500),
    "/desk/cases?kind=supervision&light=red": (30, 500),
    "/desk/cases?kind=supervision&state=assigned&light=amber": (30, 500),
    "/desk/cases?unit=UNIT&light=red": (30, 500),
    "/desk/cases?since=2026-09-01": (30, 500),
    "/desk/cases?until=2026-08-01": (30, 500),
    "/desk/cases?ended=closed": (30, 500),
    "/desk/cases?q=990102-260901-0005": (30, 500),
    "/desk/cases?q=没有的": (30, 500),
    "/desk/cases?q=罕见": (30, 500),
    "/desk/cases?q=号": (30, 500),
    "/desk/cases/load": (30, 2_000),
    "/desk/leader": (60, 2_000),
    "/desk/leader/rates": (30, 500),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    options = parser.parse_args()
    with scratch_district(options.database):
        return measure(options.cases)


def measure(count: int) -> int:
    from luodi.kernel.cases.actions import reckon_rates
    from tests.areas.case_town import at, found

    town = found()
    wrong = []
    with at(9, 22):
        district = District(town)
        few = max(DUE, count // 100)
        for size in (few, count):
            district.grow_to(size)
            wrong += [f"{size:,}: {fault}" for fault in tick_over(size)]
        began = time.perf_counter()
        print(f"{reckon_rates()} rates reckoned by night in {time.perf_counter() - began:.0f} s")
        wrong += pages(district)
    for fault in wrong:
        print(fault)
    return 1 if wrong else 0


@contextmanager
def untriggered() -> Iterator[None]:
    """Within, nothing is counted, and PostgreSQL does not look up what rows refer to; after, everything is counted once."""
    from django.db import connection

    from luodi.kernel.cases import tallying

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'luodi_cases_tally%%'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
    tallying.install(connection)


class District:
    """Cases written bare, by the database itself: a statement a table."""

    def __init__(self, town: Any) -> None:
        from luodi.kernel.register.models import Post, Unit

        self.town, self.size = town, 0
        self.units = [
            *town.units.values(),
            *Unit.objects.bulk_create(Unit(name=f"第{n}局") for n in range(UNITS)),
        ]
        self.posts = Post.objects.bulk_create(Post(title="科长", unit=unit) for unit in self.units)

    def grow_to(self, size: int) -> None:
        from django.db import connection, transaction

        from luodi.kernel.search import index

        began = time.perf_counter()
        places = ", ".join(
            f"({n}, '{unit.id}', '{post.id}')"
            for n, (unit, post) in enumerate(zip(self.units, self.posts, strict=True))
        )
        names = {
            "start": self.size,
            "stop": size,
            "units": len(self.units),
            "places": places,
            "office": self.town.units["区督查室"].id,
            "checks": self.town.units["区审计局"].id,
            "leader": self.town.posts["区政府"].id,
        }
        with untriggered(), transaction.atomic(), connection.cursor() as cursor:
            for statement in statements(connection.vendor):
                cursor.execute(statement.format(**names))
        index.rebuild(["k"])
        with connection.cursor() as cursor:
            cursor.execute(
                "PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM ANALYZE"
            )
        self.size = size
        print(f"{size:,} cases written in {time.perf_counter() - began:.0f} s")


def statements(vendor: str) -> list[str]:
    """One for cases, clocks, due items, slips and each step; with places for what a district names."""
    is_sqlite = vendor == "sqlite"
    opened = f"n / {{units}} % {DAYS}"
    day = (
        "date('2026-09-01', ({}) || ' days')".format
        if is_sqlite
        else "(DATE '2026-09-01' + CAST({} AS integer))".format
    )
    # 24:00 of a day in Shanghai
    end_of = (
        "(({}) || ' 16:00:00')".format
        if is_sqlite
        else "((({})::timestamp + interval '16 hours') AT TIME ZONE 'UTC')".format
    )
    yes, no = ("1", "0") if is_sqlite else ("true", "false")
    serial = "CAST(substr(c.number, 15) AS bigint)"
    begun, until = end_of("c.opened_on"), end_of("c.planned_due")
    is_late = "c.planned_due < '2026-09-22'"
    subject = f"CASE WHEN {serial} % 10 = 0 THEN {_digits(0, f'{serial} / 30')} ELSE {_digits(5, serial)} END"
    cases = f"""
INSERT INTO luodi_cases_case (id, number, kind, version, state, title, unit_id, post_id, office_unit_id, verifier_unit_id,
  point, opened_on, planned_due, latest_due, level, channel, outcome)
WITH RECURSIVE places(place, unit, post) AS (VALUES {{places}}),
  numbers(n) AS (SELECT {{start}} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {{stop}})
SELECT 'k' || {_digits(0, "n")}, '990102-260901-' || {_digits(0, "n", 7)}, 'supervision', 1, 'assigned',
  '第' || n || CASE WHEN n % 99991 = 7 THEN '号罕见的一件' ELSE '号一件' END, unit, post, '{{office}}', '{{checks}}',
  '', {day(f"-({opened})")}, {day("n % 300")}, {day("n % 300")}, 1, '', ''
FROM numbers JOIN places ON place = n % {{units}}"""
    clocks = f"""
INSERT INTO luodi_cases_clock (id, case_id, name, rule, citation, clock, extension, granted, extend_on_holiday, started_at,
  due_on, due_at, latest_on, latest_at, is_provisional)
SELECT 'c' || substr(c.id, 2), c.id, 'answer', 'answer:written', '', '', 0, 0, {no}, {begun}, c.planned_due, {until},
  c.planned_due, {until}, {no} FROM luodi_cases_case AS c WHERE {serial} >= {{start}}"""
    items = f"""
INSERT INTO luodi_cases_due_item (subject, name, kind, label, title, unit_id, post_id, level, started_at, due_on, due_at, light,
  rule, turns_at, is_provisional, owner_id, is_first)
SELECT c.id, 'answer', c.kind, '办理并反馈', c.title, c.unit_id, c.post_id, 1, {begun}, c.planned_due, {until},
  CASE WHEN {is_late} THEN 'red' ELSE 'green' END, 'answer:written', CASE WHEN {is_late} THEN NULL ELSE {until} END, {no},
  c.unit_id, {yes} FROM luodi_cases_case AS c WHERE {serial} >= {{start}}"""
    slips = f"""
INSERT INTO luodi_supervision_slip (id, case_id, subject, ordered_by_id, order_paper, answer_by)
SELECT 'v' || substr(c.id, 2), c.id, 'c' || {subject}, '{{leader}}', '', c.planned_due
FROM luodi_cases_case AS c WHERE {serial} >= {{start}}"""
    at = "'2026-09-10 00:00:00'" + ("" if is_sqlite else "::timestamptz")
    steps = [
        f"""
INSERT INTO luodi_cases_step (id, case_id, move, at, from_state, to_state, choice, needs_signature, taken_back)
SELECT '{letter}' || substr(c.id, 2), c.id, '{move}', {at}, '', 'assigned', '', {no}, {no}
FROM luodi_cases_case AS c WHERE {serial} >= {{start}}"""
        for letter, move in zip("iqy", ("assign", "check", "report"), strict=True)
    ]
    return [cases, clocks, items, slips, *steps]


def _digits(first: int, number: str, length: int = 13) -> str:
    """SQL of a number with zeros before it, or another first digit."""
    return f"substr(CAST({10**length + first * 10 ** (length - 1)} + {number} AS text), 2)"


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
    print(f"\n{'page':<60}{'ms':>7}{'queries':>9}{'rows':>7}{'read':>9}")
    for pattern, (queries, rows) in PAGES.items():
        address = pattern.replace("UNIT", district.units[7].id)
        assert client.get(address).status_code == 200, address
        cost = cost_of(lambda address=address: client.get(address))
        print(f"{pattern:<60}{cost.ms:>7.0f}{cost.queries:>9}{cost.rows:>7}{cost.read:>9}")
        if cost.queries > queries or cost.rows > rows:
            wrong.append(
                f"{address}: {cost.queries} queries, {cost.rows} rows; {queries} and {rows} are allowed"
            )
    return wrong


if __name__ == "__main__":
    sys.exit(main())
