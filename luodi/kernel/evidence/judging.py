"""What may be evidence, by what it is and not by what it is called. Whoever forges a name is told so in words.

A photo is unpacked here once, so that a broken one or a bomb is refused before anything is kept.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from luodi.kernel.files.active_pdf import is_active
from luodi.kernel.files.keeping import plain_name
from luodi.kernel.files.media import media_type_of
from luodi.kernel.files.pictures import Picture, is_photo, look_at
from luodi.kernel.files.store import check_size
from luodi.kernel.refusal import Refusal

LARGEST = 50_000_000  # bytes
_OFFICE = "application/vnd.openxmlformats-officedocument."
# media type: its family, and what people call it
FAMILIES: dict[str, tuple[str, str]] = {
    "image/jpeg": ("photo", "照片"),
    "image/png": ("photo", "图片"),
    "image/webp": ("photo", "图片"),
    "application/pdf": ("pdf", "PDF文件"),
    "application/ofd": ("ofd", "OFD文件"),
    f"{_OFFICE}wordprocessingml.document": ("office", "Word文档"),
    f"{_OFFICE}spreadsheetml.sheet": ("office", "Excel表格"),
    f"{_OFFICE}presentationml.presentation": ("office", "演示文稿"),
    "application/x-ole-storage": ("office", "旧格式的Office文档"),
    "text/plain": ("text", "文本"),
}
# what a name claims to be; a name that claims nothing is not asked
_CLAIMS = {
    "photo": ("jpg", "jpeg", "jpe", "jfif", "png", "webp"),
    "pdf": ("pdf",),
    "ofd": ("ofd",),
    "office": ("doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps"),
    "text": ("txt", "csv", "md", "log"),
}
_FAMILY_OF = {suffix: family for family, suffixes in _CLAIMS.items() for suffix in suffixes}
_FAMILY_WORDS = {"photo": "照片", "pdf": "PDF", "ofd": "OFD", "office": "Office文档", "text": "文本"}
_OTHERS = {
    "text/html": "网页（HTML）",
    "image/svg+xml": "矢量图（SVG）",
    "image/heic": "HEIC照片",
    "image/gif": "GIF动图",
    "image/bmp": "BMP图片",
    "image/tiff": "TIFF图片",
    "video/mp4": "视频",
    "audio/wav": "录音",
    "application/zip": "压缩包",
    "application/gzip": "压缩包",
    "application/x-7z-compressed": "压缩包",
    "application/vnd.rar": "压缩包",
    "application/x-executable": "可执行程序",
    "application/vnd.sqlite3": "数据库",
}
_REMEDIES = {
    "image/heic": "苹果手机请在“设置—相机—格式”里选“兼容性最佳”再拍，或截一张图传上来。",
    "text/html": "请把网页另存为PDF，或截一张图传上来。",
    "application/zip": "请解开，把里面要紧的一份传上来。",
    "video/mp4": "请截一张能说明问题的图传上来。",
}
_ALLOWED = "可以交照片（JPG、PNG、WebP）、PDF、OFD、Word、Excel、PPT和文本。"
# how a page or program begins, in small letters, and what follows it there; packed pixels hold none by chance
_BEGINNINGS = (b"<script", b"<html", b"<iframe", b"<?php", b"<svg")
_BEHIND = b" \t\r\n>"
_SVG_WORDS, _SVG_NEAR = (b"xmlns", b"onload"), 300
_TOO_MANY = 1_000
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Judged:
    """``words`` says what it is; ``warning`` what whoever opens it should know; ``picture`` where it is a photo."""

    media_type: str
    words: str
    warning: str = ""
    picture: Picture | None = None


def judge_name(name: str, size: int) -> None:
    """What can be refused before a byte is sent. Raises ``Refusal``: ``empty-file``, ``evidence-too-large``, ``type-refused``."""
    check_size(max(size, 0))
    if size > LARGEST:
        raise Refusal(
            "evidence-too-large",
            f"“{plain_name(name)}”有{size / 1e6:,.0f}兆，最多{LARGEST // 10**6}兆，没有收。请压缩图片，或只交要紧的几页。",
        )
    suffix = _suffix(name)
    if suffix and suffix not in _FAMILY_OF:
        raise Refusal(
            "type-refused", f"“{plain_name(name)}”（.{suffix}）这类文件不能作凭据，没有收。{_ALLOWED}"
        )


def judge(raw: bytes, name: str) -> Judged:
    """What ``raw`` is, where it may be evidence.

    Raises ``Refusal``: ``empty-file``, ``evidence-too-large``, ``type-refused``, ``type-forged``, ``polyglot``, ``macros``,
    ``picture-broken``, ``picture-too-large``.
    """
    check_size(len(raw))
    found = media_type_of(raw)
    _require_family(found, name)
    judge_name(name, len(raw))
    family, words = FAMILIES[found]
    _require_one_thing(raw, family, name)
    if family == "office" and _has_macros(raw):
        raise Refusal(
            "macros", f"“{plain_name(name)}”里带宏，没有收。请另存为不带宏的文档，或导出成PDF再传。"
        )
    warning = "这份PDF里带脚本、附件或加了密，只能下载后查看。" if family == "pdf" and is_active(raw) else ""
    return Judged(found, words, warning, look_at(raw, found) if is_photo(found) else None)


def _suffix(name: str) -> str:
    stem, dot, suffix = plain_name(name).rpartition(".")
    return suffix.lower() if stem and dot and suffix.isascii() and suffix.isalnum() else ""


def _require_family(found: str, name: str) -> None:
    claimed = _FAMILY_OF.get(_suffix(name), "")
    family, words = FAMILIES.get(found, ("", _OTHERS.get(found, "认不出的内容")))
    if claimed and claimed != family:
        remedy = "请把真正的文件传上来。" if not family else "请把后缀改成真实的类型再传。"
        raise Refusal(
            "type-forged",
            f"“{plain_name(name)}”的名字说是{_FAMILY_WORDS[claimed]}，里面却是{words}，没有收。{_REMEDIES.get(found, remedy)}",
        )
    if not family:
        raise Refusal(
            "type-refused",
            f"“{plain_name(name)}”是{words}，不能作凭据，没有收。{_REMEDIES.get(found, _ALLOWED)}",
        )


def _require_one_thing(raw: bytes, family: str, name: str) -> None:
    """A file that is two things at once shows one to whoever looks and another to a program."""
    if family in ("photo", "pdf") and _holds_archive(raw):
        hidden = "压缩包"
    elif family == "photo" and _holds_program(raw):
        hidden = "网页或程序"
    else:
        return
    raise Refusal(
        "polyglot",
        f"“{plain_name(name)}”里还藏着{hidden}，没有收。请用手机或电脑的截图、另存功能重做一份再传。",
    )


def _holds_program(raw: bytes) -> bool:
    small = raw.lower()
    if b"%pdf-1." in small:
        return True
    for beginning in _BEGINNINGS:
        at = small.find(beginning)
        for _ in range(_TOO_MANY):
            if at < 0:
                break
            end = at + len(beginning)
            if small[end : end + 1] in _BEHIND and (
                beginning != b"<svg" or any(word in small[end : end + _SVG_NEAR] for word in _SVG_WORDS)
            ):
                return True
            at = small.find(beginning, end)
        else:
            return True  # no photo has so many
    return False


def _holds_archive(raw: bytes) -> bool:
    opened = BytesIO(raw)
    if not zipfile.is_zipfile(opened):
        return False
    try:
        with zipfile.ZipFile(opened) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _has_macros(raw: bytes) -> bool:
    if not raw.startswith(b"PK"):
        return _MACROS in raw
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return any(inside.lower().endswith("vbaproject.bin") for inside in archive.namelist())
