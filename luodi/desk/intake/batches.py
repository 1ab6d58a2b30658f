"""Which batches somebody at the desk may see: one rule for every screen of intake."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from luodi.desk.presence import presence_of
from luodi.kernel.documents.intake_kind import INTAKE
from luodi.kernel.jobs.access import may_add, visible_to
from luodi.kernel.jobs.models import Job
from luodi.kernel.refusal import Refusal

ROLES = INTAKE.roles


def batches(request: HttpRequest) -> QuerySet[Job]:
    """All of the district's, newest first."""
    presence = presence_of(request)
    return visible_to(presence.actor, INTAKE.name)


def batch_of(request: HttpRequest, batch: str) -> Job:
    """The batch that an address names. Raises ``Http404``."""
    found = batches(request).filter(pk=batch).first()
    if found is None:
        raise Http404(gettext("没有这一批，或它不归您看。在“收文件”里有全部的批次。"))
    return found


def own_batch(request: HttpRequest, batch: str) -> Job:
    """The batch that an address names, to add files to. Raises ``Http404``, ``Refusal`` (``not-own-batch``)."""
    presence = presence_of(request)
    found = batch_of(request, batch)
    if not may_add(presence.actor, found):
        raise Refusal(
            "not-own-batch", "这一批是别的岗位放的，您不能往里加。请另开一批；收过的同一份不会再收。"
        )
    return found
