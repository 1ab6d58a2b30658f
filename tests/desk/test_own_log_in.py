"""What one does with one's own log-in, what an administrator does for others, and that every screen has its door."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path
from django.urls.resolvers import URLResolver

from luodi.desk import doors
from luodi.kernel.accounts import access, actions, totp
from luodi.kernel.accounts.models import Account, Session, Ticket
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.register import lookups
from luodi.kernel.register.models import Unit

pytestmark = pytest.mark.django_db
PASSWORD = "松湾路上的第三棵老树"
NEW = "枫桥街口的那个旧邮筒"
Make = Callable[..., Account]


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def make() -> Make:
    def one(login: str, *roles: str, posts: int = 1, password: str = PASSWORD) -> Account:
        district = Unit.objects.first() or register.create_unit(name="区政府", by=SYSTEM)
        person = register.enter_person(name=f"{login}本人", by=SYSTEM)
        account = actions.create_account(person, login=login, by=SYSTEM)
        if password:
            actions.set_password(account, password, by=SYSTEM)
        for number in range(posts):
            post = register.create_post(title=f"{login}岗{number}", unit=district, by=SYSTEM)
            register.appoint(person, post, since=today(), by=SYSTEM)
            for role in roles:
                actions.grant(post, role, by=SYSTEM)
        return account

    return one


def come_in(login: str, password: str = PASSWORD, **given: str) -> Client:
    client = Client(**given)
    assert client.post("/desk/login", {"login": login, "password": password}).status_code == 302
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def views(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from views(pattern, address)


def test_every_staff_screen_has_a_door() -> None:
    found = {
        address: doors.door_of(view) for address, view in views(get_resolver()) if address.startswith("desk/")
    }
    assert len(found) >= 18
    assert [address for address, door in found.items() if door is None] == []
    assert all(door.why for door in found.values() if door and door.is_open)


def test_a_screen_that_nobody_gave_a_door_stays_shut(client: Client, make: Make, settings: Any) -> None:
    make("wang", "administrator", "office", "leader")
    settings.ROOT_URLCONF = _Unmarked
    client = come_in("wang")
    assert client.get("/desk/unmarked").status_code == 403
    assert client.get("/desk/").status_code == 200


class _Unmarked:
    @staticmethod
    def unmarked(request: HttpRequest) -> HttpResponse:
        return HttpResponse("everything")

    urlpatterns = (path("desk/unmarked", unmarked), *get_resolver("luodi.website.urls").url_patterns)
    handler403 = "luodi.pages.errors.forbidden"
    handler404 = "luodi.pages.errors.not_found"
    handler500 = "luodi.pages.errors.broken"


def test_a_door_for_a_role_there_is_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="no roles"):
        doors.role_door("king")


def test_a_role_opens_its_screen_and_no_other_does(make: Make) -> None:
    make("guanli", "administrator")
    make("wang", "office")
    assert come_in("guanli").get("/desk/accounts").status_code == 200
    shut = come_in("wang").get("/desk/accounts")
    assert shut.status_code == 403
    assert "系统管理员" in text_of(shut)


def test_whoever_has_several_posts_chooses_one(make: Make) -> None:
    account = make("wang", "administrator", posts=2)
    client = come_in("wang")
    assert "请先选一个岗位" in text_of(client.get("/desk/"))
    assert client.get("/desk/accounts")["Location"] == "/desk/post?next=%2Fdesk%2Faccounts"
    second = lookups.posts_of(account.person_id)[1]
    done = client.post("/desk/post", {"post": second.id, "next": "/desk/accounts"})
    assert done["Location"] == "/desk/accounts"
    assert second.title in text_of(client.get("/desk/accounts"))
    foreign = register.create_post(title="别人的岗", unit=Unit.objects.get(), by=SYSTEM)
    assert client.post("/desk/post", {"post": foreign.id}).status_code == 409
    assert client.post("/desk/post", {"post": second.id, "next": "//evil.example"})["Location"] == "/desk/"


def test_whoever_holds_no_post_may_only_mind_the_own_log_in(make: Make) -> None:
    make("wang", posts=0)
    client = come_in("wang")
    assert "没有任职" in text_of(client.get("/desk/"))
    assert client.get("/desk/me").status_code == 200
    assert client.get("/desk/accounts").status_code == 403


def test_an_invitation_lets_its_person_in_once(make: Make) -> None:
    make("guanli", "administrator")
    account = make("chen", password="")
    given = come_in("guanli").post(f"/desk/accounts/{account.id}/link")
    link = re.search(r'value="http://testserver(/desk/link/[\w-]+)"', text_of(given))
    assert link is not None
    client = Client()
    followed = client.get(link[1])
    assert (followed.status_code, followed["Location"]) == (302, "/desk/link")
    assert followed["Referrer-Policy"] == "same-origin"
    form = client.get("/desk/link")
    assert link[1].rpartition("/")[2] not in text_of(form)
    differ = client.post("/desk/link", {"password": NEW, "again": NEW + "x"})
    assert (differ.status_code, "两次输的密码不一样" in text_of(differ)) == (422, True)
    assert client.post("/desk/link", {"password": "short", "again": "short"}).status_code == 422
    assert client.post("/desk/link", {"password": NEW, "again": NEW})["Location"] == "/desk/login"
    come_in("chen", NEW)
    late = Client()
    late.get(link[1])
    assert late.get("/desk/link").status_code == 410
    assert late.post("/desk/link", {"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert Client().get("/desk/link").status_code == 410


def test_an_administrator_sees_links_of_the_own_reach_only(make: Make) -> None:
    make("guanli", "administrator")
    far = register.create_unit(name="区审计局", by=SYSTEM)
    low = make("low")
    actions.grant(lookups.posts_of(low.person_id)[0], "administrator", scope=far, by=SYSTEM)
    other = make("other")
    client = come_in("low")
    assert "other" not in text_of(client.get("/desk/accounts"))
    assert client.post(f"/desk/accounts/{other.id}/link").status_code == 404
    assert not Ticket.objects.exists()


def test_a_new_password_ends_every_session(make: Make) -> None:
    make("wang")
    here, there = come_in("wang"), come_in("wang")
    wrong = here.post("/desk/me/password", {"old": "wrong", "password": NEW, "again": NEW})
    assert wrong.status_code == 422
    assert NEW not in text_of(wrong)
    assert there.get("/desk/").status_code == 200
    done = here.post("/desk/me/password", {"old": PASSWORD, "password": NEW, "again": NEW})
    assert done["Location"] == "/desk/login"
    assert here.get("/desk/").status_code == there.get("/desk/").status_code == 302
    come_in("wang", NEW)


def test_a_second_factor_is_set_up_with_a_picture_and_proven(make: Make) -> None:
    account = make("wang")
    client = come_in("wang")
    assert client.get("/desk/me/second-factor.svg").status_code == 404
    shown = text_of(client.get("/desk/me/second-factor"))
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", shown)
    assert secret is not None
    picture = client.get("/desk/me/second-factor.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"] == "no-store"
    assert b"style=" not in picture.content
    assert b"<script" not in picture.content
    assert client.post("/desk/me/second-factor", {"code": "000000"}).status_code == 422
    code = totp.code_at(secret[1].replace(" ", ""), int(time.time()) // 30)
    codes = re.findall(
        r"<li><code>([\w-]{14})</code>", text_of(client.post("/desk/me/second-factor", {"code": code}))
    )
    assert len(codes) == 10
    assert client.get("/desk/me/second-factor")["Location"] == "/desk/me"
    assert client.get("/desk/me/second-factor.svg").status_code == 404
    assert "备用码还剩10个" in text_of(client.get("/desk/me"))
    assert client.post("/desk/me/recovery-codes", {"code": "wrong"}).status_code == 409
    fresh = re.findall(
        r"<li><code>([\w-]{14})</code>", text_of(client.post("/desk/me/recovery-codes", {"code": codes[0]}))
    )
    assert not set(codes) & set(fresh)
    assert client.post("/desk/me/second-factor/off", {"code": fresh[0]})["Location"] == "/desk/me"
    assert account.recovery_codes.count() == 0


def test_sessions_are_seen_and_ended(make: Make) -> None:
    make("wang")
    here = come_in("wang", REMOTE_ADDR="192.0.2.7")
    there = come_in("wang", HTTP_USER_AGENT="<script>alert(1)</script>")
    text = text_of(here.get("/desk/me"))
    assert "192.0.*.*" in text
    assert "192.0.2.7" not in text
    assert "<script>" not in text
    other = Session.objects.order_by("id").last()
    assert here.post(f"/desk/me/session/{other.id}/end").status_code == 302
    assert there.get("/desk/").status_code == 302
    third = come_in("wang")
    assert here.post("/desk/me/session/others/end").status_code == 302
    assert third.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert here.post("/desk/me/session/w0000000000000/end").status_code == 409


def test_nobody_ends_the_session_of_somebody_else(make: Make) -> None:
    make("guanli", "administrator")
    make("wang")
    come_in("wang")
    session = Session.objects.get()
    assert come_in("guanli").post(f"/desk/me/session/{session.id}/end").status_code == 409
    session.refresh_from_db()
    assert session.ended_at is None


def test_a_hand_over_is_signed_at_the_desk_by_each_side(make: Make) -> None:
    leaving, coming = make("wang"), make("chen", posts=0)
    held = leaving.person.appointments.get()
    register.hand_over(held, to=coming.person, on=today().replace(year=today().year + 1), by=SYSTEM)
    later = lookups.unsigned_hand_overs()[0]
    one, other = come_in("wang"), come_in("chen")
    assert "签：已交清" in text_of(one.get("/desk/"))
    assert "签：已接清" in text_of(other.get("/desk/"))
    assert come_in_stranger(make).post(f"/desk/hand-over/{later.id}").status_code == 409
    assert one.post(f"/desk/hand-over/{later.id}").status_code == 302
    assert one.post(f"/desk/hand-over/{later.id}").status_code == 409
    assert other.post(f"/desk/hand-over/{later.id}").status_code == 302
    assert lookups.unsigned_hand_overs() == []


def come_in_stranger(make: Make) -> Client:
    make("stranger")
    return come_in("stranger")


def test_in_the_demonstration_nobody_changes_the_shared_log_ins(make: Make) -> None:
    register.found_district(
        name="青岚区", code="990199", shape="urban_district", kind="demonstration", by=SYSTEM
    )
    make("wang")
    client = come_in("wang")
    refused = client.post("/desk/me/password", {"old": PASSWORD, "password": NEW, "again": NEW})
    assert "演示区" in text_of(refused)
    come_in("wang")


def test_who_asks_is_known_only_from_an_open_session(make: Make, rf: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    from luodi.kernel.refusal import Refusal

    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}
    with pytest.raises(Refusal):
        access.actor_of(request)
    account = make("wang")
    request.user = account
    assert access.actor_of(request).account == account.id
    ended = rf.get("/")
    ended.user, ended.session = account, {access.SESSION_KEY: "w0000000000000"}
    with pytest.raises(Refusal):
        access.actor_of(ended)


@pytest.mark.parametrize("address", ["/desk/", "/desk/me", "/desk/accounts", "/desk/login", "/desk/logout"])
def test_desk_pages_carry_no_inline_style_or_script(address: str, make: Make) -> None:
    make("guanli", "administrator")
    text = text_of(come_in("guanli").get(address, follow=True))
    assert "style=" not in text
    assert not re.search(r"<script(?! src=\"/static/[\w./-]+\" defer></script>)", text)
    assert not re.search(r"\son\w+=", text)


def test_a_desk_page_costs_few_queries(make: Make, django_assert_max_num_queries: Any) -> None:
    make("guanli", "administrator")
    for number in range(30):
        make(f"name{number}")
    client = come_in("guanli")
    with django_assert_max_num_queries(18):
        assert client.get("/desk/accounts").status_code == 200
