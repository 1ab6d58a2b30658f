"""A district's honest projects over 36 months, invented: what was truly built and what was reported of it.

Works go forward first; reports, payments and photos follow from them with the disorder of honest offices: months left out,
winter stops, slips, plans changed for good reasons, phases of one site, fixed cameras, payment that lags, final accounts.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from luodi.areas.projects.months import last_day_of, plus_months
from luodi.areas.projects.observed import Month, Observed, Shot
from luodi.areas.projects.plan import Plan, Version
from luodi.kernel.files.likeness import Likeness

FIRST, MONTHS = dt.date(2023, 1, 1), 36
WAN = 1_000_000
_OWNERS = [f"u{number:013d}" for number in range(60)]
_BUILDERS = _OWNERS[:6]  # the district's own companies build much, side by side
_THINGS = (
    "产业园",
    "道路改造",
    "中学",
    "污水处理厂",
    "冷链物流",
    "标准厂房",
    "安置房",
    "水系治理",
    "医院",
    "新材料生产线",
)
_PLACES = ("城东", "城西", "北河", "南屏", "柳林", "石桥", "高台", "双泉", "青石", "梧桐", "白鹭", "金沙")


@dataclass
class Site:
    """What is truly there: built share by month end, and what was told of it."""

    key: str
    name: str
    owner: str
    place: tuple[int, int]
    total: int
    start: int
    built: list[float]
    cold: bool
    rng: random.Random
    cheat: str = ""
    told_total: int = 0
    done: list[int] = field(default_factory=list)
    paid: list[int] = field(default_factory=list)
    physical: list[int] = field(default_factory=list)
    shots: list[list[Shot]] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    stages: list[tuple[dt.date, str]] = field(default_factory=list)
    standstills: list[dt.date] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    kin: set[str] = field(default_factory=set)
    last: int = MONTHS
    before: tuple[int, int] = (0, 0)
    delivery: tuple[int, int, float] = (0, 0, 0.0)

    @property
    def finish(self) -> int | None:
        """The month in which it was truly finished."""
        return next((place for place, share in enumerate(self.built) if share >= 1), None)


def month(place: int) -> dt.date:
    """The month of a place."""
    return plus_months(FIRST, place)


def made_site(rng: random.Random, number: int) -> Site:
    total = int(10 ** rng.uniform(3.3, 5.3)) * WAN
    length = rng.randint(9, 15) if total < 20_000 * WAN else rng.randint(14, 30)
    start = rng.randint(-10, 20)
    own = rng.choice(_BUILDERS) if rng.random() < 0.3 else rng.choice(_OWNERS[6:])
    place = (rng.randint(0, 20_000), rng.randint(0, 20_000))
    if own in _BUILDERS and rng.random() < 0.5:
        place = (4_000 + rng.randint(0, 900), 4_000 + rng.randint(0, 900))  # the new quarter, all at once
    name = f"{rng.choice(_PLACES)}{rng.choice(_THINGS)}项目"
    made = Site(
        f"p{number:013d}", name, own, place, total, start, [], rng.random() < 0.7, random.Random(rng.random())
    )
    made.built = _works(made, length)
    return made


def _works(site: Site, length: int) -> list[float]:
    """The built share at each month's end: slow, fast, slow; frost stops it; some slip, some rest for want of money."""
    rng, share, built = site.rng, 0.0, []
    site.delivery = since, lasts, _ = _delivery(site.name, rng)
    slips = rng.randint(2, 8) if rng.random() < 0.25 else 0
    rest = rng.randint(4, 20) if rng.random() < 0.06 else None
    for place in range(site.start, MONTHS):
        pace = (0.5 + 1.2 * (1 - abs(2 * share - 1))) / length
        if site.cold and month(place).month in (12, 1, 2):
            pace *= rng.uniform(0, 0.15)
        if slips and rng.random() < 0.4:
            slips -= 1
            pace *= 0.1
        if rest is not None and rest <= place - site.start < rest + 5:
            pace = 0
        if lasts and since <= place - site.start < since + lasts:
            pace = 0.003
        share = min(1.0, share + pace * rng.uniform(0.7, 1.3))
        if share > 0.97:
            share = 1.0
        built.append(share)
    return [0.0] * max(0, site.start) + built[max(0, -site.start) :]


