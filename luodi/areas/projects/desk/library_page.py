"""``/desk/projects/<id>/library``: 入库 in one of its three meanings, from a day, by a paper; the statistics bureau's last."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.acts.filing import enter_library
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.models import LibraryEntry, ProjectFile
from luodi.areas.projects.stages import LIBRARIES
from luodi.desk.doors import role_door
from luodi.desk.presence import Presence
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal

_NAMES = ("meaning", "since", "paper")
# at which field the act's refusals belong
_PLACES = {
    "choice-unknown": "meaning", "in-library-already": "meaning", "not-started": "meaning", "day-to-come": "since",
    "words-missing": "paper",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LibraryShown:
    """One meaning of 入库; ``entry`` is empty where the project is not in it."""

    meaning: str
    label: str
    entry: LibraryEntry | None


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def library_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form, and what it sends. An entry sent twice finds that it is there."""
    presence: Presence = request.desk  # type: ignore[attr-defined]
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


def libraries_of(file: ProjectFile) -> list[LibraryShown]:
    """The three meanings, each with its entry that holds. One query."""
    held = {row.meaning: row for row in LibraryEntry.objects.filter(file=file, until=None).order_by("since")}
    return [LibraryShown(name, gettext(label), held.get(name)) for name, label in LIBRARIES.items()]


def _form(request: HttpRequest, file: ProjectFile, typed: Typed, status: int = 200) -> HttpResponse:
    return page(
        request,
        "projects/library.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        libraries=libraries_of(file),
    )
