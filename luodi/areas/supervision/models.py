"""What only a slip has."""

from __future__ import annotations

from django.db import models

from luodi.kernel.cases.models import CaseDetails
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Post


class Slip(CaseDetails):
    """What it is about (``subject``: the id of a promise or case), on whose order it stands, what was concluded.

    ``order_paper`` is free text, so it stands neither on public pages nor in proofs; whose order it is, by post, does.
    """

    PRIVACY = Privacy(
        public=("id", "case", "ordered_by", "answer_by"),
        internal=("subject", "order_paper", "conclusion", "rectify_by"),
        personal=("conclusion",),
    )

    subject = models.CharField(max_length=14, db_index=True)
    ordered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    order_paper = models.CharField(max_length=300)
    answer_by = models.DateField()
    conclusion = models.TextField(null=True)
    rectify_by = models.DateField(null=True)

    class Meta:
        app_label = "luodi_supervision"
        db_table = "luodi_supervision_slip"


DETAILS = Slip
