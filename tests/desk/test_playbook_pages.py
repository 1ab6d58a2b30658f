"""How a kind of case goes, at the desk: drawn, in words, and to take away."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from luodi.kernel.cases.registry import kind_of, kinds
from tests.areas.case_town import CaseTown, at, found
from tests.desk.case_desk import HOUSING, browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


@pytest.mark.parametrize("kind", ["supervision", "mediation"])
def test_every_state_move_end_and_clock_stands_on_the_page_in_words(town: CaseTown, kind: str) -> None:
    playbook = kind_of(kind).newest
    with at(9, 22):
        page = browser(town, HOUSING).get(f"/desk/playbooks/{kind}")
    told = page.context["places"]
    assert [place.label for place in told] == ["开头", *(state.label for state in playbook.states)]
    for state, place in zip(playbook.states, told[1:], strict=True):
        assert [move.label for move in place.moves] == [m.label for m in playbook.moves_from(state.name)]
        assert state.says in place.says
    text = text_of(page)
    for words in (
        *(end.label for end in playbook.ends),
        *(clock.label for clock in playbook.clocks),
        *(measure.label for measure in playbook.measures),
    ):
        assert words in text, words
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="ld-playbook"' in text
    assert 'tabindex="0" role="region"' in text


def test_conditions_and_rules_are_said(town: CaseTown) -> None:
    with at(9, 22):
        page = browser(town, HOUSING).get("/desk/playbooks/supervision")
    told = {(place.label, move.label): move for place in page.context["places"] for move in place.moves}
    check = told[("反馈", "核查属实")]
    assert (check.to, check.by) == ("核查", "另一个单位")
    assert "只有和承办单位没有上下级关系的单位能做" in check.more
    assert "证据（可以不填）" in check.asks
    assert "要分管领导签字才生效" in told[("交办", "停表")].more
    assert told[("交办", "准予延期")].to == "留在“交办”"
    assert told[("停表", "恢复计时")].to == "回到停表前的状态"
    clocks = {clock.label: clock for clock in page.context["clocks"]}
    assert clocks["核查期限"].limit == "10个工作日"
    assert clocks["核查期限"].href == "/desk/rules#rule-supervision-check"
    assert clocks["反馈期限"].limit == "写明的日子"
    assert "《政府督查工作条例》第十七条（✔）" in text_of(page)


def test_terms_within_and_after_which_a_move_is_made_are_said(town: CaseTown) -> None:
    with at(9, 22):
        page = browser(town, HOUSING).get("/desk/playbooks/supervision")
    told = {(place.label, move.label): move for place in page.context["places"] for move in place.moves}
    assert "过了“申请复核的期限”就不能做" in told[("办结", "申请复核")].more
    assert "要等“申请复核的期限”过了，或没有人还能用它了才能做" in told[("办结", "评价")].more
    assert told[("认可结论", "评价")].to == "评价完成"


def test_the_drawing_can_be_taken_away_with_its_colours(town: CaseTown) -> None:
    with at(9, 22):
        answer = browser(town, HOUSING).get("/desk/playbooks/supervision.svg")
    assert answer["Content-Disposition"] == 'attachment; filename="supervision-2.svg"'
    root = ET.fromstring(answer.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert next(iter(root)).tag.endswith("style")


def test_the_exchange_form_has_the_limits_of_the_rules_in_force(town: CaseTown) -> None:
    with at(9, 22):
        answer = browser(town, HOUSING).get("/desk/playbooks/supervision.bpmn")
    assert answer["Content-Disposition"] == 'attachment; filename="supervision-2.bpmn"'
    root = ET.fromstring(answer.content)
    assert root.tag.endswith("definitions")
    assert "P10D" in answer.content.decode()


def test_every_kind_leads_to_every_other(town: CaseTown) -> None:
    with at(9, 22):
        page = browser(town, HOUSING).get("/desk/playbooks/mediation")
    assert [href for _, href, _ in page.context["others"]] == [
        f"/desk/playbooks/{kind.name}" for kind in kinds()
    ]


@pytest.mark.parametrize(
    "address",
    [
        "nothing",
        "nothing.svg",
        "supervision?version=99",
        "supervision?version=x",
        "supervision.bpmn?version=7",
    ],
)
def test_what_is_not_there_is_refused_in_words(town: CaseTown, address: str) -> None:
    with at(9, 22):
        answer = browser(town, HOUSING).get(f"/desk/playbooks/{address}")
    assert answer.status_code == 409
    assert "没有" in text_of(answer)
