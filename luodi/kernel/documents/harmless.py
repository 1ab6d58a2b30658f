"""What is never taken in, whatever it is called: programs, documents with macros, archives that unpack to too much, and files
whose name says one thing and whose bytes are another. And what to do about files of a kind that reading does not know.
"""

from __future__ import annotations

import re
import zipfile

from luodi.kernel.files.media import UNKNOWN, media_type_of
from luodi.kernel.files.names import ending_of
from luodi.kernel.files.zip_bounds import DAMAGED, Bounds, open_archive
from luodi.kernel.refusal import Refusal

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = "application/x-ole-storage"
_IN_OFFICE = Bounds(parts=4_000, unpacked=300_000_000, is_one=True)  # of one document
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_MACRO_ENDINGS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "potm", "ppsm"}
_OLE_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "Macros"))
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = frozenset(
    re.findall(r"\w+", "exe scr dll msi bat cmd ps1 vbs vbe js jse wsf hta jar lnk reg sh apk")
)
_TEXT = frozenset({"text/plain", "text/html", "image/svg+xml"})
_TEXT_ENDINGS = frozenset(
    re.findall(r"\w+", "txt text htm html shtml xhtml asp aspx jsp php md csv tsv log xml json mht mhtml")
)
# systems write web pages under these names; nothing is hidden by it
_OFTEN_PAGES = {"doc", "xls", "wps", "et"}
_KIND_OF_ENDING = {
    "pdf": ("application/pdf",),
    "docx": (f"{_OFFICE}wordprocessingml.document",),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet",),
    "pptx": (f"{_OFFICE}presentationml.presentation",),
    "ofd": ("application/ofd",),
    "zip": ("application/zip",),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "ppt": (_OLE,),
    "wps": (_OLE,),
    "et": (_OLE,),
    "png": ("image/png",),
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "gif": ("image/gif",),
}
_WORDS = {
    "application/pdf": "PDF",
    f"{_OFFICE}wordprocessingml.document": "Word 文档",
    f"{_OFFICE}spreadsheetml.sheet": "Excel 工作簿",
    f"{_OFFICE}presentationml.presentation": "演示文稿",
    "application/ofd": "OFD 版式文件",
    "application/zip": "压缩包",
    _OLE: "旧格式的办公文档（.doc、.xls、.wps）",
    "image/png": "图片",
    "image/jpeg": "图片",
    "image/gif": "图片",
    "image/tiff": "图片",
    "image/bmp": "图片",
    "image/webp": "图片",
    "image/heic": "图片",
    "text/plain": "文字",
    "text/html": "网页",
    "image/svg+xml": "图形",
    "application/gzip": "压缩包",
    "application/x-7z-compressed": "压缩包",
    "application/vnd.rar": "压缩包",
    "application/vnd.oasis.opendocument": "开放文档",
}
_SAVE_AS = "请在 Word 或 WPS 里打开，另存为 .docx、.xlsx 或“纯文本”（.txt）后再放。"
_ADVICE = {
    "图片": "图片里的字读不出来，请先识别成文字，另存为纯文本后再放。",
    "压缩包": "请先解压，把里面的文件夹放进来，或重新打成 zip。",
}


def require_harmless(raw: bytes, name: str) -> None:
    """Refuse what may do harm or deceives about what it is.

    Raises ``Refusal``: ``executable``, ``macros``, ``locked``, ``forged-name``, ``archive-bomb``, ``archive-damaged``.
    """
    if raw.startswith(_ZIP):
        open_archive(raw).close()  # before anybody looks what is in it
    ending, found = ending_of(name), media_type_of(raw)
    if found == "application/x-executable" or ending in _PROGRAMS:
        raise Refusal("executable", "这是程序或脚本，不收。请放文件本身：网页、文字、文档。")
    _require_no_macros(raw, ending, found)
    if found.startswith(_OFFICE) or found in ("application/ofd", "application/vnd.oasis.opendocument"):
        open_archive(raw, _IN_OFFICE).close()
    _require_honest_name(ending, found)


def unreadable(raw: bytes, refusal: Refusal) -> Refusal:
    """What is said of a file that reading refused because it is no text: of what kind it is, and what to do."""
    found = media_type_of(raw)
    if refusal.code not in ("binary", "old-format", "archive") or found not in _WORDS or found in _TEXT:
        return refusal
    word = _WORDS[found]
    advice = _ADVICE.get(found) or _ADVICE.get(word) or _SAVE_AS
    return Refusal("unreadable-kind", f"这是{word}，现在还读不了。{advice}")


def blank() -> Refusal:
    """What is said of a page with no word on it."""
    return Refusal("blank-page", "这一页上没有文字，没有收。请确认存下来的是整页，不是框架或登录页。")


def _require_no_macros(raw: bytes, ending: str, found: str) -> None:
    has_macros = ending in _MACRO_ENDINGS
    if found == _OLE:
        if _OLE_LOCKED in raw[:200_000] + raw[-200_000:]:
            raise Refusal("locked", "这个文档加了打开密码，读不了。请去掉密码，存盘后再放。")
        has_macros = has_macros or any(mark in raw for mark in _OLE_MACROS)
    elif found.startswith(_OFFICE):
        has_macros = has_macros or _holds_macros(raw)
    if has_macros:
        raise Refusal(
            "macros",
            "这个文档里有宏，宏是程序，不收。请在 Word、Excel 或 WPS 里另存为不带宏的格式（.docx、.xlsx）后再放。",
        )


def _holds_macros(raw: bytes) -> bool:
    with open_archive(raw, _IN_OFFICE) as archive:
        for part in archive.infolist():
            name = part.filename.lower()
            if name.rsplit("/", 1)[-1] in _MACRO_PARTS:
                return True
            if name == "[content_types].xml" and b"macroEnabled" in _beginning(archive, part):
                return True
    return False


def _beginning(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(part) as opened:
            return opened.read(4_000_000)
    except DAMAGED as fault:
        raise Refusal("archive-damaged", f"这个文档是坏的，打不开。{_SAVE_AS}") from fault


def _require_honest_name(ending: str, found: str) -> None:
    is_text = found in _TEXT
    if found == UNKNOWN or (is_text and (ending in _TEXT_ENDINGS or ending in _OFTEN_PAGES)):
        return
    expected = _KIND_OF_ENDING.get(ending)
    is_forged = found not in expected if expected else ending in _TEXT_ENDINGS and not is_text
    if is_forged:
        raise Refusal(
            "forged-name",
            f"名字的结尾是 .{ending}，里面却是{_WORDS.get(found, '别的东西')}，没有收。"
            "请核对文件的来处；确实没错的，把结尾改对后再放。",
        )
