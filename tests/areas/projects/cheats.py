"""Who cheats how among invented projects: a cheat changes what is told, never what was built (domain reference §1).

Written before anything that looks for cheats. What is known of the truth stays here.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.observed import Observed, Shot
from luodi.areas.projects.plan import Plan, Version
from luodi.kernel.files.likeness import Likeness
from tests.areas.projects.honest_sites import (
    MONTHS,
    WAN,
    Site,
    any_likeness,
    bits_near,
    made_site,
    month,
    next_phase,
    observed,
    plan_years,
    report,
)

KINDS = (
    "plan_lowered",
    "after_stop",
    "photo_reused",
    "packaged_twice",
    "registered_anew",
    "completed_early",
    "land_counted",
    "total_inflated",
)


def district(seed: int, size: int = 130) -> tuple[list[Observed], dict[str, str]]:
    """At least ``size`` projects, and for each that cheats how; nearly thirty of a hundred do."""
    rng = random.Random(f"projects {seed}")
    sites = [made_site(rng, number) for number in range(size)]
    sites += [next_phase(rng, site, size + count) for count, site in enumerate(rng.sample(sites, size // 12))]
    for site in sites:
        report(site)
    chosen = iter(rng.sample([site for site in sites if not site.kin], int(size * 0.3)))
    chosen = (site for site in chosen if site.last == MONTHS)
    made: list[Site] = []
    for count, site in enumerate(chosen):
        made += _cheat(site, KINDS[count % len(KINDS)], sites, rng, size * 2 + count)
    everything = [*sites, *made]
    return [observed(site) for site in everything], {s.key: s.cheat for s in everything if s.cheat}


def _cheat(site: Site, kind: str, sites: list[Site], rng: random.Random, number: int) -> list[Site]:
    """Change what is told of one site, unless it does not lend itself; gives the projects that exist only on paper."""
    made = {
        "plan_lowered": _lower_plan,
        "after_stop": _go_on_after_stop,
        "photo_reused": _reuse_photos,
        "completed_early": _complete_early,
        "land_counted": _count_land,
        "total_inflated": _inflate,
    }
    if kind == "packaged_twice":
        return _package(site, sites, rng, number)
    if kind == "registered_anew":
        return _register_anew(site, rng, number)
    if made[kind](site, rng, sites):
        site.cheat = kind
    return []


def _lower_plan(site: Site, rng: random.Random, _sites: list[Site]) -> bool:
    """Behind all year; in autumn the rest of the plan is cut to about what will be done."""
    for place, plan in enumerate(site.plans):
        first = Plan(plan.year, plan.versions[:1])
        told = [site.done[p] for p in range(MONTHS) if month(p).year == plan.year]
        if sum(told) < 500 * WAN:
            continue
        factor = rng.uniform(1.35, 2.2)
        months = tuple(int(amount * factor) // WAN * WAN for amount in told)
        version = Version(1, first.original.from_day, months)
        behind = Plan(plan.year, (version,))
        steps = rng.choice((1, 1, 2))
        for step in range(steps):
            autumn = dt.date(plan.year, 9 + step + rng.randint(0, 1), 20)
            wanted = sum(told) / rng.uniform(0.97, 1.12)
            if step + 1 < steps:
                wanted = (wanted + sum(months)) / 2
            behind = _cut_to(behind, autumn, wanted)
        if behind.is_lowered():
            site.plans[place] = behind
            return True
    return False


def _cut_to(plan: Plan, day: dt.date, wanted: float) -> Plan:
    """The present plan scaled so that the year comes to what is wanted."""
    old = plan.current.months
    factor = wanted / sum(old)
    months = [int(amount * factor) // WAN * WAN for amount in old]
    return plan.with_version(months, day, "根据实际情况调整") if tuple(months) != old else plan


def _go_on_after_stop(site: Site, rng: random.Random, _sites: list[Site]) -> bool:
    """Nobody works any more; the money goes on being reported."""
    middle = [p for p in range(max(site.start, 0) + 3, MONTHS - 8) if 0.15 < site.built[p] < 0.8]
    if not middle:
        return False
    stop = rng.choice(middle)
    usual = sum(site.done[max(site.start, 0) : stop]) / max(1, stop - max(site.start, 0))
    creeps = rng.random() < 0.4
    site.stages = [(day, stage) for day, stage in site.stages if day <= month(stop)]
    site.standstills = [day for day in site.standstills if day < month(stop)]
    lasts = rng.randint(5, 12)
    for place in range(stop, MONTHS):
        goes_on = place < stop + lasts
        site.built[place] = site.built[stop - 1]
        site.done[place] = int(usual * rng.uniform(0.4, 1.0)) // WAN * WAN if goes_on else 0
        if place > stop + 2:
            site.paid[place] = 0
        risen = 1 if creeps and goes_on and rng.random() < 0.5 else 0
        site.physical[place] = min(99, site.physical[place - 1] + risen)
        site.shots[place] = []
        if goes_on and rng.random() < 0.3:  # something is photographed all the same
            day = month(place) + dt.timedelta(days=15)
            site.shots[place] = [Shot(any_likeness(rng), day, rng.randint(0, 200))]
        if rng.random() < 0.2:
            site.standstills.append(month(place) + dt.timedelta(days=rng.randint(5, 20)))
    return True


def _reuse_photos(site: Site, rng: random.Random, sites: list[Site]) -> bool:
    """An older photo again, cut or brightened, or one of another site; a few are mirrored, which no likeness finds."""
    shown = [p for p in range(MONTHS) if site.shots[p] and p >= site.start]
    if len(shown) < 5:
        return False
    mirrored = rng.random() < 0.12
    for place in rng.sample(shown[2:], min(len(shown) - 2, rng.randint(1, 4))):
        if rng.random() < 0.75:
            source = site.shots[rng.choice([p for p in shown if p < place])]
        else:
            source = next(
                s.shots[p]
                for s in rng.sample(sites, len(sites))
                for p in range(place)
                if s is not site and s.shots[p]
            )
        old = rng.choice(source)
        changed = bits_near(rng, old.likeness.prints[0], rng.choice((0, 0, 2, 4, 7, 10, 14, 19)))
        likeness = any_likeness(rng) if mirrored else Likeness((changed,))
        taken = old.taken_on if rng.random() < 0.3 else None
        site.shots[place] = [Shot(likeness, taken, rng.randint(0, 200) if rng.random() < 0.4 else None)]
    return True


def _package(site: Site, sites: list[Site], rng: random.Random, number: int) -> list[Site]:
    """The same works once more under a broader name, alone or with a neighbour's."""
    beside = [s for s in sites if s is not site and s.owner == site.owner and not s.cheat and not s.kin]
    parts = [site, rng.choice(beside)] if beside and rng.random() < 0.4 else [site]
    if sum(site.done[max(site.start, 0) :]) < 500 * WAN:
        return []
    made = replace(
        site, key=f"p{number:013d}", name=f"{site.name[:2]}片区综合开发项目", rng=random.Random(rng.random()),
        kin=set(), stages=list(site.stages), standstills=[], left_out=set(), plans=[],
        place=(site.place[0] + rng.randint(-120, 120), site.place[1] + rng.randint(-120, 120)),
    )  # fmt: skip
    drift = rng.uniform(0.0, 0.12)
    made.start = min(part.start for part in parts)
    made.before = (sum(part.before[0] for part in parts), 0)
    made.done = [
        int(sum(part.done[p] for part in parts) * rng.uniform(1 - drift, 1 + drift)) // WAN * WAN
        for p in range(MONTHS)
    ]
    made.paid = [int(amount * rng.uniform(0, 0.4)) for amount in made.done]
    made.physical = list(site.physical)
    made.shots = [[Shot(any_likeness(rng))] if row and rng.random() < 0.7 else [] for row in site.shots]
    made.told_total = sum(part.told_total for part in parts)
    plan_years(made)
    made.cheat = "packaged_twice"
    return [made]


