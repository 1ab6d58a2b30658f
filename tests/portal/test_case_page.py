"""A case in public: its course, its days, its end; its feed and its calendar; and nothing of anybody (invariant 10)."""

from __future__ import annotations

import logging
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from luodi.api import counting
from luodi.areas.mediation.models import Dispute
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.models import Account
from luodi.kernel.accounts.throttle import Throttle
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Duty, Step
from luodi.kernel.ledger.sealing import seal
from luodi.portal import calendar as calendar_view
from luodi.portal.calendar_text import Entry, calendar_of
from tests.areas.case_town import CaseTown, at, found

pytestmark = pytest.mark.django_db
OFFICE, DOER, AUDIT = "区督查室", "区住建局", "区审计局"
PLANTED = ("赵小满", "13800001234", "99010119900101001X", "鲁D12345")
PLANT = "，".join(PLANTED)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def town(data_folder: Any) -> Any:
    counting.REQUESTS.forget()
    calendar_view.WRONG_KEYS.forget()
    made = found()
    with at(9, 1):
        yield made


def get(address: str, status: int = 200) -> Any:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content[:300]
    return answer


def calendar_key(town: CaseTown, unit: str) -> str:
    actor = town.actors[unit]
    return tokening.make_calendar(Account.objects.get(pk=actor.account), town.posts[unit], by=actor)[1]


def assigned(town: CaseTown) -> Case:
    return town.move(town.slip(), "assign", OFFICE)


def test_the_page_tells_state_course_and_days(town: CaseTown) -> None:
    case = assigned(town)
    text = get(f"/k/{case.id}").content.decode()
    assert case.number in text
    assert '接下来：</span><span lang="zh-CN">办理并反馈' in text
    assert text.index(">交办</a>") < text.index(">立项</a>"), "the newest first"
    for words in ("区政府负责人", "2026年9月30日", "2026年9月1日"):
        assert words in text
    assert "常务会议纪要" not in text, "free text"
    assert "管网改造逾期" not in text


def test_every_move_leads_to_its_event_and_the_proof_is_there(town: CaseTown) -> None:
    case = assigned(town)
    seal()
    text = get(f"/k/{case.id}").content.decode()
    events = {part.split('"')[0] for part in text.split('href="/e/')[1:]}
    assert len(events) == 2
    for event in events:
        assert case.id in get(f"/e/{event}").content.decode()
    assert 'href="/proof/' in text


def test_an_end_says_as_what_it_counts(town: CaseTown) -> None:
    case = assigned(town)
    town.move(case, "terminate", "区政府", reason="不办了")
    text = get(f"/k/{case.id}").content.decode()
    assert "强行了结" in text
    assert "单独计数，不算办成" in text
    assert "不办了" not in text


def test_a_move_that_waits_for_a_signature_is_not_told(town: CaseTown) -> None:
    case = assigned(town)
    town.move(case, "suspend", OFFICE, reason="等材料", until="2026-09-20")
    assert "停表" not in get(f"/k/{case.id}").content.decode()
    assert "停表" not in get("/cases.atom").content.decode()
    actions.sign(Step.objects.get(move="suspend"), by=town.actors["区政府"])
    assert "停表" in get(f"/k/{case.id}").content.decode()


