"""The public list of cases: what may be narrowed, what is overdue, pages and files; and nothing that is internal."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.kernel.cases import actions, public_list
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.public_list import Narrowed, listed
from luodi.portal import cases_page
from tests.areas.case_town import CaseTown, at, found
from tests.portal.test_case_page import DOER, OFFICE, opened_dispute

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_folder: Any) -> Any:
    made = found()
    with at(9, 1):
        yield made


def get(address: str) -> Any:
    answer = Client().get(address)
    assert answer.status_code == 200, answer.content[:300]
    return answer


def numbers(address: str) -> list[str]:
    """The numbers of the cases on the page, as they stand."""
    return [line.case.number for line in get(address).context["lines"]]


def slips(town: CaseTown, many: int) -> list[Case]:
    """Slips on as many subjects, each assigned, due on 30 September."""
    made = []
    for n in range(many):
        made.append(town.slip(subject=f"c{n:013d}"))
        town.move(made[-1], "assign", OFFICE)
    return made


def test_where_nothing_is_public_the_page_says_what_will_be(town: CaseTown) -> None:
    opened_dispute(town)
    text = get("/k/").content.decode()
    assert "还没有可以公开跟踪的事项" in text
    assert "邻里" not in text
    assert "下载这些" not in text


def test_it_is_reached_from_the_front_page_and_the_page_of_a_case(town: CaseTown) -> None:
    (case,) = slips(town, 1)
    assert '<a href="/k/">' in get("/").content.decode()
    text = get(f"/k/{case.id}").content.decode()
    assert '<a href="/k/" aria-current="page">' in text
    assert f'href="/k/?kind={case.kind}"' in text
    assert 'href="/k/"' in get("/data/").content.decode()


def test_the_newest_stand_first_and_a_dispute_on_none(town: CaseTown) -> None:
    first, second = slips(town, 2)
    dispute = opened_dispute(town)
    assert numbers("/k/") == [second.number, first.number]
    assert numbers("/k/?kind=mediation") == [second.number, first.number], (
        "a kind that is not public is not known"
    )
    assert dispute.number not in get("/k/?kind=mediation").content.decode()
    assert "2件事项" in get("/k/").content.decode()


def test_each_choice_narrows_and_can_be_taken_back(town: CaseTown) -> None:
    first, second = slips(town, 2)
    town.move(first, "withdraw", OFFICE, reason="立错了")
    asked = {
        "state=assigned": [second],
        "state=withdrawn": [first],
        "only=open": [second],
        "only=closed": [first],
        "kind=supervision": [second, first],
        f"unit={town.units['区政府'].id}": [second, first],
        f"unit={town.units[OFFICE].id}": [],
        "state=assigned&only=closed": [],
    }
    for query, rows in asked.items():
        assert numbers(f"/k/?{query}") == [case.number for case in rows], query
    page = get(f"/k/?state=withdrawn&unit={town.units['区政府'].id}")
    assert [href for _, href in page.context["chosen"]] == [
        f"/k/?unit={town.units['区政府'].id}",
        "/k/?state=withdrawn",
    ]
    assert "没有合上这些条件的事项" in get("/k/?state=assigned&only=closed").content.decode()


def test_the_unit_that_does_the_work_cannot_be_asked_for(town: CaseTown) -> None:
    slips(town, 1)
    page = get("/k/")
    assert page.context["unit_options"] == [(town.units["区政府"].id, "区政府")]
    assert DOER not in page.content.decode()
    assert numbers(f"/k/?unit={town.units[DOER].id}") == []
    assert DOER not in get(f"/k/?unit={town.units[DOER].id}").content.decode()


def test_overdue_is_what_is_past_the_day_that_is_public_extensions_granted(town: CaseTown) -> None:
    late, extended, answered = slips(town, 3)
    town.move(extended, "extend", OFFICE, reason="等材料", until="2026-10-20")
    with at(9, 30):
        assert numbers("/k/?only=overdue") == [], "the day itself has not passed"
    with at(10, 9):
        town.move(answered, "report", DOER, answer="办完了")
        waits = Step.objects.filter(case=extended, needs_signature=True, signed_at=None).first()
        if waits is not None:
            actions.sign(waits, by=town.actors["区政府"])
        assert numbers("/k/?only=overdue") == [late.number]
        flagged = {line.case.number for line in get("/k/").context["lines"] if line.is_overdue}
        assert flagged == {late.number}


def test_pages_follow_each_other_and_leave_none_out(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases_page, "A_PAGE", 2)
    made = slips(town, 5)
    seen, address, pages = [], "/k/?only=open", 0
    while address:
        page = get(address)
        seen += [line.case.number for line in page.context["lines"]]
        assert ("回到第一页" in page.content.decode()) == (pages > 0)
        address, pages = page.context["after"], pages + 1
        assert not address or "only=open" in address
    assert (seen, pages) == ([case.number for case in reversed(made)], 3)


def test_a_long_list_is_not_counted_to_its_end(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases_page, "COUNTED_TO", 2)
    monkeypatch.setattr(public_list.count_to, "__defaults__", (2,))
    slips(town, 2)
    assert "可以公开跟踪的2件事项" in get("/k/").content.decode()
    slips_more = town.slip(subject="c9999999999999")
    assert slips_more.number
    assert "可以公开跟踪的2多件事项" in get("/k/").content.decode()


@pytest.mark.parametrize(
    "query",
    ["kind='--", "state=nothing", "unit=u", "only=yes", "after=k", "after=u0000000000000", "kind=%00"],
)
def test_what_an_address_says_wrongly_counts_as_not_said(town: CaseTown, query: str) -> None:
    (case,) = slips(town, 1)
    assert numbers(f"/k/?{query}") == [case.number]


def test_a_page_asks_the_same_whatever_the_number_of_cases(town: CaseTown) -> None:
    slips(town, 2)
    get("/k/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        get("/k/?only=open")
    slips_more = [town.slip(subject=f"c1{n:012d}") for n in range(10)]
    assert len(slips_more) == 10
    with CaptureQueriesContext(connection) as many:
        get("/k/?only=open")
    assert len(many) == len(few) <= 16


def test_files_say_what_the_page_says(town: CaseTown) -> None:
    first, second = slips(town, 2)
    town.move(first, "withdraw", OFFICE, reason="立错了")
    raw = Client().get("/data/cases.csv").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    header, *rows = list(csv.reader(io.StringIO(raw)))
    assert tuple(header) == cases_page.COLUMNS
    assert [row[0] for row in rows] == [second.number, first.number]
    assert rows[1][1:6] == ["督办单", "撤销", "撤回", "2026-09-01", "2026-09-01"]
    assert rows[0][7] == "奉哪个岗位之命：区政府负责人；限什么时候反馈：2026年9月30日"
    assert rows[0][8].endswith(f"/k/{second.id}")
    assert DOER not in raw
    book = openpyxl.load_workbook(
        io.BytesIO(Client().get("/data/cases.xlsx?only=open").getvalue())  # type: ignore[attr-defined]
    )
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [second.number]
    assert Client().get("/data/cases.pdf").status_code == 404


def test_the_feed_leads_to_the_list(town: CaseTown) -> None:
    root = ElementTree.fromstring(get("/cases.atom").content)
    links = [link.attrib["href"] for link in root.findall("{http://www.w3.org/2005/Atom}link")]
    assert any(href.endswith("/k/") for href in links)


def test_the_list_of_the_kernel_hands_out_public_cases_alone(town: CaseTown) -> None:
    case, dispute = slips(town, 1)[0], opened_dispute(town)
    for wanted in (
        Narrowed(),
        Narrowed(kind="mediation"),
        Narrowed(only="open"),
        Narrowed(state=dispute.state),
    ):
        assert dispute.id not in {row.id for row in listed(wanted, case.opened_on)}
