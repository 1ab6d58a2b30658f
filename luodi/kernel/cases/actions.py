"""Every way in which a case changes. One function, one change, one event; nothing else writes its rows."""

from __future__ import annotations

from luodi.kernel.cases.acts.moving import move, sign
from luodi.kernel.cases.acts.opening import open_case
from luodi.kernel.cases.acts.turning import tick

__all__ = ["move", "open_case", "sign", "tick"]
