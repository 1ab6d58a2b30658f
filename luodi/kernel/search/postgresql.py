"""The index on PostgreSQL: a ``tsvector`` column beside each entry's text, under a GIN index.

The tokens are written as they are, with their positions; no text search configuration of the server takes part.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from luodi.kernel.search.grams import Term, grams
from luodi.kernel.search.models import BITS, Entry, NewEntry
from luodi.kernel.search.query import Sql

INDEX = "luodi_search_entry_grams"
NUMBERS = "luodi_search_numbers"
KEY = "e.id"  # what pages are cut by


def create(editor: BaseDatabaseSchemaEditor) -> None:
    """Add the column and its index."""
    editor.execute(f"CREATE SEQUENCE {NUMBERS}")
    editor.execute("ALTER TABLE luodi_search_entry ADD COLUMN grams tsvector NOT NULL DEFAULT ''")
    editor.execute(f"CREATE INDEX {INDEX} ON luodi_search_entry USING gin(grams)")


def drop(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the column and its index away."""
    editor.execute("ALTER TABLE luodi_search_entry DROP COLUMN grams")
    editor.execute(f"DROP SEQUENCE {NUMBERS}")


def numbers(count: int) -> list[int]:
    """``count`` numbers that nobody else was or will be given, in rising order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{NUMBERS}') FROM generate_series(1, %s)", [count])  # noqa: S608
        return sorted(number for (number,) in cursor.fetchall())


def insert(entries: Sequence[tuple[int, NewEntry]]) -> None:
    """Write new entries with their ids, and their tokens."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO luodi_search_entry(id, subject, kind, start, text, is_public, grams)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s::tsvector)",
            [(key, *entry, vector(entry.text)) for key, entry in entries],
        )


def delete(entries: Sequence[Entry]) -> None:
    """Take entries and their tokens out."""
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()


def clear() -> None:
    """Nothing: the tokens go with the entries."""


def purge() -> None:
    """Drop what deleted entries left in table and index, where other transactions allow. Not inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL) luodi_search_entry")  # writes table and indexes anew


def hits(asked: Sequence[Term], narrowed: Sql) -> tuple[Sql, Sql]:
    """What goes before SELECT, and ``FROM …``: ids, as ``e.id``, of what matches in the texts in which every term stands."""
    if len(asked) == 1:
        return Sql(), _matching(asked[0], narrowed)
    return _found(asked, narrowed), Sql(
        "FROM texts CROSS JOIN LATERAL (SELECT texts.t << %s AS id) e", (BITS,)
    )


def page(asked: Sequence[Term], narrowed: Sql, size: int, is_rare: bool) -> Sql:
    """Entries of the newest texts, newest first: ``size`` entries, or all that match of ``size`` texts.

    PostgreSQL guesses badly how many rows hold a pair it has no statistics of, and then reads the whole table backwards
    to find ten rows. So a rare term, or several, are first found by the index, then sorted, then read by their ids; for a
    frequent one (told by ``is_rare``) the index is kept out by ``IS TRUE`` and the newest rows are read until there are enough.
    """
    columns = "SELECT e.id, e.subject, e.kind, e.start, e.text, e.is_public FROM luodi_search_entry e WHERE "
    newest = Sql(" ORDER BY e.id DESC LIMIT %s", (size,))
    if not is_rare and len(asked) == 1:
        return Sql(f"{columns}(e.grams @@ %s::tsquery) IS TRUE", (expression(asked[0]),)) + narrowed + newest
    ids = "SELECT found.id FROM found WHERE found.id >> %s IN (SELECT texts.t FROM texts ORDER BY texts.t DESC LIMIT %s)"
    read = Sql(f"{columns}e.id = ANY(ARRAY({ids})) ORDER BY e.id DESC", (BITS, size))
    return _found(asked, narrowed) + read


def _found(asked: Sequence[Term], narrowed: Sql) -> Sql:
    """``WITH`` the ids that match any term, as ``found``, and the numbers of the texts that hold them all, as ``texts``."""
    with_each = Sql("WITH ")
    for at, term in enumerate(asked):
        with_each += Sql(f"m{at} AS MATERIALIZED (SELECT e.id ") + _matching(term, narrowed) + Sql("), ")
    some = " UNION ".join(f"SELECT id FROM m{at}" for at in range(len(asked)))  # noqa: S608
    every = " INTERSECT ".join(f"SELECT id >> {BITS} AS t FROM m{at}" for at in range(len(asked)))  # noqa: S608
    if len(asked) == 1:
        every = f"SELECT DISTINCT id >> {BITS} AS t FROM m0"  # noqa: S608
    return with_each + Sql(f"found AS MATERIALIZED ({some}), texts AS MATERIALIZED ({every}) ")


def _matching(term: Term, narrowed: Sql) -> Sql:
    return Sql("FROM luodi_search_entry e WHERE e.grams @@ %s::tsquery", (expression(term),)) + narrowed


def vector(text: str) -> str:
    """The tokens of ``text`` as a literal of type tsvector.

    >>> vector("养老5张")
    "'养老':1 '老':2 '5':3 '张':4"
    """
    return " ".join(f"'{token}':{position}" for position, token in enumerate(grams(text), 1))


def expression(term: Term) -> str:
    """The term as a literal of type tsquery. Tokens hold letters and digits only, so none can end its quotes."""
    last = ":*" if term.open_end else ""
    return " <-> ".join(f"'{token}'" for token in term.tokens) + last
