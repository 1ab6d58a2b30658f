"""The labelled pages: the project's own (seen and unseen while rules were written) and the real ones, if present."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "demonstration" / "pages"
LABELS = ROOT / "demonstration" / "labels"
REAL_PAGES = ROOT.parent / "shared" / "seeds"
REAL_LABELS = ROOT.parent / "shared" / "gold" / "dev"


@dataclass(frozen=True)
class Labelled:
    """One page's bytes and its label."""

    stem: str
    raw: bytes
    label: dict[str, Any]


def unseen() -> set[str]:
    """Stems of the pages that nobody who writes rules looks at."""
    return set((Path(__file__).parent / "unseen.txt").read_text("utf-8").split())


def _load(labels: Path, pages: Path) -> list[Labelled]:
    return [
        Labelled(path.stem, (pages / f"{path.stem}.txt").read_bytes(), json.loads(path.read_bytes()))
        for path in sorted(labels.glob("*.json"))
    ]


def own() -> list[Labelled]:
    """The project's own labelled pages."""
    return _load(LABELS, PAGES)


def real() -> list[Labelled]:
    """The real labelled pages; empty where they are not beside the project."""
    return _load(REAL_LABELS, REAL_PAGES) if REAL_LABELS.is_dir() else []
