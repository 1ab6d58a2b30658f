"""The words that areas give events, rows, fields and codes; ``event_words`` and ``field_words`` ask here after their own."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: dict[str, str] = {}
LABELS: dict[str, str] = {}
CODES: dict[
    str, Mapping[str, str]
] = {}  # by field: the words of the codes that it holds, several with blanks between


def say(
    events: Mapping[str, str], labels: Mapping[str, str], codes: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Enter an area's words, msgids. A word that is there already stays."""
    for held, given in ((EVENTS, events), (LABELS, labels)):
        for name, words in given.items():
            held.setdefault(name, words)
    for name, known in (codes or {}).items():
        CODES.setdefault(name, known)
