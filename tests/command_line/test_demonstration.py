"""The invented district as its loader leaves it: whole, believable, with every fate that the board can show."""

from __future__ import annotations

import sqlite3
import urllib.request
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from luodi.website.demonstration.log_ins import LOG_INS
from luodi.website.demonstration.script import DOCUMENTS, page_file, read_district, read_script
from tests.command_line.districts import district
from tests.command_line.front_door import PAGES
from tests.command_line.served import free_port, served
from tests.garbler import documents

ROLES = {"administrator", "office", "reviewer", "reporter", "verifier", "leader"}
# sentences that claim more than another unit found: the promise, what was claimed, what was found, the unit
OVER_CLAIMS = """
    SELECT DISTINCT c.id, y.text, CAST(f.number AS REAL), CAST(v.number AS REAL), r.unit
    FROM luodi_commitments_said i
    JOIN luodi_commitments_commitment c ON c.id = i.commitment_id
    JOIN luodi_documents_reading y ON y.statement_id = i.statement_id
    JOIN luodi_documents_figure f ON f.reading_id = y.id
    JOIN luodi_commitments_report r ON r.commitment_id = c.id AND r.unit = f.unit
    JOIN luodi_commitments_verification v ON v.report_id = r.id AND v.verdict = 'sent_back'
    WHERE i.role = 'claims' AND NOT i.undone AND v.number <> '' AND CAST(f.number AS REAL) > CAST(v.number AS REAL)
      AND abs(julianday(v.as_of) - julianday(i.day)) < 60
"""


def asked(data: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "luodi.sqlite3")) as opened:
        return opened.execute(query).fetchall()


def count(data: Path, table: str, where: str = "1") -> int:
    [(found,)] = asked(data, f"SELECT count(*) FROM luodi_{table} WHERE {where}")
    return int(found)


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def lines(act: str) -> int:
    """How often the script says so."""
    return sum(step.act.partition("@")[0] == act for step in read_script().steps())


def test_it_is_large_enough_to_be_believed(demonstration_once: Path) -> None:
    assert asked(demonstration_once, "SELECT name, kind, code FROM luodi_register_district") == [
        ("青岚区", "demonstration", "990102")
    ]
    assert count(demonstration_once, "documents_source") >= 60
    assert count(demonstration_once, "register_unit") >= 15
    assert count(demonstration_once, "register_post") >= 40
    assert count(demonstration_once, "commitments_commitment", "state <> 'undone'") >= 200


def test_every_decision_of_the_script_was_carried_out(demonstration_once: Path) -> None:
    """A better reader may split a sentence otherwise: then the script has to be looked at, not the loader."""
    script = read_script()
    made = count(demonstration_once, "commitments_commitment")
    assert made == len(script.promises) + lines("carry")
    assert count(demonstration_once, "documents_source") == len(script.pages)
    assert count(demonstration_once, "commitments_report", "kind = 'progress'") == lines("progress")
    assert count(demonstration_once, "commitments_report", "kind = 'done'") == lines("done")
    assert count(demonstration_once, "commitments_verification", "verdict = 'verified'") == lines("verified")
    sent_back = lines("sent_back") + lines("reopened")
    assert count(demonstration_once, "commitments_verification", "verdict = 'sent_back'") == sent_back
    assert count(demonstration_once, "documents_judgement", "verdict = 'refuse'") == lines("refuse")
    assert count(demonstration_once, "commitments_objection") == lines("objected")


def test_every_fate_is_there_in_a_believable_measure(demonstration_once: Path) -> None:
    found = dict(
        asked(demonstration_once, "SELECT board, count(*) FROM luodi_commitments_standing GROUP BY 1")
    )
    assert set(found) == {
        *("kept", "claimed", "going", "overdue", "vague", "dropped", "merged", "carried", "undone")
    }
    counted = sum(found[name] for name in ("kept", "claimed", "going", "overdue", "vague"))
    shares = {name: found[name] / counted for name in ("kept", "claimed", "going", "overdue")}
    assert 0.4 < shares["kept"] < 0.6, shares
    assert 0.06 < shares["claimed"] < 0.15, shares
    assert 0.15 < shares["going"] < 0.3, shares
    assert 0.08 < shares["overdue"] < 0.18, shares
    lights = asked(demonstration_once, "SELECT DISTINCT light FROM luodi_commitments_standing")
    assert {light for (light,) in lights} == {"red", "amber", "green", "paused"}
    objections = asked(demonstration_once, "SELECT DISTINCT state FROM luodi_commitments_objection")
    assert {state for (state,) in objections} == {"open", "answered"}


def test_who_did_the_work_verified_none_of_it(demonstration_once: Path) -> None:
    own = """SELECT 1 FROM luodi_commitments_verification v JOIN luodi_commitments_report r ON r.id = v.report_id
             JOIN luodi_commitments_commitment c ON c.id = r.commitment_id
             WHERE v.unit_of_id IN (r.unit_of_id, c.lead_unit_id)"""
    assert asked(demonstration_once, own) == []
    judges = asked(demonstration_once, "SELECT DISTINCT unit_of_id FROM luodi_commitments_verification")
    assert len(judges) >= 3


