"""The checkout as the house tests see it: its files, its modules, its words. Needs no git."""

from __future__ import annotations

import ast
import fnmatch
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "luodi"


@cache
def _ignored() -> tuple[str, ...]:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return (".git", *(line.strip("/") for line in lines if line and not line.startswith("#")))


def _is_ignored(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in _ignored())


def files(under: Path = ROOT) -> Iterator[Path]:
    """Every file that is or may be kept in the repository: all but what .gitignore names."""
    for folder, subfolders, names in os.walk(under):
        subfolders[:] = sorted(name for name in subfolders if not _is_ignored(name))
        for name in sorted(names):
            if not _is_ignored(name):
                yield Path(folder, name)


def python_files(under: Path = PACKAGE) -> list[Path]:
    return [path for path in files(under) if path.suffix == ".py"]


def text_of(path: Path) -> str:
    """The file's text; bytes that are no UTF-8 (garbled pages are kept as they came) are replaced."""
    return path.read_bytes().decode("utf-8", errors="replace")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), filename=str(path))


def name_of(path: Path) -> str:
    """The path from the root, for messages."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """``luodi/reading/__init__.py`` → ``luodi.reading``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
