"""The fields of a form about cases, made of what a playbook asks: what stands in each, what is wrong, what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from luodi.desk.cases.masking import opened
from luodi.desk.evidence.given import Given
from luodi.kernel.cases.answers import LONGEST, LONGEST_WHO, MOST_DUTIES
from luodi.kernel.cases.models import Duty
from luodi.kernel.cases.playbook import Ask, Move
from luodi.kernel.register.models import Place, Post, Unit
from luodi.pages import days
from luodi.pages.promise_words import post_name

ROWS = 5  # empty rows of a table of duties
DUTY_PARTS = ("who", "does", "amount", "due")
MOST_FILES = 3  # besides the photo taken on the spot
_LONGEST_TYPED = 4_000
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileSlot:
    """One place for a file. ``is_photo``: taken on the spot with a phone."""

    name: str
    given: Given | None = None
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is that of the form, ``key`` that of the act. ``groups`` are choices under headings; an empty heading has none.

    ``is_secret``: nothing of it is kept on the device. ``rows`` are those of a table of duties, ``shown`` is what a hidden
    field stands for, with ``href``.
    """

    name: str
    key: str
    label: str
    kind: str
    is_needed: bool = True
    hint: str = ""
    value: str = ""
    fault: str = ""
    groups: tuple[tuple[str, Choices], ...] = ()
    is_secret: bool = False
    longest: int = 0
    rows: tuple[Mapping[str, str], ...] = ()
    slots: tuple[FileSlot, ...] = field(default=())
    shown: str = ""
    href: str = ""

    @property
    def allowed(self) -> dict[str, str]:
        """What may be chosen, with its words."""
        return {value: words for _, choices in self.groups for value, words in choices}

    @property
    def described_by(self) -> str:
        """The ids of the hint and the fault."""
        parts = (f"{self.name}-hint" if self.hint else "", f"{self.name}-fault" if self.fault else "")
        return " ".join(part for part in parts if part)

    @property
    def has_more_files(self) -> bool:
        """Whether a file lies in one of the places that are folded away."""
        return any(slot.given is not None for slot in self.slots[2:])

    @property
    def longest_who(self) -> int:
        """How long the name of whoever is bound may be."""
        return LONGEST_WHO


def fields_of(move: Move, *, duties: Sequence[Duty] = (), secret: Iterable[str] = ()) -> list[Field]:
    """A field for each question of a move. ``duties`` are those that can be chosen, ``secret`` the names of sensitive ones."""
    hidden = set(secret)
    return [_field(ask, duties, is_secret=ask.name in hidden) for ask in move.asks]


def _field(ask: Ask, duties: Sequence[Duty], *, is_secret: bool) -> Field:
    name = f"a-{ask.name}"
    groups: tuple[tuple[str, Choices], ...] = ()
    if ask.kind == "choice":
        groups = (("", ask.choices),)
    elif ask.kind == "unit":
        groups = unit_choices()
    elif ask.kind == "post":
        groups = post_choices()
    elif ask.kind == "duty":
        groups = (("", tuple((duty.id, duty_words(duty)) for duty in duties if duty.state == "open")),)
    return Field(
        name=name,
        key=ask.name,
        label=ask.label,
        kind=ask.kind,
        is_needed=ask.is_needed,
        hint=ask.hint or _hint(ask.kind),
        groups=groups,
        is_secret=is_secret,
        longest=LONGEST.get(ask.kind, 0),
        rows=({},) * ROWS if ask.kind == "duties" else (),
        slots=_slots(name) if ask.kind == "file" else (),
    )


def _hint(kind: str) -> str:
    if kind == "duties":
        return gettext("一行一项。金额以元为单位，不是钱的事就空着；空行不算")
    return ""


def _slots(name: str) -> tuple[FileSlot, ...]:
    more = tuple(FileSlot(f"{name}-{number}") for number in range(2, MOST_FILES + 1))
    return (FileSlot(f"{name}-photo", is_photo=True), FileSlot(name), *more)


def unit_choices(only: set[str] | None = None) -> tuple[tuple[str, Choices], ...]:
    """Open units by name; ``only`` those, where given. One query."""
    found = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    if only is not None:
        found = found.filter(pk__in=only)
    return (("", tuple(found.values_list("id", "name"))),)


def post_choices() -> tuple[tuple[str, Choices], ...]:
    """Open posts of open units under their units, leading ones first. One query."""
    found = Post.objects.filter(closed_on__isnull=True, unit__closed_on__isnull=True).select_related("unit")
    groups: dict[str, list[tuple[str, str]]] = {}
    for post in found.order_by("unit__name", "unit_id", "-is_leader", "title", "id"):
        groups.setdefault(post.unit.name, []).append((post.id, post_name(post)))
    return tuple((unit, tuple(posts)) for unit, posts in groups.items())


def place_choices() -> tuple[tuple[str, Choices], ...]:
    """Places by name. One query."""
    return (("", tuple(Place.objects.order_by("name", "id").values_list("id", "name"))),)


def duty_words(duty: Duty) -> str:
    """A duty as it is chosen: 10月15日前，甲某付清修缮款."""
    return gettext("%(day)s前，%(who)s%(does)s") % {
        "day": days.words(duty.due_on),
        "who": opened(duty, "who") or "",
        "does": opened(duty, "does") or "",
    }


def as_typed(fields: Sequence[Field], data: QueryDict, *, more: str = "") -> list[Field]:
    """The fields with what was typed; ``more`` names a table that gets further rows."""
    return [_as_typed(each, data, is_longer=each.name == more) for each in fields]


def _as_typed(each: Field, data: QueryDict, *, is_longer: bool) -> Field:
    if each.kind == "file":
        return each
    if each.kind == "duties":
        rows = rows_typed(each, data)
        spare = max(ROWS - len(rows), ROWS if is_longer else 1)
        return replace(each, rows=(*rows, *({},) * min(spare, MOST_DUTIES - len(rows))))
    return replace(each, value=plain(data.get(each.name, "")))


def rows_typed(each: Field, data: QueryDict) -> list[dict[str, str]]:
    """The rows of a table that hold anything."""
    columns = {part: [plain(text) for text in data.getlist(f"{each.name}-{part}")] for part in DUTY_PARTS}
    long = min(max((len(column) for column in columns.values()), default=0), MOST_DUTIES + 1)
    rows = [
        {part: column[at] if at < len(column) else "" for part, column in columns.items()}
        for at in range(long)
    ]
    return [row for row in rows if any(row.values())]


def with_faults(fields: Sequence[Field], faults: Mapping[str, str]) -> list[Field]:
    """The fields with what is wrong at each; ``faults`` by the names of the act."""
    return [replace(each, fault=faults.get(each.key, "")) for each in fields]


def plain(text: Any) -> str:
    """What was typed, without what no database keeps, cut where it is far too long."""
    return str(text).replace("\0", "").replace("\r\n", "\n").strip()[:_LONGEST_TYPED]
