"""青岚区 with people in its posts, each with a log-in, for tests of the register and the leader's screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.commitments.models import Commitment, Standing, Target
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment, Person, Post, Unit
from tests.database import unguarded
from tests.portal.town import TODAY, Town

DAY = TODAY.date()
# log-in: unit, post, roles
STAFF = {
    "guanli": ("区政府督查室", "系统管理员", ("administrator",)),
    "ducha": ("区政府督查室", "督查科科长", ("office",)),
    "quzhang": ("区人民政府", "", ("leader",)),
    "jiaoyu": ("区教育局", "", ("reporter",)),
    "shangwu": ("区商务局", "", ()),
}


@dataclass
class World:
    """A town with its staff by log-in."""

    town: Town
    accounts: dict[str, Account] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def inside(self, login: str) -> Client:
        """Somebody who has come in."""
        client = Client()
        client.force_login(self.accounts[login], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def held(self, login: str) -> Appointment:
        """The appointment of somebody."""
        return Appointment.objects.get(person=self.people[login], post=self.posts[login])


def staffed(town: Town, staff: dict[str, tuple[str, str, tuple[str, ...]]] | None = None) -> World:
    """Put people into posts; where no post is named, into the leading one."""
    world = World(town)
    for login, (unit, title, roles) in (staff or STAFF).items():
        post = town.posts[unit]
        if title:
            post = register.create_post(title=title, unit=town.units[unit], by=SYSTEM)
        person = register.enter_person(name=f"{login}本人", phone="13800001234", by=SYSTEM)
        register.appoint(person, post, since=dt.date(2026, 1, 5), by=SYSTEM)
        world.accounts[login] = accounts.create_account(person, login=login, by=SYSTEM)
        for role in roles:
            accounts.grant(post, role, by=SYSTEM)
        world.people[login], world.posts[login] = person, post
    return world


def crowd(top: Unit, units: int = 2_000, promises: int = 5_000) -> list[Unit]:
    """That many units, two posts and a person each, and promises of theirs in every state: written at once, for measuring."""
    made = [Unit(name=f"测试单位{number}局", parent=top) for number in range(units)]
    posts = [
        Post(title=title, unit=unit, is_leader=not at)
        for unit in made
        for at, title in enumerate(("局长", "科长"))
    ]
    people = [Person(name=f"某{number}") for number in range(units)]
    held = [
        Appointment(person=person, post=posts[2 * at], since=dt.date(2026, 1, 5))
        for at, person in enumerate(people)
    ]
    rows: list[Any] = []
    for number in range(promises):
        unit = made[number % units]
        row = Commitment(
            title=f"第{number}件事",
            lead_unit=unit,
            leader_post=posts[2 * (number % units)],
            adopted_on=DAY,
            state_since=DAY,
        )
        rows.append(
            (
                row,
                Target(commitment=row, version=1, from_day=DAY, number="10", unit="公里"),
                _standing(row, number),
            )
        )
    with unguarded():
        for rows_of_one_kind in (
            made,
            posts,
            people,
            held,
            *(list(group) for group in zip(*rows, strict=True)),
        ):
            type(rows_of_one_kind[0])._default_manager.bulk_create(rows_of_one_kind, batch_size=500)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as the server does by itself once so many rows have come
    return made


def _standing(row: Commitment, number: int) -> Standing:
    board, light, rule = (
        ("overdue", "red", "promise-overdue"),
        ("claimed", "amber", "promise-unverified"),
        ("going", "green", "promise-on-time"),
        ("kept", "green", "promise-kept"),
        ("going", "amber", "promise-no-news"),
    )[number % 5]
    due = DAY + dt.timedelta(days=(number % 90) - (100 if board == "overdue" else 0))
    return Standing(
        commitment=row, lead_unit_id=row.lead_unit_id, state="claimed" if board == "claimed" else "open",
        state_since=DAY - dt.timedelta(days=60), has_number=True, start=DAY - dt.timedelta(days=300), due_until=due,
        due_order=due.toordinal(), news_on=DAY - dt.timedelta(days=number % 200), changed=False, gone=number % 50 == 0,
        late=False, board=board, light=light, rule=rule, worst=number % 5, topic="", year=2026,
    )  # fmt: skip
