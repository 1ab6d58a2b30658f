"""What a move does once it may be made: the step, the state, the clocks, what is due. The one place where a case changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from luodi.kernel.cases import due_items
from luodi.kernel.cases.models import Case, CaseClock, Duty, Pause, Step, StepFile
from luodi.kernel.cases.playbook import BACK, STAY, Clock, Move, Playbook
from luodi.kernel.cases.registry import Kind, step_columns
from luodi.kernel.cases.running import turn
from luodi.kernel.cases.time_kept import begun, go_on, reckon_anew, rewrite, running_of
from luodi.kernel.clocks.now import day_of
from luodi.kernel.files.keeping import kept_file
from luodi.kernel.ledger.action import Action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.rules.rule import Rule

Answers = Mapping[str, Any]


def apply(
    act: Action,
    case: Case,
    kind: Kind,
    playbook: Playbook,
    move: Move,
    given: Answers,
    step: Step | None = None,
) -> Step:
    """Within an action, on a locked case. ``step`` is the one that waited for its signature, where there is one."""
    old = case.state if move.sources else ""
    pauses = list(Pause.objects.filter(case=case).order_by("from_at", "id")) if move.sources else []
    new = _target(move, case, pauses)
    if step is None:
        step = write_step(act, case, kind, move, given, old, new)
    else:
        act.change(step, to_state=new)
    _write_details(act, case, kind, move, given)
    changed = _effects(act, case, playbook, move, given, pauses)
    _duties(act, case, move, given, step)
    if new != old and move.sources:
        changed["state"] = new
    end = playbook.end_named.get(new)
    if end is not None:
        changed |= {"closed_at": act.at, "outcome": end.counts_as}
    elif case.closed_at is not None:
        changed |= {"closed_at": None, "outcome": ""}
    book = rulebook()
    clocks = _clocks(act, case, kind, playbook, move, given, old, new, pauses, book)
    changed |= _dues(clocks, is_paused=new in playbook.suspended())
    act.change(case, **changed)
    act.shown |= {"move": move.name, "from": old, "to": new}
    due_items.write(case, playbook, clocks, book, is_paused=new in playbook.suspended(), at=act.at)
    return step


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
) -> Step:
    """The line of history, with its files."""
    held = _detail_fields(kind)
    columns = {
        column: given[ask.name]
        for column, ask in step_columns(move, held).items()
        if given[ask.name] is not None
    }
    post = Post.objects.filter(pk=act.by.post).first() if act.by.post else None
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


def _target(move: Move, case: Case, pauses: list[Pause]) -> str:
    if move.target == STAY:
        return case.state
    if move.target != BACK:
        return move.target
    return next(pause.state_left for pause in reversed(pauses) if pause.until_at is None)


def _detail_fields(kind: Kind) -> set[str]:
    return {f.name for f in kind.details._meta.concrete_fields} if kind.details is not None else set()


def _write_details(act: Action, case: Case, kind: Kind, move: Move, given: Answers) -> None:
    """Answers that the details have a field for go there; the row is made when the case begins."""
    if kind.details is None:
        return
    values = {}
    for name in _detail_fields(kind) & set(given):
        field = kind.details._meta.get_field(name)
        value = given[name]
        values[field.attname] = getattr(value, "id", value) if field.is_relation else value
    if not move.sources:
        act.create(
            kind.details(case=case, **{name: value for name, value in values.items() if value is not None})
        )
    elif values:
        act.change(kind.details._default_manager.get(case=case), **values)


def _effects(
    act: Action, case: Case, playbook: Playbook, move: Move, given: Answers, pauses: list[Pause]
) -> dict[str, Any]:
    """What the move's effect changes on the case itself; pauses are written here."""
    if move.effect == "assign":
        chosen = {
            f"{name}_id": getattr(given[name], "id", given[name])
            for name in ("unit", "post")
            if given.get(name)
        }
        return {name.removesuffix("_id"): _row(case, name, value) for name, value in chosen.items()}
    if move.effect == "suspend":
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
    if move.effect == "resume":
        act.change(next(pause for pause in reversed(pauses) if pause.until_at is None), until_at=act.at)
    if move.effect == "escalate":
        if case.level > playbook.escalates:
            raise Refusal("top-level", f"已经是第{case.level}级，最高就到这一级，不能再提。")
        return {"level": case.level + 1}
    return {}


