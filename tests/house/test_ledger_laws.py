"""Laws of the ledger: who may write, what stands between a row and its event, and what the proofs lean on."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from luodi.kernel import ids
from luodi.kernel.ids import CASE, EVENT, SHARED
from luodi.kernel.ledger.guards import TABLES
from luodi.kernel.ledger.rows import ledger_models
from luodi.kernel.register import link_kinds
from luodi.kernel.search import texts
from luodi.portal import names
from tests.database import Guard
from tests.house.building import PACKAGE, ROOT, module_of, name_of, python_files, text_of, tree_of

LEDGER = PACKAGE / "kernel" / "ledger"
# what checking a proof takes; whoever gets a proof has no district at hand
PURE = ("tree", "notes", "checking", "tile_paths", "canonical")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_kind_of_row_with_an_address_has_a_letter_of_its_own() -> None:
    """An id in an address or as an event's subject tells by its letter what it names; all other rows share one letter."""
    assert all(re.fullmatch(r"[a-z]", model.LETTER) for model in ledger_models())
    letters = [model.LETTER for model in ledger_models() if model.LETTER != SHARED]
    assert len(letters) > 10
    assert sorted(letters) == sorted(set(letters) - {EVENT}), "twice given, or the events' own"


def test_letters_are_left_for_mechanisms_to_come() -> None:
    taken = {model.LETTER for model in ledger_models()} | {SHARED, EVENT, CASE}
    kept_for_cases = [model._meta.label for model in ledger_models() if model.LETTER == CASE]
    assert all(label.startswith("luodi_cases.") for label in kept_for_cases)
    assert len(set(string.ascii_lowercase) - taken) >= 6


def test_what_letters_mean_is_written_where_ids_are_made() -> None:
    table = ids.__doc__ or ""
    for model in ledger_models():
        assert re.search(rf"(?m)(^|\s){model.LETTER} \w", table), (
            f"{model._meta.label} is not in the table of ids.py"
        )


def test_pages_search_and_links_know_no_shared_letter() -> None:
    """Nothing may take the shared letter for a kind of row: neither addresses nor search, links nor code that asks for it."""
    own = {model.LETTER for model in ledger_models()} - {SHARED}
    assert set(names._PAGES) <= own | {EVENT, CASE}
    assert set(names._FIELDS) | set(texts.tellings()) <= own
    for kind in link_kinds._KINDS.values():
        assert set(kind.sources + kind.targets) <= own | {CASE}, kind.name
    sharing = {model.__name__ for model in ledger_models() if model.LETTER == SHARED}
    asked = re.compile(r"\b(\w+)\.LETTER\b")
    for path in python_files():
        assert sharing.isdisjoint(asked.findall(text_of(path))), (
            f"{name_of(path)} asks for a letter that many share"
        )


def test_every_ledger_row_keeps_to_the_base() -> None:
    """Rules of the domain do not hide in ``save``; what an image holds is decided in one place."""
    for model in ledger_models():
        for name in ("save", "delete", "save_base", "from_db"):
            assert getattr(model, name).__qualname__.split(".")[0] == "Model", (
                f"{model._meta.label} has its own {name}"
            )
        assert set(model.DERIVED) <= {field.name for field in model._meta.concrete_fields}
        # a row is one table's: whatever it inherits from has none
        assert all(base._meta.abstract for base in model.__bases__)


def test_the_ledger_knows_nothing_of_what_stands_upon_it() -> None:
    below = (
        "luodi.kernel.ledger",
        "luodi.kernel.privacy",
        "luodi.kernel.clocks",
        "luodi.kernel.ids",
        "luodi.kernel.refusal",
    )
    for path in python_files(LEDGER):
        upward = [name for name in imports(path) if name.startswith("luodi") and not name.startswith(below)]
        assert upward == [], name_of(path)


def test_a_proof_is_checked_where_no_framework_is() -> None:
    program = "import sys, importlib; sys.modules['django'] = None; [importlib.import_module(n) for n in sys.argv[1:]]"
    modules = [f"luodi.kernel.ledger.{name}" for name in PURE]
    finished = subprocess.run(
        [sys.executable, "-c", program, *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr


def test_no_migration_after_the_first_touches_the_log() -> None:
    names = {guarded.table.removeprefix("luodi_ledger_") for guarded in TABLES}
    for path in sorted((LEDGER / "migrations").glob("0*.py"))[1:]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value.lower() not in names, f"{name_of(path)} alters {node.value}"
                assert "luodi_ledger" not in node.value.lower() or node.value == "luodi_ledger", name_of(path)


def test_nothing_listens_for_saves() -> None:
    # a field's own ``pre_save`` gives its value for the database and listens to nobody
    heard = re.compile(r"(?<!def )(?<!field\.)\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b|\breceiver\(")
    assert [name_of(path) for path in python_files() if heard.search(text_of(path))] == []


def test_no_test_flushes() -> None:
    """Flushing empties tables, which the log forbids; committed data belongs into ``committed_database``."""
    flushed = re.compile(r"Transaction[T]estCase|LiveServer[T]estCase|transaction=[T]rue|[\"']fl[u]sh[\"']")
    assert [name_of(p) for p in python_files(ROOT / "tests") if flushed.search(text_of(p))] == []


def test_the_guard_knows_a_write_when_it_sees_one() -> None:
    from tests.database import _WRITES

    for sql in (
        'INSERT INTO "luodi_register_place" VALUES (1)',
        "insert or replace into luodi_register_place values (1)",
        "REPLACE INTO luodi_register_place VALUES (1)",
        ' UPDATE "luodi_register_place" SET x = 1',
        'DELETE FROM "luodi_register_place"',
        "TRUNCATE luodi_register_place",
        "TRUNCATE TABLE luodi_register_place",
        'WITH x AS (SELECT 1) UPDATE "luodi_register_place" SET x = 1',
    ):
        found = _WRITES.match(sql)
        assert found is not None, sql
        assert found[2] == "luodi_register_place"
    for sql in (
        'SELECT * FROM "luodi_register_place" FOR UPDATE',
        "INSERT INTO django_session VALUES (1)",
        "BEGIN",
    ):
        assert _WRITES.match(sql) is None, sql
    assert callable(Guard())


def test_everything_public_in_the_ledger_says_what_it_is_for() -> None:
    silent = [
        f"{module_of(path)}.{node.name}"
        for path in python_files(LEDGER)
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        if "migrations" not in path.parts
    ]
    assert silent == []
