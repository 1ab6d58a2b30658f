"""The index on SQLite: a full-text table (FTS5) that keeps tokens and no text, beside the entries.

The tokens come ready made and the ``ascii`` tokeniser only cuts them at spaces: to it every other sign is part of a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from luodi.kernel.search.grams import Term, grams
from luodi.kernel.search.models import BITS, Entry, NewEntry
from luodi.kernel.search.query import Sql

TABLE = "luodi_search_grams"
KEY = "g.rowid"  # what pages are cut by


def create(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the full-text table."""
    editor.execute(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(grams, content='', columnsize=0, tokenize='ascii')"
    )


def drop(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the full-text table away."""
    editor.execute(f"DROP TABLE {TABLE}")


def numbers(count: int) -> list[int]:
    """``count`` numbers greater than every one in use; nobody else writes until this transaction is over (IMMEDIATE)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM luodi_search_entry")
        newest = cursor.fetchone()[0] or 0
    first = (newest >> BITS) + 1
    return list(range(first, first + count))


def insert(entries: Sequence[tuple[int, NewEntry]]) -> None:
    """Write new entries with their ids, and their tokens."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO luodi_search_entry(id, subject, kind, start, text, is_public) VALUES (%s, %s, %s, %s, %s, %s)",
            [(key, *entry) for key, entry in entries],
        )
        cursor.executemany(
            f"INSERT INTO {TABLE}(rowid, grams) VALUES (%s, %s)",  # noqa: S608
            [(key, " ".join(grams(entry.text))) for key, entry in entries],
        )


def delete(entries: Sequence[Entry]) -> None:
    """Take entries and their tokens out; the table is told what it held, since it keeps no text."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}({TABLE}, rowid, grams) VALUES ('delete', %s, %s)",  # noqa: S608
            [(entry.pk, " ".join(grams(entry.text))) for entry in entries],
        )
    for at in range(0, len(entries), 500):
        Entry.objects.filter(pk__in=[entry.pk for entry in entries[at : at + 500]]).delete()


def clear() -> None:
    """Forget every token; the entries are deleted by the caller."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")  # noqa: S608


def purge() -> None:
    """Write the index anew, so that tokens of deleted entries stand on no page of it (``secure_delete`` is on)."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def hits(asked: Sequence[Term], narrowed: Sql) -> tuple[Sql, Sql]:
    """What goes before SELECT (nothing), and ``FROM … WHERE …``: matching entries ``e`` of the texts in which every term stands.

    The full-text table leads: it gives its rows in the order of their ids at no cost.
    """
    some = " OR ".join(expression([term]) for term in asked)
    text = f"FROM {TABLE} g CROSS JOIN luodi_search_entry e ON e.id = g.rowid WHERE g.{TABLE} MATCH %s"
    found = Sql(text, (some,)) + narrowed
    if len(asked) > 1:
        # texts that hold every term, told from the ids alone: no entry is read for it
        each = f"SELECT rowid >> {BITS} FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
        all_of_them = " INTERSECT ".join([each] * len(asked))
        found += Sql(
            f" AND g.rowid >> {BITS} IN ({all_of_them})", tuple(expression([term]) for term in asked)
        )
    return Sql(), found


def page(asked: Sequence[Term], narrowed: Sql, size: int, _is_rare: bool) -> Sql:
    """The newest ``size`` entries, newest first."""
    columns = "SELECT e.id, e.subject, e.kind, e.start, e.text, e.is_public "
    return Sql(columns) + hits(asked, narrowed)[1] + Sql(" ORDER BY g.rowid DESC LIMIT %s", (size,))


def expression(asked: Sequence[Term]) -> str:
    """The terms in FTS5's language. Tokens hold letters and digits only, so none of them can end its quotes."""
    return " AND ".join(f'"{" ".join(term.tokens)}"{" *" if term.open_end else ""}' for term in asked)
