"""Archives of the other sort (.tar, .tar.gz, .tgz), made into zips: a zip can be asked for one part without all before it.

Read once from the front, within the bounds of ``zip_bounds``; nothing but the zip is written, and no name becomes a path.
"""

from __future__ import annotations

import stat
import tarfile
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

from luodi.kernel.files.zip_bounds import DAMAGED, HIGHEST_RATIO, RATIO_COUNTS_FROM, Bounds
from luodi.kernel.refusal import Refusal
from luodi.reading.formats.tar_stream import TooMuch, members_of

ENDINGS = ("tar", "tgz", "gz")
_GZIP = b"\x1f\x8b\x08"
_MARK, _MARK_AT = b"ustar", 257
_AT_A_TIME = 1 << 20
_DAY = (1980, 1, 1, 0, 0, 0)


def is_tarball(beginning: bytes) -> bool:
    """Whether a file that begins so (262 bytes will do) is one; what is only gzip is found out in the reading.

    >>> is_tarball(b"PK\\x03\\x04"), is_tarball(b"\\x1f\\x8b\\x08")
    (False, True)
    """
    return beginning.startswith(_GZIP) or beginning[_MARK_AT:][: len(_MARK)] == _MARK


def as_zip(given: Path, made: Path, bounds: Bounds | None = None) -> None:
    """Write the files of ``given`` as the zip ``made``, in their order; links and devices become links that say nothing.

    Raises ``Refusal``: ``archive-damaged``, ``archive-bomb``, ``archive-too-many``; ``made`` is then unfinished.
    """
    limits = bounds or Bounds()
    size = given.stat().st_size
    most = min(limits.unpacked, max(size * HIGHEST_RATIO, 20 * RATIO_COUNTS_FROM))
    try:
        with (
            given.open("rb") as raw,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            _copy(members_of(raw, most), archive, limits.parts)
    except TooMuch as too_much:
        raise _bomb(too_much.why) from too_much
    except (tarfile.TarError, *DAMAGED, TypeError, AttributeError) as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            raise  # the disk, not the archive
        raise Refusal(
            "archive-damaged", "这个压缩包打不开：不完整，或不是 tar.gz。请重新打成 zip，或直接放文件夹。"
        ) from fault


def _copy(
    members: Iterable[tuple[tarfile.TarFile, tarfile.TarInfo]], archive: zipfile.ZipFile, most: int
) -> None:
    for count, (found, member) in enumerate(members, 1):
        if count > most:
            raise Refusal("archive-too-many", f"压缩包里超过{most:,}个文件。请分成几个压缩包再放。")
        if not member.isdir():
            _copy_one(found, member, archive)


def _copy_one(found: tarfile.TarFile, member: tarfile.TarInfo, archive: zipfile.ZipFile) -> None:
    part = zipfile.ZipInfo(_name(member), _DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    content = found.extractfile(member) if member.isreg() else None
    if content is None:
        part.external_attr = stat.S_IFLNK << 16
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two files of one name: both are taken in
        with archive.open(part, "w", force_zip64=member.size > zipfile.ZIP64_LIMIT // 2) as written:
            if content is None:
                written.write(b"link")  # as a zip has it, something; or it would pass for an empty file
            while content is not None and (piece := content.read(_AT_A_TIME)):
                written.write(piece)


def _name(member: tarfile.TarInfo) -> str:
    """Names that are not UTF-8 are read as GB 18030, as Chinese systems write them."""
    raw = member.name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _bomb(why: str) -> Refusal:
    return Refusal(
        "archive-bomb", f"{why}，不像正常的文件，没有展开。请只把要收的文件重新打成 zip，或直接放文件夹。"
    )
