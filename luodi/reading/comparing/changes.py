"""What became of a target between two documents: another number, another day, weaker words, or not a word any more.

Findings for people to look at, each with what was said before and after. ``is_quiet`` where the later sentence does not
itself say that something was changed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luodi.reading.comparing.matching import Matcher
from luodi.reading.comparing.said import Amount, Sentence

What = Literal[
    "number_lowered",
    "number_raised",
    "number_dropped",
    "due_later",
    "due_earlier",
    "due_dropped",
    "weakened",
    "gone",
]
WORDS: dict[What, str] = {
    "number_lowered": "目标数调低",
    "number_raised": "目标数调高",
    "number_dropped": "不再提目标数",
    "due_later": "期限推后",
    "due_earlier": "期限提前",
    "due_dropped": "不再提期限",
    "weakened": "说法变软",
    "gone": "不再提这件事",
}
_SAID_SO = re.compile(r"调整|变更|延期|推迟|顺延|核减|核增|改为|修订|暂缓|取消")
_HEDGES = re.compile(r"力争|争取|努力|尽量|逐步|探索|适时|有序|计划|研究|推动|谋划")
_FIRM = re.compile(r"确保|务必|必须|一定|全部")
_SPOKEN = Decimal("0.01")  # more places than these nobody says before 万 or 亿
_FORCE = {"pledged": 3, "under_way": 2, "urged": 1, "expected": 1}


@dataclass(frozen=True, slots=True)
class Found:
    """One difference. ``later`` is empty where the thing is no longer spoken of."""

    what: What
    earlier: str
    later: str
    before: str
    after: str
    is_quiet: bool

    @property
    def words(self) -> str:
        """For people, as one line."""
        change = (
            f"：{self.before}→{self.after}"
            if self.before and self.after
            else f"：{self.before}"
            if self.before
            else ""
        )
        return WORDS[self.what] + change


def compare(earlier: Sentence, later: Sentence) -> list[Found]:
    """What differs between two promises of one thing."""
    quiet = _SAID_SO.search(later.text) is None
    differences = [*_numbers(earlier, later), *_due(earlier, later), *_wording(earlier, later)]
    return [Found(what, earlier.id, later.id, before, after, quiet) for what, before, after in differences]


def gone(earlier: Iterable[Sentence], later: Sequence[Sentence], day: dt.date) -> list[Found]:
    """Promises of one document that its successor, of ``day``, does not speak of though they are still to be kept.

    Only for documents of one series (this year's work report and the next); whatever the later one says of the thing,
    promise, result or status, counts as speaking of it.
    """
    found = []
    for promise in earlier:
        if promise.due_until is None or promise.due_until < day:
            continue
        matcher = Matcher([promise])
        if not any(matcher.speaks_of_any(said) for said in later):
            found.append(Found("gone", promise.id, "", promise.text, "", True))
    return found


def _numbers(earlier: Sentence, later: Sentence) -> list[tuple[What, str, str]]:
    found: list[tuple[What, str, str]] = []
    for unit in dict.fromkeys(amount.unit for amount in earlier.amounts):
        before = [a for a in earlier.amounts if a.unit == unit]
        after = [a for a in later.amounts if a.unit == unit]
        # where a sentence has several numbers of one unit, which of them answers to which cannot be known
        if len(before) != 1 or len(after) > 1:
            continue
        if not after:
            found.append(("number_dropped", _shown(before[0]), ""))
        elif after[0].number != before[0].number:
            what: What = "number_lowered" if after[0].number < before[0].number else "number_raised"
            found.append((what, _shown(before[0]), _shown(after[0])))
    return found


def _due(earlier: Sentence, later: Sentence) -> list[tuple[What, str, str]]:
    if earlier.due_until is None or earlier.due_until == later.due_until:
        return []
    if later.due_until is None:
        return [("due_dropped", _day(earlier.due_until), "")]
    what: What = "due_later" if later.due_until > earlier.due_until else "due_earlier"
    return [(what, _day(earlier.due_until), _day(later.due_until))]


def _wording(earlier: Sentence, later: Sentence) -> list[tuple[What, str, str]]:
    before, after = _HEDGES.search(earlier.text), _HEDGES.search(later.text)
    lost = _FIRM.search(earlier.text)
    if after and not before:
        return [("weakened", lost.group() if lost else "", after.group())]
    if lost and not _FIRM.search(later.text):
        return [("weakened", lost.group(), "")]
    if _FORCE.get(later.force, 0) < _FORCE.get(earlier.force, 0) and later.kind == earlier.kind:
        return [("weakened", "", "")]
    return []


def _shown(amount: Amount) -> str:
    """Large numbers as they are spoken, never rounded: 132亿元, 15万平方米, 12,345户."""
    for power, word in ((8, "亿"), (4, "万")):
        scaled = amount.number.scaleb(-power)
        if abs(scaled) >= 1 and scaled == scaled.quantize(_SPOKEN):
            return f"{scaled.normalize():,f}{word}{amount.unit}"
    return f"{amount.number:,f}{amount.unit}"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
