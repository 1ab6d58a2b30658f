"""Kind, worth and object of statements on pages shaped like real ones, case by case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luodi.reading.reader import read

HERE = Path(__file__).parent / "cases"
KINDS: list[dict[str, Any]] = json.loads((HERE / "statements_kinds.json").read_text("utf-8"))["pages"]
OBJECTS: dict[str, Any] = json.loads((HERE / "objects.json").read_text("utf-8"))
AROUND = "青岚区工作情况\n2025-03-05 10:22\n{}\n全区上下将继续努力，不断增强人民群众的获得感、幸福感、安全感，奋力谱写新篇章。\n"


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["about"][:40])
def test_a_page_gives_what_each_statement_is(case: dict[str, Any]) -> None:
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


@pytest.mark.parametrize("case", OBJECTS["objects"], ids=lambda case: case["text"])
def test_a_statement_names_what_is_delivered_as_one_would_name_it(case: dict[str, Any]) -> None:
    first = read(AROUND.format(case["text"]).encode()).statements[0]
    assert first.object == case["object"]


@pytest.mark.parametrize("page", OBJECTS["tales"], ids=lambda page: page[:12])
def test_a_tale_without_quotation_marks_or_controls_states_nothing(page: str) -> None:
    assert read(page.encode()).statements == []


@pytest.mark.parametrize("text", OBJECTS["left"])
def test_what_only_leads_on_or_tells_of_no_deed_states_nothing(text: str) -> None:
    assert read(AROUND.format(text).encode()).statements == []
