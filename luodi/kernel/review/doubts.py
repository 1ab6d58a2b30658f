"""Places of a sentence where a sign was lost or guessed, and what may have stood there, each with what speaks for it.

For a number nothing is ever chosen: what may be meant is gathered from the same page (the number written out elsewhere, a
rate and a total that give it) and from promises that are like it, and a person picks. Pure: text in, choices out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from luodi.kernel.figures.display import in_sentence, plain_number
from luodi.reading.edits import Edit
from luodi.reading.figures.find import Figure, find_figures

MOST_CHOICES = 8  # the ninth key says that nobody can tell
HOLE = "▢"
_LITERAL = re.compile(r"(?<=[0-9])[?？\ufffd□▢]|[?？\ufffd□▢](?=[0-9])")
_BEFORE = re.compile(r"[0-9.,]*$")
_AFTER = re.compile(r"[0-9.,]*")
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_RATE = r"每{unit}[\u4e00-\u9fff]{{0,4}}?(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<money>亿元|万元|元)"
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
Span = tuple[int, int]
_AROUND = 9  # characters shown beside a place
_CLAUSE = re.compile(r"[。！？；\n]")
_MARKS = re.compile(r"[。！？；，、,;:：“”\s]")
_LONGEST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Choice:
    """What may have stood there. ``text`` fills the place; ``number`` and ``unit`` are what the whole then says, for a place in a
    number; ``reads`` is that for people, ``evidence`` what speaks for it, at ``spans`` of the page."""

    text: str
    reads: str
    evidence: str
    number: str = ""
    unit: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place ``text[start:stop]`` of the sentence. ``shown`` is the number or the words with the place as a box."""

    start: int
    stop: int
    shown: str
    is_number: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity said elsewhere, with the words that say where."""

    number: Decimal
    unit: str
    words: str


Place = tuple[int, int, tuple[str, ...]]
Spoken = tuple[str, str, tuple[Span, ...]]  # a number, what speaks for it and where


def doubts_of(
    text: str, edits: Iterable[tuple[tuple[int, int], Edit]], page: str = "", elsewhere: Sequence[Known] = ()
) -> list[Doubt]:
    """The doubtful places of a sentence, in order. ``edits`` are placed in ``text``; ``page`` is the repaired page around it."""
    places = _places(text, edits)
    return [_number_doubt(text, place, page, elsewhere) or _word_doubt(text, place) for place in places]


def touches(doubts: Iterable[Doubt], start: int, stop: int) -> bool:
    """Whether ``text[start:stop]`` has a doubtful place in it or beside it."""
    return any(doubt.start <= stop and start <= doubt.stop for doubt in doubts)


def _places(text: str, edits: Iterable[tuple[tuple[int, int], Edit]]) -> list[Place]:
    """Doubtful stretches, those that touch made one, and signs within digits that no repair explained."""
    found: list[Place] = []
    for (start, stop), edit in sorted(edits, key=lambda each: each[0]):
        if edit.certainty == "exact" or stop <= 0 or start >= len(text):
            continue
        start, stop = max(start, 0), min(stop, len(text))
        if found and start <= found[-1][1] and edit.certainty == "lost":
            # what was guessed before a lost sign is not what is asked about
            found[-1] = (start, stop, edit.candidates)
        else:
            found.append((start, stop, edit.candidates))
    for match in _LITERAL.finditer(text):
        if not any(start <= match.start() < stop for start, stop, _ in found):
            found.append((match.start(), match.end(), ()))
    return sorted(found, key=lambda place: place[:2])


def _number_doubt(text: str, place: Place, page: str, elsewhere: Sequence[Known]) -> Doubt | None:
    """The place as one within a number; ``None`` where no digit stands beside it."""
    start, stop, _ = place
    hole = next((at for at in range(start, stop) if text[at] in "?？\ufffd□▢"), start)
    before = _BEFORE.search(text, 0, hole)
    after = _AFTER.match(text, hole + 1)
    left, right = before.group() if before else "", after.group() if after else ""
    if not (left or right) or text[hole] not in "?？\ufffd□▢":
        return None
    shape = re.compile(re.escape(left.replace(",", "")) + r"[0-9.]" + re.escape(right.replace(",", "")))
    unit = _unit_at(text, hole)
    found: dict[str, Choice] = {}
    for spoken in (
        *_reckoned(page, shape, unit),
        *_written_elsewhere(page, shape, unit),
        *_said_before(elsewhere, shape, unit),
    ):
        choice = _filled(text, hole, left, right, spoken)
        if choice is not None:
            found[spoken[0]] = _with_more(found[spoken[0]], choice) if spoken[0] in found else choice
    choices = list(found.values())[: MOST_CHOICES - 1]
    whole: Spoken = (right, "丢的也可能是标点或空格，没有缺数字", ())
    if right and not left and (bare := _filled(text, hole, left, right, whole)) is not None:
        choices.append(bare)
    shown = f"{left}{HOLE}{right}{_after(text, hole + 1 + len(right))}"
    return Doubt(hole, hole + 1, shown, True, tuple(choices))


def _word_doubt(text: str, place: Place) -> Doubt:
    start, stop, candidates = place
    before, after = text[max(0, start - _AROUND) : start], text[stop : stop + _AROUND]
    options = dict.fromkeys((text[start:stop], *candidates))
    choices = tuple(
        Choice(
            words,
            f"{before}{words}{after}",
            "机器按前后文选的" if words == text[start:stop] else "另一种读法",
        )
        for words in options
        if "\ufffd" not in words
    )
    return Doubt(start, stop, f"{before}{HOLE}{after}", False, choices[:MOST_CHOICES])


def _filled(text: str, hole: int, left: str, right: str, spoken: Spoken) -> Choice | None:
    """The choice that makes the whole read the number spoken of; ``None`` where that is no quantity."""
    number, evidence, spans = spoken
    end = hole + 1 + len(right)
    clause = _CLAUSE.search(text, end)
    tail = text[end : clause.start() if clause else len(text)]
    figures = find_figures(number + tail)
    if not figures or figures[0].start != 0:
        return None
    figure = figures[0]
    lost = number[len(left.replace(",", "")) : len(number) - len(right.replace(",", ""))]
    shown = in_sentence(figure.number, figure.unit)
    return Choice(lost, shown, evidence, format(figure.number, "f"), figure.unit, spans)


def _with_more(one: Choice, other: Choice) -> Choice:
    """One choice with what speaks for it in both."""
    if other.evidence in one.evidence:
        return one
    evidence, spans = f"{one.evidence}；{other.evidence}", (*one.spans, *other.spans)
    return replace(one, evidence=evidence, spans=spans)


def _unit_at(text: str, hole: int) -> str:
    """The unit of the number that the place is part of, by reading it with some digit in the place."""
    filled = text[:hole] + "1" + text[hole + 1 :]
    return next((f.unit for f in find_figures(filled) if f.start <= hole < f.stop), "")


def _written_elsewhere(page: str, shape: re.Pattern[str], unit: str) -> Iterator[Spoken]:
    for figure in find_figures(page) if unit else ():
        digits = _written(page, figure)
        if figure.unit == unit and shape.fullmatch(digits):
            words = f"{_words_before(page, figure.start)}{page[figure.start : figure.stop]}"
            yield digits, f"本页另一处写着“{words}”", ((figure.start, figure.stop),)


def _reckoned(page: str, shape: re.Pattern[str], unit: str) -> Iterator[Spoken]:
    """A total of money over the money for one: 每公里58万元，共7308万元 gives 126."""
    rates = list(re.finditer(_RATE.format(unit=re.escape(unit)), page)) if unit else []
    totals = [figure for figure in find_figures(page) if figure.unit == "元"] if rates else []
    for rate in rates:
        each = Decimal(rate["number"]) * _MONEY[rate["money"]]
        for total in totals:
            if not each or total.start <= rate.start("number") < total.stop:
                continue
            quotient = total.number / each
            if quotient != quotient.quantize(Decimal("0.01")):
                continue
            number = format(quotient.normalize(), "f")
            if shape.fullmatch(number):
                one, all_of_it = in_sentence(each, "元"), in_sentence(total.number, "元")
                words = f"本页：每{unit}{one}，共{all_of_it}，相除得{number}"
                yield number, words, (rate.span(), (total.start, total.stop))


def _said_before(elsewhere: Sequence[Known], shape: re.Pattern[str], unit: str) -> Iterator[Spoken]:
    for known in elsewhere:
        number = plain_number(known.number).replace(",", "")
        if known.unit == unit and shape.fullmatch(number):
            yield number, known.words, ()


def _written(page: str, figure: Figure) -> str:
    match = _DIGITS.match(page, figure.start, figure.stop)
    return match.group().replace(",", "") if match else ""


def _after(text: str, at: int) -> str:
    """The unit and a little more behind a number."""
    return text[at : at + 4].split("，")[0].split(",")[0]


def _words_before(page: str, at: int) -> str:
    """The words before a figure, back to the last mark."""
    return _MARKS.split(page[max(0, at - _LONGEST_WORDS) : at])[-1].strip()
