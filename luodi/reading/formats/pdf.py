"""PDF through pdfium: every sign with its place, ruled lines; nothing is drawn, no script run, no link followed.

A document whose pages hold pictures instead of text is refused whole. Streams that would unpack to too much are found before
pdfium sees them. pdfium knows no threads: one document at a time.
"""

from __future__ import annotations

import ctypes
import re
import threading
import zlib
from collections.abc import Iterator
from typing import Any

from luodi.reading.formats.extract import Extract
from luodi.reading.formats.glyphs import MOST_GLYPHS, MOST_GLYPHS_IN_ALL, MOST_PAGES, Glyph, Page, Rule
from luodi.reading.formats.package import bomb, damaged
from luodi.reading.formats.printed import write_pages
from luodi.reading.refusals import Refused

WHAT = "PDF"
_LARGEST_STREAM = 80_000_000
_LARGEST_UNPACKED = 600_000_000
_STREAM = re.compile(rb"\bstream\r?\n")
_AT_A_TIME = 1 << 20
_MOST_SEGMENTS = 40_000
_THIN = 2.5
_FEWEST_SIGNS = 8  # a page: below it, it is a picture with a page number
_TWICE = re.compile(rb"/Filter\s*\[[^\]]{0,200}(?:Flate|/Fl\b|LZW)[^\]]{0,200}(?:Flate|/Fl\b|LZW|RunLength)")
_LOCK = threading.Lock()


def extract_pdf(raw: bytes) -> Extract:
    """The text of a PDF. Raises ``Refused``: ``damaged``, ``locked``, ``bomb``, ``no-text``, ``too-long``."""
    _require_no_bomb(raw)
    with _LOCK:
        pages = list(_Reader(raw).pages())
    signs = sum(len(page.glyphs) for page in pages)
    if signs < _FEWEST_SIGNS * len(pages):
        raise Refused(
            "no-text",
            f"这个 PDF 有{len(pages)}页，几乎没有文字，多半是扫描件。请先识别文字（OCR），另存为带文字的 PDF 或纯文本后再读。",
        )
    return write_pages(pages, "pdf")


def _require_no_bomb(raw: bytes) -> None:
    """Unpack every stream that says it is deflated, piece by piece, keeping nothing."""
    if _TWICE.search(raw):
        raise bomb("里面有压缩了几遍的内容")
    total = 0
    for found in _STREAM.finditer(raw):
        start = found.end()
        if raw[start : start + 1] not in (b"x", b"h", b"\x58", b"\x48", b"\x38", b"\x28", b"\x18", b"\x08"):
            continue
        unpacker = zlib.decompressobj()
        size, at = 0, start
        piece = raw[at : at + _AT_A_TIME]
        try:
            while piece and not unpacker.eof:
                size += len(unpacker.decompress(piece, _AT_A_TIME * 4))
                piece = unpacker.unconsumed_tail
                if not piece:
                    at += _AT_A_TIME
                    piece = raw[at : at + _AT_A_TIME]
                if size > _LARGEST_STREAM or total + size > _LARGEST_UNPACKED:
                    raise bomb("一段内容展开后大得不正常")
        except zlib.error:
            pass
        total += size


