"""``/desk/documents/<later>/against/<earlier>``: what became of each promise, and what the office does about it next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from luodi.desk.documents.finding import HOME, document_of, title_of
from luodi.desk.documents.next_steps import Steps, steps_for
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.documents.models import Source
from luodi.kernel.documents.side_by_side import OUTCOMES, Outcome, Pair, day_of, side_by_side
from luodi.kernel.refusal import Refusal
from luodi.pages.sheets_out import csv_answer, xlsx_answer

_COLUMNS = (
    gettext_noop("怎样了"),
    gettext_noop("变了什么"),
    gettext_noop("后文有没有说明"),
    gettext_noop("先前这样说"),
    gettext_noop("后来这样说"),
    gettext_noop("把握"),
    gettext_noop("为什么认作同一件"),
    gettext_noop("已有的承诺"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with what can be done about it."""

    pair: Pair
    steps: Steps


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs with one outcome."""

    outcome: Outcome
    words: str
    rows: list[Row]


@post_door
@require_safe
def against(request: HttpRequest, later: str, earlier: str) -> HttpResponse:
    """The page. Asked the wrong way round it goes to the right one."""
    one, other = document_of(request, later), document_of(request, earlier)
    if _is_before(one, other):
        return HttpResponseRedirect(f"{HOME}/{other.id}/against/{one.id}")
    context: dict[str, Any] = {
        "here": "documents",
        "later": one,
        "earlier": other,
        "later_title": title_of(one),
        "earlier_title": title_of(other),
        "is_same": one.pk == other.pk,
    }
    try:
        pairs = [] if one.pk == other.pk else side_by_side(other, one)
    except Refusal as refusal:
        return page(request, "desk/documents/against.html", status=422, refusal=refusal, **context)
    return page(request, "desk/documents/against.html", groups=_groups(request, pairs, one), **context)


@post_door
@require_safe
def sheet(request: HttpRequest, later: str, earlier: str, kind: str) -> HttpResponseBase:
    """The same as CSV or XLSX."""
    one, other = document_of(request, later), document_of(request, earlier)
    if _is_before(one, other):
        one, other = other, one
    try:
        pairs = side_by_side(other, one)
    except Refusal as refusal:
        context: dict[str, Any] = {
            "later": one,
            "earlier": other,
            "later_title": title_of(one),
            "earlier_title": title_of(other),
        }
        return page(
            request, "desk/documents/against.html", status=422, here="documents", refusal=refusal, **context
        )
    lines, name = _lines(_groups(request, pairs, one)), f"against-{one.id}-{other.id}.{kind}"
    header = [gettext(word) for word in _COLUMNS]
    if kind == "csv":
        return csv_answer(name, header, lines)
    return xlsx_answer(name, gettext("对照"), header, lines)


def _groups(request: HttpRequest, pairs: list[Pair], later: Source) -> list[Group]:
    presence = presence_of(request)
    steps = steps_for(presence, pairs, later)
    found = []
    for outcome in OUTCOMES:
        rows = [Row(pair, each) for pair, each in zip(pairs, steps, strict=True) if pair.outcome == outcome]
        if rows:
            found.append(Group(outcome, outcome_words(outcome), rows))
    return found


def outcome_words(outcome: Outcome) -> str:
    """What became of a promise, for people."""
    return {
        "changed": gettext("变了"),
        "gone": gettext("不再提"),
        "claimed": gettext("说到了结果"),
        "new": gettext("新提出"),
        "same": gettext("照旧"),
    }[outcome]


def _is_before(one: Source, other: Source) -> bool:
    days = day_of(one), day_of(other)
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def _lines(groups: list[Group]) -> Iterator[list[str]]:
    for group in groups:
        for row in group.rows:
            pair = row.pair
            quiet = any(found.is_quiet for found in pair.changes)
            yield [
                group.words,
                "；".join(found.words for found in pair.changes),
                (gettext("没有说明") if quiet else gettext("说明了")) if pair.changes else "",
                pair.before.text if pair.before else "",
                pair.after.text if pair.after else "",
                f"{pair.score:.2f}" if pair.before and pair.after else "",
                "；".join(reason.words for reason in pair.reasons),
                row.steps.promise,
            ]
