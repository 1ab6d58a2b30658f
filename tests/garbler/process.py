"""The process itself: what the sites, one step after the other, did to a clean page.

It would be wrong about a page if its site added the notes after decoding, or searched by characters: then no false hits
such as a note inside a word could have come about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tests.garbler.bytes_in_hand import COMMA, BytesInHand, character_of, note_slot, own_slot
from tests.garbler.code_page import decode
from tests.garbler.outcome import Garbled, Hit, Piece, outcome
from tests.garbler.tables import traditional_forms

CUT_MARKS = {"！".encode("gbk"): "！", "？".encode("gbk"): "？"}
NARROWED = str.maketrans("，！？（）；：", ",!?();:")


def narrow(text: str) -> str:
    """The text as the copy that reaches us shows it: seven marks made ASCII."""
    return text.translate(NARROWED)


def garble(
    clean: str,
    *,
    notes: Sequence[tuple[str, str]] = (),
    comma_before: Collection[int] = (),
    cut: bool = True,
    uncut: Collection[int] = (),
    forms: Mapping[str, str] | None = None,
) -> Garbled:
    """Garble a clean page and say what became of each of its characters.

    ``notes`` are (traditional character, reading with tone marks) in the order the site searched them;
    ``comma_before`` are indices of clean characters that get a comma in front; ``uncut`` are indices of clean
    characters at whose bytes a cut was left out; ``forms`` overrides single conversions (simplified → form). ValueError
    if the page holds a character outside code page 936.
    """
    table = {**traditional_forms(), **(forms or {})}
    converted = [table.get(character, character) for character in clean]
    page = BytesInHand(converted)
    hits = _add_notes(page, notes)
    _add_commas(page, frozenset(comma_before))
    pieces = _decode_in_cuts(page, _cuts(page, frozenset(uncut)) if cut else [])
    return outcome(clean, converted, pieces, hits)


def _add_notes(page: BytesInHand, notes: Sequence[tuple[str, str]]) -> list[Hit]:
    """One pass over the bytes for each entry of the list; the note goes behind every hit, true or false."""
    hits = []
    for form, reading in notes:
        wanted = form.encode("gbk")
        places = page.find(wanted)
        note = f"({reading})".encode("gbk")
        additions = []
        for place in places:
            first, second = page.slots[place], page.slots[place + 1]
            owner = character_of(second)
            if owner is None:
                raise AssertionError("a comma cannot be part of a hit before commas are added")
            hits.append(Hit(first, second, wanted, reading))
            additions.append((place + len(wanted), note, note_slot(owner)))
        if additions:
            page.insert(additions)
    return hits


def _add_commas(page: BytesInHand, before: frozenset[int]) -> None:
    wanted = {own_slot(character, 0) for character in before}
    places = [place for place, slot in enumerate(page.slots) if slot in wanted] if wanted else []
    page.insert([(place, b",", COMMA) for place in places])


def _cuts(page: BytesInHand, uncut: frozenset[int]) -> list[tuple[int, str]]:
    """(position, mark) of every cut: the marks' bytes wherever they stand."""
    found = [(place, mark) for wanted, mark in CUT_MARKS.items() for place in page.find(wanted)]
    return sorted((place, mark) for place, mark in found if character_of(page.slots[place]) not in uncut)


def _decode_in_cuts(page: BytesInHand, cuts: Sequence[tuple[int, str]]) -> list[Piece]:
    """Decode each stretch between cuts by itself, put the marks back, narrow."""
    pieces: list[Piece] = []
    done = 0
    for place, mark in cuts:
        pieces += _decode_stretch(page, done, place)
        pieces.append(Piece(narrow(mark), tuple(page.slots[place : place + 2]), readable=True))
        done = place + 2
    return pieces + _decode_stretch(page, done, len(page.data))


def _decode_stretch(page: BytesInHand, start: int, stop: int) -> list[Piece]:
    pieces = []
    for text, size, readable in decode(page.data[start:stop]):
        pieces.append(Piece(narrow(text), tuple(page.slots[start : start + size]), readable))
        start += size
    return pieces
