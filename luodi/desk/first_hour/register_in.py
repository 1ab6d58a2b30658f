"""Units, posts and people from one sheet: each made where it is not there yet. Sent twice, nothing is twice."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.access import may
from luodi.kernel.accounts.models import Account, Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.lookups import appointments_on, district
from luodi.kernel.register.models import Person, Post, Unit
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.lookups import known_units
from luodi.kernel.sheets.register_rows import RegisterDraft, register_drafts
from luodi.kernel.sheets.table import Table
from luodi.kernel.sheets.unit_names import UnitNames

KIND_WORDS = dict(Unit.KINDS)
ROLE_WORDS = dict(Grant.ROLES)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row with what it makes; ``makes`` says so in Chinese, and is empty where everything is there already."""

    draft: RegisterDraft
    makes: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def is_good(self) -> bool:
        """Whether it would be entered now."""
        return bool(self.makes) and not self.faults

    @property
    def already(self) -> bool:
        """Whether nothing is left to be made of it."""
        return not self.makes and not self.faults


@dataclass(slots=True)
class Made:
    """What was made, by kind; ``cells`` are where it came from, by id."""

    units: int = 0
    posts: int = 0
    people: int = 0
    accounts: int = 0
    cells: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def prepare(table: Table, columns: Mapping[int, str]) -> list[Prepared]:
    """What each row of the table would make."""
    drafts = register_drafts(table, columns)
    matcher = _matcher()
    named = {draft.unit for draft in drafts if draft.unit}
    pending: set[tuple[str, ...]] = set()
    rows = []
    for draft in drafts:
        faults = list(draft.faults)
        if draft.above and matcher.match(draft.above).unit is None and draft.above not in named:
            faults.append(
                Fault(
                    _area(draft, "above"),
                    f"上级单位“{draft.above}”在单位表和这张表里都没有。请改成全称，或在表里加一行写它。",
                )
            )
        if draft.above and draft.above == draft.unit:
            faults.append(Fault(_area(draft, "above"), f"“{draft.unit}”的上级写成了它自己。请改正或留空。"))
        rows.append(Prepared(draft, tuple(_makes(draft, matcher, pending)), tuple(faults)))
    return rows


def enter(rows: list[Prepared], *, by: Actor) -> Made:
    """Make what the good rows ask for: units from the top down, then posts, people, log-ins. Each in an act of its own."""
    made = Made()
    units: dict[str, Unit] = {}
    matcher = _matcher()
    for row in _from_the_top(rows):
        try:
            _enter_unit(row.draft, units, matcher, made, by)
        except Refusal as refusal:
            made.faults.append(Fault(_area(row.draft, "unit"), refusal.message))
    for row in rows:
        if row.is_good and row.draft.post and row.draft.unit in units:
            try:
                _enter_person(row.draft, units[row.draft.unit], made, by)
            except Refusal as refusal:
                made.faults.append(Fault(_area(row.draft, "post"), refusal.message))
    return made


def require_may_enter(by: Actor) -> None:
    """Refuse whoever may not administer the whole district."""
    if not may(by, "administrator"):
        raise Refusal("role-missing", "单位、岗位和人员由区里的系统管理员录入。请换岗位，或找系统管理员。")


def digest_of(raw: bytes) -> str:
    """What names a sheet of people that is not kept."""
    return hashlib.sha256(raw).hexdigest()


def _matcher() -> UnitNames:
    there = district()
    return UnitNames(known_units(), there.name if there else "")


def _makes(draft: RegisterDraft, matcher: UnitNames, pending: set[tuple[str, ...]]) -> list[str]:
    match = matcher.match(draft.unit) if draft.unit else None
    unit = match.unit if match else None
    makes = []
    if draft.unit and unit is None and ("u", draft.unit) not in pending:
        makes.append(f"新单位：{draft.unit}（{KIND_WORDS[draft.kind]}）")
    post = _post(unit.id, draft.post) if unit else None
    if draft.post and post is None and ("o", draft.unit, draft.post) not in pending:
        makes.append(f"新岗位：{draft.post}{'（领导）' if draft.is_leader else ''}")
    if draft.person and (post is None or _holder(post, draft.person) is None):
        key = ("a", draft.unit, draft.post, draft.person)
        if key not in pending:
            makes.append("任职：这个人任这个岗位")
        pending.add(key)
    if draft.login and not Account.objects.filter(login=draft.login).exists():
        makes.append(f"账号：{draft.login}")
    if draft.role and (post is None or not _has_role(post, draft.role)):
        makes.append(f"角色：{ROLE_WORDS[draft.role]}")
    pending |= {("u", draft.unit), ("o", draft.unit, draft.post)}
    return makes


