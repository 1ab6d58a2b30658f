"""Saved web pages: what a reader sees comes out, and every span of it is a span of the page as kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.reading.edits import EditedText
from luodi.reading.formats.html import RULES, Rule, looks_like_html, strip_markup
from tests.work import lines_run, must_end

TAGS = [
    *(
        "<p>",
        "</p>",
        "<P class='a'>",
        '<div id="x">',
        "</div>",
        "<br/>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
    ),
    *(
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<!doctype html>",
        "<",
        ">",
        "&nbsp;",
        "&#57;",
        "&amp",
        "&#xD800;",
        "&#0;",
    ),
    *(
        "<a href='/x'>",
        "</a>",
        '<a title="a<b>">',
        "<td\n",
        "<pre>",
        "</pre>",
        "<style>",
        "</STYLE >",
        "<select>",
        "<?",
    ),
]
WORDS = ["公园5个", "abc", " ", "\n", "\r\n", '"', "'", "\t", "，"]
PIECES = st.one_of(st.sampled_from(TAGS), st.sampled_from(WORDS), st.text(max_size=5))
PAGES = st.lists(PIECES, max_size=40).map("".join)


def seen(source: str) -> str:
    return strip_markup(source).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<html><p>新建<b>口袋</b>公园</p><p>5个</p>", "\n新建口袋公园\n5个\n"),
        ("<html>甲<br>乙<br/>丙<BR >丁", "\n甲\n乙\n丙\n丁"),
        ("<html>投资&nbsp;3&#46;2&#x4EBF;元 &lt;含税&gt;", "\n投资 3.2亿元 <含税>"),
        ("<html>甲<!-- 备注 <p>不显示</p> -->乙", "\n甲乙"),
        ("<html>甲<script>if (a<b) { x('</p>') }</script>乙<style>p{}</style>", "\n甲\n乙\n"),
        ("<html><p>建成高标准\n   农田，use open\ndata</p>", "\n建成高标准农田，use open data\n"),
        ("<html><pre>一行\n二行</pre>", "\n一行\n二行\n"),
        ('<html><a href="/">首页</a><a href="/x">公开</a>', "\n首页 公开"),
        ('<html><a title="若a<b>则">看</a>', "\n看"),
        ("<html>投资<5亿元，a < b", "\n投资<5亿元，a < b"),
        ("<html>没有关上的<p", "\n没有关上的<p"),
        ("<html><script>没有关上", "\n没有关上"),
    ],
)
def test_a_page_gives_the_text_its_reader_sees(source: str, text: str) -> None:
    assert seen(source) == text


def test_a_table_gives_a_line_a_row_and_a_tab_a_cell() -> None:
    rows = "<tr><th>序号</th><th>内容</th><th>单位</th></tr><tr><td>1</td><td></td><td><p>民政局<br>各镇</p></td></tr>"
    assert seen(f"<html><table>{rows}</table>") == "\n\t序号\t内容\t单位\n\t1\t\t民政局 各镇\n"


def test_a_table_that_only_lays_out_keeps_its_paragraphs_apart() -> None:
    page = (
        "<html><table><tr><td><table><tr><td><p>第一段</p><p>第二段</p></td></tr></table></td></tr></table>"
    )
    assert seen(page).split() == ["第一段", "第二段"]
    assert "\n" in seen(page).strip().replace("第一段", "").replace("第二段", "")


def test_lines_of_a_text_with_a_few_tags_stay_lines() -> None:
    text = "第一行\n第二行\n第三行\n第四行<b>粗</b>\n第五行<br>\n<i>第六行</i>\n第七行\n"
    assert looks_like_html(text)
    assert [line for line in seen(text).splitlines() if line] == [
        *("第一行", "第二行", "第三行", "第四行粗", "第五行", "第六行", "第七行")
    ]


@pytest.mark.parametrize(
    "text", ["", "投资<5亿元", "a < b > c", "《通知》<br>", "x" * 9000 + "<p><p><p>", "<5><6><7>"]
)
def test_what_is_no_page_is_left_alone(text: str) -> None:
    assert not looks_like_html(text)


@given(PAGES)
def test_the_map_back_never_runs_backwards_and_covers_what_it_says(source: str) -> None:
    stripped = strip_markup(source)
    reached = 0
    for at in range(len(stripped.text)):
        start, stop = stripped.source_span(at, at + 1)
        assert reached <= start <= stop <= len(source)
        reached = start


@given(PAGES)
def test_a_character_no_edit_touched_is_itself(source: str) -> None:
    stripped = strip_markup(source)
    made = {at for edit in stripped.edits for at in range(edit.start, edit.stop)}
    for at, char in enumerate(stripped.text):
        start, stop = stripped.source_span(at, at + 1)
        if start not in made:
            assert source[start:stop] == char


@given(PAGES)
def test_only_what_the_page_says_and_breaks_come_out(source: str) -> None:
    """Text never grows but by the signs that stand for markup."""
    stripped = strip_markup(source)
    for edit in stripped.edits:
        if edit.rule != "character_reference":
            assert set(edit.replacement) <= {"\n", "\t", " "}
            assert edit.replacement.count("\n") <= 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_is_shown_by_its_example(rule: Rule) -> None:
    assert rule.name in {edit.rule for edit in strip_markup(f"<html>{rule.example}").edits}


VAIN = [
    "<",
    "<a ",
    '<a "',
    "<a b='",
    "<!--",
    "<script>",
    "&a",
    "\n \n",
    "<p>",
    "<tr><td>",
    "<tr>",
    '<a t="<"x',
]
VAIN += ["<?", "</a><a>", "&#", "<pre>\n"]


@pytest.mark.parametrize("unit", VAIN)
def test_a_search_in_vain_is_made_once_not_once_a_tag(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (5_000, 20_000))
    assert lines_run(lambda: strip_markup(long)) < 6 * max(lines_run(lambda: strip_markup(short)), 500)
    with must_end():
        strip_markup(unit * (1_000_000 // len(unit)))


def test_an_edited_text_is_returned_for_any_page() -> None:
    assert isinstance(strip_markup("<html>"), EditedText)
