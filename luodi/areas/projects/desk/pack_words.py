"""What a dispatch meeting's pack says, in words: the same for the screen and for paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from luodi.areas.projects.desk.amounts import gap_words, share_words, wan_whole
from luodi.areas.projects.explaining import Said, state_of
from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.lights import COLOUR_WORDS
from luodi.areas.projects.meeting.agenda import weight_words
from luodi.areas.projects.meeting.gathering import Brief
from luodi.areas.projects.models import Bottleneck, MeetingDecision
from luodi.areas.projects.money import BASES
from luodi.areas.projects.playbook import LEVELS as LADDER
from luodi.areas.projects.playbook import SORTS
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.clocks.now import day_of
from luodi.kernel.figures.display import MISSING
from luodi.pages import days
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A bottleneck as the meeting reads it: what is stuck, what exactly is asked of whom, on which rung, for how long."""

    title: str
    ident: str
    ask: str
    is_clear: bool
    rung: str
    age: str
    state: str


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A decision and where it stands; ``tone`` as of lights."""

    title: str
    ident: str
    unit: str
    due: str
    state: str
    tone: str
    meeting: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One basis through the year, and its sum where sums are allowed."""

    name: str
    cells: tuple[str, ...]
    half: str
    whole: str


def facts_of(brief: Brief) -> list[tuple[str, str]]:
    """What heads a project's page."""
    file, year = brief.file, brief.standing.year
    levels = "、".join(gettext(words) for level, words in LEVELS.items() if level in file.levels.split())
    owner = file.project.owner_unit
    told = [
        (gettext("目标"), file.goal or MISSING),
        (gettext("级别和阶段"), "，".join(filter(None, (levels, gettext(file.get_stage_display()))))),
        (
            gettext("谁在办"),
            gettext("业主%(owner)s，责任单位%(unit)s，包联领导%(leader)s")
            % {
                "owner": owner.name if owner is not None else MISSING,
                "unit": file.responsible_unit.name,
                "leader": post_name(brief.leader) or gettext("没有"),
            },
        ),
        (gettext("今年进度"), progress_words(brief)),
    ]
    if year is not None and year.shows_both:
        first = year.original
        told.append(
            (
                gettext("计划改过"),
                gettext("年初%(first)s万元，现在%(now)s万元；按年初计划完成%(share)s")
                % {
                    "first": wan_whole(first.version.annual),
                    "now": wan_whole(year.current.version.annual),
                    "share": share_words(first.completion),
                },
            )
        )
    told.append((gettext("灯和规则"), light_words(brief)))
    if brief.standing.explain:
        told.append((gettext("要先说明"), "；".join(brief.standing.explain)))
    if brief.explained:
        told.append((gettext("单位的说明"), "\n".join(said_words(each) for each in brief.explained)))
    if brief.confidence:
        told.append((gettext("别的单位看"), brief.confidence))
    return told


def said_words(said: Said) -> str:
    """An explanation in one line: about what, whose, how it stands, why, what is done until when."""
    row = said.row
    words = gettext("%(matter)s，%(who)s，%(state)s：%(why)s") % {
        "matter": gettext(row.get_matter_display()),
        "who": post_name(row.post),
        "state": gettext(state_of(said.accepted)[0]),
        "why": row.text or MISSING,
    }
    if row.until is None:
        return words
    told = {"remedy": row.remedy_words or MISSING, "day": days.full(row.until)}
    return words + gettext("；怎么办：%(remedy)s，到%(day)s办好") % told


def progress_words(brief: Brief) -> str:
    """The year against its present plan."""
    year = brief.standing.year
    if year is None:
        return gettext("今年没有计划")
    now = year.current
    words = gettext(
        "完成%(done)s万元，占年度计划%(annual)s万元的%(share)s；按月计划该到%(due)s，差%(gap)s个百分点"
    ) % {
        "done": wan_whole(now.done),
        "annual": wan_whole(now.version.annual),
        "share": share_words(now.completion),
        "due": share_words(now.time_progress),
        "gap": gap_words(now.gap),
    }
    if brief.year.news is None:
        return words + gettext("；还没有两方签过的月报")
    return words + gettext("；月报截至%(day)s") % {"day": days.full(brief.year.news)}


def light_words(brief: Brief) -> str:
    """Every light with the rule that lit it, the worst first."""
    lights = brief.standing.lights
    if not lights:
        return gettext("没有一条规则对它亮灯")
    return "\n".join(
        f"{gettext(COLOUR_WORDS[each.colour])}{gettext('：')}{each.words}（{each.title}）" for each in lights
    )


def month_lines(brief: Brief, *, with_statistics: bool) -> list[MonthLine]:
    """Plan and bases by month in 万元. What statistics published is quoted month by month and never summed."""
    year = brief.year
    lines = [
        _summed(gettext("计划"), dict(enumerate(year.planned, 1)), is_summed=True),
        _line("dispatch", year.done, is_summed=True),
        _line("paid", year.paid, is_summed=True),
    ]
    if with_statistics:
        lines.append(_line("statistical", year.published, is_summed=False))
    return lines


