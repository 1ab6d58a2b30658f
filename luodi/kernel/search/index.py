"""The one index for finding words, on either database: put, remove, find, rebuild.

Written in the same transaction as the rows it tells of, by their actions. It can be thrown away and made again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from types import ModuleType

from django.db import connection, transaction

from luodi.kernel.search import postgresql, sqlite
from luodi.kernel.search.grams import Term, terms
from luodi.kernel.search.models import BITS, Entry, NewEntry
from luodi.kernel.search.parts import parts
from luodi.kernel.search.query import Sql, narrowing
from luodi.kernel.search.snippets import Piece, places, snippet
from luodi.kernel.search.texts import Text, tellings

_RARE = 5_000  # entries; above it the newest ones are quickly met by reading backwards
_MOST = 1_000  # entries read at a time
_BATCH = 500  # texts written at a time
_PARTS_EACH = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A row in whose text every term was found. ``start`` is where the first shown hit stands in that text;
    ``pieces`` are the words around it, in order, each with whether it was asked for; ``entry`` continues a list."""

    subject: str
    kind: str
    start: int
    pieces: tuple[Piece, ...]
    is_public: bool
    entry: int

    @property
    def words(self) -> str:
        """The snippet as plain text."""
        return "".join(words for words, _ in self.pieces)


