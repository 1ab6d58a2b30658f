"""The counters that triggers keep are what counting the rows gives, after any moves, on both engines."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress

import pytest
from django.db import connection

from luodi.kernel.cases import actions, tallies
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.possible import chances
from luodi.kernel.cases.tallying import TABLE, differing, install, missing
from luodi.kernel.clocks.now import day_of, now
from luodi.kernel.refusal import Refusal
from tests.areas.case_town import CaseTown, at, found
from tests.database import unguarded

pytestmark = pytest.mark.django_db
OFFICE, HOUSING, WATER, AUDIT, LEADER = "区督查室", "区住建局", "区水利局", "区审计局", "区政府"


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def some_move(town: CaseTown, pick: random.Random, case: Case) -> None:
    """One of the moves that one of the posts may make now, or a hand-over; what asks for more than words is left."""
    from luodi.kernel.cases.acts.ground import standing_of
    from luodi.kernel.cases.registry import playbook_of

    actor = town.actors[pick.choice(list(town.actors))]
    playbook = playbook_of(case.kind, case.version)
    moves = [each.move for each in chances(playbook, standing_of(case, actor)) if each.is_open]
    if not moves:
        return
    move = pick.choice(moves)
    day = (day_of(now()) + dt.timedelta(days=pick.randrange(1, 40))).isoformat()
    plain = {"text": "写明了", "line": "写明了", "day": day}
    answers = {ask.name: plain[ask.kind] for ask in move.asks if ask.kind in plain}
    unit = pick.choice((HOUSING, WATER))
    answers |= {ask.name: town.units[unit].id for ask in move.asks if ask.kind == "unit"}
    answers |= {ask.name: ask.choices[0][0] for ask in move.asks if ask.kind == "choice"}
    try:
        step = actions.move(case, move.name, by=actor, answers=answers)
        if move.signed_by:
            actions.sign(step, by=town.actors[LEADER], agrees=pick.random() < 0.8)
    except Refusal:
        return


@pytest.mark.parametrize("seed", range(4))
def test_after_any_moves_the_counters_are_the_counts(town: CaseTown, seed: int) -> None:
    pick = random.Random(seed)
    assert missing(connection) == []
    with at(9, 1):
        cases = [town.slip(subject=f"c{number:013d}") for number in range(6)]
    moved = set()
    for day in range(2, 29):
        with at(9, day):
            case = pick.choice(cases)
            case.refresh_from_db()
            before = case.state
            some_move(town, pick, case)
            if pick.random() < 0.1:
                target = pick.choice((HOUSING, WATER))
                with_post = {"unit": town.units[target], "post": town.posts[target], "reason": "换一家"}
                with suppress(Refusal):
                    actions.reassign(case, by=town.actors[OFFICE], **with_post)
            actions.tick()
            case.refresh_from_db()
            moved.add((before, case.state))
            assert differing(connection) == [], (day, case.state)
    assert len(moved) > 3, "hardly anything moved"


def test_every_open_case_with_a_running_clock_has_one_first_item(town: CaseTown) -> None:
    with at(9, 1):
        for number in range(3):
            town.move(town.slip(subject=f"c{number:013d}"), "assign", OFFICE)
    with at(9, 30):
        actions.tick()
        firsts = DueItem.objects.filter(is_first=True)
        assert firsts.count() == 3
        assert {row.owner_id for row in firsts} == {town.units[HOUSING].id}


def test_what_the_counters_tell_is_what_the_rows_tell(town: CaseTown) -> None:
    with at(9, 1):
        made = [
            town.slip(subject=f"c{number:013d}", answer_by=f"2026-09-{10 + 5 * number}")
            for number in range(4)
        ]
        for case in made:
            town.move(case, "assign", OFFICE)
        town.move(made[3], "terminate", LEADER, reason="另行立项")
    with at(9, 20):
        actions.tick()
        unit = town.units[HOUSING].id
        assert tallies.by_state() == {("assigned", ""): 3, ("terminated", "forced"): 1}
        assert tallies.kinds_there_are() == {"supervision"}
        assert tallies.opened_between(dt.date(2026, 9, 1), None) == 3
        assert tallies.opened_between(dt.date(2026, 9, 2), None, kind="supervision") == 0
        told = tallies.open_by_unit(dt.date(2026, 9, 1), dt.date(2026, 9, 1))[unit]
        assert (told.number, told.oldest, told.young, told.old) == (3, dt.date(2026, 9, 1), 3, 0)
        assert tallies.red_by_unit(now()) == {unit: 2}
        lights = tallies.lights(now())
        assert (lights["red"], lights["amber"] + lights["green"]) == (2, 1)
        assert tallies.lights(now(), "supervision", unit) == lights
        groups = tallies.items_by_group(now(), dt.date(2026, 9, 27))
        assert groups[("supervision", "past", "red")] == 2


def test_a_counter_that_was_tampered_with_is_found_and_counted_anew(town: CaseTown) -> None:
    with at(9, 1):
        town.slip()
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET number = 5 WHERE \"of\" = 'open'")
    assert len(differing(connection)) == 2, "as it is kept, as it is counted"
    install(connection)
    assert differing(connection) == []


def test_a_trigger_that_is_gone_is_told(town: CaseTown) -> None:
    drop = "DROP TRIGGER luodi_cases_tally_case_update ON luodi_cases_case"
    name = "luodi_cases_tally_case_update"
    if connection.vendor == "sqlite":
        name = "luodi_cases_tally_open_update"
        drop = f"DROP TRIGGER {name}"
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert missing(connection) == [name]
