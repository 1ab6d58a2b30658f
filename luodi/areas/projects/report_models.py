"""A project's months: what was reported and signed, with which photos; what statistics published; links to fill in."""

from __future__ import annotations

from django.db import models

from luodi.areas.projects.models import ProjectFile
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.privacy.sealed_field import SealedTextField
from luodi.kernel.register.models import Post


class ReportingLink(LedgerRow):
    """An address that opens one project's one month to one contact, for 30 days. Only the hash of its token is kept.

    ``side``: ``filler`` fills in, ``head`` signs; the two are never one contact.
    """

    PRIVACY = Privacy(
        internal=("id", "file", "month", "side", "made_at", "expires_at", "revoked_at", "used_at", "post"),
        sensitive=("contact", "token_hash"),
        personal=("contact",),
    )
    SIDES = (("filler", "填报人"), ("head", "单位负责人"))

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="reporting_links")
    month = models.DateField()
    side = models.CharField(max_length=6, choices=SIDES)
    contact = SealedTextField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_reporting_link"


class MonthlyReport(LedgerRow):
    """What a project did in a month, on the dispatch basis and as paid. It counts once filler and head of the unit have signed.

    A signed report is never changed: another version stands beside it with its reason, and the newest signed one counts. The
    public sees how much of the works stands, never the money.
    """

    LETTER = "m"
    PRIVACY = Privacy(
        public=("id", "file", "month", "version", "state", "as_of", "physical_percent"),
        internal=(
            "done", "paid", "physical_text", "reason", "filled_at", "filler_post", "filler_link", "signed_at",
            "head_post", "head_link",
        ),
        personal=("physical_text", "reason"),
    )  # fmt: skip
    STATES = (("filled", "等单位负责人签字"), ("signed", "已签"), ("sent_back", "已退回"))

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="reports")
    month = models.DateField()
    version = models.IntegerField()
    state = models.CharField(max_length=10, choices=STATES)
    done = models.BigIntegerField()
    paid = models.BigIntegerField(null=True)
    physical_percent = models.IntegerField()
    physical_text = models.TextField(null=True)
    as_of = models.DateField()
    reason = models.TextField(null=True)
    filled_at = models.DateTimeField()
    filler_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    filler_link = models.ForeignKey(ReportingLink, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    head_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    head_link = models.ForeignKey(ReportingLink, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_monthly_report"
        unique_together = (("file", "month", "version"),)
        indexes = (models.Index(fields=["month", "state"], name="luodi_project_month"),)


class ReportPhoto(LedgerRow):
    """A photo given with a report. Time and place come from the camera, or were written by hand (``by_hand``)."""

    PRIVACY = Privacy(
        internal=("id", "report", "kept", "caption", "taken_on", "point", "by_hand"),
        personal=("caption", "taken_on", "point"),
    )

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="photos")
    kept = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=100, null=True)
    taken_on = models.DateField(null=True)
    point = models.CharField(max_length=40, null=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_report_photo"


class StatisticalFigure(LedgerRow):
    """A figure that the statistics bureau gave, quoted with its paper; a single firm's return is confidential by law."""

    PRIVACY = Privacy(sensitive=("id", "file", "month", "amount", "as_of", "paper", "source", "post", "at"))

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="statistics")
    month = models.DateField()
    amount = models.BigIntegerField()  # of the month, in 分
    as_of = models.DateField()
    paper = models.CharField(max_length=200)
    source = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_statistical_figure"
