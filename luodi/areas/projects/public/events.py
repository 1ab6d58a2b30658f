"""From what a page says of projects to the events that say it: found by subject, kind and instant, however many projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.ledger.models import Event

_OF_STAGE = ("project.filed", "project.moved", "project.correction_signed")
FILLED = "project.month_filled"


def stage_events(files: Iterable[str]) -> dict[str, str]:
    """The event that brought each project where it stands. One query."""
    rows = Event.objects.filter(subject__in=list(files), kind__in=_OF_STAGE).order_by("id")
    return dict(rows.values_list("subject", "id"))


def report_events(reports: Iterable[MonthlyReport]) -> dict[str, str]:
    """The event in which each report was filled in. One query."""
    wanted: dict[tuple[str, dt.datetime], str] = {(row.file_id, row.filled_at): row.id for row in reports}
    subjects, instants = {file for file, _ in wanted}, {at for _, at in wanted}
    rows = Event.objects.filter(kind=FILLED, subject__in=subjects, at__in=instants)
    return {
        wanted[subject, at]: ident
        for ident, subject, at in rows.values_list("id", "subject", "at")
        if (subject, at) in wanted
    }
