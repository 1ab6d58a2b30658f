"""What somebody is bound to do by a day, and whether it was done. Who and what stand open before those whose task it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from luodi.desk.cases.masking import MASKED, opened
from luodi.desk.cases.one_case import OneCase
from luodi.desk.promises.task_rows import left_words
from luodi.kernel.cases.models import Duty
from luodi.pages import days

_TONES = {"kept": "good", "broken": "bad", "void": "2nd"}
_MARKS = {"kept": "kept", "broken": "late", "void": "gone", "open": "next"}


@dataclass(frozen=True, slots=True)
class DutyShown:
    """``amount`` is empty where it is not about money; ``when`` is what is left, or the day on which it was found.

    ``ask`` is where to ask for ``who`` and ``does`` where they are masked.
    """

    who: str
    does: str
    amount: str
    due: str
    state: str
    when: str
    tone: str
    mark: str
    ask: str = ""


def duties_of(one: OneCase) -> list[DutyShown]:
    """Every duty by its day."""
    return [_shown(one, duty) for duty in one.duties]


def money(amount: int | None) -> str:
    """分 as people read them: 12,000.50元.

    >>> money(1_200_050), money(500_000), money(None)
    ('12,000.50元', '5,000元', '')
    """
    if amount is None:
        return ""
    yuan = Decimal(amount) / 100
    return f"{yuan:,.0f}元" if yuan == int(yuan) else f"{yuan:,.2f}元"


def _shown(one: OneCase, duty: Duty) -> DutyShown:
    late = duty.state == "open" and duty.due_on < one.day
    found = days.words(duty.found_on) if duty.found_on else ""
    return DutyShown(
        who=(opened(duty, "who") or "") if one.reads_sensitive else gettext(MASKED),
        does=(opened(duty, "does") or "") if one.reads_sensitive else "",
        amount=money(duty.amount),
        due=days.words(duty.due_on),
        state=gettext(dict(Duty.STATES)[duty.state]),
        when=left_words(duty.due_on, one.day) if duty.state == "open" else found,
        tone="bad" if late else _TONES.get(duty.state, ""),
        mark=_MARKS[duty.state],
        ask="" if one.reads_sensitive else f"{one.href}/unmask/{duty.id}",
    )
