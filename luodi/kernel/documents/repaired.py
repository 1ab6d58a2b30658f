"""From the source text to the text that was read, made anew whenever it is shown: a repair is never kept as truth."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from luodi.reading.edits import Edit, EditedText
from luodi.reading.formats.html import looks_like_html, strip_markup
from luodi.reading.repair.driver import repair
from luodi.reading.repair.traditional import is_traditional, simplify


class Repaired:
    """A source text, the layers of edits that lead from it to the text that was read, and the way between the two."""

    def __init__(self, source: str) -> None:
        layers: list[EditedText] = []
        if looks_like_html(source):
            layers.append(strip_markup(source))
        self._markup = len(layers)
        layers.append(repair(layers[-1].text if layers else source))
        if is_traditional(layers[-1].text):
            layers.append(simplify(layers[-1].text))
        self.source = source
        self.layers = tuple(layers)
        self.text = layers[-1].text
        self._ways = [_Way(layer.edits) for layer in layers]

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """The span of the source that ``text[start:stop]`` came from."""
        for layer in reversed(self.layers):
            start, stop = layer.source_span(start, stop)
        return start, stop

    def text_span(self, start: int, stop: int) -> tuple[int, int]:
        """The smallest span of the text that holds everything ``source[start:stop]`` became; empty where it was removed."""
        for way in self._ways:
            start, stop = way.first(start), way.last(stop)
            stop = max(start, stop)
        return start, stop

    def edits(self) -> list[tuple[tuple[int, int], tuple[int, int], Edit]]:
        """What was repaired, in order: its span in the source, its span in the text, the edit. Markup taken off is none."""
        found = []
        for depth in range(self._markup, len(self.layers)):
            for edit, at in zip(self.layers[depth].edits, self._ways[depth].starts, strict=True):
                start, stop = edit.start, edit.stop
                for layer in reversed(self.layers[:depth]):
                    start, stop = layer.source_span(start, stop)
                # its own place, not the way of its source: a sign lost between two others has no source of its own
                low, high = at, at + len(edit.replacement)
                for way in self._ways[depth + 1 :]:
                    low, high = way.first(low), way.last(high)
                found.append(((start, stop), (low, max(low, high)), edit))
        return sorted(found, key=lambda each: each[0])


@lru_cache(maxsize=32)
def repaired(source: str) -> Repaired:
    """The repair of a source text; the last few are remembered."""
    return Repaired(source)


class _Way:
    """From the positions of an edited text's source to those of its text."""

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self.starts: list[int] = []  # where each replacement begins in the text
        shift = 0  # text position minus source position, behind the edit
        for edit in edits:
            self.starts.append(edit.start + shift)
            shift += len(edit.replacement) - (edit.stop - edit.start)

    def first(self, position: int) -> int:
        """The first character of the text that came from ``source[position:]``."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        edit, at = self._edits[index], self.starts[index]
        if position >= edit.stop:
            return at + len(edit.replacement) + position - edit.stop
        if edit.spans:
            return at + next(
                (n for n, span in enumerate(edit.spans) if span[1] > position), len(edit.replacement)
            )
        return at + (position - edit.start if len(edit.replacement) == edit.stop - edit.start else 0)

    def last(self, position: int) -> int:
        """The end of the text that came from ``source[:position]``."""
        index = bisect_left(self._starts, position) - 1
        if index < 0:
            return position
        edit, at = self._edits[index], self.starts[index]
        if position >= edit.stop:
            return at + len(edit.replacement) + position - edit.stop
        if edit.spans:
            return at + sum(span[0] < position for span in edit.spans)
        same = len(edit.replacement) == edit.stop - edit.start
        return at + (position - edit.start if same else len(edit.replacement))
