"""A due day in words, wherever cases are listed: how much time is left by its own clock, which rule set it, what to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.areas import address_of_row
from luodi.desk.promises.task_rows import day_with_weekday, left_words
from luodi.kernel.cases.due_items import NEAR
from luodi.kernel.cases.models import DueItem
from luodi.kernel.cases.registry import Kind, due_label, kinds
from luodi.kernel.clocks.calendar import announced
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.clocks.now import SHANGHAI, day_of
from luodi.kernel.commitments.light_rules import default_rules
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule
from luodi.pages import days
from luodi.pages.shapes import LightShown

LIGHTS = ("red", "amber", "green", "paused")
RULES = "/desk/rules"
_DAY = dt.timedelta(days=1)
_WRITTEN = ":written"


@dataclass(frozen=True, slots=True)
class DueShown:
    """One due day: its light with the rule behind it, the time left or past, the day, since when it is counted, whether it may
    still move."""

    light: LightShown
    time: str
    due: str
    since: str
    is_provisional: bool


class Wording:
    """Rules and kinds looked up once for all rows of a page."""

    def __init__(self, book: RuleBook, at: dt.datetime) -> None:
        self.at = at
        self._book = book
        self._rules: dict[str, list[Rule]] = {}
        for rule in book.rules:
            self._rules.setdefault(rule.reference, []).append(rule)
        self._kinds: dict[str, Kind] = {kind.name: kind for kind in kinds()}

    def kind(self, name: str) -> str:
        """The words of a kind of matter."""
        return due_label(name) or gettext("承诺")

    def near(self) -> str:
        """The rule that lights amber, with where it stands."""
        rule = self._book.choose(NEAR, on=day_of(self.at))
        return f"{rule.title}（{rule.citation}）"

    def due(self, item: DueItem) -> DueShown:
        """A due item in words."""
        rule = self._rule(item)
        colour = self.colour(item)
        return DueShown(
            light=LightShown(colour, light_words(colour), *self._said(item, rule)),
            time=gettext("停着表") if colour == "paused" else self._time(item, rule),
            due=self._day(item),
            since=gettext("%(day)s起算") % {"day": days.words(day_of(item.started_at))},
            is_provisional=item.is_provisional,
        )

    def colour(self, item: DueItem) -> str:
        """The light as it is at this instant; the row turns only with the next tick."""
        if item.light == "paused":
            return "paused"
        if item.due_at <= self.at:
            return "red"
        return "amber" if item.light == "amber" else "green"

    def _rule(self, item: DueItem) -> Rule | None:
        held = self._rules.get(item.rule, [])
        return next((rule for rule in held if rule.is_for({"kind": item.kind})), held[0] if held else None)

    def _said(self, item: DueItem, rule: Rule | None) -> tuple[str, str]:
        """The rule in words and its place on the page of rules."""
        if rule is not None:
            limit = limit_words(rule)
            named = f"{rule.title}，{limit}" if limit else rule.title
            return f"{named}（{rule.citation}）", f"{RULES}#{anchor(rule.name)}"
        if item.rule.endswith(_WRITTEN):
            label = self._clock_label(item)
            return gettext("%(clock)s，按写明的日子") % {"clock": label}, ""
        if (lit := next((light for light in default_rules() if light.name == item.rule), None)) is not None:
            return f"{lit.title}（{lit.source_title}{lit.article}）", f"{RULES}#{anchor(lit.name)}"
        return gettext("开始时的规则（%(rule)s），现在已经换了") % {"rule": item.rule}, RULES

    def _clock_label(self, item: DueItem) -> str:
        known = self._kinds.get(item.kind)
        books = known.playbooks.values() if known is not None else ()
        labels = (clock.label for book in books for clock in book.clocks if clock.name == item.name)
        return next(labels, gettext("约定的期限"))

    def _time(self, item: DueItem, rule: Rule | None) -> str:
        if not _is_midnight(item.due_at):
            return _hours(item.due_at - self.at)
        day = day_of(self.at)
        if rule is None or rule.clock != "workday" or item.due_on == day:
            return left_words(item.due_on, day)
        number = workdays_between(day, item.due_on)
        if number == 0:
            return left_words(item.due_on, day)
        if number < 0:
            return gettext("超%(days)s个工作日") % {"days": f"{-number:,}"}
        return gettext("还剩%(days)s个工作日") % {"days": f"{number:,}"}

    def _day(self, item: DueItem) -> str:
        words = day_with_weekday(item.due_on)
        if item.light == "paused":
            return gettext("停表前是%(day)s") % {"day": words}
        if _is_midnight(item.due_at):
            return words
        return f"{words}{item.due_at.astimezone(SHANGHAI):%H:%M}"


def workdays_between(day: dt.date, due: dt.date) -> int:
    """Working days after ``day`` up to and with ``due``; negative where ``due`` is past.

    >>> workdays_between(dt.date(2026, 9, 22), dt.date(2026, 9, 28)), workdays_between(dt.date(2026, 9, 22), dt.date(2026, 9, 18))
    (3, -3)
    """
    calendar = announced()
    first, last = min(day, due), max(day, due)
    number = sum(calendar.is_workday(first + _DAY * step) for step in range(1, (last - first).days + 1))
    return number if due >= day else -number


def limit_words(rule: Rule) -> str:
    """A limit with its unit, and what may be added once: 10个工作日，可再延5个工作日; empty for a rule without one."""
    if rule.limit is None:
        return ""
    unit = KINDS[rule.clock].unit
    words = f"{rule.limit}{unit}"
    return f"{words}，可再延{rule.extension}{unit}" if rule.extension else words


def anchor(name: str) -> str:
    """Where a rule stands on the page of rules."""
    return f"rule-{name.replace('.', '-')}"


def light_words(colour: str) -> str:
    """The word of a light."""
    return gettext(dict(DueItem.LIGHTS)[colour])


def title_words(title: str | None) -> str:
    """A title; of one that was erased, that it was."""
    return title if title is not None else gettext("（名称已抹去）")


def address_of(subject: str) -> str:
    """The page of what is due: a promise, a case, or what an area has pages of."""
    if subject[:1] == "c":
        return f"/desk/promises/{subject}"
    return address_of_row(subject) or f"/desk/cases/{subject}"


def _hours(left: dt.timedelta) -> str:
    minutes = abs(int(left.total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    given = {"hours": f"{hours:,}", "minutes": rest}
    if left <= dt.timedelta(0):
        return gettext("超%(hours)s小时%(minutes)s分") % given
    return gettext("还剩%(hours)s小时%(minutes)s分") % given


def _is_midnight(instant: dt.datetime) -> bool:
    return instant == midnight(day_of(instant))
