"""Where an area announces its pages of the desk: a word of the navigation, who sees it, addresses below ``/desk/<name>``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Unit

_ANNOUNCED: dict[str, AreaPages] = {}


@dataclass(frozen=True, slots=True)
class AreaPages:
    """``urls`` is the dotted name of the module of addresses, read when addresses are; ``roles``: who sees ``word`` (a msgid).

    ``letters``: of which rows it has pages below its address, by the letters of their ids. ``subjects``: the dotted name of the
    module whose ``subject_of(ident, actor)`` tells what a case is about, where that is one of those rows.
    ``remarks``: that of the module whose ``remarks_on(text)`` says something about a sentence to whoever reviews it.
    ``ties``: that of the module whose ``tied_to(statements, actor)`` gives the rows of the area tied to sentences (``AreaTie``).
    """

    name: str
    word: str
    urls: str
    roles: tuple[str, ...] = ()
    letters: str = ""
    subjects: str = ""
    remarks: str = ""
    ties: str = ""

    @property
    def address(self) -> str:
        """The first of its pages."""
        return f"/desk/{self.name}"


@dataclass(frozen=True, slots=True)
class AreaSubject:
    """A row of an area as a case is about it: in a word what it is, its title, the unit that does it."""

    sort: str
    title: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class AreaTie:
    """A row of an area that a sentence is tied to, or the way to tie one: ``word`` says which."""

    word: str
    title: str
    href: str


def announce(pages: AreaPages) -> None:
    """Enter an area's pages, before addresses are read. Raises ``ValueError`` where another area has the name."""
    held = _ANNOUNCED.setdefault(pages.name, pages)
    if held != pages:
        raise ValueError(f"/desk/{pages.name} belongs to {held.urls} already")


def announced() -> tuple[AreaPages, ...]:
    """What was announced, in the order in which the areas start."""
    return tuple(_ANNOUNCED.values())


def address_of_row(ident: str) -> str:
    """The page of a row that an area has pages of; empty for any other."""
    of = _of_letter(ident)
    return f"{of.address}/{ident}" if of is not None else ""


def letters() -> str:
    """The letters of all rows that areas have pages of."""
    return "".join(pages.letters for pages in announced())


def area_subject(ident: str, actor: Actor) -> AreaSubject | None:
    """What a case is about, where that is a row of an area that the actor may see."""
    of = _of_letter(ident)
    if of is None or not of.subjects:
        return None
    found: AreaSubject | None = import_module(of.subjects).subject_of(ident, actor)
    return found


def remarks_on(text: str) -> list[str]:
    """What areas have to say about a sentence."""
    return [
        words
        for pages in announced()
        if pages.remarks
        for words in import_module(pages.remarks).remarks_on(text)
    ]


def ties_of(statements: Sequence[str], actor: Actor) -> list[AreaTie]:
    """The rows of areas that sentences are tied to, as far as the actor may see them."""
    return [
        tie
        for pages in announced()
        if pages.ties
        for tie in import_module(pages.ties).tied_to(statements, actor)
    ]


def _of_letter(ident: str) -> AreaPages | None:
    if not is_id(ident):
        return None
    return next((pages for pages in announced() if ident[0] in pages.letters), None)


def area_patterns() -> list[URLResolver]:
    """The addresses of all areas. Raises ``ValueError`` for one that lies outside its area's part of the desk."""
    found = []
    for pages in announced():
        for each in _patterns_of(pages):
            if not str(each.pattern).lstrip("^").startswith(pages.name):
                raise ValueError(f"{pages.urls} has {each.pattern}, which is not below {pages.address}")
        found.append(path("", include(pages.urls)))
    return found


def _patterns_of(pages: AreaPages) -> list[URLPattern | URLResolver]:
    return list(import_module(pages.urls).urlpatterns)
