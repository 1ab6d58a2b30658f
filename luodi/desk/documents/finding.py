"""Which documents are asked for, and the one that an address names; only those that the account may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from luodi.desk.presence import presence_of
from luodi.kernel.documents.access import visible_to
from luodi.kernel.documents.genres import GENRES
from luodi.kernel.documents.models import Source, StatementKey

HOME = "/desk/documents"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Words of the title or issuer, and a genre; empty means any."""

    text: str = ""
    genre: str = ""

    @property
    def query(self) -> str:
        """As an address says it."""
        return urlencode({name: value for name, value in (("q", self.text), ("genre", self.genre)) if value})


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query; what is not understood counts as not asked."""
    genre = query.get("genre", "")
    text = " ".join(query.get("q", "").replace("\0", "").split())[:_LONGEST]
    return Asked(text, genre if genre in GENRES else "")


def documents_of(request: HttpRequest, wanted: Asked) -> QuerySet[Source]:
    """The documents of a choice, the latest published first, without their texts."""
    presence = presence_of(request)
    found = visible_to(presence.actor).defer("text")
    for word in wanted.text.split():
        found = found.filter(Q(title__icontains=word) | Q(issuer__icontains=word))
    return found.filter(genre=wanted.genre) if wanted.genre else found


def document_of(request: HttpRequest, ident: str) -> Source:
    """The document with its file. Raises ``Http404``."""
    presence = presence_of(request)
    found = visible_to(presence.actor).filter(pk=ident).select_related("file").first()
    if found is None:
        raise Http404(gettext("没有编号为“%(id)s”的文件。") % {"id": ident[:20]})
    return found


def counts_of(ids: list[str]) -> dict[str, tuple[int, int, int]]:
    """How many statements each has, how many await a judgement, how many were adopted; one query."""
    unread, adopted = Count("id", filter=Q(state="unread")), Count("id", filter=Q(state="adopted"))
    rows = StatementKey.objects.filter(source__in=ids).values("source").order_by()
    found = rows.annotate(read=Count("id"), unread=unread, adopted=adopted)
    return {s: (r, u, a) for s, r, u, a in found.values_list("source", "read", "unread", "adopted")}


def title_of(source: Source) -> str:
    """Its title, or that it has none."""
    return source.title or gettext("没有标题的文件")
