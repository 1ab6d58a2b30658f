"""Where an area announces its public pages: a word of the navigation, its addresses, the rows that have a page at ``/g/``.

Nothing generic names an area: register, events, names and downloads ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path

from luodi.pages.navigation import add_public
from luodi.portal.area_words import say

View = Callable[[HttpRequest, str], HttpResponse]
_ANNOUNCED: dict[str, PublicArea] = {}


@dataclass(frozen=True, slots=True)
class AreaNote:
    """What an area says beside a document, under the heading ``word``: a row of its own (``name``, ``href``) or only ``words``,
    about the sentence ``quote``, whose id is ``statement``. What it says was reckoned or tied, never guessed."""

    word: str
    name: str = ""
    href: str = ""
    words: str = ""
    quote: str = ""
    statement: str = ""


@dataclass(frozen=True)
class PublicArea:
    """``word`` is a msgid; ``urls`` the dotted name of the module of addresses, read when addresses are.

    ``letters``: ids beginning so have a page at ``/g/``. It is the function ``page`` of the module ``rows``, which also has
    ``public_names(ids)``: the names of those ids that have such a page. ``event_words`` and ``labels`` are msgids: of kinds of
    events, of kinds of rows and fields; ``codes``, by field, of the codes it holds. ``figures``: by kind of row the field that
    is a figure, and its unit. ``documents``: the dotted name of the module whose ``notes_on(source, sentences)`` says something
    beside a public document (``AreaNote``).
    """

    name: str
    word: str
    urls: str
    rows: str
    letters: str = ""
    event_words: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    downloads: tuple[str, ...] = ()
    documents: str = ""

    @property
    def address(self) -> str:
        """The first of its pages."""
        return f"/{self.name}"


def announce_public(area: PublicArea) -> None:
    """Enter an area, before addresses are read. Raises ``ValueError`` where another area has the name or a letter."""
    held = _ANNOUNCED.get(area.name, area)
    taken = {letter for each in _ANNOUNCED.values() if each.name != area.name for letter in each.letters}
    if held != area or taken & set(area.letters):
        raise ValueError(f"{area.address} or one of {area.letters!r} belongs to another area")
    _ANNOUNCED[area.name] = area
    add_public(area.name, area.word, area.address)
    say(area.event_words, area.labels, area.codes)


def announced_public() -> tuple[PublicArea, ...]:
    """What was announced, in the order in which the areas start."""
    return tuple(_ANNOUNCED.values())


def area_patterns() -> list[URLResolver]:
    """The addresses of all areas. Raises ``ValueError`` for one that lies outside its area's part."""
    found = []
    for area in announced_public():
        module = import_module(area.urls)
        for each in module.urlpatterns:
            if not str(each.pattern).lstrip("^").startswith(area.name):
                raise ValueError(f"{area.urls} has {each.pattern}, which is not below {area.address}")
        found.append(path("", include(area.urls)))
    return found


def page_of_row(ident: str) -> View | None:
    """What answers ``/g/<ident>`` where an area has a page of it."""
    area = _of(ident)
    if area is None:
        return None
    view: View = _rows(area).page
    return view


def has_page(ident: str) -> bool:
    """Whether ids of this letter have a page at ``/g/``."""
    return _of(ident) is not None


def public_names(idents: Iterable[str]) -> dict[str, str]:
    """The names of the areas' rows among these ids, of those alone that anybody may see. One query an area."""
    given = [ident for ident in idents if ident]
    found: dict[str, str] = {}
    for area in announced_public():
        wanted = [ident for ident in given if ident[0] in area.letters]
        if wanted:
            found |= _rows(area).public_names(wanted)
    return found


def notes_beside(source: str, sentences: Mapping[str, str]) -> dict[str, list[AreaNote]]:
    """What areas say beside the document of an id, by heading. ``sentences``: the words of its statements, in text order."""
    found: dict[str, list[AreaNote]] = {}
    for area in announced_public():
        for note in import_module(area.documents).notes_on(source, sentences) if area.documents else ():
            found.setdefault(note.word, []).append(note)
    return found


def figure_of(kind: str, fields: Mapping[str, Any]) -> str:
    """The figure of an area's row with its unit; empty where it has none."""
    for area in announced_public():
        name, unit = area.figures.get(kind, ("", ""))
        if name and fields.get(name) is not None:
            return f"{fields[name]}{unit}"
    return ""


def _of(ident: str) -> PublicArea | None:
    return next((each for each in announced_public() if ident and ident[0] in each.letters), None)


def _rows(area: PublicArea) -> Any:
    return import_module(area.rows)
