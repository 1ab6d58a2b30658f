"""Reminding those who owe a month: a notice to the units that report it, once a day at most."""

from __future__ import annotations

import datetime as dt

from luodi.areas.projects.acts.ground import day_of_act, locked, require_office
from luodi.areas.projects.due_items import LABELS, REPORT
from luodi.areas.projects.lookups import due_day
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.notices.actions import About, To, about_light
from luodi.kernel.refusal import Refusal


def remind(file: ProjectFile | str, month: dt.date, *, by: Actor) -> int:
    """Tell the owner and the responsible unit of a project that a month is lacking; how many units were told.

    Raises ``Refusal``: ``not-the-office``, ``nothing-lacks``, ``reminded-already``.
    """
    with action("project.reminded", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        require_office(by, row.lead_unit_id, "催报月报", day_of_act(act))
        versions = MonthlyReport.objects.filter(file=row, month=month).order_by("-version")
        state = versions.values_list("state", flat=True).first() or ""
        if state == "signed":
            raise Refusal("nothing-lacks", f"“{row.project.name}”{month.month}月的月报已经签齐，不用催。")
        says = f"签{month.month}月的月报" if state == "filled" else f"报{month.month}月的月报"
        about = About(row.id, (row.project.code or "")[:30], LABELS[REPORT], says, due_day(month))
        units = dict.fromkeys((row.project.owner_unit_id or row.responsible_unit_id, row.responsible_unit_id))
        today = day_of_act(act)
        told = about_light(
            act, "reminder", [(about, To(unit), f"{row.id}:{unit}:{month:%y%m}:{today}") for unit in units]
        )
        if not told:
            raise Refusal("reminded-already", f"“{row.project.name}”今天已经催过，同一天不再催。")
        act.shown |= {"month": month}
        return told
