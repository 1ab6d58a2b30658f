"""``/documents``, ``/statements``: what was kept, and what was read in it. Anybody may read it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router

from luodi.api.asking import FAULTS, Cursor, Ident, Limit, pages
from luodi.api.callers import caller_of
from luodi.api.shapes import Documents, DocumentWhole, Statements, StatementWhole
from luodi.kernel.documents import access
from luodi.kernel.documents.models import Reading, Source, StatementKey

router = Router(tags=["文件和说法"])
Kind = Literal["commitment", "result", "status"]
Judged = Literal["unread", "adopted", "refused", "merged", "kept"]
_DOCUMENT = (
    "id", "title", "address", "kept_at", "published", "issuer", "speaker_post", "region", "genre", "encoding", "withdrawn_on",
)  # fmt: skip
_STATEMENT = ("id", "start", "end", "kind", "state", "quote")
_READING = ("reader", "text", "force", "owner", "due_since", "due_until", "due_precision", "score", "rule")
_FIGURE = ("start", "end", "number", "unit", "approx", "change", "end_of_range")


@router.get(
    "/documents", response={200: Documents, **FAULTS}, operation_id="list_documents", summary="公开文件"
)
def documents(
    request: HttpRequest, limit: Limit, cursor: Cursor, genre: Annotated[str, Query("", max_length=20)]
) -> Any:
    """后收的在前。"""
    caller_of(request).require_good()
    found = access.public().select_related("file").defer("text")
    if genre:
        found = found.filter(genre=genre)
    rows, more = pages(found, {"list": "documents", "genre": genre}, cursor, limit)
    return {"items": [_document(row) for row in rows], "next": more}


@router.get(
    "/documents/{ident}",
    response={200: DocumentWhole, **FAULTS},
    operation_id="get_document",
    summary="一份文件",
)
def document(request: HttpRequest, ident: Ident) -> Any:
    """text 是说法的起止位置所指的那份文字。原件在 /d/编号/kept。"""
    caller_of(request).require_good()
    row = access.public().filter(pk=ident).select_related("file").first()
    if row is None:
        raise Http404
    return {
        **_document(row),
        "text": row.text,
        "statements": access.public_statements().filter(source=row).count(),
    }


@router.get(
    "/statements",
    response={200: Statements, **FAULTS},
    operation_id="list_statements",
    summary="文件里的说法",
)
def statements(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    document: Annotated[str, Query("", max_length=14, description="文件的编号")],
    kind: Annotated[Kind | None, Query(None)],
    state: Annotated[Judged | None, Query(None)],
) -> Any:
    """公开文件里读出来的每一处，后读的在前。"""
    caller_of(request).require_good()
    asked = {"source": document, "kind": kind, "state": state}
    found = access.public_statements().filter(**{name: value for name, value in asked.items() if value})
    rows, more = pages(found, {"list": "statements", **asked}, cursor, limit)
    return {"items": [_statement(row) for row in rows], "next": more}


@router.get(
    "/statements/{ident}",
    response={200: StatementWhole, **FAULTS},
    operation_id="get_statement",
    summary="一处说法",
)
def statement(request: HttpRequest, ident: Ident) -> Any:
    """每一版读法和其中的数字都在。"""
    caller_of(request).require_good()
    row = access.public_statements().filter(pk=ident).first()
    if row is None:
        raise Http404
    readings = access.public_readings().filter(statement=row).prefetch_related("figures").order_by("id")
    return {**_statement(row), "readings": [_reading(each) for each in readings]}


def _document(row: Source) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in _DOCUMENT}
    page = f"{settings.CONFIGURATION.public_url}/d/{row.id}"
    return {**found, "sha256": row.file.sha256, "size": row.file.size, "page": page}


def _statement(row: StatementKey) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in _STATEMENT}
    return {**found, "document": row.source_id, "page": f"{settings.CONFIGURATION.public_url}/s/{row.id}"}


def _reading(row: Reading) -> dict[str, Any]:
    figures = [{name: getattr(each, name) for name in _FIGURE} for each in row.figures.all()]
    return {
        **{name: getattr(row, name) for name in _READING},
        "is_damaged": row.damaged,
        "figures": figures,
    }
