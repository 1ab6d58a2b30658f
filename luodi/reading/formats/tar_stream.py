"""A tar, packed or not, read once from the front: member by member, giving so many bytes and no more.

Shared by whoever takes tars apart; each says in its own words what is refused.
"""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterator
from typing import IO

_GZIP = b"\x1f\x8b"
_LONGEST_HEADER = 1_000_000


class TooMuch(Exception):  # noqa: N818 (told by whoever opened the archive, in words)
    """More than any honest archive holds; ``why`` says of what, as the beginning of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def members_of(raw: IO[bytes], most: int) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """The members in order, with the archive to take each one's bytes from before the next is asked for.

    Raises ``TooMuch`` where more than ``most`` bytes unpack, or a header is longer than any name; otherwise whatever
    ``tarfile`` and ``gzip`` raise over what is damaged.
    """
    packed = raw.read(len(_GZIP)) == _GZIP
    raw.seek(0)
    opened: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=raw) if packed else raw
    bounded = _Bounded(opened, most)
    with tarfile.open(fileobj=bounded, mode="r|", tarinfo=_Frugal) as archive:  # type: ignore[call-overload]  # it only reads
        for member in archive:
            yield archive, member
            archive.members.clear()  # it would remember them all


class _Frugal(tarfile.TarInfo):
    """Refuses headers that would be read whole and are longer than any name."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Frugal:
        """As of any tar. Raises ``TooMuch``."""
        found = super().frombuf(buf, encoding, errors)
        if found.type not in tarfile.REGULAR_TYPES and found.size > _LONGEST_HEADER:
            raise TooMuch("目录大得不正常")
        return found


class _Bounded:
    """A file that gives so many bytes and no more."""

    def __init__(self, opened: IO[bytes] | gzip.GzipFile, most: int) -> None:
        self._opened, self._left = opened, most

    def read(self, size: int = -1) -> bytes:
        """Some bytes. Raises ``TooMuch`` where too many are asked for in all."""
        piece = self._opened.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise TooMuch("展开后大得不正常")
        return piece
