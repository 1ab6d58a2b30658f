"""Key projects by the thousand, with years of months: what each list and page costs in queries, rows and reading, and how long.

    python bench/projects.py [--projects N] [--months N] [--database postgresql]

Rows are written bare (``project_rows.py``) in a scratch data folder; PostgreSQL is the server that LUODI_TEST_POSTGRES names, in
a scratch database that is dropped. Ends with 1 where a page takes more queries or fetches more rows than stands in ``PAGES``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import cost, project_rows  # noqa: E402
from bench.board import SCRATCH, Bound, _on_server  # noqa: E402
from bench.project_rows import DAY  # noqa: E402

# what tests/areas/projects/test_size.py holds of small districts holds of this one
PAGES: dict[str, Bound] = {
    "ledger": Bound(40, 4_200),
    "ledger, red": Bound(40, 4_200),
    "ledger, last page": Bound(40, 4_200),
    "ledger, one unit": Bound(40, 1_200),
    "ledger, by words": Bound(42, 4_200),
    "wall": Bound(36, 6_000),
    "late": Bound(30, 500),
    "leading": Bound(40, 1_000),
    "project": Bound(60, 400),
    "public list": Bound(24, 2_000),
    "public list, red": Bound(24, 2_000),
    "public list, one place": Bound(24, 2_000),
    "public project": Bound(40, 300),
    "feed": Bound(10, 300),
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
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="luodi-bench-")
    os.environ |= {"LUODI_DATA": folder, "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    server = os.environ.get("LUODI_TEST_POSTGRES", "")
    try:
        if given.database == "postgresql":
            _on_server(server, f'CREATE DATABASE "{SCRATCH}"')
            os.environ["LUODI_DATABASE_URL"] = server.rpartition("/")[0] + "/" + SCRATCH
        return _measured(given.projects, given.months)
    finally:
        shutil.rmtree(folder)
        if given.database == "postgresql":
            _on_server(server, f'DROP DATABASE IF EXISTS "{SCRATCH}" WITH (FORCE)')


def _measured(projects: int, months: int) -> int:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    from luodi.areas.projects import standing_rows
    from luodi.areas.projects.standing_models import MonthStanding
    from luodi.kernel.clocks.now import SHANGHAI, held_at

    with held_at(dt.datetime.combine(DAY, dt.time(9), SHANGHAI)):
        began = time.perf_counter()
        made = project_rows.fill(project_rows.found(months), projects)
        if connection.vendor == "postgresql":
            # as its own autovacuum does after a while; SQLite must do without
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        taken = time.perf_counter() - began
        print(
            f"{projects:,} projects × {months} months: {MonthStanding.objects.count():,} standings, {taken:.0f} s"
        )
        began = time.perf_counter()
        wrong = standing_rows.differing()
        print(f"doctor reckons all anew in {time.perf_counter() - began:.0f} s; differing: {wrong}")
        well = _pages(made)
    connection.close()
    return 0 if all(well) and not any(wrong) else 1


def _pages(made: project_rows.Filled) -> list[bool]:
    """Each page first and again; whether it stayed within its bounds."""
    from django.db import connection

    read = "steps÷100" if connection.vendor == "sqlite" else "rows read"
    print(f"\n{'page':<26}{'first ms':>10}{'again ms':>10}{'queries':>9}{'rows':>7}{read:>11}")
    well = []
    for name, address in addresses(made).items():
        client = client_for(made, name)

        def get(address: str = address, client: Any = client) -> None:
            answer = client.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"

        first, again = cost.cost_of(get), cost.cost_of(get)
        bound = PAGES[name]
        within = again.queries <= bound.queries and again.rows <= bound.rows
        print(
            f"{name:<26}{first.ms:>10.1f}{again.ms:>10.1f}{again.queries:>9}{again.rows:>7}{again.read:>11}"
            f"{'' if within else f'  more than {bound.queries} queries or {bound.rows} rows'}"
        )
        well.append(within)
    return well


if __name__ == "__main__":
    sys.exit(main())
