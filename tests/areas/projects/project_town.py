"""An invented district for tests of project files: the project office, a bureau, a town, an owner, auditors, leaders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from luodi.areas.projects import actions
from luodi.areas.projects.acts.filing import Shown
from luodi.areas.projects.acts.reporting import Filled
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.accounts import access
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Post, Project, Unit
from tests.kernel.pictures import scene

FOUNDED = dt.date(2026, 1, 5)
WAN = 1_000_000
# unit: its posts, each with its roles and whether it leads
STAFF: dict[str, dict[str, tuple[tuple[str, ...], bool]]] = {
    "区项目办": {"综合科": (("office",), False), "主任": (("office",), True)},
    "区工信局": {"局长": (("reporter",), True)},
    "石桥镇": {"项目员": (("reporter",), False), "镇长": (("reporter",), True)},
    "青岚冷链有限公司": {"填报员": (("reporter",), False), "总经理": ((), True)},
    "区审计局": {"核查科": (("verifier",), False)},
    "区政府": {"副区长": (("leader",), True), "区长": (("leader",), True)},
}


def at(month: int, day: int, year: int = 2026) -> Any:
    """Within: the clock stands at ten in the morning of that day."""
    return held_at(dt.datetime(year, month, day, 10, tzinfo=SHANGHAI))


def photo(number: int = 1) -> bytes:
    """A small photo without what cameras write."""
    kept = BytesIO()
    scene(number, 320, 240).save(kept, "JPEG")
    return kept.getvalue()


@dataclass
class ProjectTown:
    """Rows by name; ``by`` gives who acts as which post."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    projects: int = 0

    def project(self, name: str = "石桥冷链物流项目") -> Project:
        """A bare row of the register."""
        self.projects += 1
        return register.create_project(
            name=name, code=f"2601-{self.projects:06d}", by=SYSTEM, owner_unit=self.units["青岚冷链有限公司"]
        )

    def file(self, stage: str = "preparing", **facts: Any) -> ProjectFile:
        """A project on the books, of two levels, three hundred million in all."""
        given: dict[str, Any] = {
            "levels": ("city", "provincial"),
            "stage": stage,
            "stage_since": FOUNDED,
            "total_investment": 30_000 * WAN,
            "start_planned": dt.date(2026, 3, 1),
            "lead_unit": self.units["区工信局"],
            "responsible_unit": self.units["石桥镇"],
        }
        return actions.open_file(
            facts.pop("project", None) or self.project(), by=self.actors["综合科"], **(given | facts)
        )

    def started(self, on: dt.date = dt.date(2026, 3, 20), **facts: Any) -> ProjectFile:
        """One whose permanent works have begun."""
        file = self.file(**facts)
        actions.move_stage(
            file,
            "newly_started",
            by=self.actors["综合科"],
            on=on,
            shown={"permit": Shown("施许字1号"), "works": Shown("监理日志3号")},
        )
        file.refresh_from_db()
        return file

    def reported(
        self, file: ProjectFile, month: dt.date, done: int, physical: int, **more: Any
    ) -> MonthlyReport:
        """A month filled in by the owner and signed by its head."""
        as_of = more.pop("as_of", month.replace(day=28))
        filled = Filled(done=done, physical_percent=physical, as_of=as_of, **more)
        report = actions.fill(file, month, filled, by=self.actors["填报员"])
        return actions.sign(report, by=self.actors["总经理"])


def found() -> ProjectTown:
    """Found the district on its first day."""
    town = ProjectTown()
    with at(FOUNDED.month, FOUNDED.day):
        register.found_district(name="青岚区", code="990102", shape="urban_district", kind="real", by=SYSTEM)
        for name, posts in STAFF.items():
            unit = town.units[name] = register.create_unit(name=name, by=SYSTEM)
            for title, (roles, leads) in posts.items():
                post = town.posts[title] = register.create_post(
                    title=title, unit=unit, by=SYSTEM, is_leader=leads
                )
                person = register.enter_person(name="某某", by=SYSTEM)
                register.appoint(person, post, since=FOUNDED, by=SYSTEM)
                account = accounts.create_account(person, login=f"login{len(town.posts)}", by=SYSTEM)
                for role in roles:
                    accounts.grant(post, role, scope=unit if role == "reporter" else None, by=SYSTEM)
                town.actors[title] = access.actor_for(account)
    return town
