"""The list of cases: whose, narrowed by what, in which order; as page, sheet and paper; loads; cheap at any length."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from typing import Any

import pytest
from openpyxl import load_workbook

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case
from tests.areas.case_town import CaseTown, at, found
from tests.database import unguarded
from tests.desk.case_desk import AUDIT, HOUSING, LEADER, OFFICE, WATER, browser, counted, many, text_of

pytestmark = pytest.mark.django_db
CASES = "/desk/cases"


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def titles(page: Any) -> list[str]:
    return [row.title for row in page.context["rows"]]


def slip(town: CaseTown, title: str, answer_by: str = "2026-09-30", **given: Any) -> Case:
    """A slip with a title of its own."""
    return town.slip(subject=f"c{Case.objects.count():013d}", title=title, answer_by=answer_by, **given)


def dispute(town: CaseTown, title: str) -> Case:
    """A dispute that the housing bureau is to settle."""
    return actions.open_case(
        "mediation",
        by=town.actors[OFFICE],
        title=title,
        unit=town.units[HOUSING],
        move="apply",
        answers={"parties": "甲某、乙某", "sort": "物业", "risk": "low"},
    )


def test_everybody_sees_what_their_post_has_to_do_with_and_no_more(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "管网")
        for unit in (OFFICE, HOUSING, AUDIT, LEADER):
            assert titles(browser(town, unit).get(CASES)) == ["管网"], unit
        page = browser(town, WATER).get(CASES)
    assert titles(page) == []
    assert "还没有没办结的事项" in text_of(page)


def test_what_is_due_first_stands_first_and_what_has_no_clock_last(town: CaseTown) -> None:
    with at(9, 15):
        dispute(town, "没有走表")
        slip(town, "晚的", "2026-10-30")
        slip(town, "早的", "2026-09-20")
        slip(town, "早超的", "2026-09-16")
    with at(9, 22):
        page = browser(town, OFFICE).get(CASES)
    assert titles(page) == ["早超的", "早的", "晚的", "没有走表"]
    text = text_of(page)
    for words in ("4件事项", "2件已超期", "超6天", "没有走表", "反馈期限，按写明的日子", "纠纷调解", "立项"):
        assert words in text, words


def test_each_choice_narrows_and_can_be_taken_away(town: CaseTown) -> None:
    with at(9, 1):
        slip(town, "一号管网", "2026-09-10")
    with at(9, 15):
        case = slip(town, "二号管网", "2026-10-10")
        town.move(case, "assign", OFFICE)
        dispute(town, "楼道堆物")
        office = browser(town, OFFICE)
        for query, expected in (
            ("kind=supervision", ["一号管网", "二号管网"]),
            ("kind=mediation", ["楼道堆物"]),
            ("kind=supervision&state=assigned", ["二号管网"]),
            ("state=assigned", ["一号管网", "二号管网", "楼道堆物"]),  # a state without its kind says nothing
            ("light=red", ["一号管网"]),
            ("light=green", ["二号管网"]),
            ("since=2026-09-02", ["二号管网", "楼道堆物"]),
            ("until=2026-09-02", ["一号管网"]),
            ("q=管网 二号", ["二号管网"]),
            (f"q={case.number}", ["二号管网"]),
            ("q=990102-260901", ["一号管网"]),
            (f"unit={town.units[HOUSING].id}&q=楼道", ["楼道堆物"]),
            (f"unit={town.units[WATER].id}", []),
        ):
            assert titles(office.get(f"{CASES}?{query}")) == expected, query
        page = office.get(f"{CASES}?kind=supervision&state=assigned&q=管网")
        assert [words for words, _ in page.context["chosen"]] == ["督办单", "交办", "有“管网”"]
        assert titles(office.get(dict(page.context["chosen"])["交办"])) == ["一号管网", "二号管网"]
        assert titles(office.get(dict(page.context["chosen"])["督办单"])) == ["一号管网", "二号管网"]
        assert "没有同时合上这些条件的事项" in text_of(office.get(f"{CASES}?q=水上巴士"))


def test_the_states_of_a_chosen_kind_stand_beside_it_with_their_numbers(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "立了的")
        town.move(slip(town, "交了的"), "assign", OFFICE)
        town.move(slip(town, "也交了的", "2026-10-30"), "assign", OFFICE)
        office = browser(town, OFFICE)
        assert office.get(CASES).context["states"] == []
        states = office.get(f"{CASES}?kind=supervision&state=assigned").context["states"]
        assert [(line.words, line.count, line.is_here) for line in states] == [
            ("立项", 1, False),
            ("交办", 2, True),
        ]
        assert titles(office.get(states[0].href)) == ["立了的"]
        assert len(titles(office.get(states[1].href))) == 3


def test_ended_cases_are_shown_when_asked_for_with_what_they_count_as(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "还在办")
        gone = slip(town, "撤了的")
        town.move(gone, "withdraw", OFFICE, reason="重复立项")
        office = browser(town, OFFICE)
        assert titles(office.get(CASES)) == ["还在办"]
        page = office.get(f"{CASES}?ended=closed")
        assert titles(page) == ["撤了的"]
        assert "9月15日办结，算“撤回”" in text_of(page)
        assert titles(office.get(f"{CASES}?ended=withdrawn")) == ["撤了的"]
        assert titles(office.get(f"{CASES}?ended=done")) == []
        assert titles(office.get(f"{CASES}?ended=all")) == ["还在办", "撤了的"]


@pytest.mark.parametrize(
    "query",
    ["unit=x", "at=a1", "at=b99999999999999.k1", "light=1", "q=%00", "state=%27--", "since=soon", "ended=x", "kind=x&state=y"],
)  # fmt: skip
def test_what_no_address_means_counts_as_not_asked(town: CaseTown, query: str) -> None:
    with at(9, 15):
        slip(town, "管网")
        assert browser(town, OFFICE).get(f"{CASES}?{query}").status_code == 200


def test_long_lists_go_on_behind_the_last_row(town: CaseTown) -> None:
    with at(9, 15):
        for title in ("没有表一", "没有表二"):
            dispute(town, title)
        many(town, 101, dt.date(2026, 9, 10))
        office = browser(town, OFFICE)
        pages = [office.get(CASES)]
        while address := pages[-1].context["after"]:
            pages.append(office.get(address))
        seen = [title for page in pages for title in titles(page)]
        assert [len(titles(page)) for page in pages] == [50, 50, 3]
        assert seen == [f"第{number}件" for number in range(2, 103)] + ["没有表一", "没有表二"]
        assert titles(office.get(pages[2].context["before"])) == titles(pages[1])


def test_the_list_asks_as_much_of_ten_as_of_a_thousand(town: CaseTown) -> None:
    addresses = [CASES, f"{CASES}?kind=supervision&light=green&q=第", f"{CASES}/load", f"{CASES}/print"]
    with at(9, 15):
        numbers: list[list[int]] = []
        for more in (10, 990):
            many(town, more, dt.date(2026, 9, 10))
            asked: list[int] = []
            for unit in (HOUSING, OFFICE):
                client = browser(town, unit)
                for address in addresses:
                    client.get(address)
                    with counted() as number:
                        assert client.get(address).status_code == 200
                    asked += number
            numbers.append(asked)
    assert all(many <= few for few, many in zip(*numbers, strict=True)), numbers
    assert max(numbers[0]) <= 40


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_same_choice_as_a_sheet_in_which_nothing_is_run(town: CaseTown, kind: str) -> None:
    with at(9, 15):
        slip(town, "=1+1管网")
        dispute(town, "楼道堆物")
        answer = browser(town, OFFICE).get(f"{CASES}.{kind}?kind=supervision")
        raw = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].endswith(f'cases-2026-09-15.{kind}"')
    if kind == "csv":
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    else:
        rows = [list(row) for row in load_workbook(io.BytesIO(raw)).active.iter_rows(values_only=True)]
    assert len(rows) == 2
    shown = dict(zip(rows[0], rows[1], strict=True))
    assert shown["名称"] == "'=1+1管网"
    assert (shown["类别"], shown["状态"], shown["期限"]) == ("督办单", "立项", "2026-09-30")
    assert shown["亮灯规则"] == "反馈期限，按写明的日子"


def test_a_sheet_is_as_long_as_the_list(town: CaseTown) -> None:
    with at(9, 15):
        many(town, 450, dt.date(2026, 9, 10))
        answer = browser(town, OFFICE).get(f"{CASES}.csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == [f"第{number}件" for number in range(450)]


def test_on_paper_the_choice_is_said_and_the_rows_are_a_table(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "管网")
        text = text_of(browser(town, OFFICE).get(f"{CASES}/print?kind=supervision"))
    assert "1件事项" in text
    assert "督办单" in text
    assert "<caption" in text


def test_a_saved_choice_stands_beside_the_list_of_its_post(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "一号管网")
        slip(town, "二号管网")
        office = browser(town, OFFICE)
        given = {"place": "cases", "of": "kind=supervision&q=二号&at=a1.k1&x=1", "name": "二号的"}
        assert office.post("/desk/cases/saved", given).status_code == 302
        ((name, href),) = office.get(CASES).context["saved"]
        assert (name, titles(office.get(href))) == ("二号的", ["二号管网"])
        assert office.get("/desk/inbox").context["saved"] == []


def test_the_load_of_each_unit_with_ages_worst_first(town: CaseTown) -> None:
    with at(9, 1):
        slip(town, "早的", "2026-09-10")
    with at(9, 5):
        slip(town, "中的", "2026-10-30")
    with at(9, 9):
        slip(town, "晚的", "2026-10-30")
        other = actions.open_case(
            "supervision",
            by=town.actors[OFFICE],
            title="水利的",
            unit=town.units[WATER],
            answers={
                "subject": "c0000000000777", "ordered_by": town.posts[LEADER].id, "order_paper": "纪要", "matter": "渠道",
                "answer_by": "2026-12-30",
            },
        )  # fmt: skip
        gone = slip(town, "办结的")
        town.move(gone, "withdraw", OFFICE, reason="重复")
    with at(9, 15):
        page = browser(town, OFFICE).get(f"{CASES}/load")
        own = browser(town, WATER).get(f"{CASES}/load")
    loads = [(row.name, row.open, row.overdue, row.median, row.oldest) for row, _, _ in page.context["loads"]]
    assert loads == [(HOUSING, 3, 1, 10, 14), (WATER, 1, 0, 6, 6)]
    assert [row.name for row, _, _ in own.context["loads"]] == [WATER]
    assert other.unit_id == town.units[WATER].id
    assert (page.context["total"], page.context["overdue"]) == (4, 1)


def test_what_comes_back_again_is_told_by_subject_and_by_unit(town: CaseTown) -> None:
    subject = "c0000000000042"
    with at(3, 2):
        first = town.slip(subject=subject)
        town.move(first, "withdraw", OFFICE, reason="换了说法")
    with at(9, 1):
        town.slip(subject=subject)
        dispute(town, "楼道堆物")
        dispute(town, "楼上漏水")
    with at(9, 15):
        page = browser(town, OFFICE).get(f"{CASES}/load")
        units = page.context["units"]
        assert [(line.again.ident, line.again.times) for line in page.context["subjects"]] == [(subject, 2)]
        # disputes are no supervision: that a unit has two of them says nothing
        assert [(line.name, line.again.label, line.again.times) for line in units] == [(HOUSING, "督办单", 2)]
        assert len(browser(town, OFFICE).get(units[0].href).context["rows"]) == 2
    with at(9, 16):
        with unguarded():
            Case.objects.filter(pk=first.id).update(opened_on=dt.date(2025, 9, 10))
        page = browser(town, OFFICE).get(f"{CASES}/load")
    assert page.context["subjects"] == []
    assert page.context["units"] == []


def test_an_empty_load_says_what_will_stand_there(town: CaseTown) -> None:
    with at(9, 15):
        assert "没有没办结的事项" in text_of(browser(town, OFFICE).get(f"{CASES}/load"))


def test_a_choice_too_long_to_count_says_that_it_is_more(
    town: CaseTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luodi.desk.cases.listing_counts.MOST", 3)
    with at(9, 15):
        many(town, 5, dt.date(2026, 9, 10))
        housing, office = browser(town, HOUSING), browser(town, OFFICE)
        page = housing.get(f"{CASES}?kind=supervision")
        assert (page.context["total"], page.context["is_more"], len(titles(page))) == (3, True, 5)
        assert "3多件事项" in text_of(page)
        assert [line.count for line in page.context["states"]] == [-1] * len(page.context["states"])
        # whoever sees everything reads the very number off the counters
        page = office.get(f"{CASES}?kind=supervision")
        assert (page.context["total"], page.context["is_more"]) == (5, False)
        assert [(line.words, line.count) for line in page.context["states"]] == [("交办", 5)]


def test_every_choice_counts_what_it_lists(town: CaseTown) -> None:
    with at(9, 1):
        slip(town, "一号管网", "2026-09-10")
        slip(town, "二号管网", "2026-09-15")
        town.move(slip(town, "撤了的", "2026-09-12"), "withdraw", OFFICE, reason="重复立项")
        dispute(town, "楼道堆物")
    with at(9, 8):
        town.move(slip(town, "三号管网", "2026-10-20"), "assign", OFFICE)
    with at(9, 15):
        actions.tick()
        asked = [
            "&".join(part for part in parts if part)
            for parts in itertools.product(
                ("", "kind=supervision", f"unit={town.units[HOUSING].id}"),
                ("", "light=red", "light=amber", "light=green", "light=paused"),
                ("", "ended=all", "ended=closed", "ended=withdrawn"),
                ("", "since=2026-09-02", "until=2026-09-02", "q=管网"),
            )
        ]
        wrong = []
        for unit in (OFFICE, HOUSING):
            client = browser(town, unit)
            for query in asked if unit == OFFICE else asked[::5]:
                page = client.get(f"{CASES}?{query}")
                if page.context["total"] != len(titles(page)):
                    wrong.append((unit, query, page.context["total"], titles(page)))
        lights = [
            len(titles(browser(town, OFFICE).get(f"{CASES}?light={each}")))
            for each in ("red", "amber", "green")
        ]
    assert wrong == []
    assert lights == [1, 1, 1], "each open case whose time runs shows one light"
