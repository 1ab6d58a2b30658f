"""The first page after log-in: what a new district has to do first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.desk.first_hour.setup_code import setup_code
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import held_at, now
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.desk.promise_desk import Desk, text_of
from tests.desk.test_first_hour import FOUNDING, PASSWORD
from tests.kernel.promises import DAY
from tests.kernel.promises import at as on_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
LINK = 'href="/desk/first-hour"'


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


def test_a_clock_set_back_is_told_to_whoever_comes_in(client: Client) -> None:
    client.post("/desk/first-hour/found", {**FOUNDING, "setup": setup_code()})
    client.post("/desk/login", {"login": "first", "password": PASSWORD})
    assert "(clock-set-back)" not in client.get("/desk/").content.decode()
    with held_at(now() - dt.timedelta(hours=3)):
        assert "(clock-set-back)" in client.get("/desk/").content.decode()


def test_a_new_district_is_led_to_its_first_hour_until_it_has_units(client: Client) -> None:
    client.post("/desk/first-hour/found", {**FOUNDING, "setup": setup_code()})
    client.post("/desk/login", {"login": "first", "password": PASSWORD})
    assert LINK in client.get("/desk/").content.decode()
    assert client.get("/desk/first-hour").status_code == 200
    register.create_unit(name="青岚区教育局", by=SYSTEM)
    assert LINK not in client.get("/desk/").content.decode()


@pytest.fixture
def desk() -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def test_the_first_page_counts_what_waits_and_leads_there(desk: Desk) -> None:
    late = desk.promise()
    desk.claimed(desk.promise())
    desk.district.statement()
    with on_day(dt.date(2027, 1, 2)):
        text = text_of(desk.reporter.get("/desk/"))
    assert 'href="/desk/inbox">1<' in text
    assert "其中1件已经过期" in text
    assert late.title not in text, "the first page counts, the lists name"
    assert 'href="/desk/promises?todo=verify">1<' in text_of(desk.verifier.get("/desk/"))
    text = text_of(desk.office.get("/desk/"))
    assert 'href="/desk/review">1<' in text
    assert "督办单" in text


def test_with_nothing_to_do_it_says_so_and_where_to_begin(desk: Desk) -> None:
    text = text_of(desk.verifier.get("/desk/"))
    assert "现在没有等您办的" in text
    assert 'href="/desk/promises"' in text


def test_the_first_page_asks_as_little_of_a_large_district(desk: Desk) -> None:
    client = desk.office

    def asked() -> int:
        client.get("/desk/")
        with CaptureQueriesContext(connection) as found:
            client.get("/desk/")
        return len(found)

    desk.promise()
    few = asked()
    for number in range(12):
        desk.promise(title=f"第{number}件")
        desk.district.statement()
    assert asked() <= few
