"""The facts of a project file as they may stand there: levels, money, the place of the site. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from luodi.areas.projects.acts.ground import point
from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.money import wan
from luodi.kernel.refusal import Refusal

FUNDING = ("fiscal", "bond", "loan", "own", "foreign_money")
FACTS = (
    "goal", "industry_code", "total_investment", "land_cost", *FUNDING, "site", "start_planned", "start_actual",
    "completion_planned", "completion_actual", "is_eligible", "lead_unit", "responsible_unit", "done_before", "paid_before",
    "entered_as", "origin_file", "origin_cell",
)  # fmt: skip


def levels_text(levels: Iterable[str]) -> str:
    """Levels as they are kept, the highest first. Raises ``Refusal`` (``choice-unknown``)."""
    given = set(levels)
    if odd := given - set(LEVELS):
        raise Refusal(
            "choice-unknown", f"没有“{min(odd)}”这一级。可以是{'、'.join(LEVELS.values())}。请改后再存。"
        )
    return " ".join(level for level in LEVELS if level in given)


def take_facts(row: ProjectFile, facts: Mapping[str, Any]) -> None:
    """Put facts into a row that is not yet written. Raises ``Refusal`` (``money-wrong``, ``point-wrong``), ``TypeError``."""
    for name, value in facts.items():
        if name not in FACTS:
            raise TypeError(f"{name!r} is no fact of a project file")
        setattr(row, name, value)
    row.site = point(row.site)
    for name in ("total_investment", "land_cost", *FUNDING, "done_before", "paid_before"):
        if (fen := getattr(row, name)) is not None and fen < 0:
            raise Refusal("money-wrong", f"金额是{wan(fen)}万元，不能是负数。请核对。")
    mix = [getattr(row, name) for name in FUNDING if getattr(row, name) is not None]
    if mix and row.total_investment is not None and sum(mix) > row.total_investment:
        raise Refusal(
            "money-wrong",
            f"各项资金加起来{wan(sum(mix))}万元，超过总投资{wan(row.total_investment)}万元。请核对。",
        )
