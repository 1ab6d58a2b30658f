"""What documents claim of many projects, to the digit; names that may be those of the ledger, tied by a person alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.desk.remarks import remarks_on
from luodi.areas.projects.said import checked, claim_in, matches, names_in
from luodi.kernel.documents import actions as documents
from luodi.kernel.register.models import Link
from tests.areas.projects.project_town import at, found
from tests.areas.projects.test_screens import browser
from tests.desk.case_desk import text_of


@pytest.mark.parametrize(
    ("text", "projects", "done", "plan", "percent"),
    [
        ("58个省市区重点项目完成投资130亿元，占年度计划的155%", 58, "130", None, "155"),
        ("89个区级以上重点项目完成投资64.7亿元,占年度计划的102.4%", 89, "64.7", None, "102.4"),
        ("列入省、市重点的32个项目完成投资56.9亿元,占年度计划的113.4%", 32, "56.9", None, "113.4"),
        ("全年实施市级以上重点项目37个，完成投资62.8亿元，为年度计划的108.3%", 37, "62.8", None, "108.3"),
        ("项目完成投资９４００万元，占年度计划1.2亿元的78.3%", None, "0.94", "1.2", "78.3"),
        ("全年安排重点项目76个,年度计划投资93亿元,完成投资45亿元", 76, "45", "93", None),
    ],
)
def test_claims_are_read_to_the_digit(
    text: str, projects: int | None, done: str, plan: str | None, percent: str | None
) -> None:
    claim = claim_in(text)
    assert claim is not None
    assert (claim.projects, claim.done) == (projects, Decimal(done))
    assert claim.plan == (Decimal(plan) if plan else None)
    assert claim.percent == (Decimal(percent) if percent else None)


@pytest.mark.parametrize(
    "text",
    [
        "进出口总额3.6亿美元,为年度计划的92%",
        "11项完成或超额完成年度计划",
        "全年安排区级重点项目76个,总投资318亿元,年度计划投资93亿元",
        "建立重点项目“红黄绿”三色督办机制",
        "",
    ],
)
def test_what_claims_nothing_to_reckon_is_left_alone(text: str) -> None:
    assert claim_in(text) is None
    assert remarks_on(text) == []


def test_the_seed_says_what_it_implies_and_stays_unverified() -> None:
    (words,) = remarks_on("58个省市区重点项目完成投资130亿元，占年度计划的155%")
    assert words == (
        "说的是58个项目，完成130亿元，占计划155%；几个数对得上，推算计划83.87亿元，没有公布计划数，没有公布计划调整过没有，"
        "未核实，超过计划的120%，要说明原因。"
    )


def test_numbers_that_do_not_agree_are_said() -> None:
    told = checked("项目完成投资1.5亿元，占年度计划1.2亿元的78.3%")
    assert told is not None
    assert told.finding.arithmetic == "inconsistent"


def test_names_are_proposed_and_near_ones_are_not_the_same() -> None:
    known = {"岚江航电枢纽": "p1", "岚江新城第二小学": "p2", "人才公寓二期": "p3"}
    assert matches("岚江航电枢纽工程", known) == ["p1"]
    assert matches("人才公寓", known) == ["p3"]
    assert matches("岚江", known) == []
    assert matches("滨江第二小学", known) == []
    assert names_in("岚芯电子、芃谷食品 和“瑞溪电子陶瓷”") == ["岚芯电子", "芃谷食品", "瑞溪电子陶瓷"]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    checked(text)
    for name in names_in(text):
        assert matches(name, {name: "p1"})


@pytest.mark.django_db
def test_the_office_ties_a_sentence_to_its_project_and_the_review_shows_the_sum(data_folder: object) -> None:
    town = found()
    with at(3, 20):
        file = town.file(project=town.project("岚江航电枢纽"))
        raw = (
            "2026年区政府工作报告\n\n2026-03-01  来源：区政府办公室\n\n一、2025年工作\n\n"
            "58个市级重点项目完成投资130亿元，占年度计划的155%。\n\n岚江航电枢纽工程建成投运。\n"
        )
        documents.intake(raw.encode(), by=town.actors["综合科"])
        client = browser(town, "综合科")
        page = client.get("/desk/projects/said")
        assert "推算计划83.87亿元" in text_of(page)
        (row,) = page.context["rows"]
        assert [(each.id, is_tied) for each, is_tied in row.files] == [(file.id, False)]
        given = {"file": file.id, "statement": row.reading.statement_id}
        assert client.post("/desk/projects/said/tie", given).status_code == 302
        assert client.post("/desk/projects/said/tie", given).status_code == 302
        assert Link.objects.filter(kind="named_in", source=file.project_id).count() == 1
        assert "连上了" in text_of(client.get("/desk/projects/said"))
        assert "岚江航电枢纽工程建成投运" in text_of(client.get(f"/desk/projects/{file.id}"))
        claim = page.context["claims"][0].reading.statement_id
        assert "算一算" in text_of(client.get(f"/desk/review/{claim}"))
        assert browser(town, "镇长").get("/desk/projects/said").status_code == 403
