"""The district's own rules, beside those that came with the program."""

from __future__ import annotations

from django.db import models

from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Post


class OwnRule(LedgerRow):
    """One rule of the district, as the TOML table it was written in (``text``); it holds once another post has signed it.

    The days of the table say from when to when it is valid; ``withdrawn_at`` ends it for cases that begin afterwards.
    """

    IS_RESTED_ON = True
    PRIVACY = Privacy(
        public=("id", "name", "text", "proposed_at", "proposed_by", "signed_at", "signed_by", "withdrawn_at")
    )

    name = models.CharField(max_length=80, db_index=True)
    text = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "luodi_rules"
        db_table = "luodi_rules_own_rule"
