"""``/desk/intake/<batch>``: how far one batch has come, what became of each file, stop and go on."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.intake.batches import ROLES, batch_of
from luodi.desk.intake.listing import (
    STATES,
    chosen_state,
    file_rows,
    files_of,
    page_links,
    posts_of,
    state_words,
    turned_to,
)
from luodi.desk.intake.overview import form_context
from luodi.desk.intake.progress import number, progress_of
from luodi.desk.intake.reasons import short
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.jobs.access import may_add
from luodi.kernel.jobs.models import Item, Job

A_PAGE = 50


@role_door(*ROLES)
@require_safe
def batch_page(request: HttpRequest, batch: str) -> HttpResponse:
    """The page. Without script it turns itself over every few seconds while something goes on, unless ``still`` is asked for."""
    job = batch_of(request, batch)
    return page(
        request,
        "desk/intake/batch.html",
        here="intake",
        is_still="still" in request.GET,
        **_context(request, job),
        **form_context(),
    )


@role_door(*ROLES)
@require_safe
def now_part(request: HttpRequest, batch: str) -> HttpResponse:
    """The part of the page that changes, for its script."""
    return page(request, "desk/intake/now.html", here="intake", **_context(request, batch_of(request, batch)))


def _context(request: HttpRequest, job: Job) -> dict[str, Any]:
    presence = presence_of(request)
    shown = chosen_state(request, job)
    counts = {"refused": job.refused, "taken": job.taken, "known": job.known, "waiting": job.waiting}
    first, turned = turned_to(request, counts[shown], A_PAGE)
    items = list(files_of(job, shown)[first : first + A_PAGE])
    address = f"/desk/intake/{job.id}"
    return {
        "job": job,
        "progress": progress_of(job),
        "post": posts_of([job]).get(job.post, ""),
        "may_add": job.all_sent_at is None and may_add(presence.actor, job),
        "containers": _containers(job),
        "reasons": _reasons(job),
        "shown": shown,
        "chips": [(state, state_words(state), number(counts[state])) for state in STATES if counts[state]],
        "files": file_rows(items),
        "links": page_links(address, {"show": shown}, turned, len(items), counts[shown], A_PAGE, "each"),
        "address": address,
        "size": _size(job.size),
    }


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{-(-size // 1_000):,} KB"


def _reasons(job: Job) -> list[tuple[str, str]]:
    """Why files were refused, the most frequent first, with numbers."""
    if not job.refused:
        return []
    found = Item.objects.filter(job=job, state="refused").values_list("code").annotate(n=Count("id"))
    counted: dict[str, int] = {}
    for code, count in found:
        counted[short(code)] = counted.get(short(code), 0) + count
    return [(name, number(n)) for name, n in sorted(counted.items(), key=lambda each: (-each[1], each[0]))]


def _containers(job: Job) -> list[Item]:
    """Archives with the number of their files, lists with the number of their addresses."""
    if not job.containers:
        return []
    found = Item.objects.filter(job=job, state="opened").annotate(inside=Count("parts"))
    return list(found.order_by("id")[:10])
