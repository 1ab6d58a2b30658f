"""Repair in order: is it damaged, then one walk over the page, each place to the rule that knows it."""

from __future__ import annotations

import re
from functools import cache

from luodi.reading.edits import Edit, EditedText
from luodi.reading.repair.bare_notes import without_bare_notes
from luodi.reading.repair.codepage import char_of, last_byte
from luodi.reading.repair.commas import COMMAS, DOUBLED_COMMA, MARKS
from luodi.reading.repair.detect import is_damaged
from luodi.reading.repair.language import simple
from luodi.reading.repair.notes import PINYIN, note_end, readable_as
from luodi.reading.repair.restored import Restored, run_edits
from luodi.reading.repair.runs import forced_run
from luodi.reading.repair.search import Search
from luodi.reading.repair.tables import simplified_codes, traditional_class
from luodi.reading.repair.traditional import SETTLED_BY_NEIGHBOURS, settle_run, settle_zhu
from luodi.reading.repair.wrapped import unwraps


def repair(source: str) -> EditedText:
    """The repaired text of ``source`` with every edit recorded; clean running text comes back with no edits.

    Never raises, whatever the text; time is linear in its length.

    >>> repair("全區(qū)經(jīng)濟(jì)工作").text
    '全区经济工作'
    """
    if is_damaged(source):
        return EditedText(source, _Walk(source).edits())
    return EditedText(source, without_bare_notes(source) or unwraps(source))


@cache
def _places() -> re.Pattern[str]:
    """Where something may have to be done: traditional forms with or without a note, commas, question marks."""
    return re.compile(
        rf"(?P<forms>[{traditional_class()}]+)(?P<note>\({PINYIN}\))?"
        rf"|(?P<comma>{DOUBLED_COMMA})|(?P<mark>[?？])|(?P<sign>[@-~])\((?P<stray>{PINYIN})\)"
    )


# Question marks with nothing on either side: characters that no code page had, and no bytes to restore them from.
_ALONE = re.compile(r"[?？]+(?=\s|$)")


class _Walk:
    """One pass over a damaged page."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._edits: list[Edit] = []
        self._search = Search(source)
        self._codes = simplified_codes()
        # the last restored run: where it ended and the character it ended with
        self._run_end = -1
        self._run_last = ""

    def edits(self) -> list[Edit]:
        source, find, at = self._source, _places().search, 0
        while place := find(source, at):
            if place.lastgroup == "mark":
                at = self._mark(place.start())
            elif place.lastgroup == "comma":
                at = place.end()
                self._edits.append(Edit(place.start(), at, "", "doubled_comma"))
            elif place["sign"]:
                at = self._stray_note(place)
            else:
                at = self._forms(place)
        return self._edits

    def _forms(self, place: re.Match[str]) -> int:
        """A run of traditional forms; a believed note goes with the last of them."""
        run, note = place.group("forms", "note")
        start, stop = place.span("forms")
        end = place.end() if note and run[-1] in readable_as(note[1:-1]) else stop
        plain = run.translate(self._codes)
        if not SETTLED_BY_NEIGHBOURS.isdisjoint(plain):
            plain = settle_run(plain, self._before(start), simple(self._source[end : end + 1]))
        if end > stop:
            if stop - start > 1 and run[:-1] != plain[:-1]:
                self._edits.append(Edit(start, stop - 1, plain[:-1], "traditional"))
            self._edits.append(Edit(stop - 1, end, plain[-1], "pinyin_note"))
        elif plain != run:
            self._edits.append(Edit(start, stop, plain, "traditional"))
        return end

    def _stray_note(self, place: re.Match[str]) -> int:
        """A note behind an ASCII letter: the hit was the last byte before it and the letter, 酒A(lú)股 for 酒A股."""
        start, stop = place.start(), place.end()
        lead = last_byte(self._raw_before(start))
        hit = char_of(lead, ord(place["sign"])) if lead else None
        if not hit or hit not in readable_as(place["stray"]):
            return start + 1
        self._edits.append(Edit(start, stop, place["sign"], "pinyin_note"))
        return stop

    def _mark(self, at: int) -> int:
        """A ``?``: the run that the bytes determine, else the likeliest, else a question mark that stays."""
        before = self._raw_before(at)
        if not before.strip():
            alone = _ALONE.match(self._source, at)
            if alone:
                return alone.end()
        alternatives: list[list[Restored]] = []
        forced = forced_run(self._source, at, before)
        if forced:
            stop, run = forced
        else:
            found = self._search.run_at(at, before)
            if found is None:
                return at + 1
            stop, run, alternatives = found.stop, found.run, found.others
        self._run_end, self._run_last = stop, run[-1].raw
        run = _settle(run, self._before(at), self._source[stop : stop + 1])
        self._edits += run_edits(run, at, stop, "damaged_run", alternatives)
        return stop

    def _raw_before(self, at: int) -> str:
        """The character before ``at`` as the page had it before it was broken, any note on it left out."""
        if at == self._run_end:
            return self._run_last
        before = self._source[at - 1 : at]
        if before == ")":
            opening = self._source.rfind("(", max(at - 9, 0), at)
            noted = self._source[opening - 1 : opening] if opening > 0 else ""
            if noted and note_end(self._source, opening, noted) == at:
                return noted
        return before

    def _before(self, at: int) -> str:
        return simple(self._raw_before(at))


def _settle(run: list[Restored], before: str, following: str) -> list[Restored]:
    """著 by its neighbours, and no comma in front of another mark."""
    settled = []
    for at, char in enumerate(run):
        after = run[at + 1].char if at + 1 < len(run) else simple(following)
        if char.char in COMMAS and after and after in MARKS and len(run) > 1:
            continue
        if char.raw == "著":
            earlier = run[at - 1].char if at else before
            char = Restored(settle_zhu(earlier, after), char.raw, char.start, char.stop, char.certainty)
        settled.append(char)
    return settled
