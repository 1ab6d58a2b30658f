"""A district from SQLite to PostgreSQL and back through a back-up: the same rows, the same root."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line.districts import district
from tests.command_line.served import district_environment, free_port, served
from tests.database import Cluster, postgresql_programs


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one that is given, or one of our own."""
    given = os.environ.get("LUODI_TEST_POSTGRES")
    if given:
        yield given
        return
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here")
    cluster = Cluster(programs)
    yield cluster.url
    cluster.stop()


@pytest.fixture
def target(server: str) -> Iterator[str]:
    """The address of an empty database."""
    import psycopg

    name = f"luodi_move_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        opened.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    yield f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def test_a_moved_district_is_the_same(demonstration: Path, target: str, tmp_path: Path) -> None:
    import psycopg

    root = newest_root(demonstration)
    moved = district("move", "--to", target, "--data", demonstration)
    assert moved.code == 0, moved.err
    with psycopg.connect(target) as opened:
        newest = opened.execute(
            "SELECT root FROM luodi_ledger_checkpoint ORDER BY size DESC LIMIT 1"
        ).fetchone()
    assert newest == (root,)
    there = {"LUODI_DATABASE_URL": target}
    verified = district("verify", "--data", demonstration, more=there)
    assert (verified.code, verified.out) == (0, b""), verified.text

    # who starts the old one by mistake is told where it went
    refused = district("up", "--data", demonstration)
    assert (refused.code, "(moved)" in refused.err) == (3, True)

    # and what is written there from now on counts on
    page = tmp_path / "new.txt"
    page.write_text("青岚区发布消息\n\n　　今年底前新建口袋公园5个。\n", encoding="utf-8")
    assert district("intake", page, "--data", demonstration, more=there).code == 0
    assert district("verify", "--data", demonstration, more=there).code == 0
    assert district("doctor", "--data", demonstration, more=there).code == 0

    # a back-up of it can be restored where there is no PostgreSQL
    backup = tmp_path / "from-postgresql.luodi"
    made = district("backup", backup, "--data", demonstration, more=there)
    assert made.code == 0, made.err
    new = tmp_path / "new"
    (new / "keys").mkdir(parents=True, mode=0o700)
    for key in (demonstration / "keys").iterdir():
        (new / "keys" / key.name).write_bytes(key.read_bytes())
        (new / "keys" / key.name).chmod(0o600)
    restored = district("restore", backup, "--data", new)
    assert restored.code == 0, restored.err + restored.text


def test_what_copies_knows_every_table(empty: Path) -> None:
    """A model that no module of models names is known only where something else imports it: not to a copy, not to a back-up."""
    script = (
        "import django; django.setup(); from luodi.website import copying; "
        "print(*(model._meta.db_table for model in copying.tables()))"
    )
    environment = {
        **district_environment(),
        "LUODI_DATA": str(empty),
        "DJANGO_SETTINGS_MODULE": "luodi.website.settings",
    }
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    opened = sqlite3.connect(empty / "luodi.sqlite3")
    made = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    opened.close()
    # the index is made anew by its own engine, the tally of cases is counted by triggers while rows come in
    beside = {name for name in made if name.startswith(("sqlite_", "luodi_search"))}
    beside |= {"django_migrations", "luodi_cases_tally"}
    assert made - beside == set(said.stdout.split())


def test_a_full_database_is_left_alone(demonstration: Path, target: str) -> None:
    import psycopg

    with psycopg.connect(target, autocommit=True) as opened:
        opened.execute("CREATE TABLE other (a int)")
    refused = district("move", "--to", target, "--data", demonstration)
    assert (refused.code, "(target-not-empty)" in refused.err) == (3, True)
    assert (demonstration / "luodi.sqlite3").exists()
    new = district("prepare", "--data", demonstration.parent / "x", more={"LUODI_DATABASE_URL": target})
    assert (new.code, "(database-not-empty)" in new.err) == (3, True)


def test_what_serves_is_not_moved(demonstration: Path, target: str) -> None:
    with served(demonstration, "--port", str(free_port())) as up:
        refused = district("move", "--to", target, "--data", demonstration)
        assert refused.code == 3
        assert up.address in refused.err


def test_a_wrong_address_is_said(demonstration: Path) -> None:
    for url, code in (
        ("mysql://here/x", "bad-target"),
        ("postgresql://127.0.0.1:1/none", "database-unreachable"),
    ):
        refused = district("move", "--to", url, "--data", demonstration)
        assert (refused.code, f"({code})" in refused.err) == (3, True), refused.err


def newest_root(data: Path) -> str:
    opened = sqlite3.connect(data / "luodi.sqlite3")
    try:
        return str(
            opened.execute("SELECT root FROM luodi_ledger_checkpoint ORDER BY size DESC LIMIT 1").fetchone()[
                0
            ]
        )
    finally:
        opened.close()
