"""Small kinds of case for tests of what holds for every kind: an approval in a parallel stage, and the permits beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from luodi.kernel.cases import actions, registry
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import Ask, Clock, End, Playbook, State
from luodi.kernel.cases.writing import REASON, move, playbook
from tests.areas.case_town import CaseTown

BY = Ask("by_day", "限期", "day")

PERMIT = playbook(
    "permit",
    "许可",
    escalates=2,
    suspends="open",
    lifts="open",
    states=(State("open", "办理", "doer", "办理"), State("reported", "已报", "verifier", "核实")),
    ends=(End("granted", "准予", "done"), End("refused", "不准", "refused")),
    opens=(move("begin", "受理", "→ open", "office doer", BY),),
    moves=(
        move("report", "报办结", "open → reported", "doer", Ask("note", "情况", "text", is_needed=False)),
        move("grant", "核实，准予", "reported → granted", "verifier"),
        move("refuse", "不准", "open → refused", "doer", REASON),
    ),
    clocks=(Clock("work", "办理期限", ("open",), written="by_day"),),
)

WORKS = playbook(
    "works",
    "工程",
    states=(
        State("asked", "申请", "office", "开并联审批"),
        State("side_by_side", "并联审批", "office", "等各部门", joins="permit", joined="all_in"),
        State("collected", "汇总", "verifier", "核实"),
    ),
    ends=(End("passed", "通过", "done"), End("dropped", "撤回", "withdrawn")),
    opens=(move("ask", "申请", "→ asked", "office"),),
    moves=(
        move("split", "分送各部门", "asked → side_by_side", "office"),
        move("all_in", "都已办结", "side_by_side → collected", "system office"),
        move("drop", "撤回", "asked side_by_side collected → dropped", "office", REASON),
        move("pass", "通过", "collected → passed", "verifier"),
    ),
)


@contextmanager
def known(*kinds: Iterable[Playbook] | Playbook) -> Iterator[None]:
    """Within: these kinds (each a playbook or its versions) are known, beside or instead of others."""
    before = dict(registry._kinds)
    try:
        for kind in kinds:
            versions = [kind] if isinstance(kind, Playbook) else list(kind)
            registry._kinds.pop(versions[0].kind, None)
            registry.register(versions)
        yield
    finally:
        registry._kinds.clear()
        registry._kinds.update(before)


def permit(town: CaseTown, parent: Case | None = None, **more: Any) -> Case:
    """A permit that the housing bureau does until the end of September, checked by the auditors."""
    given: dict[str, Any] = {"unit": town.units["区住建局"], "post": town.posts["区住建局"]} | more
    return actions.open_case(
        "permit",
        by=town.actors["区督查室"],
        title="施工许可",
        verifier_unit=town.units["区审计局"],
        parent=parent,
        answers={"by_day": "2026-09-30"},
        **given,
    )


def works(town: CaseTown) -> Case:
    """Works that stand where permits are joined."""
    case = actions.open_case(
        "works", by=town.actors["区督查室"], title="厂房一期", unit=town.units["区住建局"],
        verifier_unit=town.units["区审计局"],
    )  # fmt: skip
    return town.move(case, "split", "区督查室")


def granted(town: CaseTown, case: Case) -> Case:
    """Reported by the bureau and granted by the auditors."""
    town.move(case, "report", "区住建局")
    return town.move(case, "grant", "区审计局")