def backend() -> ModuleType:
    """The module that knows the database in use."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def put(subject: str, kind: str, text: str, is_public: bool) -> None:
    """Let ``text`` be what is found of ``subject`` from now on. Raises ``ValueError`` where ``kind`` is no letter."""
    put_all(kind, [Text(subject, text, is_public)])


def put_all(kind: str, texts: Sequence[Text]) -> None:
    """As ``put``, for many rows of one kind at once; each subject once."""
    if len(kind) != 1:
        raise ValueError(f"kind {kind!r} must be the letter that ids begin with")
    with transaction.atomic():
        for at in range(0, len(texts), _BATCH):
            _put_batch(kind, texts[at : at + _BATCH])


def _put_batch(kind: str, texts: Sequence[Text]) -> None:
    held: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(subject__in=[t.subject for t in texts]).order_by("subject", "start"):
        held.setdefault(entry.subject, []).append(entry)
    old: list[Entry] = []
    new: list[list[NewEntry]] = []
    for text in texts:
        wanted = _entries_of(kind, text)
        there = held.get(text.subject, [])
        if [NewEntry(e.subject, e.kind, e.start, e.text, e.is_public) for e in there] == wanted:
            continue
        old += there
        new.append(wanted)
    if old:
        backend().delete(old)
    _insert(new)


def _insert(texts: Sequence[Sequence[NewEntry]]) -> None:
    """Write the parts of each text under ids that follow one another."""
    if not texts:
        return
    numbered = zip(backend().numbers(len(texts)), texts, strict=True)
    backend().insert(
        [((number << BITS) + at, part) for number, text in numbered for at, part in enumerate(text)]
    )


def _entries_of(kind: str, text: Text) -> list[NewEntry]:
    return [
        NewEntry(text.subject, kind, at, part, text.is_public)
        for at, part in parts(text.text.replace("\0", " "))
    ]


def remove(subject: str) -> None:
    """Let nothing be found of ``subject``. Where it must leave no trace, ``purge`` afterwards."""
    with transaction.atomic():
        backend().delete(list(Entry.objects.filter(subject=subject)))


def forget(subject: str) -> bool:
    """``remove`` for an erasure: whether there was anything."""
    held = list(Entry.objects.filter(subject=subject))
    backend().delete(held)
    return bool(held)


def purge() -> None:
    """Write the index anew on disk, so that nothing removed can be read off its pages. Outside a transaction."""
    backend().purge()


def find(
    query: str,
    *,
    public_only: bool,
    kinds: Sequence[str] = (),
    limit: int = 20,
    before: int | None = None,
) -> list[Hit]:
    """Rows in whose text every term of ``query`` stands, newest first, at most ``limit``; ``[]`` where none is asked for.

    ``before`` is the ``entry`` of the last hit of the page before.
    """
    asked = terms(query)
    if not asked or limit < 1:
        return []
    matches = _by_subject(_entries(asked, public_only, kinds, before, limit))
    return [_hit(entries, asked) for entries in islice(matches, limit)]


def count(query: str, *, public_only: bool, kinds: Sequence[str] = (), up_to: int = 1_000) -> int:
    """How many rows ``find`` would give in all; ``up_to`` + 1 where there are more than ``up_to``."""
    asked = terms(query)
    if not asked:
        return 0
    before, found = backend().hits(asked, narrowing(public_only=public_only, kinds=kinds))
    some = (up_to + 1) * _PARTS_EACH  # entries that mostly show whether there are more than up_to texts
    for limit in (some, None):
        sql = f"{before.text}SELECT count(DISTINCT t), count(*) FROM (SELECT e.id >> {BITS} AS t {found.text}"  # noqa: S608
        values = [*before.values, *found.values]
        with connection.cursor() as cursor:
            if limit is None:
                cursor.execute(f"{sql}) c", values)
            else:
                cursor.execute(f"{sql} LIMIT %s) c", [*values, limit])
            in_all, entries = cursor.fetchone()
        if in_all > up_to or entries < some:
            break
    return min(int(in_all), up_to + 1)


def subjects(words: str, *, kind: str, up_to: int) -> list[str] | None:
    """All rows of one kind in whose text ``words`` stand as one; ``None`` where more than ``up_to`` parts hold them. Two queries.

    Raises ``ValueError`` where these are no words, or several.
    """
    asked = terms(words)
    if len(asked) != 1:
        raise ValueError(f"{words!r} is not one thing to look for")
    before, found = backend().hits(asked, narrowing(public_only=False, kinds=(kind,)))
    some = Sql("SELECT e.id ") + found + Sql(" LIMIT %s", (up_to + 1,))
    probe = before + Sql("SELECT count(*) FROM (") + some + Sql(") c")
    wanted = before + Sql("SELECT s.subject FROM luodi_search_entry s WHERE s.id IN (") + some + Sql(")")
    with connection.cursor() as cursor:
        cursor.execute(probe.text, probe.values)
        if cursor.fetchone()[0] > up_to:
            return None
        cursor.execute(wanted.text, wanted.values)
        return sorted({subject for (subject,) in cursor.fetchall()})


def rebuild(kinds: Iterable[str] | None = None) -> int:
    """Make the index anew from the rows themselves (of ``kinds``, else all registered); returns how many texts it holds."""
    told = tellings()
    chosen = list(told) if kinds is None else list(kinds)
    with transaction.atomic():
        if kinds is None:
            backend().clear()
            Entry.objects.all().delete()
        else:
            backend().delete(list(Entry.objects.filter(kind__in=chosen)))
        number = 0
        for kind in chosen:
            for batch in _batches(told[kind](), _BATCH):
                number += len(batch)
                _insert([_entries_of(kind, text) for text in batch])
    return number


def _entries(
    asked: list[Term], public_only: bool, kinds: Sequence[str], before: int | None, limit: int
) -> Iterator[Entry]:
    """Matching entries, newest first, read a page at a time."""
    engine = backend()
    is_rare = _is_rare(asked, public_only, kinds)
    size = min(limit + 1, _MOST)  # one more shows that the last text is complete
    while True:
        narrowed = narrowing(public_only=public_only, kinds=kinds, before=before, key=engine.KEY)
        found = engine.page(asked, narrowed, size, is_rare)
        with connection.cursor() as cursor:
            cursor.execute(found.text, found.values)
            rows = cursor.fetchall()
        for key, subject, kind, start, text, is_public in rows:
            yield Entry(id=key, subject=subject, kind=kind, start=start, text=text, is_public=bool(is_public))
        if len(rows) < size:
            return
        before, size = rows[-1][0], min(size * 4, _MOST)


def _is_rare(asked: list[Term], public_only: bool, kinds: Sequence[str]) -> bool:
    if connection.vendor != "postgresql" or len(asked) > 1:
        return True
    _, found = postgresql.hits(asked, narrowing(public_only=public_only, kinds=kinds))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {found.text} LIMIT {_RARE}) c", found.values)  # noqa: S608
        return int(cursor.fetchone()[0]) < _RARE


def _by_subject(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """The entries of one text after the other; they stand together, since their ids follow one another."""
    for _, group in groupby(entries, key=lambda entry: entry.pk >> BITS):
        yield list(group)


def _hit(entries: list[Entry], asked: list[Term]) -> Hit:
    """The part that holds most of the terms is shown, the first of several."""
    best = max(entries, key=lambda e: (sum(bool(places(e.text, [term])) for term in asked), -e.start))
    first, pieces = snippet(best.text, asked)
    return Hit(best.subject, best.kind, best.start + first, pieces, best.is_public, entries[-1].pk)


def _batches(items: Iterator[Text], size: int) -> Iterator[list[Text]]:
    while batch := list(islice(items, size)):
        yield batch
