"""What a second reader answered, taken only where it is literal: every quote in its span, every figure in its quote."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from luodi.reading.figures.find import find_figures
from luodi.reading.refusals import Refused
from luodi.reading.second.questions import Batch

_KINDS = ("commitment", "result", "status")
_MOST_STATEMENTS = 200  # of one span
_MOST_FIGURES = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the second reader found it, at ``start`` to ``stop`` of the repaired text."""

    start: int
    stop: int
    kind: str
    figures: tuple[str, ...]
    owner: str | None
    due: str | None


@dataclass
class Answer:
    """What was taken of an answer, and why the rest was not; ``answered`` are the numbers of the parts that it speaks of."""

    said: list[Said] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)


def answer_of(content: str, batch: Batch) -> Answer:
    """The statements of an answer. Raises ``Refused`` (``bad-answer``) where it has not the shape that was asked for.

    A statement whose quote, figure, owner or due is not literally there is refused, the rest of the answer stands.
    """
    try:
        given = json.loads(content)
        spans = given["spans"]
        listed = [(each["id"], each["statements"]) for each in spans]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _bad() from None
    found = Answer()
    seen = found.answered
    for number, statements in listed:
        if not isinstance(number, int) or isinstance(number, bool) or not isinstance(statements, list):
            raise _bad()
        if not 0 <= number < len(batch.spans) or number in seen:
            found.refused.append("说的是没有问过的段落")
            continue
        seen.add(number)
        for each in statements[:_MOST_STATEMENTS]:
            _take(found, each, batch.spans[number].start, batch.spans[number].text)
        if len(statements) > _MOST_STATEMENTS:
            found.refused.append("一段里报了太多条")
    missing = len(batch.spans) - len(seen)
    if missing:
        found.refused.append(f"有{missing}段没有回答")
    return found


def _take(found: Answer, given: object, start: int, text: str) -> None:
    if not isinstance(given, dict):
        raise _bad()
    quote, kind, figures = given.get("quote"), given.get("kind"), given.get("figures")
    owner, due = given.get("owner"), given.get("due")
    if not isinstance(quote, str) or not isinstance(kind, str) or not isinstance(figures, list):
        raise _bad()
    at = text.find(quote) if quote.strip() else -1
    why = ""
    if kind not in _KINDS:
        why = "种类不认得"
    elif at < 0:
        why = "引文不在原文里"
    elif len(figures) > _MOST_FIGURES or not all(isinstance(f, str) and f and f in quote for f in figures):
        why = "数字不在引文里"
    elif not all(find_figures(f) for f in figures):
        why = "报的数字不成数字"
    elif not _is_there(owner, text):
        why = "主责不在原文里"
    elif not _is_there(due, text):
        why = "期限不在原文里"
    if why:
        found.refused.append(why)
        return
    low = start + at
    found.said.append(Said(low, low + len(quote), kind, tuple(figures), owner or None, due or None))


def _is_there(given: object, text: str) -> bool:
    return given is None or (isinstance(given, str) and given in text)


def _bad() -> Refused:
    return Refused("bad-answer", "第二个读者的回答不成样子，没有采用。请检查它是否支持结构化输出。")
