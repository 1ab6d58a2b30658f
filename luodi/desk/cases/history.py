"""What was done with a case as one line of time, newest first: each step with its post, its words, its files, its signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from luodi.desk.cases.details_shown import value_words
from luodi.desk.cases.one_case import OneCase
from luodi.desk.cases.parties import who
from luodi.desk.evidence.cards import Card, cards_of
from luodi.kernel.cases.models import Step
from luodi.kernel.cases.playbook import MERGED, Move
from luodi.kernel.cases.registry import kind_of, step_columns
from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.ledger.models import Event
from luodi.pages import days
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class Moment:
    """``moved``: from where to where; ``told``: name and value of what was answered; ``signed``: how the signature stands."""

    ident: str
    at: str
    iso: str
    mark: str
    label: str
    moved: str
    by: str
    told: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    signed: str
    is_waiting: bool


def moments(one: OneCase, steps: list[Step] | None = None) -> list[Moment]:
    """The whole line, or these steps of it; two queries."""
    shown = one.steps if steps is None else steps
    cards = cards_of(each.file for step in shown for each in step.files.all())
    return [_moment(one, step, cards) for step in shown]


def cards_given(one: OneCase) -> list[tuple[Card, Moment]]:
    """Every file that was given, with the moment at which it was, the newest first."""
    return [(card, moment) for moment in moments(one) for card in moment.cards]


def moment_words(instant: dt.datetime) -> str:
    """Day and time in Shanghai, the year only where it is not the present one: 9月22日8:05."""
    local = instant.astimezone(SHANGHAI)
    separator = " " if (get_language() or "").startswith("en") else ""
    return f"{days.words(local.date())}{separator}{local.hour}:{local.minute:02d}"


def steps_since(one: OneCase, version: str) -> list[Step]:
    """What was done or signed after the event ``version``, the newest first."""
    later = Event.objects.filter(subject=one.row.id, kind="case.signed", id__gt=version)
    signed = set(later.values_list("at", flat=True))
    # ids of steps and events count the same time, whatever the district's clock says
    return [step for step in one.steps if step.id[1:] > version[1:] or step.signed_at in signed]


def _moment(one: OneCase, step: Step, cards: dict[str, Card]) -> Moment:
    move = one.playbook.move_named.get(step.move)
    is_waiting = step.needs_signature and step.signed_at is None and not step.taken_back
    return Moment(
        ident=step.id,
        at=moment_words(step.at),
        iso=step.at.isoformat(),
        mark=_mark(one, step, move),
        label=move.label if move is not None else step.move,
        moved=_moved(one, step),
        by=post_name(step.post) if step.post is not None else gettext("系统"),
        told=_told(one, step, move) if move is not None else (),
        cards=tuple(cards[each.file_id] for each in step.files.all() if each.file_id in cards),
        signed=_signed(one, step, move),
        is_waiting=is_waiting,
    )


def _mark(one: OneCase, step: Step, move: Move | None) -> str:
    if step.taken_back:
        return "gone"
    if move is not None and move.effect == "suspend":
        return "off"
    ends = {**one.playbook.end_named, MERGED.name: MERGED}
    if step.to_state in ends:
        return "kept" if ends[step.to_state].counts_as == "done" else "gone"
    return "event"


def _moved(one: OneCase, step: Step) -> str:
    if step.from_state == step.to_state:
        return ""
    labels = {**one.playbook.state_named, **one.playbook.end_named, MERGED.name: MERGED}
    there = labels[step.to_state].label if step.to_state in labels else step.to_state
    if not step.from_state:
        return gettext("到“%(to)s”") % {"to": there}
    here = labels[step.from_state].label if step.from_state in labels else step.from_state
    return gettext("从“%(from)s”到“%(to)s”") % {"from": here, "to": there}


def _told(one: OneCase, step: Step, move: Move) -> tuple[tuple[str, str], ...]:
    details = kind_of(one.row.kind).details
    held = {field.name for field in details._meta.concrete_fields} if details is not None else set()
    asked = step_columns(move, held)
    return tuple(
        (ask.label, value_words(ask, getattr(step, column)))
        for column, ask in asked.items()
        if getattr(step, column) not in (None, "")
    )


def _signed(one: OneCase, step: Step, move: Move | None) -> str:
    if not step.needs_signature:
        return ""
    by = post_name(step.signed_by) if step.signed_by is not None else ""
    if step.taken_back:
        return gettext("%(who)s没有同意，不生效") % {"who": by}
    if step.signed_at is not None:
        return gettext("%(who)s%(at)s签字，生效") % {"who": by, "at": moment_words(step.signed_at)}
    party = move.signed_by if move is not None else None
    return gettext("等%(who)s签字，还没有生效") % {"who": who(one.row, party) if party else ""}
