"""The same correction, offered for the other statements where the machine read the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.review.last_act import LastAct, remember
from luodi.desk.way_back import way_back
from luodi.kernel.documents.models import Reading
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.figures.numbers import number_of
from luodi.kernel.register.lookups import names_of
from luodi.kernel.review import actions
from luodi.kernel.review.models import Correction
from luodi.kernel.review.same import MOST, amount_of, due_of, others_like
from luodi.pages.days import due_words


@dataclass(frozen=True, slots=True)
class Offer:
    """A correction just made, in words, and the readings that could be put right in the same way."""

    correction: Correction
    machine: str
    value: str
    readings: tuple[Reading, ...]


def offer(last: LastAct | None) -> Offer | None:
    """What the last act corrected that others need, too; ``None`` where there is nothing. A bounded number of queries."""
    if last is None or not last.corrections:
        return None
    rows = Correction.objects.filter(pk__in=list(last.corrections), undone=False).select_related("statement")
    for row in rows.order_by("id"):
        if found := others_like(row):
            return Offer(row, *_words(row), tuple(found))
    return None


@role_door("office", "reviewer")
@require_POST
def likewise(request: HttpRequest, correction: str) -> HttpResponse:
    """``/desk/review/likewise/<id>``: put the chosen statements right in the same way, each by an event of its own."""
    presence = presence_of(request)
    onward = way_back(request.POST.get("next") or "/desk/review")
    row = Correction.objects.filter(pk=correction, undone=False).select_related("statement").first()
    if row is None:
        raise Http404(gettext("没有这次更正，或它已经撤回。"))
    chosen = request.POST.getlist("statement")[:MOST]
    made = actions.correct_likewise(row, chosen, by=presence.actor)
    if not made:
        words = (
            gettext("选的这些刚才都已经有人复核或改过，没有要照改的了。")
            if chosen
            else gettext("一条也没有选。请勾选要照改的，再按一次。")
        )
        messages.info(request, words)
        return HttpResponseRedirect(onward)
    words = ngettext("已照改%(count)s条，都还在待复核里。", "已照改%(count)s条，都还在待复核里。", len(made))
    remember(
        request,
        LastAct(
            "likewise",
            row.statement_id,
            words % {"count": len(made)},
            rows=[row.field, *(each.statement_id for each in made)],
        ),
    )
    return HttpResponseRedirect(onward)


def _words(row: Correction) -> tuple[str, str]:
    """The machine's value and the one in its place, for people."""
    if row.field == "owner":
        return row.machine, names_of([row.value]).get(row.value, "")
    if row.field == "due":
        return _day(row.machine), _day(row.value)
    return _amount(row.machine), _amount(row.value)


def _day(words: str) -> str:
    _, until, precision = due_of(words)
    return due_words(until, precision) if until else gettext("没有期限")


def _amount(words: str) -> str:
    number, unit = amount_of(words)
    return in_sentence(number_of(number), unit) if number else gettext("没有数量")
