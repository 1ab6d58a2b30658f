"""An office's list of promises: prepared for a person to look over, then entered row by row. Sent twice, nothing is twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from luodi.desk.first_hour.unit_choices import Settled, settle
from luodi.kernel.accounts.access import may
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import actions as commitments
from luodi.kernel.commitments.goals import RATES, Goal, settled
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Post, Unit
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.promise_rows import PromiseDraft, promise_drafts
from luodi.kernel.sheets.table import Table


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row with what it becomes. ``already`` is the id of the promise that says the same; ``faults`` include those of units;
    ``is_past``: its last day has gone by."""

    draft: PromiseDraft
    already: str
    faults: tuple[Fault, ...]
    is_past: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it would be entered now."""
        return not self.already and not self.faults


@dataclass(frozen=True, slots=True)
class Preparation:
    """All rows of a sheet, and the units they name."""

    rows: tuple[Prepared, ...]
    units: Settled

    @property
    def good(self) -> list[Prepared]:
        """What would be entered now."""
        return [row for row in self.rows if row.is_good]

    @property
    def past(self) -> list[Prepared]:
        """What would be entered now and be overdue at once."""
        return [row for row in self.good if row.is_past]

    @property
    def already(self) -> list[Prepared]:
        """What is in."""
        return [row for row in self.rows if row.already]

    @property
    def faulty(self) -> list[Prepared]:
        """What waits for somebody to mend it."""
        return [row for row in self.rows if row.faults and not row.already]

    @property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the rows."""
        return [fault for row in self.faulty for fault in row.faults]


@dataclass(frozen=True, slots=True)
class Entered:
    """``count`` went in; ``faults`` are rows refused while being entered."""

    count: int
    faults: tuple[Fault, ...]


def prepare(
    table: Table, columns: Mapping[int, str], year: int | None, choices: Mapping[str, str]
) -> Preparation:
    """What each row of the table becomes."""
    drafts = promise_drafts(table, columns, year)
    units = settle((name for draft in drafts for name in (draft.lead, *draft.helpers)), choices)
    known = _known(drafts, units, year)
    seen: set[tuple[str, str]] = set()
    rows, day = [], today()
    for draft in drafts:
        already = known.get((draft.title, units.ids.get(draft.lead, "")), "")
        faults = list(draft.faults) + _unit_faults(draft, units) + _goal_faults(draft)
        key = (draft.title, draft.lead)
        if draft.title and key in seen:
            already = ""  # what is in is the row above
            faults.append(
                Fault(
                    _of_field(draft, "title"),  # which is what says the same as another
                    "这一行和上面某一行的任务、牵头单位都一样。重复的请删去；是两件事的，请写清区别。",
                )
            )
        seen.add(key)
        rows.append(Prepared(draft, already, tuple(faults), bool(draft.due.until and draft.due.until < day)))
    return Preparation(tuple(rows), units)


def planned(preparation: Preparation, *, by: Actor) -> list[list[Any]]:
    """The good rows as they are laid by to be entered. Units chosen to be new are made now, where a good row needs them."""
    ids = _with_new_units(preparation, by)
    leaders = _leaders(ids.values())
    return [_plain(row.draft, ids, leaders) for row in preparation.good]


def enter(rows: Sequence[Sequence[Any]], file: KeptFile, *, by: Actor, year: int | None) -> Entered:
    """Enter rows as they were laid by: one transaction, an event each. What has come in meanwhile is passed over."""
    units = Unit.objects.in_bulk(
        {row[_LEAD] for row in rows} | {unit for row in rows for unit in row[_HELPERS]}
    )
    posts = Post.objects.in_bulk({row[_LEADER] for row in rows} - {""})
    there = _there({row[_TITLE] for row in rows}, units, year)
    fresh = [row for row in rows if (row[_TITLE], row[_LEAD]) not in there]
    became = commitments.enter_many_from_sheet(
        [_sheet_row(row, units, posts, year) for row in fresh], by=by, file=file
    )
    refused = [(row, made) for row, made in zip(fresh, became, strict=True) if isinstance(made, Refusal)]
    faults = [Fault(Area.named(row[_FIRST]), why.message) for row, why in refused if why.code != "sent-twice"]
    return Entered(len(fresh) - len(refused), tuple(faults))


def require_may_enter(by: Actor) -> None:
    """Refuse whoever may not enter promises of the whole district."""
    if not (may(by, "office") or may(by, "administrator")):
        raise Refusal(
            "role-missing", "任务由督查办公室或系统管理员录入，您现在的岗位没有这个角色。请换岗位再录。"
        )


# a row laid by: where its task, units and first cell stand in it
_TITLE, _LEAD, _LEADER, _HELPERS, _FIRST = 1, 3, 4, 5, 13


