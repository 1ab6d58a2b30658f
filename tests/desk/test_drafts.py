"""Drafts at the server: what the device may keep of a form, and that a draft whose answer was lost is not taken a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from luodi.kernel.cases.models import Case
from tests.areas.case_town import at as on
from tests.desk.cases_desk import AUDIT, HOUSING, OFFICE, CasesDesk, text_of
from tests.desk.test_cases_forms import DISPUTE
from tests.desk.test_cases_page import PARTIES, dispute

DRAFT = "0123456789abcdef01234567"


@pytest.fixture
def desk(db: None, data_folder: Any) -> Iterator[CasesDesk]:
    with on(9, 15):
        yield CasesDesk()


def sent(desk: CasesDesk, draft: str = DRAFT, **changed: str) -> Any:
    """The form shown anew, filled from the draft on the device and sent."""
    given = {
        **desk.form(OFFICE, DISPUTE),
        "title": "相邻用房漏水",
        "unit": desk.town.units[HOUSING].id,
        "verifier_unit": desk.town.units[AUDIT].id,
        "a-parties": PARTIES,
        "a-sort": "邻里",
        "a-risk": "low",
        "ld-draft": draft,
        **changed,
    }
    answer = desk.browser(OFFICE).post(DISPUTE, given)
    assert answer.status_code == 302, text_of(answer)[:500]
    return answer


def test_a_draft_whose_answer_was_lost_opens_no_second_case(desk: CasesDesk) -> None:
    sent(desk)  # taken, but the answer never reached the device: the draft is still there
    again = sent(desk)
    assert Case.objects.count() == 1
    assert "没有再记一次" in desk.page(OFFICE, again["Location"])
    assert again.cookies["ld-draft-sent"].value == DRAFT, "now it is forgotten on the device"


def test_whatever_else_is_written_into_it_is_another_case(desk: CasesDesk) -> None:
    sent(desk)
    sent(desk, title="另一处漏水")
    sent(desk, draft="f" * 24)
    assert Case.objects.count() == 3


def test_a_form_that_goes_back_for_more_rows_keeps_its_draft(desk: CasesDesk) -> None:
    case = dispute(desk)
    for move in ("agree", "meet"):
        desk.town.move(case, move, HOUSING, **({"note": "双方到场"} if move == "meet" else {}))
    address = f"/desk/cases/{case.id}/settle"
    given = {**desk.form(HOUSING, address), "more": "a-agreed", "ld-draft": DRAFT}
    answer = desk.browser(HOUSING).post(address, given)
    assert answer.status_code == 200
    assert "ld-draft-sent" not in answer.cookies


def test_who_is_bound_by_an_agreement_stays_on_no_device(desk: CasesDesk) -> None:
    case = dispute(desk)
    desk.town.move(case, "agree", HOUSING)
    desk.town.move(case, "meet", HOUSING, note="双方到场")
    page = desk.page(HOUSING, f"/desk/cases/{case.id}/settle")
    rows = re.findall(r'<div([^>]*)><label for="a-agreed-(who|does)-', page)
    assert {part: "data-ld-no-draft" in attributes for attributes, part in rows} == {
        "who": True,
        "does": False,
    }
