"""What the people of the invented district do in cases: they open them, move them, sign, merge and hand them over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from luodi.areas.projects.acts.deciding import Decided, record_decisions
from luodi.areas.projects.acts.solving import find_bottleneck, report_no_progress
from luodi.areas.projects.decision_playbook import KIND as DECISION
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Duty, Step
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.ledger.action import Actor
from luodi.website.demonstration.case_script import CaseTold, CaseTurn
from luodi.website.demonstration.pictures import site_picture
from luodi.website.demonstration.world import World


@dataclass
class CaseLives:
    """The cases of a world by the names they are told by; ``files`` are its projects."""

    world: World
    files: Mapping[str, ProjectFile] = field(default_factory=dict)
    rows: dict[str, Case] = field(default_factory=dict)

    def act(self, turn: CaseTurn) -> bool:
        """Do it; ``False`` where the promise that the case is about was never found. Raises ``Refusal``."""
        if turn.begins:
            return self._open(turn)
        case = self.rows.get(turn.told.name)
        if case is None:
            return False
        by = self.world.cast.actor(turn.move.by)
        answers = self._answers(turn.told, turn.move.answers, case)
        own = _OWN.get(turn.move.move)
        if own is not None:
            own(self, case, by, answers)
        else:
            actions.move(case, turn.move.move, by=by, answers=answers)
        return True

    def _open(self, turn: CaseTurn) -> bool:
        told, cast = turn.told, self.world.cast
        promise = self.world.rows.get(told.about) if told.about else None
        if told.about and promise is None:
            return False
        if told.kind == DECISION:
            return self._decide(turn)
        if told.project:
            return self._find(turn)
        about = {"subject": promise.id} if promise is not None else {}
        self.rows[told.name] = actions.open_case(
            told.kind,
            move=turn.move.move,
            by=cast.actor(turn.move.by),
            title=told.title,
            unit=cast.units[told.doer],
            post=cast.posts[told.doer],
            verifier_unit=cast.units[told.verifier] if told.verifier else None,
            place=cast.places[told.place] if told.place else cast.units[told.doer].place,
            answers=about | self._answers(told, turn.move.answers, None),
        )
        return True

    def _find(self, turn: CaseTurn) -> bool:
        """A bottleneck is registered on its project."""
        told, cast = turn.told, self.world.cast
        self.rows[told.name] = find_bottleneck(
            self.files[told.project],
            by=cast.actor(turn.move.by),
            title=told.title,
            verifier_unit=cast.units[told.verifier] if told.verifier else None,
            **turn.move.answers,
        )
        return True

    def _decide(self, turn: CaseTurn) -> bool:
        """A meeting decided something about a project, or one of its bottlenecks."""
        told, cast, given = turn.told, self.world.cast, turn.move.answers
        stuck = self.rows.get(given.get("bottleneck", ""))
        decided = Decided(
            told.title,
            cast.units[told.doer],
            dt.date.fromisoformat(given["due_by"]),
            self.files[told.project],
            stuck.id if stuck is not None else "",
            cast.posts[told.doer],
        )
        by, held_on = cast.actor(turn.move.by), dt.date.fromisoformat(given["held_on"])
        (self.rows[told.name],) = record_decisions(
            [decided], by=by, meeting=given["meeting"], held_on=held_on
        )
        return True

    def _answers(self, told: CaseTold, given: Any, case: Case | None) -> dict[str, Any]:
        """As the act wants them: a post for its unit's key, a paper's title for its page, an id for a duty's place."""
        answers = dict(given)
        if "ordered_by" in answers:
            answers["ordered_by"] = self.world.cast.leaders[answers["ordered_by"]].id
        paper = self.world.sources.get(answers.get("order_paper", ""))
        if paper is not None:
            answers["order_paper"] = paper.title
        if "duty" in answers and case is not None:
            duties = Duty.objects.filter(case=case).order_by("id")
            answers["duty"] = duties[answers["duty"] - 1].id
        for name in ("unit", "asked_unit"):
            if name in answers:
                answers[name] = self.world.cast.units[answers[name]].id
        if "post" in answers:
            answers["post"] = self.world.cast.posts[answers["post"]].id
        if "photo" in answers:
            picture = site_picture(f"{told.name} {today()}", answers.pop("photo"), today())
            answers["evidence"] = [Upload(picture, "现场照片.jpg", is_public=False)]
        return answers


def _sign(_lives: CaseLives, case: Case, by: Actor, answers: dict[str, Any]) -> None:
    waits = Step.objects.filter(case=case, needs_signature=True, signed_at=None, taken_back=False)
    actions.sign(waits.order_by("-id")[0], by=by, agrees=answers.get("agrees", True))


def _merge(lives: CaseLives, case: Case, by: Actor, answers: dict[str, Any]) -> None:
    actions.merge(case, into=lives.rows[answers["into"]], by=by, reason=answers["reason"])


def _hand_over(lives: CaseLives, case: Case, by: Actor, answers: dict[str, Any]) -> None:
    cast, doer, checks = lives.world.cast, answers["to"], answers.get("verifier", "")
    actions.reassign(
        case,
        by=by,
        unit=cast.units[doer],
        post=cast.posts[doer],
        verifier_unit=cast.units[checks] if checks else None,
        reason=answers["reason"],
    )


def _reopen(_lives: CaseLives, case: Case, by: Actor, answers: dict[str, Any]) -> None:
    actions.reopen(case, by=by, reason=answers["reason"])


def _no_progress(_lives: CaseLives, case: Case, by: Actor, answers: dict[str, Any]) -> None:
    report_no_progress(case, by=by, reason=answers["reason"])


# what happens to cases of every kind, beside the moves of their playbooks
_OWN: dict[str, Callable[[CaseLives, Case, Actor, dict[str, Any]], None]] = {
    "sign": _sign,
    "merge": _merge,
    "hand_over": _hand_over,
    "reopen": _reopen,
    "no_progress": _no_progress,
}
