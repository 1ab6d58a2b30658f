"""The tables of the ledger. Only ``action.py``, ``sealing.py`` and ``erasure.py`` write them; ``guards.py`` sees to it."""

from __future__ import annotations

from django.db import models

from luodi.kernel.privacy.classes import Privacy


class Event(models.Model):
    """What happened. Never changed, never deleted.

    ``payload`` is canonical JSON that anybody may read: ``data`` (what the act says in public), ``rows`` (the public fields of
    the rows it wrote, by table and id) and ``derived`` (digests of their derived fields). ``closed`` is the part for staff:
    ``account``, ``data`` and ``rows`` likewise, and ``personal``: digests of what lies encrypted in ``Secret``. ``digest`` and
    ``closed_digest`` are SHA-256 over a salt and one part each, so that one can be shown without the other. ``hash`` is the
    leaf: SHA-256 over 0x00 and canonical JSON of id, kind, at, subject, post and the two digests (RFC 6962 §2.1).
    """

    PRIVACY = Privacy(
        public=("id", "kind", "at", "subject", "post", "payload", "salt", "digest", "closed_digest", "hash"),
        internal=("account", "closed", "closed_salt"),
    )

    id = models.CharField(primary_key=True, max_length=14)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    subject = models.CharField(max_length=14, blank=True, db_index=True)
    post = models.CharField(max_length=14, blank=True)
    account = models.CharField(max_length=14, blank=True)
    payload = models.TextField()
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    closed = models.TextField()
    closed_salt = models.CharField(max_length=32)
    closed_digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_event"
        indexes = [models.Index(fields=["kind", "at"]), models.Index(fields=["at", "id"])]


class Secret(models.Model):
    """The personal fields of one row as one event wrote them, under a key of their own, which lies sealed (``personal.py``).

    Erasing empties key and cipher text and keeps the row as witness. ``id`` is the event's and the row's id, with a point
    between; what an act itself holds of a person stands under the id of its subject and ``.data``.
    """

    PRIVACY = Privacy(internal=("id", "event", "row"), sensitive=("key", "cipher"))

    id = models.CharField(primary_key=True, max_length=40)
    event = models.ForeignKey(Event, models.PROTECT, related_name="secrets")
    row = models.CharField(max_length=14, db_index=True)
    key = models.BinaryField(null=True)
    cipher = models.BinaryField(null=True)

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_secret"


class Unsealed(models.Model):
    """An event that waits for the sealer: written with it, taken away with its sealing. Derived; ``verify`` compares."""

    PRIVACY = Privacy(public=("event",))

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="unsealed")

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_unsealed"


class Leaf(models.Model):
    """An event's place in the log, given when it was sealed."""

    PRIVACY = Privacy(public=("index", "event", "hash"))

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_leaf"


class Checkpoint(models.Model):
    """The log at one size. ``note`` is the signed text (C2SP tlog-checkpoint); all else can be told from it and the leaves.

    ``frontier`` holds the roots of the complete subtrees, largest first, in hexadecimal with spaces between: what the sealer
    goes on from. ``previous`` is the size of the checkpoint before. ``at`` is a whole second: it is signed in the note.
    """

    PRIVACY = Privacy(public=("size", "root", "at", "previous", "frontier", "note"))

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous = models.BigIntegerField()
    frontier = models.TextField()
    note = models.TextField()

    class Meta:
        app_label = "luodi_ledger"
        db_table = "luodi_ledger_checkpoint"
