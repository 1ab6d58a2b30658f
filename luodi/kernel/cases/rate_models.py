"""Rates as they were reckoned once, for districts with so many cases that nobody waits for them."""

from __future__ import annotations

from django.db import models

from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy


class Reckoned(LedgerRow):
    """One measure of a kind of case over the days ``since`` to ``until``, as the rows stood ``at`` that instant.

    The numbers are those of ``measures.Number``; whoever asks for the same days finds the cases that they are made of.
    """

    PRIVACY = Privacy(
        internal=(
            "id", "kind", "measure", "since", "until", "at", "among", "reported", "counted", "excluded", "forced", "merged",
        ),
    )  # fmt: skip

    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    at = models.DateTimeField()
    among = models.IntegerField()
    reported = models.IntegerField()
    counted = models.IntegerField()
    excluded = models.IntegerField()
    forced = models.IntegerField()
    merged = models.IntegerField()

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_reckoned"
        unique_together = (("until", "kind", "measure"),)
