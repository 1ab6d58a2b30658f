"""How many cases and due items there are of each sort, counted by the database itself whenever a row is written.

One table of counters, kept by triggers inside the statement that writes the row: exact at any instant, in the same transaction,
whoever writes. A list of a million is counted by adding up a few hundred cells. Five sorts of cells, named in ``of``:

    state   every case: its unit, kind, state; ``mark`` what it counts as once it is closed, empty while it is open
    open    every open case: its unit and kind; ``day`` it was opened
    opened  every case, the closed ones too: the same
    item    every due item: the unit it is due from, kind; ``mark``: running or paused; ``day`` on which its time is up
    first   of each open case the running item that is due first: the unit that does the case, kind, mark, day

Whether a running light is green, amber or red is in no cell: time turns it, and a tick that turns lights counts nothing.

``day`` is the day of Shanghai at whose end, at the latest, the time is up. On PostgreSQL a cell may lie in several rows: whoever
finds one locked by another goes on to the next or adds one, so that nobody waits for a counter; a cell is the sum of its rows.

Derived: it belongs to no model, is left out when a district is copied, and is counted anew wherever the triggers were not there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "luodi_cases_tally"
KEY = ("of", "unit", "kind", "state", "mark", "day")
_PLACED = ("of", "unit", "day", "kind", "state", "mark")  # by unit and day they are added up without sorting
NO_DAY = "0001-01-01"
_ADD = f"{TABLE}_add"


@dataclass(frozen=True, slots=True)
class _Sort:
    """Cells of one sort: for which rows of ``table`` (``when``) there is one, by which expressions; ``{r}`` is the row."""

    of: str
    table: str
    cell: tuple[str, str, str, str, str]  # unit, kind, state, mark, day
    when: str
    rests_on: tuple[str, ...]


_CASE, _ITEM = "luodi_cases_case", "luodi_cases_due_item"
_ITEM_COLUMNS = ("kind", "light", "due_at")
_SORTS = (
    _Sort(
        "state",
        _CASE,
        ("{r}unit_id", "{r}kind", "{r}state", "{r}outcome", "{none}"),
        "1 = 1",
        ("unit_id", "kind", "state", "outcome"),
    ),
    _Sort(
        "open",
        _CASE,
        ("{r}unit_id", "{r}kind", "''", "''", "{r}opened_on"),
        "{r}closed_at IS NULL",
        ("unit_id", "kind", "opened_on", "closed_at"),
    ),
    _Sort(
        "opened",
        _CASE,
        ("{r}unit_id", "{r}kind", "''", "''", "{r}opened_on"),
        "1 = 1",
        ("unit_id", "kind", "opened_on"),
    ),
    _Sort(
        "item",
        _ITEM,
        ("{r}unit_id", "{r}kind", "''", "{mark}", "{due}"),
        "1 = 1",
        ("unit_id", *_ITEM_COLUMNS),
    ),
    _Sort(
        "first",
        _ITEM,
        ("{r}owner_id", "{r}kind", "''", "{mark}", "{due}"),
        "{r}is_first AND {r}owner_id IS NOT NULL",
        ("owner_id", "is_first", *_ITEM_COLUMNS),
    ),
)
# 24:00 in Shanghai is 16:00 in UTC, and belongs to the day that ends with it
_DUE = {
    "sqlite": (
        "CASE WHEN substr({r}due_at, 12) = '16:00:00' THEN substr({r}due_at, 1, 10) "
        "ELSE date({r}due_at, '+8 hours') END"
    ),
    "postgresql": "({r}due_at AT TIME ZONE 'UTC' + interval '8 hours' - interval '1 microsecond')::date",
}
_TYPES = {"sqlite": "", "postgresql": "::date"}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make table and triggers anew, and count everything."""
    on_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _TABLE_ON_SQLITE if on_sqlite else _TABLE_ON_POSTGRESQL:
            cursor.execute(statement)
        for drop, create in (_on_sqlite() if on_sqlite else _on_postgresql()).values():
            cursor.execute(drop)
            cursor.execute(create)
        recount(connection)


