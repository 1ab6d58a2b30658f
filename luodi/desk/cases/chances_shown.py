"""What may be done with a case now, by whom, until when and why; and of what may not be done, who may or why nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.cases.one_case import OneCase
from luodi.desk.cases.parties import any_of, who
from luodi.desk.promises.sent_once import new_key
from luodi.desk.promises.task_rows import day_with_weekday
from luodi.kernel.cases.models import CaseClock
from luodi.kernel.cases.playbook import BACK, STAY, Move
from luodi.kernel.cases.possible import Chance, chances
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class ChanceShown:
    """``key``: one press makes it, and this tells a second press from another act; empty where a form comes first.

    ``says`` is by whom, until when and with what; ``after`` what follows and by which article; ``why_not``: empty where open.
    """

    name: str
    label: str
    href: str
    says: str
    after: str
    why_not: str
    key: str = ""
    is_first: bool = False


def chances_of(one: OneCase) -> list[ChanceShown]:
    """Every move of the place where the case stands, possible ones first."""
    found = chances(one.playbook, one.standing)
    first = _first_of(one, found)
    return [_shown(one, chance, is_first=chance.move.name == first) for chance in found]


def is_at_once(move: Move) -> bool:
    """Whether one press makes it: it asks nothing, warns of nothing and needs nobody else."""
    return not (move.asks or move.warns or move.signed_by)


def says_of(one: OneCase, move: Move, *, is_open: bool = True) -> str:
    """By whom, until when, with what."""
    doer = gettext("您（%(post)s）") % {"post": post_name(one.post)} if is_open else any_of(one.row, move.by)
    until = until_of(one, move)
    told = (
        gettext("由%(who)s来做，最晚%(day)s。") % {"who": doer, "day": until}
        if until
        else gettext("由%(who)s来做。") % {"who": doer}
    )
    needed = [ask.label for ask in move.asks if ask.is_needed]
    free = [ask.label for ask in move.asks if not ask.is_needed]
    if needed:
        told += gettext("要填%(asks)s。") % {"asks": gettext("、").join(needed)}
    if free:
        told += gettext("可以附%(asks)s。") % {"asks": gettext("、").join(free)}
    return told


def after_of(one: OneCase, move: Move) -> str:
    """What follows, how often it may be made, who signs, by which article."""
    told = []
    if move.signed_by is not None:
        told.append(gettext("要%(who)s签字才生效。") % {"who": who(one.row, move.signed_by)})
    if move.times is not None:
        told.append(gettext("最多%(times)s次。") % {"times": move.times})
    if move.is_independent:
        told.append(gettext("由没有办这件事的单位来做。"))
    told.append(_target_words(one, move))
    if move.article:
        told.append(gettext("依据：%(law)s。") % {"law": f"{one.playbook.source_title}{move.article}"})
    return "".join(told)


def until_of(one: OneCase, move: Move) -> str:
    """The last day of the clocks that this move would stop: 9月30日（周三）.

    Empty where it stops none, and where it is not the move of whoever the case waits for: nobody has to end a case by a day.
    """
    waits_for = one.state.waits_for if one.state is not None else None
    if move.target in (STAY, BACK) or one.is_paused or waits_for not in move.by:
        return ""
    stopped = [clock for clock in one.clocks if clock.stopped_at is None and _stops(one, move, clock)]
    last = min(stopped, key=lambda clock: clock.due_at, default=None)
    if last is None:
        return ""
    late = gettext("，已经过了") if last.due_on < one.day else ""
    provisional = gettext("，暂算") if last.is_provisional else ""
    return f"{day_with_weekday(last.due_on)}{provisional}{late}"


def _stops(one: OneCase, move: Move, clock: CaseClock) -> bool:
    runs_in: dict[str, tuple[str, ...]] = {each.name: each.runs_in for each in one.playbook.clocks}
    places = runs_in.get(clock.name, ())
    return one.row.state in places and move.target not in places


def _shown(one: OneCase, chance: Chance, *, is_first: bool) -> ChanceShown:
    move = chance.move
    return ChanceShown(
        name=move.name,
        label=move.label,
        href=f"{one.href}/{move.name}",
        says=says_of(one, move) if chance.is_open else "",
        after=after_of(one, move) if chance.is_open else "",
        why_not=_why_not(one, chance),
        key=new_key() if chance.is_open and is_at_once(move) else "",
        is_first=is_first,
    )


def _why_not(one: OneCase, chance: Chance) -> str:
    if chance.refusal is None:
        return ""
    if chance.refusal.code != "other-party":
        return chance.refusal.message
    return says_of(one, chance.move, is_open=False) + gettext("您现在的岗位不是。")


def _target_words(one: OneCase, move: Move) -> str:
    if move.target == STAY:
        return gettext("做了以后还在“%(state)s”。") % {"state": one.place_words}
    if move.target == BACK:
        return gettext("做了以后回到停表前的那一步。")
    end = one.playbook.end_named.get(move.target)
    if end is not None:
        return gettext("做了以后就了结：%(end)s。") % {"end": end.label}
    state = one.playbook.state_named[move.target]
    return gettext("做了以后到“%(state)s”，由%(who)s%(says)s。") % {
        "state": state.label,
        "who": who(one.row, state.waits_for),
        "says": state.says or state.label,
    }


def _first_of(one: OneCase, found: list[Chance]) -> str:
    """The move whose button is the filled one: what the state waits for, where the reader may make it."""
    waits_for = one.state.waits_for if one.state is not None else None
    if waits_for not in one.standing.parties:
        return ""
    for chance in found:
        leads_on = chance.move.target not in (STAY, BACK) and not chance.move.effect.startswith("suspend")
        if chance.is_open and waits_for in chance.move.by and leads_on:
            return chance.move.name
    return ""
