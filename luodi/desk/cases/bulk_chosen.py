"""Cases chosen to be moved together: what may be done with them, and which of them refuses what, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luodi.desk.cases.listing_keyset import A_PAGE
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.acts.ground import standing_of
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import Move, Playbook
from luodi.kernel.cases.possible import Chance, chances
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.ids import CASE, is_id
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal

# what has to be said of each case by itself
ONE_BY_ONE = ("duties", "duty")


@dataclass(frozen=True, slots=True)
class Refused:
    """A case that a move is not open to, and why."""

    case: Case
    words: str


@dataclass(frozen=True, slots=True)
class MoveOffered:
    """A move of the place where all stand: open to ``able``, refused to others. ``is_single``: each is asked something else."""

    move: Move
    able: tuple[Case, ...]
    refused: tuple[Refused, ...]
    is_single: bool

    @property
    def may_be_chosen(self) -> bool:
        """Whether it can be made with at least one of them, and told once for all."""
        return bool(self.able) and not self.is_single


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cases of one kind, one version and one state."""

    cases: tuple[Case, ...]
    playbook: Playbook
    state: str
    moves: tuple[MoveOffered, ...]

    def offered(self, name: str) -> MoveOffered:
        """The move of that name. Raises ``Refusal`` (``no-such-move``)."""
        for each in self.moves:
            if each.move.name == name and each.may_be_chosen:
                return each
        raise Refusal("no-such-move", "这个动作不能成批办，或这几件里没有一件能这样办。请重新选。")


def chosen_of(idents: Sequence[str], actor: Actor, *, state: str = "") -> Chosen:
    """The cases of these ids that the actor may see, as they stand now; ``state``: those of them that still stand there.

    Raises ``Refusal``: ``nothing-chosen``, ``too-many``, ``not-alike`` where they are not of one kind in one state.
    """
    cases = tuple(case for case in batch_of(idents, actor) if not state or case.state == state)
    if not cases:
        raise Refusal("nothing-chosen", "这几件都刚被别人动过，已经不在原来的状态。请回到列表重新选。")
    if len({(case.kind, case.version, case.state) for case in cases}) > 1:
        raise Refusal(
            "not-alike", "选的不是同一类、同一个状态，不能一起办。可能有的刚被别人动过，请回到列表重新选。"
        )
    playbook = playbook_of(cases[0].kind, cases[0].version)
    told = [(case, chances(playbook, standing_of(case, actor))) for case in cases]
    moves = [move for move in playbook.moves_from(cases[0].state) if set(move.by) != {"system"}]
    offered = [_offered(move, told) for move in moves]
    return Chosen(
        cases, playbook, cases[0].state, tuple(sorted(offered, key=lambda each: not each.may_be_chosen))
    )


def batch_of(idents: Sequence[str], actor: Actor) -> list[Case]:
    """The cases of these ids that the actor may see, by number.

    Raises ``Refusal``: ``nothing-chosen``, ``too-many``.
    """
    wanted = list(dict.fromkeys(ident for ident in idents if is_id(ident, CASE)))
    if len(wanted) > A_PAGE:
        raise Refusal("too-many", f"选了{len(wanted)}件，一次最多{A_PAGE}件。请分几次办。")
    found = list(visible_to(actor).filter(pk__in=wanted).order_by("number"))
    if not found:
        raise Refusal("nothing-chosen", "一件也没有选中。请回到列表，在要办的前面打勾。")
    return found


def move_of(case: Case, name: str) -> Move:
    """A move of the case's playbook that can be told once for many. Raises ``Refusal`` (``no-such-move``)."""
    move = playbook_of(case.kind, case.version).move_named.get(name)
    if move is None or not move.sources or is_single(move):
        raise Refusal("no-such-move", "这个动作不能成批办。请重新选。")
    return move


def is_single(move: Move) -> bool:
    """Whether it asks something that differs from case to case."""
    return any(ask.kind in ONE_BY_ONE or (ask.kind == "file" and ask.is_needed) for ask in move.asks)


def _offered(move: Move, told: Sequence[tuple[Case, list[Chance]]]) -> MoveOffered:
    able, refused = [], []
    for case, found in told:
        refusal = next(chance.refusal for chance in found if chance.move.name == move.name)
        if refusal is None:
            able.append(case)
        else:
            refused.append(Refused(case, refusal.message))
    return MoveOffered(move, tuple(able), tuple(refused), is_single(move))
