"""A project that a sentence named is taken into the ledger, or refused with a reason; a refusal can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luodi.areas.projects.acts.filing import open_file
from luodi.areas.projects.acts.ground import acting_post, day_of_act, needed
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.named_models import NameJudged
from luodi.areas.projects.said import names_in
from luodi.kernel.accounts.access import units_within
from luodi.kernel.commitments.models import Said
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Place, Unit

# a project enters at one of these; whatever comes later is shown at its gates
ENTERED_AT = ("conceived", "reserved", "preparing")
NAMED, DELIVERS = "named_in", "delivers"


@dataclass(frozen=True, slots=True)
class Entered:
    """What the office writes of a project that is new to it: its bare row, who does it, where it stands since when."""

    name: str
    lead_unit: Unit
    responsible_unit: Unit
    code: str = ""
    owner_unit: Unit | None = None
    place: Place | None = None
    levels: tuple[str, ...] = ()
    stage: str = "conceived"
    stage_since: dt.date | None = None


def enter_project(entered: Entered, *, by: Actor, **facts: Any) -> ProjectFile:
    """A project that nobody has yet: a row of the register and a file on it, both or neither.

    Raises ``Refusal``: ``choice-unknown``, ``code-taken`` and those of ``open_file``.
    """
    if entered.stage not in ENTERED_AT:
        raise Refusal(
            "choice-unknown", "新立的项目从谋划、储备或前期起；开工以后的阶段要凭据，立项以后再进。"
        )
    with transaction.atomic():
        if code := entered.code.strip():
            held = ProjectFile.objects.filter(project__code=code).select_related("project").first()
            if held is not None:
                raise Refusal(
                    "code-taken", f"项目代码{code}是“{held.project.name}”的，不重复立。请核对代码。"
                )
        row = register.create_project(
            name=entered.name, by=by, code=entered.code, place=entered.place, owner_unit=entered.owner_unit
        )
        return open_file(
            row,
            by=by,
            lead_unit=entered.lead_unit,
            responsible_unit=entered.responsible_unit,
            levels=entered.levels,
            stage=entered.stage,
            stage_since=entered.stage_since,
            **facts,
        )


def open_named(
    statement: StatementKey | str, name: str, entered: Entered, *, by: Actor, **facts: Any
) -> ProjectFile:
    """Take the project that a sentence names into the ledger, tied to the sentence and to the promises made in it.

    Raises ``Refusal``: ``not-named``, ``opened-already``, ``sentence-refused`` and those of ``enter_project``.
    """
    with transaction.atomic():
        held = _held(statement, name, by)
        if _newest(held, name) == "opened":
            raise Refusal("opened-already", f"“{name[:30]}”已经凭这句话立了项目，不重复立。")
        file = enter_project(entered, by=by, **facts)
        register.link(NAMED, file.project_id, held.id, by=by)
        for promise in promises_of([held.id]).get(held.id, ()):
            register.link(DELIVERS, file.project_id, promise, by=by)
        with action("project.name_taken_in", by=by, subject=file.id) as act:
            post = acting_post(by, day_of_act(act))
            act.create(
                NameJudged(statement=held, name=name, verdict="opened", file=file, post=post, at=act.at)
            )
    return file


def refuse_name(statement: StatementKey | str, name: str, *, by: Actor, reason: str) -> NameJudged:
    """What a sentence names is no project for the ledger, and why. Raises ``Refusal``: ``not-named``, ``judged-already``."""
    words = needed(reason, "不立项的理由")
    with transaction.atomic():
        held = _held(statement, name, by)
        if _newest(held, name) in ("opened", "refused"):
            raise Refusal("judged-already", "这个名称已经有结论了。请刷新再看。")
        return _judged(held, name, "refused", by, words)


def recall_refusal(statement: StatementKey | str, name: str, *, by: Actor, reason: str = "") -> NameJudged:
    """Take a refusal back: the name is proposed again. Raises ``Refusal``: ``not-named``, ``nothing-to-recall``."""
    with transaction.atomic():
        held = _held(statement, name, by)
        if _newest(held, name) != "refused":
            raise Refusal("nothing-to-recall", "这个名称没有被定为不立项，没有可收回的。")
        return _judged(held, name, "recalled", by, reason.strip() or None)


def promises_of(statements: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the promises made in each of these statements. One query."""
    rows = Said.objects.filter(statement__in=list(statements), role="made", undone=False)
    found: dict[str, list[str]] = {}
    for statement, promise in rows.order_by("id").values_list("statement", "commitment"):
        found.setdefault(statement or "", []).append(promise)
    return found


def _held(statement: StatementKey | str, name: str, by: Actor) -> StatementKey:
    """The statement under lock, where it names the project and was not refused itself."""
    if units_within(by, ("office",)) == set():
        raise Refusal("not-the-office", "文件里说到的项目由项目办来定，您现在的岗位不是。请联系项目办。")
    key = statement if isinstance(statement, str) else statement.id
    held = StatementKey.objects.select_for_update(no_key=True, of=("self",)).filter(pk=key).first()
    reading = Reading.objects.filter(statement=key).order_by("id").last()
    if held is None or reading is None or name not in names_in(reading.project):
        raise Refusal("not-named", f"这句话里没有读出“{name[:30]}”。请刷新再看。")
    if held.state == "refused":
        raise Refusal("sentence-refused", "这句话复核时没有采纳，不能凭它立项。请先重新复核。")
    return held


def _newest(statement: StatementKey, name: str) -> str:
    rows = NameJudged.objects.filter(statement=statement, name=name).order_by("-id")
    return rows.values_list("verdict", flat=True).first() or ""


def _judged(statement: StatementKey, name: str, verdict: str, by: Actor, reason: str | None) -> NameJudged:
    with action(f"project.name_{verdict}", by=by, subject=statement.id) as act:
        post = acting_post(by, day_of_act(act))
        return act.create(
            NameJudged(statement=statement, name=name, verdict=verdict, reason=reason, post=post, at=act.at)
        )
