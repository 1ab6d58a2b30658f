"""Statements case by case: kind, due and owner on short pages, deadlines in single sentences, days in the lines above a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luodi.reading.reader import read

HERE = Path(__file__).parent / "cases"
CASES: dict[str, Any] = json.loads((HERE / "statements.json").read_text("utf-8"))
CLASSES: dict[str, Any] = json.loads((HERE / "statements_classes.json").read_text("utf-8"))
AROUND = "青岚区工作情况\n2025-03-05 10:22\n{}\n全区上下将继续努力，不断增强人民群众的获得感、幸福感、安全感，奋力谱写新篇章。\n"
BELOW = "首页 > 要闻\n青岚区项目建设提速增效\n{}\n今年以来，全区新开工项目26个，完成投资31亿元。年底前新建公园5个。\n"


@pytest.mark.parametrize("case", [*CASES["pages"], *CLASSES["pages"]], ids=lambda case: case["about"][:40])
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


TALE = (
    "张家小院 第一百二十章\n"
    "“邵书记这话说得重了。”秦峰笑着道，这种话他听得太多了。\n"
    "“秦组长对我们县怎么看？”冯平笑了笑，忽然问了一句。\n"
    "“这是全县人口第一大镇，去年投资30亿元，建成厂房20万平方米。”秦峰打着哈哈。\n"
    "“产量高，就说明是一个农业县。”冯平叹了口气，目光转向窗外。\n"
    "“县长，我们计划年底前建成草莓基地5000亩。”刘峰语气坚定。\n"
    "他点了点头，沉默了一会儿。\n"
    "“那就先建两个基地，投资600万元。”\n"
)


def test_a_tale_states_nothing_though_no_control_of_a_novel_site_is_left() -> None:
    assert read(TALE.encode()).statements == []


def test_people_quoted_in_the_news_are_not_taken_for_a_tale() -> None:
    page = (
        "青岚区项目建设提速\n2025-03-05 10:22\n“今年新建学校6所。”区教育局局长温以宁说。\n"
        "“全区改造老旧小区20个。”区住建局副局长祝小禾介绍，声音不大却很坚定。\n"
        "3月4日，记者走进工地。\n全区新开工项目26个，完成投资31亿元。\n年底前新建公园5个。\n工程正在推进。\n"
    )
    assert len(read(page.encode()).statements) >= 3


def test_a_table_of_sums_gives_whole_rows_and_never_its_line_of_names() -> None:
    page = (
        "青岚区2024年重点项目1-9月推进情况\n2024-10-08\n1-9月，全区完成投资29.7亿元。\n"
        "项目类别 | 项目数量 | 2024年年度 计划投资 | 1-9月 完成投资 | 投资计划 完成率 |\n"
        "产业项目 | 94 | 25.35 | 20.55 | 79.63% |\n民生项目 | 29 | 2.41 | 1.27 | 52.64% |\n"
    )
    document = read(page.encode())
    rows = [(document.text[s.start : s.stop], s.object) for s in document.statements if s.rule == "table_row"]
    assert rows == [
        ("产业项目 | 94 | 25.35 | 20.55 | 79.63%", "产业项目"),
        ("民生项目 | 29 | 2.41 | 1.27 | 52.64%", "民生项目"),
    ]


def test_a_clause_that_only_waits_for_what_comes_then_is_no_part_of_the_statement() -> None:
    page = AROUND.format("改造道路9公里，计划8月底完工。项目完工后，通行质量将进一步提升。")
    document = read(page.encode())
    assert document.text[document.statements[0].start : document.statements[0].stop].endswith("计划8月底完工")
