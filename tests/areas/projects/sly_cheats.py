"""Cheats who have read the limits: the same abuses, told so that the figures go together. What no arithmetic on reports finds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.observed import Observed, Shot
from luodi.areas.projects.plan import Plan, Version
from tests.areas.projects.cheats import KINDS
from tests.areas.projects.honest_sites import (
    MONTHS,
    WAN,
    Site,
    any_likeness,
    made_site,
    month,
    observed,
    report,
)


def sly_district(seed: int, size: int) -> tuple[list[Observed], dict[str, str]]:
    """Projects of which three in ten cheat slyly, and how each of those does."""
    rng = random.Random(f"sly {seed}")
    sites = [made_site(rng, number) for number in range(size)]
    for site in sites:
        report(site)
    for count, site in enumerate(rng.sample(sites, int(size * 0.3))):
        kind = KINDS[count % len(KINDS)]
        if kind in ("packaged_twice", "registered_anew"):
            sites.append(_twin(site, kind, rng, size * 2 + count))
        elif _WAYS[kind](site, rng):
            site.cheat = kind
    return [observed(site) for site in sites], {site.key: site.cheat for site in sites if site.cheat}


def _lower_in_june(site: Site, rng: random.Random) -> bool:
    for place, plan in enumerate(site.plans):
        told = [site.done[p] for p in range(MONTHS) if month(p).year == plan.year]
        if sum(told) > 500 * WAN:
            hoped = tuple(int(amount * rng.uniform(1.5, 2)) for amount in told)
            first = Plan(plan.year, (Version(1, dt.date(plan.year, 1, 20), hoped),))
            site.plans[place] = first.with_version(told, dt.date(plan.year, 6, 28), "根据实际情况调整")
            return True
    return False


def _creep(site: Site, rng: random.Random) -> bool:
    """The percentage rises with the money, and there is a new photo every month."""
    middle = [p for p in range(max(site.start, 0) + 3, MONTHS - 6) if 0.15 < site.built[p] < 0.6]
    if not middle:
        return False
    stop = rng.choice(middle)
    for place in range(stop, min(stop + 8, MONTHS)):
        site.done[place] = int(site.total * 0.04)
        site.paid[place] = 0
        site.physical[place] = min(95, site.physical[place - 1] + 4)
        site.shots[place] = [Shot(any_likeness(rng), month(place) + dt.timedelta(days=15), 50)]
    for place in range(stop + 8, MONTHS):
        site.done[place], site.shots[place], site.physical[place] = 0, [], site.physical[stop + 7]
    site.stages = [each for each in site.stages if each[1] != "completed_works"]
    site.standstills = []
    return True


def _mirror(site: Site, rng: random.Random) -> bool:
    shown = [place for place in range(MONTHS) if site.shots[place]]
    for place in shown[2::2]:
        site.shots[place] = [Shot(any_likeness(rng), None, None)]  # the old one, mirrored: another likeness
    return len(shown) > 4


def _complete(site: Site, rng: random.Random) -> bool:
    """What is still to be built is told as done before the date."""
    ends = [
        p
        for p in range(max(site.start, 0), MONTHS - 3)
        if month(p).month % 3 == 0 and 0.6 < site.built[p] < 0.93
    ]
    if not ends:
        return False
    place = rng.choice(ends)
    site.done[place] += sum(site.done[place + 1 :])
    site.done[place + 1 :] = [0] * (MONTHS - place - 1)
    site.physical[place:] = [100] * (MONTHS - place)
    site.shots[place + 1 :] = [[] for _ in range(MONTHS - place - 1)]
    site.stages = [each for each in site.stages if each[1] != "completed_works"]
    site.stages.append((last_day_of(month(place)), "completed_works"))
    return True


def _spread_land(site: Site, rng: random.Random) -> bool:
    if not 0 <= site.start < MONTHS - 12:
        return False
    for place in range(site.start, site.start + 10):
        site.done[place] += int(site.told_total * 0.03)
        site.paid[place] += int(site.told_total * 0.03)
    return True


def _inflate_a_little(site: Site, rng: random.Random) -> bool:
    if max(site.built) < 0.85:
        return False
    factor = rng.uniform(1.2, 1.4)
    site.told_total = int(site.told_total * factor)
    site.done = [int(amount * factor) for amount in site.done]
    return True


def _twin(site: Site, kind: str, rng: random.Random, number: int) -> Site:
    """The same works under a sister company's name, told a month later and in other amounts."""
    made = made_site(rng, number)
    made.name, made.place, made.built, made.start = (
        f"{site.name[:2]}综合项目",
        site.place,
        list(site.built),
        site.start,
    )
    made.owner = f"u9{number:012d}"
    report(made)
    if kind == "registered_anew":
        site.last = MONTHS // 2
    made.cheat = kind
    return made


_WAYS: dict[str, Callable[[Site, random.Random], bool]] = {
    "plan_lowered": _lower_in_june,
    "after_stop": _creep,
    "photo_reused": _mirror,
    "completed_early": _complete,
    "land_counted": _spread_land,
    "total_inflated": _inflate_a_little,
}
