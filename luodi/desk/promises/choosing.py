"""Which promises a person at the desk asks for, as the address says it: every choice is a plain address that can be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from luodi.kernel.commitments.reckoning import BOARD_WORDS
from luodi.kernel.ids import is_id

BASE = "/desk/promises"
WHOSE = ("unit", "all")
WAITING = ("any", "report", "back", "verify", "wrong")
DUE = ("past", "today", "week", "month", "later", "none")
STATES = tuple(name for name in BOARD_WORDS if name != "undone")
_LONGEST_PAGE = 6  # digits


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. Anything it does not understand counts as not asked.

    ``whose``: ``unit`` (the own unit's), ``all``, or empty for what is usual for the post. ``todo``: what waits for oneself.
    """

    whose: str = ""
    todo: str = ""
    unit: str = ""
    topic: str = ""
    due: str = ""
    state: str = ""
    text: str = ""
    page: int = 1

    def href(self, base: str = BASE, **changed: Any) -> str:
        """The address of this choice with some parts changed; a changed choice begins at its first page."""
        wanted = replace(self, **{"page": 1, **changed})
        given = {
            "whose": wanted.whose,
            "todo": wanted.todo,
            "unit": wanted.unit,
            "topic": wanted.topic,
            "due": wanted.due,
            "state": wanted.state,
            "q": wanted.text,
            "page": wanted.page if wanted.page > 1 else "",
        }
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{base}?{query}" if query else base

    @property
    def is_narrow(self) -> bool:
        """Whether anything was left out by a choice of the reader's own."""
        return any((self.todo, self.unit, self.topic, self.due, self.state, self.text))


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises."""
    page = query.get("page", "")
    unit = query.get("unit", "")
    return Asked(
        whose=_one_of(query.get("whose", ""), WHOSE),
        todo=_one_of(query.get("todo", ""), WAITING),
        unit=unit if is_id(unit, "u") else "",
        topic=query.get("topic", "").replace("\0", "")[:20],
        due=_one_of(query.get("due", ""), DUE),
        state=_one_of(query.get("state", ""), STATES),
        text=" ".join(query.get("q", "").replace("\0", "").split())[:60],
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) <= _LONGEST_PAGE else 1,
    )


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else ""


def week_end(day: dt.date) -> dt.date:
    """The Sunday of the week of ``day``.

    >>> week_end(dt.date(2026, 9, 22))
    datetime.date(2026, 9, 27)
    """
    return day + dt.timedelta(days=6 - day.weekday())


def month_start(day: dt.date) -> dt.date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of ``day``.

    >>> month_end(dt.date(2026, 2, 3)), month_end(dt.date(2026, 12, 31))
    (datetime.date(2026, 2, 28), datetime.date(2026, 12, 31))
    """
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def todo_words(todo: str) -> str:
    """The words of what waits for oneself."""
    return {
        "any": gettext("要我办的"),
        "report": gettext("该报进展"),
        "back": gettext("退回来的"),
        "verify": gettext("等我核实"),
        "wrong": gettext("有人指错"),
    }.get(todo, "")


def due_words(due: str) -> str:
    """The words of a choice of due days."""
    return {
        "past": gettext("已超期"),
        "today": gettext("今天到期"),
        "week": gettext("本周内到期"),
        "month": gettext("本月内到期"),
        "later": gettext("以后到期"),
        "none": gettext("没有期限"),
    }.get(due, "")


def state_words(state: str) -> str:
    """The words of a state on the board."""
    return gettext(BOARD_WORDS[state]) if state in STATES else ""
