"""What became of a target between two documents: pure, in ``reading.comparing``; here under the kernel's name."""

from __future__ import annotations

from luodi.reading.comparing.changes import WORDS, Found, What, compare, gone

__all__ = ["WORDS", "Found", "What", "compare", "gone"]
