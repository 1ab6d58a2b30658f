"""What stands where, counted: the district's six figures, every unit's load beside the others', why lights are lit."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext

from luodi.desk.leading.asking import Asked, within
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS, rules_on
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import COUNTED, OPEN_ON_BOARD
from luodi.kernel.register.lookups import names_of
from luodi.kernel.register.merged import stand_ins

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """Promises of some units on a day. ``going_on`` are those not ended; ``soon`` those due within 30 days and not overdue."""

    total: int = 0
    going_on: int = 0
    overdue: int = 0
    claimed: int = 0
    amber: int = 0
    soon: int = 0
    soon_amber: int = 0
    quiet: int = 0
    reworded: int = 0
    vanished: int = 0
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """The counts of all, with the oldest of what waits and the newest figure; ``None`` where there is none."""

    counts: Counts
    oldest_due: dt.date | None
    oldest_claim: dt.date | None
    newest: dt.date | None


@dataclass(frozen=True, slots=True)
class Load:
    """A unit's line: ``bars`` are css class, start and width in percent of the longest line."""

    unit: str
    name: str
    counts: Counts
    is_mine: bool
    bars: tuple[tuple[str, str, str], ...]
    hrefs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule that lit lights: how many, how long in the middle, and which unit most."""

    title: str
    href: str
    count: int
    width: str
    middle: str
    unit: str
    unit_count: int


def whole(units: frozenset[str] | None, day: dt.date) -> Whole:
    """Everything counted at once. One query."""
    found = within(_live(), units).aggregate(
        **_parts(day),
        oldest_due=Min("due_until", filter=Q(board="overdue")),
        oldest_claim=Min("state_since", filter=Q(board="claimed")),
        newest=Max("news_on"),
    )
    days = {name: found.pop(name) for name in ("oldest_due", "oldest_claim", "newest")}
    return Whole(Counts(**found), **days)


def loads(units: frozenset[str] | None, mine: str, day: dt.date) -> tuple[list[Load], float]:
    """Every unit with promises that are not ended, most overdue first; and the middle of how many such promises units have.

    Entries that are the same are one line. Three queries.
    """
    others = stand_ins("u")
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    rows = within(_live(), units).order_by().values("lead_unit_id").annotate(**_parts(day))
    for row in rows:
        unit = str(row["lead_unit_id"])
        sums[others.get(unit, unit)].update({name: n for name, n in row.items() if name != "lead_unit_id"})
    counted = {unit: Counts(**parts) for unit, parts in sums.items() if parts["going_on"]}
    names = names_of(counted)
    longest = max((counts.going_on for counts in counted.values()), default=1)
    lines = [
        Load(
            unit,
            names.get(unit, ""),
            counts,
            others.get(mine, mine) == unit,
            _bars(counts, longest),
            _hrefs(unit),
        )
        for unit, counts in counted.items()
    ]
    lines.sort(key=lambda line: (-line.counts.overdue, -line.counts.going_on, line.name))
    return lines, median(line.counts.going_on for line in lines) if lines else 0


def causes(units: frozenset[str] | None, day: dt.date) -> list[Cause]:
    """Red and amber lights by the rule that lit them, the commonest first; each promise under one rule. Three queries."""
    others = stand_ins("u")
    lit: dict[str, list[tuple[str, int]]] = defaultdict(list)
    found = within(_live(), units).filter(light__in=("red", "amber"), board__in=OPEN_ON_BOARD)
    rows = found.order_by().values_list("rule", "lead_unit_id", "due_until", "state_since", "news_on")
    tests = {rule.name: rule for rule in rules_on(day)}
    for rule, unit, due, since, news in rows:
        begun = (
            {"always": due, "since": since, "no_news": news}.get(tests[rule].test) if rule in tests else None
        )
        lit[rule].append((others.get(unit, unit), (day - begun).days if begun else -1))
    names = names_of({unit for each in lit.values() for unit, _ in each})
    most = max((len(each) for each in lit.values()), default=1)
    made = [_cause(rule, each, tests, names, most) for rule, each in lit.items()]
    return sorted(made, key=lambda cause: (-cause.count, cause.title))


def _cause(
    rule: str, lit: list[tuple[str, int]], tests: dict[str, Any], names: dict[str, str], most: int
) -> Cause:
    unit, count = min(Counter(unit for unit, _ in lit).items(), key=lambda pair: (-pair[1], pair[0]))
    lasting = [days for _, days in lit if days >= 0]
    return Cause(
        title=gettext(tests[rule].title) if rule in tests else rule,
        href=Asked(rule=rule, flag="open").href(),
        count=len(lit),
        width=f"{100 * len(lit) / most:.1f}",
        middle=gettext("%(days)s天") % {"days": f"{median(lasting):.0f}"} if lasting else "",
        unit=names.get(unit, ""),
        unit_count=count,
    )


def _live() -> Any:
    """The promises that are counted."""
    return Standing.objects.filter(board__in=COUNTED)


def _parts(day: dt.date) -> dict[str, Any]:
    soon = Q(board="going", due_until__gte=day, due_until__lte=day + dt.timedelta(days=SOON_DAYS))
    going_on = Q(board__in=OPEN_ON_BOARD)
    conditions = {
        "total": Q(),
        "going_on": going_on,
        "overdue": Q(board="overdue"),
        "claimed": Q(board="claimed"),
        "amber": going_on & Q(light="amber"),
        "soon": soon,
        "soon_amber": soon & Q(light="amber"),
        "quiet": going_on & Q(news_on__lt=day - dt.timedelta(days=NEWS_RHYTHM_DAYS)),
        "reworded": going_on & Q(changed=True),
        "vanished": going_on & Q(gone=True),
        "turned": going_on & (Q(changed=True) | Q(gone=True)),
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


def _bars(counts: Counts, longest: int) -> tuple[tuple[str, str, str], ...]:
    rest = counts.going_on - counts.overdue - counts.claimed
    bars, start = [], 0.0
    for css, number in (("ld-f-bad", counts.overdue), ("ld-f-hatch", counts.claimed), ("ld-f-going", rest)):
        width = 100 * number / longest
        if number:
            bars.append((css, f"{start:.1f}", f"{width:.1f}"))
        start += width
    return tuple(bars)


def _hrefs(unit: str) -> dict[str, str]:
    wanted = Asked(unit=unit)
    return {
        "going_on": wanted.href(flag="open"),
        "overdue": wanted.href(state="overdue"),
        "claimed": wanted.href(state="claimed"),
        "quiet": wanted.href(flag="quiet"),
    }
