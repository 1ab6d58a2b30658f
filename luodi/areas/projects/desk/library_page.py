"""``/desk/projects/<id>/library`` and ``/library/leave``: 入库 in one of its three meanings by a paper, 退库 by another."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.acts.libraries import enter_library, leave_library
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.models import LibraryEntry, ProjectFile
from luodi.areas.projects.stages import LIBRARIES
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.pages.promise_words import post_name

_NAMES = ("meaning", "since", "paper")
_LEFT = ("meaning", "on", "reason", "paper")
# at which field the act's refusals belong
_PLACES = {
    "choice-unknown": "meaning", "in-library-already": "meaning", "not-started": "meaning", "day-to-come": "since",
    "words-missing": "paper",
}  # fmt: skip
_LEFT_PLACES = {
    "choice-unknown": "meaning", "not-in-library": "meaning", "day-to-come": "on", "days-reversed": "on",
    "words-missing": "reason",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LibraryShown:
    """One meaning of 入库; ``entry`` is empty where the project is not in it. ``left``: entries that are over, newest first."""

    meaning: str
    label: str
    entry: LibraryEntry | None
    left: tuple[tuple[LibraryEntry, str], ...]  # each with the post that took it out


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def library_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form, and what it sends. An entry sent twice finds that it is there."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if request.method != "POST":
        first = {"since": today().isoformat(), "meaning": request.GET.get("meaning", "")}
        return _form(request, file, typed_of(first, _NAMES))
    typed = typed_of(request.POST, _NAMES)
    since = typed.day("since")
    if typed.given["meaning"] not in LIBRARIES:
        typed.faults["meaning"] = gettext("入哪个库没有选。")
    typed.text("paper", gettext("入库的依据"))
    if typed.faults or since is None:
        return _form(request, file, typed, 422)
    try:
        enter_library(
            file, typed.given["meaning"], by=presence.actor, since=since, paper=typed.given["paper"]
        )
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, typed, 409)
    messages.success(request, gettext("登记了入库。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#libraries")


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def leave_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form of leaving, and what it sends. Sent twice, it finds that the project is out."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if request.method != "POST":
        held = [each.meaning for each in libraries_of(file) if each.entry is not None]
        if not held:
            raise Refusal("not-in-library", gettext("这个项目没有入库，不用退。请回到项目页看。"))
        first = {"on": today().isoformat(), "meaning": held[0] if len(held) == 1 else ""}
        return _form(request, file, typed_of(first, _LEFT), leaves=True)
    typed = typed_of(request.POST, _LEFT)
    on = typed.day("on")
    if typed.given["meaning"] not in LIBRARIES:
        typed.faults["meaning"] = gettext("退哪个库没有选。")
    typed.text("reason", gettext("退库的原因"))
    typed.text("paper", gettext("退库的依据"))
    if typed.faults or on is None:
        return _form(request, file, typed, 422, leaves=True)
    try:
        leave_library(
            file,
            typed.given["meaning"],
            by=presence.actor,
            on=on,
            reason=typed.given["reason"],
            paper=typed.given["paper"],
        )
    except Refusal as refusal:
        typed.faults[_LEFT_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, typed, 409, leaves=True)
    messages.success(request, gettext("登记了退库，以前入库的照样看得到。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#libraries")


def libraries_of(file: ProjectFile) -> list[LibraryShown]:
    """The three meanings, each with its entry that holds and those that are over. One query."""
    rows = LibraryEntry.objects.filter(file=file).select_related("left_by__unit").order_by("-since", "-id")
    held = {row.meaning: row for row in rows if row.until is None}
    left = [(row, post_name(row.left_by)) for row in rows if row.until is not None]
    return [
        LibraryShown(
            name, gettext(label), held.get(name), tuple(each for each in left if each[0].meaning == name)
        )
        for name, label in LIBRARIES.items()
    ]


def _form(
    request: HttpRequest, file: ProjectFile, typed: Typed, status: int = 200, *, leaves: bool = False
) -> HttpResponse:
    return page(
        request,
        "projects/library_left.html" if leaves else "projects/library.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        libraries=libraries_of(file),
    )
