"""Is this page damaged? Clean text must pay almost nothing to hear no.

Damaged: plain traditional characters carry pinyin notes, or a converted page holds cut marks whose surroundings
read well one byte out of step. Not damaged: traditional Chinese as written (however many ``?!``), Japanese, a primer
or a dictionary with readings behind simplified or rare characters.
"""

from __future__ import annotations

import re
from functools import cache

from luodi.reading.repair.codepage import in_gb2312, is_han
from luodi.reading.repair.language import is_odd, is_plain
from luodi.reading.repair.notes import NOTE, note_end
from luodi.reading.repair.runs import forced_run
from luodi.reading.repair.tables import simplified_codes

# Hardly a line of a converted page is without one of these, and they are not in simplified text.
_TELLTALE = "區會國發為經業個設產進務關說開實員長時書導點"
_SHORT = 2_000  # below this the careful test costs nothing either
_ENOUGH_NOTES = 3
_HAN_PER_NOTE = 100
_TRADITIONAL_SHARE = 0.05
_ODD_CHARACTERS = 3
_NEAR = 8
_MOST_MARKS = 2_000
_NOTED = re.compile(r"([\u3400-\u9fff])" + NOTE.pattern)
_KANA = re.compile("[\u3041-\u30fa]")
_MARK = re.compile("[?？]")


def is_damaged(text: str) -> bool:
    """Whether ``text`` went through the conversion, annotation and cutting that this package undoes."""
    if len(text) > _SHORT and not any(char in text for char in _TELLTALE):
        return False
    return _has_machine_notes(text) or _was_cut(text)


def _has_machine_notes(text: str) -> bool:
    """Notes on plain traditional characters, few or none on the simplified ones a teacher would annotate."""
    noted = plain = others = 0
    for note in _NOTED.finditer(text):
        char = note[1]
        if in_gb2312(char):
            others += char != "著"
        elif note_end(text, note.end(1), char) == note.end():
            noted += 1
            plain += is_plain(char)
            if plain >= 20 and noted > 4 * others:
                return True
    if not plain or noted < 2 * others or 3 * plain < noted:
        return False
    return plain >= _ENOUGH_NOTES or plain * _HAN_PER_NOTE >= sum(map(is_han, text))


def _was_cut(text: str) -> bool:
    """A converted page without notes: traditional forms, and marks behind which only shifted bytes make sense."""
    marks = [mark.start() for mark in _MARK.finditer(text)]
    if not marks:
        return False
    traditional = len(_traditional().findall(text))
    if traditional < 5 or traditional < _TRADITIONAL_SHARE * sum(map(is_han, text)):
        return False
    if len(_KANA.findall(text)) * 20 > traditional or _is_written_so(text):
        return False
    near = 0
    for at in marks[:_MOST_MARKS]:
        if forced_run(text, at, text[at - 1 : at]) is not None:
            return True
        near += sum(map(is_odd, text[at + 1 : at + 1 + _NEAR]))
    # characters of no converted page, and all of them right behind marks: runs that the bytes leave open
    return near >= _ODD_CHARACTERS and near * 4 >= 3 * sum(map(is_odd, text))


def _is_written_so(text: str) -> bool:
    """Whether a person wrote this in traditional Chinese: 於, 後 and 裡, where conversion one to one leaves 于, 后, 里."""
    return sum(map(text.count, "於後裡裏")) > sum(map(text.count, "于后里"))


@cache
def _traditional() -> re.Pattern[str]:
    """One traditional form that simplified text does not use."""
    chars = "".join(map(chr, simplified_codes()))
    return re.compile(f"[{chars}]")
