"""Whether the bytes on disk and the rows about them agree; what ``doctor`` tells and ``verify`` may ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.store import FOLDER, UNFINISHED, path_of

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """``missing`` and ``differs`` are losses; ``orphan`` and ``unfinished`` are left over from a stop and do no harm."""

    what: Literal["missing", "differs", "orphan", "unfinished"]
    path: Path
    file: str = ""  # id of the row

    @property
    def is_loss(self) -> bool:
        """Whether something that a row speaks of is not there as it was kept."""
        return self.what in ("missing", "differs")


def losses(data: Path) -> Iterator[Found]:
    """Every kept file whose bytes are gone or other; reads them all."""
    for row in KeptFile.objects.order_by("id").only("id", "sha256", "size").iterator():
        path = path_of(data, row.sha256)
        if not path.is_file():
            yield Found("missing", path, row.id)
        elif path.stat().st_size != row.size or _sha_of(path) != row.sha256:
            yield Found("differs", path, row.id)


def leftovers(data: Path) -> Iterator[Found]:
    """Files that no row speaks of: kept just before a stop, or being kept at this moment."""
    known = set(KeptFile.objects.values_list("sha256", flat=True))
    for path in sorted((data / FOLDER).glob("*/*")):
        if path.name.startswith(UNFINISHED):
            yield Found("unfinished", path)
        elif path.name not in known:
            yield Found("orphan", path)


def _sha_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
