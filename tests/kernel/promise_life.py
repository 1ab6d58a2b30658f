"""What ``kill_points`` interrupts: a page taken in, a promise adopted, reported done and verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = """青岚区发布2026年重点工作安排
发布时间:2026-03-05 来源:青岚区人民政府办公室

　　今年底前，全区新建口袋公园5个，完成投资3.2亿元。

　　年内新增公共停车位1200个。
"""


def found() -> None:
    """The units and posts that the acts need."""
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register import actions as register

    government = register.create_unit(name="青岚区人民政府", by=SYSTEM)
    for name in ("区政府办公室", "区住建局", "区督查室"):
        unit = register.create_unit(name=name, parent=government, by=SYSTEM)
        register.create_post(title=f"{name}科长", unit=unit, by=SYSTEM)


def acts(data: Path, tell: Callable[[str], None]) -> None:
    """Intake, adoption, report, verification, sealing; each told when it is through."""
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


def models() -> dict[str, Any]:
    """What is told of, by the word it is told with."""
    from luodi.kernel.commitments.models import Commitment, Report, Verification
    from luodi.kernel.documents.models import Source

    return {"source": Source, "commitment": Commitment, "report": Report, "verification": Verification}


def stale() -> list[str]:
    """The promises whose standing, or what is due by them, does not fit their rows."""
    from luodi.kernel.commitments.actions import rebuild

    return rebuild(dt.date(2026, 9, 22))
