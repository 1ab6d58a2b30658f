"""The acts of the review page. Each is confirmed by the server before the screen changes, and leads on to the next statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.review import asking
from luodi.desk.review.conflict import conflict, is_own_press
from luodi.desk.review.filled import Filled, sent_form, with_another_part, without_part
from luodi.desk.review.last_act import LastAct, remember
from luodi.desk.review.order import Reviewer, reviewer_of
from luodi.desk.review.reading_form import Fault, understood
from luodi.desk.review.reasons import reason_of
from luodi.desk.review.shown import reading_of, refused, show
from luodi.desk.review.walking import next_address
from luodi.kernel.accounts.access import units_within
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.review import actions
from luodi.kernel.review.leads import Units
from luodi.kernel.review.lookups import corrections_of
from luodi.kernel.review.matches import role_for
from luodi.kernel.review.proposing import propose, title_of
from luodi.kernel.review.queue import Asked

ROLES = ("office", "reviewer")


@dataclass(frozen=True, slots=True)
class Step:
    """What every act has at hand."""

    request: HttpRequest
    asked: Asked
    reading: Reading
    reviewer: Reviewer
    by: Actor

    @property
    def statement(self) -> str:
        """The id of the statement."""
        return str(self.reading.statement_id)

    @property
    def seen(self) -> actions.Seen:
        """What the reviewer had on the screen, as the form says it."""
        return actions.Seen(
            self.statement, self.request.POST.get("reading", self.reading.id), self.reviewer.holder
        )

    @property
    def title(self) -> str:
        """The sentence, short, for the bar that says what was done."""
        title = title_of(self.reading.text)
        return title if len(title) <= 40 else title[:39] + "…"

    def onward(self, act: LastAct) -> HttpResponse:
        """Keep what was done and go to the next statement."""
        remember(self.request, act)
        return HttpResponseRedirect(next_address(self.request, self.asked, self.statement))


Act = Callable[[Step], HttpResponse]


def act(perform: Act) -> Callable[..., HttpResponse]:
    """A view of a reviewer's act on a statement. Looked at by GET, as after reloading, it leads to the statement's page."""

    @role_door(*ROLES)
    @require_http_methods(["GET", "POST"])
    @wraps(perform)
    def view(request: HttpRequest, statement: str) -> HttpResponse:
        asked = asking.asked(request.GET)
        if request.method == "GET":
            return HttpResponseRedirect(asking.address(f"/{statement}", asked))
        reading = reading_of(request, statement)
        if reading is None:
            raise Http404(gettext("没有编号为“%(id)s”的说法，或它还没有读过。") % {"id": statement[:20]})
        presence = presence_of(request)
        step = Step(request, asked, reading, reviewer_of(request), presence.actor)
        try:
            return perform(step)
        except actions.Meanwhile as meanwhile:
            return _meanwhile(step, meanwhile)
        except Refusal as refusal:
            return refused(request, refusal)

    return view


@act
def adopt(step: Step) -> HttpResponse:
    """``/desk/review/<id>/adopt``: what the form says: one promise or several; a result or a status is kept as evidence."""
    filled = sent_form(step.request.POST)
    units = Units()
    proposed = propose(step.reading, units)
    if (changed := _parts_changed(step, filled)) is not None:
        return show(step.request, step.asked, step.reading, proposed=proposed, units=units, filled=changed)
    found = understood(filled, proposed, units, units_within(step.by, ROLES))
    if not found.faults:
        try:
            return _adopted(step, filled, found.parts, found.corrected)
        except actions.Meanwhile:
            raise
        except Refusal as refusal:
            found.faults.append(Fault("", refusal.message))
    return show(
        step.request,
        step.asked,
        step.reading,
        proposed=proposed,
        units=units,
        filled=filled,
        faults=found.faults,
        status=422,
    )


@act
def refuse(step: Step) -> HttpResponse:
    """``/desk/review/<id>/refuse``: not adopted, for a reason."""
    sent = step.request.POST
    reason = reason_of(sent.get("reason", ""), sent.get("words", ""))
    if not reason:
        fault = Fault("words", gettext("选了“其他”，请写明理由。"))
        return show(step.request, step.asked, step.reading, faults=[fault], status=422)
    actions.refuse(step.seen, reason, by=step.by)
    words = gettext("不采纳：“%(title)s”，理由是%(reason)s。") % {"title": step.title, "reason": reason}
    return step.onward(LastAct("judged", step.statement, words))


@act
def link(step: Step) -> HttpResponse:
    """``/desk/review/<id>/link``: it speaks of a promise there is."""
    row, score = _commitment_sent(step.request)
    actions.link(step.seen, row.id, role_for(step.reading, row.id), by=step.by, score=score)
    words = gettext("已记到“%(other)s”上：“%(title)s”。") % {"other": row.title, "title": step.title}
    return step.onward(LastAct("judged", step.statement, words, f"/desk/promises/{row.id}"))


@act
def apart(step: Step) -> HttpResponse:
    """``/desk/review/<id>/apart``: it does not speak of that promise; the statement stays on the screen."""
    row, score = _commitment_sent(step.request)
    told = actions.tell_apart(step.statement, row.id, by=step.by, score=score)
    words = gettext("记下了：和“%(other)s”不是一件，不再提示。") % {"other": row.title}
    remember(step.request, LastAct("apart", step.statement, words, rows=[told.id]))
    return HttpResponseRedirect(asking.address(f"/{step.statement}", step.asked))


@act
def aside(step: Step) -> HttpResponse:
    """``/desk/review/<id>/aside``: put off; it comes to this reviewer after all others."""
    actions.set_aside(step.statement, account=step.reviewer.account)
    actions.release(step.statement, holder=step.reviewer.holder)
    words = gettext("先放着：“%(title)s”。") % {"title": step.title}
    return step.onward(LastAct("aside", step.statement, words))


@act
def take_up(step: Step) -> HttpResponse:
    """``/desk/review/<id>/take-up``: no longer put off."""
    actions.take_up(step.statement, account=step.reviewer.account)
    return HttpResponseRedirect(asking.address(f"/{step.statement}", step.asked))


def _adopted(
    step: Step, filled: Filled, parts: list[actions.Part], corrected: dict[str, str]
) -> HttpResponse:
    if filled.kind != "commitment":
        actions.keep(step.seen, by=step.by, corrected=corrected)
        words = gettext("留作佐证：“%(title)s”。") % {"title": step.title}
        return step.onward(LastAct("judged", step.statement, words))
    made = actions.adopt(
        step.seen, parts, by=step.by, corrected=corrected, confirmed=_is_confirmed(step, filled)
    )
    words = (
        gettext("已采纳：“%(title)s”，由%(unit)s牵头。")
        if len(made) == 1
        else gettext("已拆成%(count)s件采纳，第一件是“%(title)s”，由%(unit)s牵头。")
    )
    return step.onward(
        LastAct(
            "judged",
            step.statement,
            words % {"title": made[0].title, "unit": made[0].lead_unit.name, "count": len(made)},
            f"/desk/promises/{made[0].id}",
            corrections=[row.id for row in corrections_of([step.statement]).get(step.statement, {}).values()],
        )
    )


def _commitment_sent(request: HttpRequest) -> tuple[Commitment, str]:
    """The promise that a button names, and the matcher's score where it is a suggestion. Raises ``Refusal``."""
    ident, _, score = request.POST.get("commitment", "").partition(" ")
    row = Commitment.objects.filter(pk=ident).first()
    if row is None:
        raise Refusal("no-such-promise", "没有选是哪一件承诺，或它已经不在。请回到这一条，选一件或找一件。")
    return row, score[:6]


def _is_confirmed(step: Step, filled: Filled) -> bool:
    """Whether a person has looked at what the machine was not sure of: each damaged number was answered before this is asked, and
    the kind is what they left standing."""
    return bool(step.reading.damaged) or filled.kind != step.reading.statement.kind


def _parts_changed(step: Step, filled: Filled) -> Filled | None:
    """The form with a part more or less, where a button asked for that; nothing is written."""
    sent = step.request.POST
    if "more" in sent:
        return with_another_part(filled, propose(step.reading, Units()))
    if sent.get("less", "").isdecimal():
        return without_part(filled, int(sent["less"]))
    return None


def _meanwhile(step: Step, meanwhile: actions.Meanwhile) -> HttpResponse:
    filled = sent_form(step.request.POST) if "kind" in step.request.POST else None
    onward = next_address(step.request, step.asked, step.statement)
    if is_own_press(step.statement, meanwhile, step.by.post, filled):
        return HttpResponseRedirect(onward)
    return conflict(step.request, step.asked, step.reading, meanwhile, filled, onward)
