"""How evidence is taken as part of another act: judged first, then kept."""

from __future__ import annotations

from luodi.kernel.evidence.judging import judge
from luodi.kernel.files.keeping import kept_file
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Action


def take(act: Action, raw: bytes, name: str, *, is_public: bool = False) -> KeptFile:
    """Keep ``raw`` as evidence. Raises what ``judge`` raises, and ``Refusal`` ``disk-full``."""
    found = judge(raw, name)
    return kept_file(act, raw, name, found.media_type, is_public)
