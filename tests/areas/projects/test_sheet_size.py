"""A long sheet of projects through the front door; bench/project_sheet.py sends one of 20,000 rows with 500 faulty ones."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.project_sheet import OfficeSheet, gone_wrong, laid_by
from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.models import PlanVersion, ProjectFile
from luodi.desk.first_hour import turns
from luodi.kernel.cases.models import DueItem
from tests.areas.projects.project_town import ProjectTown, at, found
from tests.areas.projects.test_screens import browser

# size is a matter of reading sheets, not of the engine
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]
SHEET = OfficeSheet(600, 30)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def dues() -> list[tuple[object, ...]]:
    """What is due of every project, by its project."""
    names = ("kind", "label", "unit", "post", "started_at", "due_on", "light", "rule", "turns_at")
    return list(DueItem.objects.order_by("subject", "name").values_list("subject", *names))


def test_good_rows_go_in_each_faulty_cell_is_named_and_nothing_is_twice(
    town: ProjectTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "SHORT", -1.0)  # each press enters as few rows as it may
    with at(1, 20):
        assert gone_wrong(SHEET, browser(town, "综合科")) == []
        assert standing_rows.differing() == ([], [])
        held = dues()
        due_items.rebuild()
        assert dues() == held
        assert Counter(kind for _, kind, *_ in held) == {
            "project_start": SHEET.rows // 2,
            "project_report": SHEET.rows // 2,
            "project_completion": SHEET.rows // 2,
        }
    for version in (1, 2):
        assert PlanVersion.objects.filter(version=version).count() == SHEET.rows
    assert len(set(ProjectFile.objects.values_list("origin_cell", flat=True))) == SHEET.rows


def test_looking_it_over_takes_few_queries_and_little_memory_a_row(town: ProjectTown) -> None:
    with at(1, 20):
        client = browser(town, "综合科")
        place = laid_by(client, SHEET.written())
        tracemalloc.start()
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(f"{place}/preview")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert len(shown.context["page"]) == 100
    assert len(asked) < 40, len(asked)
    assert most < 15_000 * SHEET.rows, most
