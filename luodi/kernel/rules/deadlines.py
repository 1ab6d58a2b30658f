"""From a rule and the day it starts to run to a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luodi.kernel.clocks.deadline import Deadline, Moment, Suspension
from luodi.kernel.clocks.office_hours import USUAL, OfficeHours
from luodi.kernel.clocks.reckoning import reckon
from luodi.kernel.rules.rule import Rule


def deadline_by(
    rule: Rule,
    start: Moment,
    *,
    suspensions: Sequence[Suspension] = (),
    hours: OfficeHours = USUAL,
    granted: int = 0,
) -> Deadline:
    """When the rule's limit ends, counted from ``start``. ``granted``: what of its extension has been approved already.

    ``due`` counts what was granted, ``latest`` the whole extension the rule allows. Raises ``ValueError`` for a rule without
    a limit or more granted than it allows, ``Refusal`` where the sum leaves the calendar.
    """
    if rule.limit is None:
        raise ValueError(f"rule {rule.name!r} sets no limit")
    if not 0 <= granted <= rule.extension:
        raise ValueError(f"rule {rule.name!r} allows an extension of {rule.extension}, not of {granted}")
    told = reckon(
        start,
        rule.limit + granted,
        rule.clock,
        suspensions=suspensions,
        extension=rule.extension - granted,
        extend_on_holiday=rule.extend_on_holiday,
        hours=hours,
    )
    return replace(told, rule=f"{rule.citation}：{rule.title}。{told.rule}")
