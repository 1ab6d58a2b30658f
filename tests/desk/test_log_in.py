"""Coming in and going out, through the front door."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings as django_settings
from django.db import OperationalError
from django.test import Client

from luodi.desk.way_back import way_back
from luodi.kernel.accounts import access, actions, totp
from luodi.kernel.accounts.models import Account, Credential, Session
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.register import actions as register

pytestmark = pytest.mark.django_db
PASSWORD = "松湾路上的第三棵老树"
Make = Callable[..., Account]


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def make() -> Make:
    district = register.create_unit(name="区政府", by=SYSTEM)

    def one(login: str, *roles: str, posts: int = 1) -> Account:
        person = register.enter_person(name=f"{login}本人", by=SYSTEM)
        account = actions.create_account(person, login=login, by=SYSTEM)
        actions.set_password(account, PASSWORD, by=SYSTEM)
        for number in range(posts):
            post = register.create_post(title=f"{login}岗{number}", unit=district, by=SYSTEM)
            register.appoint(person, post, since=today(), by=SYSTEM)
            for role in roles:
                actions.grant(post, role, by=SYSTEM)
        return account

    return one


def log_in(client: Client, login: str = "wang", password: str = PASSWORD, **given: str) -> Any:
    return client.post("/desk/login", {"login": login, "password": password, **given})


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_whoever_has_not_come_in_goes_to_the_log_in_and_back(client: Client, make: Make) -> None:
    make("wang")
    asked = client.get("/desk/me?x=1")
    assert (asked.status_code, asked["Location"]) == (302, "/desk/login?next=%2Fdesk%2Fme%3Fx%3D1")
    assert 'value="/desk/me?x=1"' in text_of(client.get(asked["Location"]))
    came_in = log_in(client, next="/desk/me?x=1")
    assert (came_in.status_code, came_in["Location"]) == (302, "/desk/me?x=1")
    assert client.get("/desk/login")["Location"] == "/desk/"


def test_the_post_and_not_the_person_stands_in_the_header(client: Client, make: Make) -> None:
    make("wang")
    log_in(client)
    text = text_of(client.get("/desk/"))
    assert "区政府wang岗0" in text
    assert "wang本人" not in text


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "///evil.example",
     "http:evil.example", "/\t/evil.example", "evil.example", ""],
)  # fmt: skip
def test_no_log_in_leads_to_another_site(elsewhere: str, client: Client, make: Make) -> None:
    make("wang")
    assert way_back(elsewhere) == "/desk/"
    assert log_in(client, next=elsewhere)["Location"] == "/desk/"
    client.logout()
    asked = client.get("/desk/login", {"next": elsewhere})
    assert asked.status_code == 200


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client: Client, make: Make) -> None:
    make("wang")
    one = log_in(client, "wang", "wrong password")
    other = log_in(client, "nobody", "wrong password")
    assert one.status_code == other.status_code == 422
    words = "登录名或密码不对"
    assert words in text_of(one)
    assert words in text_of(other)
    assert "wrong password" not in text_of(one)
    assert 'value="wang"' in text_of(one)


def test_a_session_is_new_after_every_step(client: Client, make: Make) -> None:
    make("wang")
    client.get("/desk/login")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    log_in(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/desk/")["Location"].startswith("/desk/login")


def test_forms_without_their_token_do_nothing(make: Make) -> None:
    make("wang")
    client = Client(enforce_csrf_checks=True)
    assert log_in(client).status_code == 403
    client.get("/desk/login")
    came_in = log_in(client, csrfmiddlewaretoken=client.cookies["csrftoken"].value)
    assert came_in.status_code == 302
    for address in ("/desk/logout", "/desk/post", "/desk/me/password", "/desk/me/session/others/end"):
        assert client.post(address).status_code == 403
    assert client.get("/desk/").status_code == 200


def test_a_followed_link_logs_nobody_out(client: Client, make: Make) -> None:
    make("wang")
    log_in(client)
    assert "要退出吗" in text_of(client.get("/desk/logout"))
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/logout")["Location"] == "/desk/login"
    assert client.get("/desk/").status_code == 302
    assert Session.objects.get().ended_at is not None


def test_after_five_wrong_passwords_the_door_is_shut_for_a_while(client: Client, make: Make) -> None:
    make("wang")
    for _ in range(4):
        assert log_in(client, password="wrong").status_code == 422
    locked = log_in(client, password="wrong")
    assert locked.status_code == 429
    assert "试得太多" in text_of(locked)
    assert "15分钟后才能再试" in text_of(locked)
    assert locked["Retry-After"] == "900"
    assert log_in(client).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.50")
    assert log_in(elsewhere).status_code == 302


def test_success_forgets_the_failures_before(client: Client, make: Make) -> None:
    make("wang")
    for _ in range(3):
        for _ in range(4):
            log_in(client, password="wrong")
        assert log_in(client).status_code == 302
        client.post("/desk/logout")


def test_many_addresses_at_one_name_are_slowed_too(make: Make) -> None:
    make("wang")
    answers = [
        log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="wrong").status_code for number in range(31)
    ]
    assert answers == [422] * 30 + [429]


def test_many_names_from_one_address_are_slowed_too(client: Client) -> None:
    answers = [log_in(client, f"name{number}", "wrong").status_code for number in range(61)]
    assert answers == [422] * 60 + [429]


def test_a_failing_database_loosens_no_throttle(
    client: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("wang")

    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(AxesProxyHandler, "is_allowed", broken)
    client.raise_request_exception = False
    answers = [log_in(client, password="wrong").status_code for _ in range(35)]
    assert answers[30:] == [429] * 5
    assert all(status >= 500 for status in answers[:30])


def test_a_forged_header_is_no_new_address(make: Make) -> None:
    make("wang")
    answers = [
        log_in(Client(headers={"X-Forwarded-For": f"203.0.113.{number}"}), password="wrong").status_code
        for number in range(5)
    ]
    assert answers[-1] == 429


def turn_on(account: Account) -> tuple[str, list[str]]:
    secret = totp.new_secret()
    code = totp.code_at(secret, int(time.time()) // 30 - 1)
    return secret, actions.turn_second_factor_on(
        account, secret=secret, code=code, by=access.actor_for(account)
    )


def test_a_second_factor_stands_between_password_and_desk(client: Client, make: Make) -> None:
    secret, codes = turn_on(make("wang"))
    first = log_in(client, next="/desk/me")
    assert first["Location"] == "/desk/second-factor?next=%2Fdesk%2Fme"
    assert client.get("/desk/").status_code == 302
    assert client.get("/desk/second-factor").status_code == 200
    assert client.post("/desk/second-factor", {"code": "000000"}).status_code == 422
    code = totp.code_at(secret, int(time.time()) // 30)
    before = client.session.session_key
    done = client.post("/desk/second-factor", {"code": code, "next": "/desk/me"})
    assert (done.status_code, done["Location"]) == (302, "/desk/me")
    assert client.session.session_key != before
    again = Client()
    log_in(again)
    assert again.post("/desk/second-factor", {"code": code}).status_code == 422
    assert again.post("/desk/second-factor", {"code": codes[0]}).status_code == 302


def test_guessing_codes_locks_the_account(client: Client, make: Make) -> None:
    _, codes = turn_on(make("wang"))
    log_in(client)
    answers = [
        client.post("/desk/second-factor", {"code": f"{number:06}"}).status_code for number in range(5)
    ]
    assert answers == [422] * 4 + [429]
    assert client.post("/desk/second-factor", {"code": codes[0]}).status_code == 429
    assert log_in(client).status_code == 429


def test_a_proven_password_does_not_wait_for_ever(
    client: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, codes = turn_on(make("wang"))
    log_in(client)
    later = time.time() + 301
    monkeypatch.setattr("luodi.desk.coming_in.time.time", lambda: later)
    assert client.post("/desk/second-factor", {"code": codes[0]})["Location"] == "/desk/login"


def test_nobody_reaches_the_second_step_without_the_first(client: Client) -> None:
    assert client.get("/desk/second-factor")["Location"] == "/desk/login"
    assert client.post("/desk/second-factor", {"code": "123456"})["Location"] == "/desk/login"


def test_a_closed_account_is_out_at_once(client: Client, make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    log_in(client)
    assert client.get("/desk/").status_code == 200
    actions.close_account(account, by=SYSTEM)
    assert client.get("/desk/").status_code == 302
    assert log_in(client).status_code == 422


def test_an_ended_session_is_out_at_once(client: Client, make: Make) -> None:
    account = make("wang")
    log_in(client)
    actions.end_session(Session.objects.get(), by=access.actor_for(account))
    assert client.get("/desk/").status_code == 302


def test_every_coming_in_is_an_event_without_secrets(client: Client, make: Make) -> None:
    account = make("wang")
    log_in(client, password="wrong password")
    log_in(client)
    event = Event.objects.order_by("id").last()
    assert (event.kind, event.subject, event.account) == ("session.began", account.id, account.id)
    written = "\n".join(
        str(getattr(row, field.attname)) for row in Event.objects.all() for field in row._meta.concrete_fields
    )
    for secret in (PASSWORD, "wrong password", "127.0.0.1", Credential.objects.get().password):
        assert secret not in written


def test_nothing_of_the_desk_is_kept_by_a_browser(client: Client, make: Make) -> None:
    make("wang")
    log_in(client)
    for address in ("/desk/", "/desk/me", "/desk/login", "/desk/logout", "/desk/nothing"):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_a_strange_request_is_answered(client: Client) -> None:
    assert client.put("/desk/login").status_code == 405
    assert client.post("/desk/login", {}).status_code == 422
    assert client.get("/desk/hand-over/%00").status_code == 404
    assert client.post("/desk/login", {"login": "a\x00b", "password": "\x00" * 999}).status_code == 400
