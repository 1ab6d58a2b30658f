"""The same request twice at the same moment, on two connections: done once, and both are told the same."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from luodi.api import cases as routes
from luodi.api.models import Answered
from luodi.kernel.cases.models import Case
from luodi.kernel.ledger.models import Event
from tests.api.api_world import ApiTown, api_town, at

OFFICE = "区督查室"


@pytest.fixture
def town(committed_database: Path) -> ApiTown:
    return api_town()


def test_two_at_once_count_once(town: ApiTown, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(9, 1):
        key, body = town.key(OFFICE), town.slip()
        town.get("/due", key)  # that the key was used today is noted
    answers: list[Any] = [None, None]
    inside, asked = threading.Event(), threading.Event()
    done = routes.done

    def done_late(*given: Any) -> Any:
        if threading.current_thread().name == "first":
            inside.set()
            assert asked.wait(30)
        return done(*given)

    def run(number: int) -> None:
        try:
            if number == 1:
                assert inside.wait(30)
                asked.set()
            with at(9, 1):
                mine = ApiTown(town.town, town.keys, Client(raise_request_exception=False))
                answers[number] = mine.post("/cases", body, key, once="abc")
        finally:
            inside.set()
            asked.set()
            connections.close_all()

    monkeypatch.setattr(routes, "done", done_late)
    threads = [
        threading.Thread(target=run, args=(n,), name=name) for n, name in enumerate(("first", "second"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200, 200], [answer.content for answer in answers]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert (Case.objects.count(), Answered.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="case.opened").count() == 1
