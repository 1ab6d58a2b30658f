"""What ``kill_points`` interrupts: a slip opened, handed out, suspended with a second signature, answered, checked, concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any


def found() -> None:
    """The units, posts and people that the acts need."""
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.clocks.now import SHANGHAI, held_at
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register import actions as register
    from tests.areas.case_town import STAFF

    with held_at(dt.datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)):
        for name, roles in STAFF.items():
            unit = register.create_unit(name=name, by=SYSTEM)
            post = register.create_post(title="负责人", unit=unit, by=SYSTEM)
            person = register.enter_person(name="某某", by=SYSTEM)
            register.appoint(person, post, since=dt.date(2026, 1, 5), by=SYSTEM)
            accounts.create_account(person, login=f"login{unit.id}", by=SYSTEM)
            for role in roles:
                accounts.grant(post, role, by=SYSTEM)


def acts(data: Path, tell: Callable[[str], None]) -> None:
    """Each told when it is through."""
    from luodi.kernel.accounts.access import actor_for
    from luodi.kernel.accounts.models import Account
    from luodi.kernel.cases import actions
    from luodi.kernel.clocks.now import SHANGHAI, held_at
    from luodi.kernel.ledger.sealing import seal
    from luodi.kernel.register.models import Post, Unit

    posts = {post.unit.name: post for post in Post.objects.select_related("unit")}
    by = {
        name: actor_for(Account.objects.get(person__appointments__post=post)) for name, post in posts.items()
    }
    units = {unit.name: unit for unit in Unit.objects.all()}

    def day(number: int) -> Any:
        return held_at(dt.datetime(2026, 9, number, 9, tzinfo=SHANGHAI))

    def moved(name: str, unit: str, **answers: Any) -> Any:
        step = actions.move(case, name, by=by[unit], answers=answers)
        tell(f"step {step.id}")
        return step

    with day(1):
        case = actions.open_case(
            "supervision",
            by=by["区督查室"],
            title="督办：管网改造逾期",
            unit=units["区住建局"],
            post=posts["区住建局"],
            verifier_unit=units["区审计局"],
            answers={
                "subject": "c0000000000001",
                "ordered_by": posts["区政府"].id,
                "order_paper": "区政府第12次常务会议纪要",
                "matter": "管网改造逾期",
                "answer_by": "2026-09-30",
            },
        )
        tell(f"case {case.id}")
        moved("assign", "区督查室")
    with day(2):
        waits = moved("suspend", "区督查室", reason="等汛期过去", until="2026-09-10")
        actions.sign(waits, by=by["区政府"])
        tell("signed")
    with day(9):
        moved("resume", "区督查室")
        moved("report", "区住建局", answer="已经通水")
        seal(data)
    with day(10):
        moved("check", "区审计局", finding="看过现场，属实")
        moved("conclude", "区督查室", conclusion="属实")
        actions.tick()
        tell("ticked")
        seal(data)


def models() -> dict[str, Any]:
    """What is told of, by the word it is told with. A case brings its first step with it."""
    from luodi.kernel.cases.models import Case, Step

    return {"case": Case, "step": Step}


def stale() -> list[str]:
    """The cases whose due items are not those of their running clocks."""
    from luodi.kernel.cases.models import Case, CaseClock, DueItem, Pause

    wrong = []
    for case in Case.objects.all():
        running = (
            set()
            if case.closed_at
            else set(CaseClock.objects.filter(case=case, stopped_at=None).values_list("name", flat=True))
        )
        if Pause.objects.filter(case=case, until_at=None).exists():
            running.add("pause")
        due = set(DueItem.objects.filter(subject=case.id).values_list("name", flat=True))
        if running != due:
            wrong.append(f"{case.number}: {sorted(running)} run, {sorted(due)} are due")
    return wrong
