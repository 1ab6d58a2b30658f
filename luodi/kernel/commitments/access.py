"""Which commitments a reader may see. The rows are public, whoever reads; internal fields are not fetched for the public."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.kernel.commitments.lookups import family_of
from luodi.kernel.commitments.models import Commitment, Objection, Report, Said, Target, Verification
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.register.models import Post


def public() -> QuerySet[Commitment]:
    """Every commitment that was not taken back, with unit, post and standing at hand, without internal fields."""
    found = Commitment.objects.exclude(state="undone").defer(*Commitment.PRIVACY.internal)
    return found.select_related("lead_unit", "leader_post", "place", "project", "standing")


def public_fields(model: type[LedgerRow]) -> tuple[str, ...]:
    """The names of the fields of a model that may stand on any page."""
    return model.PRIVACY.public


def public_targets(commitment: str) -> QuerySet[Target]:
    """The versions of its target, the first first."""
    found = Target.objects.filter(commitment=commitment).order_by("version")
    return found.select_related("adopting", "adopting_source", "body").defer(
        "reason", "adopting_source__text"
    )


def public_reports(commitment: str) -> QuerySet[Report]:
    """What was reported, oldest first."""
    found = Report.objects.filter(commitment=commitment).order_by("as_of", "id")
    return found.select_related("post", "unit_of", "evidence").defer("note", "evidence__name")


def public_verifications(commitment: str) -> QuerySet[Verification]:
    """What was found, oldest first."""
    found = Verification.objects.filter(report__commitment=commitment).order_by("id")
    return found.select_related("post", "unit_of", "evidence", "report").defer(
        "reason", "evidence__name", "report__note"
    )


def public_said(commitment: str) -> QuerySet[Said]:
    """Every sentence that speaks of it or of one that was merged into it, oldest first; links taken back are left out."""
    found = Said.objects.filter(commitment__in=family_of(commitment), undone=False).order_by("day", "id")
    return found.select_related("statement__source", "source").defer(
        "statement__source__text", "source__text"
    )


def visible_to(actor: Actor) -> QuerySet[Commitment]:
    """For staff who act as a post: every commitment with all its fields. For anybody else what is public."""
    if actor.post and Post.objects.filter(pk=actor.post, closed_on=None).exists():
        return Commitment.objects.select_related("lead_unit", "leader_post", "place", "project", "standing")
    return public()


def objections_for(actor: Actor) -> QuerySet[Objection]:
    """Objections with their words, for staff who act as a post; none for anybody else."""
    if actor.post and Post.objects.filter(pk=actor.post, closed_on=None).exists():
        return Objection.objects.order_by("state", "-at", "-id")
    return Objection.objects.none()
