"""Moving many cases at once: only what may be done, told before, each by an act of its own, and never twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.ledger.models import Event
from tests.areas.case_town import CaseTown, at, found
from tests.desk.case_desk import AUDIT, HOUSING, LEADER, OFFICE, WATER, browser, text_of

pytestmark = pytest.mark.django_db
BULK = "/desk/cases/bulk"


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def slips(town: CaseTown, number: int, *moves: str) -> list[Case]:
    """Slips to the housing bureau, with these moves of the office made."""
    made = [town.slip(subject=f"c{at:013d}") for at in range(number)]
    for case in made:
        for name in moves:
            town.move(case, name, OFFICE)
    return made


def query(cases: list[Case], move: str = "") -> str:
    chosen = "&".join(f"id={case.id}" for case in cases)
    return f"{BULK}?{chosen}" + (f"&move={move}" if move else "")


def form(client: Client, cases: list[Case], move: str, **given: Any) -> dict[str, Any]:
    """What the form of a move is sent with: all that may be done, unless told otherwise."""
    page = client.get(query(cases, move))
    assert page.status_code == 200, text_of(page)
    idents = [line["id"] for line in page.context["able"]]
    seen = page.context["chosen"].state
    return {"key": page.context["key"], "move": move, "seen": seen, "id": idents, **given}


def states(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=case.id).state for case in cases]


def test_a_list_of_one_kind_and_one_state_can_be_ticked(town: CaseTown) -> None:
    with at(9, 15):
        slips(town, 2)
        office = browser(town, OFFICE)
        assert 'type="checkbox"' not in text_of(office.get("/desk/cases?kind=supervision"))
        text = text_of(office.get("/desk/cases?kind=supervision&state=initiated"))
    assert len(re.findall(r'type="checkbox" name="id"', text)) == 2
    assert "选中的一起办" in text


def test_every_move_of_the_state_is_offered_or_its_refusal_told(town: CaseTown) -> None:
    with at(9, 15):
        page = browser(town, OFFICE).get(query(slips(town, 2)))
    offered = {each.move.name: each for each in page.context["chosen"].moves}
    assert {name for name, each in offered.items() if each.may_be_chosen} == {"assign", "withdraw"}
    assert "“强行了结”由分管领导来做，您现在的岗位不是。" in text_of(page)


def test_each_is_moved_by_an_act_of_its_own(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 3)
        office = browser(town, OFFICE)
        before = Event.objects.filter(kind="case.moved").count()
        answer = office.post(BULK, form(office, cases, "assign"))
        assert answer.status_code == 302
        page = office.get(answer["Location"])
    assert states(cases) == ["assigned"] * 3
    assert Event.objects.filter(kind="case.moved").count() == before + 3
    assert "交办，办了3件" in text_of(page)
    assert [line["id"] for line in page.context["done"]] == [case.id for case in cases]


def test_what_it_asks_is_asked_once_and_stands_with_each(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2)
        office = browser(town, OFFICE)
        sent = form(office, cases, "withdraw", **{"a-reason": "和上级的督办重复"})
        assert office.post(BULK, sent).status_code == 302
    assert states(cases) == ["withdrawn"] * 2
    notes = Step.objects.filter(move="withdraw").values_list("note", flat=True)
    assert list(notes) == ["和上级的督办重复"] * 2


def test_a_fault_stands_at_its_field_and_nothing_is_done(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2, "assign")
        office = browser(town, OFFICE)
        sent = form(office, cases, "extend", **{"a-reason": "汛期", "a-until": "过几天"})
        answer = office.post(BULK, sent)
    assert answer.status_code == 422
    text = text_of(answer)
    assert "“延到哪天”写的是“过几天”" in text
    assert ">汛期</textarea>" in text
    assert states(cases) == ["assigned"] * 2
    assert not Step.objects.filter(move="extend").exists()


def test_who_is_refused_is_told_before_and_the_others_are_done(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 3, "assign")
        actions.move(
            cases[0], "extend", by=town.actors[OFFICE], answers={"reason": "汛期", "until": "2026-10-15"}
        )
        office = browser(town, OFFICE)
        assert "2件能办，1件不能" in text_of(office.get(query(cases)))
        page = office.get(query(cases, "extend"))
        assert [line["number"] for line, _ in page.context["refused"]] == [cases[0].number]
        assert "“准予延期”最多1次，已经用完。" in text_of(page)
        sent = form(office, cases, "extend", **{"a-reason": "台风", "a-until": "2026-10-20"})
        assert len(sent["id"]) == 2
        office.post(BULK, sent)
    assert Step.objects.filter(move="extend", note="台风").count() == 2
    assert Step.objects.filter(case=cases[0], move="extend").count() == 1


def test_what_only_the_act_finds_out_is_told_afterwards_with_the_case(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2, "assign")
        later = town.slip(subject="c0000000000555", answer_by="2026-12-31")
        town.move(later, "assign", OFFICE)
        office = browser(town, OFFICE)
        sent = form(office, [*cases, later], "extend", **{"a-reason": "汛期", "a-until": "2026-10-15"})
        page = office.get(office.post(BULK, sent)["Location"])
    assert len(page.context["done"]) == 2
    ((line, words),) = page.context["refused"]
    assert line["id"] == later.id
    assert "应晚于现在的期限2026-12-31" in words
    assert "准予延期，办了2件" in text_of(page)


def test_a_case_somebody_else_moved_meanwhile_is_left_as_it_is(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2)
        office = browser(town, OFFICE)
        sent = form(office, cases, "assign")
        town.move(cases[0], "withdraw", OFFICE, reason="重复")
        page = office.get(office.post(BULK, sent)["Location"])
    assert states(cases) == ["withdrawn", "assigned"]
    assert "这件事刚被别人动过" in page.context["refused"][0][1]


def test_sent_again_nothing_is_done_again(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2, "assign")
        office = browser(town, OFFICE)
        sent = form(office, cases, "escalate")
        first = office.post(BULK, sent)
        again = office.post(BULK, sent)
        assert first["Location"] == again["Location"]
        page = office.get(again["Location"])
    assert Step.objects.filter(move="escalate").count() == 2
    assert "提级，办了2件" in text_of(page)


def test_a_move_that_needs_a_signature_only_waits_for_it(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2, "assign")
        office = browser(town, OFFICE)
        assert "要分管领导一件一件签字才生效" in text_of(office.get(query(cases, "suspend")))
        sent = form(office, cases, "suspend", **{"a-reason": "等批复", "a-until": "2026-10-20"})
        office.post(BULK, sent)
    assert states(cases) == ["assigned"] * 2
    assert Step.objects.filter(needs_signature=True, signed_at=None).count() == 2


def test_what_has_to_be_said_case_by_case_is_not_done_in_bulk(town: CaseTown) -> None:
    with at(9, 15):
        cases = [
            actions.open_case(
                "mediation", by=town.actors[OFFICE], title=title, unit=town.units[HOUSING], post=town.posts[HOUSING],
                move="apply", answers={"parties": "甲某、乙某", "sort": "物业", "risk": "low"},
            )
            for title in ("楼道堆物", "楼上漏水")
        ]  # fmt: skip
        for case in cases:
            town.move(case, "agree", HOUSING)
            town.move(case, "meet", HOUSING, note="谈了")
        housing = browser(town, HOUSING)
        text = text_of(housing.get(query(cases)))
        assert "每一件要填的不一样，请一件一件办。" in text
        assert housing.get(query(cases, "settle")).status_code == 409
        refused = housing.post(BULK, {"key": "x", "move": "settle", "id": [case.id for case in cases]})
        assert refused.status_code == 409
        # a move with files is made without them
        page = housing.get(query(cases, "meet"))
    assert [field.kind for field in page.context["fields"]] == ["text"]


def test_what_is_unlike_or_unseen_or_nothing_is_refused_in_words(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2)
        town.move(cases[0], "assign", OFFICE)
        office = browser(town, OFFICE)
        assert "不是同一类、同一个状态" in text_of(office.get(query(cases)))
        assert "一件也没有选中" in text_of(office.get(BULK))
        assert "一件也没有选中" in text_of(browser(town, WATER).get(query(cases[:1])))
        many = "&".join(f"id=k{number:013d}" for number in range(51))
        assert "选了51件，一次最多50件" in text_of(office.get(f"{BULK}?{many}"))
        assert office.get(f"{BULK}/nothing").status_code == 409
        assert office.get(query(cases[1:], "no-such")).status_code == 409


def test_who_may_not_is_refused_whatever_is_sent(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2)
        audit = browser(town, AUDIT)
        sent = {"key": "y", "move": "assign", "seen": "initiated", "id": [case.id for case in cases]}
        page = audit.get(audit.post(BULK, sent)["Location"])
    assert page.context["done"] == []
    assert {words for _, words in page.context["refused"]} == {"“交办”由经办的办公室来做，您现在的岗位不是。"}
    assert states(cases) == ["initiated"] * 2


def test_the_leader_ends_what_nobody_else_may(town: CaseTown) -> None:
    with at(9, 15):
        cases = slips(town, 2)
        leader = browser(town, LEADER)
        text = text_of(leader.get(query(cases, "terminate")))
        assert "强行了结单独计数，不算办成" in text
        assert (
            leader.post(BULK, form(leader, cases, "terminate", **{"a-reason": "机构撤销"})).status_code == 302
        )
    assert [Case.objects.get(pk=case.id).outcome for case in cases] == ["forced"] * 2
