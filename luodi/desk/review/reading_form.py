"""From the form as sent to what is adopted, or to faults that each name their field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from luodi.desk.review.filled import Filled, FilledPart
from luodi.kernel.commitments.goals import Goal, amount, settled
from luodi.kernel.figures.numbers import canonical, number_of
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Post, Unit
from luodi.kernel.review.actions import Part
from luodi.kernel.review.doubts import HOLE, Choice
from luodi.kernel.review.leads import Units, leaders
from luodi.kernel.review.proposing import Proposed
from luodi.kernel.review.same import NAMED, amount_words, due_words, wording_of

NOBODY_CAN_TELL = "none"
_FIELD_OF = {
    "bad-number": "number",
    "no-unit": "unit",
    "bad-unit": "unit",
    "bad-approx": "approx",
    "due-order": "due",
    "bad-precision": "precision",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and in which field: its name in the form."""

    field: str
    message: str


@dataclass(slots=True)
class Understood:
    """``parts`` to be adopted and what was ``corrected``, by field of ``Correction``; or ``faults``."""

    parts: list[Part] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def understood(filled: Filled, proposed: Proposed, units: Units, reach: Iterable[str] | None) -> Understood:
    """Read the form. ``reach`` are the ids of units that the reviewer may give promises to; ``None``: all. Few queries."""
    found = Understood()
    found.corrected["kind"] = filled.kind
    if filled.kind not in ("commitment", "result", "status"):
        found.faults.append(Fault("kind", "类型要从列出的三种里选一种。"))
    if filled.kind != "commitment" or found.faults:
        return found
    choices = _choices(filled, proposed, found)
    helpers, lost = units.all_named(filled.co)
    if lost:
        names = "、".join(lost)
        found.faults.append(Fault("co", f"单位表里没有“{names}”。请写全名，几个之间用顿号隔开，或先删去。"))
    place = Place.objects.filter(pk=filled.place).first() if filled.place else None
    whole = Part(
        "", Unit(), Goal(), co_units=helpers, topic=filled.topic[:20], place=place, number=filled.no[:30]
    )
    whole = replace(whole, year=_year(filled.year, found))
    leads = [_unit(f"lead-{at}", part, units, reach, found) for at, part in enumerate(filled.parts)]
    posts = leaders([unit.id for unit in leads if unit])
    for at, (part, lead) in enumerate(zip(filled.parts, leads, strict=True)):
        goal = _goal(at, part, proposed, choices, found)
        post = _post(at, part, lead, posts, proposed, found)
        title = _without_hole(part.title, choices)
        if not 1 <= len(title) <= 300:
            found.faults.append(Fault(f"title-{at}", f"名称有{len(title)}字，应为1至300字。"))
        if lead is not None and goal is not None:
            found.parts.append(replace(whole, title=title, lead_unit=lead, goal=goal, leader_post=post))
    if found.parts and not found.faults:
        _note_corrections(found, proposed, units)
    return found


def _choices(filled: Filled, proposed: Proposed, found: Understood) -> list[Choice]:
    """What was chosen for the damaged places in numbers. Each must be answered; a number typed in its stead is an answer."""
    chosen = filled.chosen or {}
    picked = []
    numbers = [(at, doubt) for at, doubt in enumerate(proposed.doubts) if doubt.is_number]
    for at, doubt in numbers:
        given = chosen.get(at, "")
        if given.isdecimal() and int(given) < len(doubt.choices):
            picked.append(doubt.choices[int(given)])
        elif given != NOBODY_CAN_TELL and not any(part.number for part in filled.parts):
            words = "先给缺字的数选一个读法。看不出的选“认不出”，这句话照样采纳，数字先空着。"
            found.faults.append(Fault(f"doubt-{at}", words))
    if any(chosen.get(at) == NOBODY_CAN_TELL for at, _ in numbers) and filled.parts[0].number and not picked:
        found.faults.append(Fault("number-0", "选了“认不出”，又写了数量。请只留一个。"))
    return picked


def _without_hole(title: str, choices: list[Choice]) -> str:
    """The title with what was chosen in the place of its box."""
    for choice in choices:
        title = title.replace(HOLE, choice.text, 1)
    return title


