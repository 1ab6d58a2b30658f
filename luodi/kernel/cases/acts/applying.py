"""What a move does once it may be made: the step, the state, the clocks, what is due. The one place where a case changes."""

from __future__ import annotations

from typing import Any

from luodi.kernel.accounts.access import post_of
from luodi.kernel.cases import due_items
from luodi.kernel.cases.acts.clocking import Turn, dues, turn_clocks
from luodi.kernel.cases.acts.effects import Answers, detail_fields, effects, write_details, write_duties
from luodi.kernel.cases.acts.ground import locked, standing_of
from luodi.kernel.cases.acts.telling import tell_moved
from luodi.kernel.cases.models import Case, Pause, Step, StepFile
from luodi.kernel.cases.playbook import BACK, MERGED, OWN_MOVES, STAY, Move, Playbook
from luodi.kernel.cases.possible import require
from luodi.kernel.cases.registry import Kind, kind_of, playbook_of, step_columns
from luodi.kernel.files.keeping import kept_file
from luodi.kernel.ledger.action import SYSTEM, Action
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.lookups import rulebook


def apply(
    act: Action,
    case: Case,
    kind: Kind,
    playbook: Playbook,
    move: Move,
    given: Answers,
    step: Step | None = None,
) -> Step:
    """Within an action, on a locked case. ``step`` is the one that waited for its signature, where there is one.

    Where the case ends and was the last one open beneath another, that one is joined in the same act.
    """
    made, old = _carry_out(act, case, kind, playbook, move, given, step)
    act.shown |= {"move": move.name, "from": old, "to": made.to_state}
    join_above(act, case)
    return made


def enter(act: Action, case: Case, kind: Kind, made: Turn, changed: dict[str, Any]) -> None:
    """Bring case, clocks and what is due to where a move has led; ``changed`` is what else it changes on the case."""
    if made.new != made.old and made.old:
        changed["state"] = made.new
    end = MERGED if made.new == MERGED.name else made.playbook.end_named.get(made.new)
    if end is not None and case.closed_at is None:
        changed |= {"closed_at": act.at, "outcome": end.counts_as}
    elif end is None and case.closed_at is not None:
        changed |= {"closed_at": None, "outcome": ""}
    book = rulebook(has_own=getattr(case, "has_own_rules", True))
    clocks, were = turn_clocks(act, case, kind, made, book)
    changed |= dues(clocks, is_paused=made.is_paused)
    act.change(case, is_held=True, **changed)
    were |= {due_items.PAUSE} if made.goes_on else set()
    due_items.write(case, made.playbook, clocks, book, were, is_paused=made.is_paused, at=act.at)
    tell_moved(act, case, made.playbook, made.move, made.old)


def write_step(
    act: Action,
    case: Case,
    kind: Kind,
    move: Move,
    given: Answers,
    old: str,
    new: str,
    *,
    signature: bool = False,
    by_system: bool = False,
) -> Step:
    """The line of history, with its files."""
    held = detail_fields(kind) if move.name not in OWN_MOVES else set()
    columns = {
        column: given[ask.name]
        for column, ask in step_columns(move, held).items()
        if given[ask.name] is not None
    }
    post = None if by_system else post_of(act.by)
    step = Step(
        case=case,
        move=move.name,
        at=act.at,
        from_state=old,
        to_state=new,
        post=post,
        unit_of_id=post.unit_id if post is not None else None,
        needs_signature=signature,
        **columns,
    )
    act.create(step)
    for ask in move.asks:
        for upload in given[ask.name] or () if ask.kind == "file" else ():
            act.create(StepFile(step=step, file=kept_file(act, upload.raw, upload.name)))
    return step


def pauses_of(case: Case) -> list[Pause]:
    """Every pause of a case, in their order."""
    return list(Pause.objects.filter(case=case).order_by("from_at", "id"))


def join_above(act: Action, case: Case) -> None:
    """Where the case has ended and nothing else is open beneath its parent: make the parent's own move, by the system.

    The parent is locked before its children are counted, so that of two that end at once the later one joins.
    """
    if case.closed_at is None or case.parent_id is None:
        return
    above = locked(case.parent_id)
    playbook = playbook_of(above.kind, above.version)
    stage = playbook.state_named.get(above.state)
    if stage is None or stage.joins != case.kind:
        return
    try:
        chosen = require(playbook, standing_of(above, SYSTEM), stage.joined)
    except Refusal:
        return  # something is still open beneath it, or else in its way: then its office goes on
    given = dict.fromkeys(ask.name for ask in chosen.asks)
    made, old = _carry_out(act, above, kind_of(above.kind), playbook, chosen, given, by_system=True)
    told = {"case": above.id, "move": chosen.name, "from": old, "to": made.to_state}
    act.shown["joined"] = [*act.shown.get("joined", ()), told]
    join_above(act, above)


def _carry_out(
    act: Action,
    case: Case,
    kind: Kind,
    playbook: Playbook,
    move: Move,
    given: Answers,
    step: Step | None = None,
    *,
    by_system: bool = False,
) -> tuple[Step, str]:
    old = case.state if move.sources else ""
    pauses = pauses_of(case) if _asks_for_pauses(case, playbook, move) else []
    new = _target(move, case, pauses)
    if step is None:
        step = write_step(act, case, kind, move, given, old, new, by_system=by_system)
    else:
        act.change(step, to_state=new)
    write_details(act, case, kind, move, given)
    changed = effects(act, case, playbook, move, given, pauses)
    write_duties(act, case, move, given, step)
    enter(act, case, kind, Turn(playbook, move, given, old, new, pauses), changed)
    return step, old


def _asks_for_pauses(case: Case, playbook: Playbook, move: Move) -> bool:
    """Whether the move begins, ends or looks back over a pause; of a case that stands in none, no clock asks for past ones."""
    return bool(move.sources) and (
        move.effect in ("suspend", "resume", "extend")
        or move.target == BACK
        or case.state in playbook.suspended()
    )


def _target(move: Move, case: Case, pauses: list[Pause]) -> str:
    if move.target == STAY:
        return case.state
    if move.target != BACK:
        return move.target
    return next(pause.state_left for pause in reversed(pauses) if pause.until_at is None)
