"""Archives (zip, tar, tar.gz): their members one after the other, each with its bytes or the reason it was refused.

Nothing is written to disk; a name never becomes a path. Archives inside archives are refused, not opened.
"""

from __future__ import annotations

import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from luodi.reading.formats.package import (
    DAMAGED,
    MOST_PARTS,
    Frugal,
    TooMuchAtOnce,
    bomb,
    damaged,
    read_member,
)
from luodi.reading.formats.sniff import sniff
from luodi.reading.formats.tar_stream import TooMuch, members_of
from luodi.reading.refusals import Refused

WHAT = "压缩包"
LARGEST_MEMBER = 32_000_000
LARGEST_UNPACKED = 600_000_000
_LARGEST_RATIO = 300
_LONGEST_NAME = 500
_ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]|^[A-Za-z]:|^[/\\]"
)
_LEFT_BY_SYSTEMS = re.compile(
    r"(?:^|/)(?:\.[^/.][^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(?:/|$)", re.IGNORECASE
)


class Member(NamedTuple):
    """A file of an archive: its name as it can be shown, and its bytes or why there are none."""

    name: str
    raw: bytes | Refused


def is_archive(raw: bytes) -> bool:
    """Whether ``raw`` is an archive of several files; an office document, though it is a zip, is none."""
    return sniff(raw) in ("zip", "tar")


def members(raw: bytes) -> Iterator[Member]:
    """The files of an archive in its order; what systems leave in folders is passed over.

    Raises ``Refused`` for the archive as a whole: ``damaged``, ``bomb``, ``archive-empty``; members may come before it.
    """
    found = False
    for member in _of_zip(raw) if sniff(raw) == "zip" else _of_tar(raw):
        if _LEFT_BY_SYSTEMS.search(member.name):
            continue
        found = True
        yield _checked(member)
    if not found:
        raise Refused("archive-empty", "这个压缩包里没有文件。请确认选对了，或直接读文件夹。")


def _checked(member: Member) -> Member:
    name = member.name
    parts = name.replace("\\", "/").split("/")
    if _ODD.search(name) or ".." in parts or len(name) > _LONGEST_NAME or not parts[-1].strip(" ."):
        shown = "".join(c if c.isprintable() else f"⟨{ord(c):04X}⟩" for c in name[:80])
        return Member(
            shown,
            Refused(
                "odd-name", "名字不平常（指到文件夹外、有看不见的字符或过长），没有读。请改名后重新打包。"
            ),
        )
    if isinstance(member.raw, bytes) and is_archive(member.raw):
        return Member(
            name, Refused("archive-too-deep", "压缩包里还有压缩包，只展开一层。请把里层的先解开再读。")
        )
    return member


def _of_zip(raw: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(Frugal(BytesIO(raw)))
        listed = archive.infolist()
    except TooMuchAtOnce:
        raise bomb("目录大得不正常") from None
    except DAMAGED:
        raise damaged(WHAT) from None
    if len(listed) > MOST_PARTS:
        raise bomb(f"里面有{len(listed):,}个文件")
    if sum(member.compress_size for member in listed) > len(raw):
        raise bomb("几个文件占着同一段内容")
    if sum(member.file_size for member in listed) > LARGEST_UNPACKED:
        raise bomb(f"展开后超过{LARGEST_UNPACKED:,}字节")
    for member in listed:
        if member.filename.endswith("/"):  # ``is_dir`` stumbles over a member without a name
            continue
        name = _name(member)
        if stat.S_ISLNK(member.external_attr >> 16):
            yield Member(name, _link())
        elif member.file_size > LARGEST_MEMBER:
            yield Member(name, _too_large(member.file_size))
        else:
            yield Member(name, _or_refused(archive, member))


def _or_refused(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | Refused:
    try:
        return read_member(archive, member, LARGEST_MEMBER, WHAT)
    except Refused as refused:
        return refused


def _name(member: zipfile.ZipInfo) -> str:
    """Names without the mark of UTF-8 are read as UTF-8, else as GB 18030, as Windows writes them."""
    if member.flag_bits & 0x800:
        return member.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return member.orig_filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return member.orig_filename


def _of_tar(raw: bytes) -> Iterator[Member]:
    most = min(LARGEST_UNPACKED, max(len(raw) * _LARGEST_RATIO, 5_000_000))
    try:
        for count, (archive, member) in enumerate(members_of(BytesIO(raw), most), 1):
            if count > MOST_PARTS:
                raise bomb(f"里面超过{MOST_PARTS:,}个文件")
            if member.isdir():
                continue
            name = member.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if not member.isreg():
                yield Member(name, _link())
            elif member.size > LARGEST_MEMBER:
                yield Member(name, _too_large(member.size))
            else:
                content = archive.extractfile(member)
                yield Member(name, content.read() if content is not None else _link())
    except TooMuch as too_much:
        raise bomb(too_much.why) from None
    except (tarfile.TarError, *DAMAGED, zlib.error, TypeError, AttributeError):
        raise damaged(WHAT) from None


def _link() -> Refused:
    return Refused("archive-link", "这一份只是链接或设备，里面没有内容，没有读。")


def _too_large(size: int) -> Refused:
    return Refused(
        "too-large", f"这一份展开后有{size:,}字节，一份最多{LARGEST_MEMBER:,}字节。请拆成几份再读。"
    )