def _from_the_top(rows: list[Prepared]) -> list[Prepared]:
    """The good rows, each after the one that makes the unit above its own."""
    good = [row for row in rows if row.is_good]
    first: dict[str, Prepared] = {}
    for row in good:
        if row.draft.unit not in first or (row.draft.above and not first[row.draft.unit].draft.above):
            first[row.draft.unit] = row
    ordered: list[Prepared] = []
    placed: set[str] = set()

    def place(name: str, path: tuple[str, ...]) -> None:
        if name in placed or name not in first or name in path:
            return
        place(first[name].draft.above, (*path, name))
        placed.add(name)
        ordered.append(first[name])

    for name in first:
        place(name, ())
    return ordered


def _enter_unit(
    draft: RegisterDraft, units: dict[str, Unit], matcher: UnitNames, made: Made, by: Actor
) -> None:
    known = matcher.match(draft.unit).unit
    if known is not None:
        units[draft.unit] = Unit.objects.get(id=known.id)
        return
    parent = units.get(draft.above) if draft.above else None
    if parent is None and draft.above:
        above = matcher.match(draft.above).unit
        parent = Unit.objects.get(id=above.id) if above else None
        if parent is None:
            raise Refusal("unit-above-missing", f"上级单位“{draft.above}”没有录成，这个单位先不录。")
    unit = register.create_unit(
        name=draft.unit,
        short_name=draft.short_name,
        kind=draft.kind,
        parent=parent,
        credit_code=draft.credit_code,
        by=by,
    )
    units[draft.unit] = unit
    made.units += 1
    made.cells[unit.id] = draft.cells.get("unit", "")


def _enter_person(draft: RegisterDraft, unit: Unit, made: Made, by: Actor) -> None:
    post = _post(unit.id, draft.post)
    if post is None:
        post = register.create_post(
            title=draft.post, unit=unit, is_leader=draft.is_leader, is_sole=draft.is_leader, by=by
        )
        made.posts += 1
        made.cells[post.id] = draft.cells.get("post", "")
    if draft.person:
        person = _holder(post, draft.person) or _person(draft, unit)
        if person is None:
            person = register.enter_person(name=draft.person, phone=draft.phone or None, by=by)
            made.people += 1
            made.cells[person.id] = draft.cells.get("person", "")
        if _holder(post, draft.person) is None:
            register.appoint(person, post, since=draft.since or today(), by=by)
        if draft.login and not Account.objects.filter(person=person).exists():
            accounts.create_account(person, login=draft.login, by=by)
            made.accounts += 1
    if draft.role and not _has_role(post, draft.role):
        accounts.grant(post, draft.role, by=by)


def _post(unit: str, title: str) -> Post | None:
    return Post.objects.filter(unit=unit, title=title, closed_on__isnull=True).order_by("id").first()


def _holder(post: Post, name: str, day: dt.date | None = None) -> Person | None:
    held = appointments_on(day).filter(post=post, person__name=name).select_related("person").first()
    return held.person if held else None


def _person(draft: RegisterDraft, unit: Unit) -> Person | None:
    """Somebody who is in: of the same name and phone, or of the same name in the same unit."""
    named = Person.objects.filter(name=draft.person, erased_on__isnull=True)
    # a telephone lies sealed: the database cannot compare it
    reached = (
        (each for each in named.order_by("id") if each.phone == draft.phone) if draft.phone else iter(())
    )
    if (found := next(reached, None)) is not None:
        return found
    here = appointments_on().filter(post__unit=unit, person__in=named).order_by("id").first()
    return None if here is None or (draft.phone and here.person.phone) else here.person


def _has_role(post: Post, role: str) -> bool:
    return Grant.objects.filter(post=post, role=role).exclude(until__lt=today()).exists()


def _area(draft: RegisterDraft, name: str) -> Area:
    cell = draft.cells.get(name) or next(iter(draft.cells.values()), f"!A{draft.row}")
    return Area.named(cell.rpartition("!")[2])
