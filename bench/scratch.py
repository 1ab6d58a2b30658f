"""An empty district to measure on: a scratch data folder, on PostgreSQL a scratch database too, both taken away afterwards."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENGINES = ("sqlite", "postgresql")


@contextmanager
def scratch_district(engine: str) -> Iterator[Path]:
    """A migrated, empty database of one of ``ENGINES``; gives the data folder. Once a process: Django is set up within.

    PostgreSQL is the server that LUODI_TEST_POSTGRES names; where it names none, the process ends.
    """
    server, name = os.environ.get("LUODI_TEST_POSTGRES", ""), f"luodi_bench_{os.getpid()}"
    is_served = engine == "postgresql"
    if is_served and not server:
        sys.exit("LUODI_TEST_POSTGRES names no server")
    folder = Path(tempfile.mkdtemp(prefix="luodi-bench-"))
    os.environ |= {"LUODI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    try:
        if is_served:
            # as the tests' own databases are; another order of letters would be the server's, not Luodi's
            locale = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            administer(server, f'CREATE DATABASE "{name}" {locale}')
            os.environ["LUODI_DATABASE_URL"] = f"{server.rpartition('/')[0]}/{name}"
        _migrate()
        yield folder
    finally:
        _close()
        shutil.rmtree(folder, ignore_errors=True)
        if is_served:
            administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def settled() -> None:
    """Let PostgreSQL clean up and count after many rows, as it does of itself after a while; SQLite must do without."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def administer(server: str, statement: str) -> None:
    """Run one statement on the server's own database."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(statement)


def _close() -> None:
    from django.conf import settings
    from django.db import connection

    if settings.configured:  # it may have failed before
        connection.close()


def _migrate() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
