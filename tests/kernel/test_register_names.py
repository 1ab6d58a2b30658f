"""What a unit is called from which day on, who looked at a number, what was signed; and that all of it is rebuilt."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from luodi.kernel.clocks.now import UTC, held_at, today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions, finding, merged
from luodi.kernel.register.models import Unit, UnitName
from luodi.kernel.sheets.lookups import known_units
from luodi.kernel.sheets.unit_names import UnitNames
from tests.database import unguarded

DAY = dt.date(2026, 3, 1)
NOON = dt.datetime(2026, 3, 1, 4, tzinfo=UTC)
CODE = "91990000MA0000001B"


@pytest.fixture
def bureau(db: None) -> Unit:
    with held_at(NOON):
        return actions.create_unit(name="区建设局", short_name="建设局", by=SYSTEM)


def refused(code: str) -> object:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def names(unit: Unit) -> list[tuple[str, str, dt.date | None, dt.date | None]]:
    rows = UnitName.objects.filter(unit=unit).order_by("id")
    return [(row.kind, row.name, row.since, row.until) for row in rows]


def test_a_unit_is_found_by_the_names_it_had_with_the_days_on_which_they_held(bureau: Unit) -> None:
    with held_at(NOON):
        actions.rename_unit(bureau, name="区住建局", on=dt.date(2024, 7, 1), by=SYSTEM)
        actions.rename_unit(bureau, name="区住房城乡建设局", short_name="住建局", on=DAY, by=SYSTEM)
    assert names(bureau) == [
        ("full", "区建设局", None, dt.date(2024, 6, 30)),
        ("full", "区住建局", dt.date(2024, 7, 1), dt.date(2026, 2, 28)),
        ("short", "建设局", None, dt.date(2026, 2, 28)),
    ]
    for words in ("区建设局", "区住建局", "住房城乡", "住建"):
        assert list(finding.units_called(words)) == [Unit.objects.get(pk=bureau.pk)], words
    shown = json.loads(Event.objects.filter(kind="unit.renamed").order_by("id")[0].payload)["data"]
    assert shown == {"from": "区建设局", "to": "区住建局", "on": "2024-07-01"}


def test_a_name_is_given_neither_ahead_nor_before_the_last_nor_twice(bureau: Unit) -> None:
    with held_at(NOON):
        actions.rename_unit(bureau, name="区住建局", by=SYSTEM)
        with refused("rename-ahead"):
            actions.rename_unit(bureau, name="区城建局", on=dt.date(2026, 3, 2), by=SYSTEM)
        with refused("rename-order"):
            actions.rename_unit(bureau, name="区城建局", on=dt.date(2026, 2, 1), by=SYSTEM)
        with refused("name-unchanged"):
            actions.rename_unit(bureau, name="区住建局", by=SYSTEM)
        actions.create_unit(name="区水务局", by=SYSTEM)
        with refused("unit-name-taken"):
            actions.rename_unit(bureau, name="区水务局", by=SYSTEM)
        # a slip, put right on the same day, was never a name
        actions.rename_unit(bureau, name="区住房局", by=SYSTEM)
    assert [name for _, name, _, _ in names(bureau)] == ["区建设局"]
    assert Unit.objects.get(pk=bureau.pk).name == "区住房局"


def test_an_alias_is_used_until_it_is_dropped_and_stays_to_be_seen(bureau: Unit) -> None:
    with held_at(NOON):
        alias = actions.add_alias(bureau, name="城建局", by=SYSTEM)
        with refused("alias-exists"):
            actions.add_alias(bureau, name="城建局", by=SYSTEM)
        for taken in ("区建设局", "建设局"):
            with refused("alias-taken"):
                actions.add_alias(bureau, name=taken, by=SYSTEM)
        actions.drop_alias(alias, by=SYSTEM)
        with refused("alias-gone"):
            actions.drop_alias(alias, by=SYSTEM)
    assert names(bureau) == [("alias", "城建局", DAY, DAY)]
    assert finding.other_names([bureau.id])[bureau.id][0].name == "城建局"
    assert list(finding.units_called("城建局")) == [bureau]


def test_what_is_written_of_a_unit_is_corrected_and_its_code_checked(bureau: Unit) -> None:
    actions.correct_unit(bureau, credit_code="91990000-MA0000001b", kind="company", by=SYSTEM)
    bureau.refresh_from_db()
    assert (bureau.credit_code, bureau.kind) == (CODE, "company")
    with refused("credit-code-wrong"):
        actions.correct_unit(bureau, credit_code="91990000MA0000001A", by=SYSTEM)
    with refused("choice-unknown"):
        actions.correct_unit(bureau, kind="kingdom", by=SYSTEM)
    with pytest.raises(TypeError):
        actions.correct_unit(bureau, name="区住建局", by=SYSTEM)


def test_whoever_looks_at_a_number_leaves_word_of_it_and_no_number(db: None) -> None:
    person = actions.enter_person(name="某甲", phone="13800001234", by=SYSTEM)
    with refused("reason-missing"):
        actions.unmask(person, "phone", reason=" ", by=SYSTEM)
    with refused("nothing-to-show"):
        actions.unmask(person, "identity_number", reason="核对", by=SYSTEM)
    with pytest.raises(LookupError):
        actions.unmask(person, "name", reason="核对", by=SYSTEM)
    assert actions.unmask(person, "phone", reason="通知某甲开会", by=SYSTEM) == "13800001234"
    event = Event.objects.get(kind="person.unmasked")
    assert event.subject == person.id
    assert json.loads(event.closed)["data"] == {"field": "phone"}
    assert "某甲" not in event.payload + event.closed
    told, number = event.payload + event.closed, "13800001234"
    # three digits stand in a digest by chance; six do not
    assert not any(number[at : at + 6] in told for at in range(len(number) - 5))


def test_all_that_is_the_same_is_told_at_once(db: None) -> None:
    one, two, three, other = (actions.create_unit(name=name, by=SYSTEM) for name in "甲乙丙丁")
    actions.judge_same(one.id, two.id, "positive", by=SYSTEM)
    last = actions.judge_same(three.id, two.id, "positive", by=SYSTEM)
    actions.judge_same(one.id, other.id, "negative", by=SYSTEM)
    assert merged.groups("u") == {one.id: (one.id, two.id, three.id)}
    assert merged.stand_ins("u") == {two.id: one.id, three.id: one.id}
    actions.undo_judgement(last, by=SYSTEM)
    assert merged.stand_ins("u") == {two.id: one.id}
    assert merged.groups("n") == {}


@pytest.fixture
def lived_in(committed_database: Path) -> Path:
    """A district whose units were called this and that, and a hand-over signed over a list."""
    bureau = actions.create_unit(name="区建设局", short_name="建设局", by=SYSTEM)
    actions.rename_unit(bureau, name="区住建局", short_name="住建局", by=SYSTEM)
    actions.drop_alias(actions.add_alias(bureau, name="城建局", by=SYSTEM), by=SYSTEM)
    actions.add_alias(bureau, name="建委", by=SYSTEM)
    actions.correct_unit(bureau, credit_code=CODE, kind="company", by=SYSTEM)
    head = actions.create_post(title="局长", unit=bureau, by=SYSTEM)
    one, other = (
        actions.enter_person(name=name, phone="13800001234", by=SYSTEM) for name in ("某甲", "某乙")
    )
    held = actions.appoint(one, head, since=today() - dt.timedelta(days=9), by=SYSTEM)
    later = actions.hand_over(held, to=other, on=today(), by=SYSTEM)
    actions.sign_given(later, signer=one.id, by=SYSTEM, listed=["c0000000000001"])
    actions.sign_taken(later, signer=other.id, by=SYSTEM, listed=["c0000000000001"])
    actions.unmask(one, "phone", reason="通知开会", by=SYSTEM)
    return committed_database


def test_names_corrections_and_signatures_are_rebuilt_from_the_events(lived_in: Path) -> None:
    assert [finding for finding in verify(lived_in) if finding.is_wrong] == []
    signed = Event.objects.filter(kind__in=("hand_over.given", "hand_over.taken"))
    assert [json.loads(event.closed)["data"]["listed"] for event in signed] == [["c0000000000001"]] * 2


def test_a_name_put_in_or_changed_behind_the_ledger_is_found(lived_in: Path) -> None:
    with unguarded():
        UnitName.objects.filter(kind="full").update(name="区规划局")
        UnitName.objects.filter(name="建委").delete()
    wrong = {(finding.code, finding.name) for finding in verify(lived_in) if finding.is_wrong}
    assert {code for code, _ in wrong} == {"row-changed", "row-gone"}
    assert all("luodi_register_unit_name" in name for _, name in wrong)


def test_a_sheet_that_says_a_former_name_or_an_alias_is_understood(bureau: Unit) -> None:
    with held_at(NOON):
        actions.rename_unit(bureau, name="区住建局", short_name="", by=SYSTEM)
        actions.add_alias(bureau, name="城乡建设局", by=SYSTEM)
    names = UnitNames(known_units(), "青岚区")
    for called in ("区建设局", "建设局", "城乡建设局", "青岚区建设局"):
        match = names.match(called)
        assert match.unit is not None, called
        assert match.unit.id == bureau.id
    assert names.match("城乡建设局").why == "是“区住建局”的曾用名或别称"
    # whoever has the name now is meant, not whoever had it
    later = actions.create_unit(name="区建设局", by=SYSTEM)
    found = UnitNames(known_units(), "青岚区").match("区建设局").unit
    assert found is not None
    assert found.id == later.id
