"""What rests on documents: it is asked before a statement is judged, and told when a source goes or comes back.

Commitments are made of statements, but documents know nothing of them. Whoever builds on documents says so when its app starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.ledger.action import Action


@dataclass(frozen=True, slots=True)
class Resting:
    """``may_become`` raises ``Refusal`` where a statement, held under lock, cannot be in that state because of what rests on
    it. ``bring_up_to_date`` writes anew, within the act, what is derived from whether a source is still where it was.
    """

    may_become: Callable[[StatementKey, str], None]
    bring_up_to_date: Callable[[Action, Source], None]


_all: dict[str, Resting] = {}


def register(name: str, resting: Resting) -> None:
    """Make it known. Raises ``ValueError`` where the name already stands for something else."""
    if _all.setdefault(name, resting) != resting:
        raise ValueError(f"{name!r} rests on documents already, as {_all[name]}")


def require_free(statement: StatementKey, state: str) -> None:
    """Raises ``Refusal`` where what rests on ``statement`` does not let it become ``state``."""
    for resting in _all.values():
        resting.may_become(statement, state)


def tell(act: Action, source: Source) -> None:
    """Within the act in which ``source`` went or came back."""
    for resting in _all.values():
        resting.bring_up_to_date(act, source)
