"""A sentence as matching compares it; what it is and how it compares is pure and stands in ``reading.comparing``."""

from __future__ import annotations

from luodi.reading.comparing.said import Amount, Sentence, pairs, places_in, plain_project

__all__ = ["Amount", "Sentence", "pairs", "places_in", "plain_project"]
