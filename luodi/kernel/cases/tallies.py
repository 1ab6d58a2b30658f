"""How many cases and due items of the whole district are of which sort, from the counters of ``tallying``: never from the rows.

For those who see everything; whoever sees a part counts that part.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from luodi.kernel.cases.models import DueItem
from luodi.kernel.cases.tallying import TABLE
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.now import day_of

AT_ONCE = 50_000  # of so many cases everything may be counted while somebody waits
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpenCases:
    """The open cases of one unit: how many, since when the oldest, how many opened from one day on, how many before another."""

    number: int
    oldest: dt.date
    young: int
    old: int


def by_state(kind: str = "", unit: str = "") -> dict[tuple[str, str], int]:
    """How many cases stand in which state, with what a closed one counts as; empty for open ones. One query."""
    return {(state, mark): number for state, mark, number in _sums("state", ("state", "mark"), kind, unit)}


@dataclass(frozen=True, slots=True)
class OpenAges:
    """The open cases of one unit: how many, since when the oldest and the middle one (of an even number the younger of two)."""

    number: int
    oldest: dt.date
    middle: dt.date


@dataclass(frozen=True, slots=True)
class Reopened:
    """How many cases of a kind were opened for one unit, and when the last."""

    kind: str
    unit: str
    number: int
    last: dt.date


def are_very_many() -> bool:
    """Whether there are more cases than can be gone through while somebody waits. One query."""
    return sum(by_state().values()) > AT_ONCE


def kinds_there_are() -> set[str]:
    """The kinds of which there ever was a case. One query."""
    return {kind for kind, _ in _sums("state", ("kind",))}


def opened_between(
    since: dt.date | None, until: dt.date | None, kind: str = "", unit: str = "", *, closed_too: bool = False
) -> int:
    """How many open cases, or all of them, were opened on these days, both included. One query."""
    sql, values = [], []
    for sign, day in ((">=", since), ("<=", until)):
        if day is not None:
            sql.append(f"day {sign} %s")
            values.append(_day(day))
    of = "opened" if closed_too else "open"
    return sum(number for _, number in _sums(of, ("kind",), kind, unit, " AND ".join(sql), values))


def open_by_unit(young: dt.date, old: dt.date) -> dict[str, OpenCases]:
    """Of each unit that has any: its open cases; ``young`` from that day on, ``old`` before that one. One query."""
    sql = f"""
SELECT unit, sum(number), min(day), sum(CASE WHEN day >= %s THEN number ELSE 0 END),
  sum(CASE WHEN day < %s THEN number ELSE 0 END)
FROM (SELECT unit, day, sum(number) AS number FROM {TABLE} WHERE "of" = 'open'
  GROUP BY unit, day HAVING sum(number) > 0) AS days
GROUP BY unit"""  # noqa: S608 (our own names)
    rows = _rows(sql, [_day(young), _day(old)])
    return {
        unit: OpenCases(int(number), _as_day(oldest), int(recent), int(aged))
        for unit, number, oldest, recent, aged in rows
    }


def ages_by_unit() -> dict[str, OpenAges]:
    """Of each unit that has any: how old its open cases are. One query, a row a unit."""
    sql = f"""
SELECT unit, max(whole), min(day), max(CASE WHEN 2 * reached >= whole THEN day END)
FROM (SELECT unit, day, sum(number) OVER (PARTITION BY unit ORDER BY day DESC) AS reached,
    sum(number) OVER (PARTITION BY unit) AS whole
  FROM (SELECT unit, day, sum(number) AS number FROM {TABLE} WHERE "of" = 'open'
    GROUP BY unit, day HAVING sum(number) > 0) AS days) AS run
