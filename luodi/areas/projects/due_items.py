"""What is due of a project without being a case: its next month, its leader's visit, the days planned for start and end of works,
the office's word on an explanation, and what an explanation said would be done by a day.

Rows of the one table that inbox and leader's screen read, written within the act that changes what is due. There is one row for
the month after the newest signed one: months that were left out before stand in the list of those who are late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from luodi.areas.projects.due_known import (
    BEFORE_WORKS,
    WORKS,
    Known,
    first_month,
    know_explanations,
    know_leaders,
    know_months,
)
from luodi.areas.projects.models import Explanation, ProjectFile
from luodi.areas.projects.months import plus_months
from luodi.kernel.cases.due_items import NEAR, lit
from luodi.kernel.cases.models import DueItem
from luodi.kernel.clocks.deadline import day_of, midnight
from luodi.kernel.clocks.reckoning import reckon
from luodi.kernel.ledger.action import SYSTEM, Action, action
from luodi.kernel.ledger.statements import upsert
from luodi.kernel.notices.recipients import posts_with
from luodi.kernel.register.lookups import in_line
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

REPORT, VISIT = "project_report", "project_visit"
START, COMPLETION = "project_start", "project_completion"
EXPLANATION, REMEDY = "project_explanation", "project_remedy"
LABELS = {
    REPORT: "重点项目月报",
    VISIT: "重点项目走访",
    START: "重点项目开工",
    COMPLETION: "重点项目竣工",
    EXPLANATION: "重点项目说明",
    REMEDY: "重点项目补救",
}
GATE = "projects.gate"  # the rule by which a planned day is due
_DAY = dt.timedelta(days=1)
_BATCH = 200  # projects of one statement
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
    """Write what is due of every project that was not removed anew, in one act; how many those are."""
    found = list(ProjectFile.objects.exclude(stage="removed").select_related("project").order_by("id"))
    with action("project.dues_rebuilt", by=SYSTEM, subject="", shown={"projects": len(found)}) as act:
        for start in range(0, len(found), _BATCH):
            write_many(act, found[start : start + _BATCH])
    return len(found)


def write(act: Action, file: ProjectFile, *kinds: str) -> None:
    """Bring the rows of one project up to date; of these kinds only, if any are named. Called inside open actions only."""
    write_many(act, [file], *kinds)


def write_many(act: Action, files: Sequence[ProjectFile], *kinds: str) -> None:
    """As ``write``, of many projects: a bounded number of queries, and a few statements for all their rows."""
    if is_put_off() or not files:
        return
    asked = kinds or tuple(LABELS)
    rows = _rows(_Reckoned(act, rulebook()), files, asked)
    upsert(rows, ("subject", "name"))
    wanted = {(row.subject, row.name) for row in rows}
    held = DueItem.objects.filter(subject__in=[file.id for file in files], kind__in=asked)
    if gone := [pk for pk, *of in held.values_list("pk", "subject", "name") if tuple(of) not in wanted]:
        DueItem.objects.filter(pk__in=gone).delete()


def write_new(act: Action, files: Iterable[ProjectFile]) -> None:
    """As ``write_many``, of projects that the same transaction has made: nothing was told of them, nobody leads them.

    A statement for many of them, and no question.
    """
    if is_put_off():
        return
    reckoned, known = _Reckoned(act, rulebook()), Known()
    rows = []
    for file in files:
        known.months = {file.id: first_month(file)} if file.stage in WORKS else {}
        rows += [*reckoned.report(file, known), *reckoned.start(file), *reckoned.completion(file)]
    upsert(rows, ("subject", "name"))


def next_month(file: ProjectFile) -> dt.date | None:
    """The month that is to be reported next: the one after the newest signed one; ``None`` where works are not under way."""
    known = Known()
    know_months(known, [file])
    return known.months.get(file.id)


def _rows(reckoned: _Reckoned, files: Sequence[ProjectFile], kinds: Sequence[str]) -> list[DueItem]:
    known, day = Known(), day_of(reckoned.act.at)
    if REPORT in kinds:
        know_months(known, files)
    if VISIT in kinds:
        know_leaders(known, files, day)
    if EXPLANATION in kinds or REMEDY in kinds:
        know_explanations(known, files, day)
    rows: list[DueItem] = []
    for file in files:
        rows += reckoned.report(file, known)
        rows += reckoned.visit(file, known)
        rows += reckoned.start(file) if START in kinds else ()
        rows += reckoned.completion(file) if COMPLETION in kinds else ()
        rows += reckoned.explanations(file, known) if EXPLANATION in kinds else ()
        rows += reckoned.remedies(file, known) if REMEDY in kinds else ()
    return rows


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one row says: what is to be done by whom, since when and by which day, by which rule."""

    kind: str
    label: str
    unit: str
    post: str | None
    since: dt.date
    due: dt.date
    rule: str
    name: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """Rows as the rules have them at the instant of an act."""

    act: Action
    book: RuleBook

    def report(self, file: ProjectFile, known: Known) -> Iterator[DueItem]:
        """A month is asked for, as the state of its newest version has it."""
        month = known.months.get(file.id)
        if month is None:
            return
        following = plus_months(month, 1)
        rule = self.book.choose("projects.report", on=following)
        due = following.replace(day=int(rule.value("day")))
        unit = file.project.owner_unit_id or file.responsible_unit_id
        label = _ASKS[known.states.get(file.id, "")].format(month.month)
        yield self._row(file, _Asked(REPORT, label, unit, None, following, due, rule.reference))

    def visit(self, file: ProjectFile, known: Known) -> Iterator[DueItem]:
        """The leader's post is owed on site."""
        row = known.led.get(file.id)
        if row is None:
            return
        last = known.visited.get((file.id, row.post_id), row.since)
        rule = self.book.choose("projects.visit", on=day_of(self.act.at))
        due = last + dt.timedelta(days=int(rule.value("days")))
        yield self._row(
            file, _Asked(VISIT, "到现场走访", row.post.unit_id, row.post_id, last, due, rule.reference)
        )

    def start(self, file: ProjectFile) -> Iterator[DueItem]:
        """The day planned for the start of works, until they have begun."""
        if file.stage in BEFORE_WORKS and file.start_planned is not None:
            yield self._gate(file, START, "按计划开工", file.start_planned)

    def completion(self, file: ProjectFile) -> Iterator[DueItem]:
        """The day planned for their end, until it has come."""
        if file.stage in WORKS and file.completion_planned is not None:
            yield self._gate(file, COMPLETION, "按计划竣工", file.completion_planned)

    def explanations(self, file: ProjectFile, known: Known) -> Iterator[DueItem]:
        """The office says whether it accepts what was explained."""
        for row in known.waiting.get(file.id, ()):
            rule = self.book.choose("projects.judging", on=day_of(row.at))
            deadline = reckon(day_of(row.at), rule.limit or 0, rule.clock)
            unit, post = _office_of(file, row, known.offices.get(file.id, ""))
            label = f"认可或不认可{row.month.month}月的说明（{row.get_matter_display()}）"
            asked = (EXPLANATION, label, unit, post, day_of(row.at), day_of(deadline.due), rule.reference)
            yield self._row(
                file, _Asked(*asked, name=f"{EXPLANATION}:{row.id}", is_provisional=deadline.is_provisional)
            )

    def remedies(self, file: ProjectFile, known: Known) -> Iterator[DueItem]:
        """Whoever explained does what it said it would, by the day that it gave itself."""
        for row, until in known.remedies.get(file.id, ()):
            rule = self.book.choose("projects.remedy", on=day_of(row.at))
            label = f"办好说明里写的（{row.get_matter_display()}）"
            post = row.post_id if row.post.closed_on is None else None
            asked = (REMEDY, label, row.post.unit_id, post, day_of(row.at), until, rule.reference)
            yield self._row(file, _Asked(*asked, name=f"{REMEDY}:{row.matter}"))

    def _gate(self, file: ProjectFile, kind: str, label: str, due: dt.date) -> DueItem:
        """The gate of a stage is to be passed by a planned day; whoever is responsible for the project brings it about."""
        rule = self.book.choose(GATE, on=day_of(self.act.at))
        since = min(file.stage_since, due)
        return self._row(
            file, _Asked(kind, label, file.responsible_unit_id, None, since, due, rule.reference)
        )

    def _row(self, file: ProjectFile, asked: _Asked) -> DueItem:
        near = int(self.book.choose(NEAR, on=asked.since, facts={"kind": asked.kind}).value("workdays"))
        due_at = midnight(asked.due + _DAY)
        found = lit(due_at, self.act.at, near)
        return DueItem(
            subject=file.id, name=asked.name or asked.kind, kind=asked.kind, label=asked.label, title=file.project.name,
            unit_id=asked.unit, post_id=asked.post, started_at=midnight(asked.since), due_on=asked.due, due_at=due_at,
            light=found.light, rule=asked.rule, turns_at=found.turns_at, is_provisional=asked.is_provisional,
        )  # fmt: skip


def _office_of(file: ProjectFile, row: Explanation, runs: str) -> tuple[str, str | None]:
    """The unit, and where one post alone holds the role there that post, that says whether it accepts an explanation.

    The office that ``runs`` the project, else the nearest to it, but none in line with whoever explained, if there is any other.
    """
    posts = posts_with("office", file.lead_unit_id)
    others = [post for post in posts if not in_line(row.post.unit_id, post.unit_id)] or posts
    if not others:
        return file.lead_unit_id, None
    unit = next((post.unit_id for post in others if post.unit_id == runs), others[0].unit_id)
    beside = [post.id for post in others if post.unit_id == unit]
    return unit, beside[0] if len(beside) == 1 else None
