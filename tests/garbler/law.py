"""The law a repair is held to: what can be known comes back, and no digit comes out of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from luodi.reading.edits import EditedText
from tests.garbler.outcome import Garbled
from tests.garbler.process import narrow
from tests.garbler.tables import traditional_forms

TOO_FEW_SIGNS = 4
ARABIC = frozenset("0123456789０１２３４５６７８９")
NUMERALS = frozenset("〇一二两三四五六七八九十百千万亿")


@cache
def _merged() -> dict[str, str]:
    """Converted form → all clean characters that end up as it, where there is more than one (著: 著 and 着)."""
    found: dict[str, str] = {}
    for simplified, form in traditional_forms().items():
        found[form] = found.get(form, form) + simplified
    return found


def permitted(garbled: Garbled) -> re.Pattern[str]:
    """All texts a faithful repair may return: known characters exactly, for a run of gone ones anything but digits.

    A gone run of n characters may come back as up to n + 2 signs: dropped bytes do not tell how many they were.
    """
    pattern = []
    entries = zip(garbled.clean, garbled.converted, garbled.fates, strict=True)
    for gone, run in groupby(entries, key=lambda entry: entry[2] == "gone"):
        members = list(run)
        if gone:
            pattern.append(rf"[^0-9０-９]{{0,{len(members) + 2}}}")
            continue
        for clean, converted, _ in members:
            both = _merged().get(converted, "")
            pattern.append(re.escape(narrow(clean)) if clean not in both else f"[{both}]")
    return re.compile("".join(pattern))


def signs(garbled: Garbled) -> int:
    """How many notes and damaged runs the page shows: what tells a garbled page from a traditional original."""
    notes = sum(note > stop for note, (_, stop) in zip(garbled.note_ends, garbled.spans, strict=True))
    runs = sum(kept for kept, _ in groupby(garbled.fates, key=lambda fate: fate != "kept"))
    return notes + runs


def is_faithful(garbled: Garbled, repaired: str) -> bool:
    """Whether the repaired text is permitted. It need not be the clean one: what is gone is left to context.

    Marks are compared narrowed, for a repair may know from the bytes that one was full-width. A page with fewer than
    ``TOO_FEW_SIGNS`` may come back untouched: it may be a traditional original, and these must not be touched.
    """
    if signs(garbled) < TOO_FEW_SIGNS and repaired == garbled.text:
        return True
    return permitted(garbled).fullmatch(narrow(repaired)) is not None


def invented_digits(garbled: Garbled, repaired: EditedText) -> str:
    """Digits the repair has and the garbled page has not, and Chinese numerals it is sure of that the clean page has
    not; "" as it should be. Both are compared as sequences, so that a digit in another place is found too."""
    arabic = _not_in_order(filter(ARABIC.__contains__, repaired.text), garbled.text)
    certain = (character for at, character in enumerate(repaired.text) if not repaired.is_damaged(at, at + 1))
    back = {form: simplified for simplified, form in traditional_forms().items()}
    numerals = (back.get(character, character) for character in certain)
    return arabic + _not_in_order(filter(NUMERALS.__contains__, numerals), garbled.clean)


def _not_in_order(wanted: Iterable[str], text: str) -> str:
    """The wanted characters that are not found in the text after the ones before them."""
    missing = ""
    at = 0
    for character in wanted:
        found = text.find(character, at)
        if found < 0:
            missing += character
        else:
            at = found + 1
    return missing
