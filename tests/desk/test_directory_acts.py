"""What the forms of the register do: each act once, refused with words at the field, nothing left half done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts.models import Account, Grant
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.register import actions as register
from luodi.kernel.register import lookups
from luodi.kernel.register.models import Appointment, Person, Post, Unit
from tests.desk.directory_world import DAY, World, staffed
from tests.desk.test_directory_pages import words_of
from tests.portal.town import TODAY, founded, with_promises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
ONE = dt.timedelta(days=1)
CODE = "91990000MA0000001B"
IDENTITY = "990101199001010019"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return staffed(founded())


@pytest.fixture
def busy() -> World:
    """The same with promises."""
    return staffed(with_promises())


@pytest.fixture
def keeper(world: World) -> Client:
    return world.inside("guanli")


def act(client: Client, of: Unit | Post | Person, which: str, /, **values: Any) -> Any:
    """Send one form of an entry's page."""
    where = {Unit: "units", Post: "posts", Person: "people"}[type(of)]
    return client.post(f"/desk/directory/{where}/{of.id}/{which}", values)


def faults(answer: Any) -> dict[str, str]:
    """What is wrong, by field; under an empty name what is wrong with the whole."""
    assert answer.status_code == 422, words_of(answer)
    forms = [form for form in answer.context.get("forms") or [answer.context["form"]] if form.is_open]
    assert len(forms) == 1
    found = {field.name: field.fault for field in forms[0].fields if field.fault}
    return {**found, "": forms[0].fault} if forms[0].fault else found


def test_a_new_unit_is_checked_at_its_fields_and_keeps_what_was_typed(world: World, keeper: Client) -> None:
    typed = {
        "name": "区林业局",
        "short_name": "林业局",
        "kind": "government",
        "above": "区人民政府",
        "credit_code": CODE[:-1] + "A",
    }
    answer = keeper.post("/desk/directory/units/new", typed)
    assert "通不过校验" in faults(answer)["credit_code"]
    assert 'value="区林业局"' in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert keeper.post("/desk/directory/units/new", {**typed, "credit_code": CODE}).status_code == 302
    unit = Unit.objects.get(name="区林业局")
    assert (unit.parent, unit.credit_code) == (world.town.units["区人民政府"], CODE)
    assert (
        "单位叫“区林业局”"
        in faults(keeper.post("/desk/directory/units/new", {**typed, "credit_code": ""}))["name"]
    )


def test_a_unit_above_is_named_surely_or_chosen(world: World, keeper: Client) -> None:
    office = register.create_unit(name="党政办公室", parent=world.town.units["区商务局"], by=SYSTEM)
    register.create_unit(name="党政办公室", parent=world.town.units["区民政局"], by=SYSTEM)
    moved = world.town.units["区审计局"]
    unsure = act(keeper, moved, "move", above="党政办公室")
    assert "指的是哪一个" in faults(unsure)["above"]
    assert "党政办公室（区商务局下）" in words_of(unsure)
    assert act(keeper, moved, "move", above="党政办公室", above_id=office.id).status_code == 302
    assert Unit.objects.get(id=moved.id).parent == office
    assert "没有找到" in faults(act(keeper, moved, "move", above="区不存在局"))["above"]
    assert "之下" in faults(act(keeper, world.town.units["区商务局"], "move", above="区审计局"))["above"]
    assert act(keeper, moved, "move", above="").status_code == 302
    assert Unit.objects.get(id=moved.id).parent is None


def test_a_unit_is_renamed_with_its_day_and_called_otherwise_too(world: World, keeper: Client) -> None:
    unit = world.town.units["区商务局"]
    assert "还没有到" in faults(act(keeper, unit, "rename", name="区贸易局", on=str(DAY + ONE)))["on"]
    assert "应写成" in faults(act(keeper, unit, "rename", name="区贸易局", on="九月"))["on"]
    assert "就是现在的名称" in faults(act(keeper, unit, "rename", name="区商务局", on=str(DAY)))["name"]
    assert act(keeper, unit, "rename", name="区贸易局", on="2026-09-01").status_code == 302
    assert act(keeper, unit, "alias", name="商贸局").status_code == 302
    assert [line.id for line in keeper.post("/desk/directory", {"q": "商贸"}).context["lines"]] == [unit.id]
    alias = unit.names.get(kind="alias")
    assert keeper.post(f"/desk/directory/units/{unit.id}/aliases/{alias.id}/drop").status_code == 302
    assert "用到2026年9月22日" in words_of(keeper.get(f"/desk/directory/units/{unit.id}"))


