"""A playbook: what a case of one kind goes through, who may move it, what each move asks, which clock runs where.

Pure and immutable. A case stays on the version it began under; another version is another playbook of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

# who moves a case, as seen from the case
Party = Literal["office", "doer", "verifier", "leader", "applicant", "system"]
PARTIES: dict[str, str] = {
    "office": "经办的办公室",
    "doer": "承办单位",
    "verifier": "另一个单位",
    "leader": "分管领导",
    "applicant": "申请人",
    "system": "系统",
}
# what a move does beside changing the state
Effect = Literal["", "assign", "suspend", "resume", "extend", "escalate", "bind", "keep", "break"]
Counting = Literal["done", "failed", "refused", "withdrawn", "forced", "merged"]
COUNTED: dict[str, str] = {
    "done": "办成",
    "failed": "没办成",
    "refused": "不予受理",
    "withdrawn": "撤回",
    "forced": "强行了结，单独计数",
    "merged": "并入另一件，在那一件里计数",
}
AskKind = Literal["line", "text", "day", "number", "choice", "unit", "post", "file", "yes", "duties", "duty"]
ASK_KINDS: tuple[AskKind, ...] = get_args(AskKind)
BACK = "<back>"  # as a target: the state that was left for this one
STAY = "<stay>"  # as a target: where the case stands


@dataclass(frozen=True, slots=True)
class State:
    """A place where a case waits. ``waits_for`` is who acts next; ``says`` tells them what to do, in a button's words.

    ``joins``: the kind of case that is opened beneath while the case stands here. It is left by no move while one of those is
    open; when the last has ended, the system makes the move named ``joined`` in the same act. Whoever else may make that move
    may do so where nothing was opened beneath.
    """

    name: str
    label: str
    waits_for: Party
    says: str = ""
    joins: str = ""
    joined: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """A place where a case stays. ``counts_as`` keeps what was done apart from what was only closed."""

    name: str
    label: str
    counts_as: Counting


@dataclass(frozen=True, slots=True)
class Ask:
    """What a move needs to be told. A ``file`` is evidence; ``choices`` are (value, label) pairs of a ``choice``.

    ``duties`` are what somebody is bound to do by a day, row by row; ``duty`` is one of those, chosen.
    """

    name: str
    label: str
    kind: AskKind = "line"
    is_needed: bool = True
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One act: from any of ``sources`` to ``target``, by any of ``by``.

    ``times``: how often in a case's life (``None``: any number). ``is_independent``: only a unit that is not the
    doer's, nor above or below it. ``signed_by``: a second party whose signature it needs before it takes effect.
    ``when_duties``: ``settled`` (none is open any more and none was broken) or ``broken`` (one was).
    ``within``: the clock after whose end it may no longer be made. ``after``: the clock before whose end it may not be made yet,
    where that clock runs and somebody may still make a move ``within`` it.
    ``warns``: what to say before an act that leaves the house; without it the act is made at once and another undoes it.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    by: tuple[Party, ...]
    asks: tuple[Ask, ...] = ()
    effect: Effect = ""
    times: int | None = None
    is_independent: bool = False
    signed_by: Party | None = None
    when_duties: Literal["", "settled", "broken"] = ""
    within: str = ""
    after: str = ""
    warns: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit on somebody. It starts when the case enters one of ``runs_in`` and stops when it leaves them all.

    The limit is that of ``rule``, or the day written in the ask ``written`` of the move that started it. It counts from that
    move, or from the day in its ask ``from_day``. Coming back into ``runs_in`` goes on with the first count unless
    ``restarts``. Suspended states pause every clock.
    """

    name: str
    label: str
    runs_in: tuple[str, ...]
    rule: str = ""
    written: str = ""
    from_day: str = ""
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate of a period: cases that went through ``counted`` among those that went through ``among`` (moves or ends).

    ``in_time``: of the cases whose clock of this name ended in the period, those in which ``counted`` came before. ``confirmed``:
    what counts only once it went through one of these, too; without it the rate is only what was reported. ``of`` ``duties``:
    what was agreed for a day of the period, and of that what was found kept by its day; ``among`` then only names moves.
    """

    name: str
    label: str
    counted: tuple[str, ...]
    among: tuple[str, ...]
    in_time: str = ""
    says: str = ""
    confirmed: tuple[str, ...] = ()
    of: Literal["cases", "duties"] = "cases"


# what happens to cases of every kind, beside what their playbooks say; each is a line of history like any other move
_WHY = (Ask("reason", "理由", "text"),)
OWN_MOVES: dict[str, Move] = {
    made.name: made
    for made in (
        Move(
            "merge", "并入另一件", (), "merged", ("office",), _WHY, warns="并入后在那一件里接着办，可以撤回"
        ),
        Move("unmerge", "撤回合并", (), BACK, ("office",), _WHY),
        Move("reopen", "重新办理", (), BACK, ("office",), _WHY),
        Move("hand_over", "移交", (), STAY, ("office",), _WHY),
        Move("renew", "改用新版流程", (), STAY, ("office",)),
    )
}
MERGED = End("merged", "已并入另一件", "merged")


@dataclass(frozen=True)
class Playbook:
    """``opens``: the moves that begin a case; they have no source. ``public``: what of a case anybody may read.

    ``paper``: what heads the case where it goes out on paper to whoever is to do it; without it the case's own label.
    """

    kind: str
    version: int
    label: str
    states: tuple[State, ...]
    ends: tuple[End, ...]
    opens: tuple[Move, ...]
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...] = ()
    public: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    source_title: str = ""
    escalates: int = 0  # how many levels above the first a case can be lifted
    paper: str = ""
    unique_on: str = ""  # the detail of which no two open cases may be the same: its subject
    about: str = ""  # the letters of the ids that its ``subject`` may have; empty: any

    @cached_property
    def state_named(self) -> dict[str, State]:
        """States by name."""
        return {state.name: state for state in self.states}

    @cached_property
    def end_named(self) -> dict[str, End]:
        """Ends by name."""
        return {end.name: end for end in self.ends}

    @cached_property
    def move_named(self) -> dict[str, Move]:
        """All moves by name, those that begin a case and those of every kind (``OWN_MOVES``) too."""
        return OWN_MOVES | {move.name: move for move in (*self.opens, *self.moves)}

    def label_of(self, place: str) -> str:
        """The words for a state or an end. Raises ``KeyError``."""
        if place == MERGED.name:
            return MERGED.label
        return (self.state_named.get(place) or self.end_named[place]).label

    def moves_from(self, place: str) -> tuple[Move, ...]:
        """What may be done with a case that stands there, in the playbook's order."""
        return tuple(move for move in self.moves if place in move.sources)

    def clocks_in(self, place: str) -> tuple[Clock, ...]:
        """The clocks that run while a case stands there."""
        return tuple(clock for clock in self.clocks if place in clock.runs_in)

    def suspended(self) -> frozenset[str]:
        """The states in which no clock runs: the targets of moves that suspend."""
        return frozenset(move.target for move in self.moves if move.effect == "suspend")
