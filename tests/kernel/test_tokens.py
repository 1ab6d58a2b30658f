"""Keys of programs and calendars: shown once, good for one post and one purpose, and only as long as all of that holds."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.bearers import bearer_of, tokens_of
from luodi.kernel.accounts.models import Account, Token
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.models import Event
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment
from tests.areas.case_town import CaseTown, at, found, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> CaseTown:
    return found()


def make(town: CaseTown, unit: str = "区住建局", **changed: object) -> tuple[Token, str]:
    actor = town.actors[unit]
    given: dict[str, object] = {"name": "对账程序", "scopes": ("read",), "days": 30, "by": actor, **changed}
    account = Account.objects.get(pk=actor.account)
    return tokening.make_token(account, town.posts[unit], **given)  # type: ignore[arg-type]


def test_a_key_is_known_by_its_hash_alone(town: CaseTown) -> None:
    with at(9, 1):
        token, raw = make(town)
        bearer = bearer_of(raw, "api")
    assert bearer is not None
    assert bearer.actor == town.actors["区住建局"]
    assert raw not in str(Token.objects.values())
    assert raw not in str(list(Event.objects.values()))
    assert Event.objects.filter(kind="token.made", subject=token.account_id).count() == 1


def test_a_key_opens_nothing_but_what_it_is_for(town: CaseTown) -> None:
    actor = town.actors["区住建局"]
    with at(9, 1):
        _, raw = make(town)
        _, calendar = tokening.make_calendar(
            Account.objects.get(pk=actor.account), town.posts["区住建局"], by=actor
        )
        assert bearer_of(raw, "calendar") is None
        assert bearer_of(calendar, "api") is None
        assert bearer_of(raw + "x", "api") is None
        assert bearer_of("", "api") is None
        assert bearer_of(calendar, "calendar") is not None


def test_a_key_ends_with_its_days(town: CaseTown) -> None:
    with at(9, 1):
        _, raw = make(town, days=30)
    with at(9, 30):
        assert bearer_of(raw, "api") is not None
    with at(10, 1, 11):
        assert bearer_of(raw, "api") is None


def test_a_key_taken_back_opens_nothing_from_then_on(town: CaseTown) -> None:
    with at(9, 1):
        token, raw = make(town)
        tokening.revoke_token(token, by=town.actors["区住建局"])
        assert bearer_of(raw, "api") is None
        assert not tokens_of(town.actors["区住建局"], "api").exists()


def test_nobody_makes_or_takes_back_the_key_of_another(town: CaseTown) -> None:
    with at(9, 1):
        token, _ = make(town)
        with refused("not-own-account"):
            tokening.revoke_token(token, by=town.actors["区水利局"])
        with refused("not-own-account"):
            make(town, by=town.actors["区水利局"])


def test_a_key_ends_with_the_post(town: CaseTown) -> None:
    with at(9, 1):
        _, raw = make(town)
        appointment = Appointment.objects.get(post=town.posts["区住建局"])
        register.end_appointment(appointment, until=dt.date(2026, 9, 10), by=SYSTEM)
    with at(9, 10):
        assert bearer_of(raw, "api") is not None
    with at(9, 11):
        assert bearer_of(raw, "api") is None


def test_a_shut_account_leaves_no_key(town: CaseTown) -> None:
    with at(9, 1):
        accounts.grant(town.posts["区政府"], "administrator", by=SYSTEM)
        token, raw = make(town)
        accounts.close_account(token.account, by=SYSTEM)
        assert bearer_of(raw, "api") is None
    assert not Token.objects.filter(account=token.account).exists()


def test_a_second_calendar_of_a_post_ends_the_first(town: CaseTown) -> None:
    actor = town.actors["区住建局"]
    account = Account.objects.get(pk=actor.account)
    with at(9, 1):
        _, first = tokening.make_calendar(account, town.posts["区住建局"], by=actor)
        _, second = tokening.make_calendar(account, town.posts["区住建局"], by=actor)
        assert bearer_of(first, "calendar") is None
        assert bearer_of(second, "calendar") is not None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "token-name"),
        ({"name": "名" * 41}, "token-name"),
        ({"scopes": ()}, "token-scope"),
        ({"scopes": ("read", "everything")}, "token-scope"),
        ({"days": 3650}, "token-days"),
    ],
)
def test_a_key_is_asked_for_properly(town: CaseTown, changed: dict[str, object], code: str) -> None:
    with at(9, 1), refused(code):
        make(town, **changed)
    assert not Token.objects.exists()


def test_keys_are_not_without_number(town: CaseTown) -> None:
    with at(9, 1):
        for _ in range(tokening.MOST):
            make(town)
        with refused("tokens-many"):
            make(town)


def test_use_is_noted_once_a_day(town: CaseTown) -> None:
    with at(9, 1):
        token, _ = make(town)
        for _ in range(3):
            token.refresh_from_db()
            tokening.note_used(token)
    with at(9, 2):
        token.refresh_from_db()
        assert token.used_on == dt.date(2026, 9, 1)
        tokening.note_used(token)
    used = Event.objects.filter(kind="token.used", subject=token.account_id)
    assert used.count() == 2
    assert {event.account for event in used} == {token.account_id}


def test_a_key_is_made_only_for_a_post_that_is_held(town: CaseTown) -> None:
    actor = town.actors["区住建局"]
    account = Account.objects.get(pk=actor.account)
    with at(9, 1), refused("post-not-held"):
        tokening.make_calendar(account, town.posts["区水利局"], by=Actor(actor.account, actor.post))
