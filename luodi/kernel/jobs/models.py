"""Jobs and their items. Operational rows, no ledger rows: what an item became has its own event, a job is only the way there.

Whatever changes an item or a job is in ``actions.py``.
"""

from __future__ import annotations

from django.db import models

from luodi.kernel.ids import new_id
from luodi.kernel.privacy.classes import Privacy


def job_id() -> str:
    """A new id."""
    return new_id("b")


class Job(models.Model):
    """``kind`` names what is done with each item (``kinds.py``); ``account`` and ``post`` are who asked, and in whose name it is
    done. ``total`` is the sum of what was taken, known, refused and of what waits. ``expected`` is how many files the sender
    has spoken of, 0 where nobody said, ``come`` how many have come; ``worked_ms`` the time spent on items; ``findings`` how
    much was found in what was taken. ``trouble`` says why it stopped by itself."""

    PRIVACY = Privacy(
        internal=(
            "id", "kind", "note", "account", "post", "asked_at", "touched_at", "all_sent_at", "stopped_at", "ended_at", "trouble",
            "expected", "come", "total", "taken", "known", "refused", "containers", "findings", "size", "worked_ms",
        ),
        personal=("note",),
    )  # fmt: skip

    id = models.CharField(primary_key=True, max_length=14, default=job_id, editable=False)
    kind = models.CharField(max_length=20)
    note = models.CharField(max_length=120, blank=True, null=True)
    account = models.CharField(max_length=14)
    post = models.CharField(max_length=14)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    all_sent_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    expected = models.IntegerField(default=0)
    come = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    containers = models.IntegerField(default=0)
    findings = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    worked_ms = models.BigIntegerField(default=0)

    class Meta:
        app_label = "luodi_jobs"
        db_table = "luodi_jobs_job"
        indexes = [models.Index(fields=["kind", "asked_at"])]

    @property
    def done(self) -> int:
        """How many items have their outcome."""
        return self.taken + self.known + self.refused

    @property
    def waiting(self) -> int:
        """How many items have none."""
        return self.total - self.done

    @property
    def unsent(self) -> int:
        """How many files were spoken of and have not come."""
        return 0 if self.all_sent_at else max(self.expected - self.come, 0)

    @property
    def state(self) -> str:
        """``ended``, ``stopped``, ``receiving`` (more is to come) or ``working``."""
        if self.ended_at:
            return "ended"
        if self.stopped_at:
            return "stopped"
        return "working" if self.all_sent_at else "receiving"


class Item(models.Model):
    """One file of a job. Its bytes are laid by under ``sha256`` (``staging.py``), or are part number ``place`` of ``parent``.

    ``key`` is the same for the same file of the same name, so that it comes in once however often it is sent. ``note`` and
    ``role`` are for whoever does the work; ``result`` is the id of what it became, ``findings`` how much was found in it;
    ``code`` and ``words`` say why it was refused. ``name`` is emptied when nobody needs it any more.
    """

    PRIVACY = Privacy(
        internal=(
            "id", "job", "parent", "place", "key", "name", "note", "role", "sha256", "size", "state", "tries", "result",
            "findings", "code", "words", "decided_at",
        ),
        personal=("name", "note"),
    )  # fmt: skip
    STATES = (
        ("waiting", "等着"),
        ("taken", "新收"),
        ("known", "早已有"),
        ("refused", "拒收"),
        ("opened", "已展开"),
    )

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    place = models.IntegerField(default=0)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=1_000, null=True)
    note = models.TextField(blank=True, null=True)
    role = models.CharField(max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    tries = models.SmallIntegerField(default=0)
    result = models.CharField(max_length=14, blank=True)
    findings = models.IntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "luodi_jobs"
        db_table = "luodi_jobs_item"
        unique_together = (("job", "key"),)
        indexes = [models.Index(fields=["job", "state", "id"])]