def test_targets_change_quietly_and_the_product_finds_it(demonstration_once: Path) -> None:
    """The script does not say which sentence changed which promise: the matcher finds them, and people take what it found."""
    told = {
        (each.promise.title, act)
        for each in read_script().steps()
        if each.promise
        for act in (each.act, *each.words[:1])
    }
    assert not any(act == "changes" for _, act in told)
    found = asked(
        demonstration_once,
        """SELECT c.title FROM luodi_commitments_said i JOIN luodi_commitments_commitment c ON c.id = i.commitment_id
           WHERE i.role = 'changes' AND NOT i.undone""",
    )
    quiet = {title for (title,) in found if (title, "change") not in told}
    assert len(quiet) >= 3
    assert "到2025年底建成公共充电桩2400个" in quiet, "2,400 became 1,800"


def test_promises_vanish_and_the_product_finds_it(demonstration_once: Path) -> None:
    silent = count(demonstration_once, "commitments_said", "role = 'silent' AND NOT undone")
    assert silent - lines("silent") >= 3
    assert lines("withdraw") >= 1
    assert count(demonstration_once, "documents_source", "withdrawn_on IS NOT NULL") == lines("withdraw")


def test_what_was_claimed_and_what_was_found_stand_on_one_public_page(demonstration: Path) -> None:
    found = asked(demonstration, OVER_CLAIMS)
    promises = {row[0] for row in found}
    assert len(promises) >= 3
    with served(demonstration, "--port", str(free_port())) as up:
        for promise, words, claimed, verified, unit in found:
            page = fetch(f"{up.address}c/{promise}")
            assert "公开说已经做到" in page
            assert words in page
            assert claimed > verified
            assert f"{verified:g}{unit}" in page.replace(",", ""), (promise, verified)


def test_photos_are_handed_in_and_one_of_them_twice(demonstration_once: Path) -> None:
    assert count(demonstration_once, "files_photo") >= 40
    twice = asked(
        demonstration_once,
        """SELECT f.id FROM luodi_commitments_report r JOIN luodi_files_file f ON f.id = r.evidence_id
           WHERE f.media_type = 'image/jpeg' GROUP BY 1 HAVING count(*) > 1""",
    )
    assert len(twice) == 1


def test_its_history_runs_over_three_years_and_ends_on_its_day(demonstration_once: Path) -> None:
    [(first, last)] = asked(demonstration_once, "SELECT min(at), max(at) FROM luodi_ledger_event")
    assert str(first).startswith("2023-09-22")
    assert str(last).startswith("2026-09-22")


def test_it_verifies(demonstration_once: Path) -> None:
    assert district("verify", "--data", demonstration_once).code == 0


def test_the_script_names_only_what_there_is() -> None:
    script, told = read_script(), read_district()
    units = {unit["key"] for unit in told["unit"]}
    assert {promise.lead for promise in script.promises} <= units
    assert {key for promise in script.promises for key in promise.helpers} <= units
    assert {step.page for step in script.steps() if step.turn is None and step.project is None} <= set(
        script.pages
    )
    assert all(page_file(page).is_file() for page in script.pages)
    promises = Counter((promise.page, promise.near) for promise in script.promises)
    assert [promise for promise, times in promises.items() if times > 1] == []


def test_a_document_is_no_labelled_page() -> None:
    """Scores of reading are measured on pages with labels; the documents beside them are for the district alone."""
    assert not {path.name for path in DOCUMENTS.iterdir()} & {path.name for path in PAGES.iterdir()}


@pytest.mark.parametrize(("plain", "name", "profile", "seed"), documents.CHOICES)
def test_a_garbled_document_is_what_the_garbler_makes_of_the_plain_one(
    plain: str, name: str, profile: Any, seed: int
) -> None:
    kept = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    assert kept == documents.garbled(plain, profile, seed)


def test_each_role_is_listed_once_with_what_it_can_do(demonstration_once: Path) -> None:
    assert sorted(each.role for each in LOG_INS) == sorted(ROLES)
    assert all(each.can and each.who for each in LOG_INS)
    granted = asked(
        demonstration_once,
        """SELECT a.login, g.role FROM luodi_accounts_account a
           JOIN luodi_register_appointment p ON p.person_id = a.person_id
           JOIN luodi_accounts_grant g ON g.post_id = p.post_id""",
    )
    assert {(each.name, each.role) for each in LOG_INS} <= set(granted)


@pytest.mark.parametrize("size", ["0", "-3", "x", "1000001"])
def test_a_size_that_makes_no_sense_is_said(size: str, tmp_path: Path) -> None:
    refused = district("prepare", "--size", size, "--data", tmp_path / "none")
    assert refused.code == 2
    assert "1 至 1000000" in refused.err or "参数" in refused.err
    assert not (tmp_path / "none").exists()