def _duties(act: Action, case: Case, move: Move, given: Answers, step: Step) -> None:
    """What the move binds somebody to, or what it found about one duty."""
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


def _row(case: Case, name: str, value: str) -> Any:
    return case._meta.get_field(name.removesuffix("_id")).related_model._default_manager.get(pk=value)


def _clocks(
    act: Action,
    case: Case,
    kind: Kind,
    playbook: Playbook,
    move: Move,
    given: Answers,
    old: str,
    new: str,
    pauses: list[Pause],
    book: RuleBook,
) -> list[CaseClock]:
    """Start, stop, pause and reckon; returns the clocks of the case as they are then."""
    held = (
        {clock.name: clock for clock in CaseClock.objects.filter(case=case).order_by("id")}
        if move.sources
        else {}
    )
    after = turn(playbook, running_of(held.values(), pauses), old, new, act.at)
    for clock in playbook.clocks:
        told, row = after.get(clock.name), held.get(clock.name)
        if told is None:
            continue
        if row is None or told.started != row.started_at:
            from_day = given.get(clock.from_day)
            began = from_day or day_of(act.at)
            fresh = begun(case, clock, told.started, *_limit(case, kind, clock, given, began, book), from_day)
            held[clock.name] = act.create(fresh) if row is None else _restart(act, row, fresh)
        elif _touched(row, told.stopped, move):
            row.stopped_at = told.stopped
            if move.effect == "resume" and row.stopped_at is None:
                go_on(row, [p for p in pauses if p.from_at >= row.started_at], _last_closed(pauses))
            if move.effect == "extend" and row.stopped_at is None and new in clock.runs_in:
                _extend(row, given, pauses)
            act.change(row, **{name: getattr(row, name) for name in _TIMES})
    return list(held.values())


_TIMES = ("stopped_at", "granted", "due_on", "due_at", "latest_on", "latest_at", "is_provisional")


def _touched(row: CaseClock, stopped: dt.datetime | None, move: Move) -> bool:
    return row.stopped_at != stopped or move.effect in ("resume", "extend")


def _restart(act: Action, row: CaseClock, fresh: CaseClock) -> CaseClock:
    names = ("rule", "citation", "clock", "limit", "extension", "extend_on_holiday", "started_at", *_TIMES)
    return act.change(row, **{name: getattr(fresh, name) for name in names})


def _limit(
    case: Case, kind: Kind, clock: Clock, given: Answers, day: dt.date, book: RuleBook
) -> tuple[Rule | None, dt.date | None]:
    """The rule of the case's own day, kind and level; or the day that was written, now or before."""
    written = clock.written
    if clock.rule:
        facts = {"kind": case.kind, "level": str(case.level), "channel": case.channel}
        return book.choose(clock.rule, on=day, facts=facts), None
    if given.get(written) is not None:
        return None, given[written]
    if kind.details is not None and written in _detail_fields(kind):
        return None, getattr(kind.details._default_manager.get(case=case), written)
    return None, None


def _extend(row: CaseClock, given: Answers, pauses: list[Pause]) -> None:
    """A rule grants what it allows, once; a written day is written anew."""
    if row.clock:
        if row.granted >= row.extension:
            raise Refusal("no-extension", f"按{row.citation}，这个期限不能再延。")
        row.granted = row.extension
        reckon_anew(row, [p for p in pauses if p.from_at >= row.started_at])
        return
    day = next((value for value in given.values() if isinstance(value, dt.date)), None)
    if day is None or day <= row.due_on:
        raise Refusal("not-later", f"延期要写明延到哪一天，应晚于现在的期限{row.due_on}。")
    rewrite(row, day)


def _last_closed(pauses: list[Pause]) -> Pause:
    return next(pause for pause in reversed(pauses) if pause.until_at is not None)


def _dues(clocks: list[CaseClock], *, is_paused: bool) -> dict[str, Any]:
    """The earliest end of what runs; while paused there is none."""
    running = [] if is_paused else [clock for clock in clocks if clock.stopped_at is None]
    return {
        "planned_due": min((clock.due_on for clock in running), default=None),
        "latest_due": min((clock.latest_on for clock in running), default=None),
    }
