"""Verifying by a unit that did not do it, sending back, and opening again what had been verified."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from luodi.desk.evidence.seen_before import seen_elsewhere
from luodi.desk.promises.act_form import ActForm
from luodi.desk.promises.amounts import in_base_unit, units_of, usual_unit
from luodi.desk.promises.evidence_shown import shots_of
from luodi.desk.promises.one_promise import OnePromise
from luodi.desk.promises.typed import Typed
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.commitments.models import Report
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.refusal import Refusal
from luodi.pages.promise_words import amount_words, target_words

_LABELS = {
    "number": gettext_noop("查到的数"),
    "as_of": gettext_noop("查看的日子"),
    "reason": gettext_noop("理由"),
}


class JudgeForm(ActForm):
    """What verifying and sending back have in common: the last report, and what was found of it."""

    roles = ("verifier",)
    fields: tuple[str, ...] = ("number", "unit", "as_of", "reason")
    has_evidence = True
    labels = _LABELS

    def start(self, one: OnePromise, request: HttpRequest) -> Typed:  # noqa: ARG002
        """Today; the number is the verifier's own and never copied from the report."""
        report = self.report(one)
        number, unit = (report.number, report.unit) if report.number else (one.target.number, one.target.unit)
        return Typed({"as_of": one.day.isoformat(), "unit": usual_unit(unit, number)})

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        """What was reported, with its evidence."""
        report = self.report(one)
        return {
            "report": report,
            "amount": amount_words(report.number, report.unit) if report.number else "",
            "units": units_of(report.unit or one.target.unit) if report.number or one.target.number else (),
            "target": target_words(one.target),
            "shots": shots_of(one).get(report.id, ()),
            "seen": seen_elsewhere(report.evidence, report.id) if report.evidence else [],
        }

    def report(self, one: OnePromise) -> Report:
        """The report that is judged. Raises ``Refusal`` ``no-report``."""
        if one.last_report is None:
            raise Refusal("no-report", "这件承诺还没有上报，没有可核实的。")
        return one.last_report

    def number(self, typed: Typed) -> str | None:
        """The number found, in the unit that is kept."""
        return in_base_unit(typed["number"], typed["unit"]) or None


class VerifyForm(JudgeForm):
    """核实."""

    name = "verify"
    template = "desk/promises/act_verify.html"

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
        """Verify it."""
        report = self.report(one)
        actions.verify(
            report,
            by=one.reach.actor,
            number=self.number(typed),
            as_of=typed.day("as_of", one.day),
            evidence=evidence,
            reason=typed["reason"],
        )
        if report.kind == "done":
            return gettext("核实兑现了，公开页面上已经是“已核实兑现”。")
        return gettext("核实的数记下了，公开页面上画成实心。")


class SendBackForm(JudgeForm):
    """退回."""

    name = "send-back"
    template = "desk/promises/act_send_back.html"

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
        """Send it back."""
        actions.send_back(
            self.report(one),
            by=one.reach.actor,
            reason=typed["reason"],
            number=self.number(typed),
            as_of=typed.day("as_of", one.day),
            evidence=evidence,
        )
        return gettext("退回去了，%(unit)s会在“退回来的”里看到您写的理由。") % {
            "unit": one.row.lead_unit.name
        }


class ReopenForm(JudgeForm):
    """重新打开."""

    name = "reopen"
    template = "desk/promises/act_reopen.html"
    fields = ("number", "unit", "as_of", "reason", "sentence")

    def report(self, one: OnePromise) -> Report:
        """The last report of done. Raises ``Refusal`` ``no-report``."""
        done = [row for row in one.material.reports if row.kind == "done"]
        if not done:
            raise Refusal("no-report", "没有找到当初报完成的那一次，不能重新打开。请告诉系统管理员。")
        return max(done, key=lambda row: row.id)

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:
        """Sentences that speak of it may be the counter-evidence."""
        spoken = [said for said in one.material.said if said.statement and said.role != "made"]
        return {**super().context(one, typed, request), "sentences": spoken}

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
        """Open it again."""
        spoken = {said.statement_id for said in one.material.said if said.statement_id}
        chosen = typed["sentence"]
        statement = StatementKey.objects.filter(pk=chosen).first() if chosen in spoken else None
        actions.reopen(
            one.row,
            by=one.reach.actor,
            reason=typed["reason"],
            evidence=evidence,
            statement=statement,
            number=self.number(typed),
            as_of=typed.day("as_of", one.day),
        )
        return gettext("重新打开了，又是推进中；原来的核实还看得到。")
