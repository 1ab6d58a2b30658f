"""Whatever is written in a paper comes out as that text: no markup, no formula, no part of a file."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.papers.glyphs import characters, drawn
from luodi.papers.paper import (
    Block,
    Facts,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Receipt,
    Signed,
    Table,
)
from luodi.papers.pdf import pdf
from luodi.papers.sheet import sheet
from luodi.papers.text import held
from luodi.papers.word import word
from tests.papers.given import DAY
from tests.papers.read_back import bare, in_pdf, in_sheets, in_word, said, whole_xml

HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd")',
    "#panic()",
    "$ x^2 $ @ref <label>",
    "\\u{41} \\n // /* */ `code` *b* _i_ = 头",
    "#{while true {}}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "{=1}",
    "'=1",
    '=HYPERLINK("http://x.invalid","y")',
    "_x0041_ _x000D_",
    "</w:t></w:r><w:p/>",
    "<![CDATA[x]]> &amp; &#0; <!-- -->",
    "{{ x }} {% y %} %(z)s ${a}",
    "&P &D &[Page]",
    "PAGE \\* MERGEFORMAT",
    "\x00\x07\x1b[31m\x7f\x9f",
    "\ud800\udfff\ufffe\uffff",
    "\u202e倒过来\u202c\u200b\u2066",
    "\r\n\r\n\n",
    "\t制表\t",
    "  两头有空  ",
    "🚧👩‍👩‍👧",
    "a\u0301\u0301\u0301",
    '"]}, "office": "别的',
)
words = st.sampled_from(HOSTILE) | st.text(
    st.characters() | st.sampled_from("=+-@#$\\`*_<>&'\"\n\r\t\x00\x08〔〕\ufffe"), max_size=20
)
# for PDF: what the font draws, and without signs that its reader joins or turns when it looks for lines
plain = st.text(
    st.sampled_from("中文督办第一二三，。（）#$@\\`*_=<>&{}[]\"'/;:!?%^~|0123456789abcXYZ"),
    min_size=1,
    max_size=10,
)


def is_something(text: str) -> bool:
    """Whether it may be a heading or a title."""
    return bool(text.strip())


@st.composite
def papers(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Paper:
    """A paper of any blocks in any order, with at least one table."""
    columns = draw(st.integers(1, 4))
    row = st.tuples(*[text] * columns)
    table = st.builds(Table, text, row, st.lists(row, max_size=3).map(tuple), empty=text)
    few = st.lists(text, min_size=1, max_size=3).map(tuple)
    block: st.SearchStrategy[Block] = st.one_of(
        st.builds(Paragraph, text, st.booleans(), st.booleans()),
        st.builds(Heading, text.filter(is_something)),
        table,
        st.builds(Facts, st.lists(st.tuples(text, text), min_size=1, max_size=3).map(tuple)),
        st.builds(Items, few, st.booleans()),
        st.builds(Signed, text, text),
        st.builds(Receipt, few),
        st.just(PageBreak()),
    )
    blocks = draw(st.lists(block, max_size=5))
    title = draw(text.filter(is_something))
    told = {name: draw(text) for name in ("office", "number", "dated", "foot")}
    return Paper(title, draw(st.dates(dt.date(1949, 10, 1))), (*blocks, draw(table)), **told)


def everything(text: str) -> Paper:
    """The same text in every place there is."""
    blocks: tuple[Block, ...] = (
        Paragraph(text),
        Paragraph(text, is_note=True),
        Heading(f"头{text}"),
        Facts(((text, text),)),
        Table(text, (text, text), ((text, text),)),
        Table(text, (text,), (), empty=text),
        Items((text, text)),
        Items((text,), is_numbered=True),
        Signed(text, text),
        Receipt((text,)),
    )
    return Paper(f"题{text}", DAY, blocks, office=text, number=text, dated=text, foot=text)


def check_word(paper: Paper) -> None:
    made = word(paper)
    whole_xml(made)
    found = in_word(made)
    for text in said(paper):
        told = held(text)
        assert told in found or all(line in found for line in told.split("\n")), repr(text)


def check_sheet(paper: Paper) -> None:
    made = sheet(paper)
    whole_xml(made)
    tables = [block for block in paper.blocks if isinstance(block, (Facts, Table))]
    found = in_sheets(made)
    assert len(found) == len(tables)
    for table, rows in zip(tables, found.values(), strict=True):
        given_rows = ((table.header,) if isinstance(table, Table) else ()) + table.rows
        assert rows == [[held(text) for text in row] for row in given_rows]


@given(papers(words))
@settings(max_examples=50)
def test_word_gives_back_what_was_put_in(paper: Paper) -> None:
    check_word(paper)


@given(papers(words))
@settings(max_examples=50)
def test_a_sheet_gives_back_what_was_put_in(paper: Paper) -> None:
    check_sheet(paper)


@given(papers(words))
@settings(max_examples=50)
def test_any_text_makes_a_pdf(paper: Paper) -> None:
    assert pdf(paper).startswith(b"%PDF")


@given(papers(plain))
@settings(max_examples=50)
def test_a_pdf_gives_back_what_was_put_in(paper: Paper) -> None:
    shown = in_pdf(pdf(paper))
    for text in said(paper):
        assert bare(text) in shown, repr(text)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_would_harm_is_only_text(text: str) -> None:
    paper = everything(text)
    check_word(paper)
    check_sheet(paper)
    shown = in_pdf(pdf(paper))
    for line in drawn(text).split("\n"):
        assert shown.count(bare(line)) >= len(said(paper)) or not bare(line), repr(line)


@given(st.text(st.characters()))
def test_what_is_drawn_is_in_the_font_and_nothing_is_dropped(text: str) -> None:
    shown = drawn(text)
    assert set(shown) - {"\n"} <= characters()
    assert len(shown) >= len(held(text))