GROUP BY unit"""  # noqa: S608 (our own names)
    return {
        unit: OpenAges(int(number), _as_day(oldest), _as_day(middle))
        for unit, number, oldest, middle in _rows(sql, [])
    }


def opened_again(kinds: Sequence[str], since: dt.date, times: int, most: int) -> list[Reopened]:
    """Of these kinds, the units for which at least ``times`` cases were opened from that day on, open or closed by now, most
    often first, ``most`` at most. One query.
    """
    if not kinds:
        return []
    sql = (
        f"SELECT kind, unit, sum(number), max(day) FROM (SELECT kind, unit, day, sum(number) AS number FROM {TABLE} "  # noqa: S608
        f"WHERE \"of\" = 'opened' AND kind IN ({', '.join(['%s'] * len(kinds))}) AND day >= %s "
        "GROUP BY kind, unit, day HAVING sum(number) > 0) AS days "
        "GROUP BY kind, unit HAVING sum(number) >= %s ORDER BY 3 DESC, 2 LIMIT %s"
    )
    rows = _rows(sql, [*kinds, _day(since), times, most])
    return [Reopened(kind, unit, int(number), _as_day(last)) for kind, unit, number, last in rows]


def red_by_unit(now: dt.datetime) -> Counter[str]:
    """Of each unit how many of its open cases show a red light at this instant, by what is due first. Two queries."""
    sums = _sums("first", ("unit",), when="day < %s", values=[_day(day_of(now))])
    found: Counter[str] = Counter(dict(sums))
    passed = DueItem.objects.filter(is_first=True, **_passed(now)).order_by()
    for owner, number in passed.values_list("owner").annotate(number=Count("pk")):
        found[str(owner)] += number
    return found


def lights(now: dt.datetime, kind: str = "", unit: str = "") -> Counter[str]:
    """How many open cases of all units or of one, of all kinds or of one, show which light. Three queries."""
    chosen = {name: value for name, value in (("kind", kind), ("owner", unit)) if value}
    sums = _sums("first", ("day < %s",), kind, unit, values=[_day(day_of(now))])
    found = Counter({"red" if is_past else "green": number for is_past, number in sums})
    firsts = DueItem.objects.filter(is_first=True, **chosen)
    passed = firsts.filter(**_passed(now)).count()
    amber = firsts.filter(light="amber", due_at__gt=now).count()
    found.update({"red": passed, "amber": amber, "green": -passed - amber})
    return found


def items_by_group(now: dt.datetime, sunday: dt.date) -> dict[tuple[str, str, str], int]:
    """How many items there are of each kind, group of time and light, as the inbox tells them. Three queries.

    Groups: ``past``, ``today``, ``week`` (up to ``sunday``), ``later``, ``paused``.
    """
    today = day_of(now)
    when = "CASE WHEN day < %s THEN 'past' WHEN day = %s THEN 'today' WHEN day <= %s THEN 'week' ELSE 'later' END"
    days = [_day(today), _day(today), _day(sunday)]
    cells: Counter[tuple[str, str, str]] = Counter()
    for kind, mark, group, number in _sums("item", ("kind", "mark", when), values=days):
        if mark == "paused":
            cells[(kind, "paused", "paused")] += number
        else:
            cells[(kind, group, "red" if group == "past" else "green")] += number
    passed = DueItem.objects.filter(**_passed(now)).exclude(light="paused").order_by()
    for kind, number in passed.values_list("kind").annotate(number=Count("pk")):
        cells.update({(kind, "today", "green"): -number, (kind, "past", "red"): number})
    for kind, *numbers in _amber(now, sunday):
        for group, number in zip(("today", "week", "later"), numbers, strict=True):
            cells.update({(kind, group, "green"): -number, (kind, group, "amber"): number})
    return {cell: number for cell, number in cells.items() if number}


def _amber(now: dt.datetime, sunday: dt.date) -> Iterable[tuple[str, int, int, int]]:
    """Of each kind how many amber items are due today, this week, later. One query; there are those of a few days."""
    tonight, week = midnight(day_of(now) + _ONE), midnight(sunday + _ONE)
    amber = DueItem.objects.filter(light="amber", due_at__gt=now).order_by()
    return amber.values_list("kind").annotate(
        today=Count("pk", filter=Q(due_at__lte=tonight)),
        week=Count("pk", filter=Q(due_at__gt=tonight, due_at__lte=week)),
        later=Count("pk", filter=Q(due_at__gt=max(tonight, week))),
    )


def _passed(now: dt.datetime) -> Mapping[str, Any]:
    """Of today, what is past by now: clocks that run to the minute."""
    return {"due_at__gt": midnight(day_of(now)), "due_at__lte": now}


def _sums(
    of: str,
    by: Sequence[str],
    kind: str = "",
    unit: str = "",
    when: str = "",
    values: Sequence[Any] = (),
) -> list[tuple[Any, ...]]:
    """Sums of the cells of one sort by some expressions, with ``values`` in the order of the statement; no empty ones."""
    chosen = [(name, value) for name, value in (("kind", kind), ("unit", unit)) if value]
    where = ['"of" = %s', *(f"{name} = %s" for name, _ in chosen), *([when] if when else [])]
    places = ", ".join(str(place) for place in range(1, len(by) + 1))
    sql = (
        f"SELECT {', '.join(by)}, sum(number) FROM {TABLE} WHERE {' AND '.join(where)} "  # noqa: S608 (our own names)
        f"GROUP BY {places} HAVING sum(number) <> 0"
    )
    given = [of, *(value for _, value in chosen)]
    params = [*given, *values] if when else [*values, *given]
    return [(*row[:-1], int(row[-1])) for row in _rows(sql, params)]


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return list(cursor.fetchall())


def _day(day: dt.date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _as_day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
