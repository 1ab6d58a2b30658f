"""What is due of a project without being a case: its next month, its leader's visit, the days planned for start and end of works.

Rows of the one table that inbox and leader's screen read, written within the act that changes what is due. There is one row for
the month after the newest signed one: months that were left out before stand in the list of those who are late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from luodi.areas.projects.models import LeaderAssignment, ProjectFile, Visit
from luodi.areas.projects.months import month_of, plus_months
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.cases.due_items import NEAR, lit
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import SYSTEM, Action, action
from luodi.kernel.ledger.statements import upsert
from luodi.kernel.register.lookups import on_day
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

REPORT, VISIT = "project_report", "project_visit"
START, COMPLETION = "project_start", "project_completion"
LABELS = {REPORT: "重点项目月报", VISIT: "重点项目走访", START: "重点项目开工", COMPLETION: "重点项目竣工"}
GATE = "projects.gate"  # the rule by which a planned day is due
BEFORE_WORKS = ("conceived", "reserved", "preparing")
WORKS = ("newly_started", "under_construction")  # stages in which months are reported and leaders come
_DAY = dt.timedelta(days=1)
_is_put_off: ContextVar[bool] = ContextVar("project_dues_put_off", default=False)
_ASKS = {"": "报{0}月的月报", "filled": "签{0}月的月报", "sent_back": "改报{0}月的月报"}


@contextmanager
def put_off() -> Iterator[None]:
    """Within, acts leave what is due as it was. Whoever loads a history in one go then calls ``rebuild``."""
    token = _is_put_off.set(True)
    try:
        yield
    finally:
        _is_put_off.reset(token)


def is_put_off() -> bool:
    """Whether acts leave derived rows as they were just now."""
    return _is_put_off.get()


def rebuild() -> int:
    """Write what is due of every project whose works are to come or under way anew, in one act; how many those are."""
    open_ones = ProjectFile.objects.filter(stage__in=(*BEFORE_WORKS, *WORKS))
    found = list(open_ones.select_related("project").order_by("id"))
    with action("project.dues_rebuilt", by=SYSTEM, subject="", shown={"projects": len(found)}) as act:
        for file in found:
            write(act, file)
    return len(found)


def write(act: Action, file: ProjectFile, *, only: str = "") -> None:
    """Bring the rows of one project up to date; ``only`` one of its kinds. Called inside open actions only."""
    if is_put_off():
        return
    book = rulebook()
    kinds = (only,) if only else tuple(LABELS)
    made = {REPORT: _report, VISIT: _visit, START: _start, COMPLETION: _completion}
    rows = [row for kind in kinds if (row := made[kind](act, file, book)) is not None]
    upsert(rows, ("subject", "name"))
    DueItem.objects.filter(subject=file.id, kind__in=kinds).exclude(name__in=[r.name for r in rows]).delete()


def write_new(act: Action, files: Iterable[ProjectFile]) -> None:
    """As ``write``, of projects that the same transaction has made: nothing was told of them, nobody leads them.

    A statement for many of them, and no question.
    """
    if is_put_off():
        return
    book = rulebook()
    rows = []
    for file in files:
        month = _first_month(file) if file.stage in WORKS else None
        rows += [
            _asked_for(act, file, book, month, "") if month is not None else None,
            _start(act, file, book),
            _completion(act, file, book),
        ]
    upsert([row for row in rows if row is not None], ("subject", "name"))


def next_month(file: ProjectFile) -> dt.date | None:
    """The month that is to be reported next: the one after the newest signed one; ``None`` where works are not under way."""
    if file.stage not in WORKS:
        return None
    newest = MonthlyReport.objects.filter(file=file, state="signed").order_by("-month")
    last = newest.values_list("month", flat=True).first()
    return plus_months(last, 1) if last is not None else _first_month(file)


def _first_month(file: ProjectFile) -> dt.date:
    return month_of(max(file.start_actual or file.stage_since, file.opened_on))


def _report(act: Action, file: ProjectFile, book: RuleBook) -> DueItem | None:
    month = next_month(file)
    if month is None:
        return None
    versions = MonthlyReport.objects.filter(file=file, month=month).order_by("-version")
    return _asked_for(act, file, book, month, versions.values_list("state", flat=True).first() or "")


def _asked_for(act: Action, file: ProjectFile, book: RuleBook, month: dt.date, state: str) -> DueItem:
    """A month is asked for, as the state of its newest version has it; empty before there is one."""
    following = plus_months(month, 1)
    rule = book.choose("projects.report", on=following)
    due = following.replace(day=int(rule.value("day")))
    unit = file.project.owner_unit_id or file.responsible_unit_id
    label = _ASKS[state].format(month.month)
    return _row(act, file, book, (REPORT, label, unit, None, following, due, rule.reference))


def _visit(act: Action, file: ProjectFile, book: RuleBook) -> DueItem | None:
    today = day_of(act.at)
    if file.stage not in WORKS:
        return None
    # a hand-over that was entered for a day to come leaves the visit with whoever leads until then
    held = LeaderAssignment.objects.filter(on_day(today), file=file).select_related("post")
    row = held.order_by("since").last()
    if row is None:
        return None
    made = Visit.objects.filter(file=file, post=row.post_id).order_by("-made_on")
    last = made.values_list("made_on", flat=True).first() or row.since
    rule = book.choose("projects.visit", on=today)
    due = last + dt.timedelta(days=int(rule.value("days")))
    return _row(
        act, file, book, (VISIT, "到现场走访", row.post.unit_id, row.post_id, last, due, rule.reference)
    )


def _start(act: Action, file: ProjectFile, book: RuleBook) -> DueItem | None:
    if file.stage not in BEFORE_WORKS or file.start_planned is None:
        return None
    return _gate(act, file, book, START, "按计划开工", file.start_planned)


def _completion(act: Action, file: ProjectFile, book: RuleBook) -> DueItem | None:
    if file.stage not in WORKS or file.completion_planned is None:
        return None
    return _gate(act, file, book, COMPLETION, "按计划竣工", file.completion_planned)


def _gate(act: Action, file: ProjectFile, book: RuleBook, kind: str, label: str, due: dt.date) -> DueItem:
    """The gate of a stage is to be passed by a planned day; whoever is responsible for the project brings it about."""
    rule = book.choose(GATE, on=day_of(act.at))
    return _row(
        act,
        file,
        book,
        (kind, label, file.responsible_unit_id, None, min(file.stage_since, due), due, rule.reference),
    )


def _row(
    act: Action,
    file: ProjectFile,
    book: RuleBook,
    given: tuple[str, str, str, str | None, dt.date, dt.date, str],
) -> DueItem:
    kind, label, unit, post, since, due, rule = given
    near = int(book.choose(NEAR, on=since, facts={"kind": kind}).value("workdays"))
    due_at = midnight(due + _DAY)
    found = lit(due_at, act.at, near)
    return DueItem(
        subject=file.id, name=kind, kind=kind, label=label, title=file.project.name, unit_id=unit, post_id=post,
        started_at=midnight(since), due_on=due, due_at=due_at, light=found.light, rule=rule, turns_at=found.turns_at,
    )  # fmt: skip
