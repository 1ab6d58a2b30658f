"""Whether two pictures are one picture: fingerprints that stay near when it is resized, saved anew, brightened or trimmed.

A picture is shrunk to nine by nine grey cells; each of the 128 bits says whether a cell is brighter than its right (lower)
neighbour. What is near in this sense was measured on generated pictures, see docs/why/evidence.md. It finds no mirrored or
turned copy, and pages of one printed form are alike: whoever is told "alike" has to look. Pure arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

SIDE = 9  # cells a side
TRIMS = (
    0.0,
    0.03,
    0.06,
    0.09,
)  # shares taken off each side before shrinking, so that a trimmed copy meets its origin
BITS = 2 * (SIDE - 1) ** 2
THRESHOLD = 20  # of 128 bits: at most so many may differ
_DIGITS = BITS // 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """The fingerprints of one picture, in the order of ``TRIMS``."""

    prints: tuple[int, ...]

    @classmethod
    def of(cls, cells: list[bytes]) -> Likeness:
        """Of the grey cells of the picture, once for each of ``TRIMS``. Raises ``ValueError``."""
        return cls(tuple(fingerprint(each) for each in cells))

    @classmethod
    def from_text(cls, text: str) -> Likeness:
        """What ``as_text`` wrote. Raises ``ValueError``."""
        if not text or len(text) % _DIGITS:
            raise ValueError(f"a likeness has a multiple of {_DIGITS} digits, not {len(text)}")
        return cls(tuple(int(text[at : at + _DIGITS], 16) for at in range(0, len(text), _DIGITS)))

    def as_text(self) -> str:
        """Small hexadecimal, 32 digits for each fingerprint."""
        return "".join(format(each, f"0{_DIGITS}x") for each in self.prints)

    def distance(self, other: Likeness) -> int:
        """By how many bits the two nearest fingerprints differ: 0 to 128; a copy has few."""
        return min((mine ^ theirs).bit_count() for mine in self.prints for theirs in other.prints)

    def is_like(self, other: Likeness) -> bool:
        """Whether the two may be one picture."""
        return self.distance(other) <= THRESHOLD


def fingerprint(cells: bytes) -> int:
    """128 bits from 81 grey values, row by row. Raises ``ValueError`` for another number of them.

    >>> fingerprint(bytes(81)), fingerprint(bytes(range(80, -1, -1))) == 2**128 - 1
    (0, True)
    """
    if len(cells) != SIDE * SIDE:
        raise ValueError(f"a fingerprint needs {SIDE * SIDE} cells, not {len(cells)}")
    made = 0
    for row in range(SIDE - 1):
        for column in range(SIDE - 1):
            at = row * SIDE + column
            brighter = (cells[at] > cells[at + 1]) << 1 | (cells[at] > cells[at + SIDE])
            made = made << 2 | brighter
    return made
