"""An invented district for tests of cases: an office, two bureaus, an inspector and a leader, each with a role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from luodi.kernel.accounts import access
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Post, Unit

FOUNDED = dt.date(2026, 1, 5)
# unit: the roles of its post, over the whole district unless it reports
STAFF = {
    "区督查室": ("office",),
    "区住建局": ("reporter",),
    "区水利局": ("reporter",),
    "区审计局": ("verifier",),
    "区政府": ("leader",),
}


def at(month: int, day: int, hour: int = 10) -> Any:
    """Within: the clock stands at that hour of 2026."""
    return held_at(dt.datetime(2026, month, day, hour, tzinfo=SHANGHAI))


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Within: the act is refused with this code, in words."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code, caught.value.message


@dataclass
class CaseTown:
    """Rows by name; ``by`` gives who acts."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def slip(
        self, subject: str = "c0000000000001", title: str = "督办：管网改造逾期", **answers: Any
    ) -> Case:
        """A slip to the housing bureau, opened by the office, to be answered by the end of September."""
        given = {
            "subject": subject,
            "ordered_by": self.posts["区政府"].id,
            "order_paper": "区政府第12次常务会议纪要",
            "matter": "管网改造逾期",
            "answer_by": "2026-09-30",
        }
        return actions.open_case(
            "supervision",
            by=self.actors["区督查室"],
            title=title,
            unit=self.units["区住建局"],
            post=self.posts["区住建局"],
            verifier_unit=self.units["区审计局"],
            answers=given | answers,
        )

    def move(self, case: Case, name: str, unit: str, **answers: Any) -> Case:
        """The unit's post makes a move; the case as it is then."""
        actions.move(case, name, by=self.actors[unit], answers=answers)
        case.refresh_from_db()
        return case


def found() -> CaseTown:
    """Found the district on its first day."""
    town = CaseTown()
    with at(FOUNDED.month, FOUNDED.day):
        register.found_district(name="青岚区", code="990102", shape="urban_district", kind="real", by=SYSTEM)
        for name, roles in STAFF.items():
            unit = register.create_unit(name=name, by=SYSTEM)
            post = register.create_post(title="负责人", unit=unit, by=SYSTEM)
            person = register.enter_person(name="某某", by=SYSTEM)
            register.appoint(person, post, since=FOUNDED, by=SYSTEM)
            account = accounts.create_account(person, login=f"login{len(town.units)}", by=SYSTEM)
            for role in roles:
                accounts.grant(post, role, scope=unit if role == "reporter" else None, by=SYSTEM)
            town.units[name], town.posts[name] = unit, post
            town.actors[name] = access.actor_for(account)
    return town
