"""The privacy class of every field, declared on its model; a field without one stops the program at start.

``public`` may stand on any page; ``on_request`` is given out when asked for; ``internal`` stays with staff; ``sensitive`` is
masked for staff too unless their task needs it. ``secret`` matters (of state) are never taken in. Fields named in
``personal`` hold data about a living person: their values travel in events only encrypted, under a key of their own, and
can be erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PrivacyClass = Literal["public", "on_request", "internal", "sensitive"]
CLASSES: tuple[PrivacyClass, ...] = ("public", "on_request", "internal", "sensitive")


@dataclass(frozen=True)
class Privacy:
    """Field names by class. ``id`` and foreign keys are named like every other field."""

    public: tuple[str, ...] = ()
    on_request: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()

    def class_of(self, field: str) -> PrivacyClass:
        """The class of ``field``; raises ``LookupError`` where it has none."""
        for name in CLASSES:
            if field in getattr(self, name):
                return name
        raise LookupError(f"field {field!r} has no privacy class; the classes are {', '.join(CLASSES)}")

    def all(self) -> tuple[str, ...]:
        """Every field that has a class."""
        return self.public + self.on_request + self.internal + self.sensitive
