"""Two commitments that are one, and sentences that speak of one. All of it can be taken back."""

from __future__ import annotations

from typing import Any

from luodi.kernel.commitments.acts.adoption import judge, spoken_on
from luodi.kernel.commitments.acts.ground import (
    acting_post,
    day_of_act,
    key_of,
    locked,
    locked_statement,
    settle,
)
from luodi.kernel.commitments.acts.plan import back_to_prior
from luodi.kernel.commitments.linked import STATE_OF_ROLE, state_by_links
from luodi.kernel.commitments.models import Commitment, Said
from luodi.kernel.commitments.states import after
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal

_VERDICTS = {"merged": "merge", "kept": "keep"}


def merge(commitment: Commitment | str, *, into: Commitment | str, by: Actor, reason: str = "") -> Commitment:
    """The same promise was adopted twice: this one goes into the other and is counted once.

    Its sentences and reports stay with it and are shown on both pages. Raises ``Refusal``: ``same-promise``,
    ``cannot-take-in``, ``impossible-move``.
    """
    if key_of(commitment) == key_of(into):
        raise Refusal("same-promise", "不能把一件承诺并入它自己。")
    with action("commitment.merged", by=by, subject=key_of(commitment)) as act:
        acting_post(by, day_of_act(act))
        row, other = _both(commitment, into)
        if other.state not in ("open", "claimed", "kept"):
            word = dict(Commitment.STATES)[other.state]
            raise Refusal("cannot-take-in", f"要并入的那一件现在是“{word}”，不能再并入别的承诺。")
        state = after("merge", row.state)
        prior: dict[str, Any] = {"prior_state": row.state, "prior_since": row.state_since}
        text = reason.strip() or None
        act.change(row, state=state, state_since=day_of_act(act), merged_into=other, reason=text, **prior)
        _judge_made(act, row, "merge", text)
        act.shown |= {"into": other.id}
        settle(act, row, other)
    return row


def unmerge(commitment: Commitment | str, *, by: Actor, reason: str = "") -> Commitment:
    """Take a merger back: the commitment is exactly what it was. Raises ``Refusal``."""
    with action("commitment.unmerged", by=by, subject=key_of(commitment)) as act:
        acting_post(by, day_of_act(act))
        known = (
            Commitment.objects.filter(pk=key_of(commitment)).values_list("merged_into_id", flat=True).first()
        )
        row, _ = _both(commitment, known or commitment)
        other = row.merged_into_id
        if other != known:  # taken back and merged again by somebody else, this very moment
            raise Refusal("changed-meanwhile", "这件承诺刚刚被别人改过，没有撤回。请刷新页面看过再办。")
        back_to_prior(act, row, "unmerge", reason.strip() or None)
        act.change(row, merged_into=None)
        _judge_made(act, row, "undo", reason.strip() or None)
        act.shown |= {"out_of": other}
        settle(act, row, *([other] if other else []))
    return row


def link_statement(
    commitment: Commitment | str, statement: StatementKey | str, *, role: str, by: Actor, reason: str = ""
) -> Said:
    """A sentence speaks of it: ``repeats`` it, ``claims`` its result, ``changes`` it or is ``evidence``.

    Linking never changes state, target or figure. Raises ``Refusal``: ``already-linked``, ``merged-elsewhere``; ``LookupError``
    for another role.
    """
    if role not in STATE_OF_ROLE:
        raise LookupError(f"no role {role!r} for a link; the roles are {', '.join(STATE_OF_ROLE)}")
    with action("commitment.statement_linked", by=by, subject=key_of(commitment)) as act:
        acting_post(by, day_of_act(act))
        row, key = locked(commitment), locked_statement(statement)
        _can_be_spoken_of(row)
        if Said.objects.filter(commitment=row, statement=key, undone=False).exists():
            raise Refusal("already-linked", "这句话已经链接在这件承诺上了。")
        said = act.create(
            Said(commitment=row, statement=key, role=role, day=spoken_on(key.source, day_of_act(act)))
        )
        # a statement that made a commitment of its own keeps the state of that, whatever else it speaks of
        judge(act, key, state_by_links(key), _VERDICTS[STATE_OF_ROLE[role]], reason)
        act.shown |= {"statement": key.id, "role": role}
        settle(act, row)
    return said


