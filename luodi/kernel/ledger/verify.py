"""Find what an opponent with the database's password would do, and name the event, row, file or trigger it was done to.

Recomputes every digest, leaf and root; rebuilds rows from their events and compares; hashes kept files again; checks signatures,
published tiles, triggers and the database's own integrity. Reads one snapshot, so that it can run beside a working server, and
needs little memory however long the log is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from luodi.kernel.ledger import guards, keys
from luodi.kernel.ledger.findings import UNREADABLE, Finding, snapshot
from luodi.kernel.ledger.notes import NotANote, VerifierKey
from luodi.kernel.ledger.scratch import Scratch
from luodi.kernel.ledger.verify_events import check_events
from luodi.kernel.ledger.verify_files import check_files
from luodi.kernel.ledger.verify_log import LogCheck, published
from luodi.kernel.ledger.verify_rows import check_rows

__all__ = ["Finding", "verify"]


def verify(
    data: Path | None = None, since: str | None = None, key: VerifierKey | None = None
) -> list[Finding]:
    """Everything found, the not sealed events included; all is well where no finding ``is_wrong``.

    ``since`` is the text of a checkpoint kept earlier, elsewhere: the log must still begin with what it signed. ``key`` is the
    pinned key; by default the installation's own, which an opponent who has the whole machine has, too.
    """
    data = Path(settings.DATA) if data is None else data
    found: list[Finding] = []
    # before the snapshot: what was published by now is in it
    note = published(data)
    key = key or _own_key(data, found, must_be_there=bool(note))
    scratch = Scratch()
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("database", check_database),
        ("triggers", check_triggers),
        ("events", lambda: check_events(scratch)),
        ("log", lambda: LogCheck(data, key, note, since).findings()),
        ("rows", lambda: check_rows(scratch)),
        ("files", lambda: check_files(data)),
    )
    try:
        with snapshot():
            for name, check in checks:
                _run(name, check, found)
    except DatabaseError as error:
        found.append(Finding("database-unreadable", "database", f"数据库打不开：{error}"))
    finally:
        scratch.close()
    return found


def _own_key(data: Path, found: list[Finding], *, must_be_there: bool) -> VerifierKey | None:
    name = keys.PRIVATE.as_posix()
    try:
        key = keys.existing_verifier_key(data)
    except NotANote as error:
        found.append(Finding("key-changed", name, f"日志的密钥被改动过：{error}"))
        return None
    if key is None and must_be_there:
        found.append(
            Finding("key-missing", name, "日志的密钥不在：签名无从核对。请从另存的地方取回，或给出公钥。")
        )
    return key


def _run(name: str, check: Callable[[], Iterator[Finding]], found: list[Finding]) -> None:
    """One check to its end, or to where the database gives up: that, too, is a finding."""
    # PostgreSQL answers nothing more in a transaction after an error, unless it goes back to before it
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT luodi_check")
        try:
            found.extend(check())
        except UNREADABLE as error:
            found.append(Finding("database-unreadable", name, f"数据库读不下去：{error}"))
            cursor.execute("ROLLBACK TO SAVEPOINT luodi_check")
        cursor.execute("RELEASE SAVEPOINT luodi_check")


def check_database() -> Iterator[Finding]:
    """What the database says of itself. PostgreSQL checks its pages when it reads them, where it was set up so."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(50)")
        lines = [str(line) for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        broken = cursor.fetchmany(50)
    yield from (Finding("database-integrity", "luodi.sqlite3", line) for line in lines)
    for table, row, parent, _ in broken:
        yield Finding("database-reference", f"{table} #{row}", f"指向 {parent} 的一行不在了。")


def check_triggers() -> Iterator[Finding]:
    """Triggers that are gone, off or altered: the ledger's own, and those of parts built upon it."""
    for name in (
        *guards.missing(connection),
        *(name for missing in _elsewhere for name in missing(connection)),
    ):
        yield Finding(
            "trigger",
            f"trigger {name}",
            "触发器不在、被停用或被改动过。执行 bin/luodi doctor --mend 会重新建立。",
        )


_elsewhere: list[Callable[[BaseDatabaseWrapper], Iterable[str]]] = []


def watch_triggers(missing: Callable[[BaseDatabaseWrapper], Iterable[str]]) -> None:
    """Have ``verify`` name what ``missing`` tells of a connection: a part's own triggers that are gone or altered."""
    if missing not in _elsewhere:
        _elsewhere.append(missing)
