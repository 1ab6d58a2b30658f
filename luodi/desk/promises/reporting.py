"""Reporting, from a phone first: how much by which day, in a few words, with a photo; and that it is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from luodi.desk.promises.act_form import ActForm
from luodi.desk.promises.amounts import units_of, usual_unit
from luodi.desk.promises.one_promise import OnePromise
from luodi.desk.promises.typed import Typed
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.refusal import Refusal
from luodi.pages import days
from luodi.pages.promise_words import amount_words, latest_report, target_words

LONGEST_NOTE = 2_000


class ReportForm(ActForm):
    """报进展."""

    name = "report"
    roles = ("reporter",)
    template = "desk/promises/act_report.html"
    fields = ("number", "unit", "as_of", "note")
    has_evidence = True
    labels = {  # noqa: RUF012
        "number": gettext_noop("数"),
        "as_of": gettext_noop("截至"),
        "note": gettext_noop("说明"),
    }

    def start(self, one: OnePromise, request: HttpRequest) -> Typed:  # noqa: ARG002
        """Today, and the unit in which such a sum is spoken of; the number is never filled in."""
        return Typed({"as_of": one.day.isoformat(), "unit": usual_unit(one.target.unit, one.target.number)})

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        """Target and last report, to compare with."""
        last = latest_report(one.material)
        return {
            "target": target_words(one.target),
            "units": units_of(one.target.unit if one.target.number else ""),
            "last": amount_words(last.number, last.unit) if last else "",
            "last_as_of": last.as_of if last else None,
            "sent_back": one.last_finding
            if one.last_finding and one.last_finding.verdict == "sent_back"
            else None,
            "longest_note": LONGEST_NOTE,
        }

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
        """Report it."""
        note = noted(typed)
        row = actions.report_progress(
            one.row,
            by=one.reach.actor,
            as_of=typed.day("as_of", one.day) or one.day,
            number=typed["number"] or None,
            unit=typed["unit"],
            evidence=evidence,
            note=note,
        )
        amount = amount_words(row.number, row.unit) if row.number else gettext("进展")
        return gettext("已上报%(amount)s，截至%(day)s。别的单位核实以前，只算上报。") % {
            "amount": amount,
            "day": days.words(row.as_of),
        }


class DoneForm(ReportForm):
    """报完成."""

    name = "done"
    template = "desk/promises/act_done.html"

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
        """Report that it is done."""
        actions.report_done(
            one.row,
            by=one.reach.actor,
            as_of=typed.day("as_of", one.day) or one.day,
            number=typed["number"] or None,
            unit=typed["unit"],
            evidence=evidence,
            note=noted(typed),
        )
        return gettext("已报完成，等没有办这件事的单位核实；核实了才算兑现。")


def noted(typed: Typed) -> str:
    """The note. Raises ``Refusal`` ``long-note``."""
    note = typed["note"]
    if len(note) > LONGEST_NOTE:
        raise Refusal("long-note", f"说明有{len(note)}字，最多{LONGEST_NOTE}字。您填的都在，请删短一些。")
    return note
