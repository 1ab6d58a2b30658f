"""What a move was told, checked against what it asks: every fault at once, each at its field, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from luodi.kernel.cases.playbook import Ask, Move
from luodi.kernel.refusal import Refusal

LONGEST = {"line": 300, "text": 2_000}
LONGEST_WHO = 60
MOST_DUTIES = 50


@dataclass(frozen=True, slots=True)
class Bound:
    """What somebody is bound to do: ``amount`` in 分, ``None`` where it is not about money."""

    who: str
    does: str
    amount: int | None
    due_on: dt.date


class BadAnswers(Refusal):
    """Some fields were not filled in as asked; ``fields`` gives the words for each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("bad-answers", "；".join(fields.values()))
        self.fields = dict(fields)


def checked(move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by the asks' names: text, days, decimals, ids, uploads; what was left out where it may be is ``None``.

    Raises ``BadAnswers``, also for a name that the move does not ask.
    """
    faults: dict[str, str] = {}
    found: dict[str, Any] = {}
    asked = {ask.name: ask for ask in move.asks}
    for name in given:
        if name not in asked:
            faults[name] = f"“{move.label}”不问“{name}”"
    for ask in move.asks:
        try:
            found[ask.name] = _answer(ask, given.get(ask.name))
        except ValueError as fault:
            faults[ask.name] = str(fault)
    if faults:
        raise BadAnswers(faults)
    return found


def _answer(ask: Ask, given: Any) -> Any:
    value = given.strip() if isinstance(given, str) else given
    if value is None or value == "" or value == []:
        if ask.is_needed:
            raise ValueError(f"“{ask.label}”没有填")
        return None
    if ask.kind in LONGEST:
        if not isinstance(value, str) or len(value) > LONGEST[ask.kind]:
            raise ValueError(f"“{ask.label}”最多{LONGEST[ask.kind]:,}字，写了{len(str(value)):,}字")
        return value
    if ask.kind == "choice" and value not in dict(ask.choices):
        allowed = "、".join(label for _, label in ask.choices)
        raise ValueError(f"“{ask.label}”要从{allowed}里选")
    return _READERS.get(ask.kind, _as_given)(ask, value)


def _as_given(_ask: Ask, value: Any) -> Any:
    return value


def _day(ask: Ask, value: Any) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"“{ask.label}”写的是“{value}”，应是一天，如2026-09-30") from None


def _number(ask: Ask, value: Any) -> Decimal:
    try:
        number = Decimal(value)
    except (TypeError, InvalidOperation):
        raise ValueError(f"“{ask.label}”写的是“{value}”，应是数字") from None
    if not number.is_finite():
        raise ValueError(f"“{ask.label}”写的是“{value}”，应是有限的数字")
    return number


def _duties(ask: Ask, value: Any) -> list[Bound]:
    """Rows of ``who``, ``does``, ``due`` and, where it is about money, ``amount`` in 元."""
    if not isinstance(value, list) or len(value) > MOST_DUTIES:
        raise ValueError(f"“{ask.label}”应是一张表，最多{MOST_DUTIES}行")
    return [_bound(ask, place, row) for place, row in enumerate(value, 1)]


def _bound(ask: Ask, place: int, row: Mapping[str, Any]) -> Bound:
    who, does = (str(row.get(name) or "").strip() for name in ("who", "does"))
    if not who or not does:
        raise ValueError(f"“{ask.label}”第{place}行没有写明谁做什么")
    if len(who) > LONGEST_WHO or len(does) > LONGEST["line"]:
        raise ValueError(
            f"“{ask.label}”第{place}行太长：谁最多{LONGEST_WHO}字，做什么最多{LONGEST['line']}字"
        )
    fen = None
    if row.get("amount") not in (None, ""):
        yuan = _number(ask, row["amount"])
        if yuan < 0 or yuan * 100 != int(yuan * 100) or yuan >= 10**12:
            raise ValueError(f"“{ask.label}”第{place}行的金额写的是“{row['amount']}”，应是到分的金额，单位元")
        fen = int(yuan * 100)
    return Bound(who, does, fen, _day(ask, row.get("due")))


_READERS = {"day": _day, "number": _number, "duties": _duties}