def recount(connection: BaseDatabaseWrapper) -> None:
    """Count everything anew; nobody writes meanwhile."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f"LOCK TABLE {_CASE}, {_ITEM} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608 (our own names, here and below)
        for sort in _SORTS:
            cursor.execute(f"INSERT INTO {TABLE} ({_names(KEY)}, number) {_counted(sort, connection.vendor)}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers and functions that are not there or say something else."""
    if connection.vendor == "sqlite":
        wanted = {name: create for name, (_, create) in _on_sqlite().items()}
        sql, values = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", []
    else:
        wanted = {**_FUNCTIONS, **{name: "O" for name in _on_postgresql() if name not in _FUNCTIONS}}
        sql = (
            "SELECT proname::text, prosrc FROM pg_proc WHERE proname LIKE %s AND pg_function_is_visible(oid) UNION ALL "
            "SELECT tgname::text, tgenabled::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgname LIKE %s AND pg_table_is_visible(c.oid)"
        )
        values = [f"{TABLE}%", f"{TABLE}%"]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = dict(cursor.fetchall())
    return sorted(name for name, text in wanted.items() if found.get(name) != text)


def differing(connection: BaseDatabaseWrapper) -> list[tuple[str, ...]]:
    """The cells that are not what counting the rows gives: ``KEY`` and the number, as kept or as counted."""
    kept = (
        f"SELECT {_names(KEY)}, sum(number) AS number FROM {TABLE} "  # noqa: S608
        f"GROUP BY {_names(KEY)} HAVING sum(number) <> 0"
    )
    counted = " UNION ALL ".join(_counted(sort, connection.vendor) for sort in _SORTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM (SELECT * FROM ({kept}) AS a EXCEPT SELECT * FROM ({counted}) AS b) AS x UNION ALL "  # noqa: S608
            f"SELECT * FROM (SELECT * FROM ({counted}) AS c EXCEPT SELECT * FROM ({kept}) AS d) AS y"
        )
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def _counted(sort: _Sort, vendor: str) -> str:
    cell = ", ".join(
        f"{part} AS {name}" for part, name in zip(_cell(sort, "r.", vendor), KEY[1:], strict=True)
    )
    return (
        f"SELECT {_names(KEY)}, count(*) AS number FROM "  # noqa: S608
        f"(SELECT '{sort.of}' AS \"of\", {cell} FROM {sort.table} AS r WHERE {sort.when.format(r='r.')}) AS cells "
        f"GROUP BY {_names(KEY)}"
    )


def _cell(sort: _Sort, row: str, vendor: str) -> list[str]:
    due, none = _DUE[vendor].format(r=row), f"'{NO_DAY}'{_TYPES[vendor]}"
    mark = f"CASE WHEN {row}light = 'paused' THEN 'paused' ELSE 'running' END"
    return [part.format(r=row, due=due, none=none, mark=mark) for part in sort.cell]


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


_TABLE_ON_SQLITE = (
    f"DROP TABLE IF EXISTS {TABLE}",
    f'CREATE TABLE {TABLE} ("of" text NOT NULL, unit text NOT NULL, kind text NOT NULL, state text NOT NULL, '
    "mark text NOT NULL, day text NOT NULL, number integer NOT NULL, "
    f"PRIMARY KEY ({_names(_PLACED)})) WITHOUT ROWID",
)


def _on_sqlite() -> dict[str, tuple[str, str]]:
    """By name: how each trigger is dropped and made."""
    made = {}
    for sort in _SORTS:
        columns = ", ".join(sort.rests_on)
        differs = " OR ".join(f"{_said('NEW', name)} IS NOT {_said('OLD', name)}" for name in sort.rests_on)
        acts = {
            "insert": ("INSERT", "", _step(sort, "NEW.", 1)),
            "delete": ("DELETE", "", _step(sort, "OLD.", -1)),
            "update": (f"UPDATE OF {columns}", f" WHEN {differs}", _step(sort, "OLD.", -1) + _step(sort, "NEW.", 1)),
        }  # fmt: skip
        for act, (event, when, body) in acts.items():
            name = f"{TABLE}_{sort.of}_{act}"
            create = f"CREATE TRIGGER {name} AFTER {event} ON {sort.table}{when} BEGIN {body}END"
            made[name] = (f"DROP TRIGGER IF EXISTS {name}", create)
    return made


def _said(row: str, name: str) -> str:
    return f"({row}.light = 'paused')" if name == "light" else f"{row}.{name}"


