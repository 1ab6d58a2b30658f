"""Files of a batch sent one by one by the page's script, in parts, each known by its SHA-256: what broke off goes on where it
was. Names of files travel in a header or in the body, never in an address.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    UnreadablePostError,
)
from django.views.decorators.http import require_POST

from luodi.desk.doors import role_door
from luodi.desk.intake.batches import ROLES, own_batch
from luodi.kernel.documents.intake_kind import INTAKE
from luodi.kernel.files.names import LONGEST_PATH
from luodi.kernel.jobs import actions, staging
from luodi.kernel.jobs.actions import Given
from luodi.kernel.jobs.limits import LARGEST_PART
from luodi.kernel.jobs.models import Job
from luodi.kernel.refusal import Refusal

MOST_ASKED = 500
View = Callable[..., HttpResponse]


def is_asked_by_script(request: HttpRequest) -> bool:
    """Whether the answer is for the page's script."""
    return "application/json" in request.headers.get("Accept", "")


def _in_json(view: View) -> View:
    """Refusals become an answer that the script shows."""

    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *given, **named)
        except Refusal as refusal:
            return JsonResponse({"code": refusal.code, "words": refusal.message}, status=409)

    return answered


@role_door(*ROLES)
@require_POST
@_in_json
def have(request: HttpRequest, batch: str) -> HttpResponse:
    """``/desk/intake/<batch>/have``: of files ``[[name, sha256, size], …]``, which are there, and how much of the others."""
    job = own_batch(request, batch)
    return JsonResponse({"files": [_state_of(job, given) for given in _asked(request.body)]})


@role_door(*ROLES)
@require_POST
@_in_json
def part(request: HttpRequest, batch: str, sha: str) -> HttpResponse:
    """``/desk/intake/<batch>/part/<sha256>?size=&from=``: the next part of a file; its name is in ``X-File-Name``."""
    job = own_batch(request, batch)
    given = Given(_file_name(request), sha, _number(request.GET.get("size")))
    item = actions.item_of(job, given)
    if item is None and actions.fault_of(INTAKE.name, given) is None:
        if not staging.is_sha(sha):
            raise Refusal("bad-hash", "传文件时少了内容的指纹，没有存。请刷新页面，再放一次。")
        come = _take_part(request, job, given)
        if come < given.size:
            return JsonResponse({"state": "more", "from": come})
    if item is None:
        item = actions.add_item(job, given)
    refused = item.state == "refused"
    return JsonResponse({"state": "refused" if refused else "there", "words": item.words if refused else ""})


@role_door(*ROLES)
@require_POST
@_in_json
def sent(request: HttpRequest, batch: str) -> HttpResponse:
    """``/desk/intake/<batch>/sent``: no more files will come."""
    job = own_batch(request, batch)
    actions.close_job(job)
    address = f"/desk/intake/{job.id}"
    return JsonResponse({"page": address}) if is_asked_by_script(request) else HttpResponseRedirect(address)


def _take_part(request: HttpRequest, job: Job, given: Given) -> int:
    if job.all_sent_at is not None:
        raise Refusal("job-closed", "这一批已经说过传完了，不能再加。请另开一批；收过的同一份不会再收。")
    length = _number(request.headers.get("Content-Length"))
    if length > LARGEST_PART:
        raise Refusal(
            "upload-too-much",
            f"一次传来{length:,}字节，一次最多{LARGEST_PART:,}字节，没有存。请刷新页面再试。",
        )
    try:
        return staging.add_part(
            job.id, given.sha256, given.size, _number(request.GET.get("from")), request.read
        )
    except UnreadablePostError:  # the line broke; what came is kept
        return staging.come_so_far(job.id, given.sha256, given.size)


def _state_of(job: Job, given: Given) -> dict[str, object]:
    item = actions.item_of(job, given)
    if item is not None:
        return {"state": "refused" if item.state == "refused" else "there", "words": item.words}
    return {"state": "more", "from": staging.come_so_far(job.id, given.sha256, given.size)}


def _asked(body: bytes) -> list[Given]:
    try:
        listed = json.loads(body)
        asked = [Given(str(name), str(sha), int(size)) for name, sha, size in listed]
    except (ValueError, TypeError, RecursionError):
        asked = []
    if not 0 < len(asked) <= MOST_ASKED or not all(staging.is_sha(given.sha256) for given in asked):
        raise Refusal(
            "bad-question",
            f"页面问得不对：一次问1至{MOST_ASKED}个文件，各有名字、指纹和大小。请刷新页面再试。",
        )
    return asked


def _file_name(request: HttpRequest) -> str:
    return unquote(request.headers.get("X-File-Name", "")[: 12 * LONGEST_PATH], errors="replace")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