def test_a_unit_that_owns_promises_is_closed_only_into_another(busy: World) -> None:
    world, keeper = busy, busy.inside("guanli")
    unit, post = world.town.units["区城市管理局"], world.town.posts["区城市管理局"]
    assert "还有1个岗位没有撤销" in faults(act(keeper, unit, "close", on=str(DAY)))[""]
    nobody = faults(act(keeper, post, "close", on=str(DAY)))
    assert "由谁承接" in nobody["into"]
    assert act(keeper, post, "close", on=str(DAY), into="区民政局局长").status_code == 302
    assert "由谁承接" in faults(act(keeper, unit, "close", on=str(DAY)))["into"]
    assert act(keeper, unit, "close", on=str(DAY), into="区民政局").status_code == 302
    unit.refresh_from_db()
    assert unit.closed_on == DAY
    assert lookups.answerable(unit.id, DAY + ONE) == world.town.units["区民政局"].id
    page = words_of(keeper.get(f"/desk/directory/units/{unit.id}"))
    assert "已撤销" in page
    assert "区民政局" in page


def test_a_post_is_set_up_once_however_often_one_presses(world: World, keeper: Client) -> None:
    unit = world.town.units["区教育局"]
    forms = {form.name: form for form in keeper.get(f"/desk/directory/units/{unit.id}").context["forms"]}
    given = {"title": "基建科科长", "key": forms["post"].key}
    for _ in range(2):
        assert act(keeper, unit, "post", **given).status_code == 302
    post = Post.objects.get(unit=unit, title="基建科科长")
    assert (post.is_sole, post.is_leader) == (True, False)
    assert "已有岗位叫" in faults(act(keeper, unit, "post", title="基建科科长"))[""]
    assert act(keeper, unit, "post", title="科员", is_shared="1").status_code == 302
    assert not Post.objects.get(title="科员").is_sole
    assert act(keeper, post, "rename", title="建设科科长").status_code == 302
    assert "没有填" in faults(act(keeper, post, "rename", title=" "))["title"]
    assert Post.objects.get(id=post.id).title == "建设科科长"


def test_a_new_person_is_entered_and_appointed_together_or_not_at_all(world: World, keeper: Client) -> None:
    post = world.town.posts["区民政局"]
    before = (Person.objects.count(), Event.objects.count())
    typed = {"person": "路宜春", "is_new": "1", "since": str(DAY), "identity_number": IDENTITY[:-1] + "8"}
    wrong = act(keeper, post, "appoint", **typed)
    assert "身份证号通不过校验" in faults(wrong)["identity_number"]
    late = {**typed, "identity_number": IDENTITY, "until": str(DAY - ONE)}
    assert "止日早于起日" in faults(act(keeper, post, "appoint", **late))["until"]
    assert (Person.objects.count(), Event.objects.count()) == before
    assert act(keeper, post, "appoint", **{**typed, "identity_number": IDENTITY}).status_code == 302
    assert [person.name for person in lookups.holders(post)] == ["路宜春"]
    held = faults(act(keeper, post, "appoint", person="shangwu本人", since=str(DAY)))
    assert "已有人任职" in held["since"]


