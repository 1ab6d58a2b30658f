"""``/desk/playbooks/<kind>``: how cases of a kind go, as a drawing and in words; to take away as SVG and as BPMN 2.0."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from luodi.desk.doors import post_door
from luodi.desk.playbooks.told import clocks_told, places_told, rules_of
from luodi.desk.rendering import page
from luodi.kernel.cases.drawing.bpmn import bpmn_of
from luodi.kernel.cases.drawing.svg import svg_of
from luodi.kernel.cases.playbook import COUNTED, Playbook
from luodi.kernel.cases.registry import Kind, kind_of, kinds
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.lookups import rulebook

# a drawing taken away has no page to give it its colours
_STYLE = (
    "<style>text{font:13px sans-serif;fill:#1a1d21}.ld-pb-state rect,.ld-pb-end rect{fill:#fff;stroke:#1a1d21}"
    ".ld-pb-line{fill:none;stroke:#626a73}.ld-pb-tip{fill:#626a73}.ld-pb-stay{font-size:11px;fill:#626a73}</style>"
)


@post_door
@require_safe
def playbook_page(request: HttpRequest, kind: str) -> HttpResponse:
    """The page; ``?version=1`` shows an earlier version."""
    known = kind_of(kind)
    playbook = _version_of(known, request)
    rules = rules_of(playbook, rulebook(), today())
    return page(
        request,
        "desk/playbooks/playbook.html",
        here="rules",
        playbook=playbook,
        # drawn by our own code of our own playbooks, every word of which it escapes
        drawing=mark_safe(svg_of(playbook)),  # noqa: S308
        places=places_told(playbook),
        clocks=clocks_told(playbook, rules),
        ends=[(end.label, COUNTED[end.counts_as]) for end in playbook.ends],
        measures=playbook.measures,
        versions=sorted(known.playbooks, reverse=True),
        is_newest=playbook is known.newest,
        others=[(each.newest.label, f"/desk/playbooks/{each.name}", each.name == kind) for each in kinds()],
        query="" if playbook is known.newest else f"?version={playbook.version}",
    )


@post_door
@require_safe
def playbook_file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """``/desk/playbooks/<kind>.svg`` and ``.bpmn``."""
    playbook = _version_of(kind_of(kind), request)
    if form == "svg":
        head, mark, rest = svg_of(playbook).partition(">")
        answer = HttpResponse(f"{head}{mark}{_STYLE}{rest}", content_type="image/svg+xml; charset=utf-8")
    else:
        rules = rules_of(playbook, rulebook(), today())
        answer = HttpResponse(bpmn_of(playbook, rules), content_type="application/xml; charset=utf-8")
    name = f"{playbook.kind}-{playbook.version}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _version_of(known: Kind, request: HttpRequest) -> Playbook:
    """The version that the address names, else the newest. Raises ``Refusal`` (``no-such-version``)."""
    typed = request.GET.get("version", "")
    if not typed:
        return known.newest
    found = (
        known.playbooks.get(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None
    )
    if found is None:
        have = "、".join(str(version) for version in sorted(known.playbooks))
        raise Refusal("no-such-version", f"{known.newest.label}没有第{typed[:6]}版，有的是第{have}版。")
    return found
