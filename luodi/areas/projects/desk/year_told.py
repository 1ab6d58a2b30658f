"""What was told of many projects within a year, month by month, and what statistics gave: few queries, however many projects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from luodi.areas.projects.access import statistics_for
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.ledger.action import Actor


@dataclass(frozen=True, slots=True)
class YearTold:
    """By month (1 to 12) in 分; ``paid`` only where somebody knew. ``quoted`` is the newest month that statistics gave."""

    done: Mapping[int, int] = field(default_factory=dict)
    paid: Mapping[int, int] = field(default_factory=dict)
    quoted: tuple[dt.date, int] | None = None
    news: dt.date | None = None

    @property
    def done_sum(self) -> int | None:
        """All of the year on the dispatch basis; ``None`` where nobody reported."""
        return sum(self.done.values()) if self.done else None

    @property
    def paid_sum(self) -> int | None:
        """All of the year as paid; ``None`` where nobody told."""
        return sum(self.paid.values()) if self.paid else None


def year_told(files: Sequence[str], month: dt.date, reader: Actor | None) -> dict[str, YearTold]:
    """The year up to a month for each project; figures of statistics only for a reader whom the law allows. Three queries."""
    done: dict[str, dict[int, int]] = defaultdict(dict)
    paid: dict[str, dict[int, int]] = defaultdict(dict)
    signed = MonthlyReport.objects.filter(file__in=files, state="signed")
    rows = signed.filter(month__gte=month.replace(month=1), month__lte=month).order_by("version", "id")
    for key, of, amount, out in rows.values_list("file", "month", "done", "paid"):
        # a later version counts in the place of the one before
        done[key][of.month] = amount
        paid[key].pop(of.month, None)
        if out is not None:
            paid[key][of.month] = out
    news = dict(signed.order_by().values_list("file").annotate(newest=Max("as_of")))
    quoted = _quoted(files, month, reader) if reader is not None else {}
    return {
        key: YearTold(done.get(key, {}), paid.get(key, {}), quoted.get(key), news.get(key)) for key in files
    }


def _quoted(files: Sequence[str], month: dt.date, reader: Actor) -> dict[str, tuple[dt.date, int]]:
    """The newest month that statistics gave, as it was given: never summed."""
    rows = statistics_for(reader).filter(file__in=files, month__gte=month.replace(month=1), month__lte=month)
    return {key: (of, amount) for key, of, amount in rows.values_list("file", "month", "amount")}
