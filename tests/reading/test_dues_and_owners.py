"""When a statement is due and whose it is, on short pages: one case for each way of writing it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luodi.reading.reader import read

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "cases" / "dues_and_owners.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda case: case["about"])
def test_each_statement_of_a_page_has_its_day_and_its_owner(case: dict[str, Any]) -> None:
    document = read(case["page"].encode())
    found = [
        {
            "kind": s.kind,
            "due": s.due.until.isoformat() if s.due else None,
            "owner": s.owner,
            "quote": document.text[s.start : s.stop],
        }
        for s in document.statements
    ]
    quotes = {wanted["quote"] for wanted in case["want"]}
    assert [s for s in found if s["quote"] in quotes] == case["want"]
