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


class Photo(LedgerRow):
    """What is known of a kept photo. ``shown`` and ``small`` are its copies without camera, place and remarks: only they go out.

    ``east`` and ``north`` are thousandths of a degree; ``likeness`` is told in ``likeness.py``. When and where somebody stood
    with a camera is theirs: it can be erased.
    """

    PRIVACY = Privacy(
        internal=("id", "file", "shown", "small", "width", "height", "likeness", "taken_at", "east", "north"),
        personal=("taken_at", "east", "north"),
    )

    file = models.OneToOneField(KeptFile, models.PROTECT, related_name="photo")
    shown = models.ForeignKey(KeptFile, models.PROTECT, related_name="shown_for")
    small = models.ForeignKey(KeptFile, models.PROTECT, related_name="small_for")
    width = models.IntegerField()
    height = models.IntegerField()
    likeness = models.CharField(max_length=200)
    taken_at = models.DateTimeField(null=True)
    east = models.IntegerField(null=True)
    north = models.IntegerField(null=True)

    class Meta:
        app_label = "luodi_files"
        db_table = "luodi_files_photo"
