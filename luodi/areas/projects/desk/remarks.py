"""What the area has to say to whoever reviews a sentence: the arithmetic of what it claims of projects."""

from __future__ import annotations

from luodi.areas.projects.said import checked


def remarks_on(text: str) -> list[str]:
    """At most one remark."""
    found = checked(text)
    return [found.words] if found is not None else []
