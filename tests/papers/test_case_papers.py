"""A case as Word and as PDF: what the print view says, under the same rights, the same bytes for the same day."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case
from tests.areas.case_town import at as on
from tests.desk.cases_desk import AUDIT, BASE, HOUSING, LEADER, OFFICE, WATER, CasesDesk, at
from tests.papers.read_back import bare, in_pdf, in_word

ENDINGS = ("docx", "pdf")
PARTIES = "甲某与乙某因漏水起争执"


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[CasesDesk]:
    with on(9, 15):
        yield CasesDesk()


def assigned(desk: CasesDesk) -> Case:
    case = desk.town.slip()
    desk.town.move(case, "assign", OFFICE)
    return case


def dispute(desk: CasesDesk) -> Case:
    town = desk.town
    return actions.open_case(
        "mediation",
        by=town.actors[OFFICE],
        move="apply",
        title="相邻用房漏水",
        unit=town.units[HOUSING],
        post=town.posts[HOUSING],
        verifier_unit=town.units[AUDIT],
        answers={"parties": PARTIES, "sort": "邻里", "risk": "low"},
    )


def file_of(desk: CasesDesk, unit: str, case: Case, ending: str) -> bytes:
    """The file as the unit's post gets it."""
    answer = desk.browser(unit).get(f"{BASE}/{case.id}.{ending}")
    assert answer.status_code == 200
    return bytes(answer.content)


def words_of(desk: CasesDesk, unit: str, case: Case, ending: str) -> str:
    """What a person reads in it, bare."""
    made = file_of(desk, unit, case, ending)
    return in_pdf(made) if ending == "pdf" else bare("".join(in_word(made)))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_slip_goes_out_as_a_notice_to_whoever_is_to_act(desk: CasesDesk, ending: str) -> None:
    case = assigned(desk)
    read = words_of(desk, OFFICE, case, ending)
    for words in (
        "督办通知单",
        "区住建局：",
        "下列事项请你单位办理，最晚2026年9月30日反馈。",
        str(case.number),
        str(case.title),
        "做了什么",
        "交办",
        "签收单位（盖章）",
    ):
        assert bare(words) in read, words
    assert read.index("督办通知单") < read.index("区住建局：") < read.index("经过") < read.index("签收岗位")


def test_a_day_that_binds_another_is_not_said_to_the_doer(desk: CasesDesk) -> None:
    case = assigned(desk)
    desk.town.move(case, "report", HOUSING, answer="改造完成13.4公里")
    read = words_of(desk, OFFICE, case, "docx")
    assert "区住建局：" in read
    assert "下列事项请你单位办理。" in read
    assert "最晚" not in read


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_case_of_a_kind_without_a_paper_has_its_own_name(desk: CasesDesk, ending: str) -> None:
    read = words_of(desk, HOUSING, dispute(desk), ending)
    assert "矛盾纠纷" in read or "调解" in read
    assert "督办通知单" not in read
    assert "请你单位办理" not in read


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_sensitive_stays_covered_for_whoever_may_not_read_it(desk: CasesDesk, ending: str) -> None:
    case = dispute(desk)
    assert PARTIES in words_of(desk, HOUSING, case, ending)
    assert PARTIES not in words_of(desk, LEADER, case, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_file_is_the_same_each_time_and_named_by_number(desk: CasesDesk, ending: str) -> None:
    case = assigned(desk)
    first = file_of(desk, OFFICE, case, ending)
    assert file_of(desk, OFFICE, case, ending) == first
    desk.town.move(case, "report", HOUSING, answer="改造完成13.4公里")
    assert file_of(desk, OFFICE, case, ending) != first
    assert "改造完成13.4公里" in words_of(desk, OFFICE, case, ending)
    head = desk.browser(OFFICE).get(f"{BASE}/{case.id}.{ending}").headers
    assert str(case.number) in head["Content-Disposition"]
    assert head["Content-Disposition"].startswith("attachment")
    assert str(case.title) not in head["Content-Disposition"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_case_of_others_is_not_there(desk: CasesDesk, ending: str) -> None:
    case = assigned(desk)
    assert desk.browser(WATER).get(f"{BASE}/{case.id}.{ending}").status_code == 404
    assert desk.browser(OFFICE).get(f"{BASE}/k0000000000000.{ending}").status_code == 404
    assert desk.browser(OFFICE).post(f"{BASE}/{case.id}.{ending}").status_code == 405


def test_the_print_view_offers_both_and_says_the_same(desk: CasesDesk) -> None:
    case = assigned(desk)
    page = desk.page(OFFICE, at(case, "print"))
    assert "<h1>督办通知单</h1>" in page
    for ending in ENDINGS:
        assert f'href="{BASE}/{case.id}.{ending}"' in page


def test_where_pdf_can_not_be_made_the_page_does_not_offer_it(
    desk: CasesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "typst" else known(name, *more)
    )
    case = assigned(desk)
    page = desk.page(OFFICE, at(case, "print"))
    assert f"{case.id}.docx" in page
    assert f"{case.id}.pdf" not in page
    answer = desk.browser(OFFICE).get(f"{BASE}/{case.id}.pdf")
    assert answer.status_code in (403, 409, 422)
    assert "请下载Word" in answer.content.decode()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_long_history_costs_no_more_questions(desk: CasesDesk, ending: str) -> None:
    from django.db import connection

    case = assigned(desk)
    file_of(desk, OFFICE, case, ending)
    counts = []
    for rounds in (1, 3):
        for _ in range(rounds):
            desk.town.move(case, "report", HOUSING, answer="还在改造")
            desk.town.move(case, "refute", AUDIT, finding="现场没有动工")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            file_of(desk, OFFICE, case, ending)
        counts.append(len(asked))
    assert counts[0] == counts[1]
