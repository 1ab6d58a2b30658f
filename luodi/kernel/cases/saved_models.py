"""A choice of a list that a post kept under a name of its own: it stands beside the list until it is taken away."""

from __future__ import annotations

from django.db import models

from luodi.kernel.ids import CHOICE
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Post


class SavedChoice(LedgerRow):
    """``query`` is what stands behind the question mark of the list ``place``; ``name`` is how the post calls it.

    Both are typed by people, who may look for somebody by name; so both can be erased. A choice belongs to the post, and
    whoever holds the post next finds it there.
    """

    LETTER = CHOICE
    PRIVACY = Privacy(
        internal=("id", "post", "place", "name", "query", "saved_at", "dropped_at"),
        personal=("name", "query"),
    )
    PLACES = (("inbox", "待办"), ("cases", "事项"))

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    place = models.CharField(max_length=10, choices=PLACES)
    name = models.CharField(max_length=30, null=True)
    query = models.TextField(null=True)
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_saved_choice"
