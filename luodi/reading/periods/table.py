"""Rules asked in order at one place, behind a single pattern that says at once whether any of them can apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Generic

from luodi.reading.periods.shape import PeriodRule, Read


class RuleTable(Generic[Read]):
    """An ordered list of rules with their common pattern; most places cost one failed match instead of one a rule."""

    def __init__(self, rules: tuple[PeriodRule[Read], ...]) -> None:
        self.rules = rules

    @cached_property
    def words(self) -> str:
        """The words of all rules, each in a group."""
        return "|".join(f"({rule.locator})" for rule in self.rules)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self.words)

    def matches(
        self, text: str, start: int, end: int, *, guarded: bool
    ) -> Iterator[tuple[PeriodRule[Read], re.Match[str]]]:
        """The rules whose words stand at ``start``, in order; ``guarded`` asks their left neighbour too."""
        hit = self._any.match(text, start, end)
        if hit is None or hit.lastindex is None:
            return
        for rule in self.rules[hit.lastindex - 1 :]:  # the common pattern takes the first that fits
            match = (rule.guarded if guarded else rule.pattern).match(text, start, end)
            if match is not None:
                yield rule, match
