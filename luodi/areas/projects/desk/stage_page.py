"""``/desk/projects/<id>/stage``: to another stage with what its gates ask; a step back is signed by two posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from luodi.areas.projects.acts.filing import Shown, move_stage, sign_correction
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.models import ProjectFile, StageMove
from luodi.areas.projects.stages import ENDS, ORDER, STAGE, Gate, Step, label_of, step
from luodi.desk.doors import post_door, role_door
from luodi.desk.evidence.given import Given, evidence_given
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal

WORDED = ("corrected", "suspended", "removed")
# at which field the act's refusals belong
_PLACES = {"day-to-come": "on", "older-than-last": "on", "not-carried": "on", "words-missing": "reason"}


@dataclass(frozen=True, slots=True)
class Way:
    """A stage that a project may go to from here, and how."""

    to: str
    label: str
    step: Step

    @property
    def is_forward(self) -> bool:
        """Whether it goes on, and is neither a stop nor a step back."""
        return self.step.kind in ("forward", "carried", "resumed")


@dataclass(frozen=True, slots=True)
class Asked:
    """One gate in the form: the paper typed, the file that lies ready, what is wrong with it."""

    gate: Gate
    paper: str = ""
    given: Given | None = None
    fault: str = ""

    @property
    def field(self) -> str:
        """The name of its file's field."""
        return f"file-{self.gate.name}"


def ways_from(file: ProjectFile) -> list[Way]:
    """Where a project may go, the next stage first, steps back and ends last."""
    found = []
    for name in STAGE:
        try:
            found.append(Way(name, gettext(label_of(name)), step(file.stage, name, left=file.stage_left)))
        except ValueError:
            continue  # there is no such way
    order = {"forward": 0, "carried": 0, "resumed": 0, "suspended": 1, "removed": 2, "corrected": 3}
    return sorted(found, key=lambda way: order[way.step.kind])


def may_move(file: ProjectFile) -> bool:
    """Whether there is anywhere to go."""
    return file.stage not in ENDS


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def stage_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form of one way (``?to=``), and what it sends."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    ways = ways_from(file)
    asked = request.POST if request.method == "POST" else request.GET
    way = next((each for each in ways if each.to == asked.get("to")), ways[0] if ways else None)
    if way is None:
        raise Refusal("no-such-way", gettext("这个项目不再走阶段。"))
    if request.method != "POST":
        first = typed_of({"on": today().isoformat()}, ("on", "reason"))
        return _form(request, file, ways, way, first, [Asked(gate) for gate in way.step.gates])
    typed = typed_of(request.POST, ("on", "reason"))
    gates = [_gate(request, gate, typed) for gate in way.step.gates]
    on = typed.day("on")
    if typed.faults or on is None:
        return _form(request, file, ways, way, typed, gates, 422)
    shown = {each.gate.name: _shown(each) for each in gates if each.paper or each.given is not None}
    try:
        made = move_stage(file, way.to, by=presence.actor, on=on, shown=shown, reason=typed.given["reason"])
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, ways, way, typed, gates, 409)
    for each in gates:
        if each.given is not None:
            each.given.spend()
    said = (
        gettext("退回“%(stage)s”要另一个岗位签字，签了才算。")
        if made.needs_signature
        else gettext("进了“%(stage)s”。")
    )
    messages.success(request, said % {"stage": way.label})
    return HttpResponseRedirect(f"{BASE}/{file.id}#stages")


@post_door
@require_POST
def sign_step_back(request: HttpRequest, ident: str, move: str) -> HttpResponse:
    """``/desk/projects/<id>/stage/<move>/sign``: another post signs a step back."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if not any(each.id == move for each in steps_back(file)):
        raise Refusal("nothing-to-sign", gettext("这一步不用签，或已经签过。请刷新再看。"))
    sign_correction(move, by=presence.actor)
    messages.success(request, gettext("签了，项目回到更正后的阶段。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#stages")


def steps_back(file: ProjectFile, actor: Actor | None = None) -> list[StageMove]:
    """Corrections that wait for another post's signature; of an ``actor`` only those that its post did not ask for."""
    found = StageMove.objects.filter(file=file, needs_signature=True, signed_at=None, from_stage=file.stage)
    if actor is not None:
        found = found.exclude(post=actor.post)
    return list(found.select_related("post__unit").order_by("id"))


def _gate(request: HttpRequest, gate: Gate, typed: Typed) -> Asked:
    paper = request.POST.get(f"paper-{gate.name}", "").replace("\0", "").strip()[:200]
    try:
        return Asked(gate, paper, evidence_given(request, f"file-{gate.name}"))
    except Refusal as refusal:
        typed.faults[gate.name] = refusal.message
        return Asked(gate, paper, None, refusal.message)


def _shown(asked: Asked) -> Shown:
    if asked.given is None:
        return Shown(asked.paper)
    return Shown(asked.paper, asked.given.held.whole(), asked.given.name)


def _form(
    request: HttpRequest,
    file: ProjectFile,
    ways: list[Way],
    way: Way,
    typed: Typed,
    gates: list[Asked],
    status: int = 200,
) -> HttpResponse:
    faults: Mapping[str, str] = typed.faults
    return page(
        request,
        "projects/stage.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        ways=ways,
        way=way,
        gates=gates,
        given=typed.given,
        faults=faults,
        error=faults.get("", ""),
        is_worded=way.step.kind in WORDED,
        is_back=way.step.kind == "corrected",
        step_number=ORDER.index(way.to) + 1 if way.to in ORDER else 0,
    )
