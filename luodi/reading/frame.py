"""What a page says about itself: whose it is, where, who speaks, and of which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.reading.blocks import Block


@dataclass(frozen=True, slots=True)
class Frame:
    """The context in which relative words (今年, 我区, 我们) are resolved.

    ``published`` is the day printed on the page; ``speaks_of`` the day its words are spoken from, which is earlier
    where the page is a re-publication. ``region`` is the district, county, city or town the page speaks of. ``short_region`` is
    its name without the suffix. ``reasons`` says, per field, the rule that decided and the span it rests on.
    """

    published: dt.date | None = None
    speaks_of: dt.date | None = None
    region: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    speaker_post: str | None = None
    title: str | None = None
    reasons: tuple[tuple[str, str, int, int], ...] = ()  # field, rule, start, stop


def find_frame(text: str, blocks: Sequence[Block]) -> Frame:
    """Read the frame off title, byline, first lines and contradictions with the printed day."""
    raise NotImplementedError
