"""Numbered lines: headings that only name what follows, and list items that say something themselves."""

from __future__ import annotations

import itertools
import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.numbering import Number, read_number

_LONGEST_HEADING = 60
_SHORT = 30
_DIGIT = re.compile(r"\d")
_END = re.compile(r"[。;；!！?？][”\"）)]?$")
_CLAUSE = re.compile(r"[。;；]")
# a measured amount; years, ordinals and labels in quotes are none
_AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:%|余|多)?\s*(?:万|亿|千|百)*\s*(?:%|[平立]方|公里|千米|米|公顷|亩|吨|元|个|家|所|处|户|人|名|"
    r"件|项|条|座|套|张|台|辆|场|次|栋|间|箱|袋|盏|株|眼|口|对|床|兆|千瓦|平|㎡|km|MW|种|部|支|只|头|类|村|站|路|街|"
    r"宗|块|片|期|班|趟|层|里|批|笔|款|万)|百分之"
)
# 一、区教育局牵头工作（8项）: how many points follow
_HOW_MANY = re.compile(r"\(\s?共?\d+[项件个条]\s?\)$")
_HEADING_FORMS = frozenset({"one", "bracketed_one", "chapter", "section"})
_ITEM_FORMS = frozenset({"digit", "bracketed_digit", "circled", "bullet", "dotted", "one_is"})


def mark(lines: list[Line]) -> None:
    """Decide numbered lines; a run-in heading (（一）抓项目。全年…) stays a paragraph."""
    numbers = [None if line.kind is not None else read_number(line.plain) for line in lines]
    open_lines = [i for i, line in enumerate(lines) if line.kind is None]
    after = dict(itertools.pairwise(open_lines))
    _mark_contents(lines, numbers)
    for at in open_lines:
        number = numbers[at]
        if number is None or lines[at].kind is not None:
            continue
        following = after.get(at)
        _decide(lines, numbers, at, number, following)


def _decide(
    lines: list[Line], numbers: list[Number | None], at: int, number: Number, following: int | None
) -> None:
    line = lines[at]
    if len(line.text) <= number.stop:
        return
    if number.form in ("bullet", "circled"):
        line.decide("list_item", f"item_{number.form}")
    elif len(line.text) > _LONGEST_HEADING or _CLAUSE.search(line.text[:-1]) or _END.search(line.text):
        if number.form in _ITEM_FORMS and number.form != "one_is":
            line.decide("list_item", f"item_{number.form}")
        elif _is_short_heading(line, number) or (number.form in _HEADING_FORMS and _is_question(line)):
            line.decide("heading", f"heading_{number.form}", number.level)
        else:
            line.decide("paragraph", "run_in_heading")
    elif number.form == "one_is":
        line.decide("paragraph", "numbered_sentence")
    elif number.form in ("chapter", "section"):
        line.decide("heading", f"heading_{number.form}", number.level)
    elif _AMOUNT.search(_HOW_MANY.sub("", line.plain), number.stop) or _has_sibling(
        numbers, lines, at, number, following
    ):
        line.decide("list_item", f"item_{number.form}")
    else:
        line.decide("heading", f"heading_{number.form}", number.level)


def _is_short_heading(line: Line, number: Number) -> bool:
    """（一）狠抓项目建设。: a heading with a full stop, and nothing said behind it or measured in it."""
    return (
        len(line.text) <= _SHORT
        and number.form in ("one", "bracketed_one", "chapter")
        and line.text.endswith("。")
        and not _CLAUSE.search(line.text[:-1])
        and not _DIGIT.search(line.plain, number.stop)
    )


def _is_question(line: Line) -> bool:
    """一、今年目标是什么？: a heading in the shape of a question."""
    return len(line.text) <= _LONGEST_HEADING and line.text[-1] in "?？" and not _CLAUSE.search(line.text)


def _has_sibling(
    numbers: list[Number | None], lines: list[Line], at: int, number: Number, following: int | None
) -> bool:
    """Whether the next or the last line goes on counting in the same form with nothing between."""
    between = lines[at + 1 : following] if following is not None else []
    other = numbers[following] if following is not None and not any(map(_is_content, between)) else None
    if other is not None and other.form == number.form and other.value == number.value + 1:
        return True
    before = numbers[at - 1] if at else None
    return (
        before is not None
        and before.form == number.form
        and before.value == number.value - 1
        and lines[at - 1].kind == "list_item"
    )


def _is_content(line: Line) -> bool:
    return line.kind != "furniture" or line.rule in ("merged", "table_header")


def _mark_contents(lines: list[Line], numbers: list[Number | None]) -> None:
    """A table of contents: numbered lines at the head that come again, word for word, further on."""
    seen: dict[str, int] = {}
    for at, line in enumerate(lines):
        if numbers[at] is None or len(line.text) > _LONGEST_HEADING:
            continue
        key = re.sub(r"[\s.…·\d]+$", "", line.squeezed)
        first = seen.setdefault(key, at)
        if first != at and lines[first].kind is None and at - first >= 3 and len(key) >= 4:
            others = sum(1 for n in numbers[max(first - 2, 0) : first + 3] if n is not None)
            if others >= 3:
                lines[first].decide("furniture", "contents")
