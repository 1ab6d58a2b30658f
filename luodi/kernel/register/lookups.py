"""Questions to the register: who holds a post on a day, what stands above and below, what took over from what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from django.db.models import Model, Q, QuerySet

from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import once
from luodi.kernel.ledger.cursors import asked
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.register.link_kinds import SUCCEEDED_BY
from luodi.kernel.register.models import Appointment, District, Link, Person, Post, Unit


def district() -> District | None:
    """The one district of this installation; ``None`` before it is founded."""
    return District.objects.order_by("id").first()


def is_demonstration() -> bool:
    """Whether this is the invented district that anybody may try."""
    return District.objects.filter(kind="demonstration").exists()


def on_day(day: dt.date) -> Q:
    """The condition that a dated row is valid on ``day`` (both ends included)."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def appointments_on(day: dt.date | None = None) -> QuerySet[Appointment]:
    """The appointments valid on a day, today unless told, of posts not yet closed."""
    day = day or today()
    return Appointment.objects.filter(on_day(day)).filter(
        Q(post__closed_on__isnull=True) | Q(post__closed_on__gte=day)
    )


def holders(post: Post | str, day: dt.date | None = None) -> list[Person]:
    """Who holds ``post`` on ``day``; the longest in office first."""
    found = appointments_on(day).filter(post=_id(post)).select_related("person").order_by("since", "id")
    return [appointment.person for appointment in found]


def posts_of(person: Person | str, day: dt.date | None = None) -> list[Post]:
    """The posts that ``person`` holds on ``day``, leading ones first."""
    return _HELD.rows(_id(person), day or today())


def _held(person: str, day: dt.date) -> QuerySet[Post]:
    posts = Post.objects.filter(id__in=appointments_on(day).filter(person=person).values("post"))
    return posts.select_related("unit").order_by("-is_leader", "unit__name", "title", "id")


_HELD = Prepared(_held, str, dt.date)


def holds(person: Person | str, post: Post | str, day: dt.date | None = None) -> bool:
    """Whether ``person`` holds ``post`` on ``day``."""
    return appointments_on(day).filter(person=_id(person), post=_id(post)).exists()


def ancestors(unit: Unit | str) -> list[str]:
    """Ids of the units above ``unit``, the nearest first."""
    return lines_up((_id(unit),))[_id(unit)]