def test_the_feed_tells_the_newest_moves_of_public_cases(town: CaseTown) -> None:
    case = assigned(town)
    dispute = opened_dispute(town)
    root = ElementTree.fromstring(get("/cases.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert titles == [f"督办单{case.number}：交办", f"督办单{case.number}：立项"]
    assert dispute.number not in str(titles)


def test_a_kind_that_is_not_public_has_no_page(town: CaseTown) -> None:
    get(f"/k/{opened_dispute(town).id}", 404)
    get("/k/k0000000000000", 404)


def test_an_empty_district_has_an_empty_feed(town: CaseTown) -> None:
    assert list(ElementTree.fromstring(get("/cases.atom").content).iter(f"{ATOM}entry")) == []


def test_the_calendar_holds_what_is_due_from_the_post(town: CaseTown) -> None:
    case = assigned(town)
    answer = get(f"/calendar/{calendar_key(town, DOER)}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260930" in text
    assert "DTEND;VALUE=DATE:20261001" in text
    assert f"SUMMARY:督办单{case.number}到期" in text
    assert f"/desk/cases/{case.id}" in text
    tasks = get(f"/calendar/{calendar_key(town, DOER)}.ics?tasks=1").content.decode()
    assert "BEGIN:VTODO" in tasks
    assert "DUE;VALUE=DATE:20260930" in tasks
    assert "VEVENT" not in tasks
    assert "BEGIN:VEVENT" not in get(f"/calendar/{calendar_key(town, AUDIT)}.ics").content.decode()


def test_a_calendar_is_folded_at_octets_and_ends_its_lines() -> None:
    import datetime as dt

    entry = Entry(
        "k1.answer@luodi", dt.date(2026, 9, 30), "督办单" * 30, "一；二;三,四\\五\n六", "https://a.example/x"
    )
    raw = calendar_of("区住建局", [entry], dt.datetime(2026, 9, 1, tzinfo=dt.UTC)).encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert raw.decode().count("BEGIN:VEVENT") == 1
    whole = raw.replace(b"\r\n ", b"").decode()
    assert "督办单" * 30 in whole
    assert "DESCRIPTION:一；二\\;三\\,四\\\\五\\n六" in whole


def test_a_key_of_a_calendar_is_good_for_nothing_once_taken_back(town: CaseTown) -> None:
    key = calendar_key(town, DOER)
    get(f"/calendar/{key}.ics")
    calendar_key(town, DOER)  # another one takes its place
    get(f"/calendar/{key}.ics", 404)
    answer = Client().get("/api/v1/due", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401


def test_guessing_calendars_is_slowed(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_view, "WRONG_KEYS", Throttle(limit=2, window=900))
    assert [Client().get(f"/calendar/guess{n}.ics").status_code for n in range(3)] == [404, 404, 429]


def test_the_key_of_a_calendar_stands_in_no_log(
    town: CaseTown, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assigned(town)
    key = calendar_key(town, DOER)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "django.request"):
        monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
        get(f"/calendar/{key}.ics")
        get(f"/calendar/{key}x.ics", 404)
        monkeypatch.setattr(calendar_view, "bearer_of", lambda *_: 1 / 0)
        get(f"/calendar/{key}.ics", 503)
        Client().get("/nothing-at-all")
    assert "ZeroDivisionError" in caplog.text
    assert "/nothing-at-all" in caplog.text, "logs are looked at"
    assert key not in caplog.text


def opened_dispute(town: CaseTown, plant: str = "甲、乙") -> Case:
    answers = {"parties": plant, "sort": "邻里", "risk": "low"}
    return actions.open_case(
        "mediation",
        by=town.actors[OFFICE],
        title=f"邻里漏水{plant}",
        unit=town.units[DOER],
        post=town.posts[DOER],
        move="apply",
        answers=answers,
    )


def planted(town: CaseTown) -> list[Case]:
    """A slip and a dispute with a person in every free word that may be typed into them."""
    slip = actions.open_case(
        "supervision",
        by=town.actors[OFFICE],
        title=f"督办{PLANT}",
        unit=town.units[DOER],
        post=town.posts[DOER],
        verifier_unit=town.units[AUDIT],
        channel="来信",
        answers={
            "subject": "c0000000000001",
            "ordered_by": town.posts["区政府"].id,
            "order_paper": PLANT,
            "matter": PLANT,
            "answer_by": "2026-09-30",
        },
    )
    town.move(slip, "assign", OFFICE)
    town.move(slip, "report", DOER, answer=PLANT)
    town.move(slip, "refute", AUDIT, finding=PLANT)
    town.move(slip, "report", DOER, answer=PLANT)
    town.move(slip, "check", AUDIT, finding=PLANT)
    town.move(slip, "conclude", OFFICE, conclusion=PLANT)
    dispute = opened_dispute(town, PLANT)
    town.move(dispute, "agree", DOER)
    town.move(dispute, "meet", DOER, note=PLANT)
    agreed = [{"who": "赵小满", "does": PLANT, "due": "2026-10-30", "amount": "100"}]
    town.move(dispute, "settle", DOER, form="written", effective_on="2026-09-01", agreed=agreed)
    assert Dispute.objects.get(case=dispute).parties == PLANT
    assert Duty.objects.get(case=dispute).does == PLANT
    return [slip, dispute]


def test_nobody_planted_in_a_case_comes_out_in_public(town: CaseTown) -> None:
    cases = planted(town)
    seal()
    addresses = [
        "/cases.atom",
        "/k/",
        "/k/?kind=supervision&state=concluded",
        "/data/cases.csv",
        "/feed.atom",
        "/api/v1/cases",
        "/api/v1/playbooks",
        "/api/v1/openapi.json",
        "/",
    ]
    for case in cases:
        addresses += [f"/k/{case.id}", f"/api/v1/cases/{case.id}"]
    addresses += [f"/calendar/{calendar_key(town, unit)}.ics" for unit in (OFFICE, DOER, AUDIT)]
    seen = 0
    for address in addresses:
        answer = Client().get(address)
        raw = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = raw.decode().replace("\r\n ", "")
        seen += cases[0].number in text
        for value in PLANTED:
            assert value not in text, (address, value)
    assert seen >= 8, "the case itself is told"