def test_somebody_is_named_surely_or_chosen_among_namesakes(world: World, keeper: Client) -> None:
    post = world.town.posts["区民政局"]
    first, second = (
        register.enter_person(name="路宜春", phone=phone, by=SYSTEM) for phone in ("13800005678", None)
    )
    assert "没有录过的" in faults(act(keeper, post, "appoint", person="路宜冬", since=str(DAY)))["person"]
    unsure = act(keeper, post, "appoint", person="路宜春", since=str(DAY))
    assert "指的是哪一个" in faults(unsure)["person"]
    assert "138****5678" in words_of(unsure)
    assert (
        act(keeper, post, "appoint", person="路宜春", person_id=second.id, since=str(DAY)).status_code == 302
    )
    assert lookups.holders(post) == [second]
    assert lookups.posts_of(first) == []


def test_nobody_leaves_a_post_whose_promises_would_be_nobodys(busy: World) -> None:
    world, keeper = busy, busy.inside("guanli")
    held = world.held("jiaoyu")
    answer = keeper.post(f"/desk/directory/appointments/{held.id}/end", {"until": str(DAY)})
    assert answer.status_code == 422
    assert "名下还有事" in words_of(answer)
    free = register.create_post(title="科员", unit=world.town.units["区教育局"], by=SYSTEM)
    other = register.appoint(world.people["shangwu"], free, since=DAY, by=SYSTEM)
    done = keeper.post(f"/desk/directory/appointments/{other.id}/end", {"until": str(DAY)})
    assert done.status_code == 302
    assert Appointment.objects.get(id=other.id).until == DAY


def test_roles_are_given_and_taken_by_administrators_and_by_nobody_else(world: World, keeper: Client) -> None:
    post = world.posts["shangwu"]
    assert act(keeper, post, "role", role="reporter", scope="商务局").status_code == 302
    grant = Grant.objects.get(post=post)
    assert (grant.role, grant.scope) == ("reporter", world.town.units["区商务局"])
    assert "已有这个角色" in faults(act(keeper, post, "role", role="reporter", scope="商务局"))["role"]
    assert "得到“king”" in faults(act(keeper, post, "role", role="king"))["role"]
    office = world.inside("ducha")
    assert "角色由系统管理员来给" in words_of(office.get(f"/desk/directory/posts/{post.id}"))
    assert act(office, post, "role", role="leader").status_code == 422
    assert office.post(f"/desk/directory/roles/{grant.id}/take").status_code == 403
    assert keeper.post(f"/desk/directory/roles/{grant.id}/take").status_code == 302
    assert Grant.objects.get(id=grant.id).until == DAY - ONE


def test_a_person_is_corrected_and_no_wrong_number_is_said_back(world: World, keeper: Client) -> None:
    person = world.people["jiaoyu"]
    wrong = act(keeper, person, "correct", name="某甲", phone="13800009", identity_number="")
    assert "电话号码认不出" in faults(wrong)["phone"]
    assert "13800009" not in wrong.content.decode()
    assert 'value="某甲"' in wrong.content.decode()
    assert act(keeper, person, "correct", name="某甲", phone="", identity_number=IDENTITY).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.phone, person.identity_number) == ("某甲", "13800001234", IDENTITY)
    assert IDENTITY not in keeper.get(f"/desk/directory/people/{person.id}").content.decode()


def test_a_person_without_a_log_in_gets_one(world: World, keeper: Client) -> None:
    person = register.enter_person(name="路宜春", by=SYSTEM)
    assert "不能签交接" in words_of(keeper.get(f"/desk/directory/people/{person.id}"))
    assert act(keeper, person, "account", login="luyichun").status_code == 302
    assert Account.objects.get(login="luyichun").person == person
    assert (
        act(
            world.inside("ducha"), register.enter_person(name="另一人", by=SYSTEM), "account", login="x-y-z"
        ).status_code
        == 422
    )


def test_every_act_is_in_the_ledger_under_the_post_that_acted(world: World, keeper: Client) -> None:
    unit = world.town.units["区商务局"]
    act(keeper, unit, "correct", kind="other", credit_code=CODE)
    event = Event.objects.order_by("id").last()
    assert event is not None
    assert (event.kind, event.subject) == ("unit.corrected", unit.id)
    assert (event.post, event.account) == (world.posts["guanli"].id, world.accounts["guanli"].id)
