"""Who is told of what: whoever acts next, whoever has to sign, whose time runs out; once, and only if it really happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Grant
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.acts import telling
from luodi.kernel.cases.models import Case, DueItem, Step
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.notices import actions as notices
from luodi.kernel.notices import robots, signing
from luodi.kernel.notices.access import notices_for, unread
from luodi.kernel.notices.messages import WORDS, Message, compose
from luodi.kernel.notices.models import Delivery, Notice, Seen
from luodi.kernel.notices.recipients import posts_with
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment
from tests.areas.case_town import CaseTown, at, found
from tests.kernel.notice_world import allow_this_machine, channel, tell

pytestmark = pytest.mark.django_db
OFFICE, DOER, OTHER, LEADER, AUDIT = "区督查室", "区住建局", "区水利局", "区政府", "区审计局"


@pytest.fixture
def town() -> Any:
    made = found()
    with at(9, 1):
        yield made


def moved(town: CaseTown, case: Case, name: str, unit: str, **answers: str) -> Case:
    """A move of the case, and its telling, whether or not the move tells by itself."""
    old = case.state
    case = town.move(case, name, unit, **answers)
    step = Step.objects.filter(case=case).order_by("id").last()
    assert step is not None
    playbook = playbook_of(case.kind, case.version)
    Notice.objects.all().delete()
    with action("case.told", by=town.actors[unit], subject=case.id) as act:
        if step.needs_signature:
            telling.tell_waiting(act, case, playbook, playbook.move_named[name])
        else:
            telling.tell_moved(act, case, playbook, playbook.move_named[name], old)
    return case


def told() -> list[tuple[str, str, str | None]]:
    rows = Notice.objects.select_related("unit", "post").order_by("id")
    return [(row.what, row.unit.name, row.post.title if row.post else None) for row in rows]


def test_whoever_acts_next_is_told(town: CaseTown) -> None:
    case = moved(town, town.slip(), "assign", OFFICE)
    assert told() == [("assigned", DOER, "负责人")]
    row = Notice.objects.get()
    assert (row.subject, row.number, row.says, row.due_on) == (
        case.id,
        case.number,
        "办理并反馈",
        dt.date(2026, 9, 30),
    )
    moved(town, case, "report", DOER, answer="完成了")
    assert told() == [("assigned", AUDIT, None)]


def test_what_goes_back_is_told_as_returned(town: CaseTown) -> None:
    case = moved(town, town.slip(), "assign", OFFICE)
    case = moved(town, case, "report", DOER, answer="完成了")
    moved(town, case, "refute", AUDIT, finding="没有做")
    assert told() == [("returned", DOER, "负责人")]


def test_whoever_acted_is_not_told_of_it(town: CaseTown) -> None:
    case = moved(town, town.slip(), "assign", OFFICE)
    case = moved(town, case, "report", DOER, answer="完成了")
    case = moved(town, case, "check", AUDIT, finding="属实")
    assert told() == [("assigned", OFFICE, None)]
    moved(town, case, "conclude", OFFICE, conclusion="办得好")
    assert told() == [], "the office goes on by itself"


def test_whoever_may_sign_is_told(town: CaseTown) -> None:
    case = moved(town, town.slip(), "assign", OFFICE)
    moved(town, case, "suspend", OFFICE, reason="等材料", until="2026-09-20")
    assert told() == [("signature", LEADER, "负责人")]


def test_a_light_that_turns_is_told_once(town: CaseTown) -> None:
    case = town.move(town.slip(), "assign", OFFICE)
    Notice.objects.all().delete()
    row = DueItem.objects.get(subject=case.id)
    for light, count in (("amber", 1), ("amber", 0), ("red", 1), ("green", 0)):
        row.light = light
        with action("cases.turned", by=SYSTEM, subject="") as act:
            assert telling.tell_turned(act, [row]) == count
    assert told() == [("amber", DOER, "负责人"), ("red", DOER, "负责人")]


def _tell_and_fail(town: CaseTown, case: Case) -> None:
    playbook = playbook_of(case.kind, case.version)
    with action("case.told", by=town.actors[OFFICE], subject=case.id) as act:
        telling.tell_moved(act, case, playbook, playbook.move_named["assign"], "initiated")
        assert Notice.objects.count() == 1
        raise ZeroDivisionError


def test_what_is_rolled_back_was_told_to_nobody(town: CaseTown) -> None:
    case = town.slip()
    Notice.objects.all().delete()
    case.state = "assigned"
    with pytest.raises(ZeroDivisionError):
        _tell_and_fail(town, case)
    assert not Notice.objects.exists()


def test_a_hand_over_is_told_to_both_sides_once(town: CaseTown) -> None:
    earlier = Appointment.objects.get(post=town.posts[DOER])
    taking = register.enter_person(name="某某", by=SYSTEM)
    register.hand_over(earlier, to=taking, on=dt.date(2026, 9, 2), by=SYSTEM)
    assert notices.tell_hand_overs() == 2
    assert notices.tell_hand_overs() == 0
    assert [what for what, *_ in told()] == ["hand_over", "hand_over"]


def test_the_bell_counts_what_this_account_has_not_read(town: CaseTown) -> None:
    one, other = tell(town, DOER), tell(town, DOER, "red", town.slip("c0000000000002"))
    mine = town.actors[DOER]
    before = unread(mine)
    assert {one.id, other.id} <= {row.id for row in notices_for(mine)}
    notices.read(one, by=mine)
    notices.read(one, by=mine)
    assert unread(mine) == before - 1
    assert unread(town.actors[OTHER]) == 0
    assert unread(Actor()) == 0
    notices.read_all(by=mine)
    assert unread(mine) == 0
    assert {row.is_seen for row in notices_for(mine)} == {True}


def test_old_notices_are_not_shown_and_then_forgotten(town: CaseTown) -> None:
    tell(town, DOER)
    with at(11, 30):
        assert unread(town.actors[DOER]) == 0
    assert Notice.objects.exists()
    notices.read_all(by=town.actors[DOER])
    moment = dt.datetime(2027, 3, 15, tzinfo=dt.UTC)
    with held_at(moment):
        assert notices.sweep() >= 1
    assert not Notice.objects.exists()
    assert not Seen.objects.exists()


def test_only_who_holds_the_post_today_is_sent_anything(town: CaseTown, settings: Any) -> None:
    allow_this_machine(settings)
    channel(town, DOER, "webhook", "http://127.0.0.1:1/")
    channel(town, OTHER, "webhook", "http://127.0.0.1:2/")
    notice = tell(town, DOER)
    assert not Delivery.objects.exists(), "no act waits for whom it reaches"
    assert (notices.spread(), notices.spread()) == (1, 0)
    assert Delivery.objects.filter(notice=notice).count() == 1
    earlier = Appointment.objects.get(post=town.posts[DOER])
    taking = register.enter_person(name="某某", by=SYSTEM)
    register.hand_over(earlier, to=taking, on=dt.date(2026, 9, 2), by=SYSTEM)
    with at(9, 2):
        later = tell(town, DOER, "red", town.slip("c0000000000002"))
        notices.spread()
    assert not Delivery.objects.filter(notice=later).exists()


def test_telling_costs_an_act_one_statement(town: CaseTown, django_assert_num_queries: Any) -> None:
    case = town.slip()
    about = notices.About(case.id, case.number, "督办单")
    to = notices.To(case.unit_id, case.post_id)
    with action("case.told", by=town.actors[OFFICE], subject=case.id) as act, django_assert_num_queries(1):
        notices.about_case(act, "assigned", about, [to, to])


def test_a_role_is_told_by_nearness_and_not_where_it_ended(town: CaseTown) -> None:
    unit = town.units[DOER].id
    assert [post.id for post in posts_with("leader", unit)] == [town.posts[LEADER].id]
    grant = Grant.objects.get(post=town.posts[LEADER], role="leader")
    accounts.revoke(grant, by=SYSTEM)
    assert posts_with("leader", unit) == []


@pytest.mark.parametrize("what", list(WORDS))
def test_every_message_says_what_is_the_matter(what: str) -> None:
    message = compose(what, label="督办单", number="990102-260901-0001")
    assert message.title.startswith("督办单990102-260901-0001")
    assert message.text == message.title


def test_the_robots_get_what_their_makers_ask_for() -> None:
    message = Message(
        "assigned", "督办单1交到您这里", ("期限：2026年9月30日",), "https://luodi.example/desk/cases/k1"
    )
    text = f"{message.title}\n期限：2026年9月30日\nhttps://luodi.example/desk/cases/k1"
    wecom = robots.wecom(message, "https://qyapi.example/send?key=K", "", 0, "t1")
    assert (wecom.url, wecom.body.decode()) == (
        "https://qyapi.example/send?key=K",
        '{"msgtype": "text", "text": {"content": "' + text.replace("\n", "\\n") + '"}}',
    )
    signed = robots.dingtalk(
        message, "https://oapi.example/send?access_token=T", "SECtest", 1_700_000_000.5, "t1"
    )
    sign = signing.dingtalk_sign("SECtest", 1_700_000_000_500)
    assert signed.url.endswith(f"access_token=T&timestamp=1700000000500&sign={sign}")
    assert (
        robots.dingtalk(message, "https://oapi.example/send", "", 0, "t1").url == "https://oapi.example/send"
    )
    feishu = robots.feishu(
        message, "https://open.example/hook/H", "geheim", 1_700_000_000, "t1"
    ).body.decode()
    assert f'"sign": "{signing.feishu_sign("geheim", 1_700_000_000)}"' in feishu
    assert '"timestamp": "1700000000"' in feishu


def test_signatures_are_those_of_the_makers_own_recipes() -> None:
    """Reckoned with another program: printf '%s' … | openssl dgst -sha256 -hmac … -binary | base64."""
    assert signing.dingtalk_sign("SECtest", 1700000000500) == "6qouyvgeYbTc30LZewtJ7tcyXkScNc6cz8WgT0OkVBA%3D"
    assert signing.feishu_sign("geheim", 1700000000) == "PT3hZi9NBxBYdeqlBrI9B0kFjHgUVgvIKDZpZM9aBUA="


def test_whoever_takes_a_case_over_is_told(town: CaseTown) -> None:
    case = moved(town, town.slip(), "assign", OFFICE)
    cases.reassign(
        case, by=town.actors[OFFICE], unit=town.units[OTHER], post=town.posts[OTHER], reason="分工调整"
    )
    case.refresh_from_db()
    Notice.objects.all().delete()
    playbook = playbook_of(case.kind, case.version)
    with action("case.told", by=town.actors[OFFICE], subject=case.id) as act:
        telling.tell_moved(act, case, playbook, playbook.move_named["hand_over"], case.state)
    assert told() == [("assigned", OTHER, "负责人")]
