"""Every way in which the review queue changes. Leases and what was set aside are no rows of the ledger; all else is an event."""

from __future__ import annotations

from luodi.kernel.review.acts.correcting import correct, correct_likewise, undo_corrections
from luodi.kernel.review.acts.following import follow, unfollow
from luodi.kernel.review.acts.judging import (
    Meanwhile,
    Part,
    Seen,
    adopt,
    keep,
    link,
    refuse,
    take_together,
    tell_apart,
    undo,
)
from luodi.kernel.review.acts.leases import (
    Held,
    hold,
    hold_first,
    release,
    release_others,
    set_aside,
    take_up,
)

__all__ = [
    "Held",
    "Meanwhile",
    "Part",
    "Seen",
    "adopt",
    "correct",
    "correct_likewise",
    "follow",
    "hold",
    "hold_first",
    "keep",
    "link",
    "refuse",
    "release",
    "release_others",
    "set_aside",
    "take_together",
    "take_up",
    "tell_apart",
    "undo",
    "undo_corrections",
    "unfollow",
]
