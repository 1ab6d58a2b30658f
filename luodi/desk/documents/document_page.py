"""``/desk/documents/<id>``: a document with every statement in it, why each was read so and how sure, and what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.desk.areas import remarks_on, ties_of
from luodi.desk.documents.finding import HOME, counts_of, document_of, title_of
from luodi.desk.documents.kin import kin_shown, met, years_before
from luodi.desk.documents.statement_rows import place_in, statement_rows
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.documents.genres import GENRES
from luodi.kernel.documents.models import SecondAsked
from luodi.kernel.documents.places import notes_of
from luodi.kernel.documents.repaired import repaired
from luodi.kernel.documents.second import asking
from luodi.pages.shapes import PageLinks

A_PAGE = 30


@post_door
@require_safe
def document(request: HttpRequest, ident: str) -> HttpResponse:
    """The page; ``?page=`` turns the statements, ``?s=`` turns to one of them."""
    source = document_of(request, ident)
    presence = presence_of(request)
    may_review = presence.has_role("office", "reviewer")
    read, unread, adopted = counts_of([source.id]).get(source.id, (0, 0, 0))
    given, sought = request.GET.get("page", "1"), request.GET.get("s", "")
    number = max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
    if (at := place_in(source, sought)) is not None:
        number = at // A_PAGE + 1
    first = (number - 1) * A_PAGE
    rows = statement_rows(source, first, A_PAGE, may_review=may_review)
    base = f"{HOME}/{source.id}?page="
    edits = repaired(source.text).edits()
    return page(
        request,
        "desk/documents/document.html",
        here="documents",
        source=source,
        title=title_of(source),
        genre=GENRES.get(source.genre, ""),
        rows=rows,
        links=PageLinks(
            first=first + 1,
            last=first + len(rows),
            total=read,
            before=f"{base}{number - 1}" if number > 1 else "",
            after=f"{base}{number + 1}" if first + A_PAGE < read else "",
        ),
        read=read,
        unread=unread,
        adopted=adopted,
        may_review=may_review,
        kin=kin_shown(request, source),
        years_before=years_before(request, source),
        met=met(source),
        repairs=len(edits),
        guesses=sum(edit.certainty == "guessed" for *_, edit in edits),
        holes=sum(edit.certainty == "lost" for *_, edit in edits),
        left_out=notes_of(source),
        ties=ties_of([row.ident for row in rows], presence.actor) if rows else [],
        sums=[(row.ident, row.text, words) for row in rows for words in remarks_on(row.text)],
        asked=SecondAsked.objects.filter(source=source).first(),
        may_ask=may_review and source.file.is_public and asking.is_set(),
    )
