"""The stages of a project and what each gate asks before it opens (domain reference §1). Pure.

The Chinese stage is the primary field; the code of OC4IDS 0.9.5 is mapped from it. “入库” means three things and is three
dated facts; a project is never simply “in”.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

StageName = Literal[
    "conceived", "reserved", "preparing", "newly_started", "under_construction", "completed_works",
    "in_production", "at_capacity", "suspended", "removed",
]  # fmt: skip
MoveKind = Literal["forward", "carried", "suspended", "resumed", "removed", "corrected"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One piece of evidence a stage asks before it is entered; ``why`` is told to whoever has not got it."""

    name: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """``status`` is the code of OC4IDS, empty where the last one is kept; ``gates`` must all be there to enter it."""

    name: StageName
    label: str
    status: str
    gates: tuple[Gate, ...] = ()


_IDEA = Gate("idea", "一页纸的设想：依据哪份文件、大致规模")
_OWNER = Gate("owner", "项目单位")
_SITE = Gate("site", "选址意向")
_SCREENED = Gate("screened", "筛选评估的结论")
_CODE = Gate("code", "项目代码")
_FILED = Gate("filed", "备案、核准或审批的文件")
_LAND = Gate("land", "用地手续")
_PLANNING = Gate("planning", "规划手续")
_ENVIRONMENT = Gate("environment", "环评批复或登记")
_ENERGY = Gate("energy", "节能审查意见，或不用审查的依据")
_PERMIT = Gate("permit", "施工许可，或同等的许可")
_WORKS = Gate(
    "works", "永久性工程动工的照片或监理记录", "打桩算开工，平整场地不算；奠基仪式和领到许可都不等于开工"
)
_ACCEPTANCE = Gate("acceptance", "竣工验收记录")
_OUTPUT = Gate("output", "首批产品、用电负荷或第一张发票，有一样就行")
_REACHED = Gate("reached", "约定的考核期内产量和税收达到承诺数的证明")
_DECISION = Gate("decision", "决定的文件")

STAGES: tuple[Stage, ...] = (
    Stage("conceived", "谋划", "identification", (_IDEA,)),
    Stage("reserved", "储备", "identification", (_OWNER, _SITE, _SCREENED)),
    Stage("preparing", "前期", "preparation", (_CODE, _FILED, _LAND, _PLANNING, _ENVIRONMENT, _ENERGY)),
    Stage("newly_started", "新开工", "implementation", (_PERMIT, _WORKS)),
    Stage("under_construction", "在建", "implementation"),
    Stage("completed_works", "竣工", "completion", (_ACCEPTANCE,)),
    Stage("in_production", "投产", "maintenance", (_OUTPUT,)),
    Stage("at_capacity", "达产", "maintenance", (_REACHED,)),
    Stage("suspended", "停工缓建", "", (_DECISION,)),
    Stage("removed", "调出", "cancelled", (_DECISION,)),
)
STAGE: Mapping[str, Stage] = {stage.name: stage for stage in STAGES}
ORDER: tuple[str, ...] = tuple(stage.name for stage in STAGES[:8])
STARTED: frozenset[str] = frozenset(ORDER[3:])
ENDS: frozenset[str] = frozenset({"at_capacity", "removed"})

# 入库 in its three meanings
LIBRARIES: Mapping[str, str] = {
    "planning": "进谋划储备库",
    "provincial": "列入省重点名单",
    "statistical": "统计入库（纳统）",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A move from stage to stage: its kind, the gates it must show, and whether a second post has to sign it."""

    kind: MoveKind
    gates: tuple[Gate, ...]
    needs_signature: bool = False


def label_of(stage: str) -> str:
    """The office's word for a stage. Raises ``KeyError``."""
    return STAGE[stage].label


def status_of(stage: str, before: str = "") -> str:
    """The code of OC4IDS; of a suspended project that of the stage it left (``before``).

    >>> status_of("suspended", "under_construction"), status_of("at_capacity")
    ('implementation', 'maintenance')
    """
    return STAGE[stage].status or (STAGE[before].status if before else "")


def step(old: str, new: str, *, left: str = "") -> Step:
    """What it takes to go from one stage to another; ``left`` is the stage a suspended project stood in.

    Raises ``ValueError`` with words in Chinese where there is no such way, however much paper is shown.
    """
    if old not in STAGE or new not in STAGE:
        raise ValueError(f"没有“{new if old in STAGE else old}”这个阶段。可用的：{_listed()}。")
    if old == "removed":
        raise ValueError("已经调出的项目不再走阶段。要重新做，请另立项目，并连到这一个。")
    if old == new:
        raise ValueError(f"现在就是“{label_of(new)}”。")
    if new == "removed":
        return Step("removed", STAGE["removed"].gates)
    if new == "suspended":
        return Step("suspended", STAGE["suspended"].gates)
    if old == "suspended":
        if new != left:
            raise ValueError(f"停工的项目先回到原来的“{label_of(left)}”，再往下走。")
        return Step("resumed", ())
    return _along(old, new)


def _along(old: str, new: str) -> Step:
    distance = ORDER.index(new) - ORDER.index(old)
    if distance < 0:
        return Step("corrected", (), needs_signature=True)
    if old == "newly_started" and new == "completed_works":
        distance = 1  # built within its first year: it was never carried over
    if distance > 1:
        following = STAGES[ORDER.index(old) + 1].label
        raise ValueError(f"“{label_of(old)}”的下一步是“{following}”，不能直接到“{label_of(new)}”。")
    return Step("carried" if new == "under_construction" else "forward", STAGE[new].gates)


def missing(asked: Collection[Gate], shown: Collection[str]) -> list[Gate]:
    """The gates for which nothing was shown, in their order."""
    return [gate for gate in asked if gate.name not in shown]


def _listed() -> str:
    return "、".join(stage.label for stage in STAGES)
