"""A page as code page 936 bytes, each of which remembers the clean character it came from.

All damage is done to bytes by programs that know nothing of characters; remembering is only ours, to tell afterwards
what became of each clean character.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

COMMA = -1  # the slot of every byte of an added comma


def own_slot(character: int, byte: int) -> int:
    """The slot of byte 0 or 1 of the clean character with this index."""
    return 2 * character + byte


def note_slot(character: int) -> int:
    """The slot of every byte of a note that stands behind (a byte of) this clean character."""
    return -2 - character


def character_of(slot: int) -> int | None:
    """The clean character a slot belongs to, through its own byte or its note; None for an added comma."""
    if slot == COMMA:
        return None
    return slot // 2 if slot >= 0 else -2 - slot


class BytesInHand:
    """Bytes and, beside each, its slot. Changed in place; only insertion is ever needed."""

    __slots__ = ("data", "slots")

    def __init__(self, characters: Iterable[str]) -> None:
        """Encode; ValueError names the character that the code page lacks."""
        data = bytearray()
        self.slots = array("q")
        for index, character in enumerate(characters):
            try:
                encoded = character.encode("gbk")
            except UnicodeEncodeError as problem:
                raise ValueError(f"U+{ord(character):04X} at {index} is not in code page 936") from problem
            data += encoded
            self.slots.extend(own_slot(index, byte) for byte in range(len(encoded)))
        self.data = bytes(data)

    def find(self, wanted: bytes) -> list[int]:
        """Where the bytes stand, left to right without overlap, whatever the characters are."""
        found = []
        at = self.data.find(wanted)
        while at >= 0:
            found.append(at)
            at = self.data.find(wanted, at + len(wanted))
        return found

    def insert(self, insertions: Sequence[tuple[int, bytes, int]]) -> None:
        """Insert (position, bytes, slot of these bytes), positions ascending and counted before the insertion."""
        data: list[bytes] = []
        slots = array("q")
        done = 0
        for position, added, slot in insertions:
            data += [self.data[done:position], added]
            slots.extend(self.slots[done:position])
            slots.extend([slot] * len(added))
            done = position
        self.data = b"".join([*data, self.data[done:]])
        slots.extend(self.slots[done:])
        self.slots = slots
