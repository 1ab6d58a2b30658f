"""Whether a live case loses anything when it goes on under another version of its playbook: proven before it does. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.kernel.cases.playbook import OWN_MOVES, Ask, Clock, Playbook


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that a case keeps: to which move it was given, by the ask's name; ``choice`` is what was chosen, if one was."""

    move: str
    ask: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """What a case has become under its playbook so far.

    ``made``: how often each move was made. ``clocks``: those that have been started. ``waits``: the move that lacks a signature.
    ``left``: the state to come back to, of a suspended case.
    """

    state: str
    made: Mapping[str, int]
    clocks: Collection[str] = ()
    held: Collection[Held] = ()
    waits: str = ""
    left: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """``lost`` says in words what the new version could not keep; where it is empty, nothing is lost."""

    old: int
    new: int
    life: Life
    lost: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """What was compared, as it stands in the event."""
        return {
            "from": self.old,
            "to": self.new,
            "state": self.life.state,
            "moves": dict(self.life.made),
            "clocks": sorted(self.life.clocks),
            "answers": sorted({f"{held.move}.{held.ask}" for held in self.life.held}),
            "lost": list(self.lost),
        }


def proof(old: Playbook, new: Playbook, life: Life) -> Proof:
    """Compare state, moves made, clocks and answers held with what the new version has under the same names."""
    lost = [
        *_places(old, new, life),
        *_moves(old, new, life),
        *_clocks(old, new, life),
        *_answers(old, new, life),
    ]
    return Proof(old.version, new.version, life, tuple(lost))


def _places(old: Playbook, new: Playbook, life: Life) -> list[str]:
    lost = [
        f"没有“{old.label_of(name)}”（{name}）这个状态"
        for name in filter(None, (life.state, life.left))
        if name not in new.state_named
    ]
    if not lost and (life.state in old.suspended()) is not (life.state in new.suspended()):
        lost.append(f"“{old.label_of(life.state)}”停不停表和原来不一样")
    if not lost and old.state_named[life.state].joins != new.state_named[life.state].joins:
        lost.append(f"“{old.label_of(life.state)}”下面开的事项和原来不一样")
    if life.level > new.escalates + 1:
        lost.append(f"已经提到第{life.level}级，新版最高只到第{new.escalates + 1}级")
    return lost


def _moves(old: Playbook, new: Playbook, life: Life) -> list[str]:
    lost = [
        f"没有“{old.move_named[name].label}”（{name}）这个动作，而这件已经做过"
        for name in life.made
        if name not in new.move_named
    ]
    waits = new.move_named.get(life.waits)
    if life.waits and (
        waits is None
        or waits.signed_by != old.move_named[life.waits].signed_by
        or life.state not in waits.sources
    ):
        lost.append(f"“{old.move_named[life.waits].label}”正在等签字，新版里签不成")
    return lost


def _clocks(old: Playbook, new: Playbook, life: Life) -> list[str]:
    before, after = ({clock.name: clock for clock in book.clocks} for book in (old, new))
    lost = []
    for name in life.clocks:
        if name not in after:
            lost.append(f"没有“{before[name].label}”（{name}）这个计时，而这件走过")
        elif _basis(before[name]) != _basis(after[name]):
            lost.append(f"“{before[name].label}”（{name}）计时的依据和原来不一样")
        elif life.state not in new.suspended() and (life.state in before[name].runs_in) is not (
            life.state in after[name].runs_in
        ):
            lost.append(f"“{before[name].label}”（{name}）现在走不走和原来不一样")
    return lost


def _basis(clock: Clock) -> tuple[str, str, str]:
    return clock.rule, clock.written, clock.from_day


def _answers(old: Playbook, new: Playbook, life: Life) -> list[str]:
    lost = []
    for held in life.held:
        if held.move in OWN_MOVES or held.move not in new.move_named:
            continue
        before, after = (_ask(book, held) for book in (old, new))
        if after is None or (before is not None and before.kind != after.kind):
            lost.append(
                f"“{old.move_named[held.move].label}”填过的“{before.label if before else held.ask}”没有地方放"
            )
        elif held.choice and held.choice not in dict(after.choices):
            lost.append(f"“{after.label}”选过的“{held.choice}”不在新版的选项里")
    return lost


def _ask(playbook: Playbook, held: Held) -> Ask | None:
    return next((ask for ask in playbook.move_named[held.move].asks if ask.name == held.ask), None)
