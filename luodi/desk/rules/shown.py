"""Every rule in force on a day, of whatever part of the program, as one line each: the weakest evidence first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from luodi.desk.cases.listing_words import anchor, limit_words
from luodi.desk.leading import waiting
from luodi.kernel.cases.due_items import NEAR
from luodi.kernel.cases.registry import kinds
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.commitments.light_rules import default_rules
from luodi.kernel.rules.rule import EVIDENCE, Rule

# what nobody has checked comes before what we set ourselves, which claims nothing about the world
WEAKEST_FIRST = ("○", "⚙", "◐", "✔")
_WAITS = (*waiting.OF_PROMISES, "wrong")


@dataclass(frozen=True, slots=True)
class Use:
    """Where a rule is used, and the page of that."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class RuleShown:
    """``sets`` is what it sets, ``clock`` how that is counted, ``values`` further numbers by name.

    ``of``: its place among those of its name, for rules that the district may set for itself, else empty. ``is_own``: the
    district's own. ``is_set_aside``: the district has one of its own for the same matters.
    """

    name: str
    title: str
    sets: str
    clock: str
    source_title: str
    article: str
    evidence: str
    since: dt.date
    until: dt.date | None
    only_for: str
    uses: tuple[Use, ...]
    of: str = ""
    is_own: bool = False
    is_set_aside: bool = False
    values: tuple[tuple[str, str], ...] = ()

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return anchor(self.name)

    @property
    def evidence_words(self) -> str:
        """How far to trust it."""
        return gettext(EVIDENCE[self.evidence])


def rules_on(rules: Iterable[Rule], day: dt.date) -> list[RuleShown]:
    """Every rule in force on ``day``: ``rules`` of clocks and thresholds, and those that light promises and call leaders."""
    counted: dict[str, int] = {}
    made = []
    held = list(rules)
    own = [rule for rule in held if rule.is_override and rule.is_in_force(day)]
    for rule in held:
        at = counted[rule.name] = counted.get(rule.name, -1) + 1
        if rule.is_in_force(day):
            is_aside = not rule.is_override and any(
                other.name == rule.name and other.applies_to == rule.applies_to for other in own
            )
            shown = _of_rule(rule, "" if rule.is_override else str(at))
            made.append(replace(shown, is_set_aside=is_aside))
    made += [*_of_lights(day), *_of_waits(day)]
    return sorted(made, key=lambda rule: (WEAKEST_FIRST.index(rule.evidence), rule.name, rule.since))


def sets_words(rule: Rule) -> str:
    """The limit, and those thresholds that are times; the others are told by ``values_of``."""
    times = {
        "workdays": gettext("%(number)s个工作日"),
        "days": gettext("%(number)s天"),
        "months": gettext("%(number)s个月"),
        "years": gettext("%(number)s年"),
    }
    parts = [limit_words(rule)]
    parts += [words % {"number": rule.values[name]} for name, words in times.items() if name in rule.values]
    return gettext("；").join(part for part in parts if part)


def values_of(rule: Rule) -> tuple[tuple[str, str], ...]:
    """Thresholds and weights that are no times, by name."""
    yes = {True: gettext("是"), False: gettext("否")}
    return tuple(
        (name, yes[value] if isinstance(value, bool) else str(value))
        for name, value in rule.values.items()
        if name not in ("workdays", "days", "months", "years")
    )


def only_for_words(rule: Rule) -> str:
    """For which matters it is; empty for all."""
    labels = {kind.name: kind.newest.label for kind in kinds()}
    parts = [
        f"{_fact_words(fact)}：{'、'.join(labels.get(value, value) for value in allowed)}"
        for fact, allowed in rule.applies_to.items()
    ]
    return gettext("；").join(parts)


def _fact_words(fact: str) -> str:
    known = {
        "kind": gettext("类别"),
        "level": gettext("级别"),
        "channel": gettext("渠道"),
        "place": gettext("地方"),
    }
    return known.get(fact, fact)


def _of_rule(rule: Rule, of: str) -> RuleShown:
    return RuleShown(
        name=rule.name,
        title=rule.title,
        sets=sets_words(rule),
        values=values_of(rule),
        clock=KINDS[rule.clock].rule if rule.clock else "",
        source_title=rule.source_title,
        article=rule.article,
        evidence=rule.evidence,
        since=rule.effective_from,
        until=rule.effective_to,
        only_for=only_for_words(rule),
        uses=tuple(_uses(rule)),
        of=of,
        is_own=rule.is_override,
    )


def _uses(rule: Rule) -> Iterable[Use]:
    """The clocks of playbooks that run by it."""
    for kind in kinds():
        wanted = rule.applies_to.get("kind")
        if wanted is not None and kind.name not in wanted:
            continue
        for clock in kind.newest.clocks:
            if clock.rule == rule.name:
                yield Use(f"{kind.newest.label}：{clock.label}", f"/desk/playbooks/{kind.name}")
    elsewhere = {
        NEAR: (gettext("各类事项亮黄灯"), "/desk/inbox"),
        "case.escalate_after": (gettext("超期的自动提级"), "/desk/cases?light=red"),
        "privacy.retention": (gettext("办结的事项到期删去个人信息"), "/desk/cases?ended=closed"),
    }
    if rule.name in elsewhere:
        yield Use(*elsewhere[rule.name])


def _of_lights(day: dt.date) -> Iterable[RuleShown]:
    for rule in default_rules():
        if rule.effective_from <= day and (rule.effective_to is None or day <= rule.effective_to):
            parts = (
                gettext("%(days)s天") % {"days": rule.days} if rule.days is not None else "",
                gettext("%(points)s个百分点") % {"points": rule.points} if rule.points is not None else "",
                gettext("%(days)s天以内") % {"days": rule.within_days}
                if rule.within_days is not None
                else "",
            )
            yield RuleShown(
                name=rule.name,
                title=gettext(rule.title),
                sets=gettext("，").join(part for part in parts if part),
                clock=KINDS["calendar_day"].rule if rule.days is not None else "",
                source_title=rule.source_title,
                article=rule.article,
                evidence=rule.evidence,
                since=rule.effective_from,
                until=rule.effective_to,
                only_for="",
                uses=(Use(gettext("承诺亮灯"), f"/about#{rule.name}"),),
            )


def _of_waits(day: dt.date) -> Iterable[RuleShown]:
    for name in _WAITS:
        try:
            rule = waiting.rule_on(name, day)
        except LookupError:
            continue
        yield RuleShown(
            name=f"leader.{rule.name}",
            title=gettext(rule.title),
            sets=_wait_words(rule),
            clock=KINDS["calendar_day"].rule,
            source_title=rule.source_title,
            article=rule.article,
            evidence=rule.evidence,
            since=rule.effective_from,
            until=rule.effective_to,
            only_for="",
            uses=(Use(gettext("领导一屏"), "/desk/leader/decisions"),),
        )


def _wait_words(rule: waiting.WaitRule) -> str:
    parts = (
        gettext("%(days)s天后等人定") % {"days": rule.waits_after}
        if rule.waits_after
        else gettext("当天起等人定"),
        gettext("再过%(days)s天亮红灯") % {"days": rule.days} if rule.days else gettext("当天亮红灯"),
    )
    return gettext("，").join(parts)
