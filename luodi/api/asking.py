"""What every list may be asked for, which failures every address documents, and lists by id, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.db.models import Model, QuerySet
from ninja import Path, Query

from luodi.api.cursors import cursor, mark_of
from luodi.api.faults import FaultOut

LONGEST_PAGE = 200
Limit = Annotated[int, Query(50, ge=1, le=LONGEST_PAGE, description="一页几条")]
Cursor = Annotated[str, Query("", max_length=600, description="上一页给的 next；筛选条件要和上一页相同")]
Ident = Annotated[str, Path(max_length=14, pattern="^[a-z][0-9a-z]{13}$", description="编号")]
Year = Annotated[int | None, Query(None, ge=1900, le=2200)]
FAULTS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 405, 413, 422, 429, 500, 503), FaultOut)
WRITING_FAULTS: dict[Any, Any] = {**FAULTS, 409: FaultOut, 415: FaultOut}


def pages(found: QuerySet[Any], question: Mapping[str, Any], given: str, limit: int) -> tuple[list[Any], str]:
    """The newest rows first, after the cursor, and the cursor of the next page."""
    if mark := mark_of(given, question):
        found = found.filter(pk__lt=mark)
    rows: list[Model] = list(found.order_by("-pk")[: limit + 1])
    more = str(rows[limit - 1].pk) if len(rows) > limit else ""
    return rows[:limit], cursor(more, question)
