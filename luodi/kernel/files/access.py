"""Which kept files a person may have."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor


def public() -> QuerySet[KeptFile]:
    """Files anybody may fetch (of a photo: its copy)."""
    return KeptFile.objects.filter(is_public=True)


def visible_to(actor: Actor) -> QuerySet[KeptFile]:
    """Files ``actor`` may fetch: staff see evidence, everybody else what is public."""
    return KeptFile.objects.all() if actor.account else public()
