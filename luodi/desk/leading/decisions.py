"""What is to be decided: each matter with its situation in one line, the exact question, and a light that names its rule."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext

from luodi.desk.leading import waiting
from luodi.desk.leading.asking import Asked, within
from luodi.desk.leading.briefs import PROMISE
from luodi.desk.leading.questions import (
    Words,
    bare,
    of_changed,
    of_group,
    of_one,
    of_vacant,
    of_wrong,
)
from luodi.desk.leading.waiting import WaitRule, rule_on
from luodi.kernel.clocks.now import day_of
from luodi.kernel.commitments.access import objections_for
from luodi.kernel.commitments.gather import material_of
from luodi.kernel.commitments.models import Standing
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import names_of
from luodi.kernel.register.merged import stand_ins
from luodi.kernel.register.models import Appointment
from luodi.pages.shapes import LightShown

# kinds whose promises are decided a unit at a time, however few
_BY_UNIT = ("silent", "unverified")
MOST_SINGLE = 60  # more than these of one kind are decided a unit at a time
_MOST_READ = 2_000  # of one kind: those that have waited longest
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """``since``: the first day on which it waited, ``None`` where nobody knows. ``count``: how many it is about."""

    kind: str
    title: str
    situation: str
    ask: str
    href: str
    since: dt.date | None
    count: int
    rule: WaitRule
    day: dt.date

    @property
    def over(self) -> int:
        """By how many days the time for deciding is over; negative while some are left, or where nobody knows since when."""
        if self.since is None:
            return -self.rule.days
        return (self.day - self.since).days - self.rule.days

    @property
    def light(self) -> LightShown:
        """Red once the time is over, amber while it runs."""
        if self.over > 0:
            return LightShown(
                "red", gettext("红灯，超%(days)s天") % {"days": f"{self.over:,}"}, self.rule.words
            )
        if self.since is None:
            words = gettext("黄灯")
        else:
            left = gettext("黄灯，还剩%(days)s天") % {"days": -self.over}
            words = left if self.over else gettext("黄灯，今天要定")
        return LightShown("amber", words, self.rule.words)

    @property
    def is_red(self) -> bool:
        """Whether its time is over."""
        return self.over > 0


def decisions(units: frozenset[str] | None, actor: Actor, day: dt.date) -> list[Decision]:
    """All that waits within ``units`` (``None``: the district), worst first. Queries do not grow with what there is."""
    found: list[Decision] = []
    others = stand_ins("u")
    for kind in ("silent", "changed", "unverified", "gone"):
        found += _of_promises(kind, units, others, day)
    found += _vacant(units, day)
    if units is None:
        found += _wrong(actor, day)
    order = {kind: place for place, kind in enumerate((*waiting.OF_PROMISES, "wrong"))}
    return sorted(found, key=lambda each: (not each.is_red, -each.over, order[each.kind], each.title))


def _of_promises(
    kind: str, units: frozenset[str] | None, others: dict[str, str], day: dt.date
) -> list[Decision]:
    rule = rule_on(kind, day)
    whole = waiting.narrowed(within(Standing.objects.all(), units), kind, day)
    related = whole.select_related("commitment__lead_unit", "commitment__leader_post__unit")
    rows = list(related.only(*_READ).order_by(*_ORDERS[kind])[:_MOST_READ])
    if not rows:
        return []
    if kind not in _BY_UNIT and len(rows) <= MOST_SINGLE:
        words = _changed_words(rows, day) if kind == "changed" else [of_one(kind, row, day) for row in rows]
        return [_single(kind, row, said, rule, day) for row, said in zip(rows, words, strict=True)]
    groups: dict[str, list[Standing]] = defaultdict(list)
    for row in rows:
        groups[others.get(str(row.lead_unit_id), str(row.lead_unit_id))].append(row)
    counts: dict[str, int] = defaultdict(int)
    for unit in whole.order_by().values_list("lead_unit_id", flat=True) if len(rows) == _MOST_READ else ():
        counts[others.get(unit, unit)] += 1
    names = {row.lead_unit_id: row.commitment.lead_unit.name for row in rows}
    names |= names_of(unit for unit in groups if unit not in names)
    return [
        _group(kind, unit, names.get(unit, ""), members, counts.get(unit) or len(members), rule, day)
        for unit, members in groups.items()
    ]


# what the words of a decision are made of
_READ = (
    "lead_unit", "due_until", "news_on", "state_since", "commitment__title", "commitment__lead_unit__name",
    "commitment__leader_post__title", "commitment__leader_post__unit__name", "commitment__leader_post__unit__short_name",
)  # fmt: skip
_ORDERS: dict[str, tuple[str, ...]] = {
    "silent": ("news_on", "pk"),
    "changed": ("since_on", "pk"),
    "unverified": ("state_since", "pk"),
    "gone": ("since_on", "pk"),
}


def _since(kind: str, row: Any, rule: WaitRule, day: dt.date) -> dt.date:
    """The first day on which a promise waited."""
    since: dt.date = row.since_on or day if kind in ("changed", "gone") else row.state_since
    if kind == "silent":
        since = max(row.due_until, row.news_on + dt.timedelta(rule.waits_after)) + _ONE
    elif kind == "unverified":
        since = row.state_since + dt.timedelta(rule.waits_after) + _ONE
    return since


def _changed_words(rows: Sequence[Any], day: dt.date) -> list[Words]:
    """The words of promises that a later sentence says otherwise, with that sentence. Six queries for any number."""
    told = material_of(row.commitment_id for row in rows)
    readings = Reading.objects.filter(statement__in=[row.statement for row in rows]).order_by("id")
    wording = dict(readings.values_list("statement_id", "text"))  # the latest reader's
    return [
        of_changed(row, told[row.commitment_id], bare(wording.get(row.statement, ""))[:60], day)
        for row in rows
    ]


def _single(kind: str, row: Standing, words: Words, rule: WaitRule, day: dt.date) -> Decision:
    return Decision(kind, *words, PROMISE + row.commitment_id, _since(kind, row, rule, day), 1, rule, day)


def _group(
    kind: str, unit: str, name: str, rows: Sequence[Standing], count: int, rule: WaitRule, day: dt.date
) -> Decision:
    since = min(_since(kind, row, rule, day) for row in rows)
    if count == 1 and kind != "changed":
        words, href = of_one(kind, rows[0], day), PROMISE + rows[0].commitment_id
    else:
        words, href = of_group(kind, name, count, rows[0], day), Asked(unit=unit, waits=kind).href()
    return Decision(kind, *words, href, since, count, rule, day)


def _vacant(units: frozenset[str] | None, day: dt.date) -> list[Decision]:
    """One decision for all posts that nobody holds: who takes over is decided at one table."""
    whole = waiting.narrowed(within(Standing.objects.all(), units), "vacant", day)
    found = list(whole.order_by().values_list("commitment__leader_post_id", flat=True))
    if not found:
        return []
    posts = set(found)
    left = Appointment.objects.filter(post__in=posts, until__lt=day).aggregate(day=Min("until"))["day"]
    since = left + _ONE if left else None
    words = of_vacant(len(posts), len(found))
    return [
        Decision(
            "vacant", *words, Asked(waits="vacant").href(), since, len(found), rule_on("vacant", day), day
        )
    ]


def _wrong(actor: Actor, day: dt.date) -> list[Decision]:
    """One decision for all objections that nobody answered in time."""
    rule = rule_on("wrong", day)
    waits = dt.timedelta(rule.waits_after)
    days = [day_of(at) for at in objections_for(actor).filter(state="open").values_list("at", flat=True)]
    old = [each for each in days if each + waits < day]
    if not old:
        return []
    words = of_wrong(len(old), min(old), day)
    return [Decision("wrong", *words, "/desk/leader/wrong", min(old) + waits + _ONE, len(old), rule, day)]
