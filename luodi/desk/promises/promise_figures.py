"""A promise's three figures side by side, each with its day and signer, and what is so about it."""

from __future__ import annotations

from django.utils.translation import gettext

from luodi.desk.promises.one_promise import OnePromise
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS
from luodi.kernel.commitments.models import Report, Verification
from luodi.kernel.register.models import Post
from luodi.pages import days
from luodi.pages.phrases import Bit, joined
from luodi.pages.promise_words import (
    amount_words,
    latest_report,
    latest_verified,
    post_name,
    said_by,
    target_words,
)
from luodi.pages.shapes import Fact, FigureShown


def figures_of(one: OnePromise) -> list[FigureShown]:
    """Target, reported, verified; or why there is none. One query for the signers."""
    report, verified = latest_report(one.material), latest_verified(one.material)
    signers = {row.post_id for row in (report, verified and verified[0]) if row}
    posts = Post.objects.filter(pk__in=signers).select_related("unit")
    names = {post.id: post_name(post) for post in posts}
    return [_target(one), _reported(one, report, names), _verified(one, verified, names)]


def _target(one: OnePromise) -> FigureShown:
    target, name = one.target, gettext("目标")
    if not target.number:
        return FigureShown(name, missing=gettext("说的是一件事，不是一个数：办成了才算。"))
    who = said_by(one.material)
    return FigureShown(
        name=name,
        value=target_words(target),
        href=f"#{target.id}" if target.version > 1 else f"/c/{one.row.id}",
        basis=target.basis,
        as_of=target.from_day,
        age_days=(one.day - target.from_day).days,
        signer=who[0].text if who else "",
        note=gettext("第%(version)s版") % {"version": target.version} if target.version > 1 else "",
    )


def _reported(one: OnePromise, report: Report | None, names: dict[str, str]) -> FigureShown:
    name = gettext("上报")
    if report is None:
        told = gettext("报过，没有报数。") if one.material.reports else gettext("还没有上报过。")
        return FigureShown(name, missing=told)
    found = one.material.findings.get(report.id, [])
    is_checked = bool(found) and found[-1].verdict == "verified"
    return FigureShown(
        name=name,
        value=amount_words(report.number, report.unit),
        href=f"#{report.id}",
        basis=one.target.basis,
        as_of=report.as_of,
        age_days=(one.day - report.as_of).days,
        rhythm_days=NEWS_RHYTHM_DAYS,
        signer=names.get(report.post_id, ""),
        note="" if is_checked else gettext("没有经过核实"),
    )


def _verified(
    one: OnePromise, verified: tuple[Verification, Report] | None, names: dict[str, str]
) -> FigureShown:
    name = gettext("核实")
    if verified is None:
        return FigureShown(name, missing=gettext("还没有别的单位核实过。"))
    finding, report = verified
    return FigureShown(
        name=name,
        value=amount_words(finding.number, report.unit),
        href=f"#{finding.id}",
        basis=one.target.basis,
        as_of=finding.as_of,
        age_days=(one.day - finding.as_of).days,
        rhythm_days=NEWS_RHYTHM_DAYS,
        signer=names.get(finding.post_id, ""),
    )


def facts_of(one: OnePromise) -> list[Fact]:
    """Who, until when, where from."""
    row, target = one.row, one.target
    facts = [Fact(gettext("牵头单位"), (Bit(row.lead_unit.name, f"/g/{row.lead_unit_id}"),))]
    if row.leader_post:
        facts.append(Fact(gettext("责任岗位"), (Bit(post_name(row.leader_post)),)))
    if one.helpers:
        helping = joined(gettext("、"), [(Bit(unit.name, f"/g/{unit.id}"),) for unit in one.helpers])
        facts.append(Fact(gettext("配合单位"), helping))
    if target.due_until is None:
        facts.append(Fact(gettext("期限"), (Bit(gettext("没有说期限")),)))
    else:
        meant = days.due_words(target.due_until, target.due_precision)
        facts.append(
            Fact(
                gettext("期限"),
                (Bit(days.full(target.due_until)),),
                gettext("说的是“%(meant)s”") % {"meant": meant},
            )
        )
    if row.topic:
        facts.append(Fact(gettext("领域"), (Bit(row.topic),)))
    if row.place:
        facts.append(Fact(gettext("地点"), (Bit(row.place.name),)))
    if row.project:
        facts.append(Fact(gettext("项目"), (Bit(row.project.name, f"/g/{row.project_id}"),)))
    if row.year:
        facts.append(Fact(gettext("计划年度"), (Bit(str(row.year)),)))
    if row.number:
        facts.append(Fact(gettext("编号"), (Bit(row.number),)))
    if row.origin_cell:
        facts.append(Fact(gettext("出处"), (Bit(row.origin_cell),), gettext("任务分解表的这一格")))
    public = (Bit(gettext("公开的承诺页面"), f"/c/{row.id}"),)
    facts.append(Fact(gettext("公开看到的"), public, gettext("原文、证明都在那一页")))
    return facts
