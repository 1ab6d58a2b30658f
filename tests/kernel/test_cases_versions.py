"""A live case goes on under another version only where it is proven that nothing is lost; the proof stands in the event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import Ask, Clock, Playbook, State
from luodi.kernel.cases.versions import Held, Life, proof
from luodi.kernel.cases.writing import move
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import CaseTown, at, found, refused
from tests.kernel.small_kinds import PERMIT, granted, known, permit

OFFICE, DOER = "区督查室", "区住建局"
LOOK = move("look", "现场看", "open", "doer", Ask("seen_on", "哪天看的", "day"))
NEWER = replace(PERMIT, version=2, moves=(*PERMIT.moves, LOOK))


def without(playbook: Playbook, name: str) -> Playbook:
    return replace(playbook, version=2, moves=tuple(m for m in playbook.moves if m.name != name))


def changed(playbook: Playbook, name: str, **values: object) -> Playbook:
    moves = tuple(replace(m, **values) if m.name == name else m for m in playbook.moves)  # type: ignore[arg-type]
    return replace(playbook, version=2, moves=moves)


LIFE = Life(
    "reported", {"begin": 1, "report": 1}, ("work",), (Held("begin", "by_day"), Held("report", "note"))
)
STATES = tuple(State("told", "已报", "verifier") if s.name == "reported" else s for s in PERMIT.states)


def test_what_is_all_there_is_lossless() -> None:
    shown = proof(PERMIT, NEWER, LIFE)
    assert shown.lost == ()
    assert shown.as_data() == {
        "from": 1,
        "to": 2,
        "state": "reported",
        "moves": {"begin": 1, "report": 1},
        "clocks": ["work"],
        "answers": ["begin.by_day", "report.note"],
        "lost": [],
    }


@pytest.mark.parametrize(
    ("new", "life", "says"),
    [
        (replace(NEWER, states=STATES), LIFE, "没有“已报”（reported）这个状态"),
        (without(PERMIT, "report"), LIFE, "没有“报办结”（report）这个动作"),
        (replace(NEWER, clocks=()), LIFE, "没有“办理期限”（work）这个计时"),
        (
            replace(NEWER, clocks=(Clock("work", "办理期限", ("open",), rule="permit.work"),)),
            LIFE,
            "计时的依据",
        ),
        (
            replace(NEWER, clocks=(Clock("work", "办理期限", ("open", "reported"), written="by_day"),)),
            LIFE,
            "现在走不走",
        ),
        (changed(PERMIT, "report", asks=()), LIFE, "填过的“情况”没有地方放"),
        (changed(PERMIT, "report", asks=(Ask("note", "情况", "day"),)), LIFE, "填过的“情况”没有地方放"),
        (replace(NEWER, escalates=0), replace(LIFE, level=3), "已经提到第3级"),
        (changed(PERMIT, "suspend", signed_by=None), replace(LIFE, state="open", waits="suspend"), "等签字"),
        (changed(PERMIT, "suspend", effect=""), replace(LIFE, state="suspended", left="open"), "停不停表"),
    ],
)
def test_what_would_be_lost_is_told(new: Playbook, life: Life, says: str) -> None:
    assert any(says in words for words in proof(PERMIT, new, life).lost), proof(PERMIT, new, life).lost


def test_a_choice_that_is_no_more_would_be_lost() -> None:
    def asking(*choices: str) -> Playbook:
        asks = (Ask("sort", "哪类", "choice", choices=tuple((name, name) for name in choices)),)
        return changed(PERMIT, "report", asks=asks)

    life = replace(LIFE, held=(Held("report", "sort", "甲"),))
    assert proof(asking("甲", "乙"), asking("甲"), life).lost == ()
    assert "选过的“甲”" in proof(asking("甲", "乙"), asking("乙"), life).lost[0]


@pytest.fixture
def town(data_folder: object, db: None) -> Iterator[CaseTown]:
    with known([PERMIT]):
        yield found()


def case_under_the_old(town: CaseTown) -> Case:
    case = permit(town)
    return town.move(case, "report", DOER, note="图纸齐了")


def test_it_goes_on_under_the_newer_with_the_proof_in_the_event(town: CaseTown) -> None:
    with at(9, 15):
        case = case_under_the_old(town)
    with known([PERMIT, NEWER]), at(9, 16):
        assert permit(town).version == 2
        with refused("other-party"):
            actions.move_to_version(case, 2, by=town.actors[DOER])
        actions.move_to_version(case, 2, by=town.actors[OFFICE])
        case.refresh_from_db()
        assert (case.version, case.state) == (2, "reported")
        event = Event.objects.filter(subject=case.id).order_by("id").last()
        assert event is not None
        shown = json.loads(event.payload)["data"]["proof"]
        assert (event.kind, shown["lost"], shown["answers"]) == (
            "case.renewed",
            [],
            ["begin.by_day", "report.note"],
        )
        assert Step.objects.filter(case=case, move="renew").exists()
        with refused("not-newer"):
            actions.move_to_version(case, 1, by=town.actors[OFFICE])
        with refused("no-such-version"):
            actions.move_to_version(case, 3, by=town.actors[OFFICE])
        assert town.move(case, "grant", "区审计局").outcome == "done"
        assert [finding for finding in verify() if finding.is_wrong] == []


def test_it_stays_where_something_would_be_lost_and_says_what(town: CaseTown) -> None:
    with at(9, 15):
        case = case_under_the_old(town)
        before = Event.objects.count()
        with known([PERMIT, changed(PERMIT, "report", asks=())]), refused("would-lose") as caught:
            actions.move_to_version(case, 2, by=town.actors[OFFICE])
    case.refresh_from_db()
    assert "情况" in caught.value.message
    assert (case.version, Event.objects.count()) == (1, before)


def test_a_closed_case_stays_on_its_version(town: CaseTown) -> None:
    with at(9, 15):
        case = granted(town, permit(town))
        with known([PERMIT, NEWER]), refused("closed-already"):
            actions.move_to_version(case, 2, by=town.actors[OFFICE])
