"""The board: exclusive states, lights with rules, sums that add up, and pages that stay cheap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.commitments import actions, board
from luodi.kernel.commitments.access import public, public_said, visible_to
from luodi.kernel.commitments.acts.turning import TURNED, turned_on
from luodi.kernel.commitments.board import Choice, Tally
from luodi.kernel.commitments.gather import material_of
from luodi.kernel.commitments.goals import Goal, changes, is_easier
from luodi.kernel.commitments.light_rules import (
    NEWS_RHYTHM_DAYS,
    default_rules,
    read_rules,
    rule_named,
    rules_on,
)
from luodi.kernel.commitments.lookups import events_of_rows, figures_of
from luodi.kernel.commitments.models import Commitment, Standing
from luodi.kernel.commitments.reckoning import BOARD_WORDS, COUNTED, EXCLUDED, Facts, elapsed, reckon
from luodi.kernel.commitments.states import MOVES, WORDS, after, allowed
from luodi.kernel.documents.models import Source
from luodi.kernel.figures.typed import SpanOrigin
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from tests.kernel.promises import DAY, District, at, founded, ten_by_new_year

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


@pytest.fixture
def district(db: None) -> Iterator[District]:
    with at(DAY):
        yield founded()


def facts(**given: Any) -> Facts:
    whole = {
        "state": "open",
        "state_since": dt.date(2026, 1, 1),
        "has_number": True,
        "start": dt.date(2026, 1, 1),
        "due_until": dt.date(2026, 12, 31),
        "share": Decimal("0.8"),
        "news_on": DAY,
    }
    return Facts(**{**whole, **given})


def lit(**given: Any) -> tuple[str, str, str]:
    found = reckon(facts(**given), DAY, rules_on(DAY))
    return found.board, found.light, found.rule


# states, pure


def test_every_state_is_reached_and_only_two_are_without_way_back() -> None:
    reached = {"open"}
    while True:
        further = {m.to or s for m in MOVES.values() for s in m.sources if s in reached} - reached
        if not further:
            break
        reached |= further
    assert reached == set(WORDS)
    left = {source for move in MOVES.values() for source in move.sources}
    assert set(WORDS) - left == {"carried", "undone"}


def test_every_pair_of_move_and_state_is_either_allowed_or_refused_in_chinese() -> None:
    for name, state in product(MOVES, WORDS):
        if allowed(name, state):
            assert after(name, state, "claimed") in WORDS
        else:
            with pytest.raises(Refusal, match="不能"):
                after(name, state)


def test_the_words_for_states_are_the_same_everywhere() -> None:
    assert dict(Commitment.STATES) == WORDS
    assert dict(Standing.BOARD) == BOARD_WORDS
    assert set(BOARD_WORDS) == {*COUNTED, *EXCLUDED, "undone"}


# goals, pure


@pytest.mark.parametrize(
    ("old", "new", "kinds", "easier"),
    [
        ({"number": "10"}, {"number": "6"}, ("lowered",), True),
        ({"number": "10"}, {"number": "12"}, ("raised",), False),
        ({"number": "40", "approx": "at_most"}, {"number": "50", "approx": "at_most"}, ("lowered",), True),
        ({"number": "40", "approx": "at_most"}, {"number": "35", "approx": "at_most"}, ("raised",), False),
        ({"number": "10"}, {"number": "10", "approx": "about"}, ("lowered",), True),
        ({"number": "10"}, {"number": "10", "unit": "间"}, ("requantified",), True),
        ({"number": "10"}, {"number": None, "unit": ""}, ("number_gone",), True),
        ({"number": None, "unit": ""}, {"number": "10"}, ("number_new",), False),
        ({}, {"due_until": dt.date(2027, 3, 31)}, ("later",), True),
        ({}, {"due_until": dt.date(2026, 6, 30)}, ("sooner",), False),
        ({}, {"due_until": None}, ("due_gone",), True),
        ({"number": "10"}, {"number": "12", "due_until": dt.date(2027, 3, 31)}, ("raised", "later"), True),
        ({"basis": "开工"}, {"basis": "竣工"}, ("basis",), False),
        ({}, {}, (), False),
    ],
)
def test_how_a_goal_changed(
    old: dict[str, Any], new: dict[str, Any], kinds: tuple[str, ...], easier: bool
) -> None:
    before, now = ten_by_new_year(**old), ten_by_new_year(**new)
    assert (changes(before, now), is_easier(before, now)) == (kinds, easier)


# lights, pure


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("going", "green", "promise-on-time")),
        ({"due_until": DAY - dt.timedelta(1)}, ("overdue", "red", "promise-overdue")),
        ({"due_until": DAY}, ("going", "green", "promise-on-time")),
        (
            {"due_until": DAY + dt.timedelta(30), "share": Decimal("0.67")},
            ("going", "amber", "promise-behind-near-due"),
        ),
        (
            {"due_until": DAY + dt.timedelta(31), "share": Decimal("0.67")},
            ("going", "green", "promise-on-time"),
        ),
        ({"share": Decimal("0.3")}, ("going", "amber", "promise-far-behind")),
        ({"share": None, "news_on": DAY - dt.timedelta(91)}, ("going", "amber", "promise-no-news")),
        ({"share": None, "news_on": DAY - dt.timedelta(90)}, ("going", "green", "promise-on-time")),
        (
            {"state": "claimed", "state_since": DAY - dt.timedelta(20)},
            ("claimed", "green", "promise-on-time"),
        ),
        (
            {"state": "claimed", "state_since": DAY - dt.timedelta(21)},
            ("claimed", "amber", "promise-unverified"),
        ),
        ({"state": "kept", "due_until": DAY - dt.timedelta(9)}, ("kept", "green", "promise-kept")),
        ({"has_number": False, "due_until": None}, ("vague", "paused", "promise-not-judged")),
        ({"state": "dropped"}, ("dropped", "paused", "promise-not-judged")),
    ],
)
def test_a_light_is_lit_by_a_named_rule(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert lit(**given) == expected


@given(
    st.sampled_from(sorted(WORDS)),
    st.booleans(),
    DAYS,
    DAYS,
    st.none() | DAYS,
    DAYS,
    st.none() | st.decimals(0, 2, places=3),
    DAYS,
)
def test_on_any_day_every_promise_has_one_state_and_one_light(
    state: str,
    number: bool,
    since: dt.date,
    start: dt.date,
    due: dt.date | None,
    news: dt.date,
    share: Any,
    day: dt.date,
) -> None:
    found = reckon(Facts(state, since, number, start, due, share, news), day, rules_on(day))
    rule = rule_named(found.rule)
    assert found.board in rule.applies_to
    assert rule.light == found.light


@given(DAYS, DAYS, DAYS)
def test_elapsed_time_only_grows(start: dt.date, due: dt.date, day: dt.date) -> None:
    assert 0 <= elapsed(start, due, day) <= elapsed(start, due, day + dt.timedelta(1)) <= 1


def test_every_rule_says_where_it_comes_from_and_names_are_unique() -> None:
    rules = default_rules()
    assert len({rule.name for rule in rules}) == len(rules)
    assert len({rule.article for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.title
        assert rule.source_title
        assert rule.evidence in "✔◐○⚙"
        assert len(rule.name) <= Standing._meta.get_field("rule").max_length
        assert rule.words().startswith(("红灯", "黄灯", "绿灯", "停表"))
    assert rule_named("promise-no-news").days == NEWS_RHYTHM_DAYS


def test_a_rule_holds_on_its_days_only_and_nonsense_is_refused() -> None:
    row = {
        "name": "x",
        "light": "red",
        "test": "always",
        "title": "t",
        "applies_to": ["going"],
        "source_title": "s",
        "article": "a",
        "evidence": "⚙",
        "effective_from": dt.date(2026, 1, 1),
        "effective_to": dt.date(2026, 6, 30),
    }
    rules = read_rules([row])
    in_force = [bool(rules_on(dt.date(2026, *d), rules)) for d in ((1, 1), (6, 30), (7, 1))]
    assert in_force == [True, True, False]
    for wrong in ({"light": "blue"}, {"test": "felt"}, {"test": "behind"}):
        with pytest.raises(ValueError):
            read_rules([{**row, **wrong}])


# the table, with a database


def one_of_each(district: District) -> dict[str, Commitment]:
    """A promise in every state of the board."""
    office, bureau = district.actor("区督查室"), district.actor("区教育局")
    found = {name: district.adopt() for name in ("going", "claimed", "kept", "dropped", "merged", "carried")}
    found["overdue"] = district.adopt(ten_by_new_year(due_until=DAY - dt.timedelta(5)))
    found["vague"] = district.adopt(Goal())
    found["undone"] = district.adopt()
    for name in ("claimed", "kept"):
        actions.report_done(
            found[name], by=bureau, as_of=DAY, number=10, unit="所", evidence=district.kept_file()
        )
    actions.verify(found["kept"], by=office, number=10)
    actions.drop(found["dropped"], by=office, reason="规划调整")
    actions.merge(found["merged"], into=found["going"], by=office)
    found["next"] = actions.carry_over(
        found["carried"],
        by=office,
        year=2027,
        goal=ten_by_new_year(due_until=dt.date(2027, 6, 30)),
        reason="没办完",
    )
    actions.undo_adoption(found["undone"], by=office, reason="看错")
    return found


def test_every_state_of_the_board_is_reached_by_acts_and_sums_add_up(district: District) -> None:
    made = one_of_each(district)
    for name in BOARD_WORDS:
        assert Standing.objects.get(pk=made[name].pk).board == name
    counts = board.tally(Choice(), DAY)
    assert (counts.going, counts.total, counts.excluded) == (2, 6, 3)
    assert counts.total + counts.excluded == Commitment.objects.exclude(state="undone").count()
    for dimension in ("lead_unit", "place", "topic", "year"):
        parts = [part for _, part in board.tally_by(dimension, Choice(), DAY)]
        assert board.merged_counts(parts) == counts


def test_lists_and_counts_agree_for_every_choice(district: District) -> None:
    one_of_each(district)
    for choice in (
        *(Choice(state=name) for name in BOARD_WORDS),
        Choice(unit=district.units["区教育局"].id),
        Choice(unit=district.units["区审计局"].id),
        Choice(due_until=DAY),
        Choice(due_from=DAY, state="going"),
        Choice(light="red"),
        Choice(changed=True),
        Choice(topic=""),
        Choice(ids=()),
    ):
        counts, rows = board.tally(choice, DAY), board.page(choice, DAY, limit=100).rows
        expected = sum(getattr(counts, name) for name in (*COUNTED, *EXCLUDED) if name == choice.state)
        assert len(rows) == (expected if choice.state in (*COUNTED, *EXCLUDED) else len(rows))
        if not choice.state:
            assert len(rows) == counts.total


@pytest.mark.parametrize("order", ["worst", "newest", "due"])
def test_a_list_read_in_pages_is_the_list(district: District, order: board.Order) -> None:
    for days in (5, -5, 0, 5, 30, -40, 90):
        district.adopt(ten_by_new_year(due_until=DAY + dt.timedelta(days)))
    district.adopt(Goal())
    whole = [row.pk for row in board.page(Choice(), DAY, order=order, limit=100).rows]
    assert len(whole) == 8
    read: list[str] = []
    after = ""
    while True:
        part = board.page(Choice(), DAY, order=order, after=after, limit=3)
        read += [row.pk for row in part.rows]
        after = part.after
        if not after:
            break
    assert read == whole


def test_the_worst_come_first(district: District) -> None:
    one_of_each(district)
    shown = [row.board for row in board.page(Choice(), DAY).rows]
    assert shown == ["overdue", "claimed", "going", "going", "vague", "kept"]


@pytest.mark.parametrize("mark", ["", "x", "1~2", "a~b~c", "1~2~c~d", "1~99999999999999999999999~c"])
def test_a_mark_that_fits_no_page_does_no_harm(district: District, mark: str) -> None:
    district.adopt()
    assert len(board.page(Choice(), DAY, after=mark).rows) <= 1


def test_rates_stand_side_by_side_with_what_is_left_out() -> None:
    found = board.rates(Tally(kept=212, claimed=41, going=97, overdue=36, dropped=5, carried=9, merged=6))
    assert found.answerable == 289
    assert found.verified == Decimal(212) / 289
    assert found.reported == Decimal(253) / 289
    assert found.raw == Decimal(212) / 303
    assert found.excluded == Decimal(20) / 406
    assert board.rates(Tally(kept=20, overdue=9)).verified is None


def test_the_day_turns_the_board_and_says_so(district: District) -> None:
    commitment = district.adopt(ten_by_new_year(due_until=DAY))
    assert actions.tick() == 0
    assert turned_on() == DAY
    tomorrow = DAY + dt.timedelta(1)
    with at(tomorrow):
        assert actions.tick() == 1
        assert turned_on() == tomorrow
        events = Event.objects.filter(kind=TURNED).count()
        assert actions.tick() == 0
        assert Event.objects.filter(kind=TURNED).count() == events
    assert Standing.objects.get(pk=commitment.pk).board == "overdue"


def test_a_withdrawn_page_is_found_by_the_tick_and_so_is_its_return(district: District) -> None:
    commitment = district.adopt()
    source = Source.objects.get()
    for day, gone in ((DAY, True), (None, False)):
        with action("source.withdrawn", by=SYSTEM, subject=source.id) as act:
            act.change(source, withdrawn_on=day)
        assert actions.tick() == 1
        assert Standing.objects.get(pk=commitment.pk).gone is gone


def test_the_derived_table_rebuilt_is_the_table_as_kept(district: District) -> None:
    one_of_each(district)
    assert actions.rebuild() == []
    kept = list(Standing.objects.order_by("pk").values())
    with action("test.spoilt", by=SYSTEM, subject=""):
        Standing.objects.filter(board="overdue").update(board="kept", changed=True)
        Standing.objects.filter(board="vague").delete()
    assert len(actions.rebuild()) == 2
    assert list(Standing.objects.order_by("pk").values()) == kept


def test_a_board_needs_few_queries_and_a_list_one(district: District) -> None:
    one_of_each(district)
    for act in (
        lambda: board.tally(Choice(), DAY),
        lambda: board.tally_by("lead_unit", Choice(), DAY),
        lambda: [row.commitment.lead_unit.name for row in board.page(Choice(), DAY).rows],
        lambda: [(c.title, c.lead_unit.name, c.standing.board) for c in public()],
    ):
        with CaptureQueriesContext(connection) as queries:
            act()
        assert len(queries) == 1


@pytest.mark.parametrize(
    ("choice", "order"),
    [
        (Choice(), "worst"),
        (Choice(), "newest"),
        (Choice(), "due"),
        (Choice(state="overdue"), "worst"),
        (Choice(unit="u0000000000000"), "worst"),
        (Choice(topic="教育"), "worst"),
        (Choice(changed=True), "worst"),
        (Choice(gone=True), "worst"),
        (Choice(due_from=DAY), "due"),
    ],
)
def test_a_list_is_read_along_an_index_and_never_sorted(db: None, choice: Choice, order: board.Order) -> None:
    keys = [f"{'-' if falling else ''}{name}" for name, falling in board._ORDERS[order]]
    plan = board.chosen(choice, DAY).order_by(*keys).explain()
    # on an empty table PostgreSQL reads whole what SQLite would not; there bench/board.py measures
    assert connection.vendor != "sqlite" or ("INDEX" in plan and "TEMP B-TREE" not in plan), plan


def test_the_three_figures_walk_back_to_a_span_or_an_event(district: District) -> None:
    commitment = district.adopt()
    by = district.actor("区教育局")
    report = actions.report_progress(commitment, by=by, as_of=DAY, number=7, unit="所")
    finding = actions.verify(report, by=district.actor("区督查室"), number=5)
    material = material_of([commitment.id])[commitment.id]
    found = figures_of(material, events_of_rows(commitment.id))
    assert isinstance(found.target.origin, SpanOrigin)
    assert [str(f) for f in (found.target, found.reported, found.verified)] == ["10所", "7所", "5所"]
    assert (found.reported.confidence, found.verified.confidence) == ("contradicted", "verified")
    for figure, row in ((found.reported, report), (found.verified, finding)):
        assert row.id in Event.objects.get(pk=figure.origin.event).payload
        assert figure.signer


def test_the_public_sees_no_internal_field_and_nothing_that_was_taken_back(district: District) -> None:
    made = one_of_each(district)
    assert made["undone"].id not in {row.id for row in public()}
    assert "reason" in public().first().get_deferred_fields()
    assert "reason" in visible_to(Actor()).first().get_deferred_fields()
    assert "reason" not in visible_to(district.actor("区督查室")).first().get_deferred_fields()
    assert len(public_said(made["going"].id)) == 2
