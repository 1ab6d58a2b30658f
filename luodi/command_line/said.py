"""Words on standard error while a command works."""

from __future__ import annotations

import sys


def say(message: str) -> None:
    """One line; nobody listening is no fault."""
    if sys.stderr is not None:
        print(message, file=sys.stderr, flush=True)


def complain(message: str, code: str) -> None:
    """Why something was not done, with its code."""
    say(f"luodi: {message}({code})")
