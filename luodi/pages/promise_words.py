"""A promise in words, for any page that lists or shows one: state, flags, who said it, figures with their age, ruler.

Made of rows that were fetched before (``kernel.commitments.gather``); nothing here asks the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext

from luodi.kernel.commitments.gather import Material, goal_of, stands
from luodi.kernel.commitments.light_rules import COLOUR_WORDS, NEWS_RHYTHM_DAYS, rule_named
from luodi.kernel.commitments.models import Report, Said, Standing, Target, Verification
from luodi.kernel.commitments.reckoning import elapsed
from luodi.kernel.figures.display import in_sentence, plain_number
from luodi.kernel.figures.progress import APPROX_WORDS, progress
from luodi.kernel.register.models import Post
from luodi.pages import days
from luodi.pages.phrases import Bit, Phrase, joined, phrase
from luodi.pages.shapes import LightShown, Ruler, StateShown

Way = Callable[[str], str]  # from the id of a row to the page that shows where its figure came from


def light_of(standing: Standing) -> LightShown:
    """The light of a standing with its rule: 红灯　过了期限，还没有报完成（第一条）."""
    rule = rule_named(standing.rule)
    return LightShown(
        standing.light,
        gettext(COLOUR_WORDS[standing.light]),
        gettext(rule.title) + f"（{rule.source_title}{rule.article}）",
        f"/about#{rule.name}",
    )


def post_name(post: Post | None) -> str:
    """A post with its unit, as the public knows it: 区住房城乡建设局局长. Needs ``unit`` fetched along."""
    if post is None:
        return ""
    unit = post.unit.short_name or post.unit.name
    return post.title if post.title.startswith(unit) else f"{unit}{post.title}"


def state_of(standing: Standing, day: dt.date) -> StateShown:
    """The state on the board in words, with the days past or left."""
    words = {
        "kept": gettext("已核实兑现"),
        "claimed": gettext("报完成，未核实"),
        "going": gettext("推进中"),
        "overdue": gettext("已逾期"),
        "vague": gettext("无法判断"),
        "dropped": gettext("不再办"),
        "merged": gettext("已并入另一件"),
        "carried": gettext("已结转到下一年"),
        "undone": gettext("采纳已撤回"),
    }[standing.board]
    if standing.due_until is not None and standing.board == "overdue":
        words = gettext("已逾期%(days)s天") % {"days": f"{(day - standing.due_until).days:,}"}
    elif standing.due_until is not None and standing.board == "going":
        left = (standing.due_until - day).days
        words = (
            gettext("推进中，今天到期")
            if left == 0
            else gettext("推进中，还有%(days)s天") % {"days": f"{left:,}"}
        )
    elif standing.board == "kept" and standing.late:
        words = gettext("已核实兑现，晚于期限")
    return StateShown(standing.board, words)


def first_said(material: Material) -> Said | None:
    """The sentence that made the promise."""
    return next((s for s in material.said if s.role == "made" and s.statement is not None), None)


def said_by(material: Material) -> Phrase:
    """Who said it when, on what occasion: posts and issuers, never names."""
    said = first_said(material)
    if said is None:
        return (Bit(gettext("来自任务分解表")),) if material.commitment.origin_cell else ()
    return told_by(said)


def told_by(said: Said | None) -> Phrase:
    """The same of one sentence."""
    if said is None or said.statement is None:
        return ()
    source = said.statement.source
    day = days.full(source.speaks_of or source.published or said.day)
    who = source.speaker_post or source.issuer
    paper = f"《{source.title}》" if source.title else gettext("公开文件")
    return (Bit(gettext("，").join(part for part in (who, paper, day) if part)),)


def flags_of(standing: Standing, material: Material) -> tuple[str, ...]:
    """Facts of integrity: the target was changed, the page is gone, nothing new for long."""
    flags = []
    changed = sum(1 for target in material.targets if target.kind == "changed")
    if changed:
        flags.append(gettext("目标改过%(times)s次") % {"times": changed})
    elif standing.changed:
        flags.append(gettext("后来的说法变了"))
    if standing.gone:
        said = first_said(material)
        withdrawn = said.statement.source.withdrawn_on if said and said.statement else None
        flags.append(
            gettext("原文%(day)s起打不开") % {"day": days.words(withdrawn)}
            if withdrawn
            else gettext("后来的计划不再提")
        )
    return tuple(flags)


def latest_report(material: Material) -> Report | None:
    """The newest report with a number that was not sent back."""
    standing = [r for r in material.reports if r.number and stands(r, material.findings)]
    return standing[-1] if standing else None


def latest_verified(material: Material) -> tuple[Verification, Report] | None:
    """The newest finding that verified a number, with its report."""
    by_id = {report.id: report for report in material.reports}
    found = [
        (finding, by_id[finding.report_id])
        for findings in material.findings.values()
        for finding in findings[-1:]
        if finding.verdict == "verified" and finding.number and finding.report_id in by_id
    ]
    return max(found, key=lambda pair: (pair[0].as_of, pair[0].at), default=None)


def amount_words(number: str, unit: str) -> str:
    """A kept quantity as a sentence says it; money in 亿元 or 万元."""
    return in_sentence(Decimal(number), unit)


def target_words(target: Target) -> str:
    """The target with its limit: 不少于18.6公里; empty for a thing."""
    if not target.number:
        return ""
    return gettext(APPROX_WORDS.get(target.approx) or "") * bool(target.approx) + amount_words(
        target.number, target.unit
    )


def share_percent(number: str, unit: str, target: Target) -> str:
    """How far a value is towards the target, percent with one decimal; never 100 before it is reached, empty if unknown."""
    goal = goal_of(target)
    if goal.value is None:
        return plain_number(min(Decimal(number), Decimal(100)), 1) if unit == "%" else ""
    if unit != target.unit:
        return ""
    found = progress(Decimal(number), goal.value, goal.approx)
    share = found.width() * 100
    if not found.reached:
        share = min(share, Decimal("99.9"))
    return plain_number(share, 1)


def ruler_of(standing: Standing, material: Material, day: dt.date) -> Ruler | None:
    """The ruler; ``None`` where there is nothing to measure."""
    target = material.targets[-1]
    report, verified = latest_report(material), latest_verified(material)
    if not standing.has_number and report is None:
        return None
    reported = share_percent(report.number, report.unit, target) if report else "0.0"
    checked = share_percent(verified[0].number, verified[1].unit, target) if verified else "0.0"
    if not reported and not checked:
        return None
    gone = ""
    if standing.due_until is not None:
        gone = plain_number(_percent(elapsed(standing.start, standing.due_until, day)), 0)
    sentence = gettext("已核实%(verified)s%%，已上报%(reported)s%%") % {
        "verified": checked or "0.0",
        "reported": reported or "0.0",
    }
    if gone:
        sentence += gettext("，时间已过%(gone)s%%") % {"gone": gone}
    return Ruler(sentence, checked or "0.0", reported or "0.0", gone)


def _percent(share: object) -> Decimal:
    numerator, denominator = share.numerator, share.denominator  # type: ignore[attr-defined]
    return Decimal(100 * numerator) / Decimal(denominator)


def figures_of(standing: Standing, material: Material, day: dt.date, way: Way) -> Phrase:
    """核实13.4公里，上报17.9公里，目标18.6公里；22天前的数."""
    target = material.targets[-1]
    report, verified = latest_report(material), latest_verified(material)
    parts: list[Phrase] = []
    if verified:
        shown = Bit(amount_words(verified[0].number, verified[1].unit), way(verified[0].id), is_figure=True)
        parts.append(phrase(gettext("核实{number}"), number=shown))
    if report:
        shown = Bit(amount_words(report.number, report.unit), way(report.id), is_figure=True)
        parts.append(phrase(gettext("上报{number}"), number=shown))
    if target.number:
        shown = Bit(target_words(target), way(target.id), is_figure=True)
        parts.append(phrase(gettext("目标{number}"), number=shown))
    if not parts:
        return (Bit(gettext("没有数量，也没有口径，只能记下，不能判")),) if standing.board == "vague" else ()
    words = joined(gettext("，"), parts)
    newest = max((d for d in (report and report.as_of, verified and verified[0].as_of) if d), default=None)
    if newest is None:
        return (*words, Bit(gettext("；还没有上报过")))
    age = (day - newest).days
    bit = Bit(gettext("%(age)s的数") % {"age": days.ago(age)}, old=age > NEWS_RHYTHM_DAYS)
    tail = (Bit(gettext("，久未更新")),) if age > NEWS_RHYTHM_DAYS else ()
    return (*words, Bit(gettext("；")), bit, *tail)
