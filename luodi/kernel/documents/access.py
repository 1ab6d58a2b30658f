"""Which documents and statements a person may see."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.kernel.documents.models import Judgement, Reading, Source, StatementKey
from luodi.kernel.documents.second.told import settled
from luodi.kernel.ledger.action import Actor


def public() -> QuerySet[Source]:
    """Sources anybody may see, newest first. What was published stays public when its publisher takes it down."""
    return Source.objects.filter(file__is_public=True).order_by("-published", "-id")


def public_statements() -> QuerySet[StatementKey]:
    """Statements of public sources; what only the second reader said is none until a person took it up."""
    return StatementKey.objects.filter(settled(), source__file__is_public=True)


def public_readings() -> QuerySet[Reading]:
    """What was read in public sources."""
    return Reading.objects.filter(settled("statement__"), statement__source__file__is_public=True)


def visible_to(actor: Actor) -> QuerySet[Source]:
    """Sources ``actor`` may see."""
    return Source.objects.order_by("-published", "-id") if actor.account else public()


def statements_visible_to(actor: Actor) -> QuerySet[StatementKey]:
    """Statements ``actor`` may see."""
    return StatementKey.objects.all() if actor.account else public_statements()


def judgements_visible_to(actor: Actor) -> QuerySet[Judgement]:
    """Judgements with their reasons, which are for staff; for others none."""
    return Judgement.objects.order_by("id") if actor.account else Judgement.objects.none()
