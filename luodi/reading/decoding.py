"""Bytes to source text, by a named decoder; nothing normalised, no newline translated.

The order: a byte order mark; UTF-16 or 32 by its zero bytes; the declared charset; strict UTF-8; strict GB 18030 unless
the bytes speak for Big5; else the best of both line by line, every undecodable byte or sequence marked U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from luodi.reading.refusals import Refused

DECODER_VERSION = "1"

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# What files that are no text begin with, and what to do about each.
_OFFICE = "请用办公软件打开后另存为纯文本，或直接交其原文件给能读该格式的命令"
_SIGNATURES = (
    (b"PK\x03\x04", "压缩包或办公文档（zip、docx、xlsx、ofd）", _OFFICE),
    (b"PK\x05\x06", "空压缩包", "请换成文本文件"),
    (b"%PDF-", "PDF 文档", "请用阅读器导出文字后再试"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版办公文档（doc、xls）", _OFFICE),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片", "请先识别文字"),
    (b"\xff\xd8\xff", "JPEG 图片", "请先识别文字"),
    (b"GIF87a", "GIF 图片", "请先识别文字"),
    (b"GIF89a", "GIF 图片", "请先识别文字"),
    (b"\x1f\x8b\x08", "gzip 压缩文件", "请先解压"),
    (b"Rar!\x1a\x07", "RAR 压缩文件", "请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件", "请先解压"),
    (b"\xfd7zXZ\x00", "xz 压缩文件", "请先解压"),
    (b"\x7fELF", "可执行程序", "请换成文本文件"),
    (b"SQLite format 3\x00", "数据库文件", "请先导出为文本"),
)
_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE
)
_GB_NAMES = {
    "gb2312",
    "gbk",
    "gb18030",
    "cp936",
    "936",
    "x-gbk",
    "euc-cn",
    "gb_2312-80",
    "csgb2312",
    "windows-936",
}
_BIG5_NAMES = {"big5", "big5-hkscs", "cp950", "950", "x-x-big5", "windows-950"}
# Charsets that may be declared; others, and those that take any bytes for text, are not worth believing.
_BELIEVED = {
    "utf-8",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "cp949",
    "cp932",
    "iso2022_jp",
    "hz",
    "koi8-r",
}
_CJK_UTF8 = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_HIGH = bytes(range(0x80, 0x100))
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` as ``encoding`` gives it; ``errors`` counts undecodable bytes, each marked U+FFFD in the text."""

    text: str
    encoding: str
    errors: int = 0


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode kept bytes; ``declared`` is a charset from outside, else a ``<meta charset>`` in the first 2 KB is used.

    Raises ``Refused`` (``binary``) where the bytes hold NUL outside UTF-16/32 or otherwise are no text, and nothing else.
    Declared charsets are believed where they decode strictly; but bytes that are valid UTF-8 with Chinese in it are
    UTF-8 whatever is declared, because pages are saved anew in UTF-8 with their old declaration left standing.

    >>> decode("青岚区".encode("gb18030"))
    Decoded(text='青岚区', encoding='gb18030', errors=0)
    """
    _refuse_known_binary(raw)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _with_errors(raw[len(mark) :], encoding)
    if 0 in raw:
        return _wide(raw)
    _refuse_control_bytes(raw)
    utf8 = _strict(raw, "utf-8")
    if raw.isascii() and utf8 is not None:
        return _declared_ascii(raw, declared) or Decoded(utf8, "utf-8")
    if utf8 is not None and _CJK_UTF8.search(raw):
        return Decoded(utf8, "utf-8")
    if utf8 is None and _utf8_share(raw) >= 0.8:
        # Chinese in UTF-8 with a flaw: GB 18030 may read it strictly, and as other characters from end to end
        return _line_by_line(raw)
    return (
        _as_declared(raw, declared)
        or (Decoded(utf8, "utf-8") if utf8 is not None else None)
        or _as_chinese(raw)
        or _line_by_line(raw)
    )


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        return None


def _utf8_share(raw: bytes) -> float:
    """The share of the bytes above 0x7F that stand in whole Chinese characters of UTF-8."""
    sample = raw[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    return 3 * len(_CJK_UTF8.findall(sample)) / high if high else 1.0


def _refuse_known_binary(raw: bytes) -> None:
    for signature, kind, advice in _SIGNATURES:
        if raw.startswith(signature):
            raise Refused("binary", f"这是{kind}，不是文本。可以读的是文本文件和网页；{advice}。")


def _refuse_control_bytes(raw: bytes) -> None:
    """Text holds hardly a control byte but tab, line ends, page feed and escape."""
    sample = raw[:_SAMPLE]
    printable = sample.translate(None, bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b"))
    if len(sample) - len(printable) > max(8, len(sample) // 10):
        raise Refused("binary", "文件内容不是文本（控制字符过多），未读取。请换成文本文件或网页。")


def _wide(raw: bytes) -> Decoded:
    """Bytes with NUL: UTF-32 or UTF-16 without a mark where that gives plain text, else refused."""
    best: tuple[float, Decoded] | None = None
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        width = 4 if "32" in encoding else 2
        head = _strict(raw[: min(len(raw), _SAMPLE) // width * width], encoding)
        if head is None and width == 4:
            continue
        text = head if head is not None else raw[: _SAMPLE // 2 * 2].decode(encoding, "replace")
        share = _plain_share(text)
        if share > 0.9 and (best is None or share > best[0]):
            whole = _with_errors(raw, encoding)
            if "\0" not in whole.text:
                best = (share, whole)
    if best is None:
        raise Refused("binary", "文件含有空字节，是二进制文件而不是文本，未读取。请换成文本文件或网页。")
    return best[1]


def _plain_share(text: str) -> float:
    """How much of a text is everyday Chinese, kana, Hangul, ASCII or their punctuation."""
    if not text:
        return 0.0
    plain = len(
        re.findall(r"[\t\n\r -~\u00a0-\u00ff\u2010-\u203b\u3000-\u30ff\uac00-\ud7a3\uff01-\uff5e]", text)
    )
    han = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    simplified = len(han.encode("gb2312", "ignore")) // 2
    big5 = han.encode("big5", "ignore")
    traditional = sum(1 for lead in big5[::2] if lead <= 0xC6)
    return (plain + max(simplified, traditional)) / len(text)


def _with_errors(raw: bytes, encoding: str) -> Decoded:
    text = _strict(raw, encoding)
    if text is not None:
        return Decoded(text, encoding)
    text = raw.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd") - _own_marks(raw, encoding))


def _own_marks(raw: bytes, encoding: str) -> int:
    """How many U+FFFD the bytes themselves spell, which are no errors of ours."""
    if encoding == "utf-8":
        return raw.count(b"\xef\xbf\xbd")
    if encoding == "gb18030":
        return raw.count(b"\x84\x31\xa4\x37")
    return raw.decode(encoding, "ignore").count("\ufffd")


def _named(raw: bytes, declared: str | None) -> str | None:
    """The declared charset under the name we decode it by, or None."""
    if declared is None:
        found = _DECLARATION.search(raw[:2048])
        declared = found[1].decode("ascii") if found else None
    if declared is None:
        return None
    name = declared.strip().lower().replace("_", "-")
    if name in _GB_NAMES or declared.strip().lower() in _GB_NAMES:
        return "gb18030"
    if name in _BIG5_NAMES:
        return "big5"
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return name if name in _BELIEVED else None


def _declared_ascii(raw: bytes, declared: str | None) -> Decoded | None:
    """Pure ASCII bytes mean something else only in the two escape-coded charsets, and only if somebody says so."""
    name = _named(raw, declared)
    if name not in ("iso2022_jp", "hz"):
        return None
    text = _strict(raw, name)
    return None if text is None else Decoded(text, name)


def _as_declared(raw: bytes, declared: str | None) -> Decoded | None:
    name = _named(raw, declared)
    if name is None:
        return None
    if name == "big5":
        return _as_big5(raw)
    text = _strict(raw, name)
    return None if text is None else Decoded(text, name)


def _as_big5(raw: bytes) -> Decoded | None:
    for name in ("cp950", "big5hkscs"):
        text = _strict(raw, name)
        if text is not None:
            return Decoded(text, "big5" if name == "cp950" else name)
    return None


def _as_chinese(raw: bytes) -> Decoded | None:
    """Strict GB 18030, or Big5 where that reads the bytes as markedly more everyday characters."""
    text = _strict(raw, "gb18030")
    common = 0.0 if text is None else _everyday_share(raw, 0xB0, 0xF7, 0xA1)
    if text is None or common < 0.95:
        big5 = _as_big5(raw)
        if big5 is not None and _everyday_share(raw, 0xA4, 0xC6, 0x40) > common + 0.1:
            return big5
    return None if text is None else Decoded(text, "gb18030")


_PAIRS = re.compile(rb"[\x81-\xfe][\x30-\xfe]")


def _everyday_share(raw: bytes, low: int, high: int, trail: int) -> float:
    """The share of two-byte characters in the rows ``low`` to ``high`` with a trail byte from ``trail``, or marks."""
    pairs = _PAIRS.findall(raw[:_SAMPLE])
    if not pairs:
        return 0.0
    everyday = sum(
        1 for pair in pairs if pair[1] >= trail and (low <= pair[0] <= high or pair[0] in (0xA1, 0xA3))
    )
    return everyday / len(pairs)


def _line_by_line(raw: bytes) -> Decoded:
    """Mixed or broken bytes: each line as what damages it least; one line feed is one in both encodings."""
    whole = _with_errors(raw, "utf-8")
    if (
        whole.errors * 200 <= len(raw) - raw.count(b"\n")
        and whole.errors <= _with_errors(raw, "gb18030").errors
    ):
        return whole
    texts, used, errors = [], set(), 0
    utf8_page = _utf8_share(raw) >= 0.5
    for line in raw.split(b"\n"):
        decoded = _line(line, utf8_page)
        texts.append(decoded.text)
        errors += decoded.errors
        if not line.isascii():
            used.add(decoded.encoding)
    return Decoded("\n".join(texts), used.pop() if len(used) == 1 else "mixed", errors)


def _line(line: bytes, utf8_page: bool) -> Decoded:
    """UTF-8 but for flaws, unless GB 18030 reads the line with far fewer; on a UTF-8 page it must read it well, too."""
    utf8 = _with_errors(line, "utf-8")
    if not utf8.errors or _utf8_share(line) >= 0.5:
        return utf8
    chinese = _with_errors(line, "gb18030")
    if not utf8_page:
        return chinese if chinese.errors < utf8.errors else utf8
    reads_well = len(_PAIRS.findall(line)) >= 4 and _everyday_share(line, 0xB0, 0xF7, 0xA1) >= 0.8
    return chinese if reads_well and chinese.errors * 3 <= utf8.errors else utf8
