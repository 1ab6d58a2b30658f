"""The public board: how many promises stand where, in sums that add up, and lists of any length read page by page.

Every commitment is in exactly one state (``reckoning.py``); five are counted, three are excluded and shown beside them.
Reads ``Standing`` only, along its indexes: the number of queries and of rows read does not grow with the number of promises,
but for the counts, which read one narrow index once. States are those of the day the board was last turned to
(``acts/turning.py``; ``turned_on``).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Count, F, Max, Q, QuerySet

from luodi.kernel.commitments.acts.turning import turned_on
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import COUNTED, EXCLUDED, OPEN_ON_BOARD
from luodi.kernel.figures.display import share_of

__all__ = ["Choice", "Page", "Rates", "Tally", "page", "rates", "tally", "tally_by", "turned_on"]

Dimension = Literal["lead_unit", "place", "topic", "year"]
Order = Literal["worst", "newest", "due"]
LONGEST_PAGE = 200
# what a list is ordered by, each after a smaller or greater value; the id makes the order total
_ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "worst": (("worst", False), ("due_order", False), ("commitment_id", False)),
    "newest": (("news_on", True), ("commitment_id", True)),
    "due": (("due_order", False), ("commitment_id", False)),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which promises. Empty means any; ``ids`` are those that a search found; ``quiet``: no news for longer than 90 days.

    ``state`` is one of the board's states; without it the five that are counted. Due days are included.
    """

    unit: str = ""
    places: tuple[str, ...] = ()
    topic: str | None = None
    year: int | None = None
    state: str = ""
    light: str = ""
    due_from: dt.date | None = None
    due_until: dt.date | None = None
    changed: bool = False
    gone: bool = False
    quiet: bool = False
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many. ``kept`` to ``vague`` exclude each other and add up to ``total``; ``dropped``, ``merged`` and ``carried`` are
    not in it. ``changed``, ``gone``, ``late`` and ``quiet`` are counted within the total, across its states."""

    kept: int = 0
    claimed: int = 0
    going: int = 0
    overdue: int = 0
    vague: int = 0
    dropped: int = 0
    merged: int = 0
    carried: int = 0
    changed: int = 0
    gone: int = 0
    late: int = 0
    quiet: int = 0
    newest: dt.date | None = None

    @property
    def total(self) -> int:
        """The promises counted."""
        return sum(getattr(self, name) for name in COUNTED)

    @property
    def excluded(self) -> int:
        """Those left out of the total."""
        return sum(getattr(self, name) for name in EXCLUDED)


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of one, side by side; ``None`` where fewer than 30 are counted: then counts are shown.

    ``answerable`` are the promises that ought to be kept by now: kept, reported done, overdue. ``verified`` is kept of
    these, ``reported`` kept and reported done of these: the adjusted rates. ``raw`` is kept of these and of the dropped and
    carried-over ones as well, which nobody kept. ``excluded`` is the share of all ever adopted that the adjusted rates leave
    out; merged ones count once, in the promise they went into.
    """

    answerable: int
    verified: Decimal | None
    reported: Decimal | None
    raw: Decimal | None
    excluded: Decimal | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some standings with ``commitment.lead_unit`` and ``.leader_post`` at hand; ``after`` asks for the next page, if any."""

    rows: tuple[Standing, ...]
    after: str


def chosen(choice: Choice, day: dt.date) -> QuerySet[Standing]:
    """The standings of a choice; without a state, those of the five that are counted."""
    found = Standing.objects.all()
    if not choice.state:
        # put as “none of these”: “one of those” would lure SQLite, which knows no sizes, into sorting half the table
        found = found.exclude(board__in=(*EXCLUDED, "undone"))
    return _narrowed(found, choice, day)


def tally(choice: Choice, day: dt.date) -> Tally:
    """How many of the choice stand where. One query, a row for each combination of state and flags."""
    return _summed(_grouped(choice, day))


def tally_by(dimension: Dimension, choice: Choice, day: dt.date) -> list[tuple[Any, Tally]]:
    """The same by lead unit, place (ids), topic or year; most overdue first. One query."""
    column = {"lead_unit": "lead_unit_id", "place": "place_id"}.get(dimension, dimension)
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for group in _grouped(choice, day, column):
        groups[group[column]].append(group)
    rows = [(key, _summed(parts)) for key, parts in groups.items()]
    return sorted(rows, key=lambda row: (-row[1].overdue, -row[1].total, str(row[0])))


def rates(counts: Tally) -> Rates:
    """Raw and adjusted rates of a tally."""
    answerable = counts.kept + counts.claimed + counts.overdue
    everything = answerable + counts.dropped + counts.carried
    return Rates(
        answerable=answerable,
        verified=share_of(counts.kept, answerable),
        reported=share_of(counts.kept + counts.claimed, answerable),
        raw=share_of(counts.kept, everything),
        excluded=share_of(counts.excluded, counts.total + counts.excluded),
    )


def page(choice: Choice, day: dt.date, *, order: Order = "worst", after: str = "", limit: int = 20) -> Page:
    """A page of a list. ``after`` comes from the page before; one that fits no page begins anew. One query.

    Raises ``ValueError`` for an unknown order or more than 200 rows.
    """
    if order not in _ORDERS or not 1 <= limit <= LONGEST_PAGE:
        raise ValueError(f"order {order!r} or limit {limit} is not possible; orders: {', '.join(_ORDERS)}")
    keys = _ORDERS[order]
    found = chosen(choice, day).filter(_beyond(keys, after)) if after else chosen(choice, day)
    ordered = found.order_by(*(F(name).desc() if falling else F(name).asc() for name, falling in keys))
    related = ordered.select_related("commitment__lead_unit", "commitment__leader_post", "place")
    rows = list(related.defer("commitment__reason")[: limit + 1])
    more = rows[limit - 1] if len(rows) > limit else None
    return Page(tuple(rows[:limit]), _mark(more, keys) if more else "")


def merged_counts(tallies: Sequence[Tally]) -> Tally:
    """The sum of several tallies: a township with its villages."""
    newest = max((each.newest for each in tallies if each.newest), default=None)
    numbers = {
        f.name: sum(getattr(each, f.name) for each in tallies) for f in fields(Tally) if f.name != "newest"
    }
    return replace(Tally(**numbers), newest=newest)


def _narrowed(found: QuerySet[Standing], choice: Choice, day: dt.date) -> QuerySet[Standing]:
    """Everything of a choice but its state."""
    if choice.state:
        found = found.filter(board=choice.state)
    equal = {"lead_unit": choice.unit, "year": choice.year, "light": choice.light}
    found = found.filter(**{name: value for name, value in equal.items() if value})
    if choice.topic is not None:
        found = found.filter(topic=choice.topic)
    if choice.places:
        found = found.filter(place__in=choice.places)
    if choice.due_from is not None:
        found = found.filter(due_order__gte=choice.due_from.toordinal(), due_until__isnull=False)
    if choice.due_until is not None:
        found = found.filter(due_order__lte=choice.due_until.toordinal())
    if choice.ids is not None:
        found = found.filter(commitment__in=choice.ids)
    return _flagged(found, choice, day)


def _flagged(found: QuerySet[Standing], choice: Choice, day: dt.date) -> QuerySet[Standing]:
    if choice.changed:
        found = found.filter(changed=True)
    if choice.gone:
        found = found.filter(gone=True)
    return found.filter(_quiet(day)) if choice.quiet else found


def _quiet(day: dt.date) -> Q:
    """Not ended, and without news for longer than the rhythm."""
    return Q(board__in=OPEN_ON_BOARD, news_on__lt=day - dt.timedelta(NEWS_RHYTHM_DAYS))


def _grouped(choice: Choice, day: dt.date, *columns: str) -> Iterable[dict[str, Any]]:
    """Counts by state and flags, in the order of the indexes that hold exactly these columns."""
    found = _narrowed(Standing.objects.exclude(board="undone"), choice, day)
    by = found.values(*columns, "board", "changed", "gone", "late").order_by()
    old = Count("news_on", filter=Q(news_on__lt=day - dt.timedelta(NEWS_RHYTHM_DAYS)))
    counted: Iterable[dict[str, Any]] = by.annotate(number=Count("*"), old=old, newest=Max("news_on"))
    return counted


def _summed(groups: Iterable[dict[str, Any]]) -> Tally:
    counts: Counter[str] = Counter()
    newest: dt.date | None = None
    for group in groups:
        counts[group["board"]] += group["number"]
        if group["board"] in COUNTED:
            counts.update({flag: group["number"] for flag in ("changed", "gone", "late") if group[flag]})
            newest = max(newest or group["newest"], group["newest"])
        if group["board"] in OPEN_ON_BOARD:
            counts["quiet"] += group["old"]
    return Tally(**counts, newest=newest)


def _mark(row: Standing, keys: tuple[tuple[str, bool], ...]) -> str:
    """Where a page ended: 1~739850~c0000000000001."""
    return "~".join(str(getattr(row, name)) for name, _ in keys)


def _beyond(keys: tuple[tuple[str, bool], ...], mark: str) -> Q:
    """The rows after a mark, in the order of the keys."""
    values = mark.split("~")
    if len(values) != len(keys):
        return Q()
    try:
        read = [
            dt.date.fromisoformat(v) if name == "news_on" else v if name == "commitment_id" else int(v)
            for (name, _), v in zip(keys, values, strict=True)
        ]
    except ValueError:
        return Q()
    beyond, equal = Q(), Q()
    for (name, falling), value in zip(keys, read, strict=True):
        beyond |= equal & Q(**{f"{name}__{'lt' if falling else 'gt'}": value})
        equal &= Q(**{name: value})
    first, value = keys[0], read[0]
    # a plain bound on the first key lets both databases begin in the index where the page begins
    return Q(**{f"{first[0]}__{'lte' if first[1] else 'gte'}": value}) & beyond
