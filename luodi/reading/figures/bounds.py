"""Whether a number is exact or bounded: 约, 近, 以上, 不超过, 余 and their kin, before, within or after it.

What stands within the number (30多个) outranks what follows (以上), which outranks what precedes (约). Below-words
(不足, 低于) are ``at_most``: the four values have no strict less-than.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from luodi.reading.figures.candidates import Candidate

Approx = Literal["about", "at_least", "at_most", "more_than"]


class Bound(NamedTuple):
    """Words that bound a number, as a pattern, and how."""

    approx: Approx
    words: str


WITHIN: dict[str, Approx] = {"余": "more_than", "多": "more_than", "+": "more_than", "来": "about"}

_INCLUDED = r"(?:[（(]含[^）)]{0,6}[）)])?(?:及其|及|或)?"
AFTER: list[Bound] = [
    Bound("at_least", _INCLUDED + "以上"),
    Bound("at_most", _INCLUDED + "(?:的(?:目标|水平|标准|范围|控制线|红线))?(?:以内|之内|以下)"),
    Bound("about", r"左右|上下(?!游|班|级|联动)"),
]
# 多 and 余 behind the unit bound it only where the clause ends there: not 50个多功能厅
_AFTER_UNIT: list[Bound] = [*AFTER, Bound("more_than", r"[多余](?=[，,。；;、！\s]|$)")]
# 300个村以上: behind a classifier the thing counted may stand between, but not 89个区级以上项目
_BETWEEN = (
    "(?:企业|项目|行政村|村|乡镇|镇|社区|小区|单位|岗位|床位|泊位|学位|车位|点位|点|站|品牌|平台|基地|园区|公园|产品|学校|农户"
    "|名额|工作人员|人员|人)"
)

# 内 bounds a time or a distance only; elsewhere it is 区内, 内外
_INSIDE = re.compile(r"内(?!部|容|外|陆|设|涵|需|河|地|生|循环|蒙|在|的)")

_LINK = r"(?:了|为|有|达到|达|在|于|至|到)?$"
# 至少建成1处: the verb may stand between
_DONE = "(?:新?建成?|建设|打造|完成|设立|设置|培育|新增|配备?|举办|开展|组织|推广|实施|引进|改造|创建|落实|召开|下沉|走访|拥有)"
BEFORE: list[Bound] = [
    Bound(
        "at_least", rf"(?:不少于|不低于|不小于|不下于|不下|至少|最少|起码)(?:{_LINK}|{_DONE}$)|(?:≥|>=) ?$"
    ),
    Bound("at_most", rf"(?:不超过|不多于|不高于|不大于|不突破|至多|最多|最高不超|不超){_LINK}|(?:≤|<=) ?$"),
    Bound("at_most", rf"(?:少于|低于|小于|不足|不到|不满|未达){_LINK}|[<＜] ?$"),
    Bound(
        "more_than", rf"(?:超过|超出|超|突破|逾|高于|大于|多于){_LINK}|(?<![经通不越跨迈胜来])过$|[>＞] ?$"
    ),
    Bound("about", rf"(?:大约|(?<![节预签违履合契集条公制邀相特])约|将近|接近|(?<![附最邻靠临])近){_LINK}"),
]


def _either(bounds: list[Bound], lead: str = "") -> re.Pattern[str]:
    """One pattern for all, whose group names which bound spoke: seven patterns one by one cost seven times as much."""
    return re.compile(
        lead + "(?:" + "|".join(f"(?P<b{i}>{bound.words})" for i, bound in enumerate(bounds)) + ")"
    )


_BEFORE_PATTERN = _either(BEFORE)
_AFTER_PATTERN = _either(_AFTER_UNIT)
_AFTER_NOUN_PATTERN = _either(AFTER, _BETWEEN)
_FARTHEST = 8


def approx_of(c: Candidate) -> Approx | None:
    """How ``c`` is bounded, or None where it is stated flatly."""
    if c.infix:
        return WITHIN[c.infix]
    counted = c.unit.kind in ("counter", "noun")
    after = _AFTER_PATTERN.match(c.right) or (_AFTER_NOUN_PATTERN.match(c.right) if counted else None)
    if after:
        return _spoke(_AFTER_UNIT, after)
    if c.unit.kind in ("span", "measure") and _INSIDE.match(c.right):
        return "at_most"
    before = _BEFORE_PATTERN.search(c.left.rstrip(" \u3000")[-_FARTHEST:])
    return _spoke(BEFORE, before) if before else None


def _spoke(bounds: list[Bound], found: re.Match[str]) -> Approx:
    return bounds[int((found.lastgroup or "b0")[1:])].approx
