"""A goal as a form holds it: number, unit, limit, basis, due day and how exactly that is meant."""

from __future__ import annotations

from django.utils.translation import gettext

from luodi.desk.promises.amounts import units_of, usual_unit
from luodi.desk.promises.typed import Typed
from luodi.kernel.commitments.actions import Goal
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import PRECISIONS
from luodi.kernel.commitments.models import Target
from luodi.kernel.figures.display import plain_number
from luodi.kernel.figures.money import YUAN_IN
from luodi.kernel.figures.progress import APPROX_WORDS
from luodi.pages import days

FIELDS = ("number", "unit", "approx", "basis", "due_until", "due_precision")


def goal_texts(goal: Goal) -> dict[str, str]:
    """The fields that hold a goal."""
    number, unit = str(goal.number or ""), goal.unit
    if number and unit in YUAN_IN and goal.value is not None:
        unit = usual_unit(unit, number)
        number = plain_number(goal.value / YUAN_IN[unit]).replace(",", "")
    return {
        "number": number,
        "unit": unit,
        "approx": goal.approx,
        "basis": goal.basis,
        "due_until": goal.due_until.isoformat() if goal.due_until else "",
        "due_precision": goal.due_precision,
    }


def goal_typed(typed: Typed, before: Target) -> Goal:
    """The goal that a form holds; its first day is that of ``before`` where the last one is the same. Raises ``Refusal``."""
    until = typed.day("due_until")
    old = goal_of(before)
    return Goal(
        number=typed["number"] or None,
        unit=typed["unit"],
        approx=typed["approx"] if typed["number"] else "",
        basis=typed["basis"],
        due_since=old.due_since if until is not None and until == old.due_until else None,
        due_until=until,
        due_precision=(typed["due_precision"] or "day") if until is not None else "",
    )


def goal_choices(unit: str) -> dict[str, list[tuple[str, str]]]:
    """What the fields offer."""
    return {
        "approx_choices": [
            (name, gettext(words) if words else gettext("正好")) for name, words in APPROX_WORDS.items()
        ],
        "precision_choices": [(name, days.precision_words(name)) for name in PRECISIONS],
        "unit_choices": [(name, name) for name in units_of(unit)],
    }
