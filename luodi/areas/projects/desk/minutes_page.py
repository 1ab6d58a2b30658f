"""``/desk/projects/meeting/minutes``: what a meeting decided, typed row by row or pasted, becomes cases with owner and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.acts.deciding import MOST, Decided, record_decisions
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.pack_page import MEETING
from luodi.areas.projects.meeting.gathering import open_bottlenecks
from luodi.areas.projects.meeting.pasted import lines_of
from luodi.areas.projects.models import Bottleneck, ProjectFile
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark
from luodi.desk.rendering import page
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Unit

EMPTY_ROWS = 3
LONGEST_PASTE = 20_000


@dataclass
class Row:
    """One decision as it was typed; ``about`` is the id of a project or of a bottleneck's case."""

    what: str = ""
    unit: str = ""
    due: str = ""
    about: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.what or self.unit or self.due or self.about)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a row may name: units, projects with their open bottlenecks."""

    units: list[tuple[str, str]]
    files: dict[str, ProjectFile]
    stuck: dict[str, list[Bottleneck]]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For the field: each project, with the whole of it and each of its bottlenecks."""
        whole = gettext("整个项目")
        return [
            (
                file.project.name,
                [
                    (key, f"{file.project.name}（{whole}）"),
                    *((row.case_id, row.case.title or row.case.number) for row in self.stuck.get(key, [])),
                ],
            )
            for key, file in self.files.items()
        ]

    def about(self, ident: str) -> tuple[ProjectFile, str] | None:
        """The project of an id, and the case of the bottleneck where it is one."""
        if ident in self.files:
            return self.files[ident], ""
        for key, rows in self.stuck.items():
            if any(row.case_id == ident for row in rows):
                return self.files[key], ident
        return None


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest) -> HttpResponse:
    """The form; ``do=read`` reads what was pasted into rows, ``do=save`` enters them all, or none where one is faulty."""
    choices = _choices(request)
    if request.method != "POST":
        about = request.GET.get("about", "")
        first = Row(about=about) if choices.about(about) is not None else Row()
        return _shown(request, choices, [first], {})
    typed = _typed(request)
    if request.POST.get("do") != "save":
        return _shown(request, choices, [*typed, *_read(request, choices)], {})
    faults = _faults(request)
    rows = [row for row in typed if not row.is_empty]
    decided = [_decided(row, choices) for row in rows]
    good = [each for each in decided if each is not None]
    if faults or len(good) < len(decided) or not rows:
        if not rows:
            faults.setdefault("", gettext("一件定的事也没有写。请至少写一行。"))
        return _shown(request, choices, rows or [Row()], faults, 422)
    return _saved(request, choices, rows, good)


def _saved(request: HttpRequest, choices: Choices, rows: list[Row], good: Sequence[Decided]) -> HttpResponse:
    presence = presence_of(request)
    held_on = dt.date.fromisoformat(request.POST["held_on"])
    act = partial(
        record_decisions, good, by=presence.actor, meeting=request.POST.get("meeting", ""), held_on=held_on
    )
    lock = Account.objects.filter(pk=presence.actor.account)
    try:
        made = once_by_mark(request, act, mark=mark_of(request), lock=lock)
    except AlreadySent:
        messages.success(request, gettext("这张表已经记过了，没有再记一遍。"))
        return HttpResponseRedirect(MEETING)
    except Refusal as refusal:
        return _shown(request, choices, rows, {"": refusal.message}, 409)
    told = {"count": len(made)}
    messages.success(request, gettext("%(count)s件都交办了，下次的材料会写它们办得怎样。") % told)
    return HttpResponseRedirect(MEETING)


def _typed(request: HttpRequest) -> list[Row]:
    parts = [request.POST.getlist(name) for name in ("what", "unit", "due", "about")]
    rows = [Row(*(text.replace("\0", "").strip() for text in row)) for row in zip(*parts, strict=False)]
    return [row for row in rows[:MOST] if not row.is_empty]


def _read(request: HttpRequest, choices: Choices) -> list[Row]:
    """What was pasted, as rows."""
    text = request.POST.get("pasted", "").replace("\0", "")[:LONGEST_PASTE]
    names = {name: ident for ident, name in choices.units}
    projects = {file.project.name: key for key, file in choices.files.items()}
    projects |= {file.project.code: key for key, file in choices.files.items() if file.project.code}
    found = lines_of(text, _held_on(request), names, projects)[:MOST]
    return [
        Row(each.what, each.unit, each.due_by.isoformat() if each.due_by else "", each.project)
        for each in found
    ]


def _decided(row: Row, choices: Choices) -> Decided | None:
    """The row as the act takes it; its faults stand on it where it is none."""
    about = choices.about(row.about)
    if not 2 <= len(row.what) <= 300:
        row.faults["what"] = gettext("定的事写了%(count)s字，应为2至300字。") % {"count": len(row.what)}
    if row.unit not in dict(choices.units):
        row.faults["unit"] = gettext("没有选由哪个单位办。")
    if about is None:
        row.faults["about"] = gettext("没有选是哪个项目或堵点的。")
    try:
        due = dt.date.fromisoformat(row.due)
    except ValueError:
        row.faults["due"] = gettext("期限要写成一天，如2026-09-30。")
        return None
    if row.faults or about is None:
        return None
    return Decided(row.what, Unit.objects.get(pk=row.unit), due, about[0], about[1])


def _faults(request: HttpRequest) -> dict[str, str]:
    faults = {}
    if not 2 <= len(request.POST.get("meeting", "").strip()) <= 80:
        faults["meeting"] = gettext("哪次会没有写，应为2至80字，如“9月第二次调度会”。")
    try:
        dt.date.fromisoformat(request.POST.get("held_on", ""))
    except ValueError:
        faults["held_on"] = gettext("哪天开的会没有填，应写成一天，如2026-09-10。")
    return faults


def _held_on(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("held_on", ""))
    except ValueError:
        return today()


def _choices(request: HttpRequest) -> Choices:
    presence = presence_of(request)
    files = visible_to(presence.actor).exclude(stage="removed").order_by("project__name", "id")
    held = {file.id: file for file in files}
    units = Unit.objects.filter(closed_on=None).order_by("name").values_list("id", "name")
    return Choices(list(units), held, open_bottlenecks(list(held), today(), presence.actor))


def _shown(
    request: HttpRequest, choices: Choices, rows: list[Row], faults: dict[str, str], status: int = 200
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    room = max(0, min(EMPTY_ROWS, MOST - len(rows)))
    return page(
        request,
        "projects/minutes.html",
        status=status,
        here="projects",
        base=BASE,
        meeting=MEETING,
        rows=[*rows, *(Row() for _ in range(room))],
        choices=choices,
        faults=faults,
        is_faulty=bool(faults) or any(row.faults for row in rows),
        name=given.get("meeting", ""),
        held_on=given.get("held_on", "") or today().isoformat(),
        most=MOST,
        key=new_key(),
    )
