"""``/units``, ``/posts``: who answers for what. Posts, never people."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from luodi.api import shapes
from luodi.api.asking import FAULTS, Cursor, Ident, Limit, pages
from luodi.api.callers import caller_of
from luodi.kernel.register.models import Post, Unit

router = Router(tags=["登记簿"])


@router.get("/units", response={200: shapes.Units, **FAULTS}, operation_id="list_units", summary="单位")
def units(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    parent: Annotated[str, Query("", max_length=14, description="上级单位的编号")],
    name: Annotated[str, Query("", max_length=120, description="全称或简称，一字不差")],
) -> Any:
    """撤销了的也在，closed_on 是撤销的日子。"""
    caller_of(request).require_good()
    found = Unit.objects.all()
    if parent:
        found = found.filter(parent=parent)
    if name:
        found = found.filter(name=name) | found.filter(short_name=name)
    rows, more = pages(found, {"list": "units", "parent": parent, "name": name}, cursor, limit)
    return {"items": [_unit(row) for row in rows], "next": more}


@router.get(
    "/units/{ident}", response={200: shapes.Unit, **FAULTS}, operation_id="get_unit", summary="一个单位"
)
def unit(request: HttpRequest, ident: Ident) -> Any:
    """一个单位的公开栏目。"""
    caller_of(request).require_good()
    row = Unit.objects.filter(pk=ident).first()
    if row is None:
        raise Http404
    return _unit(row)


@router.get("/posts", response={200: shapes.Posts, **FAULTS}, operation_id="list_posts", summary="岗位")
def posts(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    unit: Annotated[str, Query("", max_length=14, description="单位的编号")],
) -> Any:
    """只有岗位，没有人名。"""
    caller_of(request).require_good()
    found = Post.objects.filter(unit=unit) if unit else Post.objects.all()
    rows, more = pages(found, {"list": "posts", "unit": unit}, cursor, limit)
    return {"items": [_post(row) for row in rows], "next": more}


def _unit(row: Unit) -> dict[str, Any]:
    names = ("id", "name", "short_name", "kind", "credit_code", "closed_on")
    found = {name: getattr(row, name) for name in names}
    return {**found, "parent": row.parent_id, "place": row.place_id}


def _post(row: Post) -> dict[str, Any]:
    names = ("id", "title", "is_leader", "closed_on")
    return {**{name: getattr(row, name) for name in names}, "unit": row.unit_id}
