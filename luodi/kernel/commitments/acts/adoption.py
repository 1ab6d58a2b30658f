"""How a commitment begins, and how its beginning is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from luodi.kernel.commitments.acts.ground import (
    acting_post,
    all_known,
    day_of_act,
    index_title,
    key_of,
    locked,
    locked_statement,
    needed_reason,
    settle,
    titled,
)
from luodi.kernel.commitments.goals import Goal, settled
from luodi.kernel.commitments.linked import state_by_links
from luodi.kernel.commitments.models import Commitment, CoUnit, Report, Said, Target
from luodi.kernel.commitments.proposals import agrees, newest_reading
from luodi.kernel.commitments.states import after
from luodi.kernel.documents.judging import enter_judgement
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Post, Project, Unit


def adopt(
    statement: StatementKey | str,
    *,
    by: Actor,
    title: str,
    lead_unit: Unit,
    goal: Goal,
    leader_post: Post | None = None,
    co_units: Iterable[Unit] = (),
    place: Place | None = None,
    project: Project | None = None,
    topic: str = "",
    year: int | None = None,
    number: str = "",
    adopted_by: Unit | None = None,
    confirmed: bool = False,
    beside: Iterable[str] = (),
    reason: str = "",
) -> Commitment:
    """Make a commitment of a statement. ``goal`` is what a person read, given in full: nothing is taken from the machine.

    ``confirmed`` says that the person has checked the source where the reading is damaged or is no promise; ``number`` is
    the office's own number; ``adopted_by`` the body that adopted the plan, by default the unit that issued the paper; ``beside``
    are commitments that other parts of the same sentence made.
    Raises ``Refusal``: ``already-judged``, ``not-a-promise``, ``damaged``, and those of goal, title and post.
    """
    commitment = Commitment(title=titled(title), lead_unit=lead_unit, leader_post=leader_post, place=place)
    commitment.project, commitment.topic, commitment.year, commitment.number = project, topic, year, number
    wanted = settled(goal)
    with action("commitment.adopted", by=by, subject=commitment.id) as act:
        acting_post(by, day_of_act(act))
        key = locked_statement(statement)
        reading = newest_reading(key)
        _may_be_adopted(key, reading is not None and reading.damaged, wanted, confirmed, list(beside))
        verdict = "accept" if agrees(reading, wanted) else "correct"
        _begin(act, commitment, co_units)
        source = key.source
        _first_version(
            act, commitment, wanted, key.quote, statement=key, body=adopted_by or issuing_unit(source)
        )
        day = spoken_on(source, day_of_act(act))
        act.create(Said(commitment=commitment, statement=key, role="made", day=day))
        judge(act, key, "adopted", verdict, reason)
        act.shown |= {"statement": key.id, "verdict": verdict, "confirmed": confirmed}
        index_title(commitment)
        settle(act, commitment)
    return commitment


def enter_from_sheet(
    *,
    by: Actor,
    file: KeptFile,
    cell: str,
    title: str,
    lead_unit: Unit,
    goal: Goal,
    wording: str = "",
    leader_post: Post | None = None,
    co_units: Iterable[Unit] = (),
    place: Place | None = None,
    project: Project | None = None,
    topic: str = "",
    year: int | None = None,
    number: str = "",
    adopted_by: Unit | None = None,
) -> Commitment:
    """Make a commitment of a row of the office's own sheet. ``cell`` names sheet and cells: 任务分解表!B7:F7.

    ``wording`` is the row's own text where it differs from the title. Raises ``Refusal``: ``sent-twice`` where that row of
    that file is in already, ``no-cell``, and those of goal, title and post.
    """
    commitment = Commitment(title=titled(title), lead_unit=lead_unit, leader_post=leader_post, place=place)
    commitment.project, commitment.topic, commitment.year, commitment.number = project, topic, year, number
    commitment.origin_file, commitment.origin_cell = file, needed_cell(cell)
    wanted = settled(goal)
    with action("commitment.entered", by=by, subject=commitment.id) as act:
        acting_post(by, day_of_act(act))
        if commitment.origin_cell in entered_cells(file, [commitment.origin_cell]):
            raise entered_before(commitment.origin_cell)
        begin_from_sheet(act, commitment, wanted, wording, co_units, body=adopted_by)
        index_title(commitment)
        settle(act, commitment)
    return commitment


def needed_cell(cell: str) -> str:
    """The place of a row in its sheet, trimmed. Raises ``Refusal`` ``no-cell``."""
    if not cell.strip():
        raise Refusal("no-cell", "没有写明来自哪张表的哪几格，如 任务分解表!B7:F7。")
    return cell.strip()


def entered_cells(file: KeptFile, cells: Sequence[str]) -> set[str]:
    """Which of these rows of a sheet are in; the sheet is held until the act is over."""
    list(KeptFile.objects.select_for_update(no_key=True).filter(pk=file.pk).values_list("pk"))
    there = Commitment.objects.filter(origin_file=file, origin_cell__in=cells).exclude(state="undone")
    return set(there.values_list("origin_cell", flat=True))


def entered_before(cell: str) -> Refusal:
    """What to raise for a row that is in."""
    return Refusal("sent-twice", f"{cell}这一行已经录入过，没有再录一次。")


def begin_from_sheet(
    act: Action,
    commitment: Commitment,
    goal: Goal,
    wording: str,
    co_units: Iterable[Unit],
    *,
    body: Unit | None = None,
) -> None:
    """Write down, within an act, a commitment of a sheet's row."""
    _begin(act, commitment, co_units)
    _first_version(act, commitment, goal, wording.strip() or commitment.title, body=body)
    act.shown |= {"file": commitment.origin_file_id, "cell": commitment.origin_cell}


