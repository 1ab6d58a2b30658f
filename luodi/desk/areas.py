"""Where an area announces its pages of the desk: a word of the navigation, who sees it, addresses below ``/desk/<name>``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

_ANNOUNCED: dict[str, AreaPages] = {}


@dataclass(frozen=True, slots=True)
class AreaPages:
    """``urls`` is the dotted name of the module of addresses, read when addresses are; ``roles``: who sees ``word`` (a msgid)."""

    name: str
    word: str
    urls: str
    roles: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The first of its pages."""
        return f"/desk/{self.name}"


def announce(pages: AreaPages) -> None:
    """Enter an area's pages, before addresses are read. Raises ``ValueError`` where another area has the name."""
    held = _ANNOUNCED.setdefault(pages.name, pages)
    if held != pages:
        raise ValueError(f"/desk/{pages.name} belongs to {held.urls} already")


def announced() -> tuple[AreaPages, ...]:
    """What was announced, in the order in which the areas start."""
    return tuple(_ANNOUNCED.values())


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
