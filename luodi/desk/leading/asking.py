"""Which promises a list of the desk holds, as its address says it: read strictly, written back in one form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from luodi.desk.leading import waiting
from luodi.kernel.commitments.board import Choice, chosen
from luodi.kernel.commitments.light_rules import COLOUR_WORDS, default_rules
from luodi.kernel.commitments.models import Standing
from luodi.kernel.commitments.reckoning import BOARD_WORDS, OPEN_ON_BOARD
from luodi.kernel.ids import is_id
from luodi.kernel.register.lookups import descendants
from luodi.kernel.register.merged import groups

BASE = "/desk/leader/list"
DUE = ("month", "past")
FLAGS = ("changed", "gone", "turned", "quiet", "open")
_STATES = tuple(name for name in BOARD_WORDS if name != "undone")


@dataclass(frozen=True, slots=True)
class Asked:
    """``waits`` is a kind of decision, ``rule`` the rule that lit the light, ``open`` among the flags: not ended. ``unit`` counts
    with the entries that are the same, ``under`` with all below it. What is not understood counts as not asked."""

    unit: str = ""
    under: str = ""
    post: str = ""
    state: str = ""
    light: str = ""
    rule: str = ""
    due: str = ""
    flag: str = ""
    waits: str = ""

    def href(self, base: str = BASE, **changed: Any) -> str:
        """The address of this choice with some parts changed."""
        wanted = replace(self, **changed)
        given = {name: getattr(wanted, name) for name in Asked.__slots__ if getattr(wanted, name)}
        return f"{base}?{urlencode(given)}" if given else base


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises."""
    return Asked(
        unit=_id(query.get("unit", ""), "u"),
        under=_id(query.get("under", ""), "u"),
        post=_id(query.get("post", ""), "o"),
        state=_one_of(query.get("state", ""), _STATES),
        light=_one_of(query.get("light", ""), tuple(COLOUR_WORDS)),
        rule=_one_of(query.get("rule", ""), tuple(rule.name for rule in default_rules())),
        due=_one_of(query.get("due", ""), DUE),
        flag=_one_of(query.get("flag", ""), FLAGS),
        waits=_one_of(query.get("waits", ""), waiting.OF_PROMISES),
    )


def listed(wanted: Asked, units: frozenset[str] | None, day: dt.date) -> QuerySet[Standing]:
    """The standings of a choice within ``units`` (``None``: the district), worst first."""
    choice = Choice(
        state=wanted.state,
        light=wanted.light,
        changed=wanted.flag == "changed",
        gone=wanted.flag == "gone",
        quiet=wanted.flag == "quiet",
    )
    found = within(chosen(choice, day), units)
    if wanted.unit:
        found = found.filter(lead_unit__in=members_of(wanted.unit))
    if wanted.under:
        found = found.filter(lead_unit__in=[wanted.under, *descendants(wanted.under)])
    if wanted.post:
        found = found.filter(commitment__leader_post=wanted.post)
    if wanted.rule:
        found = found.filter(rule=wanted.rule)
    if wanted.flag in ("open", "changed", "gone", "turned"):
        found = found.filter(board__in=OPEN_ON_BOARD)
    if wanted.flag == "turned":
        found = found.filter(Q(changed=True) | Q(gone=True))
    if wanted.due:
        found = found.filter(_due(wanted.due, day), board__in=("going", "overdue"))
    if wanted.waits:
        found = waiting.narrowed(found, wanted.waits, day)
    return found.order_by("worst", "due_order", "commitment_id")


def within(found: QuerySet[Standing], units: frozenset[str] | None) -> QuerySet[Standing]:
    """Those led by one of ``units``; all for ``None``."""
    return found if units is None else found.filter(lead_unit__in=units)


def members_of(unit: str) -> tuple[str, ...]:
    """The unit with all entries that are the same, whichever of them was asked for. One query."""
    return next((group for group in groups("u").values() if unit in group), (unit,))


def words_of(wanted: Asked, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was asked for in words, each with the address without it. ``names`` holds those of units and post."""
    rules = {rule.name: rule.title for rule in default_rules()}
    parts = {
        "unit": names.get(wanted.unit, gettext("没有这个单位")) if wanted.unit else "",
        "under": gettext("%(unit)s和下属单位") % {"unit": names.get(wanted.under, "")}
        if wanted.under
        else "",
        "post": names.get(wanted.post, gettext("没有这个岗位")) if wanted.post else "",
        "state": gettext(BOARD_WORDS[wanted.state]) if wanted.state else "",
        "light": gettext(COLOUR_WORDS[wanted.light]) if wanted.light else "",
        "rule": gettext(rules[wanted.rule]) if wanted.rule else "",
        "due": {"month": gettext("30天内到期"), "past": gettext("已经过期")}.get(wanted.due, ""),
        "flag": _flag_words(wanted.flag),
        "waits": waiting.list_words(wanted.waits) if wanted.waits else "",
    }
    return [(words, wanted.href(**{name: ""})) for name, words in parts.items() if words]


def _flag_words(flag: str) -> str:
    return {
        "changed": gettext("没办结，说法或目标变过"),
        "gone": gettext("没办结，原文已撤或不再提"),
        "turned": gettext("没办结，说法变过，或原文已撤、不再提"),
        "quiet": gettext("超过90天没有新数"),
        "open": gettext("没办结"),
    }.get(flag, "")


def _due(due: str, day: dt.date) -> Q:
    if due == "past":
        return Q(due_until__lt=day)
    return Q(due_until__gte=day, due_until__lte=day + dt.timedelta(days=30))


def _id(text: str, letter: str) -> str:
    return text if is_id(text, letter) else ""


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else ""
