"""What is to be reached and by when, as people give it and as it is kept; and how one such goal differs from the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from luodi.kernel.figures.money import YUAN_IN, in_yuan
from luodi.kernel.figures.numbers import canonical, number_of
from luodi.kernel.figures.progress import APPROX_WORDS
from luodi.kernel.refusal import Refusal

PRECISIONS = ("day", "decade", "month", "quarter", "half", "year", "plan")
# a goal that became easier to meet: what the board flags
EASIER = frozenset({"lowered", "later", "requantified", "number_gone", "due_gone"})
CHANGE_WORDS: dict[str, str] = {
    "lowered": "目标降低",
    "raised": "目标提高",
    "requantified": "换了计量",
    "number_gone": "去掉了数量",
    "number_new": "补上了数量",
    "later": "期限推后",
    "sooner": "期限提前",
    "due_gone": "去掉了期限",
    "due_new": "补上了期限",
    "basis": "换了口径",
}
RATES = frozenset(("%", "％", "﹪", "‰", "百分点", "个百分点"))  # units that may fall below 0
_STRICTNESS = {"about": 0, "": 1, "at_least": 1, "more_than": 2}


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with its due days (both included). Without number it is a thing; without either it cannot be judged."""

    number: Decimal | int | str | None = None
    unit: str = ""
    approx: str = ""
    basis: str = ""
    due_since: dt.date | None = None
    due_until: dt.date | None = None
    due_precision: str = ""

    @property
    def value(self) -> Decimal | None:
        """The number, exactly; ``None`` for a thing."""
        return self.number if isinstance(self.number, Decimal) else number_of(str(self.number or ""))


def amount(number: Decimal | int | str | None, unit: str) -> tuple[str, str]:
    """A quantity as it is kept: canonical text and unit, money in 元; two empty texts for none. Raises ``Refusal``."""
    unit = unit.strip()
    if number is None or number == "":
        return "", ""
    try:
        text = canonical(number)
    except ValueError as wrong:
        raise Refusal(
            "bad-number", f"“{number}”不是数。请只写阿拉伯数字，可以有小数点，单位另填。"
        ) from wrong
    if not unit:
        raise Refusal("no-unit", f"数量{text}没有单位。请填写单位，如 公里、个、万元、%。")
    if len(unit) > 20:
        raise Refusal("bad-unit", f"单位“{unit}”太长，最多20个字。")
    if unit in YUAN_IN:
        yuan = in_yuan(Decimal(text), unit)
        return canonical(yuan if yuan is not None else text), "元"
    return text, unit


def possible(number: str, unit: str, has_number: bool) -> None:
    """Refuse a quantity reached that cannot be. ``has_number`` says whether the target has one.

    Raises ``Refusal``: ``negative``, ``not-a-share``.
    """
    if not number:
        return
    value = Decimal(number)
    if value < 0 and unit not in RATES:
        raise Refusal(
            "negative",
            f"“{number}{unit}”是负数。完成数是累计的，最小是0。上次报多了的，请写更正后的累计数，并写明原因。",
        )
    if unit == "%" and not has_number and not 0 <= value <= 100:
        raise Refusal(
            "not-a-share",
            f"“{number}%”不在0%到100%之间。这件承诺没有数量目标，百分数是办成了多少。请改正，或只写说明。",
        )


def settled(goal: Goal) -> Goal:
    """The goal as it is kept. Raises ``Refusal`` where it does not hold together."""
    number, unit = amount(goal.number, goal.unit)
    if goal.approx not in APPROX_WORDS or (goal.approx and not number):
        raise Refusal("bad-approx", f"限定“{goal.approx}”用不上。有数量时可用：约、不少于、不超过、超过。")
    since, until = goal.due_since, goal.due_until
    if since is not None and (until is None or since > until):
        raise Refusal("due-order", f"期限从{since}到{until or '（空）'}说不通：要有末日，且末日不早于首日。")
    if until is not None and goal.due_precision not in PRECISIONS:
        raise Refusal(
            "bad-precision", f"期限精度“{goal.due_precision}”不认识，可用 {'、'.join(PRECISIONS)}。"
        )
    return replace(
        goal,
        number=number,
        unit=unit,
        basis=goal.basis.strip()[:60] if number else "",
        due_precision=goal.due_precision if until is not None else "",
    )


def changes(old: Goal, new: Goal) -> tuple[str, ...]:
    """How ``new`` differs from ``old``, in the order of ``CHANGE_WORDS``; empty where it asks for the same."""
    found = {*_number_change(old, new), *_due_change(old.due_until, new.due_until)}
    if old.basis != new.basis and old.value is not None and new.value is not None:
        found.add("basis")
    return tuple(name for name in CHANGE_WORDS if name in found)


def is_easier(old: Goal, new: Goal) -> bool:
    """Whether ``new`` asks for less, later, or something that cannot be compared."""
    return not EASIER.isdisjoint(changes(old, new))


def _number_change(old: Goal, new: Goal) -> set[str]:
    before, now = old.value, new.value
    if before is None or now is None:
        return set() if before is now else {"number_new" if before is None else "number_gone"}
    if old.unit != new.unit or (old.approx == "at_most") != (new.approx == "at_most"):
        return {"requantified"}
    if before != now:
        # a limit is eased by raising it
        return {"lowered" if (now < before) != (new.approx == "at_most") else "raised"}
    if new.approx != "at_most" and _STRICTNESS[old.approx] != _STRICTNESS[new.approx]:
        return {"lowered" if _STRICTNESS[new.approx] < _STRICTNESS[old.approx] else "raised"}
    return set()


def _due_change(before: dt.date | None, now: dt.date | None) -> set[str]:
    if before == now:
        return set()
    if before is None:
        return {"due_new"}
    if now is None:
        return {"due_gone"}
    return {"later" if now > before else "sooner"}
