"""What became of a name that a sentence gave a project: taken into the ledger, refused, or a refusal taken back."""

from __future__ import annotations

from django.db import models

from luodi.areas.projects.models import ProjectFile
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Post


class NameJudged(LedgerRow):
    """One judgement of the office. The newest of a name in a sentence holds; none is changed, each is taken back by another."""

    PRIVACY = Privacy(
        internal=("id", "statement", "name", "verdict", "file", "reason", "post", "at"), personal=("reason",)
    )
    VERDICTS = (("opened", "立了项目"), ("refused", "不立项"), ("recalled", "收回不立项"))

    statement = models.ForeignKey(StatementKey, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    file = models.ForeignKey(ProjectFile, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(null=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_name_judged"
