"""Readings without tone marks that a page machine sprinkled over a page: 自治(zhi)區(qu)(qu)人民政(zheng)府.

They stand behind simplified and traditional characters alike, sometimes twice, so that the character tells nothing; what
tells is how many there are. A primer for learners would be taken for such a page.
"""

from __future__ import annotations

import re

from luodi.reading.edits import Edit

_SYLLABLE = (
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:i?ang|i?ong|[iu]ang|eng|ing|i?an|uan|en|in|un|i?ao|uai|ai|ei|ui|i?ou|iu|i?e|u[aeo]|ia|er|[aeiouv])"
)
_NOTES = re.compile(rf"(?<=[\u4e00-\u9fff])(?:\({_SYLLABLE}\))+")
_FEWEST = 8
_HAN_PER_NOTE = 40
_HAN = re.compile("[\u4e00-\u9fff]")


def without_bare_notes(source: str) -> list[Edit]:
    """The edits that take the notes out; none where there are too few to have been put there by a machine."""
    if source.count("(") < _FEWEST:
        return []
    found = [note.span() for note in _NOTES.finditer(source)]
    if len(found) < _FEWEST or len(found) * _HAN_PER_NOTE < len(_HAN.findall(source)):
        return []
    return [Edit(start, stop, "", "bare_note") for start, stop in found]
