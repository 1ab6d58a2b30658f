"""Read off a garbled page what its site did: its list of notes with an order that explains them, commas, cuts left out.

Needs the page's repaired text for the places; it takes no character of a note from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.reading.edits import EditedText
from tests.garbler.profiles import COMMA_MARKS
from tests.garbler.tables import forms_by_lead_and_reading

READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+"
WHOLE_NOTE = re.compile(rf"([\u4e00-\u9fff])\(({READING})\)")
BROKEN_NOTES = re.compile(rf"([\u4e00-\u9fff])((?:\?{READING}\))+)")
WIDE = str.maketrans(",!?():;", "，！？（）：；")


@dataclass(frozen=True, slots=True)
class Site:
    """What ``garble`` must be told to do as this page's site did."""

    clean: str
    notes: list[tuple[str, str]]
    comma_before: list[int]
    uncut: list[int]


def read_off(page: EditedText) -> Site:
    """The site behind a garbled page and its repair; marks are full-width again, as they were before the last copy."""
    commas = [
        at for at, mark in enumerate(page.text) if mark in COMMA_MARKS | {","} and _has_extra_comma(page, at)
    ]
    return Site(page.text.translate(WIDE), notes_in_order(page.source), commas, _uncut(page))


def notes_in_order(source: str) -> list[tuple[str, str]]:
    """The site's list, as far as the page shows it.

    In a run of broken notes (日?qǐng)?bào)) a note was put inside a character: each lost byte follows from the byte
    before it and the reading, and the note of the true, last character must have been there before the false one, so
    the run's entries stand at the head of the list in reverse.
    """
    whole = dict.fromkeys(match.groups() for match in WHOLE_NOTE.finditer(source))
    broken: dict[tuple[str, str], None] = {}
    for match in BROKEN_NOTES.finditer(source):
        byte = match[1].encode("gbk")[1]
        chain = []
        for reading in re.findall(READING, match[2]):
            named = forms_by_lead_and_reading().get((byte, reading), frozenset())
            if len(named) != 1:
                raise ValueError(
                    f"{match[0]!r}: {len(named)} characters with first byte {byte:02X} read {reading}"
                )
            (form,) = named
            chain.append((form, reading))
            byte = form.encode("gbk")[1]
        broken.update(dict.fromkeys(reversed(chain)))
    return [*broken, *((form, reading) for form, reading in whole if (form, reading) not in broken)]


def _has_extra_comma(page: EditedText, at: int) -> bool:
    """Whether the source has one comma more around this mark than the repaired text."""
    start = page.source_span(at - 1, at)[1] if at else 0
    stop = page.source_span(at + 1, at + 2)[0] if at + 1 < len(page.text) else len(page.source)
    return page.source[start:stop].count(",") > page.text[at].translate(WIDE).count("，")


def _uncut(page: EditedText) -> list[int]:
    """Where 。” stands whole in the source although its bytes hold a mark that is cut elsewhere."""
    found = [match.start() for match in re.finditer("。”", page.text)]
    return [at for at in found if "。”" in page.source[slice(*page.source_span(at, at + 2))]]
