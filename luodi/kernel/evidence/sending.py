"""A file on its way: sent in pieces over a network that breaks, gone on with where it stopped. Lies on disk for its sender alone.

Not yet anything of the district's: no event speaks of it, and a back-up leaves it out. What is not used within a day is
destroyed. Whoever sends without an account does so under the id of the link that lets them in.
DATA/uploads/<account>/<key>/ holds ``raw`` and ``state.json``; how far it has come is the length of ``raw``.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from luodi.kernel.evidence.judging import Judged, judge, judge_name
from luodi.kernel.files.keeping import plain_name
from luodi.kernel.ids import is_id
from luodi.kernel.refusal import Refusal

FOLDER = "uploads"
LASTS = 24 * 3600  # seconds since the last piece
MOST = 12  # files of one account
MOST_BYTES = 200_000_000  # of one account, as announced
MOST_BYTES_OF_ALL = 5_000_000_000
LARGEST_PIECE = 1_000_000
_KEY = re.compile(r"[0-9a-f]{32}")
_SHA = re.compile(r"[0-9a-f]{64}")


class OutOfStep(Exception):  # noqa: N818 (an answer to the sender)
    """The piece does not begin where the last one ended; ``offset`` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the file has come as far as byte {offset}")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Sending:
    """``size`` is what the sender announced, ``began`` in seconds of the machine's own clock."""

    key: str
    account: str
    name: str
    size: int
    began: float

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _of_account(self.account) / self.key

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return (self.folder / "raw").stat().st_size

    @property
    def is_whole(self) -> bool:
        """Whether every byte has come."""
        return self.offset == self.size

    def append(self, offset: int, piece: bytes) -> int:
        """Put a piece behind what has come; how far it is then.

        Raises ``OutOfStep``, and ``Refusal``: ``piece-too-large``, ``disk-full``.
        """
        if len(piece) > LARGEST_PIECE:
            raise Refusal("piece-too-large", f"一次最多传{LARGEST_PIECE:,}字节，这一段有{len(piece):,}字节。")
        with (self.folder / "raw").open("r+b", buffering=0) as opened:
            # a piece whose answer was lost is sent again while the first is still being written
            fcntl.flock(opened, fcntl.LOCK_EX)
            there = opened.seek(0, os.SEEK_END)
            if offset != there or there + len(piece) > self.size:
                raise OutOfStep(there)
            try:
                left = memoryview(piece)
                while left:
                    left = left[opened.write(left) :]
            except OSError as fault:
                if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                raise Refusal(
                    "disk-full", "服务器的磁盘满了，没有收下。请告诉系统管理员，稍后接着传。"
                ) from fault
        os.utime(self.folder)
        return there + len(piece)

    def whole(self, sha256: str = "") -> bytes:
        """The bytes, where all have come and are those that were sent (``sha256`` empty: not asked).

        Raises ``OutOfStep``, and ``Refusal`` ``upload-damaged``: then it has been destroyed.
        """
        raw = (self.folder / "raw").read_bytes()
        if len(raw) != self.size:
            raise OutOfStep(len(raw))
        if sha256 and (not _SHA.fullmatch(sha256) or hashlib.sha256(raw).hexdigest() != sha256):
            self.drop()
            raise Refusal(
                "upload-damaged", "传到的内容和您手里的不一样，已经清掉。请重新选这个文件再传一次。"
            )
        return raw

    def judged(self, sha256: str = "") -> Judged:
        """What it is. Raises what ``whole`` and ``judge`` raise; what may not be evidence has then been destroyed."""
        raw = self.whole(sha256)
        try:
            return judge(raw, self.name)
        except Refusal:
            self.drop()
            raise

    def drop(self) -> None:
        """Destroy it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(name: str, size: int, account: str) -> Sending:
    """Announce a file of ``size`` bytes; the key of what is returned names it from now on.

    Raises ``Refusal``: those of ``judge_name``, ``uploads-too-many``, ``uploads-full``.
    """
    judge_name(name, size)
    own = list(_living(_of_account(account)))
    if len(own) >= MOST or sum(each.size for each in own) + size > MOST_BYTES:
        raise Refusal(
            "uploads-too-many",
            f"您还有{len(own)}个文件传了没有用。请先用掉或取消一些；放着不管，一天后自动清掉。",
        )
    if sum(each.size for each in every()) + size > MOST_BYTES_OF_ALL:
        raise Refusal("uploads-full", "这会儿大家传的太多，暂时收不下。请过一会儿再传，您填的都在。")
    made = Sending(secrets.token_hex(16), account, plain_name(name), size, time.time())
    made.folder.mkdir(parents=True, mode=0o700)
    (made.folder / "raw").touch(mode=0o600)
    (made.folder / "state.json").write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
    return made


def sending(key: str, account: str) -> Sending:
    """What this account is sending under ``key``. Raises ``Refusal`` ``upload-gone``."""
    gone = Refusal("upload-gone", "这个文件没有传完就清掉了，或放了超过一天。请重新选一次。")
    if not _KEY.fullmatch(key):
        raise gone
    found = _read(_of_account(account) / key)
    if found is None:
        raise gone
    return found


def every() -> Iterator[Sending]:
    """All that is on its way, of everybody."""
    for folder in sorted(_root().glob("*/")):
        yield from (found for each in sorted(folder.iterdir()) if (found := _read(each)) is not None)


def sweep() -> int:
    """Destroy what nobody went on with for a day, and folders without a state; how many stay."""
    return sum(1 for folder in sorted(_root().glob("*/")) for _ in _living(folder))


def _living(folder: Path) -> Iterator[Sending]:
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if time.time() - each.stat().st_mtime > LASTS:
            shutil.rmtree(each, ignore_errors=True)
        elif (found := _read(each)) is not None:
            yield found


def _read(folder: Path) -> Sending | None:
    try:
        return Sending(**json.loads((folder / "state.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
        return None  # just begun, or just destroyed


def _root() -> Path:
    return Path(settings.DATA) / FOLDER


def _of_account(account: str) -> Path:
    if not is_id(account):
        raise ValueError(f"{account[:40]!r} is no id")
    return _root() / account