def stuck_rows(brief: Brief, day: dt.date) -> list[StuckRow]:
    """The project's open bottlenecks."""
    return stuck_words(brief.open, day)


def stuck_words(open_ones: Sequence[Bottleneck], day: dt.date) -> list[StuckRow]:
    """Bottlenecks with what exactly is asked of whom, as of a day."""
    return [_stuck(row, day) for row in open_ones]


def decided_rows(decided: Sequence[MeetingDecision], day: dt.date) -> list[DecidedRow]:
    """Decisions of meetings with where they stand."""
    return [_decided(row, day) for row in decided]


def matter_words(brief: Brief, day: dt.date) -> list[str]:
    """Each matter of a project with its product written out, then what was not told."""
    lines = []
    for each in brief.matters:
        words = f"{gettext(each.title) if each.kind == 'behind' else each.title}{gettext('：')}{each.sum_words(day)}"
        lines.append(words + (f"（{'；'.join(map(gettext, each.notes))}）" if each.notes else ""))
    return lines


def sum_words(brief: Brief, day: dt.date) -> str:
    """The sum of a project's matters, written out."""
    if len(brief.matters) < 2:
        return weight_words(brief.weight)
    return (
        "＋".join(weight_words(each.weight(day)) for each in brief.matters)
        + f"＝{weight_words(brief.weight)}"
    )


def _line(basis: str, told: Mapping[int, int], *, is_summed: bool) -> MonthLine:
    return _summed(gettext(BASES[basis]), told, is_summed=is_summed)  # type: ignore[index]


def _summed(name: str, told: Mapping[int, int], *, is_summed: bool) -> MonthLine:
    cells = tuple(wan_whole(told.get(month)) for month in range(1, 13))
    half = [amount for month, amount in told.items() if month <= 6]
    if not is_summed:
        return MonthLine(name, cells, MISSING, MISSING)
    whole = wan_whole(sum(told.values())) if told else MISSING
    return MonthLine(name, cells, wan_whole(sum(half)) if half else MISSING, whole)


def _stuck(row: Bottleneck, day: dt.date) -> StuckRow:
    case = row.case
    is_clear = row.asked_unit is not None and bool(row.asked_act)
    ask = (
        gettext("请%(unit)s：%(act)s") % {"unit": row.asked_unit.name, "act": row.asked_act}
        if row.asked_unit is not None and row.asked_act
        else gettext("还没有写明要哪个单位做什么，请%(unit)s会上说清") % {"unit": case.unit.name}
    )
    sort = gettext(SORTS[row.sort]) if row.sort in SORTS else gettext("没有分类")
    impact = [
        gettext("影响投资%(amount)s万元") % {"amount": _plain(row.impact_wan)} if row.impact_wan else "",
        gettext("耽误%(days)s天") % {"days": _plain(row.impact_days)} if row.impact_days else "",
        gettext("涉及%(people)s人") % {"people": _plain(row.impact_people)} if row.impact_people else "",
    ]
    age = gettext("%(sort)s；%(day)s发现，%(days)s天") % {
        "sort": sort, "day": days.full(row.found_on), "days": max((day - row.found_on).days, 1),
    }  # fmt: skip
    age = "；".join(filter(None, (age, *impact)))
    rung = gettext("第%(level)s级，%(who)s") % {
        "level": case.level,
        "who": gettext(LADDER[min(case.level, len(LADDER)) - 1]),
    }
    state = _state(case)
    if case.state == "deferred" and row.review_on is not None:
        state = gettext("%(state)s，等%(who)s，%(day)s再看") % {
            "state": state, "who": row.higher_authority, "day": days.full(row.review_on),
        }  # fmt: skip
    elif case.planned_due is not None:
        state = gettext("%(state)s，期限%(day)s%(late)s") % {
            "state": state, "day": days.full(case.planned_due), "late": _late(case.planned_due, day),
        }  # fmt: skip
    return StuckRow(case.title or case.number, case.id, ask, is_clear, rung, age, state)


def _decided(row: MeetingDecision, day: dt.date) -> DecidedRow:
    case = row.case
    # once reported the clock of the case is the verifier's; what the meeting set was kept or not on the day of the report
    due = (case.planned_due if case.state == "assigned" else None) or row.due_by
    tone = ""
    state = _state(case)
    if case.closed_at is not None:
        tone = "good" if case.outcome == "done" else "2nd"
        state = gettext("%(day)s%(state)s") % {"day": days.full(day_of(case.closed_at)), "state": state}
    elif case.state == "assigned" and due < day:
        tone = "bad"
        state += _late(due, day)
    return DecidedRow(
        case.title or case.number, case.id, case.unit.name, days.full(due), state, tone,
        gettext("%(meeting)s（%(day)s）") % {"meeting": row.meeting, "day": days.full(row.held_on)},
    )  # fmt: skip


def _late(due: dt.date, day: dt.date) -> str:
    return gettext("，超%(days)s天") % {"days": (day - due).days} if due < day else ""


def _state(case: Case) -> str:
    return gettext(playbook_of(case.kind, case.version).label_of(case.state))


def _plain(text: str) -> str:
    number = Decimal(text)
    return f"{number.normalize():,f}"
