"""How much a name in a sentence looks like a project that the office should have on its books, and why. Pure.

Readers find more names than there are projects: slogans, schools that got a computer, streets. The score orders what is proposed
and says why; it decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BUILT = re.compile(
    r"(?:项目|工程|基地|中心|园区?|生产线|厂|大桥|[路线道]|水库|枢纽|小区|学校|[小中]学|初中|医院|公园|广场|街区|客运站|市场|"
    r"[一二三四五六七八九十0-9]期)$"
)
_BUILDING = re.compile(r"新建|扩建|改建|建设|建成|实施|启动|开工|动工|竣工|投产|投用|完工|通车|总投资")
_SLOGAN = re.compile(r"[“”‘’]|机制|行动|品牌|招牌|创成|晋升|现场会|工作法")
_COUNTED = re.compile(r"^[0-9]+|[0-9]+[个所座项家]|月底?前|省、?$|^市")
BUILT, BUILDING, ADOPTED, SPOKEN = 40, 30, 20, 10  # parts of a hundred
LIKELY = 60


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` of a hundred; ``reasons`` for it and against it, in words."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether it is shown among the first."""
        return self.score >= LIKELY


def likeness(name: str, text: str, force: str, *, is_adopted: bool) -> Likeness:
    """Of one name in a sentence that somebody said with some force.

    >>> likeness("岚北片区排水防涝工程", "岚北片区排水防涝工程新建雨污管网38公里", "pledged", is_adopted=True).score
    100
    >>> likeness("四个青岚", "奋力建设“四个青岚”", "pledged", is_adopted=False)
    Likeness(score=20, reasons=('句子里说的是建设', '是说好要做的', '加了引号，像口号'))
    """
    score, reasons = 0, []
    if _BUILT.search(name):
        score += BUILT
        reasons.append("名称像工程")
    if _BUILDING.search(text):
        score += BUILDING
        reasons.append("句子里说的是建设")
    if is_adopted:
        score += ADOPTED
        reasons.append("这句话已经采纳成承诺")
    if force in ("pledged", "under_way", "expected"):
        score += SPOKEN
        reasons.append("是说好要做的")
    if f"“{name}" in text or _SLOGAN.search(name):
        score -= 20
        reasons.append("加了引号，像口号")
    if _COUNTED.search(name):
        score -= 30
        reasons.append("名称里有个数或日子，像是没有切准")
    return Likeness(max(score, 0), tuple(reasons))