def lines_up(units: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the units above each, the nearest first. One query."""
    wanted = tuple(sorted(set(units)))
    return once(("lines up", wanted), lambda: _lines_up(wanted))


def _up(wanted: Sequence[str]) -> str:
    # UNION, not UNION ALL: units that stand above each other in a ring end it
    return f"""
WITH RECURSIVE up(begun, id, parent) AS (
  SELECT id, id, parent_id FROM {_table(Unit)} WHERE id IN ({", ".join(["%s"] * len(wanted))})
  UNION
  SELECT up.begun, above.id, above.parent_id FROM up JOIN {_table(Unit)} above ON above.id = up.parent
)
SELECT begun, id, parent FROM up"""  # noqa: S608 (our own names)


def _lines_up(wanted: tuple[str, ...]) -> dict[str, list[str]]:
    if not wanted:
        return {}
    return _lines(wanted, {row: parent for _, row, parent in asked(_up(wanted), wanted)})


def _lines(wanted: Iterable[str], parents: Mapping[str, str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for begun in wanted:
        line: list[str] = []
        above = parents.get(begun)
        while above is not None and above not in line:
            line.append(above)
            above = parents.get(above)
        found[begun] = line
    return found


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


def descendants(unit: Unit | str) -> list[str]:
    """Ids of the units below ``unit``, nearer ones first. One query."""
    return once(("below", _id(unit)), lambda: _below(_id(unit)))


_DOWN = """
WITH RECURSIVE down(id, parent) AS (
  SELECT id, parent_id FROM {units} WHERE parent_id = %s
  UNION
  SELECT below.id, below.parent_id FROM down JOIN {units} below ON below.parent_id = down.id
)
SELECT parent, id FROM down ORDER BY id
"""


def _below(top: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_DOWN.format(units=_table(Unit)), [top])
        rows = cursor.fetchall()
    children: dict[str, list[str]] = {}
    for parent, row in rows:
        children.setdefault(parent, []).append(row)
    found: list[str] = []
    level = [top]
    while level:
        known = {top, *found}
        level = sorted({below for above in level for below in children.get(above, ()) if below not in known})
        found += level
    return found


def is_above(upper: Unit | str, lower: Unit | str) -> bool:
    """Whether ``upper`` stands above ``lower``, at any distance."""
    return _id(upper) in ancestors(lower)


def in_line(left: Unit | str, right: Unit | str) -> bool:
    """Whether two units are one, or one stands above the other: such units may not verify each other's work.

    A unit counts together with those it took over from and those that took over from it.
    """
    ends = (_id(left), _id(right))
    followed, above = once(("kin", *sorted(ends)), lambda: _kin(ends, today()))
    lefts, rights = (_chain(end, followed) for end in ends)
    if beyond := {*lefts, *rights} - set(ends):
        above = above | lines_up(beyond)
    return any(a == b or a in above[b] or b in above[a] for a in lefts for b in rights)


def successors(unit_or_post: str, day: dt.date | None = None) -> list[str]:
    """The id itself and, in order, what took over from it up to ``day``."""
    on = day or today()
    return _chain(unit_or_post, once(("followed", on), lambda: _followed(on)))


def _followed(day: dt.date) -> dict[str, str]:
    """What took over from what up to ``day``, the latest last: there are few such links in a district."""
    return {link.source: link.target for link in _FOLLOWINGS.rows(day)}


_FOLLOWINGS = Prepared(
    lambda day: Link.objects.filter(kind=SUCCEEDED_BY, since__lte=day).order_by("since", "id"), dt.date
)


def _chain(begun: str, followed: Mapping[str, str]) -> list[str]:
    line = [begun]
    while (following := followed.get(line[-1])) is not None and following not in line:
        line.append(following)
    return line


_KIN = (
    "SELECT begun, id, parent, 0 AS place FROM ({up}) AS lines UNION ALL "
    "SELECT source, target, NULL, row_number() OVER (ORDER BY since, id) FROM {links} WHERE kind = %s AND since <= %s "
    "ORDER BY place"
)


def _kin(units: tuple[str, str], day: dt.date) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What took over from what, and the lines above two units: both in one query, since every verification asks for them."""
    wanted = tuple(sorted(set(units)))
    up = _up(wanted)
    sql = f"{up[: up.rindex('SELECT')]}{_KIN.format(up=up[up.rindex('SELECT') :], links=_table(Link))}"
    rows = asked(sql, [*wanted, SUCCEEDED_BY, connection.ops.adapt_datefield_value(day)])
    followed = {source: target for source, target, _, place in rows if place}
    return followed, _lines(wanted, {row: parent for _, row, parent, place in rows if not place})


def answerable(unit_or_post: str, day: dt.date | None = None) -> str:
    """Who answers on ``day`` for what belonged to a unit or post: itself, or the last that took over."""
    return successors(unit_or_post, day)[-1]


def links_of(row: str, day: dt.date | None = None) -> list[Link]:
    """The links from and to a row that are valid on ``day``, oldest first."""
    joined = Link.objects.filter(Q(source=row) | Q(target=row))
    return list(joined.filter(on_day(day or today())).order_by("since", "id"))


def units_named(name: str) -> list[Unit]:
    """Open units of exactly this name or short name."""
    return list(Unit.objects.filter(Q(name=name) | Q(short_name=name), closed_on__isnull=True).order_by("id"))


def unsigned_hand_overs() -> list[Appointment]:
    """Hand-overs that one side has not signed yet: the later appointments, oldest first."""
    unsigned = Q(taken_on__isnull=True) | Q(after__given_on__isnull=True)
    found = Appointment.objects.filter(unsigned, after__isnull=False).select_related(
        "after", "post", "person"
    )
    return list(found.order_by("since", "id"))


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Names of units and titles of posts by id, in two queries."""
    wanted = list(ids)
    names = dict(Unit.objects.filter(id__in=wanted).values_list("id", "name"))
    return names | dict(Post.objects.filter(id__in=wanted).values_list("id", "title"))


def _id(row: Unit | Post | Person | str) -> str:
    return row if isinstance(row, str) else row.id
