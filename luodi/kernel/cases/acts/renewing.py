"""A live case goes on under another version of its playbook: only where it is proven that nothing is lost."""

from __future__ import annotations

from collections import Counter

from luodi.kernel.attributes import kept_attribute
from luodi.kernel.cases.acts.applying import enter, pauses_of, write_step
from luodi.kernel.cases.acts.clocking import Turn
from luodi.kernel.cases.acts.effects import detail_fields, details_of
from luodi.kernel.cases.acts.ground import locked, require_office
from luodi.kernel.cases.models import Case, CaseClock, Step, StepFile
from luodi.kernel.cases.playbook import OWN_MOVES, Playbook
from luodi.kernel.cases.registry import Kind, kind_of, playbook_of, step_columns
from luodi.kernel.cases.versions import Held, Life, Proof, proof
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal

_RENEW = OWN_MOVES["renew"]


def move_to_version(case: Case | str, version: int, *, by: Actor) -> Step:
    """Go on under ``version``; the proof stands in the event. For the office.

    Raises ``Refusal``: ``no-such-case``, ``other-party``, ``closed-already``, ``no-such-version``, ``not-newer``,
    ``would-lose`` with everything that the new version could not keep.
    """
    key = case if isinstance(case, str) else case.id
    with action("case.renewed", by=by, subject=key) as act:
        row = locked(key)
        require_office(row, by, _RENEW.label)
        if row.closed_at is not None:
            raise Refusal("closed-already", f"{row.number}已经办结，留在第{row.version}版。")
        kind, old = kind_of(row.kind), playbook_of(row.kind, row.version)
        new = _newer(kind, old, version)
        shown = proof_for(row, new)
        if shown.lost:
            raise Refusal("would-lose", f"不能改用第{version}版，会丢东西：{'；'.join(shown.lost)}。")
        act.shown["proof"] = shown.as_data()
        step = write_step(act, row, kind, _RENEW, {}, row.state, row.state)
        turned = Turn(new, _RENEW, {}, row.state, row.state, pauses_of(row))
        enter(act, row, kind, turned, {"version": version})
        return step


def proof_for(case: Case, new: Playbook) -> Proof:
    """Whether ``case`` as it is now would lose anything under ``new``. Five queries and one a table of details."""
    kind, old = kind_of(case.kind), playbook_of(case.kind, case.version)
    steps = list(Step.objects.filter(case=case, taken_back=False).order_by("id"))
    with_files = set(StepFile.objects.filter(step__case=case).values_list("step_id", flat=True))
    waits = next((step.move for step in steps if step.needs_signature and step.signed_at is None), "")
    life = Life(
        state=case.state,
        made=Counter(step.move for step in steps if step.move not in OWN_MOVES),
        clocks=tuple(CaseClock.objects.filter(case=case).order_by("name").values_list("name", flat=True)),
        held=_held(case, kind, old, steps, with_files),
        waits=waits,
        left=next((pause.state_left for pause in reversed(pauses_of(case)) if pause.until_at is None), ""),
        level=case.level,
    )
    return proof(old, new, life)


def _newer(kind: Kind, old: Playbook, version: int) -> Playbook:
    found = kind.playbooks.get(version)
    if found is None:
        known = "、".join(str(number) for number in sorted(kind.playbooks))
        raise Refusal("no-such-version", f"{old.label}没有第{version}版。有的是：{known}。")
    if version <= old.version:
        raise Refusal("not-newer", f"这件已经在第{old.version}版，只能改用更新的。")
    return found


def _held(case: Case, kind: Kind, old: Playbook, steps: list[Step], with_files: set[str]) -> tuple[Held, ...]:
    """Every answer that was given and is kept: in a step's own columns, in its files, or in the details."""
    details, fields = details_of(case, kind), detail_fields(kind)
    found = []
    for step in steps:
        move = old.move_named[step.move]
        columns = {ask.name: column for column, ask in step_columns(move, fields).items()}
        for ask in move.asks:
            value = None
            if ask.name in columns:
                value = getattr(step, columns[ask.name]) or None
            elif ask.name in fields:
                value = getattr(details, kept_attribute(details, ask.name))
            elif ask.kind == "file":
                value = step.id in with_files or None
            elif ask.kind in ("duties", "duty"):
                value = True
            if value is not None and value != "":
                found.append(Held(move.name, ask.name, str(value) if ask.kind == "choice" else ""))
    return tuple(found)
