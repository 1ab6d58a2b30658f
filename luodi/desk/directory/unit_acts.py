"""What the forms of a unit do: each reads what was typed, acts once, and says in one sentence what was done."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from luodi.desk.directory.reach import Reach
from luodi.desk.directory.typed import Values, day_in, text_in, unit_in
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions
from luodi.kernel.register.models import Place, Unit
from luodi.pages import days

Act = Callable[[Unit, Values, Reach], str]


def rename(unit: Unit, values: Values, reach: Reach) -> str:
    """Give it a new name from a day on."""
    day, old = day_in(values, "on", gettext("从哪天起")), unit.name
    actions.rename_unit(
        unit, name=values.get("name", ""), short_name=values.get("short_name", ""), on=day, by=reach.actor
    )
    return gettext("“%(old)s”从%(day)s起叫“%(new)s”。旧名称还找得到。") % {
        "old": old, "day": days.words(day), "new": unit.name,
    }  # fmt: skip


def move(unit: Unit, values: Values, reach: Reach) -> str:
    """Put it below another."""
    above = unit_in(values, "above", gettext("上级单位"))
    reach.require(above)
    actions.move_unit(unit, parent=above, by=reach.actor)
    if above is None:
        return gettext("“%(unit)s”现在没有上级。") % {"unit": unit.name}
    return gettext("“%(unit)s”移到了“%(above)s”下面。") % {"unit": unit.name, "above": above.name}


def correct(unit: Unit, values: Values, reach: Reach) -> str:
    """Correct what is written of it."""
    place = Place.objects.filter(pk=text_in(values, "place")).first()
    actions.correct_unit(
        unit,
        kind=text_in(values, "kind"),
        place=place,
        credit_code=text_in(values, "credit_code"),
        by=reach.actor,
    )
    return gettext("“%(unit)s”的资料更正好了。") % {"unit": unit.name}


def alias(unit: Unit, values: Values, reach: Reach) -> str:
    """Note how people call it."""
    row = actions.add_alias(unit, name=values.get("name", ""), by=reach.actor)
    return gettext("“%(unit)s”加了别称“%(alias)s”。") % {"unit": unit.name, "alias": row.name}


def post(unit: Unit, values: Values, reach: Reach) -> str:
    """Set up a post in it."""
    title = text_in(values, "title")
    if unit.posts.filter(title=title, closed_on__isnull=True).exists():
        words = gettext("“%(unit)s”已有岗位叫“%(title)s”。请用已有的，或换一个名称。")
        raise Refusal("post-title-taken", words % {"unit": unit.name, "title": title})
    row = actions.create_post(
        title=title,
        unit=unit,
        is_leader="is_leader" in values,
        is_sole="is_shared" not in values,
        by=reach.actor,
    )
    return gettext("“%(unit)s”设了岗位“%(title)s”，还没有人。") % {"unit": unit.name, "title": row.title}


def unit_below(unit: Unit, values: Values, reach: Reach) -> str:
    """Enter a unit below it."""
    made = enter(values, unit, reach)
    return gettext("“%(unit)s”下面录了“%(new)s”。") % {"unit": unit.name, "new": made.name}


def close(unit: Unit, values: Values, reach: Reach) -> str:
    """Close it after a day."""
    day, into = day_in(values, "on", gettext("最后一天")), unit_in(values, "into", gettext("承接单位"))
    actions.close_unit(unit, on=day, into=into, by=reach.actor)
    return gettext("“%(unit)s”%(day)s起撤销。") % {"unit": unit.name, "day": days.words(day + actions.DAY)}


def enter(values: Values, above: Unit | None, reach: Reach) -> Unit:
    """A new unit from what was typed."""
    reach.require(above)
    return actions.create_unit(
        name=values.get("name", ""),
        short_name=values.get("short_name", ""),
        kind=text_in(values, "kind"),
        parent=above,
        credit_code=values.get("credit_code", ""),
        by=reach.actor,
    )


ACTS: dict[str, Act] = {
    "rename": rename,
    "move": move,
    "correct": correct,
    "alias": alias,
    "post": post,
    "unit": unit_below,
    "close": close,
}
