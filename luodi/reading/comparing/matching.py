"""Which promise a later sentence speaks of: suggestions with score and reasons. People decide; nothing here writes.

A score adds up what two sentences share: the project's name, the object's words (rare pairs weigh more), the unit, the
number, the place, the year. Wrong where two promises of one year differ in nothing but words the reader did not keep.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from luodi.reading.comparing.said import Sentence, pairs, places_in, plain_project

ENOUGH = 0.35
_PROJECT, _OBJECT, _UNIT, _NUMBER, _REACHED, _PLACE, _OTHER_PLACE, _YEAR, _OTHER_YEAR, _OWNER = (
    0.5,
    0.5,
    0.1,
    0.15,
    0.05,
    0.1,
    -0.3,
    0.1,
    -0.3,
    0.05,
)
_ALIKE = 0.3  # of objects: below it, equal numbers and units say nothing
_SAME_THING = 0.45


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing two sentences share, or in which they differ: a name, words for people, what it adds to the score."""

    name: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The sentence ``id`` (a promise) may be the one spoken of. ``score`` is between 0 and 1."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


class Matcher:
    """Promises to be compared with; made once, asked often."""

    def __init__(self, promises: Iterable[Sentence]) -> None:
        self._promises = list(promises)
        self._pairs = [pairs(p.subject_words) for p in self._promises]
        self._projects = [plain_project(p.project) for p in self._promises]
        counts = Counter(pair for found in self._pairs for pair in found)
        total = len(self._promises)
        self._weight = {pair: math.log(1 + total / count) for pair, count in counts.items()}
        self._rare = math.log(1 + total)
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        self._by_project: dict[str, list[int]] = defaultdict(list)
        for at, found in enumerate(self._pairs):
            for pair in found:
                self._by_pair[pair].append(at)
            if self._projects[at]:
                self._by_project[self._projects[at]].append(at)

    def claims(self, result: Sentence, limit: int = 5) -> list[Suggestion]:
        """The promises that ``result``, said later, may claim to have kept; best first."""
        return self._suggest(result, limit, is_result=True)

    def repeats(self, promise: Sentence, limit: int = 5) -> list[Suggestion]:
        """The promises that ``promise`` may say again; best first. The figures may differ: that is what one looks for."""
        return self._suggest(promise, limit, is_result=False)

    def speaks_of_any(self, said: Sentence) -> bool:
        """Whether ``said`` speaks of one of the things promised, of whatever year and number."""
        words, project = pairs(said.subject_words), plain_project(said.project)
        return any(
            (project and project == self._projects[at]) or self._alike(words, self._pairs[at]) >= _SAME_THING
            for at in range(len(self._promises))
        )

    def _suggest(self, said: Sentence, limit: int, *, is_result: bool) -> list[Suggestion]:
        words, project = pairs(said.subject_words), plain_project(said.project)
        near = {at for pair in words for at in self._by_pair.get(pair, ())} | set(
            self._by_project.get(project, ()) if project else ()
        )
        found = []
        for at in near:
            promise = self._promises[at]
            if promise.id == said.id or (promise.day and said.day and said.day < promise.day):
                continue
            reasons = self._reasons(at, said, words, project, is_result=is_result)
            score = round(min(1.0, max(0.0, sum(reason.weight for reason in reasons))), 2)
            if score >= ENOUGH:
                found.append(Suggestion(promise.id, score, tuple(reasons)))
        return sorted(found, key=lambda each: (-each.score, each.id))[:limit]

    def _reasons(
        self, at: int, said: Sentence, words: frozenset[str], project: str, *, is_result: bool
    ) -> list[Reason]:
        promise = self._promises[at]
        reasons: list[Reason] = []
        if project and project == self._projects[at]:
            reasons.append(Reason("project", f"项目名称相同：{promise.project}", _PROJECT))
        alike = self._alike(words, self._pairs[at])
        if alike:
            text = f"所说的事相近：{promise.object or promise.text[:30]}"
            reasons.append(Reason("object", text, round(_OBJECT * alike, 3)))
        if alike >= _ALIKE or (reasons[:1] and reasons[0].name == "project"):
            reasons += _amounts(promise, said) if is_result else _units(promise, said)
        return reasons + _circumstances(promise, said)

    def _alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Dice's measure over pairs, each weighed by how rare it is among the promises."""
        both = self._sum(one & other)
        return 2 * both / ((self._sum(one) + self._sum(other)) or 1)

    def _sum(self, found: frozenset[str]) -> float:
        return sum(self._weight.get(pair, self._rare) for pair in found)


def _units(promise: Sentence, said: Sentence) -> list[Reason]:
    shared = {a.unit for a in promise.amounts} & {a.unit for a in said.amounts}
    return [Reason("unit", f"单位相同：{'、'.join(sorted(shared))}", _UNIT)] if shared else []


def _amounts(promise: Sentence, said: Sentence) -> list[Reason]:
    reasons = _units(promise, said)
    same = [a for a in promise.amounts if a in said.amounts]
    if same:
        reasons.append(Reason("number", f"数量相同：{same[0].number:f}{same[0].unit}", _NUMBER))
    elif any(a.unit == b.unit and b.number >= a.number for a in promise.amounts for b in said.amounts):
        reasons.append(Reason("reached", "数量不少于所承诺的", _REACHED))
    return reasons


def _circumstances(promise: Sentence, said: Sentence) -> list[Reason]:
    reasons = []
    here, there = places_in(promise.text), places_in(said.text)
    if here & there:
        reasons.append(Reason("place", f"地点相同：{'、'.join(sorted(here & there))}", _PLACE))
    elif here and there:
        reasons.append(Reason("other_place", "说的是别的地点", _OTHER_PLACE))
    if promise.due_until and said.due_until:
        if promise.due_until.year == said.due_until.year:
            reasons.append(Reason("year", f"说的是同一年：{said.due_until.year}年", _YEAR))
        elif (
            said.due_until < promise.due_until.replace(month=1, day=1)
            or said.due_until.year > promise.due_until.year + 1
        ):
            reasons.append(Reason("other_year", f"说的是{said.due_until.year}年", _OTHER_YEAR))
    if promise.owner and promise.owner == said.owner:
        reasons.append(Reason("owner", f"责任单位相同：{said.owner}", _OWNER))
    return reasons
