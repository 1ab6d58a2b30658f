"""``/search``: words found anywhere: in promises, in statements, deep inside long documents."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.commitments.access import public as public_commitments
from luodi.kernel.commitments.models import Standing
from luodi.kernel.documents.access import public as public_documents
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.register.models import Unit
from luodi.kernel.search import index
from luodi.kernel.search.index import Hit
from luodi.pages import days
from luodi.pages.shapes import PromiseRow
from luodi.portal.freshness import public_page
from luodi.portal.promise_rows import promise_rows

LONGEST = 60
FIRST = {"c": 8, "s": 6, "d": 6}
A_PAGE = 20
COUNTED_TO = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """A hit outside the promises: the words around it, and where they stand."""

    href: str
    title: str
    pieces: tuple[tuple[str, bool], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind. ``count`` in words, since above a thousand nobody counts."""

    kind: str
    name: str
    count: str
    rows: tuple[PromiseRow, ...] = ()
    found: tuple[Found, ...] = ()
    more: str = ""


@public_page
def search_page(request: HttpRequest) -> HttpResponse:
    """Results by kind; ``?kind=c|s|d`` shows one kind page by page."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in FIRST else ""
    before = request.GET.get("before", "")
    after = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    groups = []
    if query:
        for letter in (kind,) if kind else FIRST:
            group = _group(
                query, letter, A_PAGE if kind else FIRST[letter], after if kind else None, whole=bool(kind)
            )
            if group is not None:
                groups.append(group)
    units = Unit.objects.filter(name__contains=query).order_by("name")[:5] if query and not kind else ()
    context: dict[str, object] = {
        "here": "board",
        "q": query,
        "kind": kind,
        "groups": groups,
        "units": list(units),
    }
    if query and not groups:
        context |= {
            "documents": public_documents().order_by().count(),
            "promises": public_commitments().count(),
            "newest": public_documents().order_by("-kept_at").values_list("kept_at", flat=True).first(),
        }
    return render(request, "portal/search.html", context)


def _group(query: str, kind: str, most: int, before: int | None, *, whole: bool) -> Group | None:
    hits = index.find(query, public_only=True, kinds=(kind,), limit=most + 1, before=before)
    if not hits:
        return None
    shown = hits[:most]
    total = index.count(query, public_only=True, kinds=(kind,), up_to=COUNTED_TO)
    count = gettext("超过%(count)s") % {"count": f"{COUNTED_TO:,}"} if total > COUNTED_TO else f"{total:,}"
    more = ""
    if len(hits) > most:
        asked = {"q": query, "kind": kind} | ({"before": str(shown[-1].entry)} if whole else {})
        more = f"/search?{urlencode(asked)}"
    names = {"c": gettext("承诺"), "s": gettext("文件里的说法"), "d": gettext("文件全文")}
    if kind == "c":
        return Group(kind, names[kind], count, rows=tuple(_promises(shown)), more=more)
    found = _statements(shown) if kind == "s" else _documents(shown)
    return Group(kind, names[kind], count, found=tuple(found), more=more)


def _promises(hits: list[Hit]) -> list[PromiseRow]:
    found = Standing.objects.filter(commitment__in=[h.subject for h in hits]).exclude(state="undone")
    by_id = {s.commitment_id: s for s in found.select_related("commitment__lead_unit")}
    return promise_rows([by_id[h.subject] for h in hits if h.subject in by_id])


def _statements(hits: list[Hit]) -> list[Found]:
    keys = (
        StatementKey.objects.filter(pk__in=[h.subject for h in hits])
        .select_related("source")
        .defer("source__text")
    )
    by_id = {key.id: key for key in keys}
    return [
        Found(f"/s/{h.subject}", by_id[h.subject].source.title, h.pieces, _where(by_id[h.subject].source))
        for h in hits
        if h.subject in by_id
    ]


def _documents(hits: list[Hit]) -> list[Found]:
    by_id = {s.id: s for s in Source.objects.filter(pk__in=[h.subject for h in hits]).defer("text")}
    return [
        Found(f"/d/{h.subject}", by_id[h.subject].title, h.pieces, _where(by_id[h.subject]))
        for h in hits
        if h.subject in by_id
    ]


def _where(source: Source) -> str:
    parts = [source.issuer, days.full(source.published) if source.published else ""]
    return "，".join(part for part in parts if part)
