"""Where the texts come from: each part of the kernel says at start how to tell all texts of its kind anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be found: the text of one row, and whether anybody may find it."""

    subject: str
    text: str
    is_public: bool


Telling = Callable[[], Iterator[Text]]
_tellings: dict[str, Telling] = {}


def register(kind: str, telling: Telling) -> None:
    """Let ``telling()`` give every text of rows whose id begins with ``kind``, oldest first. Called in ``AppConfig.ready``."""
    if len(kind) != 1:
        raise ValueError(f"kind {kind!r} must be the letter that ids begin with")
    if _tellings.setdefault(kind, telling) is not telling:
        raise ValueError(f"kind {kind!r} has a telling already: {_tellings[kind]!r}")


def tellings() -> dict[str, Telling]:
    """What was registered, by kind."""
    return dict(_tellings)
