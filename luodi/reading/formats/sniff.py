"""What kind of file some bytes are, by the bytes alone: a name costs nothing and is not asked."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Literal

from luodi.reading.formats.package import DAMAGED, Frugal, TooMuchAtOnce

Format = Literal["docx", "xlsx", "pptx", "odf", "ofd", "zip", "tar", "pdf", "xls", "doc", "ole", "locked"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_ZIP: tuple[tuple[str, Format], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
_IN_OLE: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_PDF_WITHIN = 1_024
_GZIP = b"\x1f\x8b\x08"
_TAR_MARK = b"ustar"


def sniff(raw: bytes) -> Format | None:
    """The format of ``raw``; ``None`` for text and for what is not known. Never raises.

    >>> sniff("年底前完成".encode()), sniff(b"%PDF-1.7 ...")
    (None, 'pdf')
    """
    if raw.startswith(_ZIP):
        return _of_zip(raw)
    if raw.startswith(_OLE):
        return _of_ole(raw)
    if raw.startswith(_GZIP) or raw[257:262] == _TAR_MARK:
        return "tar"
    if raw[:5] == b"%PDF-" or (b"%PDF-" in raw[:_PDF_WITHIN] and b"\0" in raw[:65_536]):
        return "pdf"
    return None


def _of_zip(raw: bytes) -> Format:
    try:
        with zipfile.ZipFile(Frugal(BytesIO(raw))) as archive:
            names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
    except (*DAMAGED, TooMuchAtOnce):
        return "zip"
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return "odf"
    return next((form for name, form in _IN_ZIP if name in names), "zip")


def _of_ole(raw: bytes) -> Format:
    """By the names in its directory: entries of 128 bytes that begin with a name in UTF-16."""
    for name, form in _IN_OLE:
        mark = name.encode("utf-16-le") + b"\0\0"
        at = raw.find(mark, 512)
        while at >= 0:
            if at % 128 == 0 and raw[at + 64 : at + 66] == (len(mark)).to_bytes(2, "little"):
                return form
            at = raw.find(mark, at + 2)
    return "ole"