class _Reader:
    """One document in pdfium's hands."""

    def __init__(self, raw: bytes) -> None:
        import pypdfium2 as pdfium  # loaded only where there is such a file
        import pypdfium2.raw as calls

        self._calls: Any = calls
        self._raw = raw
        try:
            self._document: Any = pdfium.PdfDocument(raw)
            self._count = len(self._document)
        except pdfium.PdfiumError as fault:
            if "password" in str(fault).lower():
                raise Refused("locked", "这个 PDF 加了打开密码，读不了。请去掉密码，存盘后再读。") from None
            raise damaged(WHAT) from None
        self._fault: type[Exception] = pdfium.PdfiumError

    def pages(self) -> Iterator[Page]:
        """Every page, first to last."""
        try:
            if not self._count:
                raise damaged(WHAT)
            if self._count > MOST_PAGES:
                raise Refused(
                    "too-long", f"这个 PDF 有{self._count:,}页，最多{MOST_PAGES:,}页。请拆成几份后再读。"
                )
            signs = 0
            for number in range(self._count):
                page = self._page(number)
                signs += len(page.glyphs)
                if signs > MOST_GLYPHS_IN_ALL:
                    raise Refused(
                        "too-long", f"这个 PDF 的文字超过{MOST_GLYPHS_IN_ALL:,}字。请拆成几份后再读。"
                    )
                yield page
        finally:
            self._document.close()

    def _page(self, number: int) -> Page:
        try:
            page = self._document[number]
        except self._fault:
            return Page(number + 1, 1.0, 1.0, [], [])
        try:
            width, height = page.get_size()
            turn = _Turn(page)
            return Page(number + 1, width, height, self._glyphs(page, turn), self._rules(page, turn))
        except self._fault:
            return Page(number + 1, 1.0, 1.0, [], [])
        finally:
            page.close()

    def _glyphs(self, page: Any, turn: _Turn) -> list[Glyph]:
        calls = self._calls
        text = page.get_textpage()
        try:
            count = text.count_chars()
            if count > MOST_GLYPHS:
                raise Refused("too-long", f"有一页有{count:,}个字，最多{MOST_GLYPHS:,}个，不像正常的页。")
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            box = calls.FS_RECTF()
            glyphs = []
            half = 0
            for at in range(count):
                code = calls.FPDFText_GetUnicode(text, at)
                if 0xD800 <= code < 0xDC00:
                    half = code
                    continue
                if 0xDC00 <= code < 0xE000 and half:
                    code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
                half = 0
                sign = chr(code) if 0x20 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""
                if not sign.strip() or code in (0xFFFE, 0xFFFF):
                    continue
                calls.FPDFText_GetLooseCharBox(text, at, box)
                if box.top <= box.bottom or box.right <= box.left:  # a font that does not say how high it is
                    calls.FPDFText_GetCharBox(text, at, left, right, bottom, top)
                    box = calls.FS_RECTF(left.value, top.value, right.value, bottom.value)
                glyphs.append(Glyph(sign, *turn.box(box.left, box.bottom, box.right, box.top)))
            return glyphs
        finally:
            text.close()

    def _rules(self, page: Any, turn: _Turn) -> list[Rule]:
        calls = self._calls
        rules: list[Rule] = []
        left = _MOST_SEGMENTS
        for thing in page.get_objects(filter=[calls.FPDF_PAGEOBJ_PATH], max_depth=4):
            count = calls.FPDFPath_CountSegments(thing)
            left -= max(count, 1)
            if left < 0:
                return []  # a drawing, no table
            rules += (turn.rule(*ends) for ends in self._lines(thing, count))
        return [rule for rule in rules if rule.right - rule.left > 4 or rule.bottom - rule.top > 4]

    def _lines(self, thing: Any, count: int) -> Iterator[tuple[float, float, float, float]]:
        """The straight lines of a path, level or upright; a filled box as thin as a line is one, too."""
        low_x, low_y, high_x, high_y = thing.get_bounds()
        if min(high_x - low_x, high_y - low_y) <= _THIN:
            yield low_x, low_y, high_x, high_y
            return
        calls = self._calls
        a, b, c, d, e, f = thing.get_matrix().get()
        x, y = ctypes.c_float(), ctypes.c_float()
        first = last = None
        for at in range(count):
            segment = calls.FPDFPath_GetPathSegment(thing, at)
            if not segment or not calls.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            here = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            kind = calls.FPDFPathSegment_GetType(segment)
            if kind == calls.FPDF_SEGMENT_MOVETO:
                first = here
            elif kind == calls.FPDF_SEGMENT_LINETO and last is not None:
                yield from _straight(last, here)
            if calls.FPDFPathSegment_GetClose(segment) and first is not None:
                yield from _straight(here, first)
            last = here


def _straight(
    one: tuple[float, float], two: tuple[float, float]
) -> Iterator[tuple[float, float, float, float]]:
    if abs(one[0] - two[0]) <= _THIN or abs(one[1] - two[1]) <= _THIN:
        yield min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


class _Turn:
    """From pdfium's places, whose y grows upwards and which know nothing of a turned page, to ours."""

    def __init__(self, page: Any) -> None:
        self._angle = page.get_rotation() % 360
        self._left, self._bottom, self._right, self._top = page.get_bbox()

    def rule(self, left: float, bottom: float, right: float, top: float) -> Rule:
        """A ruled line."""
        return Rule(*self.box(left, bottom, right, top))

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box as left, top, right, bottom."""
        if self._angle == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._angle == 180:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        if self._angle == 270:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        return left - self._left, self._top - top, right - self._left, self._top - bottom
