"""An office's list of promises: prepared for a person to look over, then entered row by row. Sent twice, nothing is twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from luodi.desk.first_hour.unit_choices import Settled, settle
from luodi.kernel.accounts.access import may
from luodi.kernel.commitments import actions as commitments
from luodi.kernel.commitments.goals import Goal, settled
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

LONGEST_TURN = 20.0  # seconds in one request; the rest is for the next


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row with what it becomes. ``already`` is the id of the promise that says the same; ``faults`` include those of units."""

    draft: PromiseDraft
    already: str
    faults: tuple[Fault, ...]

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
    """``count`` went in; ``left`` wait for the next turn; ``faults`` are rows refused while being entered."""

    count: int
    left: int
    faults: tuple[Fault, ...]


def prepare(
    table: Table, columns: Mapping[int, str], year: int | None, choices: Mapping[str, str]
) -> Preparation:
    """What each row of the table becomes."""
    drafts = promise_drafts(table, columns, year)
    units = settle((name for draft in drafts for name in (draft.lead, *draft.helpers)), choices)
    known = _known(drafts, units, year)
    seen: set[tuple[str, str]] = set()
    rows = []
    for draft in drafts:
        already = known.get((draft.title, units.ids.get(draft.lead, "")), "")
        faults = list(draft.faults) + _unit_faults(draft, units) + _goal_faults(draft)
        key = (draft.title, draft.lead)
        if draft.title and key in seen:
            faults.append(
                Fault(
                    _task(draft),
                    "这一行和上面某一行的任务、牵头单位都一样。重复的请删去；是两件事的，请写清区别。",
                )
            )
        seen.add(key)
        rows.append(Prepared(draft, already, tuple(faults)))
    return Preparation(tuple(rows), units)


def enter(
    preparation: Preparation,
    file: KeptFile,
    *,
    by: Actor,
    year: int | None,
    clock: Callable[[], float] = time.monotonic,
) -> Entered:
    """Enter the good rows in order, each in an act of its own, as far as one turn reaches. Units to be made are made first."""
    ids = _with_new_units(preparation, by)
    units = Unit.objects.in_bulk(ids.values())
    leaders = _leaders(ids.values())
    until = clock() + LONGEST_TURN
    count = 0
    faults: list[Fault] = []
    good = preparation.good
    for at, row in enumerate(good):
        if at and clock() > until:
            return Entered(count, len(good) - at, tuple(faults))
        try:
            _enter_one(row.draft, ids, units, leaders, file, by, year)
            count += 1
        except Refusal as refusal:
            faults.append(Fault(_first(row.draft), refusal.message))
    return Entered(count, 0, tuple(faults))


def require_may_enter(by: Actor) -> None:
    """Refuse whoever may not enter promises of the whole district."""
    if not (may(by, "office") or may(by, "administrator")):
        raise Refusal(
            "role-missing", "任务由督查办公室或系统管理员录入，您现在的岗位没有这个角色。请换岗位再录。"
        )


def _enter_one(
    draft: PromiseDraft,
    ids: Mapping[str, str],
    units: Mapping[str, Unit],
    leaders: Mapping[str, Post],
    file: KeptFile,
    by: Actor,
    year: int | None,
) -> Commitment:
    lead = units[ids[draft.lead]]
    return commitments.enter_from_sheet(
        by=by,
        file=file,
        cell=draft.cell[:80],
        title=draft.title,
        wording=draft.wording,
        lead_unit=lead,
        leader_post=leaders.get(lead.id),
        co_units=[units[ids[name]] for name in draft.helpers if name in ids],
        goal=_goal(draft),
        topic=draft.topic,
        number=draft.number,
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
        settled(_goal(draft))
    except Refusal as refusal:
        return [Fault(_first(draft), refusal.message)]
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


def _task(draft: PromiseDraft) -> Area:
    """The cell of the task, which is what says the same as another."""
    cell = draft.cells.get("title")
    return Area.named(cell.rpartition("!")[2]) if cell else _first(draft)


def _first(draft: PromiseDraft) -> Area:
    return Area.named(draft.cell.rpartition("!")[2].partition(":")[0])


def _known(drafts: list[PromiseDraft], units: Settled, year: int | None) -> dict[tuple[str, str], str]:
    """Ids of promises that are in, by title and lead unit, for the plan's year."""
    found = Commitment.objects.filter(lead_unit__in=set(units.ids.values()), year=year).exclude(
        state="undone"
    )
    wanted = {draft.title for draft in drafts}
    return {
        (title, lead): key
        for key, title, lead in found.order_by("-id").values_list("id", "title", "lead_unit_id")
        if title in wanted
    }


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


def _leaders(units: object) -> dict[str, Post]:
    """The leading post of each unit that has exactly one."""
    found: dict[str, list[Post]] = {}
    for post in Post.objects.filter(unit__in=units, is_leader=True, closed_on__isnull=True).order_by("id"):
        found.setdefault(post.unit_id, []).append(post)
    return {unit: posts[0] for unit, posts in found.items() if len(posts) == 1}
