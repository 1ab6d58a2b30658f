"""Garble two documents of the demonstration district; run by hand when a document or the garbler changes:

python -m tests.garbler.documents
"""

from __future__ import annotations

from pathlib import Path

from tests.garbler.demonstration import widen
from tests.garbler.profiles import COMMAS, SHORT, Profile

FOLDER = Path(__file__).resolve().parents[2] / "demonstration" / "documents"
# the plain document, the garbled one, by which kind of site, and the seed
CHOICES: tuple[tuple[str, str, Profile, int], ...] = (
    ("n16-green-space-plan-2025", "h16-green-space-plan-2025", COMMAS, 16),
    ("n21-primary-care-plan-2025", "h21-primary-care-plan-2025", SHORT, 21),
)


def garbled(plain: str, profile: Profile, seed: int) -> str:
    """The document as such a site shows it."""
    return profile.garble(widen((FOLDER / f"{plain}.txt").read_text(encoding="utf-8")), seed).text


def main() -> None:
    """Write both beside the plain ones."""
    for plain, name, profile, seed in CHOICES:
        (FOLDER / f"{name}.txt").write_bytes(garbled(plain, profile, seed).encode())


if __name__ == "__main__":
    main()
