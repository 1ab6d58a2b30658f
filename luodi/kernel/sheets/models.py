"""What is remembered of sheets: which column of a layout is which field, as a person confirmed it."""

from __future__ import annotations

from django.db import models

from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy


class Mapping(LedgerRow):
    """One layout of sheets for one use. The latest confirmation of a layout holds; it changes the row.

    ``fingerprint`` is of the headers (``proposing.py``); ``columns`` is canonical JSON of field names by the column's place.
    """

    PRIVACY = Privacy(internal=("id", "use", "fingerprint", "headers", "columns", "confirmed_at", "post"))
    USES = (
        ("promises", "任务分解表"),
        ("register", "单位岗位人员表"),
        ("progress", "月度进展表"),
        ("projects", "重点项目表"),
    )

    use = models.CharField(max_length=12, choices=USES)
    fingerprint = models.CharField(max_length=64, unique=True)
    headers = models.TextField()
    columns = models.TextField()
    confirmed_at = models.DateTimeField()
    post = models.CharField(max_length=14, blank=True)

    class Meta:
        app_label = "luodi_sheets"
        db_table = "luodi_sheets_mapping"
