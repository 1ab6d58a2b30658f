"""What a period rule is, and the setting in which relative words are resolved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from luodi.reading.periods.calendar import Stretch


class Setting(NamedTuple):
    """The day spoken from and the years named so far.

    ``given`` is a year standing right before the words at hand (2022年 before 上半年); it is wrapped because its value may
    be unknown. ``named`` is the year the same sentence named last, ``as_theme`` whether it stood alone there (2022年,…)
    and did not merely date an event (2022年3月开工). ``topic`` is a year given from outside, by a heading.
    """

    on: dt.date | None
    topic: int | None = None
    named: int | None = None
    as_theme: bool = False
    given: NamedYear | None = None

    def beside(self, year: NamedYear) -> Setting:
        """The setting of words that a year stands right before."""
        return Setting(self.on, self.topic, self.named, self.as_theme, year)

    def year(self) -> int | None:
        """The year of words that name none: the one beside them, in their sentence, in the heading, of the day."""
        if self.given is not None:
            return self.given.year
        if self.named is not None:
            return self.named
        if self.topic is not None:
            return self.topic
        return None if self.on is None else self.on.year

    def spoken_year(self) -> int | None:
        """The year of words that point from the day of speaking: 年内, 年底.

        An event dated earlier in the sentence does not move them: 2022年3月开工,年底前完工 said in 2023 means the end of 2023.
        """
        is_past_event = self.named is not None and self.on is not None and self.named < self.on.year
        if self.given is None and is_past_event and not self.as_theme:
            return self._replace(named=None).year()
        return self.year()

    def elapsed_year(self, last_month: int) -> int | None:
        """The year of months counted up as done (前11个月): read in January or February, those of the year before.

        Wrong where a plan of January means the year that begins; a lone table cell is therefore not read so.
        """
        year = self.year()
        is_assumed = self.given is None and self.named is None and self.topic is None
        if (
            is_assumed
            and year is not None
            and self.on is not None
            and self.on.month <= 2
            and last_month >= 10
        ):
            return year - 1
        return year


class NamedYear(NamedTuple):
    """A year named by words; ``None`` where it follows from a day that is not known.

    ``needs_range`` marks digits that are a year only as the first half of a range (2016 in 2016—2018年度).
    """

    year: int | None
    needs_range: bool = False


ReadYear = Callable[[re.Match[str], Setting], NamedYear | None]
ReadStretch = Callable[[re.Match[str], Setting], Stretch | None]
Bind = Callable[[Stretch, Setting, bool], Stretch | None]
"""Takes the stretch, the setting and whether the words themselves named the year."""

Read = TypeVar("Read")


@dataclass(frozen=True)
class JoinRule:
    """Two times joined into one by a word between them; ``meaning`` and ``example`` are for the reference."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True)
class PeriodRule(Generic[Read]):
    """One way of naming a time.

    ``words`` is the pattern, ``guard`` what must hold to its left where nothing of the expression precedes it; ``read``
    gives the value or ``None`` to refuse, and the next rule is asked. ``meaning`` and ``example`` are for the reference.
    """

    name: str
    meaning: str
    example: str
    words: str
    read: Read
    guard: str = ""
    after_year: bool = True
    bare: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words alone; compiled on first use, for most pages need few of the rules."""
        return re.compile(self.words)

    @cached_property
    def guarded(self) -> re.Pattern[str]:
        """The words with what must hold to their left."""
        return re.compile(f"{self.guard}(?:{self.words})")

    @cached_property
    def locator(self) -> str:
        """The words without group names, so that many rules fit into one pattern."""
        nameless = re.sub(r"\(\?P<\w+>", "(?:", self.words)
        return re.sub(r"\(\?P=\w+\)", "[-./]", nameless)
