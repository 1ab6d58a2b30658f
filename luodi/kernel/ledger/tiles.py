"""The log as static files under DATA/log: tiles of hashes, bundles of entries, the newest checkpoint, the public key.

Every file can be made anew from the tables. Tiles are written before the checkpoint that needs them; a checkpoint file that is
behind the table (the machine stopped in between) is brought up by the next sealing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.leaves import leaf_bytes
from luodi.kernel.ledger.models import Event, Leaf
from luodi.kernel.ledger.tile_paths import HEIGHT, WIDTH, level_size, levels, tile_path, tiles_between
from luodi.kernel.ledger.tree import HASH_LENGTH, node_hash, root
from luodi.kernel.ledger.written import write_whole

FOLDER = "log"


def folder(data: Path) -> Path:
    """Where the log's files lie."""
    return data / FOLDER


def publish(data: Path, size: int, note: str) -> None:
    """Bring the files up to the checkpoint ``note`` of ``size``."""
    at = published_size(data)
    # at 0: nothing there, or something that is none of this log's
    write_tiles(data, at if at <= size else 0, size)
    key = f"{verifier_key(data)}\n".encode()
    if _read(folder(data) / "key") != key:
        write_whole(folder(data) / "key", key)
    write_whole(folder(data) / "checkpoint", note.encode("utf-8"))


def published_size(data: Path) -> int:
    """The size that the checkpoint file tells; 0 where there is none that can be read. Believed for nothing but to save work."""
    lines = _read(folder(data) / "checkpoint").split(b"\n")
    return int(lines[1]) if len(lines) > 2 and lines[1].isdigit() and len(lines[1]) < 19 else 0


def write_tiles(data: Path, old: int, new: int) -> None:
    """Write every tile and bundle that a tree of ``new`` leaves has and one of ``old`` leaves has not."""
    for level in levels(new):
        # the leaves come from the table, every other level from the files just written below it
        reader = Tiles(data, new)
        for index, width in tiles_between(level, old, new):
            _put(data, level, index, width, b"".join(reader.made(level, index, width)))
    for index, width in tiles_between(0, old, new):
        _put(data, "entries", index, width, bundle(index, width))


def _put(data: Path, level: int | str, index: int, width: int, raw: bytes) -> None:
    write_whole(folder(data) / tile_path(level, index, width), raw)
    if width == WIDTH:
        shutil.rmtree(folder(data) / f"{tile_path(level, index, WIDTH)}.p", ignore_errors=True)


def bundle(index: int, width: int) -> bytes:
    """The entries of one level 0 tile, each after its length in two bytes."""
    events = Event.objects.filter(leaf__index__gte=index * WIDTH, leaf__index__lt=index * WIDTH + width)
    parts = []
    for event in events.order_by("leaf__index"):
        entry = leaf_bytes(event)
        parts.append(len(entry).to_bytes(2, "big") + entry)
    return b"".join(parts)


class Tiles:
    """Nodes of the tree of ``size``: from the files, and where one is missing or cut short, from the tables.

    ``get`` suits ``tree.inclusion_proof``. A file's content is not checked here: whoever makes a proof verifies it.
    """

    def __init__(self, data: Path, size: int, *, from_files: bool = True) -> None:
        self.data = data
        self.size = size
        self.from_files = from_files
        self._known: dict[tuple[int, int], list[bytes]] = {}

    def get(self, level: int, index: int) -> bytes:
        """The hash of node (level, index), which must be complete."""
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        hashes = self.tile(tile_level, first // WIDTH)[first % WIDTH : first % WIDTH + (1 << height)]
        while len(hashes) > 1:
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
        return hashes[0]

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of one tile, as wide as this size makes it."""
        if (level, index) not in self._known:
            width = min(WIDTH, level_size(level, self.size) - index * WIDTH)
            found = self._read(level, index, width) if self.from_files else []
            self._known[level, index] = found or list(self.made(level, index, width))
        return self._known[level, index]

    def _read(self, level: int, index: int, width: int) -> list[bytes]:
        # the partial tile may be gone where the full one has come
        for wide in dict.fromkeys((width, WIDTH)):
            raw = _read(folder(self.data) / tile_path(level, index, wide))
            if len(raw) == wide * HASH_LENGTH:
                return [raw[at : at + HASH_LENGTH] for at in range(0, width * HASH_LENGTH, HASH_LENGTH)]
        return []

    def made(self, level: int, index: int, width: int) -> Iterator[bytes]:
        """The hashes of one tile, made from the tables: from leaves, or from the tiles below."""
        first = index * WIDTH
        if level == 0:
            leaves = Leaf.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
            for text in leaves.values_list("hash", flat=True):
                yield bytes.fromhex(text)
        else:
            for below in range(first, first + width):
                yield root(self.tile(level - 1, below))
                self._known.pop((level - 1, below), None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""
