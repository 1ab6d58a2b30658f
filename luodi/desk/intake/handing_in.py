"""What a form of the intake page hands in, laid by as the files of a new batch: chosen files, pasted text, lists of addresses."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.kernel.documents.actions import LONGEST_ADDRESS
from luodi.kernel.documents.intake_kind import INTAKE, largest_of
from luodi.kernel.jobs import actions, staging
from luodi.kernel.jobs.actions import Given
from luodi.kernel.jobs.models import Job
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal

LONGEST_PASTE = 1_000_000  # characters
LIST = "list"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file as a form gives it; ``read`` gives its bytes bit by bit."""

    name: str
    size: int
    read: Callable[[int], bytes]
    note: str = ""
    role: str = ""


def hand_in(request: HttpRequest, *, by: Actor) -> tuple[Job, str]:
    """Open a batch with all that a form holds; the batch, and why something of it was left behind, if it was.

    ``expected`` files are to follow one by one where the form says so; else the batch is closed. Raises ``Refusal``:
    ``nothing-given``, ``paste-too-long``, ``bad-address``, ``jobs-too-many``, ``files-too-many``.
    """
    pieces = list(_pieces(request))
    expected = _number(request.POST.get("expected"))
    if not any(piece.role != LIST for piece in pieces) and not expected:
        raise Refusal(
            "nothing-given", "没有选文件，也没有粘贴文字。请选文件、放进来，或粘贴一段文字，再按“收下”。"
        )
    counted = expected + sum(piece.role != LIST for piece in pieces) if expected else 0
    job = actions.open_job(INTAKE.name, by=by, note=request.POST.get("note", ""), expected=counted)
    left = ""
    for piece in pieces:
        try:
            _add(job, piece)
        except Refusal as refusal:
            left = refusal.message
            break
    if not expected:
        actions.close_job(job)
    return job, left


def _add(job: Job, piece: Piece) -> None:
    given = Given(piece.name, "", piece.size, piece.note, piece.role)
    if actions.fault_of(INTAKE.name, given) is None:
        sha, size = staging.lay_by(job.id, piece.read, largest_of(piece.name))
        given = Given(piece.name, sha, size, piece.note, piece.role)
    actions.add_item(job, given)


def _pieces(request: HttpRequest) -> Iterator[Piece]:
    """Lists of addresses come first, so that they are known when the pages are taken in."""
    for given in request.FILES.getlist("list"):
        yield _of_upload(given, LIST)
    if listed := request.POST.get("addresses", "").strip():
        yield _of_text(gettext("网址清单") + ".txt", listed, role=LIST)
    text = request.POST.get("text", "")
    if text.strip():
        if len(text) > LONGEST_PASTE:
            raise Refusal(
                "paste-too-long",
                f"粘贴的文字有{len(text):,}字，一次最多{LONGEST_PASTE:,}字。请存成文本文件再放。",
            )
        yield _of_text(gettext("粘贴的文字") + ".txt", text, note=_address(request.POST.get("address", "")))
    for given in request.FILES.getlist("files"):
        yield _of_upload(given, "")


def _of_upload(given: UploadedFile[bytes], role: str) -> Piece:
    return Piece(given.name or "", given.size or 0, given.read, role=role)


def _of_text(name: str, text: str, *, note: str = "", role: str = "") -> Piece:
    raw = text.encode("utf-8", "replace")
    return Piece(name, len(raw), io.BytesIO(raw).read, note, role)


def _address(given: str) -> str:
    """An address for pasted text; what is none is told at once, while the text is still in the form."""
    address = given.strip()
    is_web = address.lower().startswith(("http://", "https://")) and not any(c.isspace() for c in address)
    if address and (not is_web or len(address) > LONGEST_ADDRESS):
        raise Refusal(
            "bad-address",
            f"网址“{address[:80]}”用不了：要以 http:// 或 https:// 开头，中间没有空格。不知道就不填。",
        )
    return address


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
