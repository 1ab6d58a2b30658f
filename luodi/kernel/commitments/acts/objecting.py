"""Anybody may say: this is wrong. No name is asked; the words are personal until proven otherwise, and never public."""

from __future__ import annotations

from luodi.kernel.commitments.acts.ground import acting_post, day_of_act
from luodi.kernel.commitments.models import Commitment, Objection
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.refusal import Refusal

LONGEST = 2_000
_SUBJECTS: dict[str, type[LedgerRow]] = {"c": Commitment, "d": Source, "s": StatementKey}


def object_to(subject: str, text: str, *, by: Actor = SYSTEM) -> Objection:
    """Somebody objects to what stands on the page of ``subject`` (a commitment, document or statement).

    Raises ``Refusal``: ``no-such-subject``, ``no-text``, ``long-text``.
    """
    words = text.strip()
    if len(words) < 2:
        raise Refusal("no-text", "请写明哪里错了，最好附上您知道的情况和出处。")
    if len(words) > LONGEST:
        raise Refusal("long-text", f"写了{len(words)}字，最多{LONGEST}字。您填的都在，请删短一些。")
    model = _SUBJECTS.get(subject[:1])
    with action("objection.made", by=by, subject=subject) as act:
        if model is None or not model._default_manager.filter(pk=subject).exists():
            raise Refusal("no-such-subject", "没有找到您说的这一页，请从那一页重新点“指出错误”。")
        return act.create(Objection(subject=subject, at=act.at, text=words))


def answer_objection(objection: Objection | str, answer: str, *, by: Actor) -> Objection:
    """The office answers in its own words. Raises ``Refusal``: ``no-such-objection``, ``already-answered``, ``no-text``."""
    words = answer.strip()
    if not words:
        raise Refusal("no-text", "答复不能空着。")
    key = objection if isinstance(objection, str) else objection.id
    found = Objection.objects.filter(pk=key).first()
    if found is None:
        raise Refusal("no-such-objection", "没有这条意见。")
    with action("objection.answered", by=by, subject=found.subject) as act:
        acting_post(by, day_of_act(act))
        row = Objection.objects.select_for_update().get(pk=key)
        if row.state == "answered":
            raise Refusal("already-answered", f"这条意见已于{row.answered_on}答复。")
        act.data |= {"objection": row.id}
        return act.change(row, state="answered", answer=words, answered_on=day_of_act(act))
