"""How far projects have come: against the first plan, against the present one, against time. Pure; unrounded fractions of one.

All on the dispatch basis. A percentage never stands without the plan it is of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.areas.projects.plan import Plan, Version
from luodi.areas.projects.stages import STARTED

# the highest first: a project of several levels counts once, at its highest
LEVELS: Mapping[str, str] = {
    "national": "国家重点",
    "provincial": "省重点",
    "city": "市重点",
    "district": "区重点",
}
STRANGE_SHARE = Fraction(120, 100)


@dataclass(frozen=True, slots=True)
class Against:
    """One year's work against one version of its plan, to the end of ``month``. ``None`` where the plan asks for nothing."""

    version: Version
    month: int
    done: int

    @property
    def completion(self) -> Fraction | None:
        """完成率: done this year over what the whole year is to bring."""
        return Fraction(self.done, self.version.annual) if self.version.annual else None

    @property
    def time_progress(self) -> Fraction | None:
        """时序进度: what was to be done by now over what the whole year is to bring."""
        return self.version.time_progress(self.month)

    @property
    def gap(self) -> Fraction | None:
        """Completion less time progress, in shares of one: negative is behind."""
        done, time = self.completion, self.time_progress
        return None if done is None or time is None else done - time

    @property
    def ratio(self) -> Fraction | None:
        """进度比: done over what was to be done by now; ``None`` before anything was."""
        planned = self.version.to_date(self.month)
        return Fraction(self.done, planned) if planned else None


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A project's year to the end of a month, against both ends of its plan's history."""

    original: Against
    current: Against
    versions: int

    @property
    def shows_both(self) -> bool:
        """Whether the plan was changed, so that one percentage alone would mislead."""
        return self.original.version.months != self.current.version.months


def standing(plan: Plan, done_by_month: Sequence[int], month: int) -> YearStanding:
    """Where a year stands at the end of ``month`` (1 to 12). Raises ``ValueError`` for another month."""
    if not 1 <= month <= 12:
        raise ValueError(f"{month} is no month")
    done = sum(done_by_month[:month])
    return YearStanding(
        Against(plan.original, month, done), Against(plan.current, month, done), len(plan.versions)
    )


def cumulative_completion(done_since_start: int, total_investment: int | None) -> Fraction | None:
    """Done since the start over total investment; ``None`` where that is not known."""
    return Fraction(done_since_start, total_investment) if total_investment else None


def needs_explanation(
    year: YearStanding | None, done_since_start: int, total_investment: int | None
) -> list[str]:
    """Why these figures must be explained before they are shown as success; empty where they need not be.

    More than 120 % of a plan, in either version, or more done than the whole is to cost.
    """
    found = []
    if year is not None:
        seen = []
        for name, against in (("现行计划", year.current), ("年初计划", year.original)):
            share = against.completion
            if share is not None and share > STRANGE_SHARE and against.version.months not in seen:
                seen.append(against.version.months)
                found.append(
                    f"完成数是{name if year.shows_both else '年度计划'}的{_percent(share)}，超过120%"
                )
    whole = cumulative_completion(done_since_start, total_investment)
    if whole is not None and whole > 1:
        found.append(f"累计完成是总投资的{_percent(whole)}")
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """A project as totals see it. ``months_due`` is the month it was to start in, ``captured`` whether it is in statistics."""

    id: str
    levels: frozenset[str]
    stage: str
    done: int
    planned: int
    start_due: dt.date | None = None
    is_eligible: bool = True
    is_captured: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """``by_level`` counts every project once, at its highest level; ``tagged`` as often as it has levels, for comparison."""

    projects: int
    done: int
    planned: int
    by_level: Mapping[str, int]
    tagged: Mapping[str, int]

    @property
    def completion(self) -> Fraction | None:
        """Done over planned of all of them; ``None`` without a plan."""
        return Fraction(self.done, self.planned) if self.planned else None


def highest(levels: Iterable[str]) -> str:
    """The highest of a project's levels; empty where it has none.

    >>> highest({"district", "provincial"})
    'provincial'
    """
    given = set(levels)
    return next((level for level in LEVELS if level in given), "")


def totals(projects: Iterable[Counted]) -> Totals:
    """Totals in which each project counts once, however many lists it stands on and how often it is given."""
    once = {project.id: project for project in projects}
    by_level = dict.fromkeys(LEVELS, 0)
    tagged = dict.fromkeys(LEVELS, 0)
    for project in once.values():
        if top := highest(project.levels):
            by_level[top] += 1
        for level in project.levels & set(LEVELS):
            tagged[level] += 1
    return Totals(
        len(once),
        sum(project.done for project in once.values()),
        sum(project.planned for project in once.values()),
        by_level,
        tagged,
    )


def start_rate(projects: Iterable[Counted], day: dt.date) -> tuple[int, int]:
    """开工率 as two counts: started, of those that were due to start by ``day``."""
    due = [each for each in projects if each.start_due is not None and each.start_due <= day]
    return sum(1 for each in due if each.stage in STARTED), len(due)


def capture_rate(projects: Iterable[Counted]) -> tuple[int, int]:
    """纳统率 as two counts: in statistics, of those that have started and are eligible."""
    started = [each for each in projects if each.is_eligible and each.stage in STARTED]
    return sum(1 for each in started if each.is_captured), len(started)


def _percent(share: Fraction) -> str:
    tenths = int(share * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"
