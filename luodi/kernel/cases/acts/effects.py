"""What a move does beside changing the state: details, pauses, levels, duties. Called inside open actions only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from luodi.kernel.attributes import kept_attribute
from luodi.kernel.cases.due_items import LONGEST_PAUSE
from luodi.kernel.cases.models import Case, Duty, Pause, Step
from luodi.kernel.cases.playbook import STAY, Move, Playbook
from luodi.kernel.cases.registry import Kind
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Action
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit
from luodi.kernel.rules.deadlines import deadline_by
from luodi.kernel.rules.lookups import rulebook

Answers = Mapping[str, Any]
_ASSIGNED: dict[str, type[LedgerRow]] = {"unit": Unit, "post": Post}


def detail_fields(kind: Kind) -> set[str]:
    """The names of the fields that only this kind of case has."""
    return {f.name for f in kind.details._meta.concrete_fields} if kind.details is not None else set()


def details_of(case: Case, kind: Kind) -> Any:
    """The row of what only this kind of case has; ``None`` where it has nothing of its own."""
    return kind.details._default_manager.get(case=case) if kind.details is not None else None


def write_details(act: Action, case: Case, kind: Kind, move: Move, given: Answers) -> None:
    """Answers that the details have a field for go there; the row is made when the case begins."""
    if kind.details is None:
        return
    values = {}
    for name in detail_fields(kind) & set(given):
        value, attribute = given[name], kept_attribute(kind.details, name)
        values[attribute] = value if attribute == name else getattr(value, "id", value)
    if not move.sources:
        act.create(
            kind.details(case=case, **{name: value for name, value in values.items() if value is not None})
        )
    elif values:
        act.change_one(kind.details, {"case": case}, **values)


def effects(
    act: Action, case: Case, playbook: Playbook, move: Move, given: Answers, pauses: list[Pause]
) -> dict[str, Any]:
    """What the move's effect changes on the case itself; a new pause is written here. Raises ``Refusal`` (``top-level``)."""
    if move.effect == "assign":
        return {name: _row(model, given[name]) for name, model in _ASSIGNED.items() if given.get(name)}
    if move.effect == "suspend":
        require_short(act, case, move, given)
        days = [given[ask.name] for ask in move.asks if ask.kind == "day"]
        texts = [given[ask.name] for ask in move.asks if ask.kind == "text"]
        made = Pause(
            case=case,
            state_left=case.state,
            from_at=act.at,
            expected_until=days[0] if days else None,
            reason=texts[0] if texts else None,
        )
        pauses.append(act.create(made))
    if not move.effect and pauses and case.state in playbook.suspended() and move.target == STAY:
        _put_off(act, case, move, given, pauses)
    if move.effect == "escalate":
        if case.level > playbook.escalates:
            raise Refusal("top-level", f"已经是第{case.level}级，最高就到这一级，不能再提。")
        return {"level": case.level + 1}
    return {}


def _put_off(act: Action, case: Case, move: Move, given: Answers, pauses: list[Pause]) -> None:
    """A case that stays suspended until another day than was said before. Raises ``Refusal``: those of ``require_short``."""
    until = next((given[ask.name] for ask in move.asks if ask.kind == "day"), None)
    held = next((pause for pause in reversed(pauses) if pause.until_at is None), None)
    if until is None or held is None:
        return
    require_short(act, case, move, given, goes_on=True)
    act.change(held, expected_until=until)


def require_short(act: Action, case: Case, move: Move, given: Answers, *, goes_on: bool = False) -> None:
    """A suspension that is told until when lasts no longer than the rule allows: asked when it is proposed and when it begins.

    Raises ``Refusal``: ``day-passed``, ``pause-too-long``.
    """
    until = next((given[ask.name] for ask in move.asks if ask.kind == "day"), None)
    if (move.effect != "suspend" and not goes_on) or until is None:
        return
    day = day_of(act.at)
    if until < day:
        raise Refusal("day-passed", f"预计到的日子写的是{until}，已经过了。最早可以是今天。")
    rule = rulebook().choose(LONGEST_PAUSE, on=day, facts={"kind": case.kind})
    due = deadline_by(rule, day).due
    latest = day_of(due) if isinstance(due, dt.datetime) else due
    if until > latest:
        raise Refusal(
            "pause-too-long",
            f"停表到{until}太久，最晚到{latest}（{rule.title}，{rule.citation}）。到时候还不行，再停一次。",
        )


def write_duties(act: Action, case: Case, move: Move, given: Answers, step: Step) -> None:
    """What the move binds somebody to, or what it found about one duty. Raises ``Refusal``: ``day-passed``, ``no-such-duty``."""
    if move.effect == "bind":
        bound = next(given[ask.name] for ask in move.asks if ask.kind == "duties") or []
        if any(row.due_on < day_of(act.at) for row in bound):
            raise Refusal("day-passed", "有一项的日子已经过了。约定的日子最早可以是今天。")
        for earlier in Duty.objects.filter(case=case, state="open"):
            act.change(earlier, state="void")  # agreed anew
        rows = (
            Duty(case=case, step=step, who=b.who, does=b.does, amount=b.amount, due_on=b.due_on)
            for b in bound
        )
        act.create_all(rows)
    if move.effect in ("keep", "break"):
        key = next(given[ask.name] for ask in move.asks if ask.kind == "duty")
        duty = Duty.objects.filter(case=case, pk=key).first()
        if duty is None or duty.state != "open":
            raise Refusal("no-such-duty", "这一项不是这件事里还没核对的约定。请刷新后再选。")
        days = [given[ask.name] for ask in move.asks if ask.kind == "day" and given[ask.name]]
        state = {"keep": "kept", "break": "broken"}[move.effect]
        act.change(duty, state=state, found_on=days[0] if days else day_of(act.at))


def _row(model: type[LedgerRow], given: Any) -> LedgerRow:
    return model._default_manager.get(pk=getattr(given, "id", given))