def _unit(
    name: str, part: FilledPart, units: Units, reach: Iterable[str] | None, found: Understood
) -> Unit | None:
    if not part.lead:
        found.faults.append(Fault(name, "没有写牵头单位。请写单位的全名或简称。"))
        return None
    match = units.match(part.lead)
    unit = units.by_id.get(match.unit.id) if match.unit else None
    if unit is None:
        near = "、".join(f"“{each.unit.name}”" for each in match.suggestions)
        more = f"像的有{near}。" if near else "请先在“单位和人”里登记。"
        found.faults.append(Fault(name, f"单位表里没有“{part.lead}”。{more}"))
    elif reach is not None and unit.id not in set(reach):
        found.faults.append(Fault(name, f"您的岗位不管{unit.name}的承诺。请由管它的复核员来采纳，或先放着。"))
        return None
    return unit


def _post(
    at: int,
    part: FilledPart,
    lead: Unit | None,
    leading: Mapping[str, Post],
    proposed: Proposed,
    found: Understood,
) -> Post | None:
    """The post answerable: as written, else the unit's leader. What was proposed for another unit does not stay."""
    if lead is None:
        return None
    usual = leading.get(lead.id)
    stale = (
        proposed.leader is not None
        and part.leader == proposed.leader.title
        and proposed.leader.unit_id != lead.id
    )
    if not part.leader or stale or (usual is not None and part.leader == usual.title):
        return usual
    rows = Post.objects.filter(title=part.leader, closed_on__isnull=True).select_related("unit")
    posts = sorted(rows, key=lambda post: (post.unit_id != lead.id, post.id))
    if not posts:
        found.faults.append(Fault(f"leader-{at}", f"没有叫“{part.leader}”的岗位。不填就是牵头单位的负责人。"))
    return posts[0] if posts else None


def _goal(
    at: int, part: FilledPart, proposed: Proposed, choices: list[Choice], found: Understood
) -> Goal | None:
    number, unit = part.number, part.unit
    if at == 0 and choices:
        first = choices[0]
        if not number:
            number, unit = first.number, first.unit
        elif _plain(number, unit) != _plain(first.number, first.unit):
            found.faults.append(
                Fault("number-0", f"选的是{first.reads}，写的是{number}{unit}。请改成一样，或不选。")
            )
            return None
    try:
        until = dt.date.fromisoformat(part.due) if part.due else None
    except ValueError:
        found.faults.append(
            Fault(f"due-{at}", f"期限“{part.due}”不是日期。请写成 2026-12-31 的样子，或空着。")
        )
        return None
    goal = Goal(
        number=number or None,
        unit=unit if number else "",
        approx=part.approx if number else "",
        due_since=_since(until, part.precision, proposed),
        due_until=until,
        due_precision=(part.precision or "day") if until else "",
    )
    try:
        return settled(goal)
    except Refusal as refusal:
        found.faults.append(Fault(f"{_FIELD_OF.get(refusal.code, 'number')}-{at}", refusal.message))
        return None


def _since(until: dt.date | None, precision: str, proposed: Proposed) -> dt.date | None:
    """The first day that goes with a last day and its precision, where these are what was proposed or read."""
    due, reading = proposed.due, proposed.reading
    for since, last, exactness in (
        (due.since, due.until, due.precision),
        (reading.due_since, reading.due_until, reading.due_precision),
    ):
        if until is not None and (last, exactness) == (until, precision):
            return since
    return None


def _note_corrections(found: Understood, proposed: Proposed, units: Units) -> None:
    """What differs from the machine's reading. To choose another figure of the sentence is no correction, nor is a unit for a
    sentence that names none."""
    reading, part = proposed.reading, found.parts[0]
    machine = wording_of(reading)
    goal = part.goal
    read = {_plain(figure.number, figure.unit) for figure in proposed.figures}
    typed = _plain(str(goal.number or ""), goal.unit)
    is_read = typed in read and not proposed.number_withheld
    found.corrected["amount"] = machine.amount if is_read else amount_words(*typed)
    found.corrected["due"] = due_words(goal.due_since, goal.due_until, goal.due_precision)
    if reading.owner_rule in NAMED:
        named = units.named(reading.owner)
        is_meant = named is not None and named.id == part.lead_unit.id
        found.corrected["owner"] = machine.owner if is_meant else part.lead_unit.id


def _plain(number: str, unit: str) -> tuple[str, str]:
    """A quantity in one form, money in 元, places cut; for telling whether two are the same."""
    if not number:
        return "", ""
    try:
        text, base = amount(number, unit or "个")
    except Refusal:
        return number, unit
    value = number_of(text) or Decimal(0)
    return canonical(format(value.normalize(), "f")), base


def _year(text: str, found: Understood) -> int | None:
    if not text:
        return None
    if text.isdecimal() and len(text) == 4:
        return int(text)
    found.faults.append(Fault("year", f"计划年度“{text}”不是年份。请写四位数字，如 2026，或空着。"))
    return None
