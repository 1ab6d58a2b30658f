"""What only a dispute has."""

from __future__ import annotations

from django.db import models

from luodi.kernel.cases.models import CaseDetails
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.privacy.sealed_field import SealedTextField


class Dispute(CaseDetails):
    """Who is at odds about what; how the agreement was made and from which day it holds; what the court said."""

    PRIVACY = Privacy(
        internal=("id", "case", "sort", "risk", "form", "effective_on", "court"),
        sensitive=("parties",),
        personal=("parties",),
    )

    parties = SealedTextField(null=True)
    sort = models.CharField(max_length=20)
    risk = models.CharField(max_length=10)
    form = models.CharField(max_length=10, blank=True)
    effective_on = models.DateField(null=True)
    court = models.CharField(max_length=120, blank=True)

    class Meta:
        app_label = "luodi_mediation"
        db_table = "luodi_mediation_dispute"


DETAILS = Dispute
