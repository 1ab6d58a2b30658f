"""A document leads to the projects that its sentences name, with the arithmetic of what it claims, and each project back."""

from __future__ import annotations

import pytest
from django.test import Client

from luodi.areas.projects import actions
from luodi.areas.projects.acts.proposing import Entered
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Reading, Source
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import ProjectTown, at, found
from tests.areas.projects.test_screens import browser
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
PAPER = (
    "2026年区政府工作报告\n\n2026-03-01  来源：区政府办公室\n\n一、2025年工作\n\n"
    "58个省市区重点项目完成投资130亿元，占年度计划的155%。\n\n二、2026年工作\n\n"
    "2026年12月底前建成岚谷冷链物流中心。\n\n2026年12月底前建成环湖绿道贯通工程。\n"
)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    made = found()
    with at(3, 20):
        documents.intake(PAPER.encode(), by=made.actors["综合科"])
    return made


def sentence(name: str) -> str:
    """The id of the statement that names a project."""
    return Reading.objects.get(text__contains=name).statement_id


def test_a_public_document_leads_to_the_project_and_the_project_back(town: ProjectTown) -> None:
    office = town.actors["综合科"]
    with at(3, 20):
        on_list = town.file(project=town.project("岚谷冷链物流中心"))
        hidden = town.file(stage="conceived", project=town.project("环湖绿道贯通工程"))
        for file, name in ((on_list, "岚谷冷链物流中心"), (hidden, "环湖绿道贯通工程")):
            register.link("named_in", file.project_id, sentence(name), by=office)
        source = Source.objects.get()
        page = text_of(Client().get(f"/d/{source.id}"))
        assert f'href="/g/{on_list.project_id}"' in page
        assert hidden.project_id not in page, "ideas have no public page"
        assert "几个数对得上，推算计划83.87亿元，没有公布计划数" in page
        assert "未核实" in page
        back = text_of(Client().get(f"/g/{on_list.project_id}"))
        assert f"/s/{sentence('岚谷冷链物流中心')}" in back


def test_a_document_that_names_nothing_says_nothing_of_projects(town: ProjectTown) -> None:
    with at(3, 21):
        other = documents.intake(
            "2026-03-02\n\n2026年6月底前建成养老服务中心6处。".encode(), by=town.actors["综合科"]
        )
        page = text_of(Client().get(f"/d/{other.id}"))
    assert "说到的重点项目" not in page
    assert "合不合" not in page


def test_the_desk_leads_from_a_sentence_to_its_project_or_to_taking_it_in(town: ProjectTown) -> None:
    key = sentence("岚谷冷链物流中心")
    with at(3, 20):
        way = f"/desk/projects/new?statement={key}&place=0"
        assert way in text_of(browser(town, "综合科").get(f"/desk/review/{key}")).replace("&amp;", "&")
        entered = Entered("岚谷冷链物流中心", town.units["区工信局"], town.units["石桥镇"])
        file = actions.open_named(key, "岚谷冷链物流中心", entered, by=town.actors["综合科"])
        shown = text_of(browser(town, "综合科").get(f"/desk/review/{key}")).replace("&amp;", "&")
        assert f"/desk/projects/{file.id}" in shown
        assert way not in shown
        whole = text_of(browser(town, "综合科").get(f"/desk/documents/{Source.objects.get().id}"))
        assert f"/desk/projects/{file.id}" in whole
        assert "推算计划83.87亿元" in whole
        other = text_of(browser(town, "填报员").get(f"/desk/documents/{Source.objects.get().id}"))
        assert f"/desk/projects/{file.id}" not in other, "not a project of its unit"
