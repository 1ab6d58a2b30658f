"""Recorded edits: how a text was changed, so that every character can be walked back to its source.

Invariants: edits are in order and never overlap; a character no edit touches maps to itself; the map from text to
source never runs backwards. Positions are Unicode code points, half-open. Nothing here is found by comparing texts
afterwards: whoever changes a text says so while changing it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Certainty = Literal["exact", "guessed", "lost"]


class Edit(NamedTuple):
    """``source[start:stop]`` was replaced by ``replacement`` because of ``rule``.

    ``certainty`` is ``exact`` where the source determines the replacement, ``guessed`` where context chose among
    ``candidates``, ``lost`` where nothing can be known (the replacement then holds U+FFFD). ``spans`` gives, for a
    damaged run, the source span of each replacement character; they may overlap, since bytes out of phase are shared.
    """

    start: int
    stop: int
    replacement: str
    rule: str
    certainty: Certainty = "exact"
    candidates: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class EditedText:
    """A source, the edits made to it, and the text they yield.

    >>> text = EditedText("青嵐鄉新區(qū)", [Edit(1, 3, "岚乡", "traditional"), Edit(4, 9, "区", "pinyin_note")])
    >>> text.text
    '青岚乡新区'
    >>> text.source_span(3, 5)
    (3, 9)
    """

    __slots__ = ("_offsets", "_starts", "edits", "source", "text")

    def __init__(self, source: str, edits: Iterable[Edit] = ()) -> None:
        self.source = source
        self.edits: tuple[Edit, ...] = tuple(edits)
        if not self.edits:
            self.text = source
            self._starts: list[int] = []
            self._offsets: list[int] = []
            return
        pieces: list[str] = []
        starts: list[int] = []  # where each edit's replacement begins in the text
        offsets: list[int] = []  # source position minus text position, behind each edit
        at = length = 0
        for edit in self.edits:
            if edit.start < at or edit.stop < edit.start or edit.stop > len(source):
                raise ValueError(
                    f"edit {edit!r} is out of order or out of bounds (reached {at} of {len(source)})"
                )
            if edit.spans and len(edit.spans) != len(edit.replacement):
                raise ValueError(
                    f"edit {edit!r} has {len(edit.spans)} spans for {len(edit.replacement)} characters"
                )
            pieces.append(source[at : edit.start])
            length += edit.start - at
            starts.append(length)
            pieces.append(edit.replacement)
            length += len(edit.replacement)
            at = edit.stop
            offsets.append(at - length)
        pieces.append(source[at:])
        self.text = "".join(pieces)
        self._starts = starts
        self._offsets = offsets

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """The smallest span of the source that ``text[start:stop]`` came from; an empty span stays empty."""
        if stop <= start:
            first = self._char(start)[0] if start < len(self.text) else len(self.source)
            return first, first
        return self._char(start)[0], self._char(stop - 1)[1]

    def edits_within(self, start: int, stop: int) -> Sequence[Edit]:
        """The edits that made, or removed something inside, ``text[start:stop]``."""
        if not self.edits:
            return ()
        low = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        for at in range(low, len(self.edits)):
            begin = self._starts[at]
            if begin >= stop:
                break
            if begin + len(self.edits[at].replacement) > start or (
                begin > start and not self.edits[at].replacement
            ):
                found.append(self.edits[at])
        return found

    def is_damaged(self, start: int, stop: int) -> bool:
        """Whether a guessed or lost character stands in ``text[start:stop]``."""
        return any(edit.certainty != "exact" for edit in self.edits_within(start, stop))

    def _char(self, position: int) -> tuple[int, int]:
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return position, position + 1
        edit = self.edits[at]
        inside = position - self._starts[at]
        if inside < len(edit.replacement):
            if edit.spans:
                return edit.spans[inside]
            if len(edit.replacement) == edit.stop - edit.start:
                return edit.start + inside, edit.start + inside + 1
            return edit.start, edit.stop
        here = position + self._offsets[at]
        return here, here + 1
