"""A dispute from consent to what was really done: the window for confirmation, dated duties, an honest rate of performance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from luodi.areas import mediation
from luodi.areas.mediation.models import Dispute
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, CaseClock, DueItem, Duty
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import CaseTown, at, found, refused

pytestmark = pytest.mark.django_db
MEDIATORS, JUSTICE = "区住建局", "区审计局"  # the body that mediates, the bureau that looks after performance
PARTIES = "甲某与乙某"
AGREED = [
    {"who": "甲某", "does": "付清修缮款", "amount": "12000.50", "due": "2026-10-15"},
    {"who": "乙某", "does": "拆除隔墙", "due": "2026-09-20"},
]


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def dispute(town: CaseTown) -> Case:
    return actions.open_case(
        "mediation",
        by=town.actors["区督查室"],
        move="apply",
        title="相邻用房漏水",
        unit=town.units[MEDIATORS],
        post=town.posts[MEDIATORS],
        verifier_unit=town.units[JUSTICE],
        answers={"parties": PARTIES, "sort": "邻里", "risk": "low"},
    )


def settled(town: CaseTown, agreed: list[dict[str, Any]] = AGREED) -> Case:
    """Agreed on Tuesday 1 September 2026."""
    with at(8, 20):
        case = dispute(town)
        town.move(case, "agree", MEDIATORS)
    with at(9, 1):
        town.move(case, "meet", MEDIATORS, note="双方到场")
        return town.move(case, "settle", MEDIATORS, form="written", effective_on="2026-09-01", agreed=agreed)


def test_the_window_for_confirmation_is_put_off_over_the_holiday(town: CaseTown) -> None:
    """《民事诉讼法》第二百零五条, the worked example: the thirtieth day is 1 October, the last filing day the eighth."""
    case = settled(town)
    clock = CaseClock.objects.get(case=case, name="confirm")
    assert clock.due_on == dt.date(2026, 10, 8)
    assert "第三十三条" in clock.citation


def test_one_partys_clear_refusal_stops_everything(town: CaseTown) -> None:
    with at(8, 20):
        case = dispute(town)
        town.move(case, "refuse", MEDIATORS, note="乙某不愿意")
    assert (case.state, case.outcome) == ("not_agreed", "refused")


def test_each_duty_is_looked_after_on_its_day(town: CaseTown) -> None:
    case = settled(town)
    due = dict(DueItem.objects.filter(subject=case.id).values_list("due_on", "label"))
    assert set(due) == {dt.date(2026, 9, 20), dt.date(2026, 10, 8), dt.date(2026, 10, 15)}
    assert Duty.objects.get(case=case, due_on=dt.date(2026, 10, 15)).amount == 1_200_050


def test_it_is_closed_as_performed_only_when_every_duty_was_found_kept(town: CaseTown) -> None:
    case = settled(town)
    first, second = Duty.objects.filter(case=case).order_by("due_on")
    with at(9, 21):
        town.move(case, "perform", MEDIATORS)
        with refused("other-party"):
            town.move(case, "kept", MEDIATORS, duty=first.id, on="2026-09-20")
        town.move(case, "kept", JUSTICE, duty=first.id, on="2026-09-20")
        with refused("duties-open"):
            town.move(case, "close", JUSTICE)
        with refused("no-such-duty"):
            town.move(case, "kept", JUSTICE, duty=first.id, on="2026-09-20")
    with at(10, 16):
        town.move(case, "kept", JUSTICE, duty=second.id, on="2026-10-15")
        town.move(case, "close", JUSTICE)
    assert (case.state, case.outcome) == ("performed", "done")
    assert not DueItem.objects.filter(subject=case.id).exists()


def test_a_broken_duty_ends_as_breached_and_never_as_performed(town: CaseTown) -> None:
    case = settled(town, AGREED[:1])
    with at(10, 16):
        town.move(case, "perform", MEDIATORS)
        with refused("no-duty-broken"):
            town.move(case, "breach", JUSTICE, note="没有付")
        town.move(case, "broken", JUSTICE, duty=Duty.objects.get(case=case).id, note="没有付")
        with refused("duties-open"):
            town.move(case, "close", JUSTICE)
        town.move(case, "breach", JUSTICE, note="告知可以起诉")
    assert (case.state, case.outcome) == ("breached", "failed")


def test_a_rejected_confirmation_goes_back_to_the_table(town: CaseTown) -> None:
    case = settled(town)
    with at(9, 10):
        town.move(case, "file", MEDIATORS, court="青岚区人民法院")
        town.move(case, "rejected", MEDIATORS, note="一项不属于可以调解的")
        assert case.state == "in_session"
        town.move(case, "settle", MEDIATORS, form="written", effective_on="2026-09-10", agreed=AGREED[:1])
    assert Dispute.objects.get(case=case).court == "青岚区人民法院"
    assert sorted(Duty.objects.filter(case=case).values_list("state", flat=True)) == ["open", "void", "void"]


def test_mediation_is_prolonged_once(town: CaseTown) -> None:
    with at(8, 20):
        case = dispute(town)
        town.move(case, "agree", MEDIATORS)
        assert case.planned_due == dt.date(2026, 9, 19)
        town.move(case, "prolong", MEDIATORS, note="双方同意")
        assert case.planned_due == case.latest_due == dt.date(2026, 10, 19)
        with refused("no-more"):
            town.move(case, "prolong", MEDIATORS, note="再延")


@pytest.mark.parametrize(
    "row",
    [
        {"who": "", "does": "付款", "due": "2026-10-01"},
        {"who": "甲某", "does": "付款", "due": "十月"},
        {"who": "甲某", "does": "付款", "amount": "1.005", "due": "2026-10-01"},
        {"who": "甲某", "does": "付款", "amount": "-1", "due": "2026-10-01"},
        {"who": "甲" * 61, "does": "付款", "due": "2026-10-01"},
    ],
)
def test_a_faulty_duty_is_refused_with_its_row(town: CaseTown, row: dict[str, str]) -> None:
    with refused("bad-answers") as caught:
        settled(town, [AGREED[0], row])
    assert "第2行" in caught.value.message or "约定" in caught.value.message


def test_a_day_of_effect_that_is_still_to_come_is_refused(town: CaseTown) -> None:
    with at(8, 20):
        case = dispute(town)
        town.move(case, "agree", MEDIATORS)
        town.move(case, "meet", MEDIATORS, note="双方到场")
        with refused("day-to-come"):
            town.move(case, "settle", MEDIATORS, form="oral", effective_on="2026-09-01", agreed=AGREED)


def test_nobody_reads_the_parties_in_the_log_and_verify_finds_nothing_wrong(town: CaseTown) -> None:
    case = settled(town)
    parts = Event.objects.filter(subject=case.id).values_list("payload", "closed")
    told = "".join(payload + closed for payload, closed in parts)
    assert not any(word in told for word in (PARTIES, "甲某", "付清修缮款"))
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_the_whole_mechanism_is_less_than_two_hundred_lines() -> None:
    """A mechanism is a folder of small files; if this one takes more, the kernel has to change."""
    folder = Path(mediation.__path__[0])
    written = [folder / name for name in ("playbook.py", "models.py", "screens.py", "rules.toml")]
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in written if path.exists())
    assert 100 < lines < 200
