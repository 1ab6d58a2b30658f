"""Which promises a reader asks for, as addresses say it: read strictly, written back in one form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from luodi.kernel.commitments.board import Choice
from luodi.kernel.commitments.reckoning import BOARD_WORDS
from luodi.kernel.ids import is_id
from luodi.kernel.register.models import Place

ORDERS = ("worst", "newest", "due")
DUE = ("past", "month", "quarter", "year")
LIGHTS = ("red", "amber", "green", "paused")
FLAGS = ("changed", "gone", "quiet")
_STATES = frozenset(BOARD_WORDS) - {"undone"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. Anything it does not understand counts as not asked."""

    unit: str = ""
    place: str = ""
    topic: str = ""
    year: int | None = None
    state: str = ""
    light: str = ""
    due: str = ""
    flag: str = ""
    order: str = "worst"
    after: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether it is a part of the board and not the whole."""
        return replace(self, order="worst", after="") != Asked()

    def href(self, base: str = "/", **changed: Any) -> str:
        """The address of this choice with some parts changed; a changed choice begins at its first page."""
        wanted = replace(self, **{"after": "", **changed})
        given = {
            "unit": wanted.unit,
            "place": wanted.place,
            "topic": wanted.topic,
            "year": wanted.year or "",
            "state": wanted.state,
            "light": wanted.light,
            "due": wanted.due,
            "flag": wanted.flag,
            "order": "" if wanted.order == "worst" else wanted.order,
            "after": wanted.after,
        }
        if base == "/" and not wanted.is_narrow:
            given = {"list": 1, **given}  # the whole list; without it the front page
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{base}?{query}" if query else base


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises."""
    year = query.get("year", "")
    return Asked(
        unit=_id(query.get("unit", ""), "u"),
        place=_id(query.get("place", ""), "l"),
        topic=query.get("topic", "")[:20],
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        state=_one_of(query.get("state", ""), _STATES),
        light=_one_of(query.get("light", ""), LIGHTS),
        due=_one_of(query.get("due", ""), DUE),
        flag=_one_of(query.get("flag", ""), FLAGS),
        order=_one_of(query.get("order", ""), ORDERS) or "worst",
        after=query.get("after", "")[:80],
    )


def _id(text: str, letter: str) -> str:
    return text if is_id(text, letter) else ""


def _one_of(text: str, allowed: Any) -> str:
    return text if text in allowed else ""


def choice_of(given: Asked, day: dt.date) -> Choice:
    """The board's choice; a place counts with all below it (one query a level of places)."""
    first, last = _due_days(given.due, day)
    return Choice(
        unit=given.unit,
        places=_with_all_below(given.place) if given.place else (),
        topic=given.topic or None,
        year=given.year,
        state=given.state,
        light=given.light,
        due_from=first,
        due_until=last,
        changed=given.flag == "changed",
        gone=given.flag == "gone",
        quiet=given.flag == "quiet",
    )


def _due_days(due: str, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    if due == "past":
        return None, day - dt.timedelta(days=1)
    if due == "month":
        return day, day + dt.timedelta(days=30)
    if due == "quarter":
        return day, day + dt.timedelta(days=90)
    if due == "year":
        return day, dt.date(day.year, 12, 31)
    return None, None


def _with_all_below(place: str) -> tuple[str, ...]:
    found = [place]
    level = [place]
    while level:
        level = [
            p for p in Place.objects.filter(parent__in=level).values_list("id", flat=True) if p not in found
        ]
        found += level
    return tuple(found)


def due_words(due: str) -> str:
    """The words of a choice of due days."""
    return {
        "past": gettext("已经过期"),
        "month": gettext("30天内到期"),
        "quarter": gettext("90天内到期"),
        "year": gettext("今年内到期"),
    }.get(due, "")


def flag_words(flag: str) -> str:
    """The words of a choice of flags."""
    return {
        "changed": gettext("目标改过"),
        "gone": gettext("原文已撤或不再提"),
        "quiet": gettext("久未更新"),
    }.get(flag, "")
