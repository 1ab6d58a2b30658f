"""How much and how often; keys that are not good; a log-in that counts for nothing; failures nobody foresaw."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from luodi.api import callers, counting, documents, gate
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.models import Account
from tests.api.api_world import ApiTown, api_town, at, fault

pytestmark = pytest.mark.django_db
OFFICE = "区督查室"


@pytest.fixture
def town() -> Any:
    made = api_town()
    with at(9, 1):
        yield made


def test_every_answer_says_how_many_are_left(town: ApiTown) -> None:
    left = [int(town.get("/units")["X-RateLimit-Remaining"]) for _ in range(3)]
    assert left == [counting.OF_AN_ADDRESS - 1, counting.OF_AN_ADDRESS - 2, counting.OF_AN_ADDRESS - 3]


def test_too_many_are_told_when_to_come_again(town: ApiTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "OF_AN_ADDRESS", 2)
    monkeypatch.setattr(counting, "OF_A_KEY", 3)
    assert [town.get("/units").status_code for _ in range(3)] == [200, 200, 429]
    over = town.get("/nothing")
    fault(over, 429, "too-many-requests")
    assert 1 <= int(over["Retry-After"]) <= counting.WINDOW
    assert [town.get("/units", town.key(OFFICE)).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert town.get("/units", town.key("区住建局")).status_code == 200, "each key is counted for itself"


def test_a_window_ends() -> None:
    time = [0.0]
    counter = counting.Counter(lambda: time[0])
    assert [counter.count("one", 1).is_over for _ in range(2)] == [False, True]
    time[0] = counting.WINDOW
    assert not counter.count("one", 1).is_over


def test_guessing_keys_is_counted_by_address(town: ApiTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "OF_AN_ADDRESS", 2)
    answers = [town.get("/units", f"luodi_guess{number}").status_code for number in range(3)]
    assert answers == [401, 401, 429]


@pytest.mark.parametrize("path", ["/units", "/cases", "/due", "/commitments", "/playbooks"])
def test_a_key_that_is_not_good_is_refused_even_where_none_is_needed(town: ApiTown, path: str) -> None:
    answer = town.get(path, "luodi_nobody")
    fault(answer, 401, "key-bad")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_key_taken_back_works_no_more(town: ApiTown) -> None:
    token, raw = town.token(OFFICE)
    assert town.get("/due", raw).status_code == 200
    tokening.revoke_token(token, by=town.town.actors[OFFICE])
    fault(town.get("/due", raw), 401, "key-bad")


def test_a_log_in_of_a_browser_counts_for_nothing(town: ApiTown) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(pk=town.town.actors[OFFICE].account))
    fault(client.get("/api/v1/due"), 401, "key-needed")


def test_a_process_without_the_desk_takes_no_key(town: ApiTown, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    configuration = type("Public", (), {"surfaces": ("public",), "public_url": ""})()
    raw = town.key(OFFICE)
    with override_settings(CONFIGURATION=configuration):
        assert callers.settings.CONFIGURATION is settings.CONFIGURATION
        fault(town.get("/units", raw), 401, "key-bad")
        assert town.get("/units").status_code == 200


def test_a_body_that_is_too_large_is_not_taken(town: ApiTown) -> None:
    body = {**town.slip(), "channel": "x" * gate.LARGEST_BODY}
    fault(town.post("/cases", body, town.key(OFFICE)), 413, "body-too-large")


def test_what_nobody_foresaw_is_told_in_the_one_shape_and_logged_without_the_key(
    town: ApiTown, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    raw = town.key(OFFICE)
    monkeypatch.setattr(documents.access, "public", fail)
    with caplog.at_level(logging.DEBUG):
        fault(town.get("/documents", raw), 500, "broken")
    assert "ZeroDivisionError" in caplog.text
    assert raw not in caplog.text


def test_a_busy_database_is_told_with_the_time_to_wait(
    town: ApiTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(documents.access, "public", busy)
    answer = town.get("/documents")
    fault(answer, 503, "database-busy")
    assert answer["Retry-After"] == "5"


def test_what_a_key_reads_is_kept_by_nobody_and_what_is_public_may_be_read_from_anywhere(
    town: ApiTown,
) -> None:
    mine, anybody = town.get("/cases", town.key(OFFICE)), town.get("/cases")
    assert mine["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in mine
    assert anybody["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in town.get("/cases", "luodi_nobody")
