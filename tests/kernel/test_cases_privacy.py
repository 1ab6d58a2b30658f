"""Sensitive fields stand open before few; whoever else needs one says why; what was kept long enough goes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from luodi.areas.mediation.models import Dispute
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases import actions
from luodi.kernel.cases.access import may_read_sensitive
from luodi.kernel.cases.acts.retaining import forget_due, years_kept
from luodi.kernel.cases.models import Case, Duty, Step
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.ids import CASE
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.ledger.personal import opened
from luodi.kernel.ledger.sweeping import DUE
from luodi.kernel.ledger.verify import verify
from luodi.kernel.notices.models import Notice
from luodi.kernel.privacy.field_keys import FILE
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.search import index
from tests.areas.case_town import CaseTown, at, found, refused
from tests.areas.test_mediation import AGREED, MEDIATORS, PARTIES, dispute


@pytest.fixture
def town(data_folder: object, db: None) -> CaseTown:
    return found()


def test_doer_verifier_and_office_read_what_is_sensitive_and_nobody_else(town: CaseTown) -> None:
    with at(8, 20):
        case = dispute(town)
    reading = {name for name, actor in town.actors.items() if may_read_sensitive(actor, case)}
    assert reading == {"区督查室", "区住建局", "区审计局"}
    assert not may_read_sensitive(SYSTEM, case)
    assert not may_read_sensitive(Actor(), case)


def test_a_leader_says_why_and_it_is_an_event(town: CaseTown) -> None:
    with at(8, 20):
        details = Dispute.objects.get(case=dispute(town))
        leader = town.actors["区政府"]
        assert actions.unmask(details, "parties", reason="信访接待，核对当事人", by=leader) == PARTIES
    event = Event.objects.filter(subject=details.case_id).order_by("id").last()
    assert event is not None
    assert (event.kind, event.post) == ("privacy.unmasked", leader.post)
    assert json.loads(event.closed)["data"]["field"] == "parties"
    assert "信访接待" not in event.payload + event.closed, "who came to see whom is about people"
    secret = Secret.objects.get(row=details.case_id, id__endswith=".data")
    found_reason = opened(secret)
    assert found_reason is not None
    assert "信访接待" in found_reason[0].decode()
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_nothing_is_shown_without_a_reason_to_strangers_or_of_other_fields(town: CaseTown) -> None:
    with at(8, 20):
        details = Dispute.objects.get(case=dispute(town))
        before = Event.objects.count()
        with refused("reason-missing"):
            actions.unmask(details, "parties", reason=" ", by=town.actors["区政府"])
        with refused("not-visible"):
            actions.unmask(details, "parties", reason="想看看", by=town.actors["区水利局"])
        with refused("no-post"):
            actions.unmask(details, "parties", reason="想看看", by=SYSTEM)
        with pytest.raises(LookupError):
            actions.unmask(details, "sort", reason="想看看", by=town.actors["区政府"])
    assert Event.objects.count() == before


def ended(town: CaseTown) -> Case:
    """Settled on 1 September, performed, closed on 21 September 2026."""
    with at(8, 20):
        case = dispute(town)
        town.move(case, "agree", MEDIATORS)
    with at(9, 1):
        town.move(case, "meet", MEDIATORS, note="双方到场")
        agreed = [row | {"due": "2026-09-20"} for row in AGREED[:1]]
        town.move(case, "settle", MEDIATORS, form="oral", effective_on="2026-09-01", agreed=agreed)
    with at(9, 21):
        town.move(case, "perform", MEDIATORS)
        town.move(case, "kept", "区审计局", duty=Duty.objects.get(case=case).id, on="2026-09-20")
        return town.move(case, "close", "区审计局")


def on(year: int, month: int, day: int):  # type: ignore[no-untyped-def]
    return held_at(dt.datetime(year, month, day, 10, tzinfo=SHANGHAI))


def test_what_was_kept_for_its_years_is_forgotten_and_every_proof_stays(town: CaseTown) -> None:
    case, running = ended(town), None
    with at(9, 21):
        running = dispute(town)
        assert years_kept("mediation", rulebook()) == 30
    with on(2056, 9, 21):
        assert forget_due() == 0, "thirty years are not over yet"
    with on(2056, 9, 22):
        assert forget_due() == 1
        assert forget_due() == 0
    case.refresh_from_db()
    details, step = Dispute.objects.get(case=case), Step.objects.get(case=case, move="meet")
    duty = Duty.objects.get(case=case)
    assert (case.title, details.parties, step.note, duty.who, duty.does) == (None,) * 5
    assert (case.state, case.outcome, details.sort, duty.state) == ("performed", "done", "邻里", "kept")
    rows = [case.id, details.id, step.id, duty.id]
    assert not Secret.objects.filter(row__in=rows).exclude(cipher=None).exists()
    event = Event.objects.get(subject=case.id, kind="case.erased")
    assert json.loads(event.closed)["data"]["reason"] == "retention"
    running.refresh_from_db()
    assert running.title is not None, "what is open is kept"
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_time_passing_forgets_by_itself(town: CaseTown) -> None:
    case = ended(town)
    with on(2057, 1, 4):
        actions.tick()
    assert Case.objects.get(pk=case.id).title is None


def test_at_most_some_are_forgotten_at_once_the_longest_closed_first(town: CaseTown) -> None:
    with at(9, 15):
        slips = [town.slip(subject=f"c{number:013}") for number in range(3)]
    for day, slip in zip((18, 16, 17), slips, strict=True):
        with at(9, day):
            town.move(slip, "withdraw", "区督查室", reason="重复")
    with on(2060, 1, 5):
        assert forget_due(at_most=2) == 2
        kept = Case.objects.filter(title__isnull=False)
        assert [row.id for row in kept] == [slips[0].id]


@pytest.mark.only_on("sqlite")
def test_no_byte_of_what_was_forgotten_stays_in_the_database(committed_database: Path) -> None:
    town = found()
    with at(9, 15):
        slip = town.slip(order_paper="第十二次会议")
        town.move(slip, "withdraw", "区督查室", reason="鼉鼊氍重复了")
    with on(2060, 1, 5):
        assert forget_due() == 1
    assert not (committed_database / DUE).exists(), "it was swept at once"
    file = Path(connection.settings_dict["NAME"])
    for path in (file, *file.parent.glob(f"{file.name}-*")):
        raw = path.read_bytes()
        assert "鼉鼊氍".encode() not in raw
        assert "管网改造逾期".encode() not in raw
    assert "第十二次会议".encode() in file.read_bytes(), "what is about nobody stays"


def test_what_is_due_is_forgotten_though_its_key_was_lost(town: CaseTown, data_folder: Path) -> None:
    case = ended(town)
    (data_folder / FILE).write_text("")
    with on(2057, 1, 4):
        actions.tick()  # it also turns every light of the district: nothing may stop it
    details, duty = Dispute.objects.get(case=case), Duty.objects.get(case=case)
    assert (details.parties, duty.who, duty.does) == (None,) * 3
    assert Case.objects.get(pk=case.id).title is None
    assert [
        finding.code for finding in verify() if finding.is_wrong and finding.code != "field-key-missing"
    ] == []


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    return bytes(answer.getvalue()).decode()


def test_what_was_forgotten_is_found_by_no_search_list_or_notice(town: CaseTown) -> None:
    case = ended(town)
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors["区政府"].account))
    title = "相邻用房漏水"
    asked = (
        f"/desk/cases?q={title}&ended=all",
        "/desk/cases?ended=all",
        "/desk/cases.csv?ended=all",
        f"/desk/cases/{case.id}",
        "/desk/inbox",
    )
    with at(9, 22):
        for address in asked[:4]:
            assert title in read(client, address), address
    with on(2056, 9, 22):
        assert forget_due() == 1
    for address in asked:
        text = read(client, address)
        assert title not in text.replace(f'value="{title}"', "").replace(f"“{title}”", ""), address
    assert list(index.subjects("相邻用房", kind=CASE, up_to=10) or []) == []
    assert title not in str(list(Notice.objects.values()))
