"""The bigram index. Derived from other rows, so it holds no events; ``index.py`` writes it and can rebuild it."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One searchable text: ``subject`` is the row it belongs to, ``kind`` its letter, ``grams`` its bigrams.

    On SQLite the grams are mirrored in a full-text table, on PostgreSQL in a tsvector with a GIN index; both are made by the
    migration of this part.
    """

    subject = models.CharField(primary_key=True, max_length=14)
    kind = models.CharField(max_length=1, db_index=True)
    text = models.TextField()
    is_public = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_search"
        db_table = "luodi_search_entry"
