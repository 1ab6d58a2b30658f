"""Pinyin notes that a page machine put behind traditional characters: 區(qū).

A note is believed only when it is a reading of the character before it and that character is a traditional form;
a writer's own note, 岞(zuò)山 or 龟(guī)裂, stands behind a simplified or a rare character and stays.
"""

from __future__ import annotations

import re

from luodi.reading.repair.tables import chars_by_reading

PINYIN = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹɡɑ]{1,7}"
NOTE = re.compile(rf"\(({PINYIN})\)")
# The lead byte of what stood here took the opening bracket with it.
BROKEN_NOTE = re.compile(rf"[?？]({PINYIN})\)")

_LETTERS = str.maketrans("ɡɑ", "ga")


def readable_as(pinyin: str) -> str:
    """The traditional characters that may be read ``pinyin``."""
    return chars_by_reading().get(pinyin) or chars_by_reading().get(pinyin.translate(_LETTERS), "")


def note_end(text: str, at: int, char: str) -> int:
    """Where a believed note on ``char`` that begins at ``at`` ends; ``at`` itself where there is none.

    >>> note_end("區(qū)", 1, "區"), note_end("區(wéi)", 1, "區")
    (5, 1)
    """
    if not text.startswith("(", at):
        return at
    note = NOTE.match(text, at)
    return note.end() if note and char in readable_as(note[1]) else at
