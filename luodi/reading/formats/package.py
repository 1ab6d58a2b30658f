"""Documents that are zip archives: their parts, read within bounds. What is read here never becomes a path."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO
from typing import IO, Any

from luodi.reading.refusals import Refused

MOST_PARTS = 20_000
LARGEST_PART = 100_000_000
LARGEST_READ = 300_000_000  # of one document, all parts that are read together
HIGHEST_RATIO = 300
RATIO_COUNTS_FROM = 5_000_000
LARGEST_TABLE = 8_000_000  # bytes of the table of contents
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError),
    *(NotImplementedError, OverflowError, KeyError, IndexError),
)


class Package:
    """An opened archive of a document. Raises ``Refused``: ``damaged``, ``bomb``, ``locked``."""

    def __init__(self, raw: bytes, what: str) -> None:
        self._what = what
        self._read = 0
        try:
            self._archive = zipfile.ZipFile(Frugal(BytesIO(raw)))
            members = self._archive.infolist()
        except TooMuchAtOnce:
            raise bomb("目录大得不正常") from None
        except DAMAGED:
            raise damaged(what) from None
        if len(members) > MOST_PARTS:
            raise bomb(f"里面有{len(members):,}个部件")
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}

    @property
    def names(self) -> list[str]:
        """The parts, in the order of the archive."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part; the sizes that the table of contents gives hold, for the unpacker stops there."""
        member = self._members.get(name)
        if member is None:
            raise damaged(self._what)
        raw = read_member(self._archive, member, LARGEST_PART, self._what)
        self._read += len(raw)
        if self._read > LARGEST_READ:
            raise bomb(f"展开后超过{LARGEST_READ:,}字节")
        return raw


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, largest: int, what: str) -> bytes:
    """The bytes of one member, at most ``largest``. Raises ``Refused``: ``locked``, ``bomb``, ``damaged``."""
    if member.flag_bits & 0x1:
        raise Refused("locked", f"这个{what}加了密码，读不了。请去掉密码，存盘后再读。")
    if member.file_size > largest:
        raise bomb(f"一个部件展开后有{member.file_size:,}字节")
    if member.file_size > RATIO_COUNTS_FROM and member.file_size > HIGHEST_RATIO * max(
        member.compress_size, 1
    ):
        raise bomb(f"一个部件压缩到了{member.file_size // max(member.compress_size, 1):,}分之一")
    try:
        with archive.open(member) as opened:
            return opened.read(largest + 1)[: largest + 1]
    except DAMAGED:
        raise damaged(what) from None


def damaged(what: str) -> Refused:
    """What is said of a document that cannot be opened."""
    return Refused(
        "damaged", f"这个{what}是坏的或不完整，打不开。请重新下载；能用办公软件打开的，另存一份后再读。"
    )


def bomb(why: str) -> Refused:
    """What is said of an archive that would unpack to too much."""
    return Refused("bomb", f"{why}，不像正常的文件，没有打开。请用办公软件另存一份，或只留要读的内容。")


class TooMuchAtOnce(Exception):  # noqa: N818 (told by whoever opened the archive, in words)
    """A table of contents longer than any honest one."""


class Frugal:
    """A file that gives no more at once than a table of contents may be long."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened

    def read(self, size: int | None = -1) -> bytes:
        """As of any file. Raises ``TooMuchAtOnce``."""
        if size is None or size < 0:
            here = self._opened.tell()
            size = self._opened.seek(0, 2) - here
            self._opened.seek(here)
        if size > LARGEST_TABLE:
            raise TooMuchAtOnce
        return self._opened.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)
