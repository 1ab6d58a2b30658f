"""The first page after log-in: what a new district has to do first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from luodi.desk.first_hour.setup_code import setup_code
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import held_at, now
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.desk.test_first_hour import FOUNDING, PASSWORD

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
