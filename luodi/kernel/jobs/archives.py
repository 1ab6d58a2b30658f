"""Parts of archives that were laid by. The archive last read stays open: its table of contents may have thousands of lines."""

from __future__ import annotations

import zipfile
from pathlib import Path

from luodi.kernel.files.zip_bounds import open_archive, read_part
from luodi.kernel.jobs.models import Item
from luodi.kernel.jobs.staging import archive_of
from luodi.kernel.refusal import Refusal


class Archives:
    """Reads parts; at most one archive is open."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: zipfile.ZipFile | None = None

    def read(self, item: Item, largest: int) -> bytes:
        """The bytes of a part, at most ``largest``. Raises ``Refusal``: ``staged-gone`` and those of ``read_part``."""
        if item.parent is None:
            raise ValueError(f"item {item.pk} is no part of an archive")
        archive = self._opened(archive_of(item.job_id, item.parent.sha256))
        parts = archive.infolist()
        if item.place >= len(parts):
            raise gone()
        return read_part(archive, parts[item.place], largest)

    def close(self) -> None:
        """Close what is open."""
        if self._archive is not None:
            self._archive.close()
        self._path = self._archive = None

    def _opened(self, path: Path) -> zipfile.ZipFile:
        if self._archive is None or self._path != path:
            self.close()
            if not path.exists():
                raise gone()
            self._archive, self._path = open_archive(path), path
        return self._archive


def gone() -> Refusal:
    """What is said of bytes that are no longer laid by: after a back-up was restored, or when somebody removed them."""
    return Refusal(
        "staged-gone",
        "传来的内容已经不在了（可能恢复过备份），这一份没有收。请再放一次；收过的不会再收。",
    )
