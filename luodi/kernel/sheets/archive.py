"""The guard before a workbook is opened: what kind of file it is, and that its archive is neither a bomb nor a program.

Only the archive's table of contents and the beginnings of its parts are read here. A part never unpacks to more than that
table says: the unpacker stops there, so that the sizes checked here hold.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from io import BytesIO

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets import limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|head|meta|div)\b", re.IGNORECASE)
_MACRO_TYPE = b"macroEnabled"
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_HEAD = 4_096
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError)


def guarded(raw: bytes) -> zipfile.ZipFile:
    """The archive of a workbook that may be opened. Raises ``Refusal``.

    Codes: ``sheet-empty``, ``sheet-too-large``, ``sheet-old-format``, ``sheet-is-page``, ``sheet-other-format``,
    ``sheet-locked``, ``sheet-macros``, ``sheet-bomb``, ``sheet-unreadable``.
    """
    require_size(raw)
    require_no_other_kind(raw)
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        members = archive.infolist()
    except _DAMAGED as fault:
        raise limits.unreadable("文件不完整，或不是表格") from fault
    _require_small(members)
    _require_workbook({member.filename for member in members})
    for member in members:
        _require_harmless(archive, member)
    return archive


def require_size(raw: bytes) -> None:
    """Refuse what is empty or too large."""
    if not raw.strip():
        raise Refusal("sheet-empty", "这个文件是空的。请确认选对了文件，存盘后再传。")
    if len(raw) > limits.MOST_BYTES:
        raise Refusal(
            "sheet-too-large",
            f"文件有{len(raw):,}字节，表格最多{limits.MOST_BYTES:,}字节。请去掉图片，或只留要录的表，再传。",
        )


def require_no_other_kind(raw: bytes) -> None:
    """Refuse the old binary format, locked workbooks and web pages that are called .xls."""
    if raw.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw[:200_000] + raw[-200_000:]:
            raise Refusal(
                "sheet-locked", "这个表格加了打开密码，读不了。请先在 Excel 或 WPS 里去掉密码，存盘后再传。"
            )
        raise Refusal("sheet-old-format", f"这是旧格式的表格（.xls 或 .et），这里读不了。{limits.SAVE_AS}")
    if _HTML.match(raw[:_HEAD]):
        raise Refusal(
            "sheet-is-page", f"这个文件其实是网页，只是名字叫成了表格（常见于系统导出）。{limits.SAVE_AS}"
        )


def _require_small(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > limits.MOST_MEMBERS or total > limits.LARGEST_UNPACKED:
        raise _bomb(f"展开后有{len(members):,}个部件、{total:,}字节")
    for member in members:
        if member.flag_bits & 0x1:
            raise Refusal("sheet-locked", "这个文件加了密码，读不了。请去掉密码，存盘后再传。")
        if member.file_size > limits.LARGEST_MEMBER:
            raise _bomb(f"其中一个部件展开后有{member.file_size:,}字节")
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > limits.RATIO_COUNTS_FROM and ratio > limits.HIGHEST_RATIO:
            raise _bomb(f"其中一个部件压缩到了{ratio:,.0f}分之一")


def _bomb(what: str) -> Refusal:
    return Refusal(
        "sheet-bomb",
        f"这个文件{what}，不像正常的表格，没有打开。请在 Excel 或 WPS 里新建一个表，把内容粘贴进去，存盘后再传。",
    )


def _require_workbook(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise Refusal("sheet-other-format", f"这是二进制工作簿（.xlsb），这里读不了。{limits.SAVE_AS}")
    if "word/document.xml" in names:
        raise Refusal(
            "sheet-other-format", "这是 Word 文档，不是表格。请把其中的表复制到 Excel 里，存盘后再传。"
        )
    if "xl/workbook.xml" not in names:
        raise Refusal(
            "sheet-other-format", f"这个文件不是 Excel 工作簿。可以传 .xlsx 和 .csv。{limits.SAVE_AS}"
        )


def _require_harmless(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    if name.rsplit("/", 1)[-1] in _MACRO_PARTS:
        raise _macros()
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    try:
        with archive.open(member) as part:
            head = part.read(limits.LARGEST_MEMBER if name == "[content_types].xml" else _HEAD)
    except _DAMAGED as fault:
        raise limits.unreadable("文件里有损坏的部件") from fault
    if any(doctype in head for doctype in _DOCTYPES):
        raise limits.unreadable("文件里有表格不该有的声明")
    if name == "[content_types].xml" and _MACRO_TYPE in head:
        raise _macros()


def _macros() -> Refusal:
    return Refusal(
        "sheet-macros", f"这个表格里有宏（.xlsm），宏是程序，不能传。{limits.SAVE_AS}存的时候会去掉宏。"
    )
