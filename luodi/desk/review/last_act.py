"""What this reviewer did last, for the bar that offers to take it back: it stays until the next act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest

_KEPT = "luodi_review_last"


@dataclass(frozen=True, slots=True)
class LastAct:
    """``what`` names the act: ``judged`` (any judgement of ``statement``), ``aside``, ``apart``, ``second`` (one of two readers
    followed) or ``likewise``. ``rows`` are ids or fields that its undoing needs, ``corrections`` those that may be offered for
    other statements; ``words`` say it to the reviewer, ``href`` is where it is to be seen."""

    what: str
    statement: str
    words: str
    href: str = ""
    rows: Sequence[str] = field(default=())
    corrections: Sequence[str] = field(default=())


def remember(request: HttpRequest, act: LastAct) -> None:
    """Keep the act in the session, in place of the one before."""
    request.session[_KEPT] = asdict(act)


def last_act(request: HttpRequest) -> LastAct | None:
    """The act kept; ``None`` where there is none."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    return LastAct(**kept) if kept else None


def forget(request: HttpRequest) -> None:
    """Nothing is left to be taken back."""
    request.session.pop(_KEPT, None)
