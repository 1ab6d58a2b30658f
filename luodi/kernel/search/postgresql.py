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
_ENTRIES = "FROM luodi_search_entry e"
_ORDER = Sql(" ORDER BY e.id DESC")
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


def hits(asked: Sequence[Term], narrowed: Sql) -> Sql:
    """Entries of the texts in which every term stands; ``FROM … WHERE …``, entries named ``e``."""
    if len(asked) == 1:
        return Sql(f"{_ENTRIES} WHERE e.grams @@ %s::tsquery", (expression(asked[0]),)) + narrowed
    # a list of ids, not of entries: all that count and page need of it
    return (
        Sql("FROM (")
        + _texts(asked, narrowed)
        + Sql(f") of_all CROSS JOIN LATERAL (SELECT t << {BITS} AS id) e")
    )


def page(asked: Sequence[Term], narrowed: Sql, size: int, is_rare: bool) -> Sql:
    """Entries of the newest texts, newest first: ``size`` entries, or all that match of ``size`` texts.

    PostgreSQL guesses badly how many rows hold a pair it has no statistics of, and then reads the whole table backwards
    to find ten rows. So a rare term, or several, are first found by the index, then sorted; for a frequent one (told by
    ``is_rare``) the index is kept out by ``IS TRUE`` and the newest rows are read until there are enough.
    """
    some = " | ".join(f"({expression(term)})" for term in asked)
    columns = "SELECT e.id, e.subject, e.kind, e.start, e.text, e.is_public "
    if is_rare or len(asked) > 1:
        newest = Sql("WITH texts AS MATERIALIZED (") + _texts(asked, narrowed) + Sql(
            "), newest AS MATERIALIZED (SELECT t FROM texts ORDER BY t DESC LIMIT %s) ", (size,)
        )  # fmt: skip
        joined = f"FROM newest JOIN luodi_search_entry e ON e.id >= t << {BITS} AND e.id < (t + 1) << {BITS}"
        return (
            newest
            + Sql(f"{columns}{joined} WHERE (e.grams @@ %s::tsquery) IS TRUE", (some,))
            + narrowed
            + _ORDER
        )
    frequent = Sql(f"{columns}{_ENTRIES} WHERE (e.grams @@ %s::tsquery) IS TRUE", (some,)) + narrowed
    return frequent + _ORDER + Sql(" LIMIT %s", (size,))


def _texts(asked: Sequence[Term], narrowed: Sql) -> Sql:
    """The numbers of the texts in which every term stands, as ``t``."""
    found = Sql()
    for term in asked:
        one = (
            Sql(f"SELECT e.id >> {BITS} AS t {_ENTRIES} WHERE e.grams @@ %s::tsquery", (expression(term),))
            + narrowed
        )
        found = found + Sql(" INTERSECT ") + one if found.text else one
    return found if len(asked) > 1 else Sql("SELECT DISTINCT t FROM (") + found + Sql(") each_part")


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
