"""The states of a commitment and the moves between them: the one place that says what may follow what.

Domain reference §16: reported done is not verified done, a failed check goes back to being under way, a carried-over promise
goes on in the next year's plan. Every state is reached by a move; the only ends without a way back are ``carried`` (it goes
on elsewhere) and ``undone`` (it never was).
"""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kernel.refusal import Refusal

FIRST = "open"
WORDS: dict[str, str] = {
    "open": "推进中",
    "claimed": "报完成，未核实",
    "kept": "已核实兑现",
    "dropped": "不再办",
    "merged": "已并入",
    "carried": "已结转",
    "undone": "采纳已撤回",
}


@dataclass(frozen=True, slots=True)
class Move:
    """From any of ``sources`` to ``to``; ``to`` empty: back to the state before (``prior_state``)."""

    word: str
    sources: tuple[str, ...]
    to: str


MOVES: dict[str, Move] = {
    "correct": Move("更正", ("open", "claimed"), ""),
    "change_target": Move("改目标", ("open",), ""),
    "report_progress": Move("上报进展", ("open",), "open"),
    "report_done": Move("报完成", ("open",), "claimed"),
    "verify_progress": Move("核实进展", ("open", "claimed"), ""),
    "send_back_progress": Move("退回进展", ("open", "claimed"), ""),
    "verify_done": Move("核实兑现", ("claimed",), "kept"),
    "send_back_done": Move("退回", ("claimed",), "open"),
    "reopen": Move("重新打开", ("kept",), "open"),
    "drop": Move("作为不再办处理", ("open", "claimed"), "dropped"),
    "restore": Move("恢复", ("dropped",), ""),
    "merge": Move("并入另一件", ("open", "claimed"), "merged"),
    "unmerge": Move("撤回并入", ("merged",), ""),
    "carry_over": Move("结转下一年", ("open", "claimed"), "carried"),
    "undo_adoption": Move("撤回采纳", ("open",), "undone"),
}
RETURNING = ("restore", "unmerge")


def allowed(name: str, state: str) -> bool:
    """Whether the move is possible in ``state``. Raises ``LookupError`` for an unknown move."""
    return state in _move(name).sources


def after(name: str, state: str, prior: str = "") -> str:
    """The state that follows. Raises ``Refusal`` where the move is impossible, ``LookupError`` where it is unknown."""
    move = _move(name)
    if state not in move.sources:
        known = "、".join(f"“{WORDS[source]}”" for source in move.sources)
        raise Refusal(
            "impossible-move",
            f"这件承诺现在是“{WORDS.get(state, state)}”，不能{move.word}；{known}的才可以。",
        )
    if move.to:
        return move.to
    return (prior or FIRST) if name in RETURNING else state


def _move(name: str) -> Move:
    if name not in MOVES:
        raise LookupError(f"no move {name!r}; the moves are {', '.join(MOVES)}")
    return MOVES[name]