def undo_adoption(commitment: Commitment | str, *, by: Actor, reason: str) -> Commitment:
    """Take an adoption back: its statements await a judgement again, unless they are linked elsewhere too. Only before
    anything was reported of it.

    Raises ``Refusal``: ``already-reported``, ``no-reason``, ``impossible-move``.
    """
    text = needed_reason(reason, "撤回采纳")
    with action("commitment.adoption_undone", by=by, subject=key_of(commitment)) as act:
        acting_post(by, day_of_act(act))
        row = locked(commitment)
        state = after("undo_adoption", row.state)
        merged_here = Commitment.objects.filter(merged_into=row).exists()
        if merged_here or Report.objects.filter(commitment=row).exists():
            raise Refusal(
                "already-reported",
                "这件承诺已经有上报或并入的事，不能撤回采纳；确实不办的，写明理由作为不再办处理。",
            )
        act.change(row, state=state, state_since=day_of_act(act), reason=text)
        links = list(Said.objects.filter(commitment=row, undone=False).select_related("statement"))
        for said in links:
            act.change(said, undone=True)
        for said in links:
            if said.statement is not None:
                key = locked_statement(said.statement)
                judge(act, key, state_by_links(key), "undo", text)
        index_title(row)
        settle(act, row)
    return row


def judge(act: Action, statement: StatementKey, state: str, verdict: str, reason: str | None = None) -> None:
    """Write down, within an act, what was decided about a statement and the state it is in by its links."""
    enter_judgement(act, statement, verdict, (reason or "").strip(), state)


def spoken_on(source: Source, otherwise: dt.date) -> dt.date:
    """The day a source's words were said: the day spoken of, else the day printed."""
    return min(source.speaks_of or source.published or otherwise, otherwise)


def issuing_unit(source: Source) -> Unit | None:
    """The unit whose name stands on the paper, if the register knows it."""
    return Unit.objects.filter(name=source.issuer).order_by("id").first() if source.issuer else None


def _may_be_adopted(
    key: StatementKey, damaged: bool, goal: Goal, confirmed: bool, beside: Sequence[str]
) -> None:
    not_yet_a_promise(key, beside)
    if key.state in ("merged", "kept"):
        word = dict(StatementKey.STATES)[key.state]
        raise Refusal(
            "already-judged", f"这个条目现在是“{word}”，不能采纳；要采纳，先在那件承诺的页面取下链接。"
        )
    if confirmed:
        return
    if key.kind != "commitment":
        word = dict(StatementKey.KINDS)[key.kind]
        raise Refusal(
            "not-a-promise", f"这个条目读作“{word}”，不是承诺。看过原文确实是承诺的，请确认后再采纳。"
        )
    if damaged and (goal.value is not None or goal.due_until is not None):
        raise Refusal(
            "damaged", "原文这里有没能断定的字，数量和期限要由人看过原文后确认；没有把握就留空，先不填。"
        )


def not_yet_a_promise(key: StatementKey, beside: Sequence[str] = ()) -> None:
    """A statement that a newer reading put back still has its commitment, other than those ``beside``. Raises ``Refusal``."""
    there = Said.objects.filter(statement=key, role="made", undone=False).exclude(commitment__in=beside)
    made = there.select_related("commitment").first()
    if made is not None:
        raise Refusal(
            "already-judged",
            f"这个条目已经采纳成“{made.commitment.title}”，不能再采纳一次；读法有变的，请更正那件承诺。",
        )


def _begin(act: Action, commitment: Commitment, co_units: Iterable[Unit]) -> None:
    commitment.adopted_on = commitment.state_since = day_of_act(act)
    act.create(commitment)
    for unit in all_known(unit.id for unit in co_units):
        if unit != commitment.lead_unit_id:
            act.create(CoUnit(commitment=commitment, unit_id=unit))


def _first_version(
    act: Action,
    commitment: Commitment,
    goal: Goal,
    wording: str,
    *,
    statement: StatementKey | None = None,
    body: Unit | None = None,
) -> None:
    day = spoken_on(statement.source, day_of_act(act)) if statement else day_of_act(act)
    version = version_of(commitment, 1, goal, day, wording)
    version.adopting = statement
    version.adopting_source = statement.source if statement else None
    version.body = body
    act.create(version)


def version_of(commitment: Commitment, version: int, goal: Goal, day: dt.date, wording: str) -> Target:
    """A row for a settled goal, in force from ``day``."""
    return Target(
        commitment=commitment,
        version=version,
        number=str(goal.number or ""),
        unit=goal.unit,
        approx=goal.approx,
        basis=goal.basis,
        due_since=goal.due_since,
        due_until=goal.due_until,
        due_precision=goal.due_precision,
        wording=wording,
        from_day=day,
        sort=None if goal.value is None else float(goal.value),
    )
