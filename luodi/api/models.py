"""What was asked before with the same key, so that a request sent twice counts once. Operational rows, gone after a day."""

from __future__ import annotations

from django.db import models

from luodi.kernel.privacy.classes import Privacy


class Answered(models.Model):
    """One writing request that was carried out. ``asked`` is a digest of what was asked, ``answer`` what was answered: ids and
    labels only, never words that anybody typed."""

    PRIVACY = Privacy(sensitive=("id", "token", "key", "asked", "status", "answer", "at"))

    id = models.BigAutoField(primary_key=True)
    token = models.CharField(max_length=14)
    key = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    status = models.SmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "luodi_api"
        db_table = "luodi_api_answered"
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="luodi_api_once"),)
