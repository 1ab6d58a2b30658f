"""Every rule by which a time is read, in the order they are asked; the reference is made from this list."""

from __future__ import annotations

from typing import Any

from luodi.reading.periods.around import AROUND_RULES
from luodi.reading.periods.bindings import BINDING_RULES, PREFIX_RULES
from luodi.reading.periods.days import DAY_RULES
from luodi.reading.periods.numerals import NUMERIC_RULES
from luodi.reading.periods.parts import PART_RULES
from luodi.reading.periods.plans import PLAN_RULES
from luodi.reading.periods.shape import JoinRule, PeriodRule, ReadStretch
from luodi.reading.periods.stops import STOP_RULES, StopRule
from luodi.reading.periods.years import YEAR_RULES

PHRASE_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    *PLAN_RULES,
    *NUMERIC_RULES,
    *AROUND_RULES,
    *DAY_RULES,
)

JOIN_RULES = (
    JoinRule("range", "两个时间以“至”“到”“—”相连：从前者之始到后者之终", "2021年3月至2022年6月建设"),
)

RULES: tuple[PeriodRule[Any] | StopRule | JoinRule, ...] = (
    *PHRASE_RULES,
    *YEAR_RULES,
    *PART_RULES,
    *BINDING_RULES,
    *PREFIX_RULES,
    *JOIN_RULES,
    *STOP_RULES,
)
"""Each has ``name``, ``meaning`` (Chinese) and ``example``; what the example gives is ``periods.example_of(rule)``."""
