"""The calendar by a key: whole, read by a second reader, private on a locked screen, gone at once, and its key in no log."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import logging
import re
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.models import Account
from luodi.kernel.accounts.throttle import Throttle
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.privacy.scrubbing import Scrubbing
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment
from luodi.portal import calendar as calendar_view
from luodi.portal.calendar_text import Entry, calendar_of
from tests.areas.case_town import CaseTown, at, found
from tests.kernel.promises import District

pytestmark = pytest.mark.django_db
OFFICE, DOER, OTHER = "区督查室", "区住建局", "区水利局"
PLANTED = "赵小满13800001234"


@pytest.fixture
def town(data_folder: Any) -> Any:
    calendar_view.WRONG_KEYS.forget()
    calendar_view.ONE_KEY.forget()
    made = found()
    with at(9, 1):
        yield made


def key_of(town: CaseTown, unit: str = DOER) -> str:
    actor = town.actors[unit]
    return tokening.make_calendar(Account.objects.get(pk=actor.account), town.posts[unit], by=actor)[1]


def read(key: str, query: str = "") -> list[dict[str, str]]:
    """The components of the calendar that somebody subscribes to, each by its properties."""
    answer = Client().get(f"/calendar/{key}.ics{query}")
    assert answer.status_code == 200, answer.content
    return components(answer.content)


def components(raw: bytes) -> list[dict[str, str]]:
    """A second reader, written from RFC 5545 §3.1 to §3.4 and sharing nothing with the writer."""
    assert raw.endswith(b"\r\n")
    folded = raw.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in folded), "octets a line"
    assert all(b"\r" not in line and b"\n" not in line for line in folded)
    text = raw.decode()  # no sign is cut in two: each line by itself is text, too
    assert all(line.decode() for line in folded)
    assert len(text.splitlines()) == len(folded), "no sign at which a careless reader ends a line"
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    stack: list[str] = []
    for line in lines:
        match = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", line)
        assert match is not None, line
        name, value = match[1], match[3]
        if name == "BEGIN":
            stack.append(value)
            found.append({"": value})
        elif name == "END":
            assert stack.pop() == value
        else:
            of = found[0 if len(stack) == 1 else -1]
            assert name not in of, "each property once"
            of[name] = f"{match[2][1:]}:{value}" if match[2] else value
    assert not stack
    return found


def plain(value: str) -> str:
    """A text as it was before it was escaped."""
    return re.sub(
        r"\\(.)", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value, flags=re.DOTALL
    )


def assigned(town: CaseTown, subject: str = "c0000000000001") -> Case:
    return town.move(town.slip(subject=subject), "assign", OFFICE)


def test_a_second_reader_finds_whole_days_that_stay_the_same_thing(town: CaseTown) -> None:
    case, key = assigned(town), key_of(town)
    whole, event = read(key)
    assert (whole[""], whole["VERSION"], whole["METHOD"]) == ("VCALENDAR", "2.0", "PUBLISH")
    assert whole["PRODID"]
    assert (event["DTSTART"], event["DTEND"]) == ("VALUE=DATE:20260930", "VALUE=DATE:20261001")
    assert event["DTSTAMP"] == "20260901T020000Z"
    assert plain(event["SUMMARY"]) == f"督办单{case.number}到期"
    town.move(case, "extend", OFFICE, reason="等批复", until="2026-10-12")
    with at(9, 3):
        _, later = read(key)
    assert later["UID"] == event["UID"]
    assert later["DTSTAMP"] == "20260903T020000Z"
    assert later["DTSTART"] == "VALUE=DATE:20261012", "the day moves, the entry is the same"
    _, task = read(key, "?tasks=1")
    assert (task[""], task["DUE"]) == ("VTODO", "VALUE=DATE:20261012")
    assert "TZID" not in str(task), "days need no zone"


@pytest.mark.parametrize(
    "words",
    [
        "a；b;c,d\\e\nf",
        "，" * 80,
        "🚌" * 40,
        "\u2028行\u2029段\u0085另\x1b[31m\x7f\x00",
        "\\n\\,\\;\\",
        "\r\n ;",
    ],
)
def test_whatever_is_written_comes_back_as_it_was(words: str) -> None:
    entry = Entry("k1.answer@luodi", dt.date(2026, 9, 30), words, words, "https://a.example/" + "x" * 90)
    raw = calendar_of(words, [entry], dt.datetime(2026, 9, 1, tzinfo=dt.UTC)).encode()
    whole, event = components(raw)
    kept = re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", "", words)
    for value in (whole["X-WR-CALNAME"], event["SUMMARY"], event["DESCRIPTION"]):
        assert plain(value) == kept
    assert event["URL"] == "https://a.example/" + "x" * 90


def test_what_is_due_without_being_a_case_is_there_too(town: CaseTown) -> None:
    key = key_of(town)
    made = District(units={"区教育局": town.units[DOER], **town.units}, posts=town.posts)
    promise = made.adopt(title=f"年内建成10所{PLANTED}")
    due = DueItem.objects.get(subject=promise.id)
    _, event = read(key)
    assert event["DTSTART"] == f"VALUE=DATE:{due.due_on:%Y%m%d}"
    assert plain(event["SUMMARY"]) == "承诺到期"
    assert event["URL"].endswith("/desk/inbox?kind=commitment")
    assert len(read(key_of(town, OTHER))) == 1


def test_neither_title_nor_name_stands_in_it(town: CaseTown) -> None:
    case = town.slip(title=f"督办{PLANTED}", matter=PLANTED)
    town.move(case, "assign", OFFICE)
    raw = Client().get(f"/calendar/{key_of(town)}.ics").content.replace(b"\r\n ", b"").decode()
    assert case.number in raw
    assert PLANTED not in raw
    assert "CLASS:PRIVATE" in raw


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "patch", "propfind", "report"])
def test_whoever_calls_it_wrongly_puts_the_key_into_no_log(
    town: CaseTown, method: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    key = key_of(town)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "django.request"):
        # a calendar program that takes the address for a CalDAV server asks like this
        answer = Client(enforce_csrf_checks=True).generic(method.upper(), f"/calendar/{key}.ics")
        Client(enforce_csrf_checks=True).post("/lang")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert "no-store" in answer["Cache-Control"]
    assert "/lang" in caplog.text, "logs are looked at"
    assert key not in caplog.text


def test_a_key_in_an_address_that_is_nearly_right_is_scrubbed_from_what_is_logged(town: CaseTown) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(Scrubbing())
    key = key_of(town)
    for address in (
        f"/calendar/{key}.ics/",
        f"/calendar/{key}",
        f"/desk/link/{key}",
        f"/desk/link/{key}?a=1",
    ):
        handler.handle(logging.LogRecord("x", logging.ERROR, "x.py", 1, "GET %s: busy", (address,), None))
    assert "〔密钥〕" in lines.getvalue()
    assert key not in lines.getvalue()


def test_whoever_takes_over_the_post_makes_an_address_of_their_own(town: CaseTown) -> None:
    assigned(town)
    key = key_of(town)
    leaving = Appointment.objects.get(post=town.posts[DOER])
    coming = register.enter_person(name="某某", by=SYSTEM)
    register.hand_over(leaving, to=coming, on=dt.date(2026, 9, 11), by=SYSTEM)
    with at(9, 10):
        assert len(read(key)) == 2
    with at(9, 11):
        answer = Client().get(f"/calendar/{key}.ics")
        assert answer.status_code == 404
        assert "BEGIN" not in answer.content.decode()


def test_a_calendar_that_is_about_to_end_says_so_itself(town: CaseTown) -> None:
    key = key_of(town)  # on 1 September 2026, for 365 days
    with at(12, 1):
        assert len(read(key)) == 1
    later = dt.datetime(2027, 8, 20, 2, tzinfo=dt.UTC)
    with held_at(later):
        _, event = read(key)
    assert event["DTSTART"] == "VALUE=DATE:20270901"
    assert plain(event["SUMMARY"]) == "日历的地址今天到期"
    assert event["URL"].endswith("/desk/me/calendar")


def test_what_does_not_fit_is_said(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_view, "MOST", 2)
    for number in range(3):
        assigned(town, f"c{number:013}")
    found = read(key_of(town))
    assert "还有没列出的事" in [plain(each["SUMMARY"]) for each in found[1:]]
    assert len(found) == 4


def test_one_key_is_not_asked_without_end_and_others_go_on(
    town: CaseTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_view, "ONE_KEY", Throttle(limit=2, window=900))
    first, second = key_of(town), key_of(town, OTHER)
    answers = [Client().get(f"/calendar/{first}.ics") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert Client().get(f"/calendar/{second}.ics").status_code == 200


def test_the_address_given_out_is_the_one_that_is_set(town: CaseTown, settings: Any) -> None:
    settings.CONFIGURATION = dataclasses.replace(
        settings.CONFIGURATION, public_url="https://chengnuo.example"
    )
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors[DOER].account))
    # a proxy that encrypts passes the request on without
    text = client.post("/desk/me/calendar").content.decode()
    link = re.search(r'value="(https?://[^"]+\.ics)"', text)
    assert link is not None
    assert link[1].startswith("https://chengnuo.example/calendar/")