def unlink_statement(said: Said | str, *, by: Actor, reason: str = "") -> Said:
    """Take a link back; it stays to be seen as taken back. Raises ``Refusal``: ``no-such-link``, ``made-it``,
    ``merged-elsewhere``."""
    link = Said.objects.filter(pk=said if isinstance(said, str) else said.id).first()
    if link is None:
        raise Refusal("no-such-link", "没有这个链接。请从承诺页面重新进入。")
    with action("commitment.statement_unlinked", by=by, subject=link.commitment_id) as act:
        acting_post(by, day_of_act(act))
        row = locked(link.commitment_id)
        link.refresh_from_db()
        if link.undone:
            raise Refusal("no-such-link", "这个链接已经撤回过了。")
        _not_merged(row, "它的链接先不动；要取下，请先撤回并入。")
        if link.role == "made":
            raise Refusal("made-it", "这句话就是承诺的出处，不能取下；采纳错了的，请撤回采纳。")
        act.change(link, undone=True)
        if link.statement_id is not None:
            key = locked_statement(link.statement_id)
            judge(act, key, state_by_links(key), "undo", reason)
            act.shown |= {"statement": key.id}
        act.shown |= {"role": link.role}
        settle(act, row)
    return link


def note_silence(commitment: Commitment | str, source: Source, *, by: Actor) -> Said:
    """A later plan that ought to speak of it does not. ``unlink_statement`` takes it back. Raises ``Refusal``."""
    with action("commitment.silence_noted", by=by, subject=key_of(commitment)) as act:
        acting_post(by, day_of_act(act))
        row = locked(commitment)
        _can_be_spoken_of(row)
        if Said.objects.filter(commitment=row, source=source, undone=False).exists():
            raise Refusal("already-linked", "已经记过这份文件没有再提这件承诺。")
        if Said.objects.filter(commitment=row, statement__source=source, undone=False).exists():
            raise Refusal("it-speaks", "这份文件里有一句话链接在这件承诺上，不能记作没有再提。")
        said = act.create(
            Said(commitment=row, source=source, role="silent", day=spoken_on(source, day_of_act(act)))
        )
        act.shown |= {"source": source.id, "role": "silent"}
        settle(act, row)
    return said


def _both(one: Commitment | str, other: Commitment | str) -> tuple[Commitment, Commitment]:
    """Two rows under lock, taken in the order of their ids so that two such acts never wait for each other."""
    rows = {key: locked(key) for key in sorted((key_of(one), key_of(other)))}
    return rows[key_of(one)], rows[key_of(other)]


def _can_be_spoken_of(row: Commitment) -> None:
    if row.state == "undone":
        raise Refusal("impossible-move", "这件承诺的采纳已经撤回，不能再链接。")
    _not_merged(row, "新的话请连到那一件上；确实只说这一件的，请先撤回并入。")


def _not_merged(row: Commitment, otherwise: str) -> None:
    """While merged it stands still: what is said goes to the one that is counted, and taking the merger back brings back
    exactly what was."""
    if row.state == "merged" and row.merged_into is not None:
        raise Refusal("merged-elsewhere", f"这件承诺已经并入“{row.merged_into.title}”。{otherwise}")


def _judge_made(act: Action, row: Commitment, verdict: str, reason: str | None) -> None:
    made = Said.objects.filter(commitment=row, role="made", undone=False, statement__isnull=False)
    for key in made.values_list("statement_id", flat=True):
        statement = locked_statement(str(key))
        judge(act, statement, state_by_links(statement), verdict, reason)
