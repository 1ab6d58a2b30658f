"""A page as read: its source, its repaired text, its parts, its frame and its statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.reading.blocks.find import Block
from luodi.reading.decoding import DECODER_VERSION
from luodi.reading.edits import EditedText
from luodi.reading.formats.extract import Place, where
from luodi.reading.frame.find import Frame
from luodi.reading.statements.model import Decision, Statement


@dataclass(frozen=True)
class Document:
    """``layers`` lead from the source text to the text the rules read: markup, then repair, then simplification.

    Of a document that is no text, the source text is the extract that ``decoder`` made; ``places`` tell where in the document
    its parts stand, ``notes`` what was left out.
    """

    name: str
    sha256: str
    encoding: str
    decoding_errors: int
    layers: tuple[EditedText, ...]
    blocks: Sequence[Block] = field(default_factory=list)
    frame: Frame = field(default_factory=Frame)
    statements: Sequence[Statement] = field(default_factory=list)
    decisions: Sequence[Decision] = field(default_factory=list)
    decoder: str = DECODER_VERSION
    places: Sequence[Place] = ()
    notes: Sequence[str] = ()

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

    def place_of(self, start: int, stop: int) -> str:
        """Where in the document ``source[start:stop]`` stands, for people (第3页表2第5行); empty for plain text."""
        return where(self.places, start, stop)

    def is_damaged(self, start: int, stop: int) -> bool:
        """Whether a guessed or lost character stands in ``text[start:stop]``."""
        for layer in reversed(self.layers):
            if layer.is_damaged(start, stop):
                return True
            start, stop = layer.source_span(start, stop)
        return False
