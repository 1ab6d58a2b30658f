"""Finding the sentence that a decision speaks of: the statement of a page nearest to some words."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from luodi.kernel.documents.models import Reading, Source, StatementKey

NEAR_ENOUGH = 0.6  # below it the reader missed the sentence
_NOT_WORDS = re.compile(r"\W+")
Read = tuple[str, StatementKey]  # the repaired wording without signs, and what it is a reading of


@dataclass
class Sentences:
    """The statements of pages by their wording, fetched once a page."""

    _of_source: dict[str, list[Read]] = field(default_factory=dict)

    def nearest(self, source: Source, near: str) -> StatementKey | None:
        """The statement nearest to ``near``, the first of those equally near; ``None`` where none is near enough."""
        wanted = plain(near)
        scored = [
            (_nearness(wanted, words), -statement.start, statement) for words, statement in self._read(source)
        ]
        best = max(scored, key=lambda each: each[:2], default=None)
        return best[2] if best is not None and best[0] >= NEAR_ENOUGH else None

    def _read(self, source: Source) -> list[Read]:
        if source.id not in self._of_source:
            readings = Reading.objects.filter(statement__source=source).select_related("statement")
            self._of_source[source.id] = [(plain(each.text), each.statement) for each in readings]
        return self._of_source[source.id]


def plain(words: str) -> str:
    """Words without signs and spaces.

    >>> plain("新建社区(村)“暖心食堂”15家,")
    '新建社区村暖心食堂15家'
    """
    return _NOT_WORDS.sub("", words)


def _nearness(wanted: str, words: str) -> float:
    if wanted and wanted in words:
        return 1.0 + len(wanted) / len(words)
    matcher = difflib.SequenceMatcher(None, wanted, words, autojunk=False)
    # the ratio cannot be more than these, which are had at once
    if matcher.real_quick_ratio() < NEAR_ENOUGH or matcher.quick_ratio() < NEAR_ENOUGH:
        return 0.0
    return matcher.ratio()
