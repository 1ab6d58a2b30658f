"""Which unit a sentence is the business of, by names that the unit no longer has; and what changes under a reviewer's hands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.review import actions
from luodi.kernel.review.acts import judging
from luodi.kernel.review.leads import Units, lead_of
from tests.desk.review_world import TODAY, World, built
from tests.kernel.promises import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(data_folder: Any) -> Iterator[World]:
    with held_at(TODAY):
        yield built()


def reading_of(world: World, words: str) -> Reading:
    """The reading of the statement with these words."""
    reading = world.statement(words).readings.order_by("id").last()  # type: ignore[attr-defined]
    assert reading is not None
    return reading


def renamed(world: World, name: str, new: str) -> None:
    """The unit has been called otherwise since yesterday."""
    register.rename_unit(
        world.units[name], name=new, short_name="", on=TODAY.date() - dt.timedelta(days=1), by=SYSTEM
    )


def test_a_former_name_leads_to_the_unit_that_had_it(world: World) -> None:
    renamed(world, "青岚区教育局", "青岚区教育和体育局")
    lead = lead_of(reading_of(world, "学位1800个"), Units(), ())
    assert lead is not None
    assert (lead.unit.id, lead.is_named) == (world.units["青岚区教育局"].id, True)


def test_a_former_name_within_a_sentence_is_known_where_one_unit_had_it(world: World) -> None:
    renamed(world, "青岚区民政局", "青岚区社会事务局")
    units = Units()
    assert [unit.name for unit in units.all_in("由青岚区民政局会同街道办理")] == ["青岚区社会事务局"]
    register.add_alias(world.units["青岚区教育局"], name="青岚区民政局", by=SYSTEM)
    assert Units().all_in("由青岚区民政局会同街道办理") == []


def test_a_name_that_another_unit_has_now_is_that_unit_s(world: World) -> None:
    renamed(world, "青岚区民政局", "青岚区社会事务局")
    fresh = register.create_unit(name="青岚区民政局", by=SYSTEM)
    units = Units()
    assert units.named("青岚区民政局") == fresh
    assert units.all_in("由青岚区民政局会同街道办理") == [fresh]


def test_a_link_made_while_the_undoing_waited_is_not_undone_unseen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = world.statement("21公里")
    promises.link_statement(world.promises["绿道"], statement, role="changes", by=world.actor("ducha"))
    held = judging._lock_commitments
    monkeypatch.setattr(judging, "_lock_commitments", lambda ids: held(ids) and set())
    with refused("linked-meanwhile"):
        actions.undo(statement.id, by=world.actor("fuhe"))
    monkeypatch.undo()
    actions.undo(statement.id, by=world.actor("fuhe"))
    statement.refresh_from_db()
    assert statement.state == "unread"
