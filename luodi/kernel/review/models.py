"""Who looks at which statement just now, what was put off, what a person put right in a reading, what was told apart."""

from __future__ import annotations

from django.db import models

from luodi.kernel.accounts.own_ids import own_id
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy


class Lease(models.Model):
    """A statement is on somebody's screen until an instant; until then nobody else is given it.

    Operational: it decides nothing, runs out by itself and is no row of the ledger. ``holder`` is one coming in (an id of
    ``accounts.Session``), so that two people at one log-in are two; ``post`` is for the words that the next one reads.
    """

    PRIVACY = Privacy(internal=("statement", "holder", "post", "until"))

    statement = models.OneToOneField(StatementKey, models.CASCADE, primary_key=True, related_name="+")
    holder = models.CharField(max_length=14, db_index=True)
    post = models.CharField(max_length=14, blank=True)
    until = models.DateTimeField()

    class Meta:
        app_label = "luodi_review"
        db_table = "luodi_review_lease"


class SetAside(models.Model):
    """A statement that one account put off: its own order of work, no judgement, so no row of the ledger."""

    PRIVACY = Privacy(internal=("id", "statement", "account", "at"))

    id = models.CharField(primary_key=True, max_length=14, default=own_id)
    statement = models.ForeignKey(StatementKey, models.CASCADE, related_name="set_aside")
    account = models.CharField(max_length=14)
    at = models.DateTimeField()

    class Meta:
        app_label = "luodi_review"
        db_table = "luodi_review_set_aside"
        unique_together = (("account", "statement"),)


class Correction(LedgerRow):
    """What a person read where the machine read something else; both stay. The latest of a field that is not undone holds.

    ``machine`` and ``value`` by ``field``: ``owner``, the words read and the id of the unit meant; ``due``, first day, last day
    and precision with bars between (2026-01-01|2026-12-31|year); ``amount``, number and unit (18.6|公里); ``kind``, a kind of
    statement. Either is empty where there is none.
    """

    PRIVACY = Privacy(
        public=("id", "statement", "reading", "field", "machine", "value", "at", "post", "undone")
    )
    FIELDS = (("owner", "牵头单位"), ("due", "期限"), ("amount", "目标数"), ("kind", "类型"))

    statement = models.ForeignKey(StatementKey, models.PROTECT, related_name="corrections")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="+")
    field = models.CharField(max_length=10, choices=FIELDS)
    machine = models.TextField(blank=True)
    value = models.TextField(blank=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=14, blank=True)
    undone = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_review"
        db_table = "luodi_review_correction"
        indexes = [models.Index(fields=["statement", "field"], name="luodi_corr_statement")]


class Apart(LedgerRow):
    """A person said that a statement does not speak of a commitment: the pair is not suggested again, until undone."""

    PRIVACY = Privacy(public=("id", "statement", "commitment", "score", "at", "post", "undone"))

    statement = models.ForeignKey(StatementKey, models.PROTECT, related_name="apart")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="apart")
    score = models.CharField(max_length=6, blank=True)  # the matcher's when it was told apart
    at = models.DateTimeField()
    post = models.CharField(max_length=14, blank=True)
    undone = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_review"
        db_table = "luodi_review_apart"
