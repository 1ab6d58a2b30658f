"""Judging a statement on the review page: each act asks first, under lock, whether it is still there to be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from luodi.kernel.clocks.now import now
from luodi.kernel.commitments import actions as commitments
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment, Said
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Judgement, Reading, StatementKey
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Post, Unit
from luodi.kernel.review.acts.correcting import correct
from luodi.kernel.review.acts.leases import release
from luodi.kernel.review.models import Apart, Lease, SetAside

UNDONE = "复核时撤回"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reviewer had on the screen: the statement, the reading of it, and who looked (see ``Lease.holder``)."""

    statement: str
    reading: str
    holder: str


@dataclass(frozen=True, slots=True)
class Part:
    """One promise that a sentence makes. A sentence with several goals has several."""

    title: str
    lead_unit: Unit
    goal: Goal
    leader_post: Post | None = None
    co_units: Sequence[Unit] = field(default=())
    place: Place | None = None
    topic: str = ""
    year: int | None = None
    number: str = ""


class Meanwhile(Refusal):
    """Somebody else was there first. ``judgement`` is what they decided, if anything; ``post`` who looks at it now."""

    def __init__(
        self, code: str, message: str, *, judgement: Judgement | None = None, post: str = ""
    ) -> None:
        super().__init__(code, message)
        self.judgement = judgement
        self.post = post


def adopt(
    seen: Seen, parts: Sequence[Part], *, by: Actor, corrected: Mapping[str, str], confirmed: bool = False
) -> list[Commitment]:
    """Make a commitment of each part, each by an event of its own; what was read otherwise is kept beside the machine's.

    All or nothing. Raises ``Meanwhile`` and the refusals of ``commitments.actions.adopt``.
    """
    if not parts:
        raise Refusal("no-part", "没有写明要采纳成什么。请至少留一件。")
    with _judged(seen) as reading:
        correct(reading, corrected, by=by)
        made: list[Commitment] = []
        for part in parts:
            made.append(_adopt_part(seen.statement, part, by=by, confirmed=confirmed, beside=made))
    return made


def link(seen: Seen, commitment: str, role: str, *, by: Actor, score: str = "") -> Said:
    """The statement speaks of a commitment there is. Raises ``Meanwhile``, and what ``link_statement`` refuses."""
    reason = f"相似{score}" if score else ""
    with _judged(seen, commitment):
        return commitments.link_statement(commitment, seen.statement, role=role, by=by, reason=reason)


def refuse(seen: Seen, reason: str, *, by: Actor) -> Judgement:
    """The statement is not adopted, for a reason. Raises ``Meanwhile``, and ``Refusal`` (``no-reason``)."""
    if not reason.strip():
        raise Refusal("no-reason", "不采纳要有理由。请从1至9里选一个，或写明是什么。")
    with _judged(seen):
        return documents.judge(_row(seen.statement), "refuse", by=by, reason=reason.strip())


def keep(seen: Seen, *, by: Actor, corrected: Mapping[str, str] | None = None) -> Judgement:
    """The statement is true and no promise: it stays as evidence. Raises ``Meanwhile``."""
    with _judged(seen) as reading:
        correct(reading, corrected or {}, by=by)
        return documents.judge(_row(seen.statement), "keep", by=by)


def tell_apart(statement: str, commitment: str, *, by: Actor, score: str = "") -> Apart:
    """The statement does not speak of this commitment; it is not suggested again."""
    with action("statement.told_apart", by=by, subject=statement) as act:
        row = Apart.objects.filter(statement=statement, commitment=commitment, undone=False).first()
        if row is not None:
            raise Refusal("told-apart-already", "这两件已经说过不是一件，不必再说。")
        act.shown |= {"commitment": commitment, "score": score}
        return act.create(
            Apart(statement_id=statement, commitment_id=commitment, score=score, at=act.at, post=by.post)
        )


