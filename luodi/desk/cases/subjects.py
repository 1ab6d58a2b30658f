"""What a case is about, where that is a promise, another case or a row of an area: its words and its page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from luodi.desk.areas import address_of_row, area_subject, letters
from luodi.kernel.cases import access as cases
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.registry import kinds
from luodi.kernel.commitments import access as commitments
from luodi.kernel.ids import ALPHABET, CASE, is_id
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Unit

COMMITMENT = "c"
SUBJECT = "subject"  # what the ask is called that tells what a case is about
MOST = 50  # cases about one subject that a page lists
_IN_ADDRESS = re.compile(rf"(?:^|/)([a-z][{ALPHABET}]{{13}})(?:$|[/?#])")


@dataclass(frozen=True, slots=True)
class Subject:
    """``sort`` says in a word what it is; ``unit`` does it."""

    ident: str
    sort: str
    title: str
    href: str
    unit: Unit


def subject_of(ident: str, actor: Actor, seen: QuerySet[Case] | None = None) -> Subject | None:
    """The promise, case or area's row of that id; ``None`` for anything else, and where the actor may not see it.

    ``seen`` are the cases that the actor may see, where they were asked for already.
    """
    if is_id(ident, COMMITMENT):
        row = commitments.visible_to(actor).filter(pk=ident).first()
        if row is not None:
            return Subject(ident, gettext("承诺"), row.title, f"/desk/promises/{ident}", row.lead_unit)
    if is_id(ident, CASE):
        found = cases.visible_to(actor) if seen is None else seen
        case = found.filter(pk=ident).first()
        if case is not None:
            return Subject(
                ident, gettext("事项"), case.title or case.number, f"/desk/cases/{ident}", case.unit
            )
    of_area = area_subject(ident, actor)
    if of_area is None:
        return None
    return Subject(ident, of_area.sort, of_area.title, address_of_row(ident), of_area.unit)


def case_of(text: str, seen: QuerySet[Case]) -> Case | None:
    """The case of that id or number, among those that may be seen."""
    return seen.filter(Q(pk=text) | Q(number=text)).first() if text else None


def cases_about(ident: str, seen: QuerySet[Case]) -> list[Case]:
    """The cases whose subject is that promise or case, newest first, among those that may be seen. One query a kind."""
    found: list[Case] = []
    for kind in kinds():
        if kind.newest.unique_on and kind.details is not None:
            about = kind.details._default_manager.filter(**{kind.newest.unique_on: ident})
            found += seen.filter(pk__in=about.values("case")).order_by("-id")[:MOST]
    return found


def ident_in(text: str) -> str:
    """The id that somebody typed or pasted with its address; the text itself where there is none.

    >>> ident_in("http://localhost/desk/promises/c0000000000001?x=1"), ident_in("管网")
    ('c0000000000001', '管网')
    """
    found = (each[1] for each in _IN_ADDRESS.finditer(text.strip()))
    return next((ident for ident in found if ident[0] in f"{COMMITMENT}{CASE}{letters()}"), text)
