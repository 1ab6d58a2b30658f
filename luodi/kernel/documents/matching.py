"""Which promise a later sentence speaks of: pure, in ``reading.comparing``; here under the kernel's name."""

from __future__ import annotations

from luodi.reading.comparing.matching import ENOUGH, Matcher, Reason, Suggestion

__all__ = ["ENOUGH", "Matcher", "Reason", "Suggestion"]
