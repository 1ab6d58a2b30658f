"""Which entries may be one and the same: pairs with a score and the reasons in words. Pure; people judge.

Wrong where two bodies share a name and a code was never entered; such pairs are shown to a person and nothing more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from luodi.kernel.register.sameness import Pair, pair
from luodi.kernel.sheets.unit_names import UnitNames, likeness

ENOUGH = 0.6
# a beginning that more units share than this tells nothing
_COMMONEST = 60
_CODE, _ANY_NAME, _CORE, _SHORTENED, _ALIKE, _SAME_PARENT, _OTHER_PARENT = (
    0.7,
    0.85,
    0.9,
    0.65,
    0.75,
    0.05,
    -0.15,
)
_ALIKE_FROM = 0.75
_SHORTEST = 2
# the end of a name that says what sort of body it is; the first that fits
_SORTS = (
    ("镇人民政府", "镇"), ("镇政府", "镇"), ("镇", "镇"), ("乡人民政府", "乡"), ("乡", "乡"),
    ("街道办事处", "街道"), ("街道", "街道"), ("有限责任公司", "公司"), ("有限公司", "公司"), ("公司", "公司"),
    ("管理委员会", "委"), ("委员会", "委"), ("管委会", "委"), ("委", "委"), ("办公室", "办"), ("办", "办"),
    ("局", "局"), ("服务中心", "中心"), ("中心", "中心"), ("科", "科"), ("站", "站"),
)  # fmt: skip
# first and second primary school are two schools, however alike their names
_COUNTING = re.compile(r"[0-9０-９一二三四五六七八九十百零〇东西南北上下前后左右甲乙丙丁]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit or person to be compared. ``names`` are all its names, the present one first; ``code`` may be empty."""

    id: str
    names: tuple[str, ...]
    parent: str = ""
    code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entries that may be one, the older first; ``score`` between 0 and 1, with its reasons in words."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]


def units_alike(units: Iterable[Entry], district: str, decided: Iterable[Pair] = ()) -> list[Candidate]:
    """Pairs of units that may be one, the likeliest first; without those already ``decided``."""
    given = {unit.id: unit for unit in units}
    cores = UnitNames([], district)
    told = {ident: _Told(unit, cores) for ident, unit in given.items()}
    skip = set(decided)
    found = []
    for one, other in _near(told):
        if pair(one, other) not in skip and (made := _judge(told[one], told[other])) is not None:
            found.append(made)
    return sorted(found, key=lambda each: (-each.score, each.left, each.right))


def people_alike(people: Iterable[Entry], decided: Iterable[Pair] = ()) -> list[Candidate]:
    """Pairs of people that may be one: the same number, the same name with the same telephone, or the name alone."""
    given = {person.id: person for person in people}
    skip = set(decided)
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in given.values():
        for what, value in (("code", person.code), ("name", person.names[0]), ("phone", person.phone)):
            if value:
                keys[what, value].append(person.id)
    pairs = {pair(a, b) for group in keys.values() for a, b in combinations(group[:_COMMONEST], 2)} - skip
    found = [made for made in (_same_person(given[a], given[b]) for a, b in pairs) if made is not None]
    return sorted(found, key=lambda each: (-each.score, each.left, each.right))


def _same_person(one: Entry, other: Entry) -> Candidate | None:
    if one.code and other.code and one.code != other.code:
        return None  # two numbers are two people
    reasons, score = [], 0.0
    for words, weight, is_same in (
        ("身份证号相同", 0.95, bool(one.code) and one.code == other.code),
        ("姓名相同", 0.6, one.names[0] == other.names[0]),
        ("电话相同", 0.3, bool(one.phone) and one.phone == other.phone),
        ("在同一单位任职", 0.1, bool(one.parent) and one.parent == other.parent),
    ):
        if is_same:
            reasons.append(words)
            score += weight
    if score < ENOUGH:
        return None
    return Candidate(*pair(one.id, other.id), round(min(score, 1.0), 2), tuple(reasons))


class _Told:
    """A unit with what its names come down to."""

    def __init__(self, unit: Entry, cores: UnitNames) -> None:
        self.unit = unit
        self.cores = {cores.core(name) for name in unit.names if name}
        self.core = cores.core(unit.names[0])
        self.stem, self.sort = _stem(self.core)


def _stem(core: str) -> tuple[str, str]:
    for ending, sort in _SORTS:
        if core.endswith(ending) and len(core) - len(ending) >= _SHORTEST:
            return core[: -len(ending)], sort
    return core, ""


def _near(told: dict[str, _Told]) -> Iterator[Pair]:
    """Pairs worth a closer look: with a code or a name in common, or stems that begin alike."""
    certain: dict[tuple[str, str], list[str]] = defaultdict(list)
    begin: dict[str, list[str]] = defaultdict(list)
    for ident, each in told.items():
        if each.unit.code:
            certain["code", each.unit.code].append(ident)
        for core in each.cores:
            certain["name", core].append(ident)
        begin[each.stem[:1]].append(ident)
        begin[each.stem[:2]].append(ident)
    seen: set[Pair] = set()
    groups = [*certain.values(), *(group for group in begin.values() if len(group) <= _COMMONEST)]
    for group in groups:
        for one, other in combinations(group[: 3 * _COMMONEST], 2):
            if (sides := pair(one, other)) not in seen:
                seen.add(sides)
                yield sides


def _judge(one: _Told, other: _Told) -> Candidate | None:
    reasons, score = [], 0.0
    same_code = bool(one.unit.code) and one.unit.code == other.unit.code
    if one.unit.code and other.unit.code and not same_code:
        return None  # two codes are two bodies
    if same_code:
        reasons.append("统一社会信用代码相同")
        score += _CODE
    words, weight = _names(one, other)
    if words:
        reasons.append(words)
        score += weight
    if words and one.unit.parent == other.unit.parent:
        reasons.append("上级相同")
        score += _SAME_PARENT
    elif one.unit.parent and other.unit.parent and not same_code:
        if one.core == other.core:
            return None  # every town has its own office of the same name
        reasons.append("上级不同")
        score += _OTHER_PARENT
    if score < ENOUGH:
        return None
    return Candidate(*pair(one.unit.id, other.unit.id), round(min(score, 1.0), 2), tuple(reasons))


def _names(one: _Told, other: _Told) -> tuple[str, float]:
    """What the names say, and how much that weighs; empty where they say nothing."""
    if one.core == other.core:
        same = one.unit.names[0] == other.unit.names[0]
        return ("名称相同" if same else "名称只差区县名"), _CORE
    if shared := one.cores & other.cores:
        return f"都叫过或简称“{min(shared)}”", _ANY_NAME
    if _COUNTING.sub("", one.core) == _COUNTING.sub("", other.core) or one.sort != other.sort:
        return "", 0.0
    if one.stem == other.stem:
        return "名称只差“人民政府”“办事处”一类的字", _ANY_NAME
    short, long = sorted((one.stem, other.stem), key=len)
    if _SHORTEST <= len(short) < len(long) and short[0] == long[0] and _is_within(short, long):
        return f"“{short}”像是“{long}”的缩写", _SHORTENED
    alike = likeness(one.stem, other.stem)
    if alike >= _ALIKE_FROM:
        return f"名称相近（{alike:.2f}）", _ALIKE * alike
    return "", 0.0


def _is_within(short: str, long: str) -> bool:
    """Whether the signs of ``short`` stand in ``long`` in their order.

    >>> _is_within("住建", "住房城乡建设"), _is_within("建住", "住房城乡建设")
    (True, False)
    """
    rest = iter(long)
    return all(sign in rest for sign in short)
