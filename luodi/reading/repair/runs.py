"""Damaged runs that the bytes determine: one reading at every step, every character an everyday one.

How a run arises, on bytes of code page 936: a search for a traditional character, ！ or ？ ignores where characters
begin, hits the second byte of one and the first of the next, and what follows is read one byte out of step until a
note's bracket or a trail byte below 0x80 puts it right again. A lead byte with an impossible trail byte shows as one
``?`` that has swallowed the trail byte. Read with the half character that is still pending, every step is forced:

    日?qǐng)?bào)     D5|88 = 請 hit inside 日報: 報 is read from its lead byte 88 and its reading bào
    。”青嵐區(qū) → ?!鼻鄭箙^(qū)    A1|A3 A1|B1 …: cut inside 。”, and B1 C7, E0 8D, B9 85, 5E are ”青嵐區 out of step

Wrong where a rare character is meant and an everyday one fits the same bytes; none is known.
"""

from __future__ import annotations

from functools import lru_cache

from luodi.reading.repair.codepage import char_of, last_byte, pair
from luodi.reading.repair.commas import MARKS
from luodi.reading.repair.language import is_everyday, score, simple, with_trail
from luodi.reading.repair.notes import BROKEN_NOTE, note_end, readable_as
from luodi.reading.repair.restored import Restored
from luodi.reading.repair.tables import followers, simplified_codes

FULL_STOP_TRAIL = 0xA3  # ！ and ？ begin with A3, and so end the 。 (A1 A3) they were cut from
SECOND_BYTE = {"!": 0xA1, "！": 0xA1, "?": 0xBF, "？": 0xBF}
_LONGEST = 40
# Natural logarithm a character below which a run of everyday characters is left to context.
_LIKELY = -6.5
_TOO_SHORT_TO_JUDGE = 3
# A pair this likely inside a word makes 学校 or 确保 as good a reading as a full stop.
_WORDLIKE = -4.0


@lru_cache(maxsize=4_096)
def with_lead_read(lead: int, pinyin: str) -> tuple[str, ...]:
    """Traditional characters that begin with byte ``lead`` and may be read ``pinyin``: nearly always one."""
    codes = simplified_codes()
    found = []
    for char in readable_as(pinyin):
        both = pair(char)
        if both and both[0] == lead and ord(char) in codes:
            found.append(char)
    return tuple(found)


def forced_run(text: str, at: int, before: str) -> tuple[int, list[Restored]] | None:
    """Read the run that begins with the ``?`` at ``at``, behind the character ``before`` (as the page has it).

    Gives where the run ends and its characters, or None where it is not forced.
    """
    begun = _begin(text, at, before)
    if begun is None:
        return None
    place, pending, since, run = begun
    while place < len(text) and len(run) < _LONGEST:
        broken = BROKEN_NOTE.match(text, place)
        if broken:
            found = with_lead_read(pending, broken[1])
            if len(found) != 1:
                return None
            run.append(Restored(simple(found[0]), found[0], since, broken.end()))
            return (broken.end(), run) if _reads_well(before, run) else None
        step = _step(text, place, pending)
        if step is None or not is_everyday(step[0]):
            return None
        char, end, second = step
        run.append(Restored(simple(char), char, since, end))
        if second is None:
            return (end, run) if _reads_well(before, run) else None
        if second < 0x80:
            return None  # a lone letter behind Chinese: possible, and left to context
        pending, since, place = second, place, end
    return None


def _reads_well(before: str, run: list[Restored]) -> bool:
    """Whether a run of everyday characters is also likely text: a vanished pair shifts the bytes and it is not."""
    if len(run) > 1 and run[0].char == "。" and run[1].char in MARKS:
        return False
    if len(run) < _TOO_SHORT_TO_JUDGE:
        return True
    total = 0.0
    for char in run:
        total += score(simple(before), char.char)
        before = char.raw
    return total > _LIKELY * len(run)


def _step(text: str, place: int, pending: int) -> tuple[str, int, int | None] | None:
    """The character that the symbol at ``place`` completes, where it ends, and the byte then pending."""
    symbol = text[place]
    both = pair(symbol)
    if both:
        if note_end(text, place + 1, symbol) > place + 1:
            return None  # a false hit that being out of step made look whole: let context decide
        first, second, end = both[0], both[1], place + 1
    elif "@" <= symbol <= "~":
        char = char_of(pending, ord(symbol))
        if char is None or _is_letter(text[place + 1 : place + 2]):
            return None  # two letters in a row are a word, not a trail byte
        return char, note_end(text, place + 1, char), None
    elif "!" <= symbol <= "?":  # a full-width sign out of step, made narrow by a later copy
        first, second, end = 0xA3, 0x80 + ord(symbol), place + 1
    else:
        return None
    char = char_of(pending, first)
    return (char, end, second) if char else None


def _begin(text: str, at: int, before: str) -> tuple[int, int, int, list[Restored]] | None:
    """The first step: (next position, pending byte, where it stands, characters so far)."""
    broken = BROKEN_NOTE.match(text, at)
    if broken:
        last = last_byte(before)
        found = with_lead_read(last, broken[1]) if last else ()
        if len(found) != 1:
            return None
        second = pair(found[0])
        return (broken.end(), second[1], at, []) if second and second[1] >= 0x81 else None
    mark = text[at + 1 : at + 2]
    if mark not in SECOND_BYTE or not before or _is_letter(before) or _may_be_a_word(before):
        return None
    return at + 2, SECOND_BYTE[mark], at, [Restored("。", "。", at, at + 2)]


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _may_be_a_word(before: str) -> bool:
    """Whether a character that ends in A3 (校, 保, 常 …) would go well behind ``before`` instead of a full stop."""
    known = followers(simple(before))
    return any(known.get(simple(char), -99.0) > _WORDLIKE for char in with_trail(FULL_STOP_TRAIL).values())
