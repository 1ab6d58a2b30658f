"""``/d/<later>/against/<earlier>``: what became of each promise of one document in another, both sentences side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.documents import access
from luodi.kernel.documents.models import Source
from luodi.kernel.documents.side_by_side import OUTCOMES, Outcome, Pair, day_of, side_by_side
from luodi.kernel.refusal import Refusal
from luodi.pages.phrases import Bit, Phrase, joined, phrase
from luodi.pages.public_address import public_address
from luodi.portal.freshness import public_page
from luodi.portal.sheets_out import csv_answer, xlsx_answer

COLUMNS = (
    "怎样了",
    "变了什么",
    "后文有没有说明",
    "先前这样说",
    "出处",
    "后来这样说",
    "出处",
    "把握",
    "为什么认作同一件",
)


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs with one outcome."""

    outcome: Outcome
    words: str
    pairs: list[Pair]


@public_page
def against_page(request: HttpRequest, later: str, earlier: str) -> HttpResponse:
    """The page. Asked the wrong way round it goes to the right one."""
    one, other = _both(later, earlier)
    if _is_before(one, other):
        return HttpResponseRedirect(f"/d/{other.id}/against/{one.id}")
    try:
        pairs = side_by_side(other, one)
    except Refusal as refusal:
        return _refused(request, one, other, refusal)
    of_each = [(outcome, [pair for pair in pairs if pair.outcome == outcome]) for outcome in OUTCOMES]
    groups = [Group(outcome, outcome_words(outcome), found) for outcome, found in of_each if found]
    return render(
        request,
        "portal/against.html",
        {
            "here": "documents",
            "later": one,
            "earlier": other,
            "groups": groups,
            "summary": _summary(pairs),
        },
    )


@require_safe
def against_file(request: HttpRequest, later: str, earlier: str, kind: str) -> HttpResponseBase:
    """The same as CSV or XLSX."""
    if kind not in ("csv", "xlsx"):
        raise Http404(gettext("只有CSV、XLSX两种。"))
    one, other = _both(later, earlier)
    if _is_before(one, other):
        one, other = other, one
    try:
        pairs = side_by_side(other, one)
    except Refusal as refusal:
        return _refused(request, one, other, refusal)
    rows = _records(pairs, public_address(request))
    name = f"against-{one.id}-{other.id}.{kind}"
    return csv_answer(name, COLUMNS, rows) if kind == "csv" else xlsx_answer(name, "对照", COLUMNS, rows)


def _refused(request: HttpRequest, later: Source, earlier: Source, refusal: Refusal) -> HttpResponse:
    given = {"here": "documents", "later": later, "earlier": earlier, "refusal": refusal}
    return render(request, "portal/against.html", given, status=422)


def outcome_words(outcome: Outcome) -> str:
    """What became of a promise, for people."""
    return {
        "changed": gettext("变了"),
        "gone": gettext("不再提"),
        "claimed": gettext("说到了结果"),
        "new": gettext("新提出"),
        "same": gettext("照旧"),
    }[outcome]


def _both(*idents: str) -> tuple[Source, Source]:
    found = {each.id: each for each in access.public().filter(pk__in=idents).defer("text")}
    missing = [ident for ident in idents if ident not in found]
    if missing or len(found) < 2:
        raise Http404(gettext("对照要有两份公开文件，缺的是“%(id)s”。") % {"id": (missing or idents)[0]})
    return found[idents[0]], found[idents[1]]


def _is_before(one: Source, other: Source) -> bool:
    days = day_of(one), day_of(other)
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def _summary(pairs: list[Pair]) -> Phrase:
    """先前的12件承诺：3件变了，1件不再提…… each number leads to the first of its sort."""
    if not pairs:
        return (Bit(gettext("两份文件里都没有读出承诺，没有可以对照的。")),)
    told = []
    for outcome in OUTCOMES:
        of_it = [pair for pair in pairs if pair.outcome == outcome]
        if of_it:
            said = of_it[0].after if outcome == "new" else of_it[0].before
            assert said is not None  # whatever is not new was said before
            tone = "bad" if outcome in ("changed", "gone") else ""
            count = Bit(str(len(of_it)), f"/s/{said.id}", is_figure=True, strong=True, tone=tone)
            told.append(phrase(gettext("{count}件{outcome}"), count=count, outcome=outcome_words(outcome)))
    return (*joined(gettext("，"), told), Bit(gettext("。")))


def _records(pairs: list[Pair], base: str) -> Iterator[list[str]]:
    for outcome in OUTCOMES:
        for pair in pairs:
            if pair.outcome != outcome:
                continue
            quiet = any(found.is_quiet for found in pair.changes)
            yield [
                outcome_words(outcome),
                "；".join(found.words for found in pair.changes),
                (gettext("没有说明") if quiet else gettext("说明了")) if pair.changes else "",
                pair.before.text if pair.before else "",
                f"{base}/s/{pair.before.id}" if pair.before else "",
                pair.after.text if pair.after else "",
                f"{base}/s/{pair.after.id}" if pair.after else "",
                f"{pair.score:.2f}" if pair.before and pair.after else "",
                "；".join(reason.words for reason in pair.reasons),
            ]
