"""``/projects.atom``: what changed in public projects (RFC 4287): stages, plans, months, leaders; no free words."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from luodi.areas.projects.access import public
from luodi.areas.projects.public.asking import BASE
from luodi.areas.projects.report_models import MonthlyReport
from luodi.kernel.clocks.now import now
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.lookups import district
from luodi.pages.public_address import public_address
from luodi.portal.event_words import words_of
from luodi.portal.freshness import public_page

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 40
KINDS = (
    "project.filed", "project.moved", "project.correction_signed", "project.plan_set", "project.entered_library",
    "project.left_library",
    "project.leader_assigned", "project.month_signed", "project.visited",
)  # fmt: skip


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The feed."""
    base = public_address(request)
    here = district()
    newest = _newest()
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", f"{base}{BASE}.atom")
    _text(root, "title", gettext("%(name)s重点项目的变化") % {"name": here.name if here else ""})
    _text(root, "updated", (newest[0][0].at if newest else now()).isoformat(timespec="seconds"))
    SubElement(root, "link", {"rel": "self", "href": f"{base}{BASE}.atom"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}{BASE}"})
    _text(SubElement(root, "author"), "name", f"{here.name}人民政府办公室" if here else "本区")
    for event, project, name in newest:
        entry = SubElement(root, "entry")
        _text(entry, "id", f"{base}/e/{event.id}")
        _text(entry, "title", f"{name}：{words_of(event.kind)}")
        _text(entry, "updated", event.at.isoformat(timespec="seconds"))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/g/{project}"})
    raw = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    return HttpResponse(raw, content_type="application/atom+xml; charset=utf-8")


def _newest() -> list[tuple[Event, str, str]]:
    """The newest events with the project that each is about and its name. Few queries, however many projects."""
    # twice as many as are shown: some are of projects that are not public
    found = _newest_of_kinds(2 * _MOST)
    reports = [event.subject for event in found if event.subject.startswith("m")]
    of_report = dict(MonthlyReport.objects.filter(pk__in=reports).values_list("id", "file"))
    subjects = [of_report.get(event.subject, event.subject) for event in found]
    rows = public().filter(pk__in=subjects).values_list("id", "project", "project__name")
    files = {file: (project, name) for file, project, name in rows}
    told = [(event, files.get(subject)) for event, subject in zip(found, subjects, strict=True)]
    return [(event, *about) for event, about in told if about is not None][:_MOST]


def _newest_of_kinds(most: int) -> list[Event]:
    """The newest events that the feed tells, the last first: a query a kind.

    Each is read along the index of kinds; one question for all kinds would read every event that there is of them.
    """
    found: list[Event] = []
    for kind in KINDS:
        newest = Event.objects.filter(kind=kind).order_by("-at", "-id")
        found += newest.only("id", "kind", "at", "subject")[:most]
    return sorted(found, key=lambda event: event.id, reverse=True)[:most]


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = "".join(c for c in words if c >= " " or c in "\t\n")
