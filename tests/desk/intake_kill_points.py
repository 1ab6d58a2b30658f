"""Run by ``test_intake_kills.py`` in a process of its own: files are handed in and taken in, stopped at one counted SQL
statement, commit or file write after the other, then gone on with by another process, as a browser and a restarted worker do.
Prints a line of JSON for each point.

    python -m tests.desk.intake_kill_points DATA POINTS
    python -m tests.desk.intake_kill_points DATA fill     hands in files and leaves them waiting

How it is stopped: ``tests/kernel/kill_points.py``.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.desk.intake_pages import page, zipped
from tests.kernel.kill_points import Place, Tell, _counted, _Counter, _in_child, _tell_the_end

FILES = {
    "网址.txt": b"1.txt\thttps://news.example/1.htm\n",
    "1.txt": page(1),
    "坏.exe": b"MZ\0\0",
    "存档.zip": zipped({"a/2.txt": page(2), "a/0.txt": b"", "a/3.txt": page(3)}),
    "又是1.txt": page(1),
}
PAGES = 3  # that are kept in the end; one of them is met again
WAITING = 60


def main(data: Path, points: int) -> None:
    """Count first, then stop at ``points`` places spread evenly over what was counted."""
    place = Place(data)
    with tempfile.TemporaryDirectory(dir=data.parent) as scratch:
        total = _counted(_stopped(place, Path(scratch), 0)[0])
        chosen = sorted({1 + round(k * (total - 1) / max(points - 1, 1)) for k in range(points)})
        for point in chosen:
            told, there = _stopped(place, Path(scratch), point)
            found = json.loads(_in_child(lambda tell, there=there, told=told: _go_on(there, told, tell))[-1])
            print(json.dumps({"point": point, "of": total, "told": told, **found}), flush=True)
            there.clear()


def _stopped(place: Place, scratch: Path, point: int) -> tuple[list[str], Place]:
    """What a child told before it stopped at ``point``, and where it worked. Point 0: never, as in ``kill_points``."""
    there = place.copy(scratch / str(point))
    told = _in_child(lambda tell: _live(there, point, tell))
    if point == 0:
        there.clear()
    return told, there


def _live(place: Place, point: int, tell: Tell) -> None:
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
    from luodi.kernel.jobs import actions
    from luodi.kernel.ledger.action import SYSTEM

    job = actions.open_job("intake", by=SYSTEM, expected=len(FILES))
    tell(f"job {job.id}")
    _hand_in(job, tell)
    _work(place.data, tell)
    _tell_the_end(counter, tell)


def _hand_in(job: Any, tell: Tell) -> None:
    from luodi.kernel.jobs import actions, staging
    from luodi.kernel.jobs.actions import Given

    for name, raw in FILES.items():
        sha, size = staging.lay_by(job.id, io.BytesIO(raw).read, 10**9)
        tell(f"item {actions.add_item(job, Given(name, sha, size)).pk}")
    actions.close_job(job)
    tell("closed")


def _work(data: Path, tell: Tell) -> None:
    from luodi.kernel.jobs.working import Worker
    from luodi.kernel.ledger.sealing import seal

    worker = Worker()
    while True:
        if worker.turn(0):
            tell("settled")
        seal(data)
        if worker.is_idle:
            return


def _go_on(place: Place, told: list[str], tell: Tell) -> None:
    """What the sender and the worker do when they come back, and what is there afterwards."""
    from luodi.kernel.documents.models import Source
    from luodi.kernel.jobs import actions, staging
    from luodi.kernel.jobs.models import Item, Job
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.ledger.models import Event
    from luodi.kernel.ledger.verify import verify

    place.enter()
    data = place.data
    words = [line.split() for line in told]
    wrong = [str(finding) for finding in verify(data) if finding.is_wrong]
    lost = [line for line in words if line[0] == "item" and not Item.objects.filter(pk=line[1]).exists()] + [
        line for line in words if line[0] == "job" and not Job.objects.filter(pk=line[1]).exists()
    ]
    settled = Item.objects.exclude(state="waiting").count()
    job = Job.objects.first() or actions.open_job("intake", by=SYSTEM, expected=len(FILES))
    _hand_in(job, lambda _: None)
    _work(data, lambda _: None)
    job.refresh_from_db()
    rows = {state: Item.objects.filter(state=state).count() for state, _ in Item.STATES}
    found = {
        "lost": lost,
        "wrong": wrong,
        "settled": settled,
        "pages": Source.objects.count(),
        "kept": Event.objects.filter(kind="source.kept").count(),
        "again": Event.objects.filter(kind="source.seen_again").count(),
        "rows": rows,
        "told_by_job": {
            "taken": job.taken, "known": job.known, "refused": job.refused, "waiting": job.waiting, "opened": job.containers,
        },
        "state": job.state,
        "lies_about": staging.folders(),
        "after": [str(finding) for finding in verify(data)],
    }  # fmt: skip
    tell(json.dumps(found))


def fill(data: Path) -> None:
    """Hand in pages and leave them waiting."""
    from luodi.kernel.jobs import actions, staging
    from luodi.kernel.jobs.actions import Given
    from luodi.kernel.ledger.action import SYSTEM

    job = actions.open_job("intake", by=SYSTEM)
    for number in range(WAITING):
        raw = page(number)
        sha, size = staging.lay_by(job.id, io.BytesIO(raw).read, 10**9)
        actions.add_item(job, Given(f"{number}.txt", sha, size))
    actions.close_job(job)
    print(job.id)


if __name__ == "__main__":
    os.environ |= {"LUODI_DATA": sys.argv[1], "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    import django

    django.setup()
    if sys.argv[2] == "fill":
        fill(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]))
