"""``/desk/cases/<id>/print``: the case on paper, in the form an office sends and files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.desk.cases.case_page import next_words, who_of
from luodi.desk.cases.clocks_shown import clocks_of
from luodi.desk.cases.details_shown import details_of
from luodi.desk.cases.duties_shown import duties_of
from luodi.desk.cases.history import moments
from luodi.desk.cases.one_case import one_case
from luodi.desk.cases.papers_out import heading_of
from luodi.desk.doors import post_door
from luodi.desk.papers_sent import can_make_pdf
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now


@post_door
@require_safe
def print_page(request: HttpRequest, ident: str) -> HttpResponse:
    """One sheet: head, what it is about and by when, what was done in order, who signs that it was received."""
    one = one_case(request, ident)
    return page(
        request,
        "desk/cases/print.html",
        here="cases",
        one=one,
        case=one.row,
        heading=heading_of(one),
        has_pdf=can_make_pdf(),
        next_words=next_words(one),
        facts=who_of(one),
        details=details_of(one, on_paper=True),
        clocks=clocks_of(one),
        duties=duties_of(one),
        moments=moments(one)[::-1],
        moment=now(),
    )
