"""The list's questions to the database: which cases, in which order; a handful for any number of rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from luodi.desk.cases.inbox_counts import Bounds
from luodi.desk.cases.listing_asking import Asked
from luodi.desk.cases.listing_keyset import A_PAGE, NEVER, Mark, Stretch, beyond, marked
from luodi.kernel.cases import tallies
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.cases.titles import may_hold
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Actor

BY_DUE = "planned_due"
_NUMBER = re.compile(r"\d{6}-[-\d]*")  # as a case's number begins: area code, day, serial
_SORTED = 100_000  # so many rows are rather sorted than looked for along an index in the list's order


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases of a choice, in the two parts of which the list consists: those with a day that is due, in that order, then those
    without, by id; ``seen`` are all that the reader may see. ``is_few``: chosen by something else than their order, so that they
    are better sorted.
    """

    seen: QuerySet[Case]
    dated: QuerySet[Case]
    undated: QuerySet[Case]
    is_few: bool = False


def chosen(wanted: Asked, actor: Actor, bounds: Bounds) -> Chosen:
    """The cases of a choice that the actor may see. No query, but two where days or an amber light were chosen, and for words
    two a run of Chinese characters, which begins with the few cases whose titles hold the rarest.
    """
    seen = visible_to(actor)
    found = seen
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.unit:
        found = found.filter(unit=wanted.unit)
    if wanted.since:
        found = found.filter(opened_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(opened_on__lte=wanted.until)
    if wanted.light:
        found = lit(found, wanted.light, bounds.now)
    words = wanted.text.split()
    for word in words:
        found = found.filter(_said(word))
    held = may_hold(words) if words else None
    if held is not None:
        found = found.filter(pk__in=held)
    found = _ended(found, wanted.ended)
    # a case whose time runs has a day, one that is closed or paused has none
    dated, undated = found.filter(planned_due__isnull=False), found.filter(planned_due=None)
    if wanted.light == "paused" or wanted.ended not in ("", "all"):
        dated = dated.none()
    if held is not None or _is_few(wanted):
        return Chosen(seen, dated, undated, is_few=True)
    return Chosen(seen, _within(dated, wanted.light, bounds.now), undated)


def lit(found: QuerySet[Case], light: str, now: dt.datetime) -> QuerySet[Case]:
    """Those that show this light at an instant, by what is due first of each; ``paused``: those with a paused clock."""
    # few at any time, so they are begun with
    if light == "paused":
        return found.filter(pk__in=DueItem.objects.filter(light="paused").values("subject"))
    firsts = DueItem.objects.filter(is_first=True)
    if light == "amber":
        return found.filter(pk__in=firsts.filter(light="amber", due_at__gt=now).values("subject"))
    mine = firsts.filter(subject=OuterRef("pk"))
    if light == "red":
        return found.filter(Exists(mine.filter(due_at__lte=now)))
    return found.filter(Exists(mine.filter(due_at__gt=now).exclude(light="amber")))


def _within(dated: QuerySet[Case], light: str, now: dt.datetime) -> QuerySet[Case]:
    """The same ones, between the days on which such a light can be due: where the list's order begins and ends to be read."""
    if light == "red":
        return dated.filter(planned_due__lte=day_of(now))
    if light in ("amber", "green"):
        dated = dated.filter(planned_due__gte=day_of(now))
    if light == "amber":
        items = DueItem.objects.filter(light="amber", due_at__gt=now, is_first=True)
        last = items.order_by("-due_at").values_list("due_on", flat=True).first()
        return dated.filter(planned_due__lte=last) if last is not None else dated.none()
    return dated


def _is_few(wanted: Asked) -> bool:
    if wanted.ended or not (wanted.since or wanted.until):
        return False
    return tallies.opened_between(wanted.since, wanted.until, wanted.kind, wanted.unit) <= _SORTED


def _said(word: str) -> Q:
    """A case by its number's beginning, its id, or something in its title; what looks like a number is one."""
    begins = Q(number__startswith=word)
    if not _NUMBER.fullmatch(word):
        return begins | Q(pk=word) | Q(title__icontains=word)
    # said as a range, too: SQLite finds no beginning in an index
    return begins & Q(number__gte=word, number__lt=f"{word}~") if connection.vendor == "sqlite" else begins


def page_of(choice: Chosen, mark: Mark | None, size: int = A_PAGE) -> Stretch:
    """A page: by the day that is due, then those without one, by their ids; three queries at most."""
    is_back = mark is not None and mark.is_back
    keys = _keys(choice, mark, size + 1)
    is_more = len(keys) > size
    places = {key: place for place, key in enumerate(keys[:size])}
    # by their ids alone: a condition more might lead past the index of ids
    rows = sorted(choice.seen.filter(pk__in=places), key=lambda row: places[row.pk], reverse=is_back)
    has_before, has_after = (is_more, True) if is_back else (mark is not None, is_more)
    return Stretch(
        rows,
        before=marked(rows[0], BY_DUE, is_back=True) if rows and has_before else "",
        after=marked(rows[-1], BY_DUE) if rows and has_after else "",
    )


def first_of(choice: Chosen, most: int) -> list[Case]:
    """The first rows of the list, in its order; three queries at most."""
    return page_of(choice, None, most).rows


def keys_of(choice: Chosen) -> list[str]:
    """The ids of all, in the order of the list; two queries."""
    return _keys(choice, None, None)


def count_of(choice: Chosen, most: int) -> int:
    """How many there are, as far as ``most``; two queries at most."""
    number = 0
    for part in (choice.dated, choice.undated):
        if number < most:
            number += part.order_by().select_related(None).values("pk")[: most - number].count()
    return number


def states_in(choice: Chosen) -> Counter[str]:
    """How many of them stand in which state. Two queries."""
    found: Counter[str] = Counter()
    for part in (choice.dated, choice.undated):
        found.update(dict(part.order_by().select_related(None).values_list("state").annotate(Count("pk"))))
    return found


def _keys(choice: Chosen, mark: Mark | None, most: int | None) -> list[str]:
    """Ids from the mark on, each part by an index in its own order, so that nothing is sorted or skipped for a page."""
    is_back = mark is not None and mark.is_back
    by_due: Any = "planned_due"
    if (
        choice.is_few
    ):  # an expression is in no index: then the index of what was chosen is taken, and the rest sorted
        by_due = Coalesce("planned_due", Value(NEVER), output_field=DateField())
    orders = [_order(is_back, by_due, "id"), _order(is_back, "id")]
    parts = list(zip((choice.dated, choice.undated), orders, strict=True))
    if mark is not None:
        begun = 1 if mark.day == NEVER else 0
        bound = beyond(mark, "" if begun else BY_DUE)
        parts[begun] = (parts[begun][0].filter(bound), parts[begun][1])
        parts = parts[: begun + 1][::-1] if is_back else parts[begun:]
    keys: list[str] = []
    for rows, order in parts:
        if most is None or len(keys) < most:
            left = None if most is None else most - len(keys)
            keys += rows.order_by(*order).values_list("pk", flat=True)[:left]
    return keys


def _order(is_back: bool, *by: Any) -> list[Any]:
    fields = [F(each) if isinstance(each, str) else each for each in by]
    return [each.desc() if is_back else each.asc() for each in fields]


def next_dues(cases: Iterable[Case]) -> dict[str, DueItem]:
    """Of each case what is due first. One query."""
    items = DueItem.objects.filter(subject__in=[case.id for case in cases]).order_by("-due_at", "-id")
    return {item.subject: item for item in items}  # the earliest is written last


def _ended(found: QuerySet[Case], ended: str) -> QuerySet[Case]:
    if ended == "all":
        return found
    if ended == "closed":
        return found.filter(closed_at__isnull=False)
    # a closed one has an outcome; said of both columns, since an index holds the closed ones
    return found.filter(closed_at__isnull=False, outcome=ended) if ended else found.filter(closed_at=None)