def _step(sort: _Sort, row: str, number: int) -> str:
    cell, when = _cell(sort, row, "sqlite"), sort.when.format(r=row)
    values = ", ".join((f"'{sort.of}'", *cell, str(number)))
    there = " AND ".join(f'"{name}" = {part}' for name, part in zip(KEY[1:], cell, strict=True))
    gone = f"DELETE FROM {TABLE} WHERE \"of\" = '{sort.of}' AND {there} AND number = 0; "  # noqa: S608
    return (
        f"INSERT INTO {TABLE} SELECT {values} WHERE {when} "
        f"ON CONFLICT ({_names(KEY)}) DO UPDATE SET number = number + excluded.number; "
    ) + (gone if number < 0 else "")


_TABLE_ON_POSTGRESQL = (
    f"DROP TABLE IF EXISTS {TABLE}",
    f'CREATE TABLE {TABLE} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "of" text NOT NULL, unit text NOT NULL, '
    "kind text NOT NULL, state text NOT NULL, mark text NOT NULL, day date NOT NULL, number bigint NOT NULL) "
    "WITH (fillfactor = 50)",
    f"CREATE INDEX {TABLE}_cell ON {TABLE} ({_names(_PLACED)})",
)
_ADD_BODY = f"""
DECLARE slot bigint; held bigint;
BEGIN
  SELECT id, number INTO slot, held FROM {TABLE}
    WHERE "of" = p_of AND unit = p_unit AND kind = p_kind AND state = p_state AND mark = p_mark AND day = p_day
    LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF slot IS NULL THEN
    INSERT INTO {TABLE} ({_names(KEY)}, number) VALUES (p_of, p_unit, p_kind, p_state, p_mark, p_day, p_number);
  ELSIF held + p_number = 0 THEN
    DELETE FROM {TABLE} WHERE id = slot;
  ELSE
    UPDATE {TABLE} SET number = held + p_number WHERE id = slot;
  END IF;
END"""  # noqa: S608


def _body(table: str) -> str:
    """What a statement changed, cell by cell, added where it is not nothing."""
    sorts = [sort for sort in _SORTS if sort.table == table]

    def parts(rows: str, number: int) -> str:
        return " UNION ALL ".join(
            f"SELECT '{sort.of}'::text, {', '.join(_cell(sort, 'r.', 'postgresql'))}, {number} "  # noqa: S608
            f"FROM {rows} AS r WHERE {sort.when.format(r='r.')}"
            for sort in sorts
        )

    def loop(changed: str) -> str:
        return (
            f"FOR c IN SELECT of, unit, kind, state, mark, day, sum(number) AS number FROM ({changed}) "  # noqa: S608
            "AS t(of, unit, kind, state, mark, day, number) GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(number) <> 0 LOOP "
            f"PERFORM {_ADD}(c.of, c.unit, c.kind, c.state, c.mark, c.day, c.number); END LOOP; "
        )

    after, before = parts("new_rows", 1), parts("old_rows", -1)
    return (
        f"DECLARE c record; BEGIN IF TG_OP = 'INSERT' THEN {loop(after)}"
        f"ELSIF TG_OP = 'DELETE' THEN {loop(before)}ELSE {loop(f'{before} UNION ALL {after}')}END IF; RETURN NULL; END"
    )


_TABLES = {"case": _CASE, "item": _ITEM}
_FUNCTIONS = {_ADD: _ADD_BODY, **{f"{TABLE}_{short}": _body(table) for short, table in _TABLES.items()}}
_GIVEN = "p_of text, p_unit text, p_kind text, p_state text, p_mark text, p_day date, p_number numeric"


def _on_postgresql() -> dict[str, tuple[str, str]]:
    """By name: how each function and trigger is dropped and made."""
    made = {}
    for name, body in _FUNCTIONS.items():
        given, back = (_GIVEN, "void") if name == _ADD else ("", "trigger")
        create = f"CREATE OR REPLACE FUNCTION {name}({given}) RETURNS {back} LANGUAGE plpgsql AS $luodi${body}$luodi$"
        made[name] = ("SELECT 1", create)
    seen = {"INSERT": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
    seen["UPDATE"] = f"{seen['DELETE']} {seen['INSERT']}"
    for short, table in _TABLES.items():
        for act, rows in seen.items():
            name = f"{TABLE}_{short}_{act.lower()}"
            create = (
                f"CREATE TRIGGER {name} AFTER {act} ON {table} REFERENCING {rows} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_{short}()"
            )
            made[name] = (f"DROP TRIGGER IF EXISTS {name} ON {table}", create)
    return made
