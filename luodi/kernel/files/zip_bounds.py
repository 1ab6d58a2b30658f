"""The guard before an archive is opened: how much it may hold, by its own table of contents.

Nothing is unpacked here. A part never unpacks to more than that table says: the unpacker stops there, so that the sizes checked
here hold. The table itself is bounded before it is read, since an archive may be nothing but table.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from luodi.kernel.refusal import Refusal

# of an archive of many pages
MOST_PARTS = 20_000
LARGEST_UNPACKED = 4_000_000_000
# of one part: a page of text seldom shrinks to a fiftieth
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 5_000_000
LARGEST_TABLE = 8_000_000  # bytes of the table of contents
DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, NotImplementedError)
_AT_A_TIME = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an archive may hold: parts, and bytes when unpacked. Of a document (``is_one``) no part may be too dense; of other
    archives each part is asked when it is read."""

    parts: int = MOST_PARTS
    unpacked: int = LARGEST_UNPACKED
    is_one: bool = False


def open_archive(given: Path | bytes, bounds: Bounds | None = None) -> zipfile.ZipFile:
    """The archive, found to be within bounds; the caller closes it.

    Raises ``Refusal``: ``archive-damaged``, ``archive-bomb``, ``archive-too-many``.
    """
    opened: IO[bytes] = BytesIO(given) if isinstance(given, bytes) else given.open("rb")
    try:
        archive = _Archive(opened)
        require_within(archive, _size_left(opened, 0), bounds or Bounds())
    except BaseException as fault:
        opened.close()
        if isinstance(fault, _TooMuchAtOnce):
            raise _bomb("目录大得不正常") from fault
        if isinstance(fault, DAMAGED):
            raise Refusal(
                "archive-damaged",
                "这个压缩包打不开：不完整，或不是 zip。请重新打成 zip，或直接放文件夹。",
            ) from fault
        raise
    return archive


def require_within(archive: zipfile.ZipFile, size: int, bounds: Bounds) -> None:
    """Refuse an archive of ``size`` bytes whose parts are too many or come to too much."""
    parts = archive.infolist()
    if len(parts) > bounds.parts:
        raise Refusal(
            "archive-too-many",
            f"压缩包里有{len(parts):,}个文件，一次最多{bounds.parts:,}个。请分成几个压缩包再放。",
        )
    total = sum(part.file_size for part in parts)
    if total > bounds.unpacked:
        raise _bomb(f"展开后有{total:,}字节，最多{bounds.unpacked:,}字节")
    if sum(part.compress_size for part in parts) > size:
        raise _bomb("几个文件占着同一段内容")
    if total > 20 * RATIO_COUNTS_FROM and total > HIGHEST_RATIO * size:
        raise _bomb(f"压缩到了{total // max(size, 1):,}分之一")
    if bounds.is_one:
        for part in parts:
            _require_not_dense(part)


def read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, largest: int) -> bytes:
    """The bytes of one part, at most ``largest``; what is not bounded or cannot be read is refused.

    Raises ``Refusal``: ``too-large``, ``archive-bomb``, ``archive-locked``, ``archive-link``, ``archive-damaged``.
    """
    if part.flag_bits & 0x1:
        raise Refusal("archive-locked", "这一份在压缩包里加了密码，读不了。请去掉密码，重新打包再放。")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise Refusal("archive-link", "这一份只是一个链接，里面没有内容。请把它所指的文件放进来。")
    if part.file_size > largest:
        raise Refusal(
            "too-large",
            f"这一份展开后有{part.file_size:,}字节，一份最多{largest:,}字节。请拆成几份再放。",
        )
    _require_not_dense(part)
    pieces = []
    try:
        with archive.open(part) as opened:
            while piece := opened.read(_AT_A_TIME):
                pieces.append(piece)
    except DAMAGED as fault:
        raise Refusal(
            "archive-damaged", "这一份在压缩包里是坏的，解不出来。请重新打包，或单独放这一份。"
        ) from fault
    return b"".join(pieces)


def _require_not_dense(part: zipfile.ZipInfo) -> None:
    packed = max(part.compress_size, 1)
    if part.file_size > RATIO_COUNTS_FROM and part.file_size > HIGHEST_RATIO * packed:
        raise _bomb(f"一个部件压缩到了{part.file_size // packed:,}分之一")


def name_of_part(part: zipfile.ZipInfo) -> str:
    """The name a part was given. Names without the mark of UTF-8 are read as UTF-8, else as GB 18030, as Windows writes them.

    >>> name_of_part(zipfile.ZipInfo("公告.txt".encode("gb18030").decode("cp437")))
    '公告.txt'
    """
    if part.flag_bits & 0x800:
        return part.orig_filename
    try:
        raw = part.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return part.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.orig_filename


def _bomb(why: str) -> Refusal:
    return Refusal(
        "archive-bomb", f"{why}，不像正常的文件，没有展开。请只把要收的文件重新打成 zip，或直接放文件夹。"
    )


class _TooMuchAtOnce(Exception):  # noqa: N818 (never leaves this file)
    pass


class _Archive(zipfile.ZipFile):
    """Closes the file it reads, too."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        super().__init__(_Frugal(opened))

    def close(self) -> None:
        super().close()
        self._opened.close()


class _Frugal:
    """A file that gives no more at once than a table of contents may be long."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened

    def read(self, size: int | None = -1) -> bytes:
        asked = _size_left(self._opened) if size is None or size < 0 else size
        if asked > LARGEST_TABLE:
            raise _TooMuchAtOnce
        return self._opened.read(asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)


def _size_left(opened: IO[bytes], start: int | None = None) -> int:
    """How many bytes there are behind ``start``, or behind where reading is."""
    here = opened.tell()
    end = opened.seek(0, 2)
    opened.seek(here)
    return end - (here if start is None else start)
