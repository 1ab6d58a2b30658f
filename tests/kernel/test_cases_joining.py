"""A stage that waits for cases beneath it: left by nothing while one is open, by itself when the last has ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, DueItem, Step
from luodi.kernel.cases.possible import Standing, chances
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import CaseTown, at, found, refused
from tests.kernel.small_kinds import PERMIT, WORKS, granted, known, permit, works
from tests.kernel.test_two_writers import one_after_the_other


@pytest.fixture
def town(data_folder: object, db: None) -> Iterator[CaseTown]:
    with known(PERMIT, WORKS):
        yield found()


def test_the_stage_is_left_by_nothing_while_something_is_open_beneath_it() -> None:
    waiting = Standing("side_by_side", ("office", "leader"), {}, open_children=2)
    codes = {c.move.name: c.refusal and c.refusal.code for c in chances(WORKS, waiting)}
    assert codes == {"all_in": "children-open", "drop": "children-open", "terminate": "children-open"}
    alone = Standing("side_by_side", ("office", "leader"), {})
    assert all(chance.is_open for chance in chances(WORKS, alone))


@pytest.mark.parametrize("order", [1, -1])
def test_the_last_to_end_joins_in_either_order(town: CaseTown, order: int) -> None:
    with at(9, 15):
        parent = works(town)
        one, other = [permit(town, parent), permit(town, parent)][::order]
        granted(town, one)
        parent.refresh_from_db()
        assert parent.state == "side_by_side"
        with refused("children-open"):
            town.move(parent, "drop", "区督查室", reason="不办了")
        town.move(other, "refuse", "区住建局", reason="不合规划")
    parent.refresh_from_db()
    assert parent.state == "collected"
    assert [one.root_id, other.parent_id] == [parent.id] * 2
    joined = Step.objects.get(case=parent, move="all_in")
    assert (joined.from_state, joined.post) == ("side_by_side", None)
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_what_joins_is_told_in_the_one_event_of_the_child(town: CaseTown) -> None:
    with at(9, 15):
        parent = works(town)
        child = permit(town, parent)
        town.move(child, "report", "区住建局")
        before = Event.objects.count()
        town.move(child, "grant", "区审计局")
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("id").last()
    assert event is not None
    told = json.loads(event.payload)["data"]
    assert (told["move"], told["to"]) == ("grant", "granted")
    assert told["joined"] == [
        {"case": parent.id, "move": "all_in", "from": "side_by_side", "to": "collected"}
    ]
    assert not DueItem.objects.filter(subject=child.id).exists()


def test_only_what_is_joined_is_opened_beneath_and_only_there(town: CaseTown) -> None:
    with at(9, 15):
        parent = works(town)
        child = permit(town, parent)
        with refused("not-beneath") as caught:
            permit(town, child)
        assert "许可下面不开" in caught.value.message
        granted(town, child)
        with refused("not-beneath") as caught:
            permit(town, parent)
        assert "并联审批" in caught.value.message
    assert Case.objects.filter(kind="permit").count() == 1


def test_where_nothing_was_opened_beneath_the_office_goes_on(town: CaseTown) -> None:
    with at(9, 15):
        parent = works(town)
        assert town.move(parent, "all_in", "区督查室").state == "collected"


def test_a_case_is_begun_only_by_whom_its_playbook_names(town: CaseTown) -> None:
    with at(9, 15), refused("other-party"):
        actions.open_case("works", by=town.actors["区水利局"], title="甲", unit=town.units["区水利局"])
    assert Case.objects.count() == 0


def test_of_two_that_end_at_once_the_later_joins(
    committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with known(PERMIT, WORKS):
        town = found()
        with at(9, 15):
            parent = works(town)
            children = [permit(town, parent), permit(town, parent)]
            for child in children:
                town.move(child, "report", "区住建局")
        by = town.actors["区审计局"]
        acts = [lambda child=child: actions.move(child, "grant", by=by) for child in children]
        assert one_after_the_other(monkeypatch, *acts) == [None, None]
        parent.refresh_from_db()
        assert parent.state == "collected"
        assert Step.objects.filter(case=parent, move="all_in").count() == 1
        assert [str(finding) for finding in verify(committed_database) if finding.is_wrong] == []
