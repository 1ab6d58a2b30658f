"""What a unit is called: its name from a day on, the names it had, the names people use; and what is written of it besides.

A name that was given up stays with the days on which it held, so that whoever reads an old paper still finds the unit.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import entries, holding
from luodi.kernel.register.models import Place, Unit, UnitName

_DAY = dt.timedelta(days=1)


def rename_unit(
    unit: Unit, *, name: str, by: Actor, on: dt.date | None = None, short_name: str | None = None
) -> Unit:
    """Give a unit its new name from the day ``on`` (today). ``short_name`` ``None``: unchanged.

    The old name stays findable with the days on which it held; one that held for less than a day stays in the event alone.
    """
    new = entries.name(name, "单位名称", 120)
    short = _short(unit.short_name if short_name is None else short_name)
    day = on or today()
    data = {"from": unit.name, "to": new, "on": day}
    with action("unit.renamed", by=by, subject=unit.id, shown=data) as act:
        held = Unit.objects.select_for_update().get(pk=unit.pk)
        holding.require_open(held, day)
        require_new_name(held, new)
        if day > today():
            raise Refusal("rename-ahead", f"改名的日子{day}还没有到，没有改。请到那一天再改。")
        if (new, short) == (held.name, held.short_name):
            raise Refusal("name-unchanged", f"“{new}”就是现在的名称，没有要改的。")
        for kind, old, now in (("full", held.name, new), ("short", held.short_name, short)):
            if old and old != now:
                _retire(act, held, kind, old, day)
        return act.change(unit, name=new, short_name=short)


def add_alias(unit: Unit, *, name: str, by: Actor) -> UnitName:
    """Note another name by which people call a unit. Refused where that is the name of some open unit already."""
    new = entries.name(name, "别称", 120)
    row = UnitName(unit=unit, name=new, kind="alias", since=today())
    with action("unit.alias_added", by=by, subject=unit.id, shown={"name": new}) as act:
        holding.require_open(unit, today())
        taken = Unit.objects.filter(closed_on__isnull=True, name=new).first()
        if taken is None and new == unit.short_name:
            taken = unit
        if taken is not None:
            raise Refusal("alias-taken", f"“{new}”已是“{taken.name}”的名称，不能再作别称。请写另一个。")
        if UnitName.objects.filter(unit=unit, kind="alias", name=new, until__isnull=True).exists():
            raise Refusal("alias-exists", f"“{unit.name}”已有别称“{new}”，不用再加。")
        return act.create(row)


def drop_alias(alias: UnitName, *, by: Actor) -> UnitName:
    """Use an alias no more; that it was in use stays to be seen."""
    with action("unit.alias_dropped", by=by, subject=alias.unit_id, shown={"name": alias.name}) as act:
        if alias.kind != "alias" or alias.until is not None:
            raise Refusal("alias-gone", f"“{alias.name}”不是在用的别称，没有要去掉的。")
        return act.change(alias, until=today())


def correct_unit(unit: Unit, *, by: Actor, **given: Any) -> Unit:
    """Correct ``kind``, ``place`` or ``credit_code``; what is not given stays. Raises ``TypeError`` for any other field."""
    if foreign := set(given) - {"kind", "place", "credit_code"}:
        raise TypeError(f"a unit's {sorted(foreign)} are not corrected here")
    if "kind" in given and given["kind"] not in dict(Unit.KINDS):
        raise Refusal("choice-unknown", f"单位类别得到“{given['kind']}”，不在可选的里面。请从表里选。")
    if "credit_code" in given:
        given["credit_code"] = entries.credit_code(given["credit_code"])
    place: Place | None = given.get("place")
    shown = {name: place.id if name == "place" and place else value for name, value in given.items()}
    with action("unit.corrected", by=by, subject=unit.id, shown=shown) as act:
        return act.change(unit, **given)


def require_new_name(unit: Unit, name: str) -> None:
    """Refuse a name that another open unit below the same parent has."""
    siblings = Unit.objects.filter(parent=unit.parent_id, name=name, closed_on__isnull=True)
    if siblings.exclude(id=unit.id).exists():
        raise Refusal("unit-name-taken", f"同一上级下已有单位叫“{name}”。请用已有的那个，或写全名以示区别。")


def _short(text: str) -> str:
    return entries.name(text, "单位简称", 60) if text.strip() else ""


def _retire(act: Action, unit: Unit, kind: str, name: str, day: dt.date) -> None:
    """Keep ``name``, which held until the day before ``day``, within the act."""
    before = UnitName.objects.filter(unit=unit, kind=kind).order_by("-until", "-id").first()
    since = before.until + _DAY if before is not None and before.until is not None else None
    if since is not None and day < since:
        raise Refusal("rename-order", f"现在的名称从{since}起用，改名不能早于这一天。请改日期。")
    if since is None or since < day:
        act.create(UnitName(unit=unit, name=name, kind=kind, since=since, until=day - _DAY))
