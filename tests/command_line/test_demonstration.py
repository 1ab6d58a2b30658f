"""The invented district as its loader leaves it: small, whole, and with every fate that the board can show."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from luodi.website.demonstration.script import PAGES, read_district, read_script


def asked(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "luodi.sqlite3")) as opened:
        return opened.execute(query).fetchall()


def test_it_has_units_posts_and_log_ins(demonstration_once: Path) -> None:
    assert asked(demonstration_once, "SELECT name, kind, code FROM luodi_register_district") == [
        ("青岚区", "demonstration", "990102")
    ]
    for table, least in (("register_unit", 10), ("register_post", 20), ("accounts_account", 5)):
        [(count,)] = asked(demonstration_once, f"SELECT count(*) FROM luodi_{table}")
        assert int(str(count)) >= least


def test_every_decision_of_the_script_was_carried_out(demonstration_once: Path) -> None:
    """A better reader may split a sentence otherwise: then the script has to be looked at, not the loader."""
    script = read_script()
    carried = sum(" carry " in line for life in script.lives for line in life)
    [(count,)] = asked(demonstration_once, "SELECT count(*) FROM luodi_commitments_commitment")
    assert count == len(script.promises) + carried
    [(sources,)] = asked(demonstration_once, "SELECT count(*) FROM luodi_documents_source")
    assert sources == len(script.pages)


def test_every_fate_is_there(demonstration_once: Path) -> None:
    fates = {row[0] for row in asked(demonstration_once, "SELECT board FROM luodi_commitments_standing")}
    assert fates >= {"kept", "claimed", "going", "overdue", "dropped", "carried"}
    flags = asked(demonstration_once, "SELECT max(changed), max(gone) FROM luodi_commitments_standing")
    assert flags == [(1, 1)]
    assert asked(
        demonstration_once, "SELECT 1 FROM luodi_commitments_verification WHERE verdict = 'sent_back' LIMIT 1"
    )


def test_its_history_runs_over_three_years_and_ends_on_its_day(demonstration_once: Path) -> None:
    [(first, last)] = asked(demonstration_once, "SELECT min(at), max(at) FROM luodi_ledger_event")
    assert str(first).startswith("2023-09-22")
    assert str(last).startswith("2026-09-22")


def test_the_script_names_only_what_there_is() -> None:
    script, district = read_script(), read_district()
    units = {unit["key"] for unit in district["unit"]}
    assert {promise.lead for promise in script.promises} <= units
    assert {key for promise in script.promises for key in promise.helpers} <= units
    assert {promise.page for promise in script.promises} <= set(script.pages)
    assert all(list(PAGES.glob(f"{page}-*.txt")) for page in script.pages)
