"""Which cases a person asks for, as the address says it: every choice is a plain address that can be kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from luodi.desk.cases.listing_keyset import Mark, mark_of
from luodi.desk.cases.listing_words import LIGHTS, light_words
from luodi.kernel.cases.playbook import COUNTED
from luodi.kernel.cases.registry import Kind, kinds
from luodi.kernel.ids import is_id
from luodi.pages import days

BASE = "/desk/cases"
ENDED = ("all", "closed", *COUNTED)
LONGEST_TEXT = 60
_WORD = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True)
class Asked:
    """``ended``: empty for open cases, ``all``, ``closed``, or as what a closed one counts. ``at``: where the page begins."""

    kind: str = ""
    state: str = ""
    unit: str = ""
    light: str = ""
    ended: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    text: str = ""
    at: str = ""

    def href(self, base: str = BASE, **changed: Any) -> str:
        """The address of this choice with some parts changed; a changed choice begins at its first page."""
        query = replace(self, **{"at": "", **changed}).query
        return f"{base}?{query}" if query else base

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        given = {
            "kind": self.kind,
            "state": self.state,
            "unit": self.unit,
            "light": self.light,
            "ended": self.ended,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "q": self.text,
            "at": self.at,
        }
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def mark(self) -> Mark | None:
        """Where the page begins."""
        return mark_of(self.at)

    @property
    def is_narrow(self) -> bool:
        """Whether anything was chosen."""
        return bool(replace(self, at="").query)

    @property
    def may_be_moved(self) -> bool:
        """Whether the choice is of one kind in one place, which is what can be moved together."""
        return bool(self.kind and self.state and not self.ended)


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query. Never raises; what is not understood counts as not asked."""
    unit, light, ended = (query.get(name, "") for name in ("unit", "light", "ended"))
    mark = mark_of(query.get("at", ""))
    kind = _word(query.get("kind", ""))
    return Asked(
        kind=kind,
        # the names of states belong to their kind
        state=_word(query.get("state", "")) if kind else "",
        unit=unit if is_id(unit, "u") else "",
        light=light if light in LIGHTS else "",
        ended=ended if ended in ENDED else "",
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        text=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT],
        at=str(mark) if mark else "",
    )


def words_of(wanted: Asked, unit: str) -> list[tuple[str, str]]:
    """What was asked for in words, each with the address without it. ``unit``: the name of the unit, where one was chosen."""
    parts = {
        "kind": kind_words(wanted.kind) if wanted.kind else "",
        "state": state_words(wanted.kind, wanted.state) if wanted.state else "",
        "unit": unit,
        "light": light_words(wanted.light) if wanted.light else "",
        "ended": ended_words(wanted.ended) if wanted.ended else "",
        "since": gettext("%(day)s起立的") % {"day": days.full(wanted.since)} if wanted.since else "",
        "until": gettext("%(day)s以前立的") % {"day": days.full(wanted.until)} if wanted.until else "",
        "text": gettext("有“%(text)s”") % {"text": wanted.text} if wanted.text else "",
    }
    empty: dict[str, Any] = {"since": None, "until": None}
    # a state without its kind means nothing
    also = {"kind": {"state": ""}}
    return [
        (words, wanted.href(**{name: empty.get(name, ""), **also.get(name, {})}))
        for name, words in parts.items()
        if words
    ]


def kind_words(name: str) -> str:
    """The words of a kind; the bare name where there is none of that name any more."""
    known = _known(name)
    return known.newest.label if known is not None else name


def states_of(name: str) -> list[tuple[str, str]]:
    """The states of a kind, those of earlier versions too, each with its words."""
    known = _known(name)
    if known is None:
        return []
    found = {
        state.name: state.label
        for version in sorted(known.playbooks)
        for state in known.playbooks[version].states
    }
    return list(found.items())


def state_words(kind: str, name: str) -> str:
    """The words of a state or an end of a kind."""
    known = _known(kind)
    for version in sorted(known.playbooks, reverse=True) if known is not None else ():
        book = known.playbooks[version] if known is not None else None
        if book is not None and (name in book.state_named or name in book.end_named):
            return book.label_of(name)
    return name


def ended_words(name: str) -> str:
    """The words of what was asked about ends."""
    if name in COUNTED:
        return gettext("办结：%(as_what)s") % {"as_what": COUNTED[name]}
    return {"all": gettext("办结的也看"), "closed": gettext("办结的"), "": gettext("没办结的")}[name]


def _known(name: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.name == name), None)


def _word(text: str) -> str:
    return text if _WORD.fullmatch(text) else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
