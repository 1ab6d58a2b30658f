"""Where a tile lies and how wide it is (C2SP tlog-tiles). Pure.

A tile is up to 256 hashes in a row: at tile level 0 of leaves, above of full tiles below. Only the last tile of a level may be
partial.
"""

from __future__ import annotations

from collections.abc import Iterator

WIDTH = 256
HEIGHT = 8


def tile_path(level: int | str, index: int, width: int) -> str:
    """The path below the log's address; ``level`` is a number or ``entries``.

    >>> tile_path(0, 1234067, 256), tile_path("entries", 5, 112)
    ('tile/0/x001/x234/067', 'tile/entries/005.p/112')
    """
    parts = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        parts.append(f"x{index % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(reversed(parts))}{partial}"


def level_size(level: int, size: int) -> int:
    """How many hashes the tiles of ``level`` hold in a tree of ``size``."""
    return size >> (HEIGHT * level)


def tiles_between(level: int, old: int, new: int) -> Iterator[tuple[int, int]]:
    """Index and width of each tile of ``level`` that a tree of ``new`` leaves has and one of ``old`` leaves has not.

    >>> list(tiles_between(0, 250, 600))
    [(0, 256), (1, 256), (2, 88)]
    """
    had, has = level_size(level, old), level_size(level, new)
    if had < has:
        for index in range(had // WIDTH, (has - 1) // WIDTH + 1):
            yield index, min(WIDTH, has - index * WIDTH)


def levels(size: int) -> range:
    """The tile levels of a tree of ``size``."""
    return range(-(-size.bit_length() // HEIGHT))
