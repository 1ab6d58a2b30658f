"""What every act begins and ends with: the row under lock, the post that acts, the board brought up to date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from luodi.kernel.clocks.now import day_of
from luodi.kernel.commitments.models import Commitment, CoUnit, Report, Target, Verification
from luodi.kernel.commitments.standing import refresh
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.evidence.taking import take
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Action, Actor
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post
from luodi.kernel.search.index import put, remove

LONGEST_REASON = 2_000
_LOCKED = Prepared(lambda key: Commitment.objects.select_for_update(no_key=True).filter(pk=key), str)
_LOCKED_STATEMENT = Prepared(
    lambda key: StatementKey.objects.select_for_update(no_key=True).filter(pk=key), str
)
_ACTING = Prepared(lambda key: Post.objects.select_related("unit").filter(pk=key), str)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as sent. ``is_public`` says whether anybody may fetch it."""

    raw: bytes
    name: str
    media_type: str = ""
    is_public: bool = False


def key_of(row: Commitment | Report | StatementKey | str) -> str:
    """The id of a row, or the id itself."""
    return row if isinstance(row, str) else row.id


def locked(commitment: Commitment | str) -> Commitment:
    """The commitment as it is now, held until the act is over. Raises ``Refusal``."""
    found = _LOCKED.first(key_of(commitment))
    if found is None:
        raise no_such_promise(key_of(commitment))
    return found


def no_such_promise(key: str) -> Refusal:
    """What to raise where there is no commitment of that id."""
    return Refusal("no-such-promise", f"没有编号为“{key}”的承诺。请从承诺页面重新进入。")


def locked_statement(statement: StatementKey | str) -> StatementKey:
    """The statement as it is now, held until the act is over. Raises ``Refusal``."""
    found = _LOCKED_STATEMENT.first(key_of(statement))
    if found is None:
        raise Refusal("no-such-statement", f"没有编号为“{key_of(statement)}”的条目。请从文件页面重新进入。")
    return found


def acting_post(by: Actor, day: dt.date) -> Post:
    """The post that acts, which must exist and not be closed on ``day``. Raises ``Refusal``."""
    post = _ACTING.first(by.post) if by.post else None
    if post is None:
        raise Refusal("no-post", "没有选定岗位。承诺的事要以岗位的身份来办，请先在右上角选一个岗位。")
    if post.closed_on is not None and post.closed_on <= day:
        raise Refusal("post-closed", f"岗位“{post.title}”已于{post.closed_on}撤销，请换一个岗位。")
    return post


def needed_reason(reason: str, what: str) -> str:
    """The reason, trimmed. Raises ``Refusal`` where there is none."""
    text = reason.strip()
    if not text:
        raise Refusal("no-reason", f"{what}要写明理由。")
    if len(text) > LONGEST_REASON:
        raise Refusal("long-reason", f"理由有{len(text)}字，最多{LONGEST_REASON}字。")
    return text


def titled(title: str) -> str:
    """The title, trimmed. Raises ``Refusal`` for none and for one too long."""
    text = title.strip()
    if not 1 <= len(text) <= 300:
        raise Refusal("bad-title", f"名称有{len(text)}字，应为1至300字。")
    return text


def target_of(commitment: Commitment) -> Target:
    """The version in force."""
    return commitment.targets.order_by("-version")[0]


def co_units_of(commitment: Commitment) -> list[str]:
    """The ids of the units that help now."""
    return list(CoUnit.objects.filter(commitment=commitment, until=None).values_list("unit_id", flat=True))


def doers_of(commitment: Commitment) -> set[str]:
    """Every unit that did any of the work: lead, helpers past and present, whoever reported."""
    reported = Report.objects.filter(commitment=commitment).values_list("unit_of_id", flat=True)
    helped = CoUnit.objects.filter(commitment=commitment).values_list("unit_id", flat=True)
    return {commitment.lead_unit_id, *helped, *reported}


def judges_of(commitment: Commitment) -> set[str]:
    """Every unit that verified or sent back anything of it."""
    return set(
        Verification.objects.filter(report__commitment=commitment).values_list("unit_of_id", flat=True)
    )


def evidence_of(act: Action, evidence: KeptFile | Upload | None) -> KeptFile | None:
    """The kept file; an upload is judged and kept within the act. Raises ``Refusal``: those of ``evidence.judging``."""
    if not isinstance(evidence, Upload):
        return evidence
    return take(act, evidence.raw, evidence.name, is_public=evidence.is_public)


def day_of_act(act: Action) -> dt.date:
    """The Shanghai day of the act."""
    return day_of(act.at)


def hold_all(commitments: Iterable[str]) -> None:
    """Hold many until the act is over, in the order of their ids, so that two such acts never wait for each other."""
    held = Commitment.objects.select_for_update(no_key=True).filter(pk__in=list(commitments))
    list(held.order_by("pk").values_list("pk"))


def settle(act: Action, *commitments: Commitment | str, day: dt.date | None = None) -> None:
    """Bring the board up to date, on the day of the act unless told otherwise: the last thing an act does."""
    refresh(sorted({key_of(row) for row in commitments}), day or day_of_act(act))


def index_title(commitment: Commitment) -> None:
    """Let the title be found by search; nothing is found of a commitment that was taken back."""
    if commitment.state == "undone":
        remove(commitment.id)
    else:
        put(commitment.id, commitment.LETTER, commitment.title, is_public=True)


def all_known(ids: Iterable[str]) -> list[str]:
    """Ids without doubles, in order."""
    return list(dict.fromkeys(ids))
