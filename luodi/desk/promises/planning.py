"""What becomes of the plan: its target changed with the adopting paper, carried over, given up, taken up again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from luodi.desk.promises import goal_typed
from luodi.desk.promises.act_form import ActForm
from luodi.desk.promises.one_promise import OnePromise
from luodi.desk.promises.papers import chosen_paper, paper_choice
from luodi.desk.promises.typed import Typed
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.register.models import Unit

_LABELS = {
    "number": gettext_noop("新的目标"),
    "due_until": gettext_noop("新的期限"),
    "reason": gettext_noop("理由"),
    "title": gettext_noop("名称"),
}


class TargetForm(ActForm):
    """改目标."""

    name = "target"
    roles = ("office",)
    template = "desk/promises/act_target.html"
    fields = (*goal_typed.FIELDS, "reason", "paper", "sentence", "confirmed", "body")
    labels = _LABELS

    def start(self, one: OnePromise, request: HttpRequest) -> Typed:
        """The goal in force; where a sentence is chosen, what was read in it, unless a digit of it is doubtful."""
        choice = paper_choice(request, one.reach.actor)
        goal = goal_of(one.target)
        if choice.proposal is not None and not choice.proposal.damaged:
            read = choice.proposal.goal
            texts = goal_typed.goal_texts(goal)
            new = goal_typed.goal_texts(read)
            names = [*(("number", "unit", "approx") if read.number else ())]
            names += ("due_until", "due_precision") if read.due_until else ()
            return Typed({**texts, **{name: new[name] for name in names}})
        return Typed(goal_typed.goal_texts(goal))

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:
        """Paper and sentence as far as they are chosen."""
        choice = paper_choice(request, one.reach.actor, typed["paper"], typed["sentence"])
        first = one.material.targets[0]
        return {
            "choice": choice,
            "whole_paper": typed["paper"] != "" or "whole" in request.GET,
            "bodies": Unit.objects.filter(closed_on__isnull=True).order_by("name"),
            "first_body": first.body_id or "",
            **goal_typed.goal_choices(one.target.unit),
        }

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Change it."""
        source, statement = chosen_paper(one.reach.actor, typed["paper"], typed["sentence"])
        version = actions.change_target(
            one.row,
            by=one.reach.actor,
            goal=goal_typed.goal_typed(typed, one.target),
            reason=typed["reason"],
            adopting=statement,
            adopting_source=None if statement is not None else source,
            adopted_by=Unit.objects.filter(pk=typed["body"]).first() if typed["body"] else None,
            confirmed=typed.is_ticked("confirmed"),
        )
        return gettext("目标改成了第%(version)s版，以前的还看得到。") % {"version": version.version}


class CarryOverForm(ActForm):
    """结转下一年."""

    name = "carry-over"
    roles = ("office",)
    template = "desk/promises/act_carry_over.html"
    fields = (*goal_typed.FIELDS, "year", "title", "reason", "paper", "sentence")
    labels = _LABELS

    def start(self, one: OnePromise, request: HttpRequest) -> Typed:  # noqa: ARG002
        """The goal in force without its due day, which must be a later one."""
        texts = goal_typed.goal_texts(goal_of(one.target))
        year = str((one.row.year or one.day.year) + 1)
        return Typed({**texts, "due_until": "", "year": year, "title": one.row.title})

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:
        """The paper of the new plan, where there is one."""
        choice = paper_choice(request, one.reach.actor, typed["paper"], typed["sentence"])
        picking = "pick" in request.GET or (
            choice.paper is not None and choice.sentence is None and "whole" not in request.GET
        )
        return {
            "choice": choice,
            "picking": picking and not typed["paper"],
            **goal_typed.goal_choices(one.target.unit),
        }

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Carry it over."""
        source, statement = chosen_paper(one.reach.actor, typed["paper"], typed["sentence"])
        year = typed.year("year") or one.day.year + 1
        actions.carry_over(
            one.row,
            by=one.reach.actor,
            year=year,
            goal=goal_typed.goal_typed(typed, one.target),
            reason=typed["reason"],
            adopting=statement,
            adopting_source=None if statement is not None else source,
            title=typed["title"],
        )
        return gettext("结转到%(year)s年了，新的那一件在“有关的”里。") % {"year": year}


class _ReasonForm(ActForm):
    roles = ("office",)
    template = "desk/promises/act_reason.html"
    fields = ("reason",)
    labels = {"reason": gettext_noop("理由")}  # noqa: RUF012


class DropForm(_ReasonForm):
    """不再办."""

    name = "drop"

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Give it up."""
        actions.drop(one.row, by=one.reach.actor, reason=typed["reason"])
        return gettext("登记为不再办了，单列出来，不计入应兑现的。")


class RestoreForm(_ReasonForm):
    """恢复办理."""

    name = "restore"

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Take it up again."""
        actions.restore(one.row, by=one.reach.actor, reason=typed["reason"])
        return gettext("恢复办理了，和不再办之前一样。")


class UndoAdoptionForm(_ReasonForm):
    """撤回采纳."""

    name = "undo-adoption"

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Take the adoption back."""
        actions.undo_adoption(one.row, by=one.reach.actor, reason=typed["reason"])
        return gettext("采纳撤回了，那句话回到复核里。")
