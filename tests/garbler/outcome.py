"""What garbling made of a page: the text, and for every clean character where it went and whether it can be known.

``kept``: stands in the garbled text in its own shape (simplified or traditional). ``shifted``: every byte is there, but
paired with a neighbour's. ``inferred``: a byte is gone, and a note names it (first byte and reading fit one character
only). ``gone``: nothing but context can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tests.garbler.bytes_in_hand import character_of, own_slot
from tests.garbler.tables import forms_by_lead_and_reading

Fate = Literal["kept", "shifted", "inferred", "gone"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A decoded character (or "" where it was dropped), the slots of its bytes, and whether it shows them."""

    text: str
    slots: tuple[int, ...]
    readable: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that was added: the slots of the two bytes before it, these bytes, and the reading."""

    first: int
    second: int
    found: bytes
    reading: str


@dataclass(frozen=True, slots=True)
class Garbled:
    """``spans[i]`` is where the bytes of ``clean[i]`` stand in ``text`` (empty if dropped), ``note_ends[i]`` where its
    note ends if that is further (a note may stand inside); half-open code-point positions."""

    clean: str
    converted: tuple[str, ...]
    text: str
    fates: tuple[Fate, ...]
    spans: tuple[tuple[int, int], ...]
    note_ends: tuple[int, ...]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The garbled span of the non-empty clean span, from its first byte to the note of its last character."""
        if stop <= start:
            raise ValueError(f"empty span {start}:{stop}")
        ends = zip(self.spans[start:stop], self.note_ends[start:stop], strict=True)
        return self.spans[start][0], max(max(span[1], note) for span, note in ends)

    def survives(self, start: int, stop: int) -> bool:
        """Whether every character of the clean span can be known from the garbled text."""
        return "gone" not in self.fates[start:stop]


def outcome(clean: str, converted: Sequence[str], pieces: Sequence[Piece], hits: Sequence[Hit]) -> Garbled:
    """Gather the pieces into a text and tell each clean character's fate."""
    spans, note_ends = _places(len(clean), pieces)
    known = {slot for piece in pieces if piece.readable for slot in piece.slots if slot >= 0}
    whole = {piece.slots[0] // 2 for piece in pieces if piece.readable and _is_whole(piece.slots)}
    marks = {
        slot for piece in pieces if piece.text == "?" for slot in piece.slots
    }  # a mark or a loss: who can tell
    inferred = known | _inferred(known - marks, hits)
    fates: list[Fate] = []
    for index, character in enumerate(converted):
        own = {own_slot(index, byte) for byte in range(len(character.encode("gbk")))}
        if own <= known:
            fates.append("kept" if len(own) == 1 or index in whole else "shifted")
        else:
            fates.append("inferred" if own <= inferred else "gone")
    text = "".join(piece.text for piece in pieces)
    return Garbled(clean, tuple(converted), text, tuple(fates), tuple(spans), tuple(note_ends))


def _is_whole(slots: tuple[int, ...]) -> bool:
    return len(slots) == 2 and slots[0] >= 0 and slots[0] % 2 == 0 and slots[1] == slots[0] + 1


def _places(count: int, pieces: Sequence[Piece]) -> tuple[list[tuple[int, int]], list[int]]:
    """Span of every clean character and end of its note."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    notes: dict[int, int] = {}
    at = 0
    for piece in pieces:
        stop = at + len(piece.text)
        for slot in piece.slots:
            character = character_of(slot)
            if character is None:
                continue
            if slot >= 0:
                starts.setdefault(character, at)
                ends[character] = stop
            else:
                notes[character] = stop
        at = stop
    spans = [(starts[index], ends[index]) for index in range(count)]
    return spans, [max(notes.get(index, 0), spans[index][1]) for index in range(count)]


def _inferred(known: set[int], hits: Sequence[Hit]) -> set[int]:
    """The lost second bytes that a known first byte and a reading determine, and what follows from these in turn."""
    names = forms_by_lead_and_reading()
    found: set[int] = set()
    growing = True
    while growing:
        growing = False
        for hit in hits:
            if hit.second in known or hit.second in found or not (hit.first in known or hit.first in found):
                continue
            if len(names.get((hit.found[0], hit.reading), ())) == 1:
                found.add(hit.second)
                growing = True
    return found
