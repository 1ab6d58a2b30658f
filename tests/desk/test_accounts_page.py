"""What an administrator sees and does: the list, one account, the demonstration's public log-ins, somebody who leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client

from luodi.kernel.accounts import access, actions
from luodi.kernel.accounts.leaving import leave_service, posts_given_up
from luodi.kernel.accounts.models import Account, Credential, Session
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, PUBLIC_LOG_INS
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.lookups import holders, posts_of, unsigned_hand_overs
from luodi.kernel.register.models import Appointment, Unit
from tests.kernel.promises import ten_by_new_year

pytestmark = pytest.mark.django_db
PASSWORD = "松湾路上的第三棵老树"
DAY = dt.timedelta(days=1)
Make = Callable[..., Account]


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, PUBLIC_LOG_INS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def make() -> Make:
    def one(login: str, *roles: str, unit: str = "区政府", password: str = PASSWORD) -> Account:
        home = Unit.objects.filter(name=unit).first() or register.create_unit(name=unit, by=SYSTEM)
        person = register.enter_person(name=f"{login}本人", by=SYSTEM)
        account = actions.create_account(person, login=login, by=SYSTEM)
        if password:
            actions.set_password(account, password, by=SYSTEM)
        post = register.create_post(title=f"{login}岗", unit=home, by=SYSTEM)
        register.appoint(person, post, since=today() - 30 * DAY, by=SYSTEM)
        for role in roles:
            actions.grant(post, role, by=SYSTEM)
        return account

    return one


def come_in(login: str) -> Client:
    client = Client()
    assert client.post("/desk/login", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


# ---- the list and one account


def test_accounts_are_found_by_name_unit_and_state(make: Make) -> None:
    make("guanli", "administrator")
    make("wang", unit="区水务局")
    make("chen", password="")
    closed = make("gone")
    actions.close_account(closed, by=SYSTEM)
    client = come_in("guanli")

    def found(**asked: str) -> set[str]:
        text = text_of(client.get("/desk/accounts", asked))
        return {name for name in ("guanli", "wang", "chen", "gone") if f">{name}</a>" in text}

    assert found() == {"guanli", "wang", "chen", "gone"}
    assert found(q="水务") == {"wang"}
    assert found(q="chen本") == {"chen"}
    assert found(state="new") == {"chen"}
    assert found(state="closed") == {"gone"}
    assert found(state="open") == {"guanli", "wang"}
    assert found(q="没有这个") == set()
    assert "没有这样的账号" in text_of(client.get("/desk/accounts", {"q": "没有这个"}))
    assert found(state="nonsense", page="999") == {"guanli", "wang", "chen", "gone"}


def test_one_account_shows_posts_roles_and_what_may_be_done(make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang", "office")
    come_in("wang")
    page = text_of(come_in("guanli").get(f"/desk/accounts/{account.id}"))
    for words in (
        "wang本人",
        "区政府wang岗",
        "督查办公室",
        "现在有1处登录着",
        "发重设链接",
        "办离任",
        "各处都退出",
    ):
        assert words in page
    for words in ("取消手机验证", "解除绑定", "恢复账号", "发绑定链接"):
        assert words not in page


def test_a_lost_phone_is_logged_out_by_the_administrator(make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    here, there = come_in("wang"), come_in("wang")
    assert here.post(f"/desk/accounts/{account.id}/sessions/end").status_code == 403
    assert come_in("guanli").post(f"/desk/accounts/{account.id}/sessions/end").status_code == 302
    assert here.get("/desk/").status_code == there.get("/desk/").status_code == 302
    assert Event.objects.filter(kind="session.ended_by_administrator", subject=account.id).exists()


def test_an_administrator_of_one_unit_reaches_no_other(make: Make) -> None:
    make("guanli", "administrator")
    far = register.create_unit(name="区审计局", by=SYSTEM)
    low = make("low")
    actions.grant(posts_of(low.person_id)[0], "administrator", scope=far, by=SYSTEM)
    stranger = make("stranger")
    client = come_in("low")
    for address in ("", "/leave"):
        assert client.get(f"/desk/accounts/{stranger.id}{address}").status_code == 404
    for address in ("link", "bind", "unbind", "second-factor", "sessions/end", "reopen", "leave"):
        answer = client.post(f"/desk/accounts/{stranger.id}/{address}")
        assert answer.status_code in (404, 409), address


def test_a_list_of_accounts_costs_few_queries(make: Make, django_assert_max_num_queries: Any) -> None:
    make("guanli", "administrator")
    for number in range(60):
        make(f"name{number}")
    client = come_in("guanli")
    with django_assert_max_num_queries(20):
        assert client.get("/desk/accounts").status_code == 200
    account = Account.objects.get(login="name7")
    with django_assert_max_num_queries(24):
        assert client.get(f"/desk/accounts/{account.id}").status_code == 200


# ---- somebody leaves


def owning(account: Account) -> None:
    """Give the account's post something of its own."""
    from tests.kernel.promises import founded

    district = founded()
    district.adopt(goal=ten_by_new_year(), leader_post=posts_of(account.person_id)[0])


