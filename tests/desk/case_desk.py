"""The district of the cases' tests with people at its desks, and as many due matters as a test wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.kernel.accounts.models import Account
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.clocks.deadline import midnight
from tests.areas.case_town import CaseTown
from tests.database import unguarded

OFFICE, HOUSING, WATER, AUDIT, LEADER = "区督查室", "区住建局", "区水利局", "区审计局", "区政府"


def browser(town: CaseTown, unit: str) -> Client:
    """A browser in which the unit's post has come in."""
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors[unit].account))
    return client


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def many(town: CaseTown, number: int, day: dt.date, *, unit: str = HOUSING) -> None:
    """``number`` slips to a unit, each due a day after the one before, with their rows of what is due; written past the acts."""
    first = Case.objects.count()
    cases = [
        Case(
            number=f"990102-260901-{first + place:06d}",
            kind="supervision",
            version=1,
            state="assigned",
            title=f"第{first + place}件",
            unit=town.units[unit],
            post=town.posts[unit],
            office_unit=town.units[OFFICE],
            opened_on=day - dt.timedelta(days=30),
            planned_due=day + dt.timedelta(days=place),
        )
        for place in range(number)
    ]
    with unguarded():
        Case.objects.bulk_create(cases, batch_size=500)
        DueItem.objects.bulk_create([_due(case) for case in cases], batch_size=500)


def _due(case: Case) -> DueItem:
    due = case.planned_due or case.opened_on
    return DueItem(
        subject=case.id,
        name="answer",
        kind=case.kind,
        label="办理并反馈",
        title=case.title,
        unit=case.unit,
        post=case.post,
        started_at=midnight(case.opened_on),
        due_on=due,
        due_at=midnight(due + dt.timedelta(days=1)),
        light="green",
        rule="answer:written",
        owner=case.unit,
        is_first=True,
    )


@contextmanager
def counted() -> Iterator[list[int]]:
    """Within: the queries asked are counted; the number stands in the list afterwards."""
    number: list[int] = []
    with CaptureQueriesContext(connection) as asked:
        yield number
    number.append(len(asked))
