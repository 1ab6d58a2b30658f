"""Every rule by which a time is read, in the order they are asked; the reference is made from this list."""

from __future__ import annotations

from typing import Any

from luodi.reading.period_around import AROUND_RULES
from luodi.reading.period_bindings import BINDING_RULES, PREFIX_RULES
from luodi.reading.period_numerals import NUMERIC_RULES
from luodi.reading.period_parts import PART_RULES
from luodi.reading.period_plans import PLAN_RULES
from luodi.reading.period_shape import PeriodRule, ReadStretch
from luodi.reading.period_stops import STOP_RULES, StopRule
from luodi.reading.period_years import YEAR_RULES

PHRASE_RULES: tuple[PeriodRule[ReadStretch], ...] = (*PLAN_RULES, *NUMERIC_RULES, *AROUND_RULES)

RULES: tuple[PeriodRule[Any] | StopRule, ...] = (
    *PHRASE_RULES,
    *YEAR_RULES,
    *PART_RULES,
    *BINDING_RULES,
    *PREFIX_RULES,
    *STOP_RULES,
)
"""Each has ``name``, ``meaning`` (Chinese) and ``example``; what the example gives is ``periods.example_of(rule)``."""
