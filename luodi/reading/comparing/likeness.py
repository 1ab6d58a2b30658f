"""How alike two texts are: the same article printed again, quoted in another, or brought up to date.

A text's sketch holds, of 64 bins into which the hashes of its runs of eight signs fall, the smallest in each (one-permutation
MinHash; empty bins borrow from the next). The share of equal entries estimates how many of all runs two texts share; with the
number of runs in each, how much of the one stands in the other.
"""

from __future__ import annotations

import re
import zlib
from typing import Literal, NamedTuple

Relation = Literal["same", "updated", "quotes", "quoted"]
_RUN = 8
_ENTRIES = 64
_MIX = 0x9E3779B1  # fixed for ever: a sketch kept yesterday must compare with one made tomorrow
_PLAIN = re.compile(r"[^\w]|_")
_MOST_SIGNS = 200_000
_FEWEST_RUNS = 20
_SAME, _UPDATED, _CONTAINED, _LEAST = 0.9, 0.5, 0.7, 0.1


class Sketch(NamedTuple):
    """``entries`` as MinHash gives them; ``runs`` counts the different runs of the text."""

    entries: tuple[int, ...]
    runs: int


class Likeness(NamedTuple):
    """How much two texts share: of both together, and of the smaller one."""

    shared: float
    contained: float


def sketch(text: str) -> Sketch | None:
    """The sketch of a text; ``None`` where it is too short to tell anything."""
    plain = _PLAIN.sub("", text[:_MOST_SIGNS])
    runs = {
        zlib.crc32(plain[at : at + _RUN].encode("utf-8", "replace")) for at in range(len(plain) - _RUN + 1)
    }
    if len(runs) < _FEWEST_RUNS:
        return None
    smallest: dict[int, int] = {}
    for run in runs:
        mixed = run * _MIX & 0xFFFFFFFF
        held = smallest.get(mixed >> 26)
        if held is None or mixed < held:
            smallest[mixed >> 26] = mixed
    entries = []
    for at in range(_ENTRIES):
        step = next(step for step in range(_ENTRIES) if (at + step) % _ENTRIES in smallest)
        entries.append((smallest[(at + step) % _ENTRIES] + step * 0x85EBCA6B) & 0xFFFFFFFF)
    return Sketch(tuple(entries), len(runs))


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """How much two sketched texts share, by estimate (about ± 0.06)."""
    shared = sum(a == b for a, b in zip(one.entries, other.entries, strict=True)) / _ENTRIES
    both = shared * (one.runs + other.runs) / (1 + shared)
    return Likeness(shared, min(1.0, both / min(one.runs, other.runs)))


def relation(later: Sketch, earlier: Sketch) -> tuple[Relation, float] | None:
    """What a later text is to an earlier one, with how sure that is; ``None`` where they are strangers."""
    found = likeness(later, earlier)
    if found.shared >= _SAME:
        return "same", round(found.shared, 2)
    if found.shared >= _UPDATED:
        return "updated", round(found.shared, 2)
    if found.shared >= _LEAST and found.contained >= _CONTAINED:
        return ("quotes" if later.runs > earlier.runs else "quoted"), round(found.contained, 2)
    return None


def bands(given: Sketch) -> tuple[int, ...]:
    """Numbers of which kindred texts share at least one, almost surely: what to look them up by."""
    return tuple(at << 32 | zlib.crc32(b"%d,%d" % given.entries[at : at + 2]) for at in range(0, _ENTRIES, 2))
