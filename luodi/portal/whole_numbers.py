"""Page numbers as readers send them."""

from __future__ import annotations

LAST = 10_000


def page_number(text: str | None, none: int = 1) -> int:
    """A whole number from 1 to 10,000; ``none`` where nothing usable was sent."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 5:
        return none
    return min(max(int(text), 1), LAST)
