"""A page as read: its source, its repaired text, its parts, its frame and its statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.reading.blocks.find import Block
from luodi.reading.edits import EditedText
from luodi.reading.frame.find import Frame
from luodi.reading.statements.model import Decision, Statement


@dataclass(frozen=True)
class Document:
    """``layers`` lead from the source text to the text the rules read: markup, then repair, then simplification."""

    name: str
    sha256: str
    encoding: str
    decoding_errors: int
    layers: tuple[EditedText, ...]
    blocks: Sequence[Block] = field(default_factory=list)
    frame: Frame = field(default_factory=Frame)
    statements: Sequence[Statement] = field(default_factory=list)
    decisions: Sequence[Decision] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The source text as kept; spans point into it."""
        return self.layers[0].source

    @property
    def text(self) -> str:
        """The text the rules read."""
        return self.layers[-1].text

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """The span of the source that ``text[start:stop]`` came from."""
        for layer in reversed(self.layers):
            start, stop = layer.source_span(start, stop)
        return start, stop

    def is_damaged(self, start: int, stop: int) -> bool:
        """Whether a guessed or lost character stands in ``text[start:stop]``."""
        for layer in reversed(self.layers):
            if layer.is_damaged(start, stop):
                return True
            start, stop = layer.source_span(start, stop)
        return False