def test_whoever_leaves_is_out_at_once_and_the_posts_end_with_the_day(make: Make) -> None:
    make("guanli", "administrator")
    account, heir = make("wang"), make("chen")
    owning(account)
    post = posts_of(account.person_id)[0]
    gone = come_in("wang")
    client = come_in("guanli")
    asked = text_of(client.get(f"/desk/accounts/{account.id}/leave"))
    assert "谁接任区政府wang岗" in asked
    assert "必须选接任的人" in asked
    assert "chen本人，区政府chen岗" in asked
    without = client.post(f"/desk/accounts/{account.id}/leave", {"until": today().isoformat()})
    assert without.status_code == 422
    assert "名下还有事" in text_of(without)
    assert gone.get("/desk/").status_code == 200
    done = client.post(
        f"/desk/accounts/{account.id}/leave",
        {"until": today().isoformat(), f"to-{post.id}": heir.person_id},
    )
    assert done.status_code == 200
    assert "由chen本人接任" in text_of(done)
    assert gone.get("/desk/").status_code == 302
    account.refresh_from_db()
    assert not account.is_active
    assert Credential.objects.get(account=account).password == ""
    assert Appointment.objects.get(person=account.person).until == today()
    assert [person.id for person in holders(post, today() + DAY)] == [heir.person_id]
    assert [later.person_id for later in unsigned_hand_overs()] == [heir.person_id]
    kinds = list(Event.objects.order_by("-id").values_list("kind", flat=True)[:2])
    assert kinds == ["account.closed", "person.left"]
    again = client.post(f"/desk/accounts/{account.id}/leave", {"until": today().isoformat()})
    assert (again.status_code, "离任办过了" in text_of(again)) == (422, True)


