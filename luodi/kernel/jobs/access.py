"""Which jobs a person may see and steer: those of the kinds that are their role's business."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.kernel.accounts.access import has_role
from luodi.kernel.jobs.kinds import kind_of
from luodi.kernel.jobs.models import Job
from luodi.kernel.ledger.action import Actor


def visible_to(actor: Actor, kind: str) -> QuerySet[Job]:
    """Jobs of a kind, newest first. Raises ``LookupError`` for a kind there is not."""
    if not has_role(actor, *kind_of(kind).roles):
        return Job.objects.none()
    return Job.objects.filter(kind=kind).order_by("-asked_at", "-id")


def may_add(actor: Actor, job: Job) -> bool:
    """Whether ``actor`` may add files: only who began the job, as the same post, since all is done in that name."""
    return bool(actor.account) and (actor.account, actor.post) == (job.account, job.post)
