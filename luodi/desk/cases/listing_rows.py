"""Cases as rows of the list: when and by which rule, what stands where, who does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from luodi.desk.cases.listing import next_dues
from luodi.desk.cases.listing_asking import kind_words, state_words
from luodi.desk.cases.listing_words import DueShown, Wording, address_of, light_words, title_words
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import COUNTED
from luodi.kernel.clocks.now import day_of
from luodi.pages import days

COLUMNS = (
    gettext_noop("编号"),
    gettext_noop("类别"),
    gettext_noop("名称"),
    gettext_noop("状态"),
    gettext_noop("承办单位"),
    gettext_noop("承办岗位"),
    gettext_noop("核查单位"),
    gettext_noop("立的日子"),
    gettext_noop("亮灯"),
    gettext_noop("亮灯规则"),
    gettext_noop("期限"),
    gettext_noop("依法最晚"),
    gettext_noop("时间"),
    gettext_noop("级别"),
    gettext_noop("办结"),
    gettext_noop("算作"),
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. ``due`` where a clock runs or is paused; ``ended`` says since when and as what it is closed."""

    id: str
    href: str
    number: str
    title: str
    kind: str
    state: str
    unit: str
    post: str
    level: int
    opened: str
    due: DueShown | None
    ended: str


def case_rows(cases: Sequence[Case], wording: Wording) -> list[CaseRow]:
    """The rows of a page. One query for what is due of them."""
    dues = next_dues(cases)
    return [_row(case, wording.due(dues[case.id]) if case.id in dues else None) for case in cases]


def case_lines(cases: Sequence[Case], wording: Wording) -> Iterable[list[str]]:
    """The same as cells of a sheet. One query."""
    dues = next_dues(cases)
    for case in cases:
        item = dues.get(case.id)
        due = wording.due(item) if item is not None else None
        yield [
            case.number,
            kind_words(case.kind),
            title_words(case.title),
            state_words(case.kind, case.state),
            case.unit.name,
            case.post.title if case.post else "",
            case.verifier_unit.name if case.verifier_unit else "",
            case.opened_on.isoformat(),
            light_words(due.light.colour) if due else "",
            due.light.rule if due else "",
            case.planned_due.isoformat() if case.planned_due else "",
            case.latest_due.isoformat() if case.latest_due else "",
            due.time if due else "",
            str(case.level),
            day_of(case.closed_at).isoformat() if case.closed_at else "",
            COUNTED.get(case.outcome, case.outcome),
        ]


def _row(case: Case, due: DueShown | None) -> CaseRow:
    return CaseRow(
        id=case.id,
        href=address_of(case.id),
        number=case.number,
        title=title_words(case.title),
        kind=kind_words(case.kind),
        state=state_words(case.kind, case.state),
        unit=case.unit.short_name or case.unit.name,
        post=case.post.title if case.post else "",
        level=case.level,
        opened=days.words(case.opened_on),
        due=due,
        ended=_ended(case),
    )


def _ended(case: Case) -> str:
    if case.closed_at is None:
        return ""
    counted = COUNTED.get(case.outcome, case.outcome)
    return gettext("%(day)s办结，算“%(as_what)s”") % {
        "day": days.words(day_of(case.closed_at)),
        "as_what": counted,
    }
