"""Two at once: what may be only once is only once, on either engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts import totp
from luodi.kernel.accounts.access import actor_for
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment

PASSWORD = "松湾路上的第三棵老树"


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run all at the same moment, each on its own connection: the codes of what was refused, empty for what was done."""
    start, answers = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            acts[number]()
        except Refusal as refusal:
            answers[number] = refusal.code
        except BaseException as fault:
            answers[number] = repr(fault)
            raise
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.fixture
def post(committed_database: Path) -> Any:
    unit = register.create_unit(name="区水务局", by=SYSTEM)
    return register.create_post(title="局长", unit=unit, by=SYSTEM)


def test_a_sole_post_is_given_once(post: Any) -> None:
    people = [register.enter_person(name=name, by=SYSTEM) for name in "甲乙丙丁"]
    before = Event.objects.count()
    answers = at_once(
        *(lambda person=person: register.appoint(person, post, since=today(), by=SYSTEM) for person in people)
    )
    assert answers == ["", "post-held", "post-held", "post-held"]
    assert Appointment.objects.count() == 1
    assert Event.objects.count() == before + 1


def test_a_link_and_a_recovery_code_are_used_once(post: Any) -> None:
    person = register.enter_person(name="甲", by=SYSTEM)
    register.appoint(person, post, since=today(), by=SYSTEM)
    account = accounts.create_account(person, login="wang", by=SYSTEM)
    token = accounts.invite(account, by=SYSTEM)
    answers = at_once(*[lambda: accounts.accept(token, PASSWORD)] * 3)
    assert answers == ["", "link-spent", "link-spent"]
    secret = totp.new_secret()
    code = totp.code_at(secret, int(time.time()) // 30 - 1)
    codes = accounts.turn_second_factor_on(account, secret=secret, code=code, by=actor_for(account))
    assert at_once(*[lambda: accounts.begin_session(account, code=codes[0])] * 3) == [
        "",
        "code-wrong",
        "code-wrong",
    ]
    now = totp.code_at(secret, int(time.time()) // 30)
    assert at_once(*[lambda: accounts.begin_session(account, code=now)] * 3) == [
        "",
        "code-wrong",
        "code-wrong",
    ]
