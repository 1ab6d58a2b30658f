"""A playbook in words: each state with what may be done there, by whom, on what conditions, and which clock runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.cases.listing_words import RULES, anchor, limit_words
from luodi.kernel.cases.playbook import BACK, PARTIES, STAY, Clock, Move, Playbook
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class MoveTold:
    """One move from one place. ``more`` are its conditions, a line each."""

    label: str
    to: str
    by: str
    asks: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A state: who acts there and what they are told to do; the moves that lead on; the clocks that run."""

    label: str
    who: str
    says: str
    moves: tuple[MoveTold, ...]
    clocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A clock: by which rule, where it runs, how it starts. ``href`` leads to the rule."""

    label: str
    limit: str
    citation: str
    href: str
    runs_in: str
    more: str


def places_told(playbook: Playbook) -> list[PlaceTold]:
    """Every state in the playbook's order, the beginnings before them."""
    opening = PlaceTold(
        gettext("开头"), "", "", tuple(_move(playbook, move, "") for move in playbook.opens), ()
    )
    return [opening, *(_place(playbook, state.name) for state in playbook.states)]


def clocks_told(playbook: Playbook, rules: dict[str, Rule]) -> list[ClockTold]:
    """Every clock with the rule it runs by; ``rules`` by name."""
    return [_clock(playbook, clock, rules.get(clock.rule)) for clock in playbook.clocks]


def rules_of(playbook: Playbook, book: RuleBook, day: dt.date) -> dict[str, Rule]:
    """The rules that would hold for a new case of that day, by name; of several, the one for the most."""
    found: dict[str, Rule] = {}
    for clock in playbook.clocks:
        held = [
            rule
            for rule in book.rules
            if rule.name == clock.rule
            and rule.is_in_force(day)
            and ("kind" not in rule.applies_to or playbook.kind in rule.applies_to["kind"])
        ]
        if held:
            found[clock.rule] = max(
                held, key=lambda rule: (-len(rule.applies_to), rule.is_override, rule.effective_from)
            )
    return found


def _place(playbook: Playbook, name: str) -> PlaceTold:
    state = playbook.state_named[name]
    says = state.says
    if state.joins:
        says = gettext("%(says)s；下级都办结后自动接着走") % {"says": says}
    return PlaceTold(
        state.label,
        PARTIES[state.waits_for],
        says,
        tuple(_move(playbook, move, name) for move in playbook.moves_from(name)),
        tuple(clock.label for clock in playbook.clocks_in(name)),
    )


def _move(playbook: Playbook, move: Move, place: str) -> MoveTold:
    if move.target == STAY:
        to = gettext("留在“%(place)s”") % {"place": playbook.label_of(place)}
    elif move.target == BACK:
        to = gettext("回到停表前的状态")
    else:
        to = playbook.label_of(move.target)
    return MoveTold(
        label=move.label,
        to=to,
        by=gettext("或").join(PARTIES[party] for party in move.by),
        asks=gettext("、").join(
            ask.label if ask.is_needed else gettext("%(ask)s（可以不填）") % {"ask": ask.label}
            for ask in move.asks
        ),
        more=tuple(_conditions(playbook, move)),
    )


def _conditions(playbook: Playbook, move: Move) -> Iterable[str]:
    terms = {clock.name: clock.label for clock in playbook.clocks}
    if move.is_independent:
        yield gettext("只有和承办单位没有上下级关系的单位能做")
    if move.signed_by:
        yield gettext("要%(party)s签字才生效") % {"party": PARTIES[move.signed_by]}
    if move.times is not None:
        yield gettext("最多%(times)s次") % {"times": move.times}
    if move.within:
        yield gettext("过了“%(clock)s”就不能做") % {"clock": terms[move.within]}
    if move.after:
        yield gettext("要等“%(clock)s”过了，或没有人还能用它了才能做") % {"clock": terms[move.after]}
    effects = {
        "assign": gettext("换承办"),
        "suspend": gettext("各种期限停表"),
        "resume": gettext("接着走表"),
        "extend": gettext("期限延长"),
        "escalate": gettext("提高一级"),
        "bind": gettext("记下约定，逐项到日子核对"),
        "keep": gettext("记一项约定做到了"),
        "break": gettext("记一项约定没有做到"),
    }
    if move.effect:
        yield effects.get(move.effect, move.effect)
    if move.when_duties == "settled":
        yield gettext("约定的每一项都核对过、都做到了才能做")
    if move.when_duties == "broken":
        yield gettext("约定的有一项没有做到才能做")
    if move.article:
        yield gettext("依据%(article)s") % {"article": move.article}


def _clock(playbook: Playbook, clock: Clock, rule: Rule | None) -> ClockTold:
    if clock.written:
        limit, citation, href = gettext("写明的日子"), "", ""
    elif rule is None:
        limit, citation, href = gettext("今天没有适用的规则（%(name)s）") % {"name": clock.rule}, "", RULES
    else:
        limit, citation = limit_words(rule), f"{rule.citation}（{rule.evidence}）"
        href = f"{RULES}#{anchor(rule.name)}"
    more = []
    if clock.from_day:
        more.append(gettext("从填的那一天起算"))
    if clock.restarts:
        more.append(gettext("每次进来重新算"))
    return ClockTold(
        clock.label,
        limit,
        citation,
        href,
        gettext("、").join(playbook.label_of(name) for name in clock.runs_in),
        gettext("；").join(more),
    )
