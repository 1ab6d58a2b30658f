"""The rates that a playbook names, over a period: what was reported beside what was confirmed, and what was left out of it.

A case that was merged is counted in the other one. One that was withdrawn or closed by force stays in what was reported and is
taken out of what is confirmed, above and below the line, and the share that was taken out stands beside it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as Where

from luodi.kernel.cases.models import Case, CaseClock, Duty, Step
from luodi.kernel.cases.playbook import MERGED, Measure, Playbook
from luodi.kernel.clocks.deadline import midnight

LEFT_OUT = ("withdrawn", "forced")


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Shanghai, both included."""

    since: dt.date
    until: dt.date

    @property
    def begins(self) -> dt.datetime:
        """The instant at which it begins."""
        return midnight(self.since)

    @property
    def ends(self) -> dt.datetime:
        """The instant at which it is over."""
        return midnight(self.until + dt.timedelta(days=1))


def year_until(day: dt.date) -> Period:
    """From the first of January on: what a rate is told of that says no other days."""
    return Period(day.replace(month=1, day=1), day)


@dataclass(frozen=True, slots=True)
class Number:
    """``reported`` of ``among`` is the raw rate; ``counted`` of ``among`` without ``excluded`` the adjusted one.

    ``forced``: how many of the excluded were closed by force. ``merged``: how many are counted elsewhere, in none of the others.
    """

    among: int
    reported: int
    counted: int
    excluded: int
    forced: int
    merged: int

    @property
    def raw(self) -> Fraction | None:
        """What was reported; ``None`` where there was nothing to count."""
        return Fraction(self.reported, self.among) if self.among else None

    @property
    def adjusted(self) -> Fraction | None:
        """What was confirmed, without what is excluded; ``None`` where nothing is left."""
        left = self.among - self.excluded
        return Fraction(self.counted, left) if left else None

    @property
    def excluded_share(self) -> Fraction | None:
        """How much was taken out; ``None`` where there was nothing to count."""
        return Fraction(self.excluded, self.among) if self.among else None


_HERE = {"is_merged": False}
# of which of the ``rows`` each figure of a ``Number`` is made
PARTS: dict[str, dict[str, bool]] = {
    "among": _HERE,
    "reported": _HERE | {"is_reported": True},
    "counted": _HERE | {"is_counted": True, "is_excluded": False},
    "excluded": _HERE | {"is_excluded": True},
    "forced": _HERE | {"is_forced": True},
    "merged": {"is_merged": True},
}
_MARKS = ("is_reported", "is_counted", "is_excluded", "is_forced", "is_merged")


def number(measure: Measure, playbook: Playbook, period: Period, within: QuerySet[Case]) -> Number:
    """The measure's figures over those of ``within`` (what the reader may see) that are of the playbook's kind. One query."""
    found = rows(measure, playbook, period, within)
    sums = dict.fromkeys(PARTS, 0)
    # by their marks, so that each row's are found once
    for *marks, count in found.order_by().values_list(*_MARKS).annotate(count=Count("pk")):
        marked = dict(zip(_MARKS, marks, strict=True))
        for name, wanted in PARTS.items():
            sums[name] += count if wanted.items() <= marked.items() else 0
    return Number(**sums)


def rows(
    measure: Measure, playbook: Playbook, period: Period, within: QuerySet[Case]
) -> QuerySet[Case] | QuerySet[Duty]:
    """What a measure's figures are made of: cases, or duties; each with ``is_reported``, ``is_counted``, ``is_excluded``,
    ``is_forced`` and ``is_merged``, so that every figure opens to its list.
    """
    cases = within.filter(kind=playbook.kind).select_related(None).order_by()
    if measure.of == "duties":
        agreed = Duty.objects.filter(case__in=cases.values("pk")).exclude(state="void")
        return agreed.filter(due_on__range=(period.since, period.until)).annotate(
            is_reported=_is(Q(state="kept")),
            is_counted=_is(Q(state="kept", found_on__lte=F("due_on"))),
            **_left_out("case__", period),
        )
    among, reported, confirmed = (
        _steps(names, playbook, period) for names in (measure.among, measure.counted, measure.confirmed)
    )
    is_confirmed = Q(Exists(confirmed)) if measure.confirmed else Q()
    if measure.in_time:
        mine = CaseClock.objects.filter(case=OuterRef("pk"), name=measure.in_time)
        its_end = CaseClock.objects.filter(case=OuterRef("case"), name=measure.in_time).values("due_at")
        in_period = Exists(mine.filter(due_on__range=(period.since, period.until)))
        found = cases.filter(Exists(among), in_period)
        # reported once in time, though it was sent back; counted only where the last word, too, came in time
        is_reported = Q(Exists(reported.filter(at__lte=Subquery(its_end[:1]))))
        is_confirmed &= Q(Exists(mine.filter(stopped_at__lte=F("due_at"))))
    else:
        found = cases.filter(Exists(among.filter(at__gte=period.begins)))
        # what was settled, went back and failed has failed: the last of them counts
        others = tuple(name for name in measure.among if name not in measure.counted)
        undone = _steps(others, playbook, period, of="case").filter(id__gt=OuterRef("id"))
        is_reported = Q(Exists(reported.filter(~Exists(undone))))
    return found.annotate(
        is_reported=_is(is_reported), is_counted=_is(is_reported & is_confirmed), **_left_out("", period)
    )


def _steps(names: tuple[str, ...], playbook: Playbook, period: Period, of: str = "pk") -> QuerySet[Step]:
    """The steps of a case (``of`` the row outside), until the period is over, that were these moves or led to these ends and
    were not taken back.
    """
    ends = [name for name in names if name in playbook.end_named]
    moves = [name for name in names if name not in ends]
    made = Step.objects.filter(case=OuterRef(of), taken_back=False, at__lt=period.ends)
    made = made.filter(Q(needs_signature=False) | Q(signed_at__isnull=False))
    if not ends:
        return made.filter(move__in=moves)
    gone_on = Step.objects.filter(
        case=OuterRef("case"), move__in=("reopen", "unmerge"), id__gt=OuterRef("id"), at__lt=period.ends
    )
    return made.filter(Q(move__in=moves) | Q(Q(to_state__in=ends), ~Exists(gone_on)))


def _left_out(path: str, period: Period) -> dict[str, Where]:
    """How a case ended that counts apart, where it had by the end of the period."""
    by_then = Q(**{f"{path}closed_at__lt": period.ends})
    named = {"is_excluded": LEFT_OUT, "is_forced": ("forced",), "is_merged": (MERGED.counts_as,)}
    return {name: _is(by_then & Q(**{f"{path}outcome__in": outcomes})) for name, outcomes in named.items()}


def _is(condition: Q) -> Where:
    """As yes or no, never unknown."""
    return Where(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
