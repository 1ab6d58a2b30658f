"""Run by ``test_kills.py`` in a process of its own: stops a copy of a district at one counted SQL statement, commit or file write
after the other, and tells what was then found. Prints a line of JSON for each point.

    python -m tests.kernel.kill_points DATA POINTS LIFE

LIFE is a module that says what is done: ``found``, ``acts``, ``models`` (what each act tells of), ``stale`` (what is derived
and does not fit).

DATA is an empty prepared district; LUODI_DATABASE_URL is set where it is on PostgreSQL. A child is forked for each point. It
works until the counted point (half of the bytes written where that is a write) and stands still there, having told over a pipe
each act that it was told had been done. Its folder is copied as it then is, database and journal, and it is killed with
SIGKILL. Further children open what is left, and the copy, as a restart would. (A database on a server is copied by nobody but
the server.)
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Tell = Callable[[str], None]
LIFE: Any = None


def main(data: Path, points: int) -> None:
    """Count first, then stop at ``points`` places spread evenly over what was counted."""
    os.environ |= {"LUODI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    import django

    django.setup()
    place = Place(data)
    _in_child(_found)
    with tempfile.TemporaryDirectory(dir=data.parent) as scratch:
        total = _counted(_stopped(place, Path(scratch), 0)[0])
        chosen = sorted({1 + round(k * (total - 1) / max(points - 1, 1)) for k in range(points)})
        for point in chosen:
            told, at, left = _stopped(place, Path(scratch), point)
            for there in left:
                found = json.loads(
                    _in_child(lambda tell, there=there, told=told: _look(there, told, tell))[-1]
                )
                line = {"point": point, "of": total, "at": at, "is_copy": there != left[0]}
                print(json.dumps({**line, "told": told, **found}), flush=True)
                there.clear()


class Place:
    """A district's folder and the name of its database; can be copied."""

    def __init__(self, data: Path, name: str = "") -> None:
        from django.conf import settings

        self.data = data
        self.url = str(os.environ.get("LUODI_DATABASE_URL", ""))
        self.name = name or str(settings.DATABASES["default"]["NAME"])

    def copy(self, data: Path) -> Place:
        """The same in another folder and another database."""
        shutil.copytree(self.data, data)
        if not self.url:
            return Place(data, str(data / "luodi.sqlite3"))
        name = f"{self.name}_{data.name}"
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return Place(data, name)

    def clear(self) -> None:
        """Take it away."""
        shutil.rmtree(self.data)
        if self.url:
            self._administer(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def enter(self) -> None:
        """Point Django at it."""
        from django.conf import settings
        from django.db import connection

        settings.DATA = self.data
        connection.settings_dict["NAME"] = self.name

    def _administer(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"{self.url.rpartition('/')[0]}/postgres", autocommit=True) as server:
            server.execute(statement)


def _stopped(place: Place, scratch: Path, point: int) -> tuple[list[str], str, list[Place]]:
    """What a child told before it stopped at ``point``, what it was about to do there, the place where it worked and its copy.

    Point 0: it never stops; then the last lines are what it imported and the count.
    """
    there = place.copy(scratch / str(point))
    left = [there]

    def stands_still() -> None:
        if not place.url:
            shutil.copytree(there.data, scratch / f"{point}-copy")
            left.append(Place(scratch / f"{point}-copy", str(scratch / f"{point}-copy" / "luodi.sqlite3")))

    told = _in_child(lambda tell: _live(there, point, tell), stands_still)
    at = told.pop().removeprefix("at ") if told and told[-1].startswith("at ") else ""
    if point == 0:
        there.clear()
    return told, at, left


def _in_child(work: Callable[[Tell], None], stands_still: Callable[[], None] = lambda: None) -> list[str]:
    """The lines that ``work`` told in a forked process. Where that stopped itself it is killed, after ``stands_still``."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reads)
        code = 1
        try:
            work(lambda line: _write(writes, line))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writes)
    _, status = os.waitpid(pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        stands_still()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    # a few lines, which a pipe holds
    with os.fdopen(reads, encoding="utf-8") as opened:
        lines = opened.read().splitlines()
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"a child failed after {lines}")
    return lines


def _write(writes: int, line: str) -> None:
    os.write(writes, f"{line}\n".encode())


def _found(tell: Tell) -> None:
    """What the acts need, in the district that is then copied."""
    from django.db import connection

    LIFE.found()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    tell("founded")


def _live(place: Place, point: int, tell: Tell) -> None:
    """The acts of the life; each told when it is through."""
    from django.db import connection

    place.enter()
    counter = _Counter(point, tell)
    connection.ensure_connection()
    connection.execute_wrappers.append(counter.statement)
    connection._commit = counter.counted("COMMIT", connection._commit)  # type: ignore[method-assign]
    for name in ("fsync", "replace", "link", "unlink", "chmod"):
        setattr(os, name, counter.counted(name, getattr(os, name)))
    os.fdopen = counter.opening(os.fdopen)  # type: ignore[assignment]
    Path.open = counter.opening(Path.open)  # type: ignore[method-assign]
    LIFE.acts(place.data, tell)
    _tell_the_end(counter, tell)


def _tell_the_end(counter: _Counter, tell: Tell) -> None:
    """What has been imported on the way, and how many steps were counted."""
    tell(" ".join(sorted(name for name in sys.modules if name.startswith("luodi."))))
    tell(str(counter.count))


def _counted(told: list[str]) -> int:
    """The count of a child that never stopped. What it imported is imported here, so that no later child does it again."""
    *_, imported, count = told
    for name in imported.split():
        import_module(name)
    return int(count)


class _Counter:
    """Counts what could be interrupted and stops the process before one of them."""

    def __init__(self, point: int, tell: Tell) -> None:
        self.point, self.count, self._tell = point, 0, tell

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._step(sql)
        return execute(sql, params, many, context)

    def counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self._step(name)
            return function(*given, **named)

        return call

    def opening(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Files opened by ``function`` are written in two halves, and the stop may come between them."""

        def opened(*given: Any, **named: Any) -> Any:
            file = function(*given, **named)
            if file.writable():
                file = _Halves(file, lambda: self._step("write"))
            return file

        return opened

    def _step(self, what: str) -> None:
        self.count += 1
        if self.count == self.point:
            self._tell(f"at {' '.join(what.split()[:3])}")
            os.kill(os.getpid(), signal.SIGSTOP)


class _Halves:
    """A file that writes half, has that seen by everybody, and then the rest."""

    def __init__(self, file: Any, between: Callable[[], None]) -> None:
        self._file, self._between = file, between

    def write(self, raw: Any) -> int:
        self._file.write(raw[: len(raw) // 2])
        self._file.flush()
        self._between()
        self._file.write(raw[len(raw) // 2 :])
        return len(raw)

    def __enter__(self) -> _Halves:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _look(place: Place, told: list[str], tell: Tell) -> None:
    """What a restart finds: losses, half things, and whether what is derived still fits the rows."""
    from luodi.kernel.ledger.sealing import seal
    from luodi.kernel.ledger.verify import verify

    place.enter()
    models = LIFE.models()
    lost = [
        line
        for line in told
        if line.split()[0] in models
        and not models[line.split()[0]].objects.filter(pk=line.split()[1]).exists()
    ]
    wrong = [str(finding) for finding in verify(place.data) if finding.is_wrong]
    stale = LIFE.stale()
    seal(place.data)
    after = [str(finding) for finding in verify(place.data)]
    counts = {name: model.objects.count() for name, model in models.items()}
    tell(json.dumps({"lost": lost, "wrong": wrong, "stale": stale, "after": after, "counts": counts}))


if __name__ == "__main__":
    LIFE = import_module(sys.argv[3])
    main(Path(sys.argv[1]), int(sys.argv[2]))
