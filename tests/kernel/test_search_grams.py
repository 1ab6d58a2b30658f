"""What the index sees of a text, and what it takes a question to mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.search.grams import LONGEST_WORD, MOST_TERMS, fold, grams, terms
from luodi.kernel.search.parts import LONGEST, parts
from luodi.kernel.search.postgresql import expression as pg_expression
from luodi.kernel.search.postgresql import vector
from luodi.kernel.search.snippets import snippet
from luodi.kernel.search.sqlite import expression

HAN = st.text(alphabet="养老服务中心建设年三五区改，。5Ga ", max_size=40)


def holds(text: str, query: str) -> bool:
    """What the databases do, in plain words: every term's tokens one behind the other."""
    tokens = grams(text)

    def stands(term) -> bool:
        size = len(term.tokens)
        for at in range(len(tokens) - size + 1):
            there = tokens[at : at + size]
            if tuple(there[:-1]) != term.tokens[:-1]:
                continue
            if there[-1] == term.tokens[-1] or (term.open_end and there[-1].startswith(term.tokens[-1])):
                return True
        return False

    return all(stands(term) for term in terms(query))


@pytest.mark.parametrize(
    ("text", "query", "is_held"),
    [
        ("今年新增养老床位500张", "养老", True),
        ("今年新增养老床位500张", "增养", True),
        ("今年新增养老床位500张", "老", True),
        ("今年新增养老床位500张", "张", True),
        ("今年新增养老床位500张", "500张", True),
        ("今年新增养老床位500张", "50", False),
        ("今年新增养老床位500张", "养老 床位", True),
        ("今年新增养老床位500张", "床位 养老", True),
        ("今年新增养老床位500张", "养老，医院", False),
        ("养老。服务", "老服", False),
        ("建设5G基站300个社区", "5g基站", True),
        ("建设５Ｇ基站300个社区", "5G", True),
        ("建设5G基站300个社区", "设5G", True),
        ("建设5G基站300个社区", "300个", True),
        ("完成投资12.5亿元", "12.5", True),
        ("12号线", "12号", True),
        ("一二三四", "一三", False),
    ],
)
def test_a_question_finds_what_it_names(text: str, query: str, is_held: bool) -> None:
    assert holds(text, query) is is_held


@given(HAN, st.integers(0, 40), st.integers(1, 8))
def test_any_chinese_stretch_of_a_text_is_found_in_it(text: str, start: int, size: int) -> None:
    stretch = text[start : start + size]
    if stretch and all("一" <= c <= "鿿" for c in stretch):
        assert holds(text, stretch)


@given(st.text(max_size=300))
def test_any_string_at_all_makes_harmless_terms(query: str) -> None:
    asked = terms(query)
    assert len(asked) <= MOST_TERMS
    for term in asked:
        assert term.tokens
        for token in term.tokens:
            assert token
            assert len(token) <= LONGEST_WORD
            assert not set(token) & set("\"'\\ \0*:&|!()<>-^+")
        assert expression([term]).count('"') == 2
        assert pg_expression(term).count("'") == 2 * len(term.tokens)
    assert len(fold(query)) == len(query)
    assert vector(query).count("'") == 2 * len(grams(query))


@given(st.text(alphabet="一二三四五六。！\n ab", max_size=3_000), st.integers(60, 300))
def test_parts_cover_a_text_and_stay_short(text: str, longest: int) -> None:
    covered = 0
    for start, part in parts(text, longest):
        assert text[start : start + len(part)] == part
        assert start <= covered
        assert len(part) <= longest
        covered = start + len(part)
    assert covered == len(text)


def test_no_word_is_lost_where_a_text_without_sentence_ends_is_cut() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(3 * LONGEST))
    for at in range(len(text) - 8):
        assert any(text[at : at + 8] in part for _, part in parts(text))


def test_a_snippet_shows_the_sentence_with_every_hit_marked() -> None:
    text = "前一句。今年新建养老院3所，养老床位500张。后一句。" + "尾" * 200
    at, pieces = snippet(text, terms("养老"))
    assert at == text.index("养老")
    assert pieces[0] == ("…", False)
    assert pieces[1] == ("今年新建", False)
    assert [words for words, is_hit in pieces if is_hit] == ["养老", "养老"]
    assert pieces[-1] == ("…", False)


def test_a_snippet_of_a_long_sentence_begins_shortly_before_the_hit() -> None:
    text = "长" * 300 + "养老" + "尾" * 300
    at, pieces = snippet(text, terms("养老"))
    assert at == 300
    assert sum(len(words) for words, _ in pieces) < 90
    assert ("养老", True) in pieces
