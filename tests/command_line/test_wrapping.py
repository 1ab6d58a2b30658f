"""Width and breaking of lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luodi.command_line.wrapping import pad, printable, width_of, wrap

MIXED = st.text(st.sampled_from("新建公园，。（）“”5 3.7%亿元abcXYZ、…—é́🎉\u200b\u3000"), max_size=120)


def test_full_width_characters_take_two_columns_and_combining_marks_none() -> None:
    assert width_of("公园5个") == 7
    assert width_of("，（") == 4
    assert width_of("e\u0301\u200b") == 1
    assert width_of("🎉") == 2


def test_numbers_and_words_are_not_torn() -> None:
    for width in range(12, 30):
        lines = wrap("完成投资1234.56亿元，其中Luodi项目增长12.75%，面积3.2万亩", width)
        for whole in ("1234.56亿", "Luodi", "12.75%", "3.2万"):
            assert any(whole in line for line in lines), (width, lines)


def test_a_line_does_not_begin_with_a_closing_mark_nor_end_with_an_opening_one() -> None:
    for width in range(8, 24):
        for line in wrap("建立“月调度、季通报”机制（试行），落实《办法》。", width):
            assert line[0] not in "，。、”）》", (width, line)
            assert line[-1] not in "“（《", (width, line)


@given(MIXED, st.integers(2, 60))
def test_wrapping_loses_nothing_but_space_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(max_size=60), st.integers(2, 40))
def test_any_text_can_be_shown(text: str, width: int) -> None:
    line = printable(text)
    assert "\n" not in line
    assert "\x1b" not in line
    for part in wrap(line, width):
        assert width_of(pad(part, width)) >= width_of(part)
