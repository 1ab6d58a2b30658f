"""A number written in any of its forms is read back: laws of the readers of numbers, and of ``--bare``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luodi.reading.bare import find_bare
from luodi.reading.numbers.signs import plain
from luodi.reading.numbers.written import number_at
from tests.reading.test_figures import chinese
from tests.work import lines_run

FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿两点负", "萬億兩點負")
WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
LINES = st.text(
    alphabet="0123456789.:/%,-+^eEkKM第分之又百千万亿一二两三四十零半负点成折年月日号周时元个米 人，（）",
    max_size=40,
)


def only(text: str) -> str:
    """The one number of a text."""
    (bare,) = find_bare(text)
    return bare.number


@given(st.integers(min_value=11, max_value=10**12 - 1))
def test_every_way_of_writing_a_whole_number_gives_the_same(number: int) -> None:
    han = chinese(number)
    ways = [
        f"{number:,}",
        f"{number:,}".translate(WIDE),
        han,
        han.translate(FORMAL),
        han.translate(TRADITIONAL),
    ]
    assert {Decimal(only(f"计{way}。")) for way in ways} == {Decimal(number)}


@given(st.integers(0, 9999), st.integers(0, 999), st.booleans())
def test_a_decimal_is_exact_in_both_scripts(whole: int, rest: int, below: bool) -> None:
    digits = f"{rest:03}"
    spoken = "".join("零一二三四五六七八九"[int(digit)] for digit in digits)
    sign = "负" if below else ""
    expected = Decimal(f"{'-' if below else ''}{whole}.{digits}")
    assert Decimal(only(f"为{sign}{whole}.{digits}。")) == expected
    assert Decimal(only(f"为{sign}{chinese(whole) or '零'}点{spoken}。")) == expected


@given(st.integers(2, 999), st.integers(1, 999))
def test_a_fraction_keeps_its_two_numbers(below: int, above: int) -> None:
    for written in (f"{chinese(below)}分之{chinese(above)}", f"{below}分之{above}", f"{above}/{below}"):
        if below != 100 or "/" in written or written[0] not in "百一":
            assert Fraction(only(f"占 {written}。")) == Fraction(above, below)


@given(st.integers(1, 999), st.integers(2, 99), st.integers(1, 98))
def test_a_whole_and_a_fraction_are_one_number(whole: int, below: int, above: int) -> None:
    written = f"{chinese(whole)}又{chinese(below)}分之{chinese(above)}"
    assert Fraction(only(f"得{written}。")) == whole + Fraction(above, below)


@given(
    st.integers(1, 200),
    st.sampled_from(["百分之{h}", "{n}%", "{n} ％", "百 分 之 {n}", "{h}个百分点", "{n}个百分点"]),
)
def test_a_share_is_told_in_hundredths_however_written(number: int, form: str) -> None:
    (bare,) = find_bare(f"增长{form.format(h=chinese(number), n=number)}。")
    assert (bare.kind, Decimal(bare.number)) == ("percentage", Decimal(number))


@given(st.integers(1, 9), st.integers(1, 9))
def test_tenths_are_shares_too(tens: int, more: int) -> None:
    assert only(f"约{chinese(tens)}成{chinese(more)}。") == f"{tens}{more}"
    assert only(f"打{chinese(tens)}{chinese(more)}折。") == f"{tens}{more}"
    assert Decimal(only(f"打{tens}.{more}折。")) == Decimal(f"{tens}{more}")


@given(st.integers(1, 9999))
def test_an_ordinal_is_its_number(number: int) -> None:
    for written in (f"第{number}", f"第{chinese(number)}"):
        (bare,) = find_bare(f"位居{written}。")
        assert (bare.kind, bare.number) == ("ordinal", str(number))


@given(LINES)
@example("+21两千工作日")
@example("0十%")
@example(".5十本")
@example("82023年五一周")
def test_no_digit_is_left_out_and_every_span_is_literal(text: str) -> None:
    found = find_bare(text)
    assert all(one.stop <= other.start for one, other in pairwise(found))
    told = {at for bare in found for at in range(bare.start, bare.stop)}
    assert {at for at, sign in enumerate(text) if sign.isdecimal() and sign.isascii()} <= told
    for bare in found:
        assert Fraction(bare.number) is not None if bare.kind not in ("code", "ratio") else bare.number


@given(st.text(max_size=60))
def test_plain_signs_keep_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("written", ["一切", "三三两两", "万一", "百姓", "千万", "统一"])
def test_words_that_hold_a_numeral_are_no_numbers(written: str) -> None:
    assert find_bare(f"他们{written}如此") == []


def test_what_would_need_too_many_digits_is_refused_not_rounded() -> None:
    assert number_at("1" * 60, 0) is None
    assert number_at("2^400", 0) is None or number_at("2^400", 0) == number_at("2", 0)


@pytest.mark.parametrize(
    "piece", ["1万", "1,111", "一", "点一", "百分之", "又", "一 ", "半", "第一", "1/", "九折", "2e5", "1."]
)
def test_the_work_grows_with_the_line_and_no_faster(piece: str) -> None:
    find_bare(piece)
    short, long = (lines_run(partial(find_bare, piece * n)) for n in (200, 800))
    assert long < 6 * max(short, 500)
