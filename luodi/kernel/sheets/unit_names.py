"""Units as cells name them: several in one cell, short or long, with the district's name or without; matched to those known.

Only an exact name, a short name, or one that differs by the district's own name is taken; anything else is a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_PARTS = re.compile(r"[、，,;；/\n|]+|\s{1,}(?=[\u4e00-\u9fff])")
_LABEL = re.compile(r"^(?:牵头|责任|配合|主办|协办|承办|参与)(?:单位|部门)?[:：]")
_ASIDE = re.compile(r"[（(](?:牵头|主办|第一|配合|协办|负责|排在前|按职责)[^）)]*[）)]")
_EVERYBODY = re.compile(
    r"^(?:各|区直|县直|市直|全区|全县|全市|有关|相关|其他|其它)(?:.*(?:部门|单位|镇街?|街道|乡镇?|村居?|有关|企业|园区|专班|成员单位))?(?:（.*）)?$"
    r"|(?:有关|相关|各|成员)(?:部门|单位|镇街|街道|乡镇)等?$"
)
_SHORTEST = 2
_NEAR = 0.45


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the register. ``others``: names it had, and names people use."""

    id: str
    name: str
    short_name: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A known unit that may be meant; ``score`` between 0 and 1, for ordering and for people."""

    unit: KnownUnit
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """``unit`` where one is sure, with the reason; else ``suggestions``, the nearest first."""

    name: str
    unit: KnownUnit | None = None
    why: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    is_everybody: bool = False


def names_in(text: str) -> list[str]:
    """The units that a cell names, in order, each once; 各镇街 and the like included.

    >>> names_in("牵头单位：区教育局（牵头）、区住建局，各镇街")
    ['区教育局', '区住建局', '各镇街']
    """
    found = []
    for part in _PARTS.split(_ASIDE.sub("", text)):
        name = re.sub(r"\s+", "", unicodedata.normalize("NFC", _LABEL.sub("", part.strip()))).strip("。.等")
        if name and name not in found:
            found.append(name)
    return found


def names_everybody(name: str) -> bool:
    """Whether it names no unit but a kind of them.

    >>> names_everybody("各镇街"), names_everybody("区直有关部门"), names_everybody("区教育局")
    (True, True, False)
    """
    return _EVERYBODY.search(name) is not None


class UnitNames:
    """The units known, ready to be matched. ``district`` is the district's name, which long names begin with."""

    def __init__(self, units: Iterable[KnownUnit], district: str = "") -> None:
        self._units = tuple(units)
        self._district = district
        self._by_name: dict[str, list[KnownUnit]] = {}
        self._by_core: dict[str, list[KnownUnit]] = {}
        for unit in self._units:
            for name in {unit.name, unit.short_name} - {""}:
                self._enter(unit, name)
        present = set(self._by_name)
        for unit in self._units:
            for name in unit.others:
                # a name that somebody has now is theirs, whoever had it before
                if _folded(name) not in present:
                    self._enter(unit, name)

    def _enter(self, unit: KnownUnit, name: str) -> None:
        for known, key in ((self._by_name, _folded(name)), (self._by_core, self.core(name))):
            if unit not in known.setdefault(key, []):
                known[key].append(unit)

    def core(self, name: str) -> str:
        """A name without the district's own name or its kind before it.

        >>> UnitNames([], "青岚区").core("青岚区教育局"), UnitNames([], "青岚区").core("区教育局")
        ('教育局', '教育局')
        """
        folded = _folded(name)
        district = _folded(self._district)
        for before in (district + "人民政府", district, district[-1:]):
            if before and folded.startswith(before) and len(folded) - len(before) >= _SHORTEST:
                return folded[len(before) :]
        return folded

    def match(self, name: str) -> Match:
        """The unit of this name, or what may be meant."""
        if names_everybody(name):
            return Match(name, is_everybody=True, why="不是一个单位，是一类单位")
        exact = self._by_name.get(_folded(name), [])
        if len(exact) == 1:
            return Match(name, exact[0], _how_called(exact[0], _folded(name)))
        near = exact or self._by_core.get(self.core(name), [])
        if len(near) == 1:
            return Match(name, near[0], f"与“{near[0].name}”只差区县名")
        if near:
            return Match(name, suggestions=tuple(Suggestion(unit, 1.0) for unit in near), why="有同名的单位")
        return Match(name, suggestions=self._nearest(name), why="单位表里没有")

    def _nearest(self, name: str) -> tuple[Suggestion, ...]:
        core = self.core(name)
        scored = []
        for unit in self._units:
            score = max(
                likeness(core, self.core(known))
                for known in (unit.name, unit.short_name, *unit.others)
                if known
            )
            if score >= _NEAR:
                scored.append(Suggestion(unit, round(score, 2)))
        return tuple(sorted(scored, key=lambda one: (-one.score, one.unit.name))[:3])


def likeness(left: str, right: str) -> float:
    """How alike two names are, between 0 and 1: signs of the shorter that stand in the longer in order, over both.

    >>> likeness("住建局", "住房城乡建设局"), likeness("教育局", "教育局")
    (0.6, 1.0)
    """
    if not left or not right:
        return 0.0
    row = [0] * (len(right) + 1)
    for sign in left:
        before = 0
        for at, other in enumerate(right, 1):
            before, row[at] = row[at], before + 1 if sign == other else max(row[at], row[at - 1])
    return 2 * row[-1] / (len(left) + len(right))


def _how_called(unit: KnownUnit, folded: str) -> str:
    if folded == _folded(unit.name):
        return "名称相同"
    what = "简称" if folded == _folded(unit.short_name) else "曾用名或别称"
    return f"是“{unit.name}”的{what}"


def _folded(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()
