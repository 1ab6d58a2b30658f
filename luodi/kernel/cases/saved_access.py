"""The choices of lists that a post has saved."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.kernel.cases.saved_models import SavedChoice
from luodi.kernel.ledger.action import Actor


def saved_by(actor: Actor) -> QuerySet[SavedChoice]:
    """What the actor's post has saved and not taken away, in the order it was saved; nothing without a post."""
    found = SavedChoice.objects.filter(post=actor.post, dropped_at=None) if actor.post else None
    return SavedChoice.objects.none() if found is None else found.order_by("id")
