"""``/desk/documents``: every kept document, found by title; as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from luodi.desk.documents.finding import HOME, asked, counts_of, documents_of, title_of
from luodi.desk.doors import post_door
from luodi.desk.rendering import page
from luodi.kernel.documents.genres import GENRES
from luodi.kernel.documents.models import Source
from luodi.pages.shapes import PageLinks
from luodi.pages.sheets_out import csv_answer, xlsx_answer

A_PAGE = 50
MOST_IN_A_FILE = 20_000
_BATCH = 500
_COLUMNS = (
    gettext_noop("编号"),
    gettext_noop("标题"),
    gettext_noop("发布单位"),
    gettext_noop("刊发日期"),
    gettext_noop("体裁"),
    gettext_noop("说法"),
    gettext_noop("待复核"),
    gettext_noop("已采纳"),
    gettext_noop("公开"),
)


@post_door
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The list."""
    wanted = asked(request.GET)
    given = request.GET.get("page", "1")
    number = max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
    found = documents_of(request, wanted)
    total, first = found.order_by().count(), (number - 1) * A_PAGE
    rows = _rows(list(found.select_related("file")[first : first + A_PAGE]))
    before = f"{HOME}?{wanted.query}{'&' if wanted.query else ''}page="
    links = PageLinks(
        first=first + 1,
        last=first + len(rows),
        total=total,
        before=f"{before}{number - 1}" if number > 1 else "",
        after=f"{before}{number + 1}" if first + len(rows) < total else "",
    )
    return page(
        request,
        "desk/documents/list.html",
        here="documents",
        rows=rows,
        links=links,
        wanted=wanted,
        genres=list(GENRES.items()),
        total=total,
    )


@post_door
@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/desk/documents.csv`` and ``.xlsx``: the same list, at most 20,000 rows."""
    lines = _lines(documents_of(request, asked(request.GET)).select_related("file").iterator(_BATCH))
    header = [gettext(word) for word in _COLUMNS]
    if kind == "csv":
        return csv_answer("documents.csv", header, lines)
    return xlsx_answer("documents.xlsx", gettext("文件"), header, lines)


def _rows(found: list[Source]) -> list[dict[str, Any]]:
    counts = counts_of([row.id for row in found])
    return [
        {
            "source": row,
            "title": title_of(row),
            "genre": GENRES.get(row.genre, ""),
            "counts": counts.get(row.id, (0, 0, 0)),
        }
        for row in found
    ]


def _lines(found: Iterator[Source]) -> Iterator[list[str]]:
    left = MOST_IN_A_FILE
    while left > 0 and (batch := list(islice(found, min(_BATCH, left)))):
        left -= len(batch)
        for row in _rows(batch):
            source: Source = row["source"]
            yield [
                source.id,
                source.title,
                source.issuer,
                source.published.isoformat() if source.published else "",
                row["genre"],
                *map(str, row["counts"]),
                gettext("是") if source.file.is_public else gettext("否"),
            ]
