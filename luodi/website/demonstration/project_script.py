"""What became of the key projects, told as data: who owns each, its stages, what it planned, how it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from luodi.website.demonstration.project_months import MonthDone, Pace, months_from, planned, went

_DAY = dt.timedelta(days=1)
_LINKED = dt.date(2026, 9, 14)  # the day on which the office laid its ledger beside promises and papers


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """A firm that owns projects: its unit and its two posts, who fills in and who signs."""

    key: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class ProjectTold:
    """A project; units are named by their keys, amounts are 万元.

    ``stages``: day and stage, the first as it was filed. ``plans``: amounts by year; ``lowered``: day, amount, paper, reason of
    a later version of the last year. ``pace``: percent of its plan that a month brings; ``odd``: months that went otherwise.
    ``leaders``: day and post. ``visits``: day and what was seen, a day ending in ``-`` where nobody was at work. ``promise`` and
    ``sentences``: page and words. ``unsigned``: the last months that nobody signed; ``corrected``: a month told again.
    ``explained``: day, matter, why, what is done about it and until when; ``unjudged`` of the last ones wait for the office.
    ``listed`` and ``left``: into which library it came and out of which it went, on which day, why and by which paper.
    """

    name: str
    code: str
    levels: str
    goal: str
    industry: str
    owner: str
    lead: str
    town: str
    place: str
    total: int
    mix: Mapping[str, int]
    site: str
    stages: tuple[tuple[dt.date, str, str], ...]
    plans: Mapping[int, int]
    start: dt.date | None = None
    end: dt.date | None = None
    begun: dt.date | None = None
    before: int = 0
    pace: int = 97
    paid: int = 74
    odd: Mapping[str, int] = field(default_factory=dict)
    lowered: tuple[str, ...] = ()
    captured: dt.date | None = None
    leaders: tuple[tuple[dt.date, str], ...] = ()
    visits: tuple[tuple[str, str], ...] = ()
    promise: tuple[str, str] | None = None
    sentences: tuple[tuple[str, str], ...] = ()
    quoted: tuple[str, ...] = ()
    unsigned: int = 0
    corrected: str = ""
    explained: tuple[tuple[str, ...], ...] = ()
    unjudged: int = 0
    listed: tuple[tuple[str, ...], ...] = ()
    left: tuple[tuple[str, ...], ...] = ()
    confidence: tuple[tuple[str, str, str], ...] = ()
    photos: int = 0

    @property
    def filed(self) -> dt.date:
        """The day on which the office took it into its ledger."""
        return self.stages[0][0]

    @property
    def works(self) -> tuple[dt.date, dt.date | None] | None:
        """When works began and, where they are over or stopped, when; ``None`` where they have not begun."""
        first = self.begun or next((day for day, stage, _ in self.stages if stage == "newly_started"), None)
        ends = ("completed_works", "suspended", "removed")
        last = next((day for day, stage, _ in self.stages if stage in ends), None)
        return None if first is None else (first, last)

    def monthly(self, year: int) -> tuple[int, ...]:
        """The first plan of a year by month."""
        first = self.begun or self.start or self.filed
        # what should have been over in an earlier year gets the year until it is
        over = self.works[1] if self.works is not None else None
        late = over if over is not None and over.year == year else dt.date(year, 12, 1)
        last = self.end if self.end is not None and self.end.year >= year else late
        return planned(self.plans[year], year, first.replace(day=1), last)

    def told(self, until: dt.date) -> list[MonthDone]:
        """What each month of works brought that was over by ``until``, from the first after it was filed."""
        if self.works is None:
            return []
        first, last = self.works
        over = until.replace(day=1) - _DAY
        months = months_from(max(first, self.filed), min(last or over, over))
        plans = {year: self.monthly(year) for year in self.plans}
        is_over = any(stage == "completed_works" for _, stage, _ in self.stages)
        pace = Pace(self.pace, self.odd, self.paid, self.total, self.before, is_over)
        return went(self.name, plans, months, pace)


@dataclass(frozen=True, slots=True)
class ProjectTurn:
    """Something done in a project on a day: ``act`` names it, ``given`` holds its particulars."""

    day: dt.date
    act: str
    told: ProjectTold
    given: Mapping[str, Any] = field(default_factory=dict)


def told_owners(parts: Iterable[Mapping[str, Any]]) -> dict[str, OwnerTold]:
    """The firms of all files by their keys."""
    return {
        each["key"]: OwnerTold(**each) for part in parts for each in part.get("owner", ()) if "key" in each
    }


def told_projects(parts: Iterable[Mapping[str, Any]]) -> tuple[ProjectTold, ...]:
    """The projects of all files."""
    return tuple(_told(each) for part in parts for each in part.get("project", ()))


def project_turns(told: ProjectTold, today: dt.date) -> Iterator[ProjectTurn]:
    """Everything that is done in a project, its months up to ``today``; not yet in the order of time."""
    yield ProjectTurn(told.filed, "file", told)
    for day, post in told.leaders:
        yield ProjectTurn(day, "lead", told, {"post": post})
    for day, stage, reason in told.stages[1:]:
        yield ProjectTurn(day, "stage", told, {"to": stage, "reason": reason})
    yield from _carried(told, today)
    for year in told.plans:
        yield ProjectTurn(max(dt.date(year, 1, 20), told.filed), "plan", told, {"year": year})
    if told.lowered:
        lowered, amount, paper, reason = told.lowered
        given = {"amount": int(amount), "paper": paper, "reason": reason}
        yield ProjectTurn(dt.date.fromisoformat(lowered), "lower", told, given)
    if told.captured is not None:
        given = {"meaning": "statistical", "paper": "统计联网直报平台回执"}
        yield ProjectTurn(told.captured, "enter", told, given)
    for on, meaning, paper in told.listed:
        yield ProjectTurn(dt.date.fromisoformat(on), "enter", told, {"meaning": meaning, "paper": paper})
    for on, meaning, reason, paper in told.left:
        given = {"meaning": meaning, "reason": reason, "paper": paper}
        yield ProjectTurn(dt.date.fromisoformat(on), "leave", told, given)
    yield from _reports(told, today)
    for words, seen in told.visits:
        given = {"found": seen, "is_working": not words.endswith("-")}
        yield ProjectTurn(dt.date.fromisoformat(words.rstrip("-")), "visit", told, given)
    yield from _judged(told)
    if told.promise is not None:
        yield ProjectTurn(_LINKED, "promise", told)
    for page, near in told.sentences:
        yield ProjectTurn(_LINKED, "named", told, {"page": page, "near": near})


def _reports(told: ProjectTold, today: dt.date) -> Iterator[ProjectTurn]:
    """A month is filled in within the first five days of the next and signed a day or two later."""
    months = told.told(today)
    random = Random(f"{told.name} days")  # noqa: S311
    for place, each in enumerate(months):
        last = _last_day(each.month)
        filled = last + _DAY * random.randint(1, 4)
        is_photo = place >= len(months) - told.photos
        yield ProjectTurn(filled, "fill", told, {"month": each, "photo": is_photo})
        signed = filled + _DAY * random.randint(0, 1)
        if place < len(months) - told.unsigned and signed <= today:
            yield ProjectTurn(signed, "sign", told, {"month": each.month})
        if f"{each.month:%Y-%m}" == told.corrected:
            yield ProjectTurn(filled + _DAY * 20, "again", told, {"month": each})
            yield ProjectTurn(filled + _DAY * 21, "sign", told, {"month": each.month})
        if f"{each.month:%Y-%m}" in told.quoted:
            yield ProjectTurn(last + _DAY * 18, "quote", told, {"month": each})


def _carried(told: ProjectTold, today: dt.date) -> Iterator[ProjectTurn]:
    """What was begun in one year and goes on in the next is carried over in January."""
    started = next((day for day, stage, _ in told.stages if stage == "newly_started"), None)
    if started is None:
        return
    day = dt.date(started.year + 1, 1, 8)
    following = next((on for on, stage, _ in told.stages if on > started), None)
    if day <= today and (following is None or following > day):
        yield ProjectTurn(day, "stage", told, {"to": "under_construction", "reason": ""})


def _judged(told: ProjectTold) -> Iterator[ProjectTurn]:
    for place, (day, matter, text, remedy, until) in enumerate(told.explained):
        on = dt.date.fromisoformat(day)
        given = {"matter": matter, "text": text, "remedy": remedy, "until": dt.date.fromisoformat(until)}
        yield ProjectTurn(on, "explain", told, given)
        if place < len(told.explained) - told.unjudged:
            yield ProjectTurn(on + _DAY, "accept", told)
    for day, rating, reason in told.confidence:
        yield ProjectTurn(
            dt.date.fromisoformat(day), "confidence", told, {"rating": rating, "reason": reason}
        )


def _last_day(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1) - _DAY


def _told(each: Mapping[str, Any]) -> ProjectTold:
    given = dict(each)
    for name in ("start", "end", "begun", "captured"):
        if name in given:
            given[name] = dt.date.fromisoformat(given[name])
    given["stages"] = tuple(_stage(line) for line in given["stages"])
    given["plans"] = {int(year): amount for year, amount in given.get("plans", {}).items()}
    given["leaders"] = tuple((dt.date.fromisoformat(day), post) for day, post in given.get("leaders", ()))
    for name in ("visits", "sentences", "confidence", "explained", "listed", "left"):
        given[name] = tuple(tuple(pair) for pair in given.get(name, ()))
    for name in ("lowered", "quoted"):
        given[name] = tuple(given.get(name, ()))
    if "promise" in given:
        given["promise"] = tuple(given["promise"])
    return ProjectTold(**given)


def _stage(line: str) -> tuple[dt.date, str, str]:
    """``day stage reason``; a reason only where one is asked for."""
    day, stage, *reason = line.split(" ", 2)
    return dt.date.fromisoformat(day), stage, reason[0] if reason else ""
