"""The whole way from bytes to statements, and the laws that hold on it for any bytes."""

from __future__ import annotations

import re

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.command_line.records import DOUBT_FIELDS, DUE_FIELDS, FIELDS, FIGURE_FIELDS, records
from luodi.reading.document import Document
from luodi.reading.gold import as_gold
from luodi.reading.reader import LARGEST, read
from luodi.reading.refusals import Refused
from tests.reading.labelled import PAGES, REAL_PAGES, Labelled, own, real
from tests.work import lines_run

LABELLED = [*own(), *real()]
WORDS = (
    "今年 全区 新建 公园5个 ， 。 投资3.2亿元 力争 到2025年 （ ） “ ” ： ； 、 一、 （一） 1. 记者： 答： 区(qū) 經(jīng) ? ?! ,,"
    " \ufffd 同比增长 9.7% 完成 责任单位 序号 12 亿 万 来源： 2026-03-05 发布时间: <p> </p> <td> &nbsp; 第 年 月 日 个百分点"
)
FRAGMENTS = [*WORDS.split(" "), "\n", "\t", "　　"]
CHINESE = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)
HTML = CHINESE.map(lambda body: f"<html><body>{body}</body></html>")
BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(str.encode),
    CHINESE.map(lambda text: text.encode("gb18030")),
    CHINESE.map(str.encode),
    HTML.map(str.encode),
    st.tuples(CHINESE, st.binary(max_size=20), CHINESE).map(
        lambda three: three[0].encode() + three[1] + three[2].encode("gbk", "ignore")
    ),
    CHINESE.map(lambda text: text.encode("utf-16")),
)


def check(document: Document) -> None:
    """What holds of every document that was read."""
    source = document.source
    reached = 0
    for record in records(document):
        assert source[record["start"] : record["end"]] == record["quote"]
        assert reached <= record["start"] < record["end"] <= len(source)
        reached = record["end"]
        for figure in record["figures"]:
            assert record["start"] <= figure["start"] < figure["end"] <= record["end"]
            assert list(figure) == list(FIGURE_FIELDS) or set(figure) == set(FIGURE_FIELDS)
        if record["due"]:
            assert set(record["due"]) == set(DUE_FIELDS)
        for doubt in record["doubts"]:
            assert set(doubt) == set(DOUBT_FIELDS)
        assert list(record) == list(FIELDS)
        assert orjson.dumps(record)
    assert orjson.dumps(as_gold(document, "page"))


@pytest.mark.parametrize("page", LABELLED, ids=lambda page: page.stem)
def test_every_quote_is_literal_in_the_page_as_kept(page: Labelled) -> None:
    check(read(page.raw, page.stem))


def refusal(raw: bytes) -> Refused | None:
    """Read and check; why the bytes were refused, if they were. Nothing else may be raised."""
    try:
        document = read(raw, "x")
    except Refused as refused:
        return refused
    check(document)
    return None


@given(BYTES)
def test_reading_raises_on_no_bytes_whatever(raw: bytes) -> None:
    refused = refusal(raw)
    if refused is not None:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", refused.code)
        assert refused.message.endswith("。")


@given(st.data())
def test_a_page_cut_anywhere_and_mended_anyhow_is_still_read(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from([page.raw for page in LABELLED]))
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, min(start + 1200, len(raw))))
    damage = data.draw(st.binary(max_size=4))
    middle = (start + stop) // 2
    refused = refusal(raw[start:middle] + damage + raw[middle:stop])
    assert refused is None or refused.code == "binary"


@given(CHINESE)
def test_reading_twice_reads_the_same(text: str) -> None:
    first, second = (list(records(read(text.encode(), "x"))) for _ in range(2))
    assert first == second


def test_a_page_over_the_limit_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(b" " * (LARGEST + 1))
    assert refused.value.code == "too-large"


def test_a_guessed_digit_never_stands_in_a_figure() -> None:
    """A figure that touches a guessed or lost character would be a guess."""
    for path in [*sorted(PAGES.glob("g*.txt")), *sorted(REAL_PAGES.glob("*.txt"))]:
        document = read(path.read_bytes(), path.stem)
        for statement in document.statements:
            for figure in statement.figures:
                assert not document.is_damaged(figure.start, figure.stop), (path.stem, figure)


PAGE = "青岚区2026年重点工作\n2026-03-05\n　　今年，{}。\n"


ENDLESS = [
    "新建公园5个，",
    "新建公园5个。",
    "新建公园5个；",
    "建公园、",
    "“",
    "（",
    "5",
    "2025年",
    "区(qū)",
    "?",
    "甲\t5个\n",
]


@pytest.mark.parametrize("unit", ENDLESS)
def test_an_endless_line_four_times_as_long_takes_four_times_the_work(unit: str) -> None:
    def work(size: int) -> int:
        raw = PAGE.format(unit * (size // len(unit))).encode()
        return lines_run(lambda: read(raw))

    work(1_000)
    assert work(8_000) < 6 * work(2_000)
