"""Pages of a long list without counting past rows: a page begins behind the last row of the one before, by its sort key."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

A_PAGE = 50
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_MARK = re.compile(r"([ab])(-?\d{1,18})\.([0-9a-z]{1,20})")
Value = dt.datetime | dt.date
NEVER = dt.date(9999, 12, 31)  # where rows without a day stand


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page begins: behind (or, going back, before) the row with this sort value and this id."""

    value: int  # microseconds or days since 1970
    row: str
    is_back: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.is_back else 'a'}{self.value}.{self.row}"

    @property
    def day(self) -> dt.date | None:
        """Its sort value as a day; ``None`` where there is no such day."""
        try:
            return _day(self.value)
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of a page, in order, and the marks of its neighbours; empty where there is none."""

    rows: list[Any]
    before: str = ""
    after: str = ""


def mark_of(text: str) -> Mark | None:
    """What an address says of where its page begins; ``None`` for the beginning and for anything not understood.

    >>> mark_of("a20270.k0000000000001"), mark_of("x")
    (Mark(value=20270, row='k0000000000001', is_back=False), None)
    """
    found = _MARK.fullmatch(text)
    return Mark(int(found[2]), found[3], found[1] == "b") if found else None


def stretch(
    found: QuerySet[Any],
    field: str,
    mark: Mark | None,
    *,
    days: bool = False,
    size: int = A_PAGE,
    is_few: bool = False,
) -> Stretch:
    """A page of ``found`` by ``field`` and ``id``; two queries. ``days``: the field holds days, else instants. ``is_few``: chosen
    by something else than their order, so that they are better sorted than looked for along an index of it.
    """
    try:
        wanted = found if mark is None else found.filter(_beyond(field, mark, days=days))
    except (OverflowError, ValueError):
        mark, wanted = None, found
    is_back = mark is not None and mark.is_back
    by: Any = Coalesce(field, field) if is_few else F(field)  # an expression is in no index
    order = (by.desc(), "-id") if is_back else (by.asc(), "id")
    # only keys are sorted; whole rows, with all that belongs to them, are read for one page
    keys = list(wanted.order_by(*order).values_list("pk", flat=True)[: size + 1])
    is_more = len(keys) > size
    rows = list(found.filter(pk__in=keys[:size]).order_by(field, "id"))
    # whoever came forward can go back, whoever went back can come forward again
    has_before, has_after = (is_more, True) if is_back else (mark is not None, is_more)
    return Stretch(
        rows,
        before=marked(rows[0], field, is_back=True) if rows and has_before else "",
        after=marked(rows[-1], field) if rows and has_after else "",
    )


def beyond(mark: Mark, field: str = "") -> Q:
    """The rows on the other side of the mark, by a ``field`` of days and the id; by the id alone where there is no field.

    Everything is, where the mark names no day that there is.
    """
    if mark.day is None:
        return Q()
    return (
        _beyond(field, mark, days=True) if field else Q(**{f"id__{'lt' if mark.is_back else 'gt'}": mark.row})
    )


def marked(row: Any, field: str, *, is_back: bool = False) -> str:
    """What an address says of a page that begins behind this row, or goes back from it."""
    value = getattr(row, field)
    return str(Mark(_number(NEVER if value is None else value), str(row.id), is_back))


def _beyond(field: str, mark: Mark, *, days: bool) -> Q:
    value = _day(mark.value) if days else _EPOCH + mark.value * _MICROSECOND
    row: Any = int(mark.row) if mark.row.isdigit() else mark.row
    side = "lt" if mark.is_back else "gt"
    # the plain bound first: it is what an index can begin at
    bound = Q(**{f"{field}__{side}e": value})
    return bound & (Q(**{f"{field}__{side}": value}) | Q(**{field: value, f"id__{side}": row}))


def _number(value: Value) -> int:
    """Microseconds of an instant, days of a day, since 1970."""
    return (
        (value - _EPOCH) // _MICROSECOND if isinstance(value, dt.datetime) else (value - _EPOCH.date()).days
    )


def _day(number: int) -> dt.date:
    return _EPOCH.date() + dt.timedelta(days=number)
