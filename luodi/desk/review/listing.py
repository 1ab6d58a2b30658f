"""The queue as a list: what awaits a judgement, or what was decided, a page at a time or as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.desk.review import asking
from luodi.desk.review.shown import choosing, counted
from luodi.kernel.documents.models import Reading, Source
from luodi.kernel.review.proposing import title_of
from luodi.kernel.review.queue import (
    DAMAGED,
    NOT_SURE,
    READ_ANEW,
    SURE,
    TWO_READERS,
    Asked,
    ordered,
    readings,
)
from luodi.pages.days import due_words
from luodi.pages.shapes import PageLinks
from luodi.pages.sheets_out import csv_answer, xlsx_answer

PER_PAGE = 50
MOST_IN_A_FILE = 20_000


@role_door("office", "reviewer")
@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """``/desk/review/list``: 50 a page, in the order of the queue."""
    presence = presence_of(request)
    asked = asking.asked(request.GET)
    found = readings(asked, account=presence.actor.account)
    given = request.GET.get("page", "1")
    number = max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
    first, total = (number - 1) * PER_PAGE, found.count()
    rows = [_row(reading) for reading in _with_source(ordered(found))[first : first + PER_PAGE]]
    links = PageLinks(
        first=first + 1,
        last=first + len(rows),
        total=total,
        before=_page_address(asked, number - 1) if number > 1 else "",
        after=_page_address(asked, number + 1) if first + len(rows) < total else "",
    )
    return page(
        request,
        "desk/review/list.html",
        here="review",
        rows=rows,
        links=links,
        asked=asked,
        query=asking.query_of(asked),
        document=Source.objects.filter(pk=asked.source).defer("text").first() if asked.source else None,
        documents=_documents(),
        state_word=asking.state_words()[asked.state],
        **counted(presence),
        **choosing(asked),
    )


@role_door("office", "reviewer")
@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/desk/review/list.csv`` and ``.xlsx``: the same list, at most 20,000 rows."""
    presence = presence_of(request)
    asked = asking.asked(request.GET)
    found = _with_source(ordered(readings(asked, account=presence.actor.account)))[:MOST_IN_A_FILE]
    header = [
        gettext(word)
        for word in (
            "编号",
            "句子",
            "类型",
            "存疑",
            "读作牵头单位",
            "读作数量",
            "读作期限",
            "文件",
            "刊发日期",
            "状态",
        )
    ]
    lines = _lines(found)
    if kind == "csv":
        return csv_answer("review.csv", header, lines)
    return xlsx_answer("review.xlsx", gettext("复核"), header, lines)


def doubt_words(doubt: int) -> str:
    """Why a reading is doubtful; empty where it is not."""
    return {
        TWO_READERS: gettext("两种读法不一样"),
        DAMAGED: gettext("有字缺损"),
        READ_ANEW: gettext("两次读法不同"),
        NOT_SURE: gettext("机器拿不准"),
    }.get(doubt, "")


def _with_source(found: QuerySet[Reading]) -> QuerySet[Reading]:
    rows = found.select_related("statement__source").defer("statement__source__text")
    return rows.prefetch_related("figures")


def _documents() -> list[tuple[str, str]]:
    """Documents that have something awaiting a judgement, the latest first; the first hundred."""
    rows = Source.objects.filter(statements__state="unread").distinct().order_by("-id")
    return [(key, title or key) for key, title in rows.values_list("id", "title")[:100]]


def _row(reading: Reading) -> dict[str, object]:
    doubt: int = reading.doubt  # type: ignore[attr-defined]
    return {
        "reading": reading,
        "title": title_of(reading.text),
        "doubt": doubt_words(doubt) if doubt < SURE else "",
        "kind": asking.kind_words()[reading.statement.kind],
        "due": due_words(reading.due_until, reading.due_precision) if reading.due_until else "",
    }


def _lines(found: Iterable[Reading]) -> Iterator[list[str]]:
    states, kinds = asking.state_words(), asking.kind_words()
    for reading in found:
        source = reading.statement.source
        yield [
            reading.statement_id,
            title_of(reading.text),
            kinds[reading.statement.kind],
            doubt_words(reading.doubt),  # type: ignore[attr-defined]
            reading.owner,
            "、".join(f"{figure.number}{figure.unit}" for figure in reading.figures.all()),
            reading.due_until.isoformat() if reading.due_until else "",
            source.title,
            source.published.isoformat() if source.published else "",
            states[reading.statement.state],
        ]


def _page_address(asked: Asked, number: int) -> str:
    address = asking.address("/list", asked)
    return f"{address}{'&' if '?' in address else '?'}page={number}"
