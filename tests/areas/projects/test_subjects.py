"""A project is something a case can be about: a bottleneck is reported on its page, a slip names it and leads back."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from luodi.areas.projects.models import Bottleneck, ProjectFile
from luodi.desk.areas import address_of_row, area_subject
from luodi.desk.cases.subjects import ident_in
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.models import Case
from luodi.kernel.ledger.action import Actor
from tests.areas.case_town import refused
from tests.areas.projects.project_town import ProjectTown, at, found
from tests.areas.projects.test_screens import browser, read
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    with at(3, 20):
        return town.started()


def test_a_bottleneck_is_reported_from_the_page_of_its_project(town: ProjectTown, file: ProjectFile) -> None:
    page = text_of(read(town, "综合科", f"{BASE}/{file.id}"))
    (href,) = re.findall(r'href="([^"]+)">报一个项目堵点', page)
    assert href == f"/desk/cases/new/bottleneck?subject={file.id}"
    assert "报一个项目堵点" not in text_of(read(town, "核查科", f"{BASE}/{file.id}"))
    client = browser(town, "综合科")
    with at(6, 15):
        form = text_of(client.get(href))
        assert file.project.name in form
        given = {
            "a-subject": file.id, "f-title": "临时用电批不下来", "title": "临时用电批不下来", "unit": town.units["石桥镇"].id,
            "a-found_on": "2026-06-14", "a-matter": "报了两次没有批", "a-blocking": "building",
        }  # fmt: skip
        wrong = client.post("/desk/cases/new/bottleneck", {**given, "a-subject": "c0000000000001"})
        assert wrong.status_code == 422
        assert "您的岗位看不到它" in text_of(wrong)
        done = client.post("/desk/cases/new/bottleneck", given)
        assert done.status_code == 302, text_of(done)
    row = Bottleneck.objects.get()
    assert (row.subject, row.case.unit.name) == (file.id, "石桥镇")
    shown = text_of(read(town, "综合科", f"/desk/cases/{row.case_id}"))
    assert f'href="{BASE}/{file.id}"' in shown


def test_a_bottleneck_is_about_nothing_but_a_project(town: ProjectTown, file: ProjectFile) -> None:
    answers = {"found_on": dt.date(2026, 6, 1), "matter": "没有水", "blocking": "building"}
    with at(6, 15), refused("wrong-subject"):
        cases.open_case(
            "bottleneck", by=town.actors["综合科"], title="没有水", unit=town.units["石桥镇"],
            answers={**answers, "subject": "k0000000000001"},
        )  # fmt: skip


def test_a_slip_on_a_project_leads_to_it_and_lets_report_a_bottleneck(
    town: ProjectTown, file: ProjectFile
) -> None:
    with at(6, 1):
        slip = cases.open_case(
            "supervision", by=town.actors["综合科"], title="督办：进度", unit=town.units["石桥镇"],
            answers={
                "subject": file.id, "ordered_by": town.posts["区长"], "order_paper": "专题会议纪要", "matter": "为什么停了",
                "answer_by": dt.date(2026, 6, 30),
            },
        )  # fmt: skip
    shown = text_of(read(town, "综合科", f"/desk/cases/{slip.id}"))
    assert f'href="{BASE}/{file.id}"' in shown
    assert f"/desk/cases/new/bottleneck?subject={file.id}" in shown
    assert f'href="/desk/cases/{slip.id}"' in text_of(read(town, "综合科", f"{BASE}/{file.id}"))
    assert Case.objects.count() == 1


def test_ids_of_projects_are_known_where_they_may_be_seen(town: ProjectTown, file: ProjectFile) -> None:
    assert address_of_row(file.id) == f"{BASE}/{file.id}"
    assert address_of_row("k0000000000001") == ""
    assert address_of_row("nonsense") == ""
    assert ident_in(f"http://localhost{BASE}/{file.id}?month=2026-04") == file.id
    found = area_subject(file.id, town.actors["综合科"])
    assert found is not None
    assert (found.title, found.unit.name) == (file.project.name, "石桥镇")
    assert area_subject(file.id, town.actors["核查科"]) is not None
    assert area_subject(file.id, Actor()) is None
