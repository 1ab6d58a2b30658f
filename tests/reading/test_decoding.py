"""What decoding promises: the right text of every encoding district pages come in, else a refusal, never a crash."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.reading.decoding import Decoded, decode
from luodi.reading.refusals import Refused

SIMPLIFIED = "青岚区2024年将新建学校3所，一、二季度完成。\r\n总投资190亿元。\r"
TRADITIONAL = "本區將於二零二四年興建三所學校，總投資額一百九十億元。歡迎市民提出意見。\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_simplified_chinese_is_read_in_every_encoding_it_comes_in(encoding):
    decoded = decode(SIMPLIFIED.encode(encoding))
    assert (decoded.text, decoded.errors) == (SIMPLIFIED, 0)
    assert decoded.encoding == ("gb18030" if encoding == "gbk" else encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark, encoding):
    assert decode(mark + SIMPLIFIED.encode(encoding)) == Decoded(SIMPLIFIED, encoding)


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL * 50, "聯絡我們", "中文", "香港"])
def test_big5_is_told_from_gb18030(text):
    assert decode(text.encode("big5")) == Decoded(text, "big5")


def test_traditional_chinese_in_gb18030_is_not_taken_for_big5():
    assert decode(TRADITIONAL.encode("gb18030")) == Decoded(TRADITIONAL, "gb18030")


def test_a_declared_charset_is_believed_where_it_decodes_strictly():
    japanese = "来年度の予算案"
    assert decode(japanese.encode("shift_jis"), "Shift_JIS").text == japanese
    assert decode(TRADITIONAL.encode("big5"), "big5").encoding == "big5"
    assert decode("联通".encode("gbk"), "GB2312") == Decoded("联通", "gb18030")


def test_a_declaration_inside_the_page_counts():
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"></head>' + TRADITIONAL
    )
    assert decode(page.encode("big5")) == Decoded(page, "big5")


def test_a_declaration_left_standing_in_a_page_saved_anew_is_not_believed():
    page = "<meta charset=gb2312>" + SIMPLIFIED
    assert decode(page.encode("utf-8")) == Decoded(page, "utf-8")


@pytest.mark.parametrize(
    "declared", ["", "no-such-charset", "hex", "rot13", "\0", "utf-16", "latin-1", "undefined", "é"]
)
def test_a_useless_declaration_does_no_harm(declared):
    assert decode(SIMPLIFIED.encode("gb18030"), declared) == Decoded(SIMPLIFIED, "gb18030")


def test_line_ends_and_composed_characters_stay_as_they_are():
    text = "甲\r\n乙\r丙\n\u2028e\u0301ﬁ①"
    assert decode(text.encode("utf-8")).text == text


def test_what_cannot_be_decoded_is_marked_and_counted():
    assert decode("新建学校3所".encode()[:-1]) == Decoded("新建学校3\ufffd", "utf-8", 1)
    raw = SIMPLIFIED.encode("gb18030") + b"\xff\r\n" + SIMPLIFIED.encode("gb18030")
    assert decode(raw) == Decoded(SIMPLIFIED + "\ufffd\r\n" + SIMPLIFIED, "gb18030", 1)


def test_a_mark_that_the_page_itself_holds_is_no_error():
    assert decode("学校\ufffd所".encode()) == Decoded("学校\ufffd所", "utf-8", 0)
    assert decode("学校\ufffd所".encode() + b"\xff").errors == 1


def test_lines_of_two_encodings_are_each_read_in_theirs():
    raw = (
        SIMPLIFIED.encode("utf-8") + b"\n" + SIMPLIFIED.encode("gb18030") + b"\n" + SIMPLIFIED.encode("utf-8")
    )
    assert decode(raw) == Decoded("\n".join([SIMPLIFIED] * 3), "mixed", 0)


def test_nothing_is_a_text():
    assert decode(b"") == Decoded("", "utf-8", 0)


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04\x14\x00",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
        b"\x89PNG\r\n\x1a\n....",
        b"\xff\xd8\xff\xe0..JFIF",
        b"\x1f\x8b\x08......",
        b"abc\0def\0",
        b"\0",
        b"\0" * 4096,
        bytes(range(256)) * 8,
        bytes(range(1, 32)) * 8,
    ],
)
def test_what_is_no_text_is_refused_in_chinese(raw):
    with pytest.raises(Refused) as refusal:
        decode(raw)
    assert refusal.value.code == "binary"
    assert "\u4e00" <= refusal.value.message[0] <= "\u9fff"


@given(
    st.binary(max_size=300),
    st.none() | st.text(max_size=12) | st.sampled_from(["gbk", "big5", "utf-16", "shift_jis"]),
)
def test_decoding_raises_on_no_bytes_whatever_but_a_refusal(raw, declared):
    assert_decodes(raw, declared)


@given(
    st.lists(
        st.integers(0x81, 0xFE).map(lambda byte: bytes((byte,)))
        | st.sampled_from([b"\n", b"9", b"a", b"\x80", b"\xff"])
    )
)
def test_bytes_like_chinese_are_always_decoded(pieces):
    assert_decodes(b"".join(pieces), None)


@given(st.text())
def test_what_is_valid_utf8_is_never_damaged(text):
    raw = text.encode("utf-8", "ignore")
    decoded = assert_decodes(raw, None)
    if decoded is not None and decoded.encoding == "utf-8":
        assert decoded.errors == 0


def assert_decodes(raw: bytes, declared: str | None) -> Decoded | None:
    try:
        decoded = decode(raw, declared)
    except Refused:
        return None
    assert 0 <= decoded.errors <= len(raw)
    assert decoded.text.count("\ufffd") >= decoded.errors
    return decoded
