"""Promises. A commitment outlives every report about it; its target has versions, its progress has reports and verifications."""

from __future__ import annotations

from django.db import models

from luodi.kernel.commitments.standing_row import Standing
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Place, Post, Project, Unit

__all__ = [
    "CoUnit",
    "Commitment",
    "Objection",
    "Report",
    "Said",
    "Standing",
    "Target",
    "Verification",
]


class Commitment(LedgerRow):
    """What was said, as a row with a source, an owner and a date.

    ``state``: ``open`` (on the way), ``claimed`` (reported done, not verified), ``kept`` (done and verified), ``dropped``
    (given up, with reason), ``merged`` (into ``merged_into``), ``carried`` (over to ``carried_to``), ``undone`` (its adoption
    was taken back; counted nowhere). Overdue is not a state: it follows from due day and today. ``prior_state`` and
    ``prior_since`` keep what it was before it was merged or dropped, so that both can be taken back exactly.
    """

    LETTER = "c"
    PRIVACY = Privacy(
        public=(
            "id", "title", "lead_unit", "leader_post", "place", "project", "topic", "state", "adopted_on", "state_since",
            "prior_state", "prior_since", "merged_into", "carried_to", "year", "number", "origin_file", "origin_cell",
        ),
        internal=("reason",),
        personal=("reason",),
    )  # fmt: skip
    STATES = (
        ("open", "推进中"),
        ("claimed", "报完成，未核实"),
        ("kept", "已核实兑现"),
        ("dropped", "不再办"),
        ("merged", "已并入"),
        ("carried", "已结转"),
        ("undone", "采纳已撤回"),
    )

    title = models.CharField(max_length=300)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="commitments")
    leader_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="commitments")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="commitments")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="commitments")
    topic = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    state_since = models.DateField()
    adopted_on = models.DateField()
    prior_state = models.CharField(max_length=10, blank=True)
    prior_since = models.DateField(null=True)
    year = models.IntegerField(null=True)  # the plan year it was adopted for
    number = models.CharField(max_length=30, blank=True)  # the office's own number in its list
    # of the latest judgement about the whole; free text, so not public and erasable
    reason = models.TextField(blank=True, null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    carried_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    origin_file = models.ForeignKey(
        KeptFile, models.PROTECT, null=True, related_name="+"
    )  # the office's sheet
    origin_cell = models.CharField(max_length=80, blank=True)  # sheet and cells: 任务分解表!B7:F7

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_commitment"
        indexes = [
            models.Index(fields=["state", "lead_unit"]),
            models.Index(fields=["topic"]),
            # a sheet sent again is looked up row by row
            models.Index(fields=["origin_file", "origin_cell"], name="luodi_commitment_cell"),
        ]


class CoUnit(LedgerRow):
    """A unit that helps. ``until`` is the day it was taken off; the row stays, since what it did stays."""

    PRIVACY = Privacy(public=("id", "commitment", "unit", "until"))

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="co_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    until = models.DateField(null=True)

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_co_unit"


class Target(LedgerRow):
    """One version of what is to be reached and by when. A lowered target never hides the one before.

    ``number`` is a canonical decimal with ``unit``; both empty where the promise is a thing, not a quantity. ``adopting`` is
    the statement or ``adopting_source`` the paper by which ``body`` adopted this version. ``kind`` is ``adopted`` for the
    first, ``changed`` for one that the same body put in its place, ``corrected`` where a misreading was put right.
    """

    PRIVACY = Privacy(
        public=(
            "id", "commitment", "version", "number", "unit", "approx", "basis", "due_since", "due_until", "due_precision",
            "wording", "adopting", "adopting_source", "body", "kind", "from_day", "sort",
        ),
        internal=("reason",),
        personal=("reason",),
    )  # fmt: skip
    DERIVED = ("sort",)
    KINDS = (("adopted", "采纳"), ("changed", "改过"), ("corrected", "更正"))

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="targets")
    version = models.IntegerField()
    number = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    approx = models.CharField(max_length=10, blank=True)
    basis = models.CharField(max_length=60, blank=True)
    due_since = models.DateField(null=True)
    due_until = models.DateField(null=True)
    due_precision = models.CharField(max_length=10, blank=True)
    wording = models.TextField(blank=True)
    adopting = models.ForeignKey(StatementKey, models.PROTECT, null=True, related_name="+")
    adopting_source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+"
    )  # who adopted it, where it is known
    kind = models.CharField(max_length=10, choices=KINDS, default="adopted")
    from_day = models.DateField()
    reason = models.TextField(blank=True, null=True)
    sort = models.FloatField(null=True)

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_target"
        unique_together = (("commitment", "version"),)


class Said(LedgerRow):
    """A sentence that spoke of a commitment: it ``made``, ``repeats`` or ``changes`` it, ``claims`` its result, is ``evidence``.

    Or a paper that ought to have spoken of it and did not: ``silent``, with ``source`` instead of ``statement``. ``undone``
    marks a link that a later judgement took back; it stays to be seen.
    """

    PRIVACY = Privacy(public=("id", "commitment", "statement", "source", "role", "day", "undone"))
    ROLES = (
        ("made", "作出"),
        ("repeats", "重申"),
        ("claims", "称已完成"),
        ("changes", "改口"),
        ("evidence", "佐证"),
        ("silent", "不再提"),
    )

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="said")
    statement = models.ForeignKey(StatementKey, models.PROTECT, null=True, related_name="said")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, choices=ROLES)
    day = models.DateField()
    undone = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_said"


class Report(LedgerRow):
    """What the doing unit says: how much by which day, or that it is done. Reported is never verified.

    ``unit_of`` is the unit its post belonged to on that day.
    """

    PRIVACY = Privacy(
        public=(
            "id",
            "commitment",
            "kind",
            "number",
            "unit",
            "as_of",
            "at",
            "post",
            "unit_of",
            "evidence",
            "sort",
        ),
        internal=("note",),
        personal=("note",),
    )
    DERIVED = ("sort",)
    KINDS = (("progress", "进展"), ("done", "报完成"))

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=KINDS)
    number = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    as_of = models.DateField()
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    unit_of = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True, null=True)
    sort = models.FloatField(null=True)

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_report"


class Verification(LedgerRow):
    """What a unit that did not do the work found: ``verified`` (with its own number) or ``sent_back`` with reason."""

    PRIVACY = Privacy(
        public=("id", "report", "verdict", "number", "as_of", "at", "post", "unit_of", "evidence"),
        internal=("reason",),
        personal=("reason",),
    )
    VERDICTS = (("verified", "核实"), ("sent_back", "退回"))

    report = models.ForeignKey(Report, models.PROTECT, related_name="verifications")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    number = models.CharField(max_length=40, blank=True)
    as_of = models.DateField()
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    unit_of = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, null=True)

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_verification"


class Objection(LedgerRow):
    """Somebody says: this is wrong. No name is asked; the text is internal until the office has answered in its own words."""

    PRIVACY = Privacy(
        public=("id", "subject", "at", "state", "answered_on"),
        internal=("text", "answer"),
        personal=("text",),
    )
    STATES = (("open", "待答复"), ("answered", "已答复"))

    subject = models.CharField(max_length=14, db_index=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="open")
    text = models.TextField(null=True)
    answer = models.TextField(blank=True, null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_objection"
