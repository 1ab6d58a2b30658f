"""Every way in which a case changes. One function, one change, one event; nothing else writes its rows."""

from __future__ import annotations

from luodi.kernel.cases.acts.handing import reassign
from luodi.kernel.cases.acts.merging import merge, unmerge
from luodi.kernel.cases.acts.moving import move, sign
from luodi.kernel.cases.acts.opening import open_case
from luodi.kernel.cases.acts.reckoning import reckon_rates
from luodi.kernel.cases.acts.renewing import move_to_version
from luodi.kernel.cases.acts.reopening import reopen
from luodi.kernel.cases.acts.turning import tick
from luodi.kernel.cases.acts.unmasking import unmask

__all__ = [
    "merge",
    "move",
    "move_to_version",
    "open_case",
    "reassign",
    "reckon_rates",
    "reopen",
    "sign",
    "tick",
    "unmask",
    "unmerge",
]
