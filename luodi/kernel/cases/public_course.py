"""What anybody may read of cases: their course and the answers that a playbook makes public, never a free word about people.

An answer is shown where three say so: the playbook names it, its field is classed public, and it is not about a living person.
Free text among these goes through the scrubber all the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from luodi.kernel.cases.models import Case, CaseDetails, Step
from luodi.kernel.cases.playbook import Playbook
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.privacy.scrubbing import scrub
from luodi.kernel.register.models import Post, Unit


@dataclass(frozen=True, slots=True)
class Told:
    """One public answer: its name and label in the playbook, its value as text or as a day, the id where it names a row."""

    name: str
    label: str
    value: str | dt.date
    ident: str = ""


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One line of the course."""

    id: str
    case: str
    move: str
    label: str
    at: dt.datetime


def took_effect() -> QuerySet[Step]:
    """The moves that were really made: not those that wait for a signature, nor those taken back."""
    return Step.objects.filter(Q(needs_signature=False) | Q(signed_at__isnull=False), taken_back=False)


def course_of(cases: Iterable[Case]) -> dict[str, list[PublicStep]]:
    """The moves of each case, the first first; one query."""
    books = {case.id: playbook_of(case.kind, case.version) for case in cases}
    found: dict[str, list[PublicStep]] = {ident: [] for ident in books}
    rows = took_effect().filter(case__in=list(books)).order_by("id")
    for ident, case, move, at in rows.values_list("id", "case_id", "move", "at"):
        known = books[case].move_named.get(move)
        found[case].append(PublicStep(ident, case, move, known.label if known else move, at))
    return found


def told_of(cases: Sequence[Case]) -> dict[str, list[Told]]:
    """The public answers of each case, in its playbook's order; two queries a kind, whatever the number of cases."""
    found: dict[str, list[Told]] = {case.id: [] for case in cases}
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_kind[case.kind].append(case)
    for name, held in by_kind.items():
        details = kind_of(name).details
        if details is None:
            continue
        rows = {row.case_id: row for row in details._default_manager.filter(case__in=held)}
        names = _names(details, rows.values())
        for case in held:
            if (row := rows.get(case.id)) is not None:
                found[case.id] = list(_told(playbook_of(case.kind, case.version), row, names))
    return found


def is_public_kind(name: str) -> bool:
    """Whether anybody may follow cases of this kind."""
    return any(playbook.public for playbook in kind_of(name).playbooks.values())


def _told(playbook: Playbook, row: CaseDetails, names: dict[str, str]) -> Iterable[Told]:
    labels = {ask.name: ask.label for move in playbook.move_named.values() for ask in move.asks}
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name in playbook.public:
        field = fields.get(name)
        if field is None or name not in row.PRIVACY.public or name in row.PRIVACY.personal:
            continue
        value: Any = getattr(row, field.attname)
        if value is None or value == "":
            continue
        label = labels.get(name, name)
        if field.is_relation:
            yield Told(name, label, names.get(value, value), value)
        elif isinstance(value, dt.date):
            yield Told(name, label, value)
        else:
            yield Told(name, label, scrub(str(value)))


def _names(details: type[CaseDetails], rows: Iterable[CaseDetails]) -> dict[str, str]:
    """Names of the units and posts that the rows point to."""
    wanted: dict[Any, set[str]] = defaultdict(set)
    for field in details._meta.concrete_fields:
        if field.is_relation and field.related_model in (Unit, Post):
            wanted[field.related_model] |= {getattr(row, field.attname) for row in rows}
    found = dict(Unit.objects.filter(pk__in=wanted[Unit]).values_list("id", "name")) if wanted[Unit] else {}
    if wanted[Post]:
        posts = Post.objects.filter(pk__in=wanted[Post]).select_related("unit")
        found.update((post.id, f"{post.unit.name}{post.title}") for post in posts)
    return found