def _plain(draft: PromiseDraft, ids: Mapping[str, str], leaders: Mapping[str, Post]) -> list[Any]:
    lead, due = ids[draft.lead], draft.due
    leader = leaders.get(lead)
    helpers = [ids[name] for name in draft.helpers if name in ids]
    days = [day.isoformat() if day else "" for day in (due.since, due.until)]
    return [
        draft.cell[:80],
        draft.title,
        draft.wording,
        lead,
        leader.id if leader else "",
        helpers,
        *days,
        due.precision,
        draft.amount,
        draft.amount_unit,
        draft.topic,
        draft.number,
        str(_first(draft)),
    ]


def _sheet_row(
    row: Sequence[Any], units: Mapping[str, Unit], posts: Mapping[str, Post], year: int | None
) -> commitments.SheetRow:
    cell, title, wording, lead, leader, helpers, since, until, precision, amount, unit, topic, number, _ = row
    return commitments.SheetRow(
        cell=cell,
        title=title,
        wording=wording,
        lead_unit=units[lead],
        leader_post=posts.get(leader),
        co_units=tuple(units[each] for each in helpers),
        goal=Goal(
            number=amount or None,
            unit=unit,
            due_since=dt.date.fromisoformat(since) if since else None,
            due_until=dt.date.fromisoformat(until) if until else None,
            due_precision=precision,
        ),
        topic=topic,
        number=number,
        year=year,
    )


def _goal(draft: PromiseDraft) -> Goal:
    return Goal(
        number=draft.amount or None,
        unit=draft.amount_unit,
        due_since=draft.due.since,
        due_until=draft.due.until,
        due_precision=draft.due.precision,
    )


def _goal_faults(draft: PromiseDraft) -> list[Fault]:
    try:
        goal = settled(_goal(draft))
    except Refusal as refusal:
        return [Fault(_first(draft), refusal.message)]
    if goal.value is not None and goal.value < 0 and goal.unit not in RATES:
        words = f"目标数“{draft.amount}{draft.amount_unit}”是负数。要办成多少写正数；要减下来多少，写正数并在任务里说是减。"
        return [Fault(_of_field(draft, "amount"), words)]
    return []


def _unit_faults(draft: PromiseDraft, units: Settled) -> list[Fault]:
    """Names that are no unit yet and for which nobody chose."""
    faults = []
    for name in (draft.lead, *draft.helpers):
        area = draft.unit_areas.get(name) or _first(draft)
        is_open = name and not units.knows(name) and name not in units.left
        if is_open and any(match.name == name for match in units.open):
            faults.append(Fault(area, f"“{name}”在单位表里没有。请在上面选它是哪个单位，或新建。"))
        elif name == draft.lead and name in units.left:
            faults.append(Fault(area, f"“{name}”选了不列入，这一行就没有牵头单位了。请选一个单位，或新建。"))
    return faults


def _of_field(draft: PromiseDraft, name: str) -> Area:
    """The cell of a field, else the row's first."""
    cell = draft.cells.get(name)
    return Area.named(cell.rpartition("!")[2]) if cell else _first(draft)


def _first(draft: PromiseDraft) -> Area:
    return Area.named(draft.cell.rpartition("!")[2].partition(":")[0])


def _known(drafts: list[PromiseDraft], units: Settled, year: int | None) -> dict[tuple[str, str], str]:
    """Ids of promises that are in, by title and lead unit, for the plan's year."""
    wanted = {draft.title for draft in drafts}
    found = _of(units.ids.values(), year).order_by("-id").values_list("id", "title", "lead_unit_id")
    return {(title, lead): key for key, title, lead in found if title in wanted}


def _there(titles: Collection[str], units: Iterable[str], year: int | None) -> set[tuple[str, str]]:
    """Title and lead unit of those that are in."""
    return set(_of(units, year).filter(title__in=titles).values_list("title", "lead_unit_id"))


def _of(units: Iterable[str], year: int | None) -> QuerySet[Commitment]:
    return Commitment.objects.filter(lead_unit__in=set(units), year=year).exclude(state="undone")


def _with_new_units(preparation: Preparation, by: Actor) -> dict[str, str]:
    """Ids of units by name, those chosen to be new made now where a good row needs them."""
    ids = dict(preparation.units.ids)
    needed = {name for row in preparation.good for name in (row.draft.lead, *row.draft.helpers)}
    for name in preparation.units.new:
        if name in needed:
            # 教育局 and 区教育局, both chosen to be new, are one
            made = settle([name], {}).ids.get(name)
            ids[name] = made or register.create_unit(name=name, by=by).id
    return ids


def _leaders(units: Collection[str]) -> dict[str, Post]:
    """The leading post of each unit that has exactly one."""
    found: dict[str, list[Post]] = {}
    for post in Post.objects.filter(unit__in=units, is_leader=True, closed_on__isnull=True).order_by("id"):
        found.setdefault(post.unit_id, []).append(post)
    return {unit: posts[0] for unit, posts in found.items() if len(posts) == 1}
