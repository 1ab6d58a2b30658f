"""Accounts: who may come in, as which post, with which role; and that secrets stand nowhere but as hashes."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

import pytest
from django.db.models import Model

from luodi.kernel.accounts import access, actions, totp
from luodi.kernel.accounts.models import Account, Credential, Grant, RecoveryCode, Session, Ticket
from luodi.kernel.clocks.now import UTC, held_at, now
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Post, Unit

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 3, 1, 2, tzinfo=UTC)
DAY = dt.date(2026, 3, 1)
PASSWORD = "松湾路上的第三棵老树"


@dataclass
class Somebody:
    account: Account
    post: Post
    actor: Actor


@pytest.fixture(autouse=True)
def _on_a_fixed_day_with_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> object:
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    with held_at(MOMENT):
        yield


@pytest.fixture
def district() -> Unit:
    return register.create_unit(name="区政府", by=SYSTEM)


@pytest.fixture
def admin(district: Unit) -> Somebody:
    return somebody("guanli", district, "administrator")


def somebody(login: str, unit: Unit, *roles: str, scope: Unit | None = None) -> Somebody:
    person = register.enter_person(name="甲", by=SYSTEM)
    post = register.create_post(title=f"{login}岗", unit=unit, by=SYSTEM)
    register.appoint(person, post, since=DAY, by=SYSTEM)
    account = actions.create_account(person, login=login, by=SYSTEM)
    actions.set_password(account, PASSWORD, by=SYSTEM)
    for role in roles:
        actions.grant(post, role, scope=scope, by=SYSTEM)
    return Somebody(account, post, access.actor_for(account))


def refused(code: str) -> object:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def everything_written() -> str:
    """All columns of all events, as text."""
    rows: list[Model] = list(Event.objects.all())
    return "\n".join(str(getattr(row, field.attname)) for row in rows for field in row._meta.concrete_fields)


def second_factor(of: Somebody) -> tuple[str, list[str]]:
    secret = totp.new_secret()
    code = totp.code_at(secret, int(time.time()) // 30 - 1)
    return secret, actions.turn_second_factor_on(of.account, secret=secret, code=code, by=of.actor)


def test_an_account_is_one_person_and_its_name_is_taken_once(district: Unit) -> None:
    first = somebody("Zhang.San", district)
    assert first.account.login == "zhang.san"
    other = register.enter_person(name="乙", by=SYSTEM)
    with refused("login-taken"):
        actions.create_account(other, login="ＺＨＡＮＧ.san", by=SYSTEM)
    with refused("account-exists"):
        actions.create_account(first.account.person, login="another", by=SYSTEM)
    for wrong in ("", "a", "张三", "-abc", "a b c", "a" * 61):
        with refused("login-wrong"):
            actions.create_account(other, login=wrong, by=SYSTEM)


def test_only_an_administrator_makes_accounts(district: Unit, admin: Somebody) -> None:
    person = register.enter_person(name="乙", by=SYSTEM)
    plain = somebody("wang", district, "office", "reviewer")
    for by in (plain.actor, Actor(), Actor(account="w0", post="o0"), Actor(admin.account.id, plain.post.id)):
        if by != SYSTEM:
            with refused("not-administrator"):
                actions.create_account(person, login="chen", by=by)
    actions.create_account(person, login="chen", by=admin.actor)


def test_nothing_granted_means_nothing_allowed(district: Unit) -> None:
    plain = somebody("wang", district)
    assert access.roles_of(plain.actor) == frozenset()
    assert access.roles_of(SYSTEM) == frozenset()
    assert not access.may(plain.actor, "reporter", district)
    assert not access.has_role(SYSTEM, "administrator", "office", "leader")


def test_a_role_reaches_its_unit_and_what_is_below() -> None:
    bureau = register.create_unit(name="区水务局", by=SYSTEM)
    station = register.create_unit(name="水务站", parent=bureau, by=SYSTEM)
    other = register.create_unit(name="区审计局", by=SYSTEM)
    clerk = somebody("wang", station, "reporter", scope=bureau)
    assert access.may(clerk.actor, "reporter", bureau)
    assert access.may(clerk.actor, "reporter", station.id)
    assert not access.may(clerk.actor, "reporter", other)
    assert not access.may(clerk.actor, "reporter")
    assert not access.may(clerk.actor, "verifier", bureau)
    assert access.units_within(clerk.actor, ("reporter",)) == {bureau.id, station.id}
    assert access.units_within(clerk.actor, ("office",)) == set()


def test_a_role_goes_with_the_post_and_not_with_the_person(district: Unit) -> None:
    leaving = somebody("wang", district, "office")
    held = leaving.account.person.appointments.get()
    coming = register.enter_person(name="乙", by=SYSTEM)
    account = actions.create_account(coming, login="chen", by=SYSTEM)
    register.hand_over(held, to=coming, on=DAY + dt.timedelta(days=1), by=SYSTEM)
    assert access.has_role(leaving.actor, "office")
    with held_at(MOMENT + dt.timedelta(days=1)):
        assert access.actor_for(leaving.account) == Actor(leaving.account.id, "")
        assert not access.has_role(leaving.actor, "office")
        assert access.has_role(access.actor_for(account), "office")


def test_a_role_ends_with_its_day_and_when_taken_back(district: Unit, admin: Somebody) -> None:
    clerk = somebody("wang", district)
    actions.grant(clerk.post, "office", until=DAY, by=admin.actor)
    assert access.has_role(clerk.actor, "office")
    with held_at(MOMENT + dt.timedelta(days=1)):
        assert not access.has_role(clerk.actor, "office")
        given = actions.grant(clerk.post, "office", by=admin.actor)
        with refused("grant-exists"):
            actions.grant(clerk.post, "office", by=admin.actor)
        actions.revoke(given, by=admin.actor)
        assert not access.has_role(clerk.actor, "office")
    with refused("role-unknown"):
        actions.grant(clerk.post, "king", by=admin.actor)


def test_an_administrator_gives_no_more_than_they_have(admin: Somebody, district: Unit) -> None:
    bureau = register.create_unit(name="区水务局", by=SYSTEM)
    other = register.create_unit(name="区审计局", by=SYSTEM)
    low = somebody("shuiwu", bureau, "administrator", scope=bureau)
    clerk, stranger = somebody("wang", bureau), somebody("chen", other)
    actions.grant(clerk.post, "reporter", scope=bureau, by=low.actor)
    for post, scope in ((clerk.post, None), (clerk.post, other), (stranger.post, bureau), (low.post, None)):
        with refused("out-of-reach"):
            actions.grant(post, "office", scope=scope, by=low.actor)
    for high in (admin, stranger):
        with refused("out-of-reach"):
            actions.issue_reset(high.account, by=low.actor)
        with refused("out-of-reach"):
            actions.remove_second_factor(high.account, by=low.actor)
        with refused("out-of-reach"):
            actions.close_account(high.account, by=low.actor)
    assert set(access.visible_accounts(low.actor)) == {low.account, clerk.account}
    assert access.visible_accounts(admin.actor).count() == 4
    assert set(access.visible_accounts(clerk.actor)) == {clerk.account}


def test_somebody_can_always_administer(admin: Somebody, district: Unit) -> None:
    given = Grant.objects.get(post=admin.post)
    with refused("last-administrator"):
        actions.revoke(given, by=admin.actor)
    with refused("last-administrator"):
        actions.close_account(admin.account, by=admin.actor)
    assert Account.objects.get(id=admin.account.id).is_active
    somebody("erhao", district, "administrator")
    actions.revoke(given, by=admin.actor)
    with refused("not-administrator"):
        actions.grant(admin.post, "office", by=admin.actor)


def test_people_are_read_by_their_own_unit_and_by_the_office(district: Unit, admin: Somebody) -> None:
    bureau = register.create_unit(name="区水务局", by=SYSTEM)
    one, two = somebody("wang", bureau), somebody("chen", bureau)
    far = somebody("li.si", district)
    assert set(access.visible_people(one.actor)) == {one.account.person, two.account.person}
    assert far.account.person in access.visible_people(admin.actor)
    assert list(access.visible_people(SYSTEM)) == []


def test_one_acts_as_one_post_and_only_as_an_own_one(district: Unit) -> None:
    person = somebody("wang", district)
    second = register.create_post(title="防汛办主任", unit=district, by=SYSTEM)
    foreign = register.create_post(title="审计局局长", unit=district, by=SYSTEM)
    assert access.actor_for(person.account).post == person.post.id
    register.appoint(person.account.person, second, since=DAY, by=SYSTEM)
    assert access.actor_for(person.account).post == ""
    actions.choose_post(person.account, second)
    assert access.actor_for(Account.objects.get(id=person.account.id)).post == second.id
    assert Event.objects.order_by("id").last().post == second.id
    with refused("post-not-held"):
        actions.choose_post(person.account, foreign)


def test_passwords_are_argon2_and_stand_in_no_event(district: Unit) -> None:
    person = somebody("wang", district)
    assert Credential.objects.get(account=person.account).password.startswith("argon2$argon2id$")
    assert person.account.check_password(PASSWORD)
    assert not person.account.check_password(PASSWORD + " ")
    written = everything_written()
    assert PASSWORD not in written
    assert "argon2" not in written
    assert "wang" not in written.replace("wang岗", "")


@pytest.mark.parametrize("weak", ["", "short", "1234567890", "password123", "wang-is-my-name", "x" * 201])
def test_a_weak_password_is_refused_with_the_reason(weak: str, district: Unit) -> None:
    person = somebody("wang", district)
    with refused("password-weak"):
        actions.set_password(person.account, weak, old=PASSWORD, by=person.actor)
    assert person.account.check_password(PASSWORD)


def test_whoever_changes_a_password_knows_the_old_one(district: Unit, admin: Somebody) -> None:
    person = somebody("wang", district)
    with refused("old-password-wrong"):
        actions.set_password(person.account, "另一个很长的密码啊啊", old="猜的", by=person.actor)
    with refused("not-own-account"):
        actions.set_password(person.account, "另一个很长的密码啊啊", by=admin.actor)
    before = person.account.get_session_auth_hash()
    session = actions.begin_session(person.account)
    actions.set_password(person.account, "另一个很长的密码啊啊", old=PASSWORD, by=person.actor)
    assert person.account.get_session_auth_hash() != before
    assert Session.objects.get(id=session.id).ended_at is not None


def test_a_link_works_once_and_in_time(district: Unit, admin: Somebody) -> None:
    person = register.enter_person(name="乙", by=SYSTEM)
    account = actions.create_account(person, login="chen", by=admin.actor)
    assert not account.check_password("")
    token = actions.invite(account, by=admin.actor)
    assert token not in everything_written()
    assert not Ticket.objects.filter(token_hash=token).exists()
    with refused("password-weak"):
        actions.accept(token, "short")
    actions.accept(token, PASSWORD)
    assert Account.objects.get(id=account.id).check_password(PASSWORD)
    for spent in (token, "", "nothing", token + "x"):
        with refused("link-spent"):
            actions.accept(spent, PASSWORD)


def test_a_link_grows_old_and_a_newer_one_replaces_it(district: Unit, admin: Somebody) -> None:
    person = somebody("wang", district)
    old = actions.issue_reset(person.account, by=admin.actor)
    new = actions.issue_reset(person.account, by=admin.actor)
    with refused("link-spent"):
        actions.accept(old, PASSWORD)
    with held_at(MOMENT + dt.timedelta(hours=24)), refused("link-spent"):
        actions.accept(new, PASSWORD)
    invitation = actions.invite(person.account, by=admin.actor)
    with held_at(MOMENT + dt.timedelta(days=6)):
        assert actions.account_of_token(invitation) == person.account


def test_a_changed_password_voids_every_link(district: Unit, admin: Somebody) -> None:
    person = somebody("wang", district)
    token = actions.issue_reset(person.account, by=admin.actor)
    actions.set_password(person.account, "另一个很长的密码啊啊", old=PASSWORD, by=person.actor)
    with refused("link-spent"):
        actions.accept(token, PASSWORD)


def test_a_code_of_the_second_factor_works_once(district: Unit) -> None:
    person = somebody("wang", district)
    secret, _ = second_factor(person)
    with refused("code-wrong"):
        actions.begin_session(person.account)
    code = totp.code_at(secret, int(time.time()) // 30)
    actions.begin_session(person.account, code=f" {code[:3]} {code[3:]} ")
    with refused("code-wrong"):
        actions.begin_session(person.account, code=code)
    assert secret not in Credential.objects.get(account=person.account).second_factor
    assert secret not in everything_written()


def test_a_second_factor_is_only_turned_on_with_a_working_device(district: Unit) -> None:
    person = somebody("wang", district)
    with refused("code-wrong"):
        actions.turn_second_factor_on(
            person.account, secret=totp.new_secret(), code="000000x", by=person.actor
        )
    second_factor(person)
    with refused("second-factor-on"):
        second_factor(person)


def test_a_recovery_code_works_once(district: Unit) -> None:
    person = somebody("wang", district)
    _, codes = second_factor(person)
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    actions.begin_session(person.account, code=codes[0].upper())
    with refused("code-wrong"):
        actions.begin_session(person.account, code=codes[0])
    fresh = actions.renew_recovery_codes(person.account, code=codes[1], by=person.actor)
    with refused("code-wrong"):
        actions.begin_session(person.account, code=codes[2])
    actions.turn_second_factor_off(person.account, code=fresh[0], by=person.actor)
    actions.begin_session(person.account)
    assert not RecoveryCode.objects.exists()


def test_a_recovery_code_helps_where_the_key_of_the_site_was_lost(district: Unit, settings: object) -> None:
    person = somebody("wang", district)
    secret, codes = second_factor(person)
    settings.SECRET_KEY = "restored on another machine"
    with refused("second-factor-lost"):
        actions.begin_session(person.account, code=totp.code_at(secret, int(time.time()) // 30))
    actions.begin_session(person.account, code=codes[0])


def test_an_administrator_helps_whoever_lost_everything(district: Unit, admin: Somebody) -> None:
    person = somebody("wang", district)
    second_factor(person)
    with refused("not-administrator"):
        actions.remove_second_factor(admin.account, by=person.actor)
    actions.remove_second_factor(person.account, by=admin.actor)
    actions.begin_session(person.account)


def test_sessions_are_listed_and_ended(district: Unit, admin: Somebody) -> None:
    person = somebody("wang", district)
    here = actions.begin_session(person.account, address="192.0.2.7", device="Firefox")
    there = actions.begin_session(person.account)
    assert set(access.visible_sessions(person.actor)) == {here, there}
    assert list(access.visible_sessions(admin.actor)) == []
    with refused("not-own-account"):
        actions.end_session(there, by=admin.actor)
    actions.end_session(there, by=person.actor)
    actions.begin_session(person.account)
    assert actions.end_other_sessions(person.account, keep=here.id, by=person.actor) == 1
    assert list(access.visible_sessions(person.actor)) == [here]
    with held_at(now() + dt.timedelta(hours=12)):
        assert list(access.visible_sessions(person.actor)) == []
    assert "192.0.2.7" not in everything_written()
    with held_at(now() + dt.timedelta(days=191)):
        assert actions.clear_old_sessions(by=SYSTEM) == 3


def test_a_closed_account_opens_nothing(district: Unit, admin: Somebody) -> None:
    person = somebody("wang", district)
    token = actions.issue_reset(person.account, by=admin.actor)
    actions.begin_session(person.account)
    actions.close_account(person.account, by=admin.actor)
    with refused("account-closed"):
        actions.begin_session(person.account)
    with refused("link-spent"):
        actions.accept(token, PASSWORD)
    with refused("account-closed"):
        actions.invite(person.account, by=admin.actor)
    assert not person.account.check_password(PASSWORD)
    assert access.roles_of(person.actor) == frozenset()
    actions.reopen_account(person.account, by=admin.actor)
    actions.accept(actions.invite(person.account, by=admin.actor), PASSWORD)
    actions.begin_session(person.account)


def test_nobody_locks_the_demonstration_for_the_others(district: Unit) -> None:
    register.found_district(
        name="青岚区", code="990199", shape="urban_district", kind="demonstration", by=SYSTEM
    )
    admin, person = somebody("guanli", district, "administrator"), somebody("wang", district)
    for attempt in (
        lambda: actions.set_password(person.account, "另一个很长的密码啊啊", old=PASSWORD, by=person.actor),
        lambda: second_factor(person),
        lambda: actions.issue_reset(person.account, by=admin.actor),
        lambda: actions.close_account(person.account, by=admin.actor),
    ):
        with refused("shared-account"):
            attempt()


def test_an_old_hash_is_made_anew_when_the_password_is_proven(district: Unit, settings: object) -> None:
    person = somebody("wang", district)
    assert not actions.upgrade_password_hash(person.account, PASSWORD)
    hashers = list(settings.PASSWORD_HASHERS)
    settings.PASSWORD_HASHERS = hashers[::-1]
    assert actions.upgrade_password_hash(person.account, PASSWORD)
    assert Credential.objects.get(account=person.account).password.startswith("pbkdf2_")
    assert person.account.check_password(PASSWORD)


def test_every_change_is_one_event_of_a_known_kind(district: Unit, admin: Somebody) -> None:
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"account.created", "account.password_set", "grant.given", "appointment.made"} <= kinds
    before = Event.objects.count()
    with refused("login-wrong"):
        actions.create_account(admin.account.person, login="!", by=admin.actor)
    with refused("account-exists"):
        actions.create_account(admin.account.person, login="zweiter", by=admin.actor)
    assert Event.objects.count() == before


def test_asking_for_roles_costs_few_queries(
    district: Unit, admin: Somebody, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(3):
        access.roles_of(admin.actor)
