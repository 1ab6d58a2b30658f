"""``/feed.atom``: the newest changes (RFC 4287). Only public words; an entry's id is its event's."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse

from luodi.kernel.clocks.now import now
from luodi.kernel.register.lookups import district
from luodi.pages.public_address import public_address
from luodi.portal.freshness import public_page
from luodi.portal.news import news

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 40


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The feed."""
    base = public_address(request)
    here = district()
    items = news(_MOST)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", f"{base}/feed.atom")
    _text(root, "title", f"{here.name if here else ''}承诺的变化")
    _text(root, "updated", (items[0].at if items else now()).isoformat(timespec="seconds"))
    SubElement(root, "link", {"rel": "self", "href": f"{base}/feed.atom"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/"})
    _text(SubElement(root, "author"), "name", f"{here.name}人民政府办公室" if here else "本区")
    for item in items:
        entry = SubElement(root, "entry")
        _text(entry, "id", f"{base}/e/{item.event}")
        _text(entry, "title", f"{item.words}：{item.title}")
        _text(entry, "updated", item.at.isoformat(timespec="seconds"))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": base + item.href})
        _text(entry, "summary", item.unit)
    raw = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    return HttpResponse(raw, content_type="application/atom+xml; charset=utf-8")


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = "".join(c for c in words if c >= " " or c in "\t\n")