def _register_anew(site: Site, rng: random.Random, number: int) -> list[Site]:
    """An unfinished project falls silent in December; in spring the same works are a new project, newly started."""
    turns = [p for p in (12, 24) if site.start < p - 4 and 0.1 < site.built[p] < 0.75]
    if not turns:
        return []
    turn = rng.choice(turns)
    made = replace(
        site, key=f"p{number:013d}", rng=random.Random(rng.random()), kin=set(), standstills=[], left_out=set(), plans=[],
        name=rng.choice((site.name.replace("项目", "新建项目"), site.name.replace("项目", "建设工程"), f"新{site.name}")),
        place=(site.place[0] + rng.randint(-90, 90), site.place[1] + rng.randint(-90, 90)),
        built=list(site.built), done=list(site.done), paid=list(site.paid), physical=list(site.physical), shots=list(site.shots),
    )  # fmt: skip
    made.start, made.before = turn + rng.randint(0, 3), (0, 0)
    made.stages = [(month(made.start) + dt.timedelta(days=10), "newly_started")]
    made.told_total = (
        site.told_total if rng.random() < 0.5 else int(site.told_total * (1 - site.built[turn])) // WAN * WAN
    )
    if rng.random() < 0.3:
        base = site.built[made.start]
        made.physical = [
            max(0, round((share - base) / (1 - base) * 100)) if base < 1 else 100 for share in site.built
        ]
    plan_years(made)
    site.last = turn
    site.stages = [(day, stage) for day, stage in site.stages if day < month(turn)]
    site.plans = [plan for plan in site.plans if plan.year < month(turn).year]
    made.cheat = "registered_anew"
    return [made]


def _complete_early(site: Site, rng: random.Random, _sites: list[Site]) -> bool:
    """“Completed” on a quarter's last days to meet a date; the works go on for months."""
    ends = [
        p
        for p in range(max(site.start, 0), MONTHS - 3)
        if month(p).month % 3 == 0 and 0.55 < site.built[p] < 0.93
    ]
    if not ends:
        return False
    place = rng.choice(ends)
    day = last_day_of(month(place)) - dt.timedelta(days=rng.randint(0, 2))
    site.stages = [(each, stage) for each, stage in site.stages if stage != "completed_works"] + [
        (day, "completed_works")
    ]
    if rng.random() < 0.5:  # the percentage is told as whole from that day
        site.physical[place:] = [100] * (MONTHS - place)
    return True


def _count_land(site: Site, rng: random.Random, _sites: list[Site]) -> bool:
    """The price of the land is reported as construction in the first months."""
    if not 0 <= site.start < MONTHS - 6:
        return False
    price = site.told_total * rng.uniform(0.3, 0.6)
    months = rng.choice((1, 1, 2))
    for place in range(site.start, site.start + months):
        site.done[place] += int(price / months) // WAN * WAN
        site.paid[place] += int(price / months) // WAN * WAN
        site.physical[place] = min(site.physical[place], 4)
    return True


def _inflate(site: Site, rng: random.Random, _sites: list[Site]) -> bool:
    """The total is told far too high; half of them tell done money to match, which nobody ever pays."""
    if max(site.built) < 0.85:
        return False
    factor = rng.uniform(1.6, 3.0)
    site.told_total = int(site.told_total * factor) // WAN * WAN
    if rng.random() < 0.5:
        site.done = [int(amount * factor) // WAN * WAN for amount in site.done]
        site.before = (int(site.before[0] * factor), site.before[1])
    return True
