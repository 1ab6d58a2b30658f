"""Facts of a project put right, with a reason and, for what plans and lights rest on, the paper; the old stays to be seen."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop

from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.acts.facts import FUNDING, levels_text, take_facts
from luodi.areas.projects.acts.ground import day_of_act, locked, needed, require_office
from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.models import FileCorrection, ProjectFile
from luodi.areas.projects.money import wan
from luodi.kernel.evidence.taking import take
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import entries
from luodi.kernel.register.models import Project

# of the bare row in the register
BARE = ("name", "code", "place", "owner_unit")
# plans, lights and lists rest on these, so that a correction needs a paper besides its reason
PAPERED = ("levels", "total_investment", "start_planned", "completion_planned", "owner_unit")
# as pages call each fact
LABELS: Mapping[str, str] = {
    "name": gettext_noop("项目名称"),
    "code": gettext_noop("项目代码"),
    "place": gettext_noop("所在地"),
    "owner_unit": gettext_noop("业主"),
    "levels": gettext_noop("级别"),
    "goal": gettext_noop("目标"),
    "industry_code": gettext_noop("行业代码"),
    "total_investment": gettext_noop("总投资"),
    "land_cost": gettext_noop("土地费用"),
    "fiscal": gettext_noop("财政资金"),
    "bond": gettext_noop("债券资金"),
    "loan": gettext_noop("贷款"),
    "own": gettext_noop("自有资金"),
    "foreign_money": gettext_noop("外资"),
    "site": gettext_noop("经度纬度"),
    "start_planned": gettext_noop("计划开工"),
    "start_actual": gettext_noop("实际开工"),
    "completion_planned": gettext_noop("计划竣工"),
    "completion_actual": gettext_noop("实际竣工"),
    "is_eligible": gettext_noop("够不够纳统标准"),
    "lead_unit": gettext_noop("行业主管"),
    "responsible_unit": gettext_noop("责任单位"),
    "done_before": gettext_noop("入账以前完成"),
    "paid_before": gettext_noop("入账以前支付"),
    "entered_as": gettext_noop("序号"),
}
_PUBLIC = frozenset((*ProjectFile.PRIVACY.public, *Project.PRIVACY.public))
_MONEY = ("total_investment", "land_cost", *FUNDING, "done_before", "paid_before")


def correct_file(
    file: ProjectFile | str,
    *,
    by: Actor,
    reason: str,
    paper: str = "",
    attached: tuple[bytes, str] | None = None,
    levels: Iterable[str] | None = None,
    bare: Mapping[str, Any] | None = None,
    seen: int | None = None,
    **facts: Any,
) -> ProjectFile:
    """Put facts of a file right, those of its ``bare`` row in the register included. Nothing changed writes nothing.

    ``attached``: the paper itself, its bytes and name. ``seen``: how many corrections the person had before them. What stood
    there and what stands there now is in the event, in words. Raises ``Refusal``: ``no-such-project``, ``not-the-office``,
    ``words-missing``, ``no-paper``, ``choice-unknown``, ``money-wrong``, ``days-reversed``, ``code-taken``, ``nothing-changed``,
    ``changed-meanwhile`` and those of evidence.
    """
    words = needed(reason, "更正的理由")
    with action("project.corrected", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "更正项目资料", day_of_act(act))
        if seen is not None and seen != FileCorrection.objects.filter(file=row).count():
            raise Refusal(
                "changed-meanwhile", "您打开这一页之后，别人已经更正过资料，没有再改。请刷新后再看。"
            )
        changed, bare_changed = facts_changed(row, levels, facts), _bare_changed(row.project, bare or {})
        if not changed and not bare_changed:
            raise Refusal("nothing-changed", "和账上的一样，没有要改的。")
        if (
            not paper.strip()
            and attached is None
            and (needy := [n for n in (*changed, *bare_changed) if n in PAPERED])
        ):
            raise Refusal("no-paper", f"更正{LABELS[needy[0]]}要依据的文件。请写上文号或名称，或附上文件。")
        kept = take(act, *attached) if attached is not None else None
        put_right(
            act,
            FileCorrection(file=row, post=post, reason=words, paper=paper.strip()[:200], kept=kept),
            changed,
            bare_changed,
        )
        due_items.write(act, row)
        standing_rows.write(act, row)
        return row


def put_right(
    act: Action,
    correction: FileCorrection,
    changed: Mapping[str, Any],
    bare_changed: Mapping[str, Any] | None = None,
) -> None:
    """Enter what changes of a file, and of its bare row, into an open act that holds the file; both are told of in its event."""
    row, bare = correction.file, bare_changed or {}
    told = [_told(row, changed, name) for name in changed] + [_told(row.project, bare, name) for name in bare]
    # everybody may read how public facts were changed; of the others only that they were
    act.shown |= {
        "changed": sorted((*changed, *bare)),
        "changes": [each for each in told if each["fact"] in _PUBLIC],
    }
    act.data |= {"changes": told}
    act.change(row.project, **bare)
    # the bare row is written by others too, which do not hold the file
    act.change(row, is_held=not bare, **changed)
    correction.at = act.at
    act.create(correction)


def facts_changed(row: ProjectFile, levels: Iterable[str] | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What of a file would change; the whole is looked over as it would stand. Raises ``Refusal``."""
    wanted = copy.copy(row)
    if levels is not None:
        wanted.levels = levels_text(levels)
    take_facts(wanted, facts)
    start, end = wanted.start_planned, wanted.completion_planned
    if {"start_planned", "completion_planned"} & set(facts) and start and end and end < start:
        raise Refusal("days-reversed", f"计划竣工{end}比计划开工{start}还早。请核对。")
    names = [*facts, *(["levels"] if levels is not None else [])]
    return {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(row, name)}


def _bare_changed(row: Project, given: Mapping[str, Any]) -> dict[str, Any]:
    if odd := set(given) - set(BARE):
        raise TypeError(f"a project's {sorted(odd)} are not corrected here")
    wanted = dict(given)
    if "name" in wanted:
        wanted["name"] = entries.name(wanted["name"], "项目名称", 200)
    if "code" in wanted:
        wanted["code"] = wanted["code"].strip()[:32]
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    if code := changed.get("code"):
        held = (
            ProjectFile.objects.filter(project__code=code)
            .exclude(project=row)
            .select_related("project")
            .first()
        )
        if held is not None:
            raise Refusal("code-taken", f"项目代码{code}是“{held.project.name}”的。请核对代码。")
    return changed


def _told(row: models.Model, changed: Mapping[str, Any], name: str) -> dict[str, str]:
    return {"fact": name, "before": _words(name, getattr(row, name)), "after": _words(name, changed[name])}


def _words(name: str, value: Any) -> str:
    """A value as it is kept for people to read; empty where there was none."""
    if value in (None, ""):
        return ""
    if name in _MONEY:
        return f"{wan(value)}万元"
    if name == "levels":
        return "、".join(LEVELS[level] for level in str(value).split())
    if isinstance(value, models.Model):
        return str(getattr(value, "name", value.pk))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
