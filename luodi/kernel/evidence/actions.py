"""What is done with evidence beside keeping it. That somebody took an original is itself an event."""

from __future__ import annotations

from luodi.kernel.evidence.access import may_open_originals
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.serving import Served, serve_original
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal


def open_original(kept: KeptFile, *, by: Actor) -> Served:
    """The bytes as they were sent, with all they tell of camera, time and place; who had them is kept.

    Raises ``Refusal`` ``original-not-yours``; ``Damaged`` where the bytes are gone.
    """
    with action("evidence.original_opened", by=by, subject=kept.id):
        if not may_open_originals(by):
            raise Refusal(
                "original-not-yours",
                "原件里有拍摄的时间、地点和手机，只给督查办公室和核实员。要看照片，看去掉这些的那一份就够了。",
            )
        return serve_original(kept)
