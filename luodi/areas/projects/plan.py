"""The year's plan in versions, month by month. The first version always stands beside the present one. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

MONTHS = 12


class FaultyPlan(ValueError):  # noqa: N818 (read by whoever gave the plan)
    """The plan cannot be kept; the words say what was given and what is allowed."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a year's plan: what is to be done in each month, in 分, and since which day that holds."""

    number: int
    from_day: dt.date
    months: tuple[int, ...]
    reason: str = ""

    @property
    def annual(self) -> int:
        """What the whole year is to bring, in 分."""
        return sum(self.months)

    def to_date(self, month: int) -> int:
        """What was to be done by the end of a month (0 for none gone by), in 分."""
        return sum(self.months[:month])

    def time_progress(self, month: int) -> Fraction | None:
        """时序进度: the share of the year's plan that was to be done by the end of ``month``; ``None`` without a plan.

        Not months/12: northern sites stand still in winter.
        """
        return Fraction(self.to_date(month), self.annual) if self.annual else None


@dataclass(frozen=True, slots=True)
class Lowering:
    """A version that asks for less than the one before it."""

    before: Version
    after: Version

    @property
    def share(self) -> Fraction:
        """By which share of the earlier plan."""
        return Fraction(self.before.annual - self.after.annual, self.before.annual)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every version of one project's plan for one year, the first first. There is always one."""

    year: int
    versions: tuple[Version, ...]

    def __post_init__(self) -> None:
        if not self.versions:
            raise FaultyPlan(f"{self.year}年还没有计划。")
        for number, version in enumerate(self.versions, 1):
            if version.number != number:
                raise FaultyPlan(f"计划的第{number}版编成了第{version.number}版，中间缺版。")
        for one, other in pairwise(self.versions):
            if other.from_day < one.from_day:
                raise FaultyPlan(f"第{other.number}版的起算日{other.from_day}早于上一版的{one.from_day}。")

    @property
    def original(self) -> Version:
        """What was planned first."""
        return self.versions[0]

    @property
    def current(self) -> Version:
        """What holds now."""
        return self.versions[-1]

    def on(self, day: dt.date) -> Version:
        """The version that held on a day; the first for days before it."""
        return max(
            (each for each in self.versions if each.from_day <= day),
            key=lambda v: v.number,
            default=self.original,
        )

    def lowerings(self) -> list[Lowering]:
        """Every version that asks for less than the one before."""
        return [Lowering(one, other) for one, other in pairwise(self.versions) if other.annual < one.annual]

    def is_lowered(self) -> bool:
        """Whether less is asked now than at first."""
        return self.current.annual < self.original.annual

    def with_version(self, months: Sequence[int], from_day: dt.date, reason: str) -> Plan:
        """The plan with one more version; none is lost. Raises ``FaultyPlan``, also where nothing changes."""
        kept = monthly(months)
        if kept == self.current.months:
            raise FaultyPlan("新的计划和现在的逐月一样，没有要改的。")
        if not reason.strip():
            raise FaultyPlan("调整计划要写明理由和依据的文件。")
        added = Version(len(self.versions) + 1, from_day, kept, reason.strip())
        return Plan(self.year, (*self.versions, added))


def monthly(months: Sequence[int]) -> tuple[int, ...]:
    """Twelve amounts in 分, none negative. Raises ``FaultyPlan``."""
    if len(months) != MONTHS:
        raise FaultyPlan(f"分月计划有{len(months)}个月，应为12个月。没有投资的月份写0。")
    if (low := next((place for place, fen in enumerate(months, 1) if fen < 0), None)) is not None:
        raise FaultyPlan(f"{low}月的计划是负数。累计计划不能比上个月少，请核对。")
    return tuple(months)


def from_cumulative(done_by: Iterable[int]) -> tuple[int, ...]:
    """Monthly amounts from a plan that gives, for each month, the sum since January. Raises ``FaultyPlan``."""
    given = list(done_by)
    return monthly([later - earlier for earlier, later in zip([0, *given], given, strict=False)])


def cumulative(months: Sequence[int]) -> tuple[int, ...]:
    """The sums since January, month by month.

    >>> cumulative((1, 0, 2) + (0,) * 9)[:4]
    (1, 1, 3, 3)
    """
    return tuple(accumulate(months))


def require_sum(annual: int, months: Sequence[int]) -> None:
    """Raises ``FaultyPlan`` where the months do not make up the year that was given beside them."""
    if sum(months) != annual:
        difference = abs(sum(months) - annual) / 1_000_000
        way = "多" if sum(months) > annual else "少"
        raise FaultyPlan(f"分月计划加起来比年度计划{way}{difference:,.2f}万元。请改到相等再存。")
