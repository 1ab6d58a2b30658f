"""The act of following one of two readers who do not agree about a sentence."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from luodi.desk.review import asking
from luodi.desk.review.acting import Step, act
from luodi.desk.review.last_act import LastAct, remember
from luodi.kernel.review import actions


@act
def follow(step: Step) -> HttpResponse:
    """``/desk/review/<id>/second``: the person follows one of the two readers; the statement stays on the screen."""
    verdict = "accepted" if step.request.POST.get("follow") == "second" else "refused"
    made = actions.follow(step.reading, verdict, by=step.by)
    words = (
        gettext("照第二个读者的改了%(count)s处：“%(title)s”。") % {"count": len(made), "title": step.title}
        if verdict == "accepted"
        else gettext("照规则的读法：“%(title)s”。") % {"title": step.title}
    )
    remember(step.request, LastAct("second", step.statement, words, rows=[row.field for row in made]))
    return HttpResponseRedirect(asking.address(f"/{step.statement}", step.asked))
