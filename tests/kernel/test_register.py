"""The register: who holds which post, what stands above what, and that nothing is left without somebody to answer for it."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.kernel.clocks.now import UTC, held_at, today
from luodi.kernel.ids import SHARED, new_id
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions, lookups, sameness
from luodi.kernel.register.belongings import belongings
from luodi.kernel.register.link_kinds import LinkKind, declare
from luodi.kernel.register.models import Appointment, Person, Post, SameAs, Unit
from tests.database import unguarded

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)
ONE = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_a_fixed_day() -> object:
    with held_at(dt.datetime(2026, 3, 1, 2, tzinfo=UTC)):
        yield


def unit(name: str, parent: Unit | None = None) -> Unit:
    return actions.create_unit(name=name, parent=parent, by=SYSTEM)


def post(title: str, of: Unit | None = None, *, is_sole: bool = True) -> Post:
    return actions.create_post(title=title, unit=of or unit(f"{title}的单位"), by=SYSTEM, is_sole=is_sole)


def person(name: str = "甲") -> Person:
    return actions.enter_person(name=name, by=SYSTEM)


def refused(code: str) -> object:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def give_something_to(of: Post) -> None:
    """A project of the post's unit is its unit's; a post owns what names it in other parts: here a promise."""
    from luodi.kernel.commitments.models import Commitment
    from luodi.kernel.ledger.action import action

    row = Commitment(title="修路", lead_unit=of.unit, leader_post=of, adopted_on=DAY, state_since=DAY)
    with action("commitment.adopted", by=SYSTEM, subject=row.id) as act:
        act.create(row)


def test_a_district_is_founded_once() -> None:
    given = {
        "name": "青岚区",
        "code": "990199",
        "shape": "urban_district",
        "kind": "demonstration",
        "by": SYSTEM,
    }
    actions.found_district(**given)
    assert lookups.is_demonstration()
    with refused("district-exists"):
        actions.found_district(**given)
    with refused("choice-unknown"):
        actions.found_district(**{**given, "shape": "prefecture"})


def test_every_change_is_one_event_and_a_refused_one_is_none() -> None:
    before = Event.objects.count()
    bureau = unit("区水务局")
    assert Event.objects.count() == before + 1
    with refused("unit-name-taken"):
        unit("区水务局")
    assert Event.objects.count() == before + 1
    actions.rename_unit(bureau, name="区水利局", by=SYSTEM)
    assert Event.objects.order_by("id").last().kind == "unit.renamed"
    assert [found.name for found in lookups.units_named("区水利局")] == ["区水利局"]


def test_units_of_different_parents_may_share_a_name() -> None:
    unit("党政办公室", unit("甲镇"))
    unit("党政办公室", unit("乙镇"))


def test_above_and_below() -> None:
    top, side = unit("区政府"), unit("区人大")
    middle = unit("区水务局", top)
    low = unit("水务站", middle)
    assert lookups.ancestors(low) == [middle.id, top.id]
    assert lookups.descendants(top) == [middle.id, low.id]
    assert lookups.is_above(top, low)
    assert not lookups.is_above(low, top)
    assert lookups.in_line(low, top)
    assert lookups.in_line(low, low)
    assert not lookups.in_line(low, side)
    with refused("unit-circle"):
        actions.move_unit(top, parent=low, by=SYSTEM)
    actions.move_unit(low, parent=side, by=SYSTEM)
    assert not lookups.in_line(low, top)


def test_who_took_over_a_work_may_not_verify_it() -> None:
    old, new, other = unit("区建设局"), unit("区住建局"), unit("区审计局")
    actions.close_unit(old, on=DAY, by=SYSTEM, into=new)
    with held_at(dt.datetime(2026, 6, 1, tzinfo=UTC)):
        assert lookups.answerable(old.id) == new.id
        assert lookups.in_line(old, new)
        assert lookups.in_line(new, old)
        assert not lookups.in_line(old, other)
    with refused("already-closed"):
        actions.close_unit(new, on=DAY + ONE, by=SYSTEM, into=Unit.objects.get(id=old.id))


def test_two_units_do_not_take_over_from_each_other() -> None:
    one, other = unit("甲局"), unit("乙局")
    actions.close_unit(one, on=DAY + 9 * ONE, by=SYSTEM, into=other)
    with refused("successor-circle"):
        actions.close_unit(other, on=DAY, by=SYSTEM, into=one)


def test_a_sole_post_has_one_holder_at_a_time() -> None:
    head, first, second = post("局长"), person("甲"), person("乙")
    actions.appoint(first, head, since=DAY, until=DAY + 30 * ONE, by=SYSTEM)
    for since, until in ((DAY + 30 * ONE, None), (DAY - 9 * ONE, DAY), (DAY - ONE, DAY + 99 * ONE)):
        with refused("post-held"):
            actions.appoint(second, head, since=since, until=until, by=SYSTEM)
    actions.appoint(second, head, since=DAY + 31 * ONE, by=SYSTEM)
    assert lookups.holders(head, DAY + 30 * ONE) == [first]
    assert lookups.holders(head, DAY + 31 * ONE) == [second]
    assert lookups.holders(head, DAY - ONE) == []
    with refused("days-reversed"):
        actions.appoint(person("丙"), post("副局长"), since=DAY, until=DAY - ONE, by=SYSTEM)


def test_clerks_share_a_post_but_nobody_holds_it_twice() -> None:
    desk, first = post("科员", is_sole=False), person("甲")
    actions.appoint(first, desk, since=DAY, by=SYSTEM)
    actions.appoint(person("乙"), desk, since=DAY, by=SYSTEM)
    assert len(lookups.holders(desk)) == 2
    with refused("post-held"):
        actions.appoint(first, desk, since=DAY + ONE, by=SYSTEM)


def test_a_hand_over_is_signed_by_both_and_by_nobody_else() -> None:
    head, leaving, coming, stranger = post("局长"), person("甲"), person("乙"), person("丙")
    held = actions.appoint(leaving, head, since=DAY - 99 * ONE, by=SYSTEM)
    later = actions.hand_over(held, to=coming, on=DAY, by=SYSTEM)
    assert Appointment.objects.get(id=held.id).until == DAY - ONE
    assert lookups.holders(head, DAY) == [coming]
    assert lookups.unsigned_hand_overs() == [later]
    for signing in (actions.sign_given, actions.sign_taken):
        with refused("not-the-signer"):
            signing(later, signer=stranger.id, by=SYSTEM)
    with refused("not-the-signer"):
        actions.sign_given(later, signer=coming.id, by=SYSTEM)
    actions.sign_given(later, signer=leaving.id, by=SYSTEM)
    assert lookups.unsigned_hand_overs() == [later]
    actions.sign_taken(later, signer=coming.id, by=SYSTEM)
    assert lookups.unsigned_hand_overs() == []
    signed = Appointment.objects.select_related("after").get(id=later.id)
    assert (signed.after.given_on, signed.taken_on) == (today(), today())
    with refused("already-signed"):
        actions.sign_taken(signed, signer=coming.id, by=SYSTEM)
    with refused("no-hand-over"):
        actions.sign_given(held, signer=leaving.id, by=SYSTEM)


def test_a_hand_over_leaves_no_gap_and_goes_to_somebody_else() -> None:
    head, leaving = post("局长"), person("甲")
    held = actions.appoint(leaving, head, since=DAY - 99 * ONE, until=DAY - 9 * ONE, by=SYSTEM)
    with refused("hand-over-gap"):
        actions.hand_over(held, to=person("乙"), on=DAY, by=SYSTEM)
    with refused("hand-over-to-self"):
        actions.hand_over(held, to=leaving, on=DAY - 8 * ONE, by=SYSTEM)


def test_nothing_is_left_ownerless_when_somebody_moves() -> None:
    head, leaving = post("局长"), person("甲")
    held = actions.appoint(leaving, head, since=DAY - ONE, by=SYSTEM)
    give_something_to(head)
    assert belongings(head) == {"Commitment": 1}
    with refused("post-left-empty"):
        actions.end_appointment(held, until=DAY, by=SYSTEM)
    with refused("post-left-empty"):
        actions.leave(leaving, until=DAY, by=SYSTEM)
    assert lookups.holders(head, DAY + ONE) == [leaving]
    actions.leave(leaving, until=DAY, by=SYSTEM, successors={head.id: person("乙")})
    assert [found.name for found in lookups.holders(head, DAY + ONE)] == ["乙"]
    assert len(lookups.unsigned_hand_overs()) == 1


def test_a_post_that_owns_nothing_may_stand_empty() -> None:
    head = post("局长")
    held = actions.appoint(person(), head, since=DAY, by=SYSTEM)
    actions.end_appointment(held, until=DAY, by=SYSTEM)
    assert lookups.holders(head, DAY + ONE) == []


def test_an_appointment_is_not_stretched_over_the_next_one() -> None:
    head = post("局长")
    held = actions.appoint(person("甲"), head, since=DAY, until=DAY + ONE, by=SYSTEM)
    actions.appoint(person("乙"), head, since=DAY + 2 * ONE, by=SYSTEM)
    with refused("post-held"):
        actions.end_appointment(held, until=DAY + 2 * ONE, by=SYSTEM)


def test_a_closed_post_names_who_takes_its_things() -> None:
    bureau = unit("区水务局")
    old, new = post("副局长", bureau), post("总工程师", bureau)
    actions.appoint(person(), old, since=DAY, by=SYSTEM)
    give_something_to(old)
    with refused("successor-missing"):
        actions.close_post(old, on=DAY, by=SYSTEM)
    with refused("successor-is-itself"):
        actions.close_post(old, on=DAY, by=SYSTEM, into=old)
    actions.close_post(old, on=DAY, by=SYSTEM, into=new)
    assert lookups.holders(old, DAY + ONE) == []
    assert lookups.answerable(old.id, DAY) == old.id
    assert lookups.answerable(old.id, DAY + ONE) == new.id
    with refused("already-closed"):
        actions.appoint(person("乙"), Post.objects.get(id=old.id), since=DAY + ONE, by=SYSTEM)
    with refused("unit-has-posts"):
        actions.close_unit(bureau, on=DAY, by=SYSTEM)


def test_a_unit_that_owns_something_is_not_closed_without_a_successor() -> None:
    old, new = unit("区建设局"), unit("区住建局")
    actions.create_project(name="东门桥", owner_unit=old, by=SYSTEM)
    with refused("successor-missing"):
        actions.close_unit(old, on=DAY, by=SYSTEM)
    actions.close_unit(old, on=DAY, by=SYSTEM, into=new)
    assert [link.target for link in lookups.links_of(old.id, DAY + ONE)] == [new.id]


def test_links_are_typed_and_dated_and_stand_on_both_pages() -> None:
    bridge = actions.create_project(name="东门桥", by=SYSTEM)
    plot = actions.create_parcel(name="东门地块", area_mu="12.50", by=SYSTEM)
    joined = actions.link("located_at", bridge.id, plot.id, by=SYSTEM)
    assert lookups.links_of(bridge.id) == lookups.links_of(plot.id) == [joined]
    with refused("link-exists"):
        actions.link("located_at", bridge.id, plot.id, by=SYSTEM)
    with refused("link-unfit"):
        actions.link("located_at", plot.id, bridge.id, by=SYSTEM)
    with refused("link-unfit"):
        actions.link("concerns", bridge.id, joined.id, by=SYSTEM)  # a link has no page to be shown on
    with pytest.raises(LookupError, match="no link kind"):
        actions.link("befriends", bridge.id, plot.id, by=SYSTEM)
    actions.end_link(joined, until=DAY, by=SYSTEM)
    assert lookups.links_of(bridge.id, DAY) == [joined]
    assert lookups.links_of(bridge.id, DAY + ONE) == []
    with pytest.raises(ValueError, match="already declared"):
        declare(LinkKind("located_at", "在", "有"))


def test_what_is_the_same_has_one_id_and_can_be_parted_again() -> None:
    a, b, c = (unit(name) for name in ("住建局", "区住建局", "区住房城乡建设局"))
    actions.judge_same(b.id, a.id, "positive", by=SYSTEM)
    second = actions.judge_same(b.id, c.id, "positive", by=SYSTEM, score="0.93")
    assert sameness.same_as(c.id) == {a.id, b.id, c.id}
    assert sameness.canonical_id(c.id) == a.id
    assert sameness.canonical_ids([a.id, c.id]) == {a.id: a.id, b.id: a.id, c.id: a.id}
    undone = actions.undo_judgement(second, by=SYSTEM)
    assert (undone.verdict, undone.undoes_id) == ("unsure", second.id)
    assert sameness.canonical_id(c.id) == c.id
    assert SameAs.objects.count() == 3
    with refused("same-as-superseded"):
        actions.undo_judgement(second, by=SYSTEM)


def test_undoing_an_undoing_restores_the_judgement() -> None:
    a, b = unit("甲局"), unit("乙局")
    judged = actions.judge_same(a.id, b.id, "positive", by=SYSTEM)
    undone = actions.undo_judgement(judged, by=SYSTEM)
    actions.undo_judgement(undone, by=SYSTEM)
    assert sameness.canonical_id(b.id) == a.id


def test_judgements_do_not_contradict_each_other() -> None:
    a, b, c = (unit(name) for name in ("甲局", "乙局", "丙局"))
    actions.judge_same(a.id, c.id, "negative", by=SYSTEM)
    actions.judge_same(a.id, b.id, "positive", by=SYSTEM)
    with refused("same-as-contradiction"):
        actions.judge_same(b.id, c.id, "positive", by=SYSTEM)
    with refused("same-as-unfit"):
        actions.judge_same(a.id, a.id, "positive", by=SYSTEM)
    with refused("same-as-unfit"):  # that two letters are the same says nothing where many kinds share one
        actions.judge_same(new_id(SHARED), new_id(SHARED), "positive", by=SYSTEM)
    actions.judge_same(a.id, c.id, "positive", by=SYSTEM)
    actions.judge_same(b.id, c.id, "positive", by=SYSTEM)
    with refused("same-as-joined"):
        d = unit("丁局")
        actions.judge_same(d.id, a.id, "positive", by=SYSTEM)
        actions.judge_same(d.id, b.id, "negative", by=SYSTEM)


def test_a_negative_pair_may_be_judged_anew() -> None:
    a, b = unit("甲局"), unit("乙局")
    actions.judge_same(a.id, b.id, "positive", by=SYSTEM)
    actions.judge_same(a.id, b.id, "negative", by=SYSTEM)
    assert sameness.canonical_id(b.id) == b.id


def test_corrections_of_a_person_name_the_fields_and_not_the_values() -> None:
    somebody = actions.enter_person(name="张小满", phone="13800001234", by=SYSTEM)
    actions.correct_person(somebody, phone="13900005678", by=SYSTEM)
    for event in Event.objects.all():
        text = " ".join(str(getattr(event, field.attname)) for field in event._meta.concrete_fields)
        for value in ("张小满", "13800001234", "13900005678"):
            assert value not in text


def test_many_same_things_are_resolved_in_few_queries(django_assert_max_num_queries: object) -> None:
    units = [unit(f"第{number}局") for number in range(30)]
    for number in range(1, 30):
        actions.judge_same(units[0].id, units[number].id, "positive", by=SYSTEM)
    with django_assert_max_num_queries(3):
        standing = sameness.canonical_ids(each.id for each in units)
    assert set(standing.values()) == {units[0].id}


def test_lines_up_and_down_end_even_where_units_stand_in_a_ring() -> None:
    with unguarded():
        top = Unit.objects.create(name="甲")
        middle = Unit.objects.create(name="乙", parent=top)
        low = Unit.objects.create(name="丙", parent=middle)
        beside = Unit.objects.create(name="丁", parent=middle)
        assert lookups.ancestors(low) == [middle.id, top.id]
        assert lookups.descendants(top) == [middle.id, *sorted((low.id, beside.id))]
        assert lookups.lines_up([low.id, top.id]) == {low.id: [middle.id, top.id], top.id: []}
        Unit.objects.filter(pk=top.id).update(parent=low)
    assert lookups.ancestors(low) == [middle.id, top.id, low.id]
    assert sorted(lookups.descendants(top)) == sorted((middle.id, low.id, beside.id))
