"""The promises that a unit reports each month, with target and last report: few queries, however many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.desk.promises.reach import Reach
from luodi.kernel.commitments.access import visible_to
from luodi.kernel.commitments.models import Commitment, CoUnit, Report, Target
from luodi.kernel.sheets.progress_rows import plain_title


@dataclass(slots=True)
class MonthPromise:
    """A promise as the month's sheet needs it. ``number``, ``unit`` and ``approx`` are the target's, ``last_*`` the last
    report's, by when it was said; ``helps``: the unit helps and does not lead."""

    id: str
    title: str
    office_number: str
    lead: str
    state: str
    helps: bool
    number: str = ""
    unit: str = ""
    approx: str = ""
    last_report: str = ""
    last_number: str = ""
    last_unit: str = ""
    last_as_of: dt.date | None = None
    last_note: str = ""


def month_promises(reach: Reach) -> dict[str, MonthPromise]:
    """Every promise that the unit leads or helps with, whatever its state, by id. Four queries."""
    helping = set(
        CoUnit.objects.filter(unit__in=reach.answers, until=None).values_list("commitment_id", flat=True)
    )
    seen = visible_to(reach.actor).exclude(state="undone").order_by()
    found: dict[str, MonthPromise] = {}
    columns = ("id", "title", "number", "lead_unit__name", "state")
    leads = seen.filter(lead_unit__in=reach.answers)
    for key, title, number, lead, state in leads.values_list(*columns):
        found[key] = MonthPromise(key, title, number, lead, state, helps=False)
    for keys in _batches(sorted(helping - set(found))):
        for key, title, number, lead, state in seen.filter(pk__in=keys).values_list(*columns):
            found[key] = MonthPromise(key, title, number, lead, state, helps=True)
    for keys in _batches(sorted(found)):
        _targets(found, keys)
        _reports(found, keys)
    return found


def by_title(found: dict[str, MonthPromise]) -> dict[str, list[str]]:
    """The ids of promises that can be reported, by their titles without blanks; the office's own numbers are no keys."""
    names: dict[str, list[str]] = {}
    for promise in found.values():
        names.setdefault(plain_title(promise.title), []).append(promise.id)
    return names


def others_titled(titles: list[str]) -> set[str]:
    """Which of these titles belong to promises of the district at all, blanks aside; a query for each five hundred."""
    there: set[str] = set()
    for some in _batches(titles):
        found = (
            Commitment.objects.filter(title__in=some).exclude(state="undone").values_list("title", flat=True)
        )
        there |= {plain_title(title) for title in found}
    return there


def others_known(keys: list[str]) -> set[str]:
    """Which of these ids are promises of the district at all."""
    there: set[str] = set()
    for some in _batches(keys):
        there |= set(Commitment.objects.filter(pk__in=some).values_list("id", flat=True))
    return there


def _targets(found: dict[str, MonthPromise], keys: list[str]) -> None:
    rows = Target.objects.filter(commitment__in=keys).order_by("version")
    for key, number, unit, approx in rows.values_list("commitment_id", "number", "unit", "approx"):
        promise = found[key]
        promise.number, promise.unit, promise.approx = number, unit, approx


def _reports(found: dict[str, MonthPromise], keys: list[str]) -> None:
    rows = Report.objects.filter(commitment__in=keys).order_by("id")
    for key, ident, number, unit, as_of, note in rows.values_list(
        "commitment_id", "id", "number", "unit", "as_of", "note"
    ):
        promise = found[key]
        promise.last_report, promise.last_number, promise.last_unit = ident, number, unit
        promise.last_as_of = max(promise.last_as_of or as_of, as_of)
        promise.last_note = note or ""


def _batches(keys: list[str], size: int = 500) -> list[list[str]]:
    return [keys[at : at + size] for at in range(0, len(keys), size)]
