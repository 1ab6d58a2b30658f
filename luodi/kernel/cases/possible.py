"""What may be done with a case now, by whom, and why not otherwise: the panel on its page, and the check before every move."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from luodi.kernel.cases.playbook import OWN_MOVES, PARTIES, STAY, Move, Party, Playbook
from luodi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks, as seen from the case, and what has been done with it so far.

    ``made``: how often each move was made. ``clash``: why the asking unit is not independent of the doer, in words; empty where
    it is. ``waits_for_signature``: the move that only lacks the second party's signature. ``open_children``: how many cases
    that this place joins are still open beneath it. ``past``: the clocks whose time is up.
    """

    place: str
    parties: Collection[Party]
    made: Mapping[str, int]
    clash: str = ""
    waits_for_signature: str = ""
    open_duties: int = 0
    broken_duties: int = 0
    open_children: int = 0
    past: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """A move of this place; ``refusal`` is ``None`` where it may be made now, else code and words."""

    move: Move
    refusal: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Whether the one who asks may make it now."""
        return self.refusal is None


def chances(playbook: Playbook, standing: Standing) -> list[Chance]:
    """Every move of the place, possible ones first, each in the playbook's order. Those of the system are left out."""
    found = [
        Chance(move, _refusal(move, standing, playbook))
        for move in playbook.moves_from(standing.place)
        if set(move.by) != {"system"}
    ]
    return sorted(found, key=lambda chance: not chance.is_open)


def require(playbook: Playbook, standing: Standing, name: str) -> Move:
    """The move of that name, which may be made now.

    Raises ``Refusal``: ``no-such-move``, ``not-from-here``, ``other-party``, ``no-more``, ``not-independent``,
    ``waits-for-signature``, ``children-open``, ``duties-open``, ``no-duty-broken``, ``too-late``,
    ``too-early``, ``own-work``.
    """
    move = playbook.move_named.get(name)
    if move is None or not move.sources:
        known = "、".join(each.label for each in playbook.moves)
        raise Refusal("no-such-move", f"{playbook.label}没有“{name}”这个动作。有的是：{known}。")
    if standing.place not in move.sources:
        sources = "、".join(playbook.label_of(source) for source in move.sources)
        here = playbook.label_of(standing.place)
        raise Refusal(
            "not-from-here", f"这件现在是“{here}”，“{move.label}”要在“{sources}”的时候才能做。请刷新后再看。"
        )
    if (refusal := _refusal(move, standing, playbook)) is not None:
        raise refusal
    return move


def own_chances(
    playbook: Playbook, standing: Standing, *, is_merged: bool = False, newest: int = 0
) -> list[Chance]:
    """What may be done with a case of any kind where this one stands: merged and handed on while it is open, brought back once it
    has ended, renewed where there is a newer version (``newest``) of its playbook.
    """
    if standing.place in playbook.state_named:
        names = ["hand_over", "merge", *(["renew"] if newest > playbook.version else [])]
    else:
        names = ["unmerge" if is_merged else "reopen"]
    return [Chance(OWN_MOVES[name], _refusal(OWN_MOVES[name], standing, playbook)) for name in names]


def held_by_children(move: Move, standing: Standing) -> Refusal | None:
    """Why a case stays where it is while others are open beneath it; ``None`` where it may go."""
    if not standing.open_children or move.target in (STAY, standing.place):
        return None
    return Refusal(
        "children-open",
        f"下面还有{standing.open_children}件没有办结，不能“{move.label}”。都办结后，这件会自己往下走。",
    )


def _too_early(move: Move, standing: Standing, playbook: Playbook) -> Refusal | None:
    """Why a move waits for the end of a term in which somebody else may still act; ``None`` where nobody may any more."""
    clock = next((each for each in playbook.clocks if each.name == move.after), None)
    if clock is None or standing.place not in clock.runs_in or clock.name in standing.past:
        return None
    still = [
        other.label
        for other in playbook.moves_from(standing.place)
        if other.within == clock.name
        and (other.times is None or standing.made.get(other.name, 0) < other.times)
    ]
    if not still:
        return None
    return Refusal(
        "too-early", f"“{move.label}”要等“{clock.label}”过了再做：在那以前还可以“{'、'.join(still)}”。"
    )


def _refusal(move: Move, standing: Standing, playbook: Playbook) -> Refusal | None:
    if standing.waits_for_signature == move.name:
        whose = PARTIES[move.signed_by] if move.signed_by else ""
        return Refusal("waits-for-signature", f"“{move.label}”已经提出，等{whose}签字。")
    if move.times is not None and standing.made.get(move.name, 0) >= move.times:
        return Refusal("no-more", f"“{move.label}”最多{move.times}次，已经用完。")
    if (refusal := held_by_children(move, standing)) is not None:
        return refusal
    if move.within and move.within in standing.past:
        return Refusal("too-late", f"“{move.label}”要在期限内提出，期限已经过了。")
    if (refusal := _too_early(move, standing, playbook)) is not None:
        return refusal
    if move.when_duties == "settled" and (standing.open_duties or standing.broken_duties):
        return Refusal(
            "duties-open",
            f"还有{standing.open_duties}项没有核对、{standing.broken_duties}项没有履行，不能“{move.label}”。",
        )
    if move.when_duties == "broken" and not standing.broken_duties:
        return Refusal("no-duty-broken", f"没有一项记为未履行，不能“{move.label}”。")
    if not set(move.by) & set(standing.parties):
        whose = "、".join(PARTIES[party] for party in move.by if party != "system")
        return Refusal("other-party", f"“{move.label}”由{whose}来做，您现在的岗位不是。")
    if move.is_independent and standing.clash:
        return Refusal("not-independent", standing.clash)
    if "doer" in standing.parties and _closes(move, playbook):
        return Refusal("own-work", f"这件是您的岗位办的，“{move.label}”要由没有办它的岗位来做。")
    return None


def _closes(move: Move, playbook: Playbook) -> bool:
    """Whether others say by it that the work is done: it ends the case as done, or is what a rate of cases counts as that."""
    if "doer" in move.by:
        return False
    end = playbook.end_named.get(move.target)
    if end is not None and end.counts_as == "done":
        return True
    return any(move.name in measure.counted for measure in playbook.measures if measure.of == "cases")
