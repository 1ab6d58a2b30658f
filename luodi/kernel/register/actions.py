"""Every change of the register: one function, one change, one event.

Who may make it is asked above, by the screens; what may never be is refused here. Days are Shanghai days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from luodi.kernel.clocks.now import today
from luodi.kernel.ids import has_address
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import entries, holding, lookups, sameness
from luodi.kernel.register.acts.naming import add_alias as add_alias
from luodi.kernel.register.acts.naming import correct_unit as correct_unit
from luodi.kernel.register.acts.naming import drop_alias as drop_alias
from luodi.kernel.register.acts.naming import rename_unit as rename_unit
from luodi.kernel.register.acts.naming import require_new_name
from luodi.kernel.register.acts.unmasking import unmask as unmask
from luodi.kernel.register.link_kinds import SUCCEEDED_BY, link_kind
from luodi.kernel.register.models import (
    Appointment,
    District,
    Link,
    Parcel,
    Person,
    Place,
    Post,
    Project,
    SameAs,
    Unit,
)

DAY = dt.timedelta(days=1)


def found_district(
    *, name: str, code: str, shape: str, kind: str, by: Actor, city: str = "", province: str = ""
) -> District:
    """Found the one district of this installation. ``shape`` and ``kind``: see ``District``."""
    _require_choice(shape, District.SHAPES, "区县形态")
    _require_choice(kind, District.KINDS, "数据性质")
    row = District(name=entries.name(name, "区县名称", 60), shape=shape, kind=kind)
    row.code = entries.division_code(code, required=True)
    row.city, row.province = city.strip()[:60], province.strip()[:60]
    with action("district.founded", by=by, subject=row.id) as act:
        if (there := lookups.district()) is not None:
            raise Refusal(
                "district-exists", f"这里已经是{there.name}。一套安装只服务一个区县；另一个区县请另装一套。"
            )
        return act.create(row)


def create_place(*, name: str, level: str, by: Actor, parent: Place | None = None, code: str = "") -> Place:
    """Enter a township, village or site. ``level``: see ``Place.LEVELS``."""
    _require_choice(level, Place.LEVELS, "地点层级")
    row = Place(
        name=entries.name(name, "地名", 60), level=level, parent=parent, code=entries.division_code(code)
    )
    with action("place.created", by=by, subject=row.id) as act:
        return act.create(row)


def create_unit(
    *,
    name: str,
    by: Actor,
    short_name: str = "",
    kind: str = "government",
    parent: Unit | None = None,
    place: Place | None = None,
    credit_code: str = "",
) -> Unit:
    """Enter a unit. Refused where its parent already has an open unit of this name."""
    _require_choice(kind, Unit.KINDS, "单位类别")
    row = Unit(name=entries.name(name, "单位名称", 120), kind=kind, parent=parent, place=place)
    row.short_name = entries.name(short_name, "单位简称", 60) if short_name.strip() else ""
    row.credit_code = entries.credit_code(credit_code)
    with action("unit.created", by=by, subject=row.id) as act:
        if parent is not None:
            holding.require_open(parent, today())
        require_new_name(row, row.name)
        return act.create(row)


def move_unit(unit: Unit, *, parent: Unit | None, by: Actor) -> Unit:
    """Put a unit below another. Refused where that would close a circle."""
    data = {"from": unit.parent_id, "to": parent.id if parent else None}
    with action("unit.moved", by=by, subject=unit.id, shown=data) as act:
        if parent is not None and (parent.id == unit.id or lookups.is_above(unit, parent)):
            raise Refusal(
                "unit-circle", f"“{parent.name}”在“{unit.name}”之下，不能反过来做它的上级。请另选上级。"
            )
        return act.change(unit, parent=parent)


def close_unit(unit: Unit, *, on: dt.date, by: Actor, into: Unit | None = None) -> Unit:
    """Close a unit after its last day ``on``; what it owned goes to ``into``. Its posts and subunits are closed before."""
    data = {"on": on, "into": into.id if into else None}
    with action("unit.closed", by=by, subject=unit.id, shown=data) as act:
        holding.require_open(unit, on)
        open_posts = unit.posts.filter(closed_on__isnull=True).count()
        if open_posts:
            raise Refusal(
                "unit-has-posts", f"“{unit.name}”还有{open_posts}个岗位没有撤销。请先撤销或移走这些岗位。"
            )
        if unit.children.filter(closed_on__isnull=True).exists():
            raise Refusal("unit-has-units", f"“{unit.name}”还有下属单位。请先把它们移到别的单位或撤销。")
        _succeed(act, unit, into, on)
        return act.change(unit, closed_on=on)


def create_post(*, title: str, unit: Unit, by: Actor, is_leader: bool = False, is_sole: bool = True) -> Post:
    """Set up a post in a unit."""
    row = Post(title=entries.name(title, "岗位名称", 120), unit=unit, is_leader=is_leader, is_sole=is_sole)
    with action("post.created", by=by, subject=row.id) as act:
        holding.require_open(unit, today())
        return act.create(row)


def rename_post(post: Post, *, title: str, by: Actor) -> Post:
    """Give a post its new title."""
    new = entries.name(title, "岗位名称", 120)
    with action("post.renamed", by=by, subject=post.id, shown={"from": post.title, "to": new}) as act:
        return act.change(post, title=new)


def close_post(post: Post, *, on: dt.date, by: Actor, into: Post | None = None) -> Post:
    """Close a post after its last day ``on``: who holds it leaves it then, and what it owned goes to ``into``."""
    data = {"on": on, "into": into.id if into else None}
    with action("post.closed", by=by, subject=post.id, shown=data) as act:
        post = holding.locked_post(post)
        holding.require_open(post, on)
        if (later := post.appointments.filter(since__gt=on).first()) is not None:
            raise Refusal(
                "post-filled-later", f"“{post.title}”在{later.since}还有任命。请先改任命，或改撤销日期。"
            )
        _succeed(act, post, into, on)
        for appointment in list(post.appointments.exclude(until__lte=on)):
            act.change(appointment, until=on)
        return act.change(post, closed_on=on)


def enter_person(
    *, name: str, by: Actor, phone: str | None = None, identity_number: str | None = None
) -> Person:
    """Enter a member of staff; all of it is personal and travels encrypted."""
    row = Person(name=entries.name(name, "姓名", 60), phone=entries.phone(phone))
    row.identity_number = entries.identity_number(identity_number)
    with action("person.entered", by=by, subject=row.id) as act:
        return act.create(row)


def correct_person(person: Person, *, by: Actor, **given: str | None) -> Person:
    """Correct ``name``, ``phone`` or ``identity_number``; what is not given stays."""
    checks: dict[str, Any] = {"phone": entries.phone, "identity_number": entries.identity_number}
    checks["name"] = lambda text: entries.name(text or "", "姓名", 60)
    values = {field: checks[field](text) for field, text in given.items()}
    with action("person.corrected", by=by, subject=person.id, data={"fields": sorted(values)}) as act:
        if person.erased_on is not None:
            raise Refusal("person-erased", "这个人的资料已依法删除，不能再改。需要时请另建。")
        return act.change(person, **values)


def appoint(
    person: Person, post: Post, *, since: dt.date, by: Actor, until: dt.date | None = None
) -> Appointment:
    """Let a person hold a post from a day on. A post already held is handed over instead (``hand_over``)."""
    row = Appointment(person=person, post=post, since=since, until=until)
    with action("appointment.made", by=by, subject=row.id) as act:
        holding.require_order(since, until)
        post = holding.locked_post(post)
        holding.require_open(post, until or since)
        holding.require_free(post, person.id, since, until)
        return act.create(row)


def end_appointment(appointment: Appointment, *, until: dt.date, by: Actor) -> Appointment:
    """Let somebody leave a post after its last day ``until``; refused where the post's things would be nobody's."""
    with action("appointment.ended", by=by, subject=appointment.id, data={"until": until}) as act:
        holding.require_order(appointment.since, until)
        post = holding.locked_post(appointment.post)
        holding.require_free(post, appointment.person_id, appointment.since, until, besides=appointment.id)
        holding.require_somebody_left(post, until, appointment.id)
        return act.change(appointment, until=until)


def hand_over(appointment: Appointment, *, to: Person, on: dt.date, by: Actor) -> Appointment:
    """Let ``to`` take the post over on the day ``on``, the first on which they hold it; both then sign.

    Returns the later appointment, unsigned.
    """
    row = Appointment(person=to, post_id=appointment.post_id, since=on, after=appointment)
    with action(
        "post.handed_over", by=by, subject=row.id, data={"post": appointment.post_id, "on": on}
    ) as act:
        post = holding.locked_post(appointment.post)
        holding.require_open(post, on)
        holding.require_order(appointment.since, on - DAY)
        if to.id == appointment.person_id:
            raise Refusal("hand-over-to-self", f"“{post.title}”不能交接给本人。请选接任的人。")
        if appointment.until is not None and appointment.until < on - DAY:
            raise Refusal(
                "hand-over-gap", f"交出方到{appointment.until}为止，{on}接任中间有空档。请改接任日期。"
            )
        holding.require_free(post, to.id, on, None, besides=appointment.id)
        act.change(appointment, until=on - DAY)
        return act.create(row)


def sign_given(later: Appointment, *, signer: str, by: Actor, listed: Sequence[str] = ()) -> Appointment:
    """The one who leaves signs that things were given over. ``signer``: the id of the person logged in.

    ``listed`` are the ids of what stood on the list that was signed; the event keeps them.
    """
    return _sign(later, "given_on", signer, by, listed)


def sign_taken(later: Appointment, *, signer: str, by: Actor, listed: Sequence[str] = ()) -> Appointment:
    """The one who comes signs that things were taken over; ``signer`` and ``listed`` as with ``sign_given``."""
    return _sign(later, "taken_on", signer, by, listed)


def leave(
    person: Person, *, until: dt.date, by: Actor, successors: dict[str, Person] | None = None
) -> Person:
    """Let somebody leave the service after ``until``: every post they hold ends then.

    ``successors`` by post id take over the day after; required for each post that owns something and has no other holder.
    """
    taking = successors or {}
    with action("person.left", by=by, subject=person.id, data={"until": until}) as act:
        held = Appointment.objects.filter(person=person).exclude(until__lte=until).select_related("post")
        for appointment in list(held):
            holding.require_order(appointment.since, until)
            post = holding.locked_post(appointment.post)
            act.change(appointment, until=until)
            if (to := taking.get(post.id)) is not None:
                holding.require_free(post, to.id, until + DAY, None, besides=appointment.id)
                act.create(Appointment(person=to, post=post, since=until + DAY, after=appointment))
            else:
                holding.require_somebody_left(post, until, appointment.id)
        return person


def create_project(
    *, name: str, by: Actor, code: str = "", place: Place | None = None, owner_unit: Unit | None = None
) -> Project:
    """Enter a project as a bare row."""
    row = Project(
        name=entries.name(name, "项目名称", 200), code=code.strip()[:32], place=place, owner_unit=owner_unit
    )
    with action("project.created", by=by, subject=row.id) as act:
        return act.create(row)


def create_parcel(
    *, name: str, by: Actor, code: str = "", place: Place | None = None, area_mu: str = ""
) -> Parcel:
    """Enter a plot of land as a bare row."""
    row = Parcel(name=entries.name(name, "地块名称", 200), code=code.strip()[:32], place=place)
    row.area_mu = entries.area_mu(area_mu)
    with action("parcel.created", by=by, subject=row.id) as act:
        return act.create(row)


def link(kind: str, source: str, target: str, *, by: Actor, since: dt.date | None = None) -> Link:
    """Join two rows by a declared kind of link. Raises ``LookupError`` for a kind nobody declared."""
    if not link_kind(kind).joins(source, target) or source == target:
        raise Refusal(
            "link-unfit", f"这两样东西不能用“{link_kind(kind).forward}”连起来。请换一种关系，或换一头。"
        )
    row = Link(kind=kind, source=source, target=target, since=since or today())
    with action("link.made", by=by, subject=source) as act:
        if Link.objects.filter(kind=kind, source=source, target=target, until__isnull=True).exists():
            raise Refusal("link-exists", f"“{link_kind(kind).forward}”的关系已经有了，不用再连。")
        return act.create(row)


def end_link(joined: Link, *, until: dt.date, by: Actor) -> Link:
    """Let a link end after ``until``; it stays to be seen."""
    with action("link.ended", by=by, subject=joined.source, data={"until": until}) as act:
        holding.require_order(joined.since, until)
        return act.change(joined, until=until)


def judge_same(one: str, other: str, verdict: str, *, by: Actor, reason: str = "", score: str = "") -> SameAs:
    """Judge whether two rows of one kind mean one thing: ``positive``, ``negative`` or ``unsure``."""
    _require_choice(verdict, SameAs.VERDICTS, "判断")
    if one == other or one[:1] != other[:1] or not has_address(one) or not has_address(other):
        raise Refusal("same-as-unfit", "只能判断同一类的两样东西是不是一个。请另选一对。")
    left, right = sameness.pair(one, other)
    row = SameAs(left=left, right=right, verdict=verdict, score=score, day=today(), reason=reason)
    with action("same_as.judged", by=by, subject=left) as act:
        _require_consistent(row)
        return act.create(row)


def undo_judgement(judgement: SameAs, *, by: Actor, reason: str = "") -> SameAs:
    """Take a judgement back: what held of the pair before it holds again, ``unsure`` where nothing did."""
    left, right = judgement.left, judgement.right
    earlier = SameAs.objects.filter(left=left, right=right, id__lt=judgement.id).order_by("id").last()
    row = SameAs(left=left, right=right, day=today(), reason=reason, undoes=judgement)
    row.verdict = earlier.verdict if earlier else "unsure"
    with action("same_as.undone", by=by, subject=left) as act:
        if SameAs.objects.filter(left=left, right=right, id__gt=judgement.id).exists():
            raise Refusal(
                "same-as-superseded", "这一对后来又有了新的判断，只能撤回最后一次。请先看最新的判断。"
            )
        _require_consistent(row)
        return act.create(row)


def _require_consistent(row: SameAs) -> None:
    if row.verdict == "positive" and (against := sameness.contradiction(row.left, row.right)) is not None:
        names = lookups.names_of(against)
        one, other = (names.get(each, each) for each in against)
        raise Refusal(
            "same-as-contradiction",
            f"合起来会让“{one}”与“{other}”成为一个，而这两个已判为不同。请先撤回那次判断，或不要合并。",
        )
    if row.verdict == "negative" and row.right in sameness.same_as(row.left):
        held = sameness.judgements([row.left]).get((row.left, row.right))
        if held is None or held.verdict != "positive":
            raise Refusal("same-as-joined", "这两个已经通过别的判断连在一起。请先撤回中间的那次判断。")


def _sign(later: Appointment, side: str, signer: str, by: Actor, listed: Sequence[str]) -> Appointment:
    earlier = later.after
    if earlier is None:
        raise Refusal("no-hand-over", "这次任职不是从别人手里接的，没有要签的交接。")
    signed = earlier if side == "given_on" else later
    kind = "hand_over.given" if side == "given_on" else "hand_over.taken"
    with action(kind, by=by, subject=later.id, data={"listed": list(listed)} if listed else {}) as act:
        holding.require_signer(signed, signer, "交出" if signed is earlier else "接收")
        if getattr(signed, side) is not None:
            raise Refusal("already-signed", f"这份交接已于{getattr(signed, side)}签过，不用再签。")
        on: dict[str, Any] = {side: today()}
        act.change(signed, **on)
    return later


def _succeed(act: Action, row: Unit | Post, into: Unit | Post | None, on: dt.date) -> None:
    holding.require_successor(row, into, on)
    if into is not None:
        if row.id in lookups.successors(into.id, dt.date.max):
            raise Refusal("successor-circle", "承接的一方本来就是转给它的。请另选承接的单位或岗位。")
        act.create(Link(kind=SUCCEEDED_BY, source=row.id, target=into.id, since=on + DAY))


def _require_choice(value: str, choices: tuple[tuple[str, str], ...], what: str) -> None:
    if value not in dict(choices):
        allowed = "、".join(f"{code}（{label}）" for code, label in choices)
        raise Refusal("choice-unknown", f"{what}得到“{value}”，可用{allowed}。请改成其中一个。")
