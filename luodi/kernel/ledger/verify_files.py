"""Kept files against their names, and against the rows that name them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from luodi.kernel.ledger.findings import Finding, Unreadable, each
from luodi.kernel.ledger.rows import ledger_models

FIELD = "sha256"  # a ledger row's field of this name names kept bytes
_NAME = re.compile(r"[0-9a-f]{64}")


def check_files(data: Path) -> Iterator[Finding]:
    """Files whose bytes are not what their name says, and files that are named and not there.

    A file that no row names is no fault: the machine may have stopped between keeping the bytes and writing the event.
    """
    folder = data / "files"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(data).as_posix()
        if not path.is_file() or _NAME.fullmatch(path.name) is None:
            continue
        if path.parent.name != path.name[:2]:
            yield Finding("file-astray", name, "放错了文件夹。")
        try:
            digest = _digest(path)
        except OSError as error:
            yield Finding("file-unreadable", name, f"读不出来：{error.strerror}")
            continue
        if digest != path.name:
            yield Finding("file-changed", name, "内容与文件名里的哈希不符：文件被改动过。")
    for model in ledger_models():
        if any(field.name == FIELD for field in model._meta.concrete_fields):
            for row in each(model):
                if isinstance(row, Unreadable):
                    continue
                digest = str(getattr(row, FIELD))
                if _NAME.fullmatch(digest) and not (folder / digest[:2] / digest).is_file():
                    text = f"{model._meta.db_table} {row.pk} 提到的文件不在。"
                    yield Finding("file-gone", f"files/{digest[:2]}/{digest}", text)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
