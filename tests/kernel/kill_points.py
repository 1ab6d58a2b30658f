"""Run by ``test_kills.py`` in a process of its own: stops a copy of a district at one counted SQL statement or file write after
the other, and tells what was then found. Prints a line of JSON for each point.

    python -m tests.kernel.kill_points DATA POINTS

DATA is an empty prepared district. A child is forked for each point: it works until the counted point and kills itself there with
SIGKILL, telling over a pipe each act that it was told had been done. A second child opens what is left, as a restart would.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = """青岚区发布2026年重点工作安排
发布时间:2026-03-05 来源:青岚区人民政府办公室

　　今年底前，全区新建口袋公园5个，完成投资3.2亿元。

　　年内新增公共停车位1200个。
"""
Tell = Callable[[str], None]


def main(data: Path, points: int) -> None:
    """Count first, then stop at ``points`` places spread evenly over what was counted."""
    os.environ |= {"LUODI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    import django

    django.setup()
    _in_child(lambda tell: _found(tell))
    with tempfile.TemporaryDirectory(dir=data.parent) as scratch:
        total = int(_stopped(data, Path(scratch), 0)[0][-1])
        chosen = sorted({1 + round(k * (total - 1) / max(points - 1, 1)) for k in range(points)})
        for point in chosen:
            acknowledged, there = _stopped(data, Path(scratch), point)
            found = json.loads(
                _in_child(lambda tell, there=there, told=acknowledged: _look(there, told, tell))[-1]
            )
            print(json.dumps({"point": point, "of": total, "told": acknowledged, **found}), flush=True)


def _stopped(data: Path, scratch: Path, point: int) -> tuple[list[str], Path]:
    """What a child told before it stopped at ``point`` (0: never; then the last line is the count), and where it worked."""
    there = scratch / str(point)
    shutil.copytree(data, there)
    told = _in_child(lambda tell: _live(there, point, tell))
    return told, there


def _in_child(work: Callable[[Tell], None]) -> list[str]:
    """The lines that ``work`` told in a forked process, killed or not."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reads)
        code = 1
        try:
            work(lambda line: _write(writes, line))
            code = 0
        finally:
            os._exit(code)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as opened:
        lines = opened.read().splitlines()
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"a child failed after {lines}")
    return lines


def _write(writes: int, line: str) -> None:
    os.write(writes, f"{line}\n".encode())


def _point_at(data: Path) -> None:
    from django.conf import settings
    from django.db import connection

    settings.DATA = data
    connection.settings_dict["NAME"] = str(data / "luodi.sqlite3")


def _found(tell: Tell) -> None:
    """The units and posts that the acts need, in the district that is then copied."""
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register import actions as register

    government = register.create_unit(name="青岚区人民政府", by=SYSTEM)
    for name in ("区政府办公室", "区住建局", "区督查室"):
        unit = register.create_unit(name=name, parent=government, by=SYSTEM)
        register.create_post(title=f"{name}科长", unit=unit, by=SYSTEM)
    from django.db import connection

    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    tell("founded")


def _live(data: Path, point: int, tell: Tell) -> None:
    """Intake, adoption, report, verification, sealing; each told when it is through."""
    from django.db import connection

    _point_at(data)
    counter = _Counter(point)
    connection.ensure_connection()
    connection.execute_wrappers.append(counter.statement)
    for name in ("fsync", "replace", "link", "unlink"):
        setattr(os, name, counter.counted(getattr(os, name)))
    _acts(data, tell)
    tell(str(counter.count))


def _acts(data: Path, tell: Tell) -> None:
    import datetime as dt

    from luodi.kernel.clocks.now import SHANGHAI, held_at
    from luodi.kernel.commitments import actions
    from luodi.kernel.documents.actions import intake
    from luodi.kernel.ledger.action import SYSTEM, Actor
    from luodi.kernel.ledger.sealing import seal
    from luodi.kernel.register.models import Post, Unit

    def actor(unit: str) -> Actor:
        return Actor(post=Post.objects.get(unit__name=unit).id)

    with held_at(dt.datetime(2026, 9, 22, 9, tzinfo=SHANGHAI)):
        day = dt.date(2026, 9, 22)
        source = intake(PAGE.encode(), name="page.txt", by=SYSTEM)
        tell(f"source {source.id}")
        statement = source.statements.order_by("start").last()
        goal = actions.Goal("1200", "个", due_until=dt.date(2026, 12, 31), due_precision="year")
        lead = Unit.objects.get(name="区住建局")
        row = actions.adopt(
            statement, by=actor("区政府办公室"), title="停车位", lead_unit=lead, goal=goal, confirmed=True
        )
        tell(f"commitment {row.id}")
        paper = actions.Upload("完成情况\n".encode(), "paper.txt")
        report = actions.report_done(
            row, by=actor("区住建局"), as_of=day, number="1210", unit="个", evidence=paper
        )
        tell(f"report {report.id}")
        seal(data)
        finding = actions.verify(row, by=actor("区督查室"), number="1205", as_of=day)
        tell(f"verification {finding.id}")
        seal(data)


class _Counter:
    """Counts what could be interrupted and ends the process at one of them."""

    def __init__(self, point: int) -> None:
        self.point, self.count = point, 0

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._step()
        return execute(sql, params, many, context)

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self._step()
            return function(*given, **named)

        return call

    def _step(self) -> None:
        self.count += 1
        if self.count == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


def _look(data: Path, told: list[str], tell: Tell) -> None:
    """What a restart finds: losses, half things, and whether the board still fits the rows."""
    from luodi.kernel.commitments.actions import rebuild
    from luodi.kernel.commitments.models import Commitment, Report, Verification
    from luodi.kernel.documents.models import Source
    from luodi.kernel.ledger.sealing import seal
    from luodi.kernel.ledger.verify import verify

    _point_at(data)
    models: dict[str, Any] = {
        "source": Source,
        "commitment": Commitment,
        "report": Report,
        "verification": Verification,
    }
    lost = [
        line
        for line in told
        if line.split()[0] in models
        and not models[line.split()[0]].objects.filter(pk=line.split()[1]).exists()
    ]
    wrong = [str(finding) for finding in verify(data) if finding.is_wrong]
    import datetime as dt

    stale = rebuild(dt.date(2026, 9, 22))
    seal(data)
    after = [str(finding) for finding in verify(data)]
    counts = {name: model.objects.count() for name, model in models.items()}
    tell(json.dumps({"lost": lost, "wrong": wrong, "stale": stale, "after": after, "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
