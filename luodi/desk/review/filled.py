"""What stands in the form of a statement: proposed at first, then as a person left it; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from luodi.kernel.figures.money import YUAN_IN
from luodi.kernel.figures.numbers import number_of
from luodi.kernel.review.proposing import Proposed

MOST_PARTS = 6
_PART = ("title", "number", "unit", "approx", "due", "precision", "lead", "leader")
_WHOLE = ("kind", "co", "topic", "place", "year", "no")


@dataclass(frozen=True, slots=True)
class FilledPart:
    """One promise of the sentence, as text of its fields."""

    title: str = ""
    number: str = ""
    unit: str = ""
    approx: str = ""
    due: str = ""
    precision: str = ""
    lead: str = ""
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The whole form as text. ``chosen`` are the choices for damaged places by their number: a choice's number or ``none``."""

    kind: str
    parts: tuple[FilledPart, ...]
    co: str = ""
    topic: str = ""
    place: str = ""
    year: str = ""
    no: str = ""
    chosen: Mapping[int, str] | None = None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values as the form sends them, for a form that sends them again."""
        found = [(name, getattr(self, name)) for name in _WHOLE]
        for at, part in enumerate(self.parts):
            found += [(f"{name}-{at}", getattr(part, name)) for name in _PART]
        return [*found, *((f"doubt-{at}", value) for at, value in (self.chosen or {}).items())]


def proposed_form(proposed: Proposed) -> Filled:
    """The form as proposed: one part."""
    number, unit = shown_amount(proposed.number, proposed.unit)
    due = proposed.due
    part = FilledPart(
        title=proposed.title,
        number=number,
        unit=unit,
        approx=proposed.approx,
        due=due.until.isoformat() if due.until else "",
        precision=due.precision,
        lead=proposed.lead.unit.name if proposed.lead else "",
        leader=proposed.leader.title if proposed.leader else "",
    )
    return Filled(
        kind=proposed.kind,
        parts=(part,),
        topic=proposed.topic,
        place=proposed.place.id if proposed.place else "",
        year=str(proposed.year or ""),
    )


def sent_form(sent: Mapping[str, str]) -> Filled:
    """The form as sent. Never raises; text is cut to what a field can hold."""
    parts = []
    for at in range(MOST_PARTS):
        if f"title-{at}" not in sent:
            break
        parts.append(FilledPart(**{name: sent.get(f"{name}-{at}", "").strip()[:400] for name in _PART}))
    chosen = {at: sent[f"doubt-{at}"] for at in range(9) if sent.get(f"doubt-{at}")}
    whole = {name: sent.get(name, "").strip()[:400] for name in _WHOLE}
    return Filled(parts=tuple(parts) or (FilledPart(),), chosen=chosen, **whole)


def with_another_part(filled: Filled, proposed: Proposed) -> Filled:
    """One part more: the next figure of the sentence that no part has yet, all else as in the last part."""
    if len(filled.parts) >= MOST_PARTS:
        return filled
    taken = {(part.number, part.unit) for part in filled.parts}
    amounts = [shown_amount(figure.number, figure.unit) for figure in proposed.figures]
    number, unit = next((amount for amount in amounts if amount not in taken), ("", ""))
    return replace(
        filled, parts=(*filled.parts, replace(filled.parts[-1], number=number, unit=unit, approx=""))
    )


def without_part(filled: Filled, at: int) -> Filled:
    """One part less; the last one stays."""
    kept = tuple(part for index, part in enumerate(filled.parts) if index != at)
    return replace(filled, parts=kept) if kept else filled


def shown_amount(number: str, unit: str) -> tuple[str, str]:
    """A quantity as people write it: money of 10,000 元 or more in 万元 or 亿元, where that loses no digit.

    >>> shown_amount("580000", "元"), shown_amount("4500", "元"), shown_amount("18.60", "公里"), shown_amount("", "")
    (('58', '万元'), ('4500', '元'), ('18.60', '公里'), ('', ''))
    """
    value = number_of(number)
    if unit != "元" or value is None:
        return number, unit
    for larger in ("亿元", "万元"):
        if abs(value) >= YUAN_IN[larger]:
            scaled = (value / YUAN_IN[larger]).normalize()
            exponent = scaled.as_tuple().exponent
            if isinstance(exponent, int) and exponent >= -4:
                return format(scaled, "f"), larger
    return format(Decimal(number), "f"), unit