def next_phase(rng: random.Random, first: Site, number: int) -> Site:
    """An honest second phase beside the first, openly linked; some begin when the first is done."""
    made = made_site(rng, number)
    made.name, made.owner = first.name.replace("项目", "二期项目"), first.owner
    made.place = (first.place[0] + rng.randint(-250, 250), first.place[1] + rng.randint(-250, 250))
    made.kin.add(first.key)
    first.kin.add(made.key)
    return made


def report(site: Site) -> None:
    """What an honest office tells of it."""
    rng = site.rng
    site.told_total = int(site.total * rng.uniform(0.95, 1.15)) // WAN * WAN
    before = 0.0 if site.start >= 0 else max(0.0, site.built[0] - 0.05)
    lag, share_paid = rng.randint(1, 3), rng.uniform(0.72, 0.96)
    camera = rng.random() < 0.2
    view = rng.getrandbits(128)
    advance = rng.uniform(0.05, 0.2) if rng.random() < 0.15 else 0.0
    for place in range(MONTHS):
        works = site.built[place] - (site.built[place - 1] if place else before)
        told = works * site.total * rng.uniform(0.85, 1.15)
        if advance and place == max(site.start, 0):
            told += advance * site.total
        elif advance:
            told *= 1 - advance
        since, lasts, machines = site.delivery
        told *= 1 - machines
        if lasts and since <= place - site.start < since + lasts:
            told += machines * site.total / lasts
        site.done.append(int(told) // WAN * WAN)
        due = site.done[place - lag] if place >= lag else 0
        site.paid.append(int(due * share_paid * rng.uniform(0.8, 1.2)) // WAN * WAN)
        site.physical.append(min(100, max(0, round(site.built[place] * 100 + rng.uniform(-1.5, 1.5)))))
        if place:
            site.physical[place] = max(site.physical[place], site.physical[place - 1])
        if site.built[place] >= 1:
            site.physical[place] = max(site.physical[place], 99)
        site.shots.append(_shots(site, place, works, view if camera else None))
        if rng.random() < 0.03:
            site.left_out.add(place)
        if place >= site.start and works < 0.002 and site.built[place] < 1 and rng.random() < 0.3:
            site.standstills.append(month(place) + dt.timedelta(days=rng.randint(5, 20)))
    site.before = (int(before * site.total) // WAN * WAN, int(before * site.total * share_paid) // WAN * WAN)
    _settle(site, share_paid)
    _stages(site)
    _give_up(site)
    plan_years(site)


def _delivery(name: str, rng: random.Random) -> tuple[int, int, float]:
    """Some factories get their machines over months in which nothing is built: from when, how long, which share of the money."""
    if ("生产线" not in name and "物流" not in name) or rng.random() > 0.4:
        return 0, 0, 0.0
    return rng.randint(5, 11), rng.randint(3, 5), rng.uniform(0.1, 0.3)


def _settle(site: Site, share_paid: float) -> None:
    """Some final accounts are told in the months after the works were accepted."""
    end = site.finish
    if end is None or site.rng.random() > 0.4:
        return
    for place in range(end + 1, min(end + 4, MONTHS)):
        amount = site.total * site.rng.uniform(0.002, 0.018)
        site.done[place] += int(amount) // WAN * WAN
        site.paid[place] += int(amount * share_paid) // WAN * WAN


def _give_up(site: Site) -> None:
    """A few are honestly taken off the list by decision, unfinished."""
    if site.rng.random() < 0.05 and (site.finish is None or site.finish > 20):
        site.last = max(site.start + 2, site.rng.randint(8, 30))
        if site.last < MONTHS:
            site.stages = [each for each in site.stages if each[0] < month(site.last)]
            site.stages.append((month(site.last) + dt.timedelta(days=3), "removed"))


def _shots(site: Site, place: int, works: float, view: int | None) -> list[Shot]:
    rng = site.rng
    if place < site.start or site.built[place] >= 1 or (works < 0.002 and rng.random() < 0.6):
        return []
    made = []
    for _ in range(rng.randint(1, 3)):
        day = month(place) + dt.timedelta(days=rng.randint(12, 26))
        bits = rng.getrandbits(128)
        if view is not None:  # a fixed camera: what moves is the building, and in frost nothing does
            bits = bits_near(rng, view, rng.randint(12, 40) if works < 0.01 else rng.randint(28, 52))
        has_place = rng.random() < 0.85
        made.append(
            Shot(
                Likeness((bits,)),
                day if rng.random() < 0.9 else None,
                rng.randint(0, 260) if has_place else None,
            )
        )
    return made


def bits_near(rng: random.Random, bits: int, distance: int) -> int:
    for place in rng.sample(range(128), distance):
        bits ^= 1 << place
    return bits


def any_likeness(rng: random.Random) -> Likeness:
    return Likeness((rng.getrandbits(128),))


def _stages(site: Site) -> None:
    rng = site.rng
    if site.start >= 0:
        site.stages.append((month(site.start) + dt.timedelta(days=rng.randint(3, 25)), "newly_started"))
    else:
        site.stages.append((dt.date(2022, 6, 15), "newly_started"))
        site.stages.append((dt.date(2023, 1, 5), "under_construction"))
    if (end := site.finish) is not None:
        day = last_day_of(month(end)) - dt.timedelta(days=rng.choice((0, 0, 1, 3, 5, 8, 11, 15, 20)))
        if rng.random() < 0.3:  # many honest acceptances wait for the quarter's last week
            while day.month % 3:
                day = last_day_of(plus_months(day.replace(day=1), 1))
        site.stages.append((day, "completed_works"))


def plan_years(site: Site) -> None:
    """A plan a year, from what was hoped in January; some are changed in early summer, few in autumn, for reasons."""
    rng = site.rng
    for year in (2023, 2024, 2025):
        places = [place for place in range(MONTHS) if month(place).year == year]
        hoped = [max(0, site.done[place]) for place in places]
        if sum(hoped) <= 0:
            continue
        factor = rng.uniform(0.9, 1.15) if rng.random() < 0.75 else rng.uniform(1.15, 1.7)
        months = tuple(int(amount * factor * rng.uniform(0.9, 1.1)) // WAN * WAN for amount in hoped)
        plan = Plan(year, (Version(1, dt.date(year, 1, 20), months),))
        if rng.random() < 0.12:
            day = dt.date(year, rng.choice((5, 6, 7)), 15)
            plan = _changed(plan, day, rng.uniform(0.7, 1.3))
        if rng.random() < 0.04:
            plan = _changed(plan, dt.date(year, rng.choice((9, 10, 11)), 20), rng.uniform(0.75, 1.25))
        elif rng.random() < 0.015:  # part of the works is given up by decision, late in the year
            plan = _changed(plan, dt.date(year, rng.choice((9, 10)), 20), rng.uniform(0.1, 0.6))
        site.plans.append(plan)


def _changed(plan: Plan, day: dt.date, factor: float) -> Plan:
    """The months from the day's own on are made larger or smaller."""
    old = plan.current.months
    months = [old[p] if p + 1 < day.month else int(old[p] * factor) // WAN * WAN for p in range(12)]
    if tuple(months) == old or not any(months):
        return plan
    return plan.with_version(months, day, "批复变更")


def observed(site: Site) -> Observed:
    told = [
        Month(month(p), max(0, site.done[p]), max(0, site.paid[p]), site.physical[p], tuple(site.shots[p]))
        for p in range(MONTHS)
        if site.start <= p < site.last and p not in site.left_out
    ]
    return Observed(
        site.key, site.name, site.owner, site.place, site.told_total, tuple(told), tuple(site.plans),
        tuple(sorted(site.stages)), tuple(site.standstills), frozenset(site.kin),
        *site.before,
    )  # fmt: skip
