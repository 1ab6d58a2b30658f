"""Two cases that are one: this one ends and points to the other. It can be taken back."""

from __future__ import annotations

from luodi.kernel.cases.acts.applying import enter, join_above, pauses_of, write_step
from luodi.kernel.cases.acts.clocking import Turn
from luodi.kernel.cases.acts.ground import locked, reason_given, require_office, standing_of
from luodi.kernel.cases.acts.reopening import come_back
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import MERGED, OWN_MOVES
from luodi.kernel.cases.possible import held_by_children
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal

_MERGE, _UNMERGE = OWN_MOVES["merge"], OWN_MOVES["unmerge"]


def merge(case: Case | str, *, into: Case | str, by: Actor, reason: str) -> Step:
    """The same matter was opened twice: this one ends as merged, counted apart, and the other goes on. For its office.

    Raises ``Refusal``: ``no-such-case``, ``same-case``, ``other-kind``, ``closed-already``, ``other-party``, ``children-open``,
    ``duties-open``, ``reason-missing``.
    """
    key, other_key = _key(case), _key(into)
    if key == other_key:
        raise Refusal("same-case", "不能把一件事并入它自己。请选另一件。")
    with action("case.merged", by=by, subject=key) as act:
        # always in the same order, so that two who merge them into each other do not wait for one another
        held = {each: locked(each) for each in sorted((key, other_key))}
        row, other = held[key], held[other_key]
        require_office(row, by, _MERGE.label)
        given = {"reason": reason_given(reason, _MERGE.label)}
        _require_alike(row, other)
        standing = standing_of(row, by)
        if (refusal := held_by_children(_MERGE, standing)) is not None:
            raise refusal
        if standing.open_duties:
            raise Refusal(
                "duties-open", f"{row.number}还有{standing.open_duties}项约定没有核对，核对完才能并入别的。"
            )
        old, kind, playbook = row.state, kind_of(row.kind), playbook_of(row.kind, row.version)
        step = write_step(act, row, kind, _MERGE, given, old, MERGED.name)
        turned = Turn(playbook, _MERGE, given, old, MERGED.name, pauses_of(row))
        enter(act, row, kind, turned, {"merged_into": other})
        act.shown |= {"into": other.id, "from": old}
        join_above(act, row)
        return step


def unmerge(case: Case | str, *, by: Actor, reason: str) -> Step:
    """Take a merger back: the case stands where it stood and its clocks go on. For its office.

    Raises ``Refusal``: ``not-merged``, and those of ``reopen``.
    """
    key = _key(case)
    with action("case.unmerged", by=by, subject=key) as act:
        row = locked(key)
        require_office(row, by, _UNMERGE.label)
        if row.merged_into_id is None:
            raise Refusal("not-merged", f"{row.number}没有并入别的事项，不用撤回。")
        act.shown |= {"out_of": row.merged_into_id}
        return come_back(act, row, _UNMERGE, reason)


def _require_alike(row: Case, other: Case) -> None:
    if row.kind != other.kind:
        raise Refusal("other-kind", "只有同一类事项才能合并。请选同一类的一件。")
    for each in (row, other):
        if each.closed_at is not None:
            raise Refusal("closed-already", f"{each.number}已经办结。只有两件都在办，才能合并。")


def _key(case: Case | str) -> str:
    return case if isinstance(case, str) else case.id
