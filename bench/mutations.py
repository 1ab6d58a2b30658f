"""Files as an opponent, or a bad disk, would hand them in: valid ones of every format, changed from a seed."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib

from tests.reading.made_files import a_docx, a_pdf, an_ofd, an_xls, an_xlsx, grid, lines_on, tarred, zipped

_TEXT = [
    "青岚区2026年重点工作安排",
    "今年，全区新建口袋公园5个，完成投资3.2亿元，由区住建局牵头，6月底前建成。",
]
_ROWS = [["序号", "项目名称", "建设内容", "责任单位"], ["1", "口袋公园", "新建口袋公园5个", "区住建局"]]
_PLACED, _RULES = grid(_ROWS, 60, 300, [40, 100, 180, 100], 40)
_PLAIN = "\n".join([*_TEXT, *("\t".join(row) for row in _ROWS)]).encode()
_ODD_NAMES = [
    "../../etc/passwd",
    "C:\\a.txt",
    "a\0b.txt",
    "转\u202e.txt",
    "长" * 900,
    "",
    ".",
    "a/" * 300 + "b",
    "\udcff.txt",
]
_ODD_NUMBERS = [
    b"0",
    b"-1",
    b"4294967295",
    b"99999999999999999999",
    b"1e308",
    b"nan",
    b"2147483648",
    b"-0.0000001",
]
_TOKENS = re.compile(rb"[A-Za-z_]+|\d+|[^\w]", re.DOTALL)


def samples() -> dict[str, bytes]:
    """A valid file of every format."""
    inner = {
        "甲/公告.txt": _PLAIN,
        "甲/公告.docx": a_docx(_TEXT),
        "乙.html": b"<html><p>" + _PLAIN + b"</p></html>",
    }
    return {
        "docx": a_docx(_TEXT, _ROWS, header="内部资料"),
        "xlsx": an_xlsx({"任务": _ROWS, "暗": _ROWS}, hidden="暗", merged=["D1:D2"]),
        "xls": an_xls({"任务": _ROWS}),
        "pdf": a_pdf([[*lines_on(_TEXT), *_PLACED], lines_on(_TEXT)], _RULES),
        "bare pdf": a_pdf([[*lines_on(_TEXT), *_PLACED]], _RULES, packed=False),
        "ofd": an_ofd([[*lines_on(_TEXT), *_PLACED]], _RULES),
        "zip": zipped(inner),
        "tar.gz": tarred(inner),
        "tar": tarred(inner, ""),
        "html": inner["乙.html"],
        "txt": _PLAIN,
        "gb": _PLAIN.decode().encode("gb18030"),
    }


def changed(raw: bytes, source: random.Random, others: list[bytes]) -> bytes:
    """``raw`` with a few changes: bytes, slices, tokens, lengths; inside archives and packed streams, too."""
    for _ in range(source.randint(1, 4)):
        raw = source.choice(_CHANGES)(raw, source, others)
        if len(raw) > 8_000_000:
            raw = raw[:8_000_000]
    return raw


def _bytes(raw: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    found = bytearray(raw or b"\0")
    for _ in range(source.randint(1, 12)):
        found[source.randrange(len(found))] = source.choice([0, 1, 0x7F, 0x80, 0xFF, source.randrange(256)])
    return bytes(found)


def _slice(raw: bytes, source: random.Random, others: list[bytes]) -> bytes:
    low, high = sorted(source.randrange(len(raw) + 1) for _ in range(2))
    high = min(high, low + 4_000)
    give = source.choice(
        [b"", raw[low:high] * source.choice([2, 50]), source.choice(others)[:4_000], b"\0" * 3_000]
    )
    return raw[:low] + give + raw[high:]


def _cut(raw: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    return raw[: source.randrange(len(raw) + 1)]


def _length(raw: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """A number of four bytes, as lengths and places are written, made odd."""
    if len(raw) < 8:
        return raw
    at = source.randrange(len(raw) - 4)
    odd = source.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x10000, len(raw)])
    return raw[:at] + struct.pack(source.choice("<>") + "I", odd) + raw[at + 4 :]


def _tokens(raw: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """Words, numbers and signs in text formats changed for others."""
    words = _TOKENS.findall(raw[:200_000])
    if not words:
        return raw
    for _ in range(source.randint(1, 10)):
        at = source.randrange(len(words))
        words[at] = source.choice([*_ODD_NUMBERS, b"", b"<", b"&#0;", b"/", b"[" * 200, source.choice(words)])
    return b"".join(words) + raw[200_000:]


def _member(raw: bytes, source: random.Random, others: list[bytes]) -> bytes:
    """A part of an archive changed, its check sum made right again; or a part more, with an odd name."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()[:200]}
    except Exception:  # it was changed before
        return _bytes(raw, source, others)
    if parts and source.random() < 0.8:
        name = source.choice(list(parts))
        parts[name] = source.choice([_tokens, _tokens, _bytes, _slice, _cut])(parts[name], source, others)
    else:
        content = source.choice([b"", raw, b"\0" * 6_000_000, source.choice(others)])
        parts[source.choice(_ODD_NAMES)] = content
    try:
        return zipped(parts)
    except (ValueError, IndexError, struct.error):
        return raw


def _stream(raw: bytes, source: random.Random, others: list[bytes]) -> bytes:
    """A packed stream of a PDF changed and packed again, or made a bomb."""
    found = list(re.finditer(rb"stream\n(.*?)\nendstream", raw, re.DOTALL))
    if not found:
        return _slice(raw, source, others)
    chosen = source.choice(found)
    try:
        content = zlib.decompress(chosen[1])
    except zlib.error:
        content = chosen[1]
    content = source.choice([_tokens, _slice, _bytes])(content, source, others)
    if source.random() < 0.05:
        content = b"0 0 m 9 9 l S\n" * 200_000
    return raw[: chosen.start(1)] + zlib.compress(content) + raw[chosen.end(1) :]


_CHANGES = (_bytes, _slice, _cut, _length, _tokens, _member, _member, _member, _stream, _stream)
