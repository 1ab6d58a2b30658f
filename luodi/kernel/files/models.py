"""Kept bytes. The row tells what the file at DATA/files/ab/<sha256> is; the bytes themselves never change."""

from __future__ import annotations

from django.db import models

from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy


class KeptFile(LedgerRow):
    """One file, by the hash of its bytes. ``public`` says whether anybody may fetch it."""

    LETTER = "f"
    PRIVACY = Privacy(
        public=("id", "sha256", "size", "media_type", "is_public"), internal=("name",), personal=("name",)
    )

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255, blank=True, null=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_files"
        db_table = "luodi_files_file"
