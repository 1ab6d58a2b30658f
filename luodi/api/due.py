"""``/due``: what is due from the post of the key."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router

from luodi.api import case_shapes as shapes
from luodi.api import cursors
from luodi.api.asking import FAULTS, Cursor, Limit
from luodi.api.callers import caller_of
from luodi.kernel.cases import access
from luodi.kernel.cases.models import Case, DueItem

router = Router(tags=["事项"])
_FIELDS = ("subject", "kind", "level", "due_on", "due_at", "light", "rule", "is_provisional")


@router.get("/due", response={200: shapes.Dues, **FAULTS}, operation_id="list_due", summary="到期的事")
def due(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    whole: Annotated[bool, Query(False, description="岗位所管单位的都要")],
    kind: Annotated[str, Query("", max_length=40)],
    light: Annotated[Literal["", "red", "amber", "green", "paused"], Query("")],
) -> Any:
    """要有 read 用途的密钥。早到期的在前；题目不在这里，在事项里看。"""
    actor = caller_of(request).acting("read")
    found = access.due_from(actor, whole=whole)
    found = found.filter(**{name: value for name, value in (("kind", kind), ("light", light)) if value})
    question = {"list": "due", "by": actor.post, "whole": whole, "kind": kind, "light": light}
    if mark := cursors.mark_of(cursor, question):
        instant, _, ident = mark.partition("~")
        at = dt.datetime.fromisoformat(instant)
        found = found.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=int(ident)))
    rows = list(found.order_by("due_at", "id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    mark = f"{last.due_at.isoformat()}~{last.id}" if last else ""
    numbers = dict(Case.objects.filter(pk__in={r.subject for r in rows[:limit]}).values_list("id", "number"))
    return {"items": [_record(row, numbers) for row in rows[:limit]], "next": cursors.cursor(mark, question)}


def _record(row: DueItem, numbers: dict[str, str]) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in _FIELDS}
    more = {
        "number": numbers.get(row.subject, ""),
        "words": row.label,
        "unit": row.unit_id,
        "post": row.post_id,
    }
    return {**found, **more}
