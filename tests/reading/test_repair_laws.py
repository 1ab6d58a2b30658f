"""Laws of repair: clean text passes byte for byte, the map holds, nothing raises, time is linear."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.reading.edits import EditedText
from luodi.reading.repair.driver import repair
from luodi.reading.repair.traditional import simplify
from tests.work import lines_run, must_end

LABELLED = json.loads((Path(__file__).with_name("cases") / "repair.json").read_text("utf-8"))
DAMAGED = [case["original"] for case in LABELLED]

GB2312 = "".join(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA) or row > 0xD7
)
MARKS = "，。、；：“”‘’！？（）《》—…· \n?!,.()%0123456789"
TRADITIONAL_LINES = (
    "學校將於後年落成，裡面設有圖書館",
    "區議會對經濟發展表示關注，市民可於網上提出意見",
    "這個問題應該怎樣處理",
    "當局稱會繼續監察空氣質素及環境衛生",
    "她說：「我們都很高興」",
    "颱風過後，港鐵服務陸續恢復正常",
)
JAPANESE = st.text(
    "あいうえおかきくけこさしすせそのをはがでにアイウエオ東京都経済発展環境保護来年度予算案国会議員学校区長開催実現進関説書図点?!。、「」1234567890",
    max_size=80,
)
CHINESE = st.text(GB2312 + MARKS, max_size=120)
TRADITIONAL = st.lists(
    st.tuples(st.sampled_from(TRADITIONAL_LINES), st.sampled_from(["。", "？！", "?!", "??", "，", "\n"]))
).map(lambda pieces: "".join(line + mark for line, mark in pieces))
KOREAN = st.text(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.sampled_from(" ?!.,()12"), max_size=80
)
ASCII = st.text(st.characters(max_codepoint=126), max_size=200)
BROKEN = st.lists(
    st.sampled_from(DAMAGED) | st.text("?!？！,，()區會開説睄笔痉焙幽宵ūìn{^S€9%. \n\ud800", max_size=12),
    max_size=6,
).map("".join)


@given(st.one_of(CHINESE, TRADITIONAL, JAPANESE, KOREAN, ASCII))
def test_clean_text_in_any_language_passes_byte_for_byte(text):
    assert repair(text).edits == ()


@given(st.one_of(st.text(), BROKEN))
def test_repair_takes_any_text_and_its_map_holds(text):
    assert_map_holds(repair(text))


@given(st.one_of(st.text(), BROKEN, TRADITIONAL))
def test_simplify_takes_any_text_and_its_map_holds(text):
    assert_map_holds(simplify(text))


@given(BROKEN)
def test_what_is_not_certain_never_holds_a_digit(text):
    for edit in repair(text).edits:
        if edit.certainty != "exact":
            assert not set(edit.replacement) & set("0123456789.%一二三四五六七八九十百千万亿")


@given(BROKEN)
def test_a_repaired_text_is_not_damaged_any_more(text):
    repaired = repair(text)
    if all(edit.certainty == "exact" for edit in repaired.edits):
        assert repair(repaired.text).text == repaired.text


def assert_map_holds(edited: EditedText) -> None:
    """An untouched character maps to itself; the map never runs backwards; edits are in order."""
    source, text = edited.source, edited.text
    touched = [False] * len(source)
    reached = 0
    for edit in edited.edits:
        assert reached <= edit.start <= edit.stop <= len(source)
        assert source[edit.start : edit.stop] != edit.replacement
        reached = edit.stop
        for at in range(edit.start, edit.stop):
            touched[at] = True
    before = (0, 0)
    for at in range(len(text)):
        start, stop = edited.source_span(at, at + 1)
        assert 0 <= start <= stop <= len(source)
        assert (start, stop) >= before
        before = (start, stop)
        if not edited.edits_within(at, at + 1):
            assert stop == start + 1
            assert source[start] == text[at]
            assert not touched[start]


@pytest.mark.parametrize("hostile", ["?!", "?", "?!睄區", "日?qǐng)", "(", ",", "?笔痉秴焙", "區(", "？！A"])
def test_hostile_text_takes_work_in_proportion_to_its_length(hostile):
    head = "全區(qū)經(jīng)濟(jì)發(fā)展會(huì)議開(kāi)展"
    repair(head + hostile * 100)
    short, long = (lines_run(partial(repair, head + hostile * (n // len(hostile)))) for n in (1_000, 4_000))
    assert long < 6 * max(short, 2_000)
    with must_end():
        repair(head + hostile * (60_000 // len(hostile)))


def test_a_clean_document_never_loads_the_tables():
    program = (
        "from luodi.reading.repair import driver, tables\n"
        "driver.repair('今年，全区新建学校3所。' * 1000)\n"
        "print(tables.simplified_of.cache_info().currsize, tables.commonness.cache_info().currsize)"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["0", "0"]
