"""Promises about telling an article from the page around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.reading.blocks.find import Block, find_blocks
from luodi.reading.blocks.rules import RULES
from luodi.reading.blocks.table_cells import cells_of
from luodi.reading.repair.driver import repair
from tests import real_pages
from tests.reading.labelled import Labelled, own, real, unseen
from tests.work import lines_run, must_end

CASES = Path(__file__).parent / "cases"
PAGES: list[dict[str, Any]] = json.loads((CASES / "blocks_pages.json").read_text("utf-8"))
SEEN = [page for page in [*own(), *real()] if page.stem not in unseen()]
ROWS: list[dict[str, Any]] = json.loads((CASES / "blocks_rows.json").read_text("utf-8"))


def page_and_lines(case: dict[str, Any]) -> tuple[str, list[tuple[int, int, str]]]:
    """The page's text and each line's place in it with the kind it should have."""
    text, lines = "", []
    for kind, line in case["lines"]:
        text += case["separator"] if text else ""
        lines.append((len(text), len(text) + len(line), kind))
        text += line
    return text, lines


def kind_at(blocks: list[Block], start: int, stop: int) -> str:
    """The kind of the block on ``[start, stop)``; ``merged`` where it began on an earlier line."""
    for block in blocks:
        if block.start < stop and start < block.stop:
            return "merged" if block.start < start else block.kind
    return "none"


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_every_line_of_a_page_is_told_for_what_it_is(case: dict[str, Any]) -> None:
    text, lines = page_and_lines(case)
    blocks = find_blocks(text)
    got = [(kind_at(blocks, start, stop), text[start:stop][:40]) for start, stop, _ in lines]
    wanted = [(kind, text[start:stop][:40]) for start, stop, kind in lines]
    assert got == wanted


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case["name"])
def test_a_row_is_one_block_from_its_content_to_its_unit_with_its_columns_named(case: dict[str, Any]) -> None:
    text = case["page"]
    rows = [block for block in find_blocks(text) if block.kind == "table_row"]
    assert [
        {name: cell.text for name, cell in zip(row.columns, cells_of(text, row), strict=True)} for row in rows
    ] == case["rows"]


PIECES = st.sampled_from(
    [
        "序号",
        "项目名称",
        "责任单位",
        "完成时限",
        "1",
        "2",
        "3",
        "区教育局",
        "12月底前",
        "新建学校3所。",
        "问：有哪些成效？",
        "答：完成投资3亿元。",
        "一、总体要求",
        "（一）目标",
        "1.新建公园5个",
        "相关新闻",
        "上一篇：无",
        "版权所有",
        "首页 > 要闻",
        "2023-01-02 10:00",
        "目录",
        "|",
        "\t",
        "各位代表：",
        "全年完成投资92.6亿元，占年度计划的118%，经济运行稳中向好。",
        "责任编辑：某某",
        "上一章",
        "下一章",
        "书架",
        "——访区委书记",
        "责任单位：区水利局",
        "   ",
    ]
)
PAGES_OF_PIECES = st.lists(
    st.tuples(PIECES, st.sampled_from(["\n", "\r\n", "\n\n", "　　", " ", "\t", " | ", ""])), max_size=60
).map(lambda parts: "".join(a + b for a, b in parts))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), PAGES_OF_PIECES))
def test_blocks_are_in_order_apart_literal_and_lose_no_line(text: str) -> None:
    blocks = find_blocks(text)
    at = 0
    for block in blocks:
        assert at <= block.start < block.stop <= len(text)
        assert text[block.start].strip() or not text[block.start].isprintable()
        assert block.rule
        at = block.stop
    assert find_blocks(text) == blocks


@settings(max_examples=100, deadline=None)
@given(PAGES_OF_PIECES)
def test_every_rule_that_decides_is_in_the_registry(text: str) -> None:
    assert {block.rule for block in find_blocks(text)} <= {rule.name for rule in RULES}


def test_every_rule_of_the_registry_has_a_meaning_and_an_example() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.meaning and rule.example for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_decides_its_own_example(rule: Any) -> None:
    assert rule.name in {block.rule for block in find_blocks(rule.example)}


def test_a_page_without_an_article_has_no_paragraph() -> None:
    page = "首页 | 新闻 | 财经\n友情链接\n云川网霁川网枫渚网北汀网\n版权所有 联系我们"
    assert {block.kind for block in find_blocks(page)} == {"furniture"}


def test_an_empty_page_has_no_blocks() -> None:
    assert find_blocks("") == find_blocks(" \n\r\n　\t\ufeff") == []


def test_one_enormous_line_takes_work_in_proportion_to_its_length() -> None:
    short, long = ("全区完成投资92.6亿元，新建学校3所" * n for n in (5_000, 20_000))
    find_blocks(short)
    assert lines_run(lambda: find_blocks(long)) < 6 * lines_run(lambda: find_blocks(short))
    with must_end():
        find_blocks(long * 20)


def kept(page: Labelled) -> list[tuple[int, int]]:
    """The spans of ``page``'s source that are read as article."""
    repaired = repair(page.raw.decode("utf-8"))
    return [
        repaired.source_span(block.start, block.stop)
        for block in find_blocks(repaired.text)
        if block.kind not in ("furniture", "byline", "title")
    ]


@pytest.mark.parametrize("page", SEEN, ids=lambda page: page.stem)
def test_all_that_is_said_on_a_labelled_page_is_kept(page: Labelled) -> None:
    spans = kept(page)
    lost = [
        said["start"]
        for said in page.label["statements"]
        if not any(start <= said["start"] and said["end"] <= stop for start, stop in spans)
    ]
    assert lost == []


@pytest.mark.skipif(not real_pages.are_here(), reason=real_pages.ABSENT)
def test_nothing_behind_the_article_of_the_real_pages_is_kept() -> None:
    for page in real():
        text = repair(page.raw.decode("utf-8")).text
        blocks = find_blocks(text)
        last = max(
            i for i, block in enumerate(blocks) if block.kind != "furniture" and block.kind != "byline"
        )
        first_tail = next(
            (i for i, block in enumerate(blocks) if block.rule in ("related", "footer", "comments")),
            len(blocks),
        )
        assert last < first_tail, page.stem
