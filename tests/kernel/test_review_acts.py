"""Judging: once and by one; in parts; with corrections beside the machine's; all of it taken back and rebuilt from events."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment, Said
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.ledger.action import action
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.review import actions
from luodi.kernel.review.leads import Units
from luodi.kernel.review.lookups import corrections_of, unit_meant_by
from luodi.kernel.review.matches import matches_of, role_for, titles_like
from luodi.kernel.review.models import Correction, Lease, SetAside
from luodi.kernel.review.proposing import propose
from luodi.kernel.review.same import due_words, others_like, wording_of
from tests.database import unguarded
from tests.desk.review_world import TODAY, World, built
from tests.kernel.promises import refused

pytestmark = [pytest.mark.usefixtures("data_folder")]
ME, OTHER = "w0000000000001", "w0000000000002"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def world(db: None) -> World:
    return built()


def reading_of(world: World, words: str) -> Reading:
    statement = StatementKey.objects.select_related("source").get(pk=world.statement(words).id)
    reading = statement.readings.prefetch_related("figures").get()
    reading.statement = statement
    return reading


def seen(world: World, words: str, holder: str = ME) -> actions.Seen:
    reading = reading_of(world, words)
    return actions.Seen(reading.statement_id, reading.id, holder)


def part(
    world: World, title: str = "办起社区食堂5家", unit: str = "青岚区民政局", **given: Any
) -> actions.Part:
    goal = Goal(given.pop("number", "5"), "家", due_until=dt.date(2026, 12, 31), due_precision="year")
    return actions.Part(title, world.units[unit], given.pop("goal", goal), **given)


def adopt(world: World, words: str = "社区食堂5家", **given: Any) -> list[Commitment]:
    given = {"parts": [part(world)], "corrected": {}, **given}
    return actions.adopt(seen(world, words), given.pop("parts"), by=world.actor("fuhe"), **given)


def test_an_adoption_keeps_what_was_corrected_beside_what_the_machine_read(world: World) -> None:
    unit = world.units["青岚区民政局"]
    made = adopt(
        world,
        corrected={
            "owner": unit.id,
            "due": due_words(None, dt.date(2026, 10, 31), "month"),
            "kind": "commitment",
        },
    )
    assert [row.lead_unit_id for row in made] == [unit.id]
    held = corrections_of([world.statement("社区食堂5家").id])[world.statement("社区食堂5家").id]
    assert {name: (row.machine, row.value) for name, row in held.items()} == {
        "owner": ("区建设局", unit.id),
        "due": ("2026-01-01|2026-12-31|year", "|2026-10-31|month"),
    }
    reading = reading_of(world, "社区食堂5家")
    assert (reading.owner, reading.due_until) == ("区建设局", dt.date(2026, 12, 31))
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))[-2:]
    assert kinds == ["statement.corrected", "commitment.adopted"]
    assert unit_meant_by("区建设局") == unit.id


def test_one_sentence_becomes_several_promises_each_by_its_own_event_and_all_are_taken_back(
    world: World,
) -> None:
    parts = [part(world, "改造背街小巷12条", "青岚区住房和城乡建设局"), part(world, "改造排水管网18.6公里")]
    made = adopt(world, "12条背街小巷", parts=parts)
    statement = world.statement("12条背街小巷")
    assert [row.title for row in made] == ["改造背街小巷12条", "改造排水管网18.6公里"]
    assert statement.state == "adopted"
    assert Event.objects.filter(kind="commitment.adopted", subject__in=[row.id for row in made]).count() == 2
    assert {said.commitment_id for said in Said.objects.filter(statement=statement, role="made")} == {
        row.id for row in made
    }
    actions.undo(statement.id, by=world.actor("ducha"))
    assert world.statement("12条背街小巷").state == "unread"
    assert set(
        Commitment.objects.filter(pk__in=[row.id for row in made]).values_list("state", flat=True)
    ) == {"undone"}


def test_taking_one_of_two_promises_back_leaves_the_sentence_adopted(world: World) -> None:
    from luodi.kernel.commitments.actions import undo_adoption

    made = adopt(world, "12条背街小巷", parts=[part(world, "甲"), part(world, "乙")])
    undo_adoption(made[0], by=world.actor("ducha"), reason="看错")
    assert world.statement("12条背街小巷").state == "adopted"


def test_where_one_part_is_refused_nothing_is_adopted_and_nothing_corrected(world: World) -> None:
    wrong = part(world, goal=Goal("很多", "家"))
    with refused("bad-number"):
        adopt(world, parts=[part(world), wrong], corrected={"owner": world.units["青岚区民政局"].id})
    assert world.statement("社区食堂5家").state == "unread"
    assert Correction.objects.count() == 0
    assert Commitment.objects.filter(title="办起社区食堂5家").count() == 0


def test_what_somebody_judged_meanwhile_is_not_judged_again_whatever_the_act(world: World) -> None:
    given = seen(world, "社区食堂5家")
    judgement = actions.refuse(given, "不是本区的事", by=world.actor("ducha"))
    for act in (
        lambda: actions.adopt(given, [part(world)], by=world.actor("fuhe"), corrected={}),
        lambda: actions.refuse(given, "口号", by=world.actor("fuhe")),
        lambda: actions.keep(given, by=world.actor("fuhe")),
        lambda: actions.link(given, world.promises["绿道"].id, "repeats", by=world.actor("fuhe")),
    ):
        with pytest.raises(actions.Meanwhile) as meanwhile:
            act()
        assert meanwhile.value.code == "judged-meanwhile"
        assert meanwhile.value.judgement == judgement
    assert Commitment.objects.count() == 1


def test_what_somebody_else_looks_at_is_not_judged(world: World) -> None:
    given = seen(world, "社区食堂5家")
    actions.hold(given.statement, holder=OTHER, post="o2")
    with pytest.raises(actions.Meanwhile) as meanwhile:
        actions.keep(given, by=world.actor("fuhe"))
    assert (meanwhile.value.code, meanwhile.value.post) == ("held-meanwhile", "o2")
    actions.release(given.statement, holder=OTHER)
    actions.keep(given, by=world.actor("fuhe"))


def test_what_was_read_anew_meanwhile_is_looked_at_again(world: World) -> None:
    given = seen(world, "社区食堂5家")
    earlier = reading_of(world, "社区食堂5家")
    with action("source.reread", by=world.actor("ducha"), subject=earlier.statement.source_id) as act:
        act.create(
            Reading(
                statement=earlier.statement,
                reader="luodi-2",
                text=earlier.text,
                force="pledged",
                score="0.90",
                rule="x",
            )
        )
    with pytest.raises(actions.Meanwhile) as meanwhile:
        actions.keep(given, by=world.actor("fuhe"))
    assert meanwhile.value.code == "read-anew-meanwhile"


def test_a_judgement_ends_lease_and_setting_aside(world: World) -> None:
    given = seen(world, "社区食堂5家")
    actions.hold(given.statement, holder=ME, post="o1")
    actions.set_aside(given.statement, account=ME)
    actions.refuse(given, "口号", by=world.actor("fuhe"))
    assert (Lease.objects.count(), SetAside.objects.count()) == (0, 0)
    with refused("no-reason"):
        actions.refuse(given, "  ", by=world.actor("fuhe"))


def test_the_same_correction_is_offered_where_the_machine_read_the_same_and_nowhere_else(
    world: World,
) -> None:
    unit = world.units["青岚区住房和城乡建设局"]
    adopt(world, "12条背街小巷", parts=[part(world)], corrected={"owner": unit.id})
    correction = Correction.objects.get()
    offered = others_like(correction)
    assert [reading.text for reading in offered] == ["年内建成智慧停车泊位3000个", "年内办起社区食堂5家"]
    before = Event.objects.count()
    made = actions.correct_likewise(
        correction, [reading.statement_id for reading in offered], by=world.actor("fuhe")
    )
    assert Event.objects.count() == before + 2
    assert {row.value for row in made} == {unit.id}
    assert others_like(correction) == []
    units = Units()
    assert propose(reading_of(world, "泊位3000个"), units).lead.unit == unit  # type: ignore[union-attr]
    assert StatementKey.objects.get(pk=offered[0].statement_id).state == "unread"
    actions.undo_corrections(offered[0].statement_id, by=world.actor("fuhe"), fields=["owner"])
    assert [reading.text for reading in others_like(correction)] == ["年内建成智慧停车泊位3000个"]


def test_days_are_put_right_within_their_own_document_only(world: World) -> None:
    reading = reading_of(world, "18.6公里")
    actions.correct(reading, {"due": due_words(None, dt.date(2027, 8, 31), "month")}, by=world.actor("fuhe"))
    # the roads' page has an 8月底前, too
    offered = {other.statement.source_id for other in others_like(Correction.objects.get())}
    assert offered <= {reading.statement.source_id}
    year = reading_of(world, "社区食堂5家")
    actions.correct(year, {"due": due_words(None, dt.date(2027, 12, 31), "year")}, by=world.actor("fuhe"))
    offered = {
        reading.statement.source_id for reading in others_like(Correction.objects.order_by("id").last())
    }  # type: ignore[arg-type]
    assert offered == {year.statement.source_id}


def test_a_correction_is_applied_only_where_it_still_fits(world: World) -> None:
    adopt(world, "12条背街小巷", corrected={"owner": world.units["青岚区民政局"].id})
    correction = Correction.objects.get()
    documents.judge(world.statement("泊位3000个"), "keep", by=world.actor("ducha"))
    wanted = [world.statement(words).id for words in ("泊位3000个", "学位1800个", "社区食堂5家")]
    made = actions.correct_likewise(correction, wanted, by=world.actor("fuhe"))
    assert [row.statement_id for row in made] == [wanted[2]]


def test_correcting_back_to_what_the_machine_read_leaves_no_correction(world: World) -> None:
    reading = reading_of(world, "社区食堂5家")
    machine = wording_of(reading)
    actions.correct(reading, {"amount": "6|家"}, by=world.actor("fuhe"))
    assert actions.correct(reading, {"amount": "6|家"}, by=world.actor("fuhe")) == []
    actions.correct(reading, {"amount": machine.amount}, by=world.actor("fuhe"))
    assert corrections_of([reading.statement_id]) == {}
    assert Correction.objects.get().undone
    with refused("nothing-to-undo"):
        actions.undo_corrections(reading.statement_id, by=world.actor("fuhe"))
    with pytest.raises(LookupError, match="colour"):
        actions.correct(reading, {"colour": "red"}, by=world.actor("fuhe"))


def test_a_damaged_number_is_withheld_and_an_untouched_day_is_not(world: World) -> None:
    proposed = propose(reading_of(world, "26公里"), Units())
    assert (proposed.number, proposed.unit, proposed.number_withheld) == ("", "公里", True)
    assert proposed.due.until == dt.date(2026, 12, 31)
    assert proposed.due.words == "年内"
    assert proposed.title == "▢26公里年内全部建成"
    assert proposed.lead is not None
    assert proposed.lead.unit.name == "青岚区交通运输局"


def test_lead_and_leader_and_due_are_proposed_from_what_was_read(world: World) -> None:
    proposed = propose(reading_of(world, "学位1800个"), Units())
    assert proposed.lead is not None
    assert (proposed.lead.unit.name, proposed.lead.is_named) == ("青岚区教育局", True)
    assert proposed.leader is not None
    assert proposed.leader.title == "区教育局局长"
    assert (proposed.number, proposed.unit, proposed.topic, proposed.year) == ("1800", "个", "教育", 2026)
    unknown = propose(reading_of(world, "泊位3000个"), Units())
    assert unknown.lead is None or unknown.lead.unit.name != "青岚区教育局"


def test_a_later_sentence_is_matched_with_the_promise_and_says_what_differs(world: World) -> None:
    (match,) = matches_of(reading_of(world, "年内贯通21公里"))
    assert (match.commitment, match.role) == (world.promises["绿道"], "changes")
    assert [each.words for each in match.differences] == ["目标数调低：32公里→21公里"]
    (result,) = matches_of(reading_of(world, "已建成环湖绿道13公里"))
    assert (result.commitment, result.role) == (world.promises["绿道"], "claims")
    assert role_for(reading_of(world, "年内贯通21公里"), world.promises["绿道"].id) == "changes"
    assert titles_like("绿道 32") == [world.promises["绿道"]]
    assert titles_like("") == titles_like("水上巴士") == []


def test_told_apart_is_not_suggested_again_until_it_is_taken_back(world: World) -> None:
    reading = reading_of(world, "年内贯通21公里")
    told = actions.tell_apart(
        reading.statement_id, world.promises["绿道"].id, by=world.actor("fuhe"), score="0.60"
    )
    assert matches_of(reading) == []
    with refused("told-apart-already"):
        actions.tell_apart(reading.statement_id, world.promises["绿道"].id, by=world.actor("fuhe"))
    actions.take_together(told, by=world.actor("fuhe"))
    assert len(matches_of(reading)) == 1
    with refused("nothing-to-undo"):
        actions.take_together(told, by=world.actor("fuhe"))


def test_linking_refusing_and_keeping_are_taken_back(world: World) -> None:
    by = world.actor("fuhe")
    for words, act, state in (
        ("年内贯通21公里", lambda s: actions.link(s, world.promises["绿道"].id, "changes", by=by), "merged"),
        ("已建成环湖绿道13公里", lambda s: actions.keep(s, by=by), "kept"),
        ("37处", lambda s: actions.refuse(s, "口号", by=by), "refused"),
    ):
        given = seen(world, words)
        act(given)
        assert world.statement(words).state == state
        actions.undo(given.statement, by=by)
        assert world.statement(words).state == "unread"
        with refused("nothing-to-undo"):
            actions.undo(given.statement, by=by)
    assert Said.objects.filter(commitment=world.promises["绿道"], undone=False).count() == 1


def test_what_was_reported_of_is_not_taken_back(world: World) -> None:
    from luodi.kernel.commitments.actions import report_progress

    (made,) = adopt(world, parts=[part(world, unit="青岚区人民政府办公室")])
    with held_at(TODAY):
        report_progress(made, by=world.actor("ducha"), as_of=TODAY.date(), number=3, unit="家")
    with refused("already-reported"):
        actions.undo(world.statement("社区食堂5家").id, by=world.actor("fuhe"))
    assert world.statement("社区食堂5家").state == "adopted"


def test_events_alone_rebuild_what_was_judged_and_corrected(committed_database: Path) -> None:
    with held_at(TODAY):
        world = built()
        unit = world.units["青岚区民政局"].id
        adopt(
            world,
            "12条背街小巷",
            parts=[part(world), part(world, "乙")],
            corrected={"owner": unit, "amount": "13|条"},
        )
        actions.correct_likewise(
            Correction.objects.get(field="owner"), [world.statement("社区食堂5家").id], by=world.actor("fuhe")
        )
        told = actions.tell_apart(
            world.statement("21公里").id, world.promises["绿道"].id, by=world.actor("fuhe")
        )
        actions.take_together(told, by=world.actor("fuhe"))
        actions.undo(world.statement("12条背街小巷").id, by=world.actor("fuhe"))
    assert [finding for finding in verify(committed_database) if finding.is_wrong] == []
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE luodi_review_correction SET value = '14|条' WHERE field = 'amount'")
    assert any("luodi_review_correction" in str(finding) for finding in verify(committed_database))
