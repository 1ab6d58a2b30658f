"""The words that areas give their events, rows and fields; ``event_words`` and ``field_words`` ask here after their own."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: dict[str, str] = {}
LABELS: dict[str, str] = {}


def say(events: Mapping[str, str], labels: Mapping[str, str]) -> None:
    """Enter an area's words, msgids. A word that is there already stays."""
    for held, given in ((EVENTS, events), (LABELS, labels)):
        for name, words in given.items():
            held.setdefault(name, words)
