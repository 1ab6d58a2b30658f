"""The tables of the ledger. Only ``action.py`` and ``sealing.py`` write them; triggers hold what they hold."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """What happened. Never changed, never deleted.

    ``payload`` is canonical JSON: ``data`` (what the act was about) and ``rows`` (images of the rows it wrote).
    ``digest`` is SHA-256 over ``salt`` and payload; ``personal_digest`` over the personal part, whose text lies encrypted in
    ``Secret`` and may be erased. ``hash`` is the leaf: SHA-256 over 0x00 and canonical JSON of all of these but salt and
    payload (RFC 6962 §2.1).
    """

    id = models.CharField(primary_key=True, max_length=14)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    subject = models.CharField(max_length=14, db_index=True)
    post = models.CharField(max_length=14, blank=True)
    account = models.CharField(max_length=14, blank=True)
    payload = models.TextField()
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    personal_digest = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_event"
        indexes = [models.Index(fields=["kind", "at"]), models.Index(fields=["at", "id"])]


class Secret(models.Model):
    """The personal part of an event, under its own key. Erasing empties both and keeps the row as witness."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="secret", db_constraint=True)
    key = models.BinaryField(null=True)
    cipher = models.BinaryField(null=True)

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_secret"


class Leaf(models.Model):
    """An event's place in the log, given when it was sealed."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_leaf"


class Checkpoint(models.Model):
    """The log at one size, signed (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_checkpoint"
