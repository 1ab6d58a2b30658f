"""The bigram index. Derived from other rows, so it holds no events; ``index.py`` writes it and can rebuild it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models

from luodi.kernel.privacy.classes import Privacy

BITS = 17  # room for 131,072 parts of one text: 50 million characters


class Entry(models.Model):
    """One part of a searchable text: ``subject`` is the row it belongs to, ``kind`` its letter, ``start`` where in the
    text the part begins.

    Ids are given in runs: the parts of one text have the numbers behind ``number << BITS``, later texts greater ones. So the
    entries of a text stand together, and whether two of them belong to one text can be told from the ids alone.

    The tokens of ``text`` are mirrored in a full-text table on SQLite, in a column of type ``tsvector`` with a GIN index on
    PostgreSQL; both are made by the migration and written by ``sqlite.py`` and ``postgresql.py``.
    """

    PRIVACY = Privacy(internal=("id", "subject", "kind", "start", "text", "is_public"))

    id = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=14, db_index=True)
    kind = models.CharField(max_length=1, db_index=True)
    start = models.IntegerField(default=0)
    text = models.TextField()
    is_public = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_search"
        db_table = "luodi_search_entry"


class NewEntry(NamedTuple):
    """An entry to be written; a million of them are no models."""

    subject: str
    kind: str
    start: int
    text: str
    is_public: bool
