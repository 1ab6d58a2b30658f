"""A sheet of projects that are in already: each change an act of its own, a few queries a row, nothing half done."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.areas.projects import due_items, importing, sheet_entering, standing_rows
from luodi.areas.projects.models import PlanVersion, ProjectFile
from luodi.kernel.cases.models import DueItem
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_sheets import entered, read, row, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def dues() -> list[tuple[object, ...]]:
    """What is due of every project."""
    return list(DueItem.objects.order_by("subject", "name").values_list("subject", "name", "due_on", "unit"))


def test_rows_that_change_cost_few_queries_and_stand_as_acts_one_by_one_would_leave_them(
    town: ProjectTown,
) -> None:
    """A correction, a plan, both, or nothing: each its own event; what is derived is as reckoned anew."""
    first = [row(number, f"第{number}个项目") for number in range(1, 41)]

    def later(number: int) -> list[Any]:
        facts = {"total": 28_000} if number % 4 in (1, 3) else {}
        plan = {"annual": 600, "months": [50] * 12} if number % 4 in (2, 3) else {}
        return row(number, f"第{number}个项目", **facts, **plan)

    def asked_for(rows: list[list[Any]]) -> int:
        prepared = importing.prepare(read(*rows)[1], 2026)
        with CaptureQueriesContext(connection) as asked:
            entered(town, prepared, "十月调整表")
        return len(asked)

    with at(1, 20):
        send(town, *first)
    with at(10, 15):
        few = asked_for([later(number) for number in range(1, 9)])
        before = Event.objects.count()
        many = asked_for([later(number) for number in range(9, 41)])
        new = Event.objects.order_by("id").values_list("kind", flat=True)[before:]
        assert Counter(new) == {"project.corrected": 16, "project.plan_set": 16}
        assert (many - few) / 24 <= 8, (few, many)
        assert standing_rows.differing() == ([], [])
        held = dues()
        due_items.rebuild()
        assert dues() == held
        assert asked_for([later(number) for number in range(1, 41)]) < 20, "nothing is left to change"
    assert PlanVersion.objects.filter(version=2, annual=600 * WAN).count() == 20
    assert ProjectFile.objects.filter(total_investment=28_000 * WAN).count() == 20
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_row_whose_plan_is_refused_changes_no_fact_either(town: ProjectTown) -> None:
    with at(1, 20):
        send(town, row(1, "甲项目"), row(2, "乙项目"))
        changed = {"total": 28_000, "annual": 600, "months": [50] * 12}
        rows = importing.prepare(read(row(1, "甲项目", **changed), row(2, "乙项目", **changed))[1], 2026)
        one, other = sheet_entering.planned(rows)
        other[9] = [1, *other[9][1:]]  # a month that no longer makes up the year
        made = sheet_entering.enter([one, other], 2026, by=town.actors["综合科"], paper="调整表")
        assert (made.changed, [str(fault.area) for fault in made.faults]) == (1, ["C5"])
        totals = dict(ProjectFile.objects.values_list("project__name", "total_investment"))
        assert totals == {"甲项目": 28_000 * WAN, "乙项目": 30_000 * WAN}
        made = sheet_entering.enter([other], 2026, by=town.actors["镇长"], paper="调整表")
        assert "由项目办来做" in made.faults[0].words
    assert [finding for finding in verify() if finding.is_wrong] == []
