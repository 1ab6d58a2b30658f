"""Databases for tests: one migrated template a session, and copies of it; both engines; nothing written outside an action.

``--database=sqlite`` (default) or ``postgresql``. PostgreSQL is the server that LUODI_TEST_POSTGRES names, else a cluster of its
own on a free port, gone afterwards; only tests that use a database run there. Ordinary tests (``db``) run in a transaction that
is taken back, on one copy a session. ``committed_database`` gives a test a copy of its own, where commits are real, with its own
data folder. Nothing ever flushes.
"""

from __future__ import annotations

import copy
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.once import made_once

ENGINES = ("sqlite", "postgresql")
# written without an event, by the parts named: the log itself, the search index and tables derived from rows, log-ins
_DERIVED = {
    "luodi_ledger_leaf": "kernel.ledger.sealing",
    "luodi_ledger_checkpoint": "kernel.ledger.sealing",
    "luodi_ledger_unsealed": "kernel.ledger.sealing",
    "luodi_accounts_account": "kernel.accounts: password hashes, last log-in, second factor",
    "luodi_accounts_ticket": "kernel.accounts: invitations and resets",
    "luodi_commitments_standing": "kernel.commitments: computed from its rows",
    "luodi_cases_tally": "kernel.cases.tallying: counted by triggers from its rows, anew where these were gone",
    "luodi_review_lease": "kernel.review: who looks at what just now; runs out by itself, decides nothing",
    "luodi_review_set_aside": "kernel.review: one reviewer's own order of work, no judgement",
    # that a file waits or was refused changes nothing of the district's; what it becomes is an act, and is settled inside it
    "luodi_jobs_job": "kernel.jobs.actions: how far long work has come",
    "luodi_jobs_item": "kernel.jobs.actions: what waits, and what came of it",
    "luodi_documents_second_asked": "kernel.documents.second.asking: how far a question has come; the answer is an act",
}
# what programs were answered, whom people were told: operational, forgotten by itself, without weight in any case
_DERIVED_PREFIXES = ("luodi_search_", "luodi_api_", "luodi_notices_")
_WRITES = re.compile(
    r"""^\s*(?:WITH\b.*?\)\s*)?(INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)
    \s+["']?(luodi_\w+)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


_USES = frozenset({"db", "transactional_db", "django_db_setup", "database_template", "committed_database"})


def belongs_on(engine: str, item: pytest.Item) -> bool:
    """Whether the test says something of ``engine``: of the default one every test does, unless it names others."""
    if marker := item.get_closest_marker("only_on"):
        return engine in marker.args
    uses = _USES.intersection(getattr(item, "fixturenames", ()))
    return engine == ENGINES[0] or bool(uses) or item.get_closest_marker("django_db") is not None


class WrittenOutside(AssertionError):  # noqa: N818
    """Somebody wrote rows without an event; the message holds the statement."""


class Guard:
    """An execute wrapper: no write to a Luodi table outside an open action, and one event an action."""

    def __init__(self) -> None:
        self._last: Any = None  # kept, so that no later action can have its identity

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := _WRITES.match(sql):
            self._judge(found[2].lower(), sql)
        return execute(sql, params, many, context)

    def _judge(self, table: str, sql: str) -> None:
        from luodi.kernel.ledger import action

        if table in _DERIVED or table.startswith(_DERIVED_PREFIXES):
            return
        act = action._open.get()
        if act is None:
            raise WrittenOutside(f"{table} was written outside an action: {sql[:200]}")
        if table == "luodi_ledger_event":
            if act.event is not None or self._last is act:
                raise WrittenOutside(f"the action {act.kind} wrote a second event")
            self._last = act


@contextmanager
def unguarded() -> Iterator[None]:
    """Within, this thread's connection writes whatever it is told: for tests that play the opponent."""
    from django.db import connection

    kept = connection.execute_wrappers[:]
    connection.execute_wrappers[:] = [w for w in kept if not isinstance(w, Guard)]
    try:
        yield
    finally:
        connection.execute_wrappers[:] = kept


def watch_every_connection() -> None:
    """Put the guard on this thread's connection and on every one opened from now on."""
    from django.db import connections
    from django.db.backends.signals import connection_created

    connection_created.connect(_watch, dispatch_uid="tests.database.guard")
    for connection in connections.all():
        _watch(connection=connection)


def _watch(connection: Any, **_: Any) -> None:
    if not any(isinstance(wrapper, Guard) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(Guard())


class Template:
    """A migrated database to copy from."""

    def __init__(self, folder: Path, factory: pytest.TempPathFactory) -> None:
        from django.db import connection

        self.folder = folder
        self.connection = connection
        self.vendor = connection.vendor
        self._count = 0
        self._stem = f"luodi_test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        if self.vendor == "sqlite":
            self.name = str(made_once(factory, "template", self._migrated_file))
        else:
            self.name = self._empty("template")
            self._migrate(self.name)

    def _migrated_file(self, file: Path) -> None:
        """Migrating takes seconds: one file for all workers."""
        self._migrate(str(file))
        # whatever the journal holds belongs into the file that is copied
        with sqlite3.connect(file) as plain:
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plain.close()

    def _migrate(self, name: str) -> None:
        from django.core.management import call_command

        with self.using(name):
            call_command("migrate", verbosity=0, interactive=False)

    @contextmanager
    def using(self, name: str) -> Iterator[None]:
        """Point Django at the database ``name``."""
        before = self.connection.settings_dict["NAME"]
        self.point_at(name)
        try:
            yield
        finally:
            self.point_at(before)

    def point_at(self, name: str) -> None:
        """Close what is open and use the database ``name`` from now on."""
        self.connection.close()
        self.connection.settings_dict["NAME"] = name

    def copy(self) -> str:
        """A new database like the template; its name."""
        self._count += 1
        if self.vendor == "sqlite":
            name = str(self.folder / f"copy{self._count}.sqlite3")
            shutil.copyfile(self.name, name)
            return name
        return self._empty(f"copy{self._count}", self.name)

    def drop(self, name: str) -> None:
        """Remove a database made here."""
        if self.vendor == "sqlite":
            for ending in ("", "-wal", "-shm"):
                Path(name + ending).unlink(missing_ok=True)
        else:
            self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _empty(self, what: str, template: str = "template0") -> str:
        if self.vendor == "sqlite":
            return str(self.folder / f"{what}.sqlite3")
        name = f"{self._stem}_{what}"
        self.drop(name)
        locale = " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" if template == "template0" else ""
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{locale}')
        return name

    def _administer(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(os.environ["LUODI_TEST_POSTGRES"], autocommit=True) as server:
            server.execute(statement)


@pytest.fixture(scope="session")
def database_template(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, django_test_environment: None
) -> Iterator[Template]:
    """The migrated template of this session."""
    with django_db_blocker.unblock():
        template = Template(tmp_path_factory.mktemp("databases"), tmp_path_factory)
        yield template
        template.connection.close()
        if template.vendor != "sqlite":  # a file lies in the run's scratch folder, and others still copy it
            template.drop(template.name)


@pytest.fixture(scope="session")
def django_db_setup(database_template: Template, django_db_blocker: Any) -> Iterator[None]:
    """One copy for all tests that take back what they wrote (pytest-django's ``db``)."""
    before = database_template.connection.settings_dict["NAME"]
    name = database_template.copy()
    with django_db_blocker.unblock():
        database_template.point_at(name)
        watch_every_connection()
    yield
    with django_db_blocker.unblock():
        database_template.point_at(before)
        database_template.drop(name)


@contextmanager
def standing(blocker: Any, folder: Path, build: Callable[[], Any]) -> Iterator[Callable[[Path], Any]]:
    """Within, what ``build`` wrote stands for every test of a module that takes back its own. For a fixture of module scope, in a
    module whose every test with a database begins from it.

    Gives what is called at the beginning of a test, with its data folder: a copy of what ``build`` gave, and of its files.
    """
    from django.conf import settings
    from django.db import transaction

    before, whole = settings.DATA, transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
    try:
        settings.DATA = folder
        with blocker.unblock():
            made = build()
        settings.DATA = before

        def begun(data: Path) -> Any:
            shutil.copytree(folder, data, dirs_exist_ok=True)
            return copy.deepcopy(made)

        yield begun
    finally:
        settings.DATA = before
        with blocker.unblock():
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


@pytest.fixture
def data_folder(tmp_path: Path, settings: Any) -> Path:
    """A data folder of the test's own, known to the settings."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.DATA = folder
    return folder


@pytest.fixture
def committed_database(
    request: pytest.FixtureRequest,
    database_template: Template,
    django_db_setup: None,
    django_db_blocker: Any,
    data_folder: Path,
) -> Iterator[Path]:
    """A database of the test's own, where commits are real; gives the data folder (SQLite's file is in it: luodi.sqlite3)."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        pytest.fail("committed_database is a database of its own: leave django_db and db away")
    before = database_template.connection.settings_dict["NAME"]
    name = database_template.copy()
    if database_template.vendor == "sqlite":
        there = str(data_folder / "luodi.sqlite3")
        os.replace(name, there)
        name = there
    with django_db_blocker.unblock():
        database_template.point_at(name)
        try:
            yield data_folder
        finally:
            database_template.point_at(before)
            database_template.drop(name)


class Cluster:
    """A PostgreSQL server of our own on a free port, in a scratch folder; gone with ``stop``."""

    def __init__(self, programs: Path) -> None:
        import pwd
        import socket
        import subprocess
        import tempfile

        self.folder = Path(tempfile.mkdtemp(prefix="luodi-postgresql-"))
        self.programs = programs
        # the server refuses to run as root, so there it is the packaged user's
        self.prefix: list[str] = []
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.prefix = ["runuser", "-u", "postgres", "--"]
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._run = lambda *command: subprocess.run(
            [*self.prefix, *map(str, command)], check=True, cwd=self.folder, stdout=subprocess.DEVNULL
        )
        self._run(
            programs / "initdb",
            "-D",
            self.folder / "data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run(
            programs / "pg_ctl",
            "-D",
            self.folder / "data",
            "-l",
            self.folder / "log",
            "-o",
            options,
            "-w",
            "start",
        )
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._run(self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def postgresql_programs() -> Path | None:
    """Where initdb and pg_ctl lie, the newest first; ``None`` where PostgreSQL's server is not installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]), reverse=True
    )
    on_path = shutil.which("pg_ctl")
    return found[0].parent if found else Path(on_path).parent if on_path else None


def prepare_settings(engine: str) -> Cluster | None:
    """Point the settings at a scratch data folder and at ``engine``, before Django reads them. The cluster made, if one was.

    Raises ``pytest.UsageError`` where PostgreSQL is asked for and there is none.
    """
    import tempfile

    os.environ["DJANGO_SETTINGS_MODULE"] = "luodi.website.settings"
    for name in [name for name in os.environ if name.startswith("LUODI_") and name != "LUODI_TEST_POSTGRES"]:
        del os.environ[name]
    os.environ["LUODI_DATA"] = tempfile.mkdtemp(prefix="luodi-test-")
    if engine == "sqlite":
        return None
    cluster = None
    if not os.environ.get("LUODI_TEST_POSTGRES"):
        programs = postgresql_programs()
        if programs is None:
            raise pytest.UsageError(
                "--database=postgresql: no server; install one or set LUODI_TEST_POSTGRES to an address"
            )
        cluster = Cluster(programs)
        os.environ["LUODI_TEST_POSTGRES"] = cluster.url
    os.environ["LUODI_DATABASE_URL"] = os.environ["LUODI_TEST_POSTGRES"]
    return cluster
