"""Where the real pages are, if they are: scraped district pages that are not ours to put into the repository."""

from __future__ import annotations

from tests.reading.labelled import REAL_PAGES

GLOSSARY = REAL_PAGES.parent / "domain.md"

#: the reason to give ``pytest.mark.skipif(not are_here(), reason=ABSENT)``; the only skip that ``bin/test --all`` allows
ABSENT = "the real pages are not beside this repository"


def are_here() -> bool:
    return any(REAL_PAGES.glob("*.txt"))


def is_about_them(reason: str) -> bool:
    """Whether a test was skipped for want of the real pages."""
    return "real pages" in reason or "real documents" in reason


def read_all() -> dict[str, bytes]:
    """Each page's bytes by its stem; empty where they are absent."""
    return {path.stem: path.read_bytes() for path in sorted(REAL_PAGES.glob("*.txt"))}
