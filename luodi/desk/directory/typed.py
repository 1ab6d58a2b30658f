"""What people typed, read: days, and names of units, posts and people that are sure or come back as a choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from luodi.desk.directory.act_form import AtField
from luodi.kernel.accounts.access import visible_people
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.privacy.showing import shown
from luodi.kernel.register.finding import units_called
from luodi.kernel.register.lookups import appointments_on, district
from luodi.kernel.register.models import Person, Post, Unit
from luodi.kernel.sheets.lookups import known_units
from luodi.kernel.sheets.unit_names import UnitNames

_MOST_CHOICES = 8
Values = Mapping[str, str]


def text_in(values: Values, name: str) -> str:
    """What stands in a field, trimmed."""
    return values.get(name, "").replace("\0", "").strip()


def day_in(values: Values, name: str, what: str) -> dt.date:
    """The day in a field. Raises ``AtField``."""
    text = text_in(values, name)
    if not text:
        raise AtField(name, "day-missing", f"{what}没有填。请选一个日子，例如{today().isoformat()}。")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        words = f"{what}得到“{text[:20]}”，应写成{today().isoformat()}的样子。请改后再办。"
        raise AtField(name, "day-wrong", words) from None


def day_or_none(values: Values, name: str, what: str) -> dt.date | None:
    """The day in a field that may be empty. Raises ``AtField``."""
    return day_in(values, name, what) if text_in(values, name) else None


def unit_in(values: Values, name: str, what: str) -> Unit | None:
    """The open unit that a field names; ``None`` where it is empty. Raises ``AtField`` with those that may be meant."""
    text, chosen = text_in(values, name), text_in(values, f"{name}_id")
    if not text:
        return None
    opened = Unit.objects.filter(closed_on__isnull=True)
    if chosen and (unit := opened.filter(pk=chosen).first()) is not None:
        return unit
    there = district()
    match = UnitNames(known_units(), there.name if there else "").match(text)
    if match.unit is not None:
        return opened.get(pk=match.unit.id)
    meant = [one.unit.id for one in match.suggestions]
    called = [unit.id for unit in units_called(text).filter(closed_on__isnull=True)[:_MOST_CHOICES]]
    ids = list(dict.fromkeys([*called, *meant]))[:_MOST_CHOICES]
    rows = opened.filter(pk__in=ids).select_related("parent")
    choices = tuple((unit.id, _with_parent(unit)) for unit in sorted(rows, key=lambda row: ids.index(row.id)))
    raise AtField(name, "unit-unsure", _unsure(what, text, choices, "单位"), choices)


def post_in(values: Values, name: str, what: str) -> Post | None:
    """The open post that a field names by title, alone or behind its unit; ``None`` where it is empty. Raises ``AtField``."""
    text, chosen = text_in(values, name), text_in(values, f"{name}_id")
    if not text:
        return None
    opened = Post.objects.filter(closed_on__isnull=True).select_related("unit").order_by("id")
    if chosen and (post := opened.filter(pk=chosen).first()) is not None:
        return post
    found = [post for post in opened if text in _ways_to_say(post)]
    if len(found) == 1:
        return found[0]
    near = found or [post for post in opened if text in f"{post.unit.name}{post.title}"]
    choices = tuple((post.id, f"{post.unit.name}，{post.title}") for post in near[:_MOST_CHOICES])
    raise AtField(name, "post-unsure", _unsure(what, text, choices, "岗位"), choices)


def person_in(values: Values, name: str, what: str, actor: Actor) -> Person:
    """The person of whom a field holds the full name. Raises ``AtField`` with all of that name, told apart by their posts."""
    text, chosen = text_in(values, name), text_in(values, f"{name}_id")
    people = visible_people(actor).filter(erased_on__isnull=True)
    if chosen and (person := people.filter(pk=chosen).first()) is not None:
        return person
    found = list(people.filter(name=text).distinct().order_by("id")[:_MOST_CHOICES]) if text else []
    if len(found) == 1:
        return found[0]
    choices = tuple((person.id, _told_apart(person)) for person in found)
    words = _unsure(what, text, choices, "人")
    raise AtField(name, "person-unsure", words, choices)


def _unsure(what: str, text: str, choices: tuple[tuple[str, str], ...], kind: str) -> str:
    if not text:
        return f"{what}没有填。请写上{kind}的名称。"
    if choices:
        return f"“{text[:40]}”指的是哪一个，请在下面选。"
    more = "请查对名称；没有录过的，请勾选“新录这个人”。" if kind == "人" else "请查对名称，没有的请先录。"
    return f"没有找到叫“{text[:40]}”的{kind}。{more}"


def _with_parent(unit: Unit) -> str:
    return f"{unit.name}（{unit.parent.name}下）" if unit.parent else unit.name


def _ways_to_say(post: Post) -> tuple[str, ...]:
    unit = post.unit
    return (
        post.title,
        f"{unit.name}{post.title}",
        f"{unit.short_name}{post.title}",
        f"{unit.name} {post.title}",
    )


def _told_apart(person: Person) -> str:
    held = appointments_on().filter(person=person).select_related("post__unit")
    posts = "、".join(f"{row.post.unit.name}{row.post.title}" for row in held) or "今天没有任职"
    phone = shown(person, "phone", "staff")
    return f"{person.name}，{posts}" + (f"，{phone}" if phone else "")
