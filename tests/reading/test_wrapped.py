"""Text broken into lines of one width is joined again, and nothing else is."""

from __future__ import annotations

import pytest

from luodi.reading.reader import read
from luodi.reading.repair.driver import repair

SENTENCES = (
    "过去的一年，在区委的坚强领导下，区政府团结依靠全区人民，积极实施清河工程，较好地完成了年度目标任务。"
    "持续狠抓招商引资、争资融资、项目建设，策划包装项目58个，引进招商项目20个，到位资金54.2亿元，争取上级资金"
    "13.4亿元，新建改建学校12所，改造老旧小区36个，惠及群众3.2万人，城镇新增就业6100人，新开通公交线路5条，"
    "改造提升农贸市场4个，新增停车位1200个，完成河道整治27.5公里，城乡面貌焕然一新。"
)


def wrapped(text: str, width: int) -> str:
    """``text`` in lines of ``width`` signs; no line ends between two digits, as printed lines do not."""
    lines, at = [], 0
    while at < len(text):
        stop = min(at + width, len(text))
        while stop < len(text) and text[stop - 1].isdigit() and text[stop] in "0123456789.":
            stop -= 1
        lines.append(text[at:stop])
        at = stop
    return "\n".join(lines)


@pytest.mark.parametrize("width", [26, 30, 34, 38])
def test_lines_of_one_width_become_the_sentences_they_were(width: int) -> None:
    found = repair("青岚区政府工作报告\n" + wrapped(SENTENCES, width))
    assert found.text == "青岚区政府工作报告\n" + SENTENCES
    assert {edit.rule for edit in found.edits} == {"wrapped_line"}


def test_a_statement_that_ran_over_a_line_walks_back_to_the_source_as_kept() -> None:
    source = "青岚区政府工作报告\n2024年1月10日\n一、2023年工作回顾\n" + wrapped(SENTENCES, 30)
    document = read(source.encode())
    broken = [s for s in document.statements if "\n" in source[slice(*document.source_span(s.start, s.stop))]]
    assert broken
    for statement in broken:
        low, high = document.source_span(statement.start, statement.stop)
        assert source[low:high].replace("\n", "") == document.text[statement.start : statement.stop]


def test_a_number_cut_by_a_line_is_not_put_together() -> None:
    lines = wrapped(SENTENCES, 30).split("\n")
    torn = [
        line[:-2] + "十5" if at == 2 else "3" + line[1:] if at == 3 else line for at, line in enumerate(lines)
    ]
    found = repair("\n".join(torn))
    assert "十5\n3" in found.text


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(f"{n}.新建改建学校{n}所，改造老旧小区{n}个，惠及群众{n}万人次" for n in range(2, 12)),
        "\n".join(["青岚区城市管理局关于开展市容环境集中整治的通知公告"] * 8),
        "\n".join([f"项目{n} | 新建公园{n}个、改造道路{n}条 | 区住房和城乡建设局" for n in range(2, 12)]),
        "\n\n".join(SENTENCES.split("，")),
        SENTENCES,
    ],
    ids=["items", "menu", "table", "paragraphs", "running text"],
)
def test_what_is_no_broken_text_stays_as_it_is(page: str) -> None:
    assert repair(page).edits == ()
