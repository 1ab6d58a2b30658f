"""One side of a pair: everything by which a person tells whether two entries mean one thing, under the same headings."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext

from luodi.kernel.accounts.access import visible_people
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import day_of, today
from luodi.kernel.commitments.board import Choice, tally
from luodi.kernel.figures.display import MISSING
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.lookups import events_about
from luodi.kernel.privacy.showing import shown
from luodi.kernel.register.finding import other_names
from luodi.kernel.register.lookups import appointments_on
from luodi.kernel.register.models import Unit
from luodi.pages import days

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """An entry with its facts: heading and words."""

    id: str
    name: str
    href: str
    facts: Facts


def unit_side(ident: str) -> Side:
    """A unit. Raises ``Http404``."""
    unit = Unit.objects.select_related("parent", "place").filter(pk=ident).first()
    if unit is None:
        raise Http404(gettext("没有这个单位。"))
    posts = list(
        unit.posts.filter(closed_on__isnull=True).order_by("-is_leader", "id").values_list("title", flat=True)
    )
    names = [name.name for name in other_names([ident]).get(ident, [])]
    counts = tally(Choice(unit=ident), today())
    going_on = counts.overdue + counts.claimed + counts.going + counts.vague
    facts = (
        (gettext("名称"), unit.name),
        (gettext("简称"), unit.short_name),
        (gettext("曾用名和别称"), _several(names)),
        (gettext("统一社会信用代码"), unit.credit_code),
        (gettext("类别"), gettext(dict(Unit.KINDS)[unit.kind])),
        (gettext("上级"), unit.parent.name if unit.parent else ""),
        (gettext("地点"), unit.place.name if unit.place else ""),
        (gettext("岗位"), _several(posts)),
        (
            gettext("下属单位"),
            gettext("%(count)s个") % {"count": unit.children.filter(closed_on__isnull=True).count()},
        ),
        (
            gettext("牵头的承诺"),
            gettext("%(total)s件，%(open)s件没办结") % {"total": counts.total, "open": going_on},
        ),
        (gettext("录入"), _entered(ident)),
    )
    return Side(ident, unit.name, f"/desk/directory/units/{ident}", _filled(facts))


def person_side(ident: str, actor: Actor) -> Side:
    """A person within reach; numbers masked. Raises ``Http404``."""
    person = visible_people(actor).filter(pk=ident).distinct().first()
    if person is None:
        raise Http404(gettext("没有这个人，或他不在您管理的单位内。"))
    held = appointments_on().filter(person=person).select_related("post__unit").order_by("since", "id")
    account = Account.objects.filter(person=person).first()
    facts = (
        (gettext("姓名"), person.name or ""),
        (gettext("电话"), shown(person, "phone", "staff") or ""),
        (gettext("身份证号"), shown(person, "identity_number", "staff") or ""),
        (gettext("今天的岗位"), _several([f"{row.post.unit.name}{row.post.title}" for row in held])),
        (gettext("登录名"), (account.login or "") if account else ""),
        (gettext("录入"), _entered(ident)),
    )
    return Side(ident, person.name or "", f"/desk/directory/people/{ident}", _filled(facts))


def _filled(facts: Facts) -> Facts:
    return tuple((name, words or MISSING) for name, words in facts)


def _several(words: list[str]) -> str:
    return gettext("、").join(words)


def _entered(ident: str) -> str:
    first = events_about(ident).first()
    return days.full(day_of(first.at)) if first else ""
