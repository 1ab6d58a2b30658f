"""The words of every act: what its button says, by whom and with what it is done, what follows."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext, gettext_noop

from luodi.desk.promises.choosing import month_start
from luodi.desk.promises.one_promise import OnePromise
from luodi.desk.promises.task_rows import day_with_weekday, left_words
from luodi.pages import days
from luodi.pages.promise_words import amount_words, target_words

WORDS: dict[str, str] = {
    "report": gettext_noop("报进展"),
    "done": gettext_noop("报完成"),
    "verify": gettext_noop("核实"),
    "send-back": gettext_noop("退回"),
    "reopen": gettext_noop("重新打开"),
    "target": gettext_noop("改目标"),
    "correct": gettext_noop("更正登记"),
    "carry-over": gettext_noop("结转下一年"),
    "merge": gettext_noop("并入另一件"),
    "unmerge": gettext_noop("撤回并入"),
    "silence": gettext_noop("记不再提"),
    "drop": gettext_noop("不再办"),
    "restore": gettext_noop("恢复办理"),
    "undo-adoption": gettext_noop("撤回采纳"),
}
# who does it and with what; what follows
_SAYS: dict[str, tuple[str, str]] = {
    "reopen": (
        gettext_noop("您来重新打开。要写理由，附反面凭据。"),
        gettext_noop("打开以后又是推进中，原来的核实还看得到。"),
    ),
    "target": (
        gettext_noop("您来登记。要指明改目标的那份文件、那句话。"),
        gettext_noop("当初谁定的谁才能改；以前的目标一直看得到，公开页面上标“目标改过”。"),
    ),
    "correct": (
        gettext_noop("您来更正采纳时弄错的：名称、单位、岗位、领域。"),
        gettext_noop("报过数以后，目标和期限不能再当作笔误更正。"),
    ),
    "carry-over": (
        gettext_noop("您来结转。要写新的期限，有新计划的指明文件。"),
        gettext_noop("结转成下一年的新承诺，两件互相看得到。"),
    ),
    "merge": (
        gettext_noop("您来并入。同一件事采纳了两次的，并成一件。"),
        gettext_noop("并了可以撤回，原样恢复。"),
    ),
    "unmerge": (gettext_noop("您来撤回，恢复成并入之前的样子。"), ""),
    "silence": (
        gettext_noop("您来记。后来的计划该提而没有提的，指明那份文件。"),
        gettext_noop("公开页面上标“后来的计划不再提”；可以撤回。"),
    ),
    "drop": (
        gettext_noop("您来登记。要写理由。"),
        gettext_noop("不再计入应兑现的，单列出来；可以恢复。"),
    ),
    "restore": (gettext_noop("您来恢复，回到不再办之前的样子。要写理由。"), ""),
    "undo-adoption": (
        gettext_noop("您来撤回。采纳错了、还没有上报过的才行。"),
        gettext_noop("那句话回到复核里，等人重新看。"),
    ),
}


def says(one: OnePromise, name: str) -> tuple[str, str]:
    """By whom, until when and with what; and what follows. Raises ``LookupError`` for a name that is none."""
    if name in _SAYS:
        what, after = _SAYS[name]
        return gettext(what), gettext(after) if after else ""
    return _TOLD[name](one)


def _report(one: OnePromise) -> tuple[str, str]:
    last = one.last_report
    fresh = last is not None and last.as_of >= month_start(one.day)
    when = (
        gettext("本月报过了，有新的再报")
        if fresh
        else gettext("%(month)s月还没有报") % {"month": one.day.month}
    )
    unit = gettext("数按“%(unit)s”报，") % {"unit": one.target.unit} if one.target.number else ""
    return (
        gettext("您来报，%(when)s。%(unit)s可以拍照片附上。") % {"when": when, "unit": unit},
        gettext("报的是您单位的说法，没有核实以前只画斜纹。"),
    )


def _done(one: OnePromise) -> tuple[str, str]:
    due = one.target.due_until
    until = ""
    if due is not None:
        left = left_words(due, one.day)
        until = gettext("，最晚%(day)s（%(left)s）") % {"day": day_with_weekday(due), "left": left}
    reach = (
        gettext("报的数要到%(target)s，") % {"target": target_words(one.target)} if one.target.number else ""
    )
    return (
        gettext("您来报%(until)s。%(reach)s要附凭据：验收单、照片、名册。")
        % {"until": until, "reach": reach},
        gettext("报了以后由没有办这件事的单位核实，核实了才算兑现。"),
    )


def _verify(one: OnePromise) -> tuple[str, str]:
    report = one.last_report
    if report is None:
        return "", gettext("做事的单位不能核实自己。")
    amount = amount_words(report.number, report.unit) if report.number else ""
    what = gettext("报完成%(amount)s") if report.kind == "done" else gettext("上报的进展%(amount)s")
    return (
        gettext("您来核实截至%(day)s%(what)s。写您自己查到的，可以不同。")
        % {"day": days.words(report.as_of), "what": what % {"amount": amount}},
        gettext("做事的单位不能核实自己。"),
    )


def _send_back(one: OnePromise) -> tuple[str, str]:
    return (
        gettext("您来退回。要写理由，最好附您看到的情况。"),
        gettext("退回以后由%(lead)s再报。") % {"lead": one.row.lead_unit.name},
    )


_TOLD: dict[str, Callable[[OnePromise], tuple[str, str]]] = {
    "report": _report,
    "done": _done,
    "verify": _verify,
    "send-back": _send_back,
}