def take_together(apart: Apart, *, by: Actor) -> Apart:
    """Take back that the two were told apart."""
    with action("statement.telling_apart_undone", by=by, subject=apart.statement_id) as act:
        if Apart.objects.select_for_update().get(pk=apart.pk).undone:
            raise Refusal("nothing-to-undo", "这一次已经撤回过了。")
        act.shown |= {"commitment": apart.commitment_id}
        return act.change(apart, undone=True)


def undo(statement: str, *, by: Actor) -> None:
    """Let the statement await a judgement again, whatever was decided. Corrections stay, to be seen and used again.

    Raises ``Refusal``: ``nothing-to-undo``, ``linked-meanwhile``, and what the undoing of an adoption refuses once something
    was reported.
    """
    with transaction.atomic():
        said = Said.objects.filter(statement=statement, undone=False)
        held = _lock_commitments(said.values_list("commitment", flat=True))
        row = StatementKey.objects.select_for_update(no_key=True).filter(pk=statement).first()
        if row is None or row.state == "unread":
            raise Refusal("nothing-to-undo", "这一条还没有人复核过，或已经撤回，没有可以撤回的。")
        links = list(said.order_by("-id"))
        if not {link.commitment_id for link in links} <= held:
            raise Refusal("linked-meanwhile", "这一条刚才被别人链接到另一件承诺，没有撤回。请再看一遍。")
        if row.state == "adopted":
            for made in links:
                if made.role == "made":
                    commitments.undo_adoption(made.commitment_id, by=by, reason=UNDONE)
        elif links and links[0].role != "made":
            commitments.unlink_statement(links[0], by=by, reason=UNDONE)
        else:
            documents.judge(row, "undo", by=by, reason=UNDONE)


def _adopt_part(
    statement: str, part: Part, *, by: Actor, confirmed: bool, beside: Sequence[Commitment]
) -> Commitment:
    return commitments.adopt(
        statement,
        by=by,
        title=part.title,
        lead_unit=part.lead_unit,
        goal=part.goal,
        leader_post=part.leader_post,
        co_units=part.co_units,
        place=part.place,
        topic=part.topic,
        year=part.year,
        number=part.number,
        confirmed=confirmed,
        beside=[each.id for each in beside],
    )


def _lock_commitments(ids: Iterable[str]) -> set[str]:
    """Before the statement, as every act of a commitment does: so that two such acts never wait for each other. The ids."""
    rows = Commitment.objects.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("id")
    return set(rows.values_list("id", flat=True))


@contextmanager
def _judged(seen: Seen, commitment: str = "") -> Iterator[Reading]:
    """Within: the statement is locked, still awaits a judgement, and is read as it was seen. Afterwards it is nobody's."""
    with transaction.atomic():
        if commitment:
            _lock_commitments([commitment])
        row = StatementKey.objects.select_for_update(no_key=True).filter(pk=seen.statement).first()
        if row is None:
            raise Refusal("no-such-statement", f"没有编号为“{seen.statement}”的条目。请从复核页面重新进入。")
        if row.state != "unread":
            last = Judgement.objects.filter(statement=row).order_by("id").last()
            word = dict(StatementKey.STATES)[row.state]
            raise Meanwhile("judged-meanwhile", f"这一条刚才已经有人复核，结果是“{word}”。", judgement=last)
        reading = row.readings.prefetch_related("figures").order_by("-id").first()
        if reading is None or reading.id != seen.reading:
            raise Meanwhile("read-anew-meanwhile", "这一条刚才用新的读法又读了一遍，您看到的不是最新的。")
        other = Lease.objects.filter(statement=row, until__gt=now()).exclude(holder=seen.holder).first()
        if other is not None:
            raise Meanwhile("held-meanwhile", "这一条现在有别人在看。", post=other.post)
        reading.statement = row
        yield reading
        release(seen.statement, holder=seen.holder)
        SetAside.objects.filter(statement=row).delete()


def _row(statement: str) -> StatementKey:
    return StatementKey.objects.get(pk=statement)
