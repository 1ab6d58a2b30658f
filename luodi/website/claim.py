"""One parent a data folder: a lock that the system lets go of when its holder dies, and the address written into it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from luodi.kernel.refusal import Refusal

NAME = "up.lock"


@contextmanager
def claimed(data: Path) -> Iterator[Claim]:
    """Be the only one within. Raises ``Refusal`` (``already-up``) with the address of who is."""
    opened = (data / NAME).open("a+", encoding="utf-8")
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already(_told(opened)) from None
        claim = Claim(opened)
        claim.write("")
        yield claim
        claim.write("")
    finally:
        opened.close()


class Claim:
    """The lock while it is held."""

    def __init__(self, opened: IO[str]) -> None:
        self._opened = opened

    def write(self, address: str) -> None:
        """Tell others where we serve."""
        self._opened.seek(0)
        self._opened.truncate()
        if address:
            json.dump({"pid": os.getpid(), "address": address}, self._opened)
        self._opened.flush()


def _told(opened: IO[str]) -> str:
    opened.seek(0)
    try:
        return str(json.load(opened)["address"])
    except (ValueError, LookupError, TypeError):
        return ""


def _already(address: str) -> Refusal:
    if address:
        return Refusal(
            "already-up",
            f"这个区县已经开着：{address}。直接打开它就行；要重启，先在那个窗口按 Ctrl-C。",
        )
    return Refusal(
        "already-up", "这个数据文件夹正被另一个 bin/luodi 用着（启动、恢复或搬迁中）。请等它做完再试。"
    )
