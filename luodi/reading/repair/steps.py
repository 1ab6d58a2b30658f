"""The single steps by which a damaged run may be read on: each yields every continuation the bytes allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from heapq import nlargest
from typing import NamedTuple

from luodi.reading.edits import Certainty
from luodi.reading.repair.codepage import char_of, is_private, last_byte, pair
from luodi.reading.repair.language import is_odd, is_usual, score, simple, with_lead, with_trail
from luodi.reading.repair.notes import BROKEN_NOTE, note_end, readable_as
from luodi.reading.repair.restored import LOST
from luodi.reading.repair.runs import FULL_STOP_TRAIL, SECOND_BYTE, with_lead_read
from luodi.reading.repair.tables import commonness, followers

# One character of a run and what came before it: (char as the page had it, start, stop, certainty, earlier).
Link = tuple[str, int, int, Certainty, "Link | None"]
Step = tuple[int, "Reading"]

QUESTION = "?？"
_CUT = "!！?？"
_GAP_PAIRS = 60
_CHOICES = 12
# Costs in natural logarithms: how much rarer a kind of damage is than plain text.
_GENUINE = -1.0
_MARK_AFTER_MARK = -4.0
_ODD = -8.0
_LONE_MARK = -5.0
_WORD = -0.5  # instead of a full stop, a character that makes a word with the one before
_NO_WORD = -3.5
_DANGLING = -3.0
_UNDEFINED = -4.0
_DROPPED = -2.0
_NOTE_ALONE = -9.0
_PLAIN_QUESTION = -3.0


class Reading(NamedTuple):
    """A way to have read the source up to some place.

    ``pending`` is the lead byte, standing at ``since``, of the character to come, or None when in step; ``shaky`` when
    that byte is itself a guess. ``last`` is the character before, ``run`` the restored ones; ``plain`` counts symbols
    read in step since the run ended at ``end``.
    """

    score: float
    pending: int | None
    since: int
    last: str
    run: Link | None = None
    shaky: bool = False
    plain: int = 0
    end: int = 0


# A gap supposed in front of a reading's next symbol: score, lead byte pending behind it, character read, the reading.
Gap = tuple[float, int, str, Reading]


def openings(text: str, at: int, before: str) -> Iterator[Step]:
    """What the ``?`` at ``at`` may be: a question mark, a false hit, a note whose character is gone, a cut."""
    blank = Reading(0.0, None, at, before)
    broken = BROKEN_NOTE.match(text, at)
    if broken:
        last = last_byte(before)
        for hit in with_lead_read(last, broken[1]) if last else ():
            second = pair(hit)
            if second and second[1] > 0x80:
                yield broken.end(), blank._replace(pending=second[1])
        for char in readable_as(broken[1]):
            if is_usual(char):
                yield broken.end(), _emit(blank, char, broken.end(), _NOTE_ALONE, "guessed", since=at)
        yield broken.end(), _emit(blank, LOST, broken.end(), 2 * _NOTE_ALONE, "lost", since=at)
        return
    mark = text[at + 1 : at + 2]
    unlikely = _MARK_AFTER_MARK if mark and mark in _CUT else 0.0
    genuine = _GENUINE + unlikely + score(simple(before), "?")
    yield at + 1, blank._replace(score=genuine, last="?", plain=1, end=at + 1)
    ways = [(2, SECOND_BYTE[mark], 0.0)] if mark and mark in SECOND_BYTE else []
    if _goes_on(text, at + 1):
        ways.append((1, SECOND_BYTE["?"], _LONE_MARK))
    for taken, second_byte, cost in ways:
        for char in _likeliest(before, with_trail, FULL_STOP_TRAIL):
            rarer = 0.0 if char == "。" else _WORD if simple(char) in followers(simple(before)) else _NO_WORD
            # what was cut is an assumption; the search calls it exact when nothing else is open
            begun = _emit(blank, char, at + taken, cost + rarer, "guessed", since=at)
            yield at + taken, begun._replace(pending=second_byte)


def _goes_on(text: str, at: int) -> bool:
    """Whether the second byte of ？ and the symbol at ``at`` make a usual character, as behind a lone cut they must."""
    both = pair(text[at]) if at < len(text) else None
    first = both[0] if both else ord(text[at]) if text[at : at + 1].isascii() and text[at : at + 1] else 0
    return first >= 0x40 and is_usual(char_of(SECOND_BYTE["?"], first) or "")


@lru_cache(maxsize=4_096)
def _likeliest(before: str, choice: Callable[[int], dict[int, str]], byte: int) -> tuple[str, ...]:
    """The best few characters behind ``before`` of those that hold ``byte``."""
    last = simple(before)
    chars = choice(byte).values()
    return tuple(nlargest(_CHOICES, chars, key=lambda char: score(last, simple(char))))


def in_step(text: str, place: int, reading: Reading) -> Step:
    """One symbol read as it stands, to see how well the text goes on behind a run."""
    char = text[place]
    if char in QUESTION:
        broken = BROKEN_NOTE.match(text, place)
        stop = broken.end() if broken else place + 1
        cost = _plain_mark(text, place, reading, broken[1] if broken else "")
    else:
        stop = note_end(text, place + 1, char)
        cost = score(simple(reading.last), simple(char))
    before, pending, since, _, run, shaky, plain, end = reading
    return stop, Reading(before + cost, pending, since, char, run, shaky, plain + 1, end)


def _plain_mark(text: str, place: int, reading: Reading, pinyin: str) -> float:
    last = last_byte(reading.last)
    if pinyin and not (last and with_lead_read(last, pinyin)):
        return 4 * _PLAIN_QUESTION  # no false hit could have begun here: what stands before is not as it was
    return 2 * _PLAIN_QUESTION if text[place - 1] in QUESTION else _PLAIN_QUESTION


def out_of_step(text: str, place: int, reading: Reading, may_guess: bool) -> list[Step]:
    """Every continuation of a reading whose lead byte is pending over the symbol at ``place``."""
    char = text[place]
    if char in QUESTION:
        broken = BROKEN_NOTE.match(text, place)
        if broken and reading.pending is not None:
            found = with_lead_read(reading.pending, broken[1])
            stop = broken.end()
            certainty: Certainty = "exact" if len(found) == 1 else "guessed"
            if found:
                return [(stop, _emit(reading, char, stop, 0.0, certainty)) for char in found]
        return list(_question(text, place, reading, may_guess))
    if pair(char):
        return _two_bytes(text, place, reading)
    if "!" <= char <= "~" or char in "€\x80":
        return _one_byte(text, place, reading)
    return []


def _question(text: str, place: int, reading: Reading, may_guess: bool) -> Iterator[Step]:
    following = text[place + 1 : place + 2]
    for char in _likeliest(reading.last, with_lead, reading.pending or 0):
        ended = _emit(reading, char, place + 1, _DANGLING, "guessed")
        if following and following not in _CUT and following not in "\r\n":
            # the byte took the sign behind it along: a digit, a point, a space, nobody can know
            run: Link = (LOST, place, place + 1, "lost", ended.run)
            ended = Reading(
                ended.score - 1.0, ended.pending, ended.since, LOST, run, ended.shaky, ended.plain, place + 1
            )
        yield place + 1, ended
    if may_guess and following:
        first = _first_byte(following)
        for first_char, lead in _gaps(reading.pending or 0, first, False):
            yield (
                place + 1,
                _emit(reading, first_char, place + 1, _UNDEFINED, "guessed", pending=lead, shaky=True),
            )
        broken = BROKEN_NOTE.match(text, place + 1)
        if broken:  # "??pīn)": the lead byte is the second half of an undefined pair
            yield from _undefined_then_note(place, broken.end(), broken[1], reading)
    aligned = char_of(reading.pending or 0, 0xA3)
    if aligned:
        yield place + 1, _emit(reading, aligned, place + 1, -1.0, pending=SECOND_BYTE["?"])


def _undefined_then_note(place: int, stop: int, pinyin: str, reading: Reading) -> Iterator[Step]:
    for char in readable_as(pinyin):
        both = pair(char)
        if not both or not is_usual(char):
            continue
        for trail, before in with_lead(reading.pending or 0).items():
            if char_of(trail, both[0]) is None:
                first = _emit(reading, before, place + 1, _UNDEFINED, "guessed")
                yield stop, _emit(first, char, stop, -1.0, "guessed", since=place)


def _two_bytes(text: str, place: int, reading: Reading) -> list[Step]:
    symbol = text[place]
    both = pair(symbol)
    char = char_of(reading.pending, both[0]) if both and reading.pending is not None else None
    if both is None or char is None:
        return []
    if both[1] > 0x80:
        stop = note_end(text, place + 1, symbol)  # a false hit that being out of step made look whole
        return [(stop, _emit(reading, char, stop, 0.0, pending=both[1], standing=place))]
    ended = _emit(reading, char, place + 1, 0.0)
    return [(place + 1, _emit(ended, chr(both[1]), place + 1, 0.0, since=place))]


def _one_byte(text: str, place: int, reading: Reading) -> list[Step]:
    symbol = text[place]
    byte = 0x80 if symbol in "€\x80" else ord(symbol)
    if reading.pending is None:
        return []
    steps = []
    char = char_of(reading.pending, byte) if byte >= 0x40 else None
    if char:
        stop = note_end(text, place + 1, char)
        steps.append((stop, _emit(reading, char, stop, 0.0)))
    wide = char_of(reading.pending, 0xA3) if byte != 0x80 else None
    if wide:  # a full-width sign out of step, made narrow by a later copy
        stop = place + 1
        steps.append((stop, _emit(reading, wide, stop, -1.0, pending=0x80 + byte, standing=place)))
    return steps


def gaps_before(text: str, place: int, reading: Reading) -> Iterator[Gap]:
    """The pairs in a user-defined area that may have vanished before the symbol at ``place``."""
    pending, last = reading.pending or 0, simple(reading.last)
    for first in _first_bytes(text[place]):
        for char, lead, plain, odd in _private_gaps(pending, first):
            yield reading.score + (_DROPPED + (score(last, plain) + odd)), lead, char, reading


def across(gap: Gap, place: int) -> Reading:
    """The reading that ``gap`` supposes."""
    total, lead, char, reading = gap
    run: Link = (char, reading.since, place, "guessed", reading.run)
    return Reading(total, lead, reading.since, char, run, True, 0, place)


def _first_bytes(char: str) -> tuple[int, ...]:
    """The bytes that the symbol ``char`` may begin with, where it is not better explained without a gap."""
    if char in QUESTION:
        return ()
    both = pair(char)
    if both:
        return (both[0],)
    if "!" <= char <= "~":
        return (ord(char), 0xA3)
    return (0x80, 0xA3) if char in "€\x80" else ()


@cache
def _private_gaps(pending: int, first: int) -> tuple[tuple[str, int, str, float], ...]:
    """``_gaps`` of user-defined pairs, each with the character as simplified text has it and what its oddness costs."""
    return tuple(
        (char, lead, simple(char), _ODD if is_odd(char) else 0.0)
        for char, lead in _gaps(pending, first, True)
    )


@cache
def _gaps(pending: int, first: int, private: bool) -> tuple[tuple[str, int], ...]:
    """(first character, lead byte of the second) for two bytes gone between ``pending`` and ``first``.

    Only the likeliest are offered, judged as a pair of simplified characters.
    """
    found = []
    seconds = with_trail(first)
    for trail, before in with_lead(pending).items():
        alone = commonness().get(simple(before), -8.0)
        for lead, after in seconds.items():
            if is_private(trail, lead) if private else char_of(trail, lead) is None:
                found.append((alone + score(simple(before), simple(after)), before, lead))
    found.sort(reverse=True)
    return tuple((before, lead) for _, before, lead in found[:_GAP_PAIRS])


def _first_byte(char: str) -> int:
    both = pair(char)
    return both[0] if both else min(ord(char), 0xFF)


def _emit(
    reading: Reading,
    char: str,
    stop: int,
    cost: float,
    certainty: Certainty = "exact",
    *,
    since: int | None = None,
    pending: int | None = None,
    shaky: bool = False,
    standing: int | None = None,
) -> Reading:
    """The reading with ``char`` behind it, from ``since`` (the pending byte's place) to ``stop``.

    ``standing`` is where the byte stands that is pending now, if not at the beginning of ``char``.
    """
    if reading.shaky and certainty == "exact":
        certainty = "guessed"
    start = reading.since if since is None else since
    cost += score(simple(reading.last), simple(char)) + (_ODD if is_odd(char) else 0.0)
    run: Link = (char, start, stop, certainty, reading.run)
    stands = start if standing is None else standing
    return Reading(reading.score + cost, pending, stands, char, run, shaky, 0, stop)
