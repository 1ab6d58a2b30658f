"""``/desk/intake``: where files are handed in, and the batches handed in before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import role_door
from luodi.desk.intake.batches import ROLES, batches
from luodi.desk.intake.handing_in import LONGEST_PASTE, hand_in
from luodi.desk.intake.listing import batch_rows, page_links, posts_of, turned_to
from luodi.desk.intake.progress import number
from luodi.desk.intake.script_words import script_words
from luodi.desk.intake.sending import is_asked_by_script
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.documents.intake_kind import LARGEST
from luodi.kernel.jobs.limits import LARGEST_ARCHIVE, LARGEST_PART, MOST_ITEMS
from luodi.kernel.refusal import Refusal

A_PAGE = 20


@role_door(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """The page; a form sent to it opens a batch and leads to the batch's own page."""
    if request.method != "POST":
        return _shown(request)
    presence = presence_of(request)
    try:
        batch, left = hand_in(request, by=presence.actor)
    except Refusal as refusal:
        if is_asked_by_script(request):
            return JsonResponse({"code": refusal.code, "words": refusal.message}, status=422)
        return _shown(request, error=refusal.message, given=request.POST, status=422)
    address = f"/desk/intake/{batch.id}"
    if is_asked_by_script(request):
        return JsonResponse({"batch": batch.id, "page": address, "left": left})
    if left:
        messages.warning(request, left)
    return HttpResponseRedirect(address)


def _shown(request: HttpRequest, *, error: str = "", given: object = None, status: int = 200) -> HttpResponse:
    presence = presence_of(request)
    whose = "mine" if request.GET.get("whose") == "mine" else "all"
    found = batches(request)
    sums = found.aggregate(taken=Sum("taken"), live=Count("id", filter=Q(ended_at__isnull=True)))
    if whose == "mine":
        found = found.filter(account=presence.actor.account)
    total = found.count()
    first, number = turned_to(request, total, A_PAGE)
    rows = list(found[first : first + A_PAGE])
    return page(
        request,
        "desk/intake/overview.html",
        status=status,
        here="intake",
        error=error,
        given=given,
        rows=batch_rows(rows, posts_of(rows)),
        links=page_links(
            "/desk/intake",
            {"whose": whose} if whose == "mine" else {},
            number,
            len(rows),
            total,
            A_PAGE,
            "earlier",
        ),
        whose=whose,
        taken=sums["taken"] or 0,
        live=sums["live"],
        **form_context(),
    )


def form_context() -> dict[str, Any]:
    """What the part with the form needs, on whatever page it stands."""
    return {
        "words": script_words(),
        "limits": {
            "file": LARGEST,
            "archive": LARGEST_ARCHIVE,
            "part": LARGEST_PART,
            "files": MOST_ITEMS,
        },
        "largest_mb": LARGEST // 1_000_000,
        "longest_paste": LONGEST_PASTE,
        "paste_words": number(LONGEST_PASTE),
    }
