"""A case gets another owner: posts change and units are merged, and nothing stays with a post that is no more."""

from __future__ import annotations

from typing import Any

from luodi.kernel.cases.acts.applying import enter, pauses_of, write_step
from luodi.kernel.cases.acts.clocking import Turn
from luodi.kernel.cases.acts.ground import locked, reason_given, require_office
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import OWN_MOVES
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, in_line
from luodi.kernel.register.models import Post, Unit

_HAND_OVER = OWN_MOVES["hand_over"]


def reassign(
    case: Case | str,
    *,
    by: Actor,
    unit: Unit | str,
    post: Post | str | None = None,
    verifier_unit: Unit | str | None = None,
    office_unit: Unit | str | None = None,
    reason: str,
) -> Step:
    """Another unit, and where it is known a post in it, does the work from now on; clocks run on. For the office.

    ``verifier_unit``, ``office_unit``: who checks and who runs it from now on; left out, whoever did. Raises ``Refusal``:
    ``no-such-case``, ``other-party``, ``reason-missing``, ``closed-already``, ``already-closed`` for a unit or post that is no
    more, ``post-elsewhere``, ``nothing-changed``, ``not-independent``.
    """
    key = case if isinstance(case, str) else case.id
    with action("case.reassigned", by=by, subject=key) as act:
        row = locked(key)
        require_office(row, by, _HAND_OVER.label)
        given = {"reason": reason_given(reason, _HAND_OVER.label)}
        if row.closed_at is not None:
            raise Refusal("closed-already", f"{row.number}已经办结，不用移交。")
        doer, owner = _now(Unit, unit), _now(Post, post)
        checks = _now(Unit, verifier_unit) or row.verifier_unit
        office = _now(Unit, office_unit) or row.office_unit
        _require_able(doer, owner, checks, office)
        wanted = {"unit": doer, "post": owner, "verifier_unit": checks, "office_unit": office}
        changed = {name: to for name, to in wanted.items() if getattr(row, f"{name}_id") != (to and to.id)}
        if not changed:
            raise Refusal("nothing-changed", f"{row.number}本来就由这个单位和岗位办，不用移交。")
        kind, playbook = kind_of(row.kind), playbook_of(row.kind, row.version)
        act.shown["from"] = {"unit": row.unit_id, "post": row.post_id}
        act.shown["to"] = {"unit": doer.id, "post": owner and owner.id}
        step = write_step(act, row, kind, _HAND_OVER, given, row.state, row.state)
        enter(
            act, row, kind, Turn(playbook, _HAND_OVER, given, row.state, row.state, pauses_of(row)), changed
        )
        return step


def _now(model: type[Any], row: Any) -> Any:
    """The row as it is now: whoever asks may have read it before it was closed."""
    key = row if row is None or isinstance(row, str) else row.id
    return model.objects.get(pk=key) if key is not None else None


def _require_able(unit: Unit, post: Post | None, checks: Unit | None, office: Unit) -> None:
    for each in (unit, post, checks, office):
        if each is not None and each.closed_on is not None and each.closed_on <= today():
            name = each.title if isinstance(each, Post) else each.name
            raise Refusal("already-closed", f"“{name}”已于{each.closed_on}撤销，请选承接它的单位或岗位。")
    if post is not None and post.unit_id != unit.id and unit.id not in ancestors(post.unit_id):
        raise Refusal("post-elsewhere", f"岗位“{post.title}”不在{unit.name}。请选这个单位的岗位。")
    if checks is not None and in_line(checks, unit):
        raise Refusal(
            "not-independent",
            f"做事的单位不能核实自己。{checks.name}要核实这件事，请另选承办单位，或一并换核实单位。",
        )
