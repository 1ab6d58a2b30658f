"""Key projects by the thousand, with years of months: what each list and page costs in queries, rows and reading, and how long.

    python bench/projects.py [--projects N] [--months N] [--database postgresql]

Rows are written bare (``project_rows.py``) in a scratch data folder; PostgreSQL is the server that LUODI_TEST_POSTGRES names, in
a scratch database that is dropped. Every page is asked for twice over: with a fifth of the projects, and with all. Ends with 1
where a page takes more queries or fetches more rows than stands in ``PAGES``, or where the database reads more for it with more
projects, but for what ``COUNTED`` names.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import project_rows  # noqa: E402
from bench.cost import Cost  # noqa: E402
from bench.page_costs import Bound, Page, told  # noqa: E402
from bench.project_rows import DAY  # noqa: E402
from bench.scratch import ENGINES, scratch_district, settled  # noqa: E402

FEWER = 5  # so many times fewer projects are measured first
MOST_GROWN = 2  # times as much may be read: indexes are deeper
# rows a project, on PostgreSQL: tables with one row a project it reads whole, since that is quicker; never those of the months
WHOLE = 5
# a choice by unit, place or words looks at every file once, the last page at every entry before it, and loads are counted over
# all who are led and shown of every leader: these may read as many times more as there are more projects
COUNTED = {"ledger, one unit", "ledger, by words", "ledger, last page", "leading", "public list, one place"}
# what tests/areas/projects/test_size.py holds of small districts holds of this one
PAGES: dict[str, Bound] = {
    "ledger": Bound(32, 3_600),
    "ledger, red": Bound(32, 3_600),
    "ledger, last page": Bound(32, 3_800),
    "ledger, one unit": Bound(32, 900),
    "ledger, by words": Bound(32, 3_600),
    "wall": Bound(28, 2_000),
    "late": Bound(18, 300),
    "leading": Bound(38, 1_300),
    "project": Bound(60, 700),
    "public list": Bound(24, 2_000),
    "public list, red": Bound(24, 2_000),
    "public list, one place": Bound(24, 2_000),
    "public project": Bound(40, 200),
    "feed": Bound(14, 800),
}


def addresses(made: project_rows.Filled, length: int = 100) -> dict[str, str]:
    """Where each of ``PAGES`` is, with so many rows on a page."""
    desk, pages = "/desk/projects", max(1, made.projects * 4 // 5 // length)
    return {
        "ledger": desk,
        "ledger, red": f"{desk}?light=red",
        "ledger, last page": f"{desk}?page={pages}",
        "ledger, one unit": f"{desk}?unit={made.lone_unit.id}",
        "ledger, by words": f"{desk}?q=2601-",
        "wall": f"{desk}/wall",
        "late": f"{desk}/late",
        "leading": f"{desk}/leading",
        "project": f"{desk}/{made.lone_file}",
        "public list": "/projects",
        "public list, red": "/projects?light=red",
        "public list, one place": f"/projects?place={made.places[3].id}",
        "public project": f"/g/{made.last}",
        "feed": "/projects.atom",
    }


def client_for(made: project_rows.Filled, name: str) -> Any:
    """A browser for a page of that name: the office's, the leader's own for hers, nobody's for the public's."""
    from django.test import Client

    client = Client()
    if name == "leading":
        client.force_login(made.leader)
    elif not name.startswith(("public", "feed")):
        client.force_login(made.account)
    return client


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--projects", type=int, default=5_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    given = parser.parse_args()
    with scratch_district(given.database):
        return _measured(given.projects, given.months)


def _measured(projects: int, months: int) -> int:
    from luodi.kernel.clocks.now import SHANGHAI, held_at

    with held_at(dt.datetime.combine(DAY, dt.time(9), SHANGHAI)):
        made = project_rows.found(months)
        few, well = _filled_to(made, projects // FEWER)
        many, well_still = _filled_to(made, projects)
    grown = {name: cost.read / max(1, few[name].read) for name, cost in many.items()}
    print(f"\nread of {projects:,} beside {projects // FEWER:,}:")
    for name, times in grown.items():
        print(f"{name:<26}{times:>6.1f} times{'  (counts them)' if name in COUNTED else ''}")
    too_much = [name for name, cost in many.items() if cost.read > allowed(name, few[name], projects)]
    if too_much:
        print(f"reads more where there are more projects: {', '.join(too_much)}")
    return 0 if well and well_still and not too_much else 1


def allowed(name: str, few: Cost, projects: int) -> int:
    """How much may be read for a page, going by what it took with ``FEWER`` times fewer projects."""
    from django.db import connection

    whole = WHOLE * projects if connection.vendor == "postgresql" else 0
    return (FEWER if name in COUNTED else MOST_GROWN) * few.read + whole + 20


def _filled_to(made: project_rows.Filled, projects: int) -> tuple[dict[str, Cost], bool]:
    """Write as many as are missing, and ask for each page; what each cost, and whether all was within its bounds."""
    from luodi.areas.projects import standing_rows
    from luodi.areas.projects.standing_models import MonthStanding

    began = time.perf_counter()
    project_rows.fill(made, projects - made.projects, seed=projects)
    settled()
    taken = time.perf_counter() - began
    rows = MonthStanding.objects.count()
    print(f"\n{projects:,} projects × {made.months} months: {rows:,} standings, {taken:.0f} s")
    began = time.perf_counter()
    wrong = standing_rows.differing()
    print(f"doctor reckons all anew in {time.perf_counter() - began:.0f} s; differing: {wrong}")
    pages = [Page(name, address, client_for(made, name)) for name, address in addresses(made).items()]
    costs, beyond = told(pages, PAGES)
    return costs, not beyond and not any(wrong)


if __name__ == "__main__":
    sys.exit(main())
