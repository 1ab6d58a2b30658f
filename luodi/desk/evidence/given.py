"""The file that came with a form: sent ahead in pieces (``uploads.js``), or with the form itself where no script runs.

A form has ``{% include "desk/evidence/field.html" with name="evidence" given=given %}`` and is ``multipart/form-data``; its view
asks ``evidence_given(request, "evidence")``, hands ``given.upload()`` to the act, and calls ``given.spend()`` once that is
done. A form that is refused shows the file again: it need not be sent twice, with or without script.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from luodi.desk.evidence.seen_before import Seen, seen_before
from luodi.desk.presence import presence_of
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.evidence import sending
from luodi.kernel.evidence.judging import Judged
from luodi.kernel.evidence.sending import OutOfStep, Sending
from luodi.kernel.refusal import Refusal

ENDING = "-upload"  # what follows the field's name where the form carries a key instead of a file


@dataclass(frozen=True)
class Given:
    """A file that is whole and may be evidence."""

    held: Sending
    judged: Judged

    @property
    def key(self) -> str:
        """What the form carries instead of the file."""
        return self.held.key

    @property
    def name(self) -> str:
        """As its sender calls it."""
        return self.held.name

    @property
    def size(self) -> int:
        """In bytes."""
        return self.held.size

    @cached_property
    def seen(self) -> list[Seen]:
        """Where it was handed in before."""
        return seen_before(self.held.whole(), self.judged)

    def upload(self, *, is_public: bool = False) -> Upload:
        """What the acts of ``commitments`` take. ``is_public``: whether anybody may fetch it (of a photo: its copy)."""
        return Upload(self.held.whole(), self.name, is_public=is_public)

    def spend(self) -> None:
        """It is evidence now: what lay by is destroyed."""
        self.held.drop()


def evidence_given(request: HttpRequest, name: str = "evidence") -> Given | None:
    """What the form brought under ``name``; ``None`` for nothing. A file beside a key counts: it was chosen later.

    Raises ``Refusal``: ``upload-gone``, ``upload-unfinished``, and those of ``sending`` and ``judging``.
    """
    presence = presence_of(request)
    account = presence.actor.account
    if plain := request.FILES.get(name):
        held = sending.begin(plain.name or "", plain.size or 0, account)
        at = 0
        for piece in plain.chunks(sending.LARGEST_PIECE):
            at = held.append(at, piece)
    elif key := request.POST.get(f"{name}{ENDING}", ""):
        held = sending.sending(key, account)
    else:
        return None
    return given_by(held)


def given_by(held: Sending, sha256: str = "") -> Given:
    """The file under a key, judged. Raises ``Refusal``: ``upload-unfinished``, and those of ``judging``."""
    try:
        return Given(held, held.judged(sha256))
    except OutOfStep as gap:
        raise Refusal(
            "upload-unfinished",
            f"“{held.name}”还没有传完（{gap.offset:,}／{held.size:,}字节）。请等它传完，或取消它再办。",
        ) from gap