def test_posts_that_nobody_holds_afterwards_are_listed(make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    post = posts_of(account.person_id)[0]
    done = text_of(
        come_in("guanli").post(f"/desk/accounts/{account.id}/leave", {"until": today().isoformat()})
    )
    assert "没有人的岗位" in done
    assert f"/desk/directory/posts/{post.id}" in done
    assert "区政府wang岗" in done


def test_a_post_with_another_holder_goes_on_without_a_choice(make: Make) -> None:
    account, beside = make("wang"), make("chen")
    post = register.create_post(title="窗口", unit=Unit.objects.get(), is_sole=False, by=SYSTEM)
    for each in (account, beside):
        register.appoint(each.person, post, since=today() - DAY, by=SYSTEM)
    make("guanli", "administrator")
    held = {each.post.title: each for each in posts_given_up(account.person, today())}
    assert [person.id for person in held["窗口"].others] == [beside.person_id]
    assert not held["窗口"].needs_successor
    left = leave_service(account, until=today(), by=SYSTEM)
    assert [each.title for each in left.empty] == ["wang岗"]


@pytest.mark.parametrize(
    ("until", "words"), [("2999-01-01", "还没有到"), ("", "应是年-月-日"), ("昨天", "应是年-月-日")]
)
def test_a_day_that_cannot_be_is_refused_and_nothing_changes(until: str, words: str, make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    client = come_in("guanli")
    before = Event.objects.count()
    refused = client.post(f"/desk/accounts/{account.id}/leave", {"until": until})
    assert (refused.status_code, words in text_of(refused)) == (422, True)
    assert Event.objects.count() == before


def test_the_last_administrator_does_not_leave_and_then_nothing_has_changed(make: Make) -> None:
    account = make("guanli", "administrator")
    refused = come_in("guanli").post(f"/desk/accounts/{account.id}/leave", {"until": today().isoformat()})
    assert refused.status_code == 422
    assert "没有系统管理员" in text_of(refused)
    assert Appointment.objects.get(person=account.person).until is None
    assert not Event.objects.filter(kind="person.left").exists()
    assert Account.objects.get(id=account.id).is_active


def test_only_an_administrator_of_the_person_lets_them_leave(make: Make) -> None:
    make("guanli", "administrator")
    account, other = make("wang"), make("chen", "office")
    with pytest.raises(Refusal) as refused:
        leave_service(account, until=today() - DAY, by=access.actor_for(other))
    assert refused.value.code == "not-administrator"
    assert Appointment.objects.get(person=account.person).until is None


def test_a_successor_not_on_the_list_is_not_taken(make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    owning(account)
    post = posts_of(account.person_id)[0]
    outside = register.enter_person(name="外人", by=SYSTEM)
    answer = come_in("guanli").post(
        f"/desk/accounts/{account.id}/leave", {"until": today().isoformat(), f"to-{post.id}": outside.id}
    )
    assert answer.status_code == 422
    assert Appointment.objects.get(person=account.person).until is None


def test_whoever_comes_back_needs_a_new_invitation(make: Make) -> None:
    make("guanli", "administrator")
    account = make("wang")
    leave_service(account, until=today(), by=SYSTEM)
    client = come_in("guanli")
    assert "恢复账号" in text_of(client.get(f"/desk/accounts/{account.id}"))
    assert client.post(f"/desk/accounts/{account.id}/reopen").status_code == 302
    assert Client().post("/desk/login", {"login": "wang", "password": PASSWORD}).status_code == 422
    assert "邀请" in text_of(client.post(f"/desk/accounts/{account.id}/link"))


# ---- the demonstration's public log-ins


class Told(NamedTuple):
    name: str
    who: str
    role: str
    can: str


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.PUBLIC_LOG_INS = (
        Told("shenji", "区审计局，审计科科长", "verifier", "核实别的单位报的完成"),
        Told("minzheng", "区民政局，养老服务科科长", "reporter", "报进展"),
        Told("nobody", "没有这个人", "leader", "看全区"),
    )


def found(kind: str) -> None:
    register.found_district(name="青岚区", code="990199", shape="urban_district", kind=kind, by=SYSTEM)


def test_in_the_demonstration_one_click_comes_in(make: Make, demonstration: None) -> None:
    found("demonstration")
    make("shenji", "verifier")
    make("minzheng", "reporter")
    client = Client()
    shown = text_of(client.get("/desk/login?next=/desk/me"))
    assert "以核实员身份进入" in shown
    assert "以填报员身份进入" in shown
    assert "核实别的单位报的完成" in shown
    assert "没有这个人" not in shown
    came_in = client.post("/desk/login/as", {"login": "shenji", "next": "/desk/me"})
    assert (came_in.status_code, came_in["Location"]) == (302, "/desk/me")
    assert "shenji岗" in text_of(client.get("/desk/me"))
    assert Session.objects.get().way == "public"
    second = client.post("/desk/login/as", {"login": "minzheng", "next": "//evil.example"})
    assert second["Location"] == "/desk/"
    assert "minzheng岗" in text_of(client.get("/desk/"))
    assert [row.account.login for row in Session.objects.filter(ended_at__isnull=True)] == ["minzheng"]


def test_in_a_real_district_nobody_comes_in_by_one_click(make: Make, demonstration: None) -> None:
    found("real")
    make("shenji", "verifier")
    client = Client()
    assert "身份进入" not in text_of(client.get("/desk/login"))
    assert client.post("/desk/login/as", {"login": "shenji"}).status_code == 404
    assert client.get("/desk/").status_code == 302


def test_before_a_district_is_founded_neither(make: Make, demonstration: None) -> None:
    make("shenji", "verifier")
    assert Client().post("/desk/login/as", {"login": "shenji"}).status_code == 404


def test_one_click_needs_its_button_and_only_the_named_log_ins_have_one(
    make: Make, demonstration: None
) -> None:
    found("demonstration")
    make("shenji", "verifier")
    make("guanli", "administrator")
    client = Client(enforce_csrf_checks=True)
    assert client.get("/desk/login/as").status_code == 405
    assert client.post("/desk/login/as", {"login": "shenji"}).status_code == 403
    assert Client().post("/desk/login/as", {"login": "guanli"}).status_code == 404
    assert Client().post("/desk/login/as", {}).status_code == 404
    assert not Session.objects.exists()


def test_clicks_without_end_are_slowed(make: Make, demonstration: None) -> None:
    found("demonstration")
    answers = [
        Client().post("/desk/login/as", {"login": "x"}).status_code for _ in range(PUBLIC_LOG_INS.limit + 1)
    ]
    assert answers == [404] * PUBLIC_LOG_INS.limit + [429]


def test_each_public_log_in_of_the_demonstration_has_its_account() -> None:
    """What the settings name stands in the demonstration's own district, under the role it says."""
    from django.conf import settings

    from luodi.website.demonstration.script import read_district

    roles = {each["login"]: each["roles"] for each in read_district()["unit"] if "login" in each}
    assert len({each.role for each in settings.PUBLIC_LOG_INS}) == len(settings.PUBLIC_LOG_INS) == 6
    assert [each.name for each in settings.PUBLIC_LOG_INS if each.role not in roles.get(each.name, [])] == []
    assert all(each.who and each.can for each in settings.PUBLIC_LOG_INS)
