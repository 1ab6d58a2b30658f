"""Files sent ahead of their form, piece by piece; asked and answered by ``uploads.js``. What went wrong is said in words.

POST /desk/evidence/upload               name, size            → key, offset
GET  /desk/evidence/upload/<key>                               → how far it is, what it is once it is whole, or that it is gone
POST /desk/evidence/upload/<key>?at=0    the bytes of a piece  → offset; 409 with the right one where it is another
POST /desk/evidence/upload/<key>/end     sha256                → what it is, where it was handed in before
POST /desk/evidence/upload/<key>/cancel
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from luodi.desk.doors import post_door
from luodi.desk.evidence.given import Given, given_by
from luodi.desk.presence import presence_of
from luodi.kernel.evidence import sending
from luodi.kernel.evidence.sending import OutOfStep
from luodi.kernel.refusal import Refusal

View = Callable[..., JsonResponse]


def answered(view: View) -> View:
    """A refusal goes to the script as words and code, a gap as the offset where it is to go on."""

    @wraps(view)
    def asked(request: HttpRequest, *given: str, **more: str) -> JsonResponse:
        try:
            return view(request, *given, **more)
        except OutOfStep as gap:
            return JsonResponse({"offset": gap.offset}, status=409)
        except Refusal as refusal:
            # that a file was handed in or swept meanwhile is an answer to the question where it is, and no fault of the page's
            is_answer = request.method == "GET" and refusal.code == "upload-gone"
            told = {"code": refusal.code, "message": refusal.message}
            return JsonResponse(told, status=200 if is_answer else 422)

    return asked


@post_door
@require_POST
@answered
def begin(request: HttpRequest) -> JsonResponse:
    """Announce a file."""
    size = request.POST.get("size", "")
    made = sending.begin(
        request.POST.get("name", ""),
        int(size) if size.isdecimal() and len(size) < 16 else 0,
        _account(request),
    )
    return JsonResponse({"key": made.key, "offset": 0}, status=201)


@post_door
@require_http_methods(["GET", "POST"])
@answered
def piece(request: HttpRequest, key: str) -> JsonResponse:
    """Ask how far it is, or send the next piece."""
    held = sending.sending(key, _account(request))
    if request.method == "GET":
        return JsonResponse(
            _told(given_by(held)) if held.is_whole else {"offset": held.offset, "size": held.size}
        )
    at = request.GET.get("at", "")
    if not at.isdecimal() or len(at) > 15:
        raise OutOfStep(held.offset)
    return JsonResponse({"offset": held.append(int(at), request.body)})


@post_door
@require_POST
@answered
def end(request: HttpRequest, key: str) -> JsonResponse:
    """Every byte is said to be there."""
    held = sending.sending(key, _account(request))
    if not held.is_whole:
        raise OutOfStep(held.offset)
    return JsonResponse(_told(given_by(held, request.POST.get("sha256", "")[:64])))


@post_door
@require_POST
@answered
def cancel(request: HttpRequest, key: str) -> JsonResponse:
    """Destroy it."""
    sending.sending(key, _account(request)).drop()
    return JsonResponse({"dropped": True})


def _told(given: Given) -> dict[str, object]:
    held, judged = given.held, given.judged
    notes = [judged.warning] if judged.warning else []
    if judged.picture is not None and judged.picture.taken.at is None:
        notes.append(gettext("照片里没有拍摄时间。"))
    return {
        "offset": held.size,
        "size": held.size,
        "name": held.name,
        "words": judged.words,
        "notes": notes,
        "seen": [asdict(each) for each in given.seen],
    }


def _account(request: HttpRequest) -> str:
    presence = presence_of(request)
    return presence.actor.account
