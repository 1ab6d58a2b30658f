"""Log-in by an outer provider (OpenID Connect): there and back, tied by a link alone, and no lie of the provider believed."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from luodi.desk import outer_log_in
from luodi.kernel.accounts import access, actions, totp
from luodi.kernel.accounts.models import Account, OuterIdentity, Session, Ticket
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from tests.desk.outer_provider import CLIENT, SECRET, SUBJECT, OuterProvider, outer_provider

pytestmark = pytest.mark.django_db
PASSWORD = "松湾路上的第三棵老树"
Make = Callable[..., Account]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    outer_log_in._kept.cache_clear()
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def provider(settings: Any) -> Iterator[OuterProvider]:
    with outer_provider() as made:
        settings.OIDC = {
            "issuer": made.issuer,
            "client_id": CLIENT,
            "secret": SECRET,
            "name": "统一身份认证",
        }
        yield made


@pytest.fixture
def make() -> Make:
    district = register.create_unit(name="区政府", by=SYSTEM)

    def one(login: str, *roles: str, subject: str = "", issuer: str = "") -> Account:
        person = register.enter_person(name=f"{login}本人", by=SYSTEM)
        account = actions.create_account(person, login=login, by=SYSTEM)
        actions.set_password(account, PASSWORD, by=SYSTEM)
        post = register.create_post(title=f"{login}岗", unit=district, by=SYSTEM)
        register.appoint(person, post, since=today(), by=SYSTEM)
        for role in roles:
            actions.grant(post, role, by=SYSTEM)
        if subject:
            actions.bind_outer(actions.issue_binding(account, by=SYSTEM), issuer=issuer, subject=subject)
        return account

    return one


def text_of(response: Any) -> str:
    return str(response.content.decode())


def go(client: Client, provider: OuterProvider, address: str = "/desk/outer", **more: Any) -> Any:
    """To the provider and back."""
    away = client.get(address)
    assert away.status_code == 302, text_of(away)
    assert away["Location"].startswith(f"{provider.issuer}/authorize?")
    returned = urlsplit(provider.approve(away["Location"]))
    return client.get(
        returned.path, {name: values[0] for name, values in parse_qs(returned.query).items()} | more
    )


def test_whoever_is_tied_comes_in_and_goes_on_where_they_wanted(provider: OuterProvider, make: Make) -> None:
    account = make("wang", subject=SUBJECT, issuer=provider.issuer)
    client = Client()
    shown = text_of(client.get("/desk/login?next=/desk/me"))
    assert "用统一身份认证登录" in shown
    address = re.search(r'href="(/desk/outer[^"]*)"', shown)
    assert address is not None
    came_in = go(client, provider, address[1])
    assert (came_in.status_code, came_in["Location"]) == (302, "/desk/me")
    assert access.actor_for(account).post
    assert client.get("/desk/me").status_code == 200
    assert Session.objects.get().way == "outer"
    event = Event.objects.order_by("id").last()
    assert (event.kind, event.subject) == ("session.began", account.id)


def test_without_the_setting_there_is_no_outer_log_in(client: Client, settings: Any) -> None:
    settings.OIDC = {}
    assert "/desk/outer" not in text_of(client.get("/desk/login"))
    for address in ("/desk/outer", "/desk/outer/back?code=x&state=y", "/desk/outer/out"):
        assert client.get(address).status_code == 404


def test_a_demonstration_calls_nobody(provider: OuterProvider, client: Client) -> None:
    register.found_district(
        name="青岚区", code="990199", shape="urban_district", kind="demonstration", by=SYSTEM
    )
    assert "/desk/outer" not in text_of(client.get("/desk/login"))
    assert client.get("/desk/outer").status_code == 404
    assert provider.asked == []


LIES = (
    *(
        "wrong nonce",
        "no nonce",
        "wrong audience",
        "many audiences",
        "another party",
        "expired",
        "not yet",
        "no expiry",
    ),
    *("wrong issuer", "no subject", "empty subject", "long subject", "subject is a list", "alg none"),
    *(
        "signature dropped",
        "signed with our secret",
        "signed with its public key",
        "wrong key",
        "unknown key",
    ),
    *("own key inside", "another kind of key", "changed", "no token at all", "no id token"),
)


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_lets_nobody_in(
    lie: str, provider: OuterProvider, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    for number, subject in enumerate((SUBJECT, "somebody-else", "x")):
        make(f"name{number}", subject=subject, issuer=provider.issuer)
    provider.lie = lie
    client = Client()
    with caplog.at_level(logging.WARNING):
        refused = go(client, provider)
    assert refused.status_code == 502
    assert "没有登录" in text_of(refused)
    assert client.get("/desk/me").status_code == 302
    assert not Session.objects.exists()
    assert any("outer log-in" in record.message for record in caplog.records)
    assert SUBJECT not in caplog.text
    assert "wang@qinglan.example" not in caplog.text


@pytest.mark.parametrize(
    "lie", ["other issuer", "token elsewhere", "keys elsewhere", "moved", "enormous", "no json", "a list"]
)
def test_a_provider_that_misdescribes_itself_is_not_asked_further(
    lie: str, provider: OuterProvider, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    provider.lie = lie
    assert client.get("/desk/outer").status_code == 502
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_only_the_host_of_the_setting_is_ever_asked(
    provider: OuterProvider, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    monkeypatch.setenv("http_proxy", "http://203.0.113.9:3128")
    asked: list[tuple[str, int | None]] = []
    line = outer_log_in.Provider._line

    def noted(host: str, port: int | None, scheme: str) -> Any:
        asked.append((host, port))
        return line(host, port, scheme)

    monkeypatch.setattr(outer_log_in.Provider, "_line", staticmethod(noted))
    assert go(Client(), provider).status_code == 302
    assert {f"http://{host}:{port}" for host, port in asked} == {provider.issuer}
    assert provider.asked == ["/.well-known/openid-configuration", "/token", "/keys"]


def test_a_provider_that_is_not_there_says_so(settings: Any, client: Client) -> None:
    settings.OIDC = {
        "issuer": "http://127.0.0.1:1",
        "client_id": CLIENT,
        "secret": "",
        "name": "统一身份认证",
    }
    answer = client.get("/desk/outer")
    assert answer.status_code == 502
    assert "用密码登录" in text_of(answer)


def test_the_secret_goes_by_the_form_where_the_provider_wants_it_so(
    provider: OuterProvider, make: Make
) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    provider.lie = "secret by form"
    assert go(Client(), provider).status_code == 302


def test_a_new_key_of_the_provider_is_asked_for_and_an_unknown_one_not_again_and_again(
    provider: OuterProvider, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    assert go(Client(), provider).status_code == 302
    provider.key_name = "key-2"
    assert (
        go(Client(), provider).status_code == 502
    )  # just asked: whoever invents keys does not make us ask each time
    moment = time.monotonic() + 31
    monkeypatch.setattr("luodi.kernel.accounts.provider.time.monotonic", lambda: moment)
    assert go(Client(), provider).status_code == 302
    assert provider.asked.count("/keys") == 2


def test_an_answer_belongs_to_the_browser_that_went_and_counts_once(
    provider: OuterProvider, make: Make
) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    client, stranger = Client(), Client()
    away = client.get("/desk/outer")
    returned = urlsplit(provider.approve(away["Location"]))
    address = f"{returned.path}?{returned.query}"
    assert stranger.get(address).status_code == 403
    stranger.get("/desk/outer")
    assert stranger.get(address).status_code == 403
    assert client.get(f"{returned.path}?code=x&state=").status_code == 403
    assert client.get(f"{returned.path}?code=x").status_code == 403
    assert client.get(address).status_code == 302
    assert client.get(address).status_code == 403
    assert Session.objects.count() == 1


def test_an_answer_does_not_wait_for_ever(
    provider: OuterProvider, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    client = Client()
    away = client.get("/desk/outer")
    returned = urlsplit(provider.approve(away["Location"]))
    later = time.time() + 601
    monkeypatch.setattr("luodi.desk.outer_log_in.time.time", lambda: later)
    assert client.get(f"{returned.path}?{returned.query}").status_code == 403


def test_an_answer_of_another_issuer_is_not_taken(provider: OuterProvider, make: Make) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    assert go(Client(), provider, iss="https://elsewhere.example").status_code == 502
    assert "/token" not in provider.asked


def test_a_refusal_out_there_is_told(provider: OuterProvider) -> None:
    client = Client()
    state = parse_qs(urlsplit(client.get("/desk/outer")["Location"]).query)["state"][0]
    refused = client.get("/desk/outer/back", {"state": state, "error": "access_denied<script>"})
    assert refused.status_code == 403
    assert "没有放行" in text_of(refused)
    assert "<script>" not in text_of(refused)


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_no_outer_log_in_leads_to_another_site(elsewhere: str, provider: OuterProvider, make: Make) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    client = Client()
    away = client.get("/desk/outer", {"next": elsewhere})
    returned = urlsplit(provider.approve(away["Location"]))
    assert client.get(f"{returned.path}?{returned.query}")["Location"] == "/desk/"


def test_a_like_name_or_mail_opens_nothing(provider: OuterProvider, make: Make) -> None:
    make("wang@qinglan.example".partition("@")[0])
    make(SUBJECT)
    refused = go(Client(), provider)
    assert refused.status_code == 403
    assert "还没有和这里的账号绑定" in text_of(refused)
    assert not OuterIdentity.objects.exists()


def test_the_same_subject_of_another_issuer_opens_nothing(provider: OuterProvider, make: Make) -> None:
    make("wang", subject=SUBJECT, issuer="https://elsewhere.example")
    assert go(Client(), provider).status_code == 403


def test_a_closed_account_is_not_opened_from_outside(provider: OuterProvider, make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang", subject=SUBJECT, issuer=provider.issuer)
    actions.close_account(account, by=SYSTEM)
    assert not OuterIdentity.objects.exists()
    actions.reopen_account(account, by=SYSTEM)
    assert go(Client(), provider).status_code == 403


def test_the_second_factor_is_still_asked_for(provider: OuterProvider, make: Make) -> None:
    account = make("wang", subject=SUBJECT, issuer=provider.issuer)
    secret = totp.new_secret()
    before = totp.code_at(secret, int(time.time()) // 30 - 1)
    actions.turn_second_factor_on(account, secret=secret, code=before, by=access.actor_for(account))
    client = Client()
    asked = go(client, provider, "/desk/outer?next=/desk/me")
    assert asked["Location"] == "/desk/second-factor?next=%2Fdesk%2Fme"
    assert client.get("/desk/me").status_code == 302
    code = totp.code_at(secret, int(time.time()) // 30)
    done = client.post("/desk/second-factor", {"code": code, "next": "/desk/me"})
    assert done["Location"] == "/desk/me"
    assert Session.objects.get().way == "outer"


def test_logging_out_offers_to_log_out_there_too(provider: OuterProvider, make: Make) -> None:
    make("wang", subject=SUBJECT, issuer=provider.issuer)
    client = Client()
    go(client, provider)
    assert client.post("/desk/logout")["Location"] == "/desk/logged-out"
    assert "也从统一身份认证退出" in text_of(client.get("/desk/logged-out"))
    away = client.get("/desk/outer/out")["Location"]
    assert away.startswith(f"{provider.issuer}/out?client_id={CLIENT}&post_logout_redirect_uri=")
    assert client.get("/desk/").status_code == 302
    outer_log_in._kept.cache_clear()
    provider.lie = "way out elsewhere"
    assert client.get("/desk/outer/out")["Location"] == "/desk/login"


# ---- tying an account


def come_in(login: str) -> Client:
    client = Client()
    assert client.post("/desk/login", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def link_for(account: Account) -> str:
    given = text_of(come_in("guanli").post(f"/desk/accounts/{account.id}/bind"))
    found = re.search(r'value="http://testserver(/desk/bind/[\w-]+)"', given)
    assert found is not None
    return found[1]


def follow(client: Client, link: str) -> str:
    """Follow the link; the address of the button on the page it leads to."""
    assert client.get(link)["Location"] == "/desk/bind"
    found = re.search(r'href="(/desk/outer\?bind=[\w-]+)"', text_of(client.get("/desk/bind")))
    assert found is not None
    return found[1]


def test_an_administrators_link_ties_the_account_once(provider: OuterProvider, make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    link = link_for(account)
    client = Client()
    button = follow(client, link)
    assert "wang" in text_of(client.get("/desk/bind"))
    came_in = go(client, provider, button)
    assert came_in["Location"] == "/desk/"
    identity = OuterIdentity.objects.get()
    assert (identity.account, identity.issuer, identity.subject) == (account, provider.issuer, SUBJECT)
    assert go(Client(), provider).status_code == 302
    late = Client()
    late.get(link)
    assert late.get("/desk/bind").status_code == 410
    written = "\n".join(event.payload + event.closed for event in Event.objects.all())
    assert SUBJECT not in written


def test_such_a_link_sets_no_password_and_an_invitation_ties_nothing(
    provider: OuterProvider, make: Make
) -> None:
    make("guanli", "administrator")
    account = make("wang")
    token = actions.issue_binding(account, by=SYSTEM)
    with pytest.raises(Refusal):
        actions.accept(token, "枫桥街口的那个旧邮筒")
    reset = actions.issue_reset(account, by=SYSTEM)
    with pytest.raises(Refusal):
        actions.bind_outer(reset, issuer=provider.issuer, subject=SUBJECT)
    assert not OuterIdentity.objects.exists()


def test_nobody_else_can_make_a_browser_tie_itself(provider: OuterProvider, make: Make) -> None:
    """Somebody sends a link for an account of theirs, and an address that goes on: that ties nothing."""
    make("guanli", "administrator")
    link = link_for(make("evil"))
    victim = Client()
    victim.get(link)
    for address in ("/desk/outer?bind=1", "/desk/outer?bind=", "/desk/outer?bind=xxxxxxxxxxxxxxxxxxxxxx"):
        assert go(victim, provider, address).status_code == 403
    assert not OuterIdentity.objects.exists()


def test_one_person_out_there_is_one_account_here(provider: OuterProvider, make: Make) -> None:
    make("guanli", "administrator")
    first = make("wang", subject=SUBJECT, issuer=provider.issuer)
    second = make("chen")
    client = Client()
    refused = go(client, provider, follow(client, link_for(second)))
    assert refused.status_code == 403
    assert "已经绑定了别的账号" in text_of(refused)
    provider.subject = "another"
    again = Client()
    assert "已经绑定了统一登录" in text_of(go(again, provider, follow(again, link_for_bound(first))))
    assert OuterIdentity.objects.get().account == first


def link_for_bound(account: Account) -> str:
    return f"/desk/bind/{actions.issue_binding(account, by=SYSTEM)}"


def test_an_administrator_ties_and_unties_within_the_own_reach(provider: OuterProvider, make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang", subject=SUBJECT, issuer=provider.issuer)
    plain = make("plain")
    client = Client()
    go(client, provider)
    assert client.post(f"/desk/accounts/{plain.id}/bind").status_code == 403
    assert client.post(f"/desk/accounts/{account.id}/unbind").status_code == 403
    page = text_of(come_in("guanli").get(f"/desk/accounts/{account.id}"))
    assert "解除绑定" in page
    assert SUBJECT not in page
    assert come_in("guanli").post(f"/desk/accounts/{account.id}/unbind").status_code == 302
    assert client.get("/desk/me").status_code == 302
    assert go(Client(), provider).status_code == 403
    assert not Ticket.objects.filter(used_at__isnull=True).exists()
