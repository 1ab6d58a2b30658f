"""A child that does not outlive its parent, even where the parent is killed outright."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
PARENT = "LUODI_PARENT"  # the process id of whoever started this one


def end_with_parent() -> None:
    """Ask the system to end this process when its parent ends. Linux only; elsewhere children notice by ``is_orphan``."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def is_orphan() -> bool:
    """Whether the process that started this one is gone."""
    parent = os.environ.get(PARENT, "")
    return parent.isdigit() and os.getppid() != int(parent)
