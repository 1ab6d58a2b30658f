"""A promise's three dated figures with their signers, and the list of what is so about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext

from luodi.kernel.commitments.gather import Material
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS
from luodi.kernel.commitments.models import Standing, Target
from luodi.kernel.register.models import Unit
from luodi.pages import days
from luodi.pages.phrases import Bit, Phrase, joined
from luodi.pages.shapes import Fact, FigureShown
from luodi.portal.choosing import Asked
from luodi.portal.names import Names, post_name
from luodi.portal.promise_rows import (
    Way,
    amount_words,
    first_said,
    latest_report,
    latest_verified,
    said_by,
    target_words,
)


def figures_shown(material: Material, way: Way, names: Names, day: dt.date) -> list[FigureShown]:
    """Target, reported, verified: each with its day, its age, its signer and its way; or why there is none."""
    return [
        _target(material, way, names, day),
        _reported(material, way, names, day),
        _verified(material, way, names, day),
    ]


def _target(material: Material, way: Way, names: Names, day: dt.date) -> FigureShown:
    target = material.targets[-1]
    name = gettext("目标")
    if not target.number:
        return FigureShown(name, missing=gettext("说的是一件事，不是一个数：办成了才算。"))
    said = first_said(material)
    who = said_by(material)
    href = f"/s/{target.adopting_id}" if target.adopting_id else way(target.id)
    signer = names.name(target.body_id) or (who[0].text if who else "")
    return FigureShown(
        name=name,
        value=target_words(target),
        href=href,
        basis=target.basis,
        as_of=target.from_day,
        age_days=(day - target.from_day).days,
        signer=signer,
        signer_href=f"/s/{said.statement_id}" if said else way(target.id),
        note=gettext("第%(version)s版，前面的版本在来龙去脉里") % {"version": target.version}
        if target.version > 1
        else "",
    )


def _reported(material: Material, way: Way, names: Names, day: dt.date) -> FigureShown:
    report = latest_report(material)
    name = gettext("上报完成")
    if report is None:
        told = gettext("报过完成，没有报数。") if material.reports else gettext("牵头单位还没有上报过。")
        return FigureShown(name, missing=told)
    return FigureShown(
        name=name,
        value=amount_words(report.number, report.unit),
        href=way(report.id),
        basis=material.targets[-1].basis,
        as_of=report.as_of,
        age_days=(day - report.as_of).days,
        rhythm_days=NEWS_RHYTHM_DAYS,
        signer=names.name(report.post_id),
        signer_href=way(report.id),
        note="" if _is_checked(material, report.id) else gettext("没有经过核实"),
    )


def _is_checked(material: Material, report: str) -> bool:
    found = material.findings.get(report, [])
    return bool(found) and found[-1].verdict == "verified"


def _verified(material: Material, way: Way, names: Names, day: dt.date) -> FigureShown:
    found = latest_verified(material)
    name = gettext("核实完成")
    if found is None:
        return FigureShown(name, missing=gettext("还没有别的单位核实过。做事的单位不能核实自己。"))
    finding, report = found
    return FigureShown(
        name=name,
        value=amount_words(finding.number, report.unit),
        href=way(finding.id),
        basis=material.targets[-1].basis,
        as_of=finding.as_of,
        age_days=(day - finding.as_of).days,
        rhythm_days=NEWS_RHYTHM_DAYS,
        signer=names.name(finding.post_id) or names.name(finding.unit_of_id),
        signer_href=way(finding.id),
    )


def facts_of(standing: Standing, material: Material, co_units: Sequence[Unit], names: Names) -> list[Fact]:
    """Who, until when, checked by whom, how exact."""
    commitment = standing.commitment
    unit = Bit(commitment.lead_unit.name, f"/g/{commitment.lead_unit_id}")
    facts = [Fact(gettext("牵头单位"), (unit,))]
    if commitment.leader_post:
        post = Bit(post_name(commitment.leader_post), f"/g/{commitment.leader_post_id}")
        facts.append(Fact(gettext("责任岗位"), (post,)))
    if co_units:
        helping = joined(gettext("、"), [(Bit(u.name, f"/g/{u.id}"),) for u in co_units])
        facts.append(Fact(gettext("配合单位"), helping))
    facts += [_verifier(material, names), _due(material.targets[-1])]
    basis = material.targets[-1].basis
    if basis:
        facts.append(Fact(gettext("口径"), (Bit(basis),)))
    if commitment.topic:
        facts.append(Fact(gettext("领域"), (Bit(commitment.topic, Asked(topic=commitment.topic).href()),)))
    if commitment.place:
        facts.append(Fact(gettext("地点"), (Bit(commitment.place.name, f"/?place={commitment.place_id}"),)))
    if commitment.origin_cell:
        facts.append(Fact(gettext("出处"), (Bit(commitment.origin_cell),), gettext("任务分解表的这一格")))
    return facts


def _verifier(material: Material, names: Names) -> Fact:
    units: list[str] = []
    for findings in material.findings.values():
        units += [f.unit_of_id for f in findings if f.unit_of_id not in units]
    told: Phrase = joined(gettext("、"), [(Bit(names.name(u), f"/g/{u}"),) for u in units])
    return Fact(
        gettext("谁来核实"),
        told or (Bit(gettext("还没有单位来核实")),),
        gettext("做事的单位不能核实自己"),
    )


def _due(target: Target) -> Fact:
    if target.due_until is None:
        return Fact(
            gettext("期限"), (Bit(gettext("没有说期限")),), gettext("没有期限就不算逾期，也不算兑现得早")
        )
    exact = days.precision_words(target.due_precision)
    meant = days.due_words(target.due_until, target.due_precision)
    return Fact(
        gettext("期限"),
        (Bit(days.full(target.due_until)),),
        gettext("说的是“%(meant)s”，%(exact)s") % {"meant": meant, "exact": exact} if exact else meant,
    )
