"""Keys of secrets that lie bare beside what they close, as earlier versions left them: each is sealed where it stands.

Of the log nothing is touched: no event, leaf or digest speaks of the key.
"""

from __future__ import annotations

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from luodi.kernel.ledger import guards, sweeping
from luodi.kernel.ledger.models import Secret
from luodi.kernel.ledger.personal import sealed_key

BARE = 32  # bytes
_AT_A_TIME = 500


def seal_bare_keys(connection: BaseDatabaseWrapper, data: Path) -> int:
    """Seal every one, under the triggers of today (those of before forbade it); how many. The caller has a transaction.

    What lay there is swept afterwards, as after an erasure.
    """
    guards.install(connection)
    table = Secret._meta.db_table
    last, count = "", 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT id, key FROM {table} WHERE key IS NOT NULL AND id > %s ORDER BY id LIMIT {_AT_A_TIME}",  # noqa: S608
                [last],
            )
            found = [(row, bytes(key)) for row, key in cursor.fetchall()]
            if not found:
                break
            last = found[-1][0]
            if sealed := [(sealed_key(key, row), row) for row, key in found if len(key) == BARE]:
                cursor.executemany(f"UPDATE {table} SET key = %s WHERE id = %s", sealed)  # noqa: S608
                count += len(sealed)
    if count:
        sweeping.note(data, ())
    return count
