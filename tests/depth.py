"""How hard the tests search: as in every run (``ci``), or for an hour (``bin/test --hypothesis-profile=deep``)."""

from __future__ import annotations

from hypothesis import settings


def is_deep() -> bool:
    """Whether the long search was asked for."""
    return settings().max_examples == settings.get_profile("deep").max_examples
