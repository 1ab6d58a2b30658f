"""``/cases.atom``: the newest moves of public cases (RFC 4287). Number, kind and the move's words; nothing that anybody typed."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from luodi.kernel.cases import access
from luodi.kernel.cases.public_course import took_effect
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.clocks.now import now
from luodi.kernel.register.lookups import district
from luodi.pages.public_address import public_address
from luodi.portal.freshness import public_page

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 40


@public_page
def case_feed(request: HttpRequest) -> HttpResponse:
    """The feed."""
    base = public_address(request)
    here = district()
    newest = took_effect().filter(case__in=access.public().values("pk")).order_by("-id")
    steps = list(newest.select_related("case")[:_MOST])
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", f"{base}/cases.atom")
    _text(root, "title", gettext("%(name)s事项的变化") % {"name": here.name if here else ""})
    _text(root, "updated", (steps[0].at if steps else now()).isoformat(timespec="seconds"))
    SubElement(root, "link", {"rel": "self", "href": f"{base}/cases.atom"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/k/"})
    _text(SubElement(root, "author"), "name", f"{here.name}人民政府办公室" if here else "本区")
    for step in steps:
        case = step.case
        playbook = playbook_of(case.kind, case.version)
        move = playbook.move_named.get(step.move)
        href = f"{base}/k/{case.id}"
        entry = SubElement(root, "entry")
        _text(entry, "id", f"{href}#{step.id}")
        _text(entry, "title", f"{playbook.label}{case.number}：{move.label if move else step.move}")
        _text(entry, "updated", step.at.isoformat(timespec="seconds"))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{href}#{step.id}"})
    raw = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    return HttpResponse(raw, content_type="application/atom+xml; charset=utf-8")


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = "".join(c for c in words if c >= " " or c in "\t\n")
