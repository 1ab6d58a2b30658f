"""Statements case by case: kind, due and owner on short pages, deadlines in single sentences, days in the lines above a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luodi.reading.reader import read

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "statements.json").read_text("utf-8"))
AROUND = "青岚区工作情况\n2025-03-05 10:22\n{}\n全区上下将继续努力，不断增强人民群众的获得感、幸福感、安全感，奋力谱写新篇章。\n"
BELOW = "首页 > 要闻\n青岚区项目建设提速增效\n{}\n今年以来，全区新开工项目26个，完成投资31亿元。年底前新建公园5个。\n"


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda case: case["about"][:40])
def test_a_page_gives_what_each_statement_is_when_it_is_due_and_whose_it_is(case: dict[str, Any]) -> None:
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


@pytest.mark.parametrize("case", CASES["dues"], ids=lambda case: case["text"])
def test_a_sentence_gives_the_day_by_which_or_up_to_which_it_speaks(case: dict[str, Any]) -> None:
    first = read(AROUND.format(case["text"]).encode()).statements[0]
    assert (first.due.until.isoformat() if first.due else None) == case["due"]


@pytest.mark.parametrize("case", CASES["days"], ids=lambda case: case["line"])
def test_the_day_of_a_page_is_found_in_whatever_line_it_stands(case: dict[str, Any]) -> None:
    spoken = read(BELOW.format(case["line"]).encode()).frame.speaks_of
    assert spoken is not None
    assert spoken.isoformat() == case["day"]


def test_a_note_about_who_and_when_is_no_statement_of_its_own() -> None:
    page = AROUND.replace("情况", "安排").format(
        "1．校园扩容。新建幼儿园3所。（责任单位：区教育局；完成时限：2025年8月底前）"
    )
    document = read(page.encode())
    assert [document.text[s.start : s.stop] for s in document.statements] == ["新建幼儿园3所"]
    assert document.statements[0].due is not None
    assert document.statements[0].due.rule == "due_in_note"


def test_an_advertisement_states_nothing() -> None:
    page = "沐蘅县疏通哪家好？\n专业师傅50名，好评率99%，不通不收费。\n马桶疏通：80元起。\n电话王师傅（微信同号）\n"
    assert read(page.encode()).statements == []
