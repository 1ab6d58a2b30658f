"""Rates of bottlenecks: the worked example of a September, and what no letter can improve."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luodi.areas.projects.solving_rates import Ticket, causes, mean_age, rates
from luodi.kernel.clocks.calendar import announced

SINCE, UNTIL = dt.date(2026, 9, 1), dt.date(2026, 9, 30)
DUE, LATE = dt.date(2026, 9, 20), dt.date(2026, 9, 25)


def september() -> list[Ticket]:
    """12 registered, 10 due; 9 of the 10 reported solved, 7 in time; 6 accepted, 5 of them in time; 3 returned."""
    registered = Ticket(dt.date(2026, 9, 2), "land", DUE, is_clear=True)
    in_time, late = replace(registered, reported_on=DUE), replace(registered, reported_on=LATE)
    accepted = {"accepted_on": dt.date(2026, 9, 28), "closed_on": dt.date(2026, 9, 29)}
    return [
        *[replace(in_time, **accepted)] * 5,
        *[in_time] * 2,
        replace(late, **accepted),
        late,
        registered,
        *[replace(registered, due_on=dt.date(2026, 10, 9), is_clear=False)] * 2,
    ]


def test_the_worked_example_of_a_september() -> None:
    found = rates(september(), SINCE, UNTIL)
    assert (found.closed.count, found.closed.among, found.closed.share) == (6, 12, Fraction(1, 2))
    assert (found.on_time.count, found.on_time.among, found.on_time.share) == (5, 10, Fraction(1, 2))
    assert (found.reported_on_time.count, found.reported_on_time.among) == (7, 10)
    assert (found.verified.count, found.verified.among) == (6, 9)
    assert round(float(found.verified.share or 0) * 100, 1) == 66.7
    assert (found.clear.count, found.clear.among) == (10, 12)


def test_the_verifiers_own_delay_is_not_held_against_the_unit() -> None:
    ticket = Ticket(dt.date(2026, 9, 2), "", DUE, DUE, accepted_on=dt.date(2026, 12, 1))
    assert rates([ticket], SINCE, UNTIL).on_time.count == 1


def test_reopening_counts_for_sixty_days() -> None:
    closed = Ticket(dt.date(2026, 9, 2), "", DUE, DUE, DUE, dt.date(2026, 9, 30))
    tickets = [replace(closed, reopened_on=day) for day in (dt.date(2026, 11, 29), dt.date(2026, 11, 30))]
    assert (rates(tickets, SINCE, UNTIL).reopened.count, rates(tickets, SINCE, UNTIL).reopened.among) == (
        1,
        2,
    )


def test_age_is_in_workdays_and_deferred_ones_grow_old_too() -> None:
    """From Tuesday 15 September to Tuesday 29: ten workdays, with the working Sunday and without the holiday."""
    parked = Ticket(dt.date(2026, 9, 15), is_deferred=True)
    assert mean_age([parked], dt.date(2026, 9, 29), announced().is_workday) == 10
    assert mean_age([], dt.date(2026, 9, 29), announced().is_workday) is None


def test_causes_come_month_by_month_the_most_frequent_first() -> None:
    tickets = [
        Ticket(dt.date(2026, 8, 3), "funds"),
        Ticket(dt.date(2026, 9, 3), "land"),
        Ticket(dt.date(2026, 9, 9), "land"),
    ]
    assert causes(tickets) == {"land": {dt.date(2026, 9, 1): 2}, "funds": {dt.date(2026, 8, 1): 1}}


days = st.dates(dt.date(2026, 8, 1), dt.date(2026, 11, 30))
maybe = st.none() | days


@given(
    st.lists(
        st.builds(
            Ticket, registered_on=days, due_on=maybe, reported_on=maybe, accepted_on=maybe, closed_on=maybe
        ),
        max_size=15,
    )
)
def test_no_rate_exceeds_one_and_verified_never_exceeds_reported(tickets: list[Ticket]) -> None:
    found = rates(tickets, SINCE, UNTIL)
    for rate in (
        found.closed,
        found.on_time,
        found.reported_on_time,
        found.verified,
        found.reopened,
        found.clear,
    ):
        assert 0 <= rate.count <= rate.among
    assert found.on_time.count <= found.reported_on_time.count
