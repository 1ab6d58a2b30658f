"""Words of the public navigation beside those that every district has, entered by whoever has public pages."""

from __future__ import annotations

from dataclasses import dataclass

_PUBLIC: dict[str, PublicPlace] = {}


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """``name`` is what pages there call themselves (``here``); ``word`` a msgid."""

    name: str
    word: str
    address: str


def add_public(name: str, word: str, address: str) -> None:
    """Enter a word; the same name again says the same."""
    _PUBLIC[name] = PublicPlace(name, word, address)


def public_places() -> tuple[PublicPlace, ...]:
    """In the order in which they were entered."""
    return tuple(_PUBLIC.values())
