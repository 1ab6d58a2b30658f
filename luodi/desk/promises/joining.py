"""Two promises that are one, and taking that back; a later plan that no longer speaks of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from luodi.desk.doors import role_door
from luodi.desk.promises.act_form import SENT_TWICE, ActForm
from luodi.desk.promises.one_promise import OnePromise, one_promise
from luodi.desk.promises.papers import chosen_paper, paper_choice
from luodi.desk.promises.sent_once import AlreadySent, once_by_mark
from luodi.desk.promises.typed import Typed
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.access import visible_to
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.commitments.models import Commitment, Said
from luodi.kernel.ids import is_id
from luodi.kernel.refusal import Refusal

_MOST = 20


class MergeForm(ActForm):
    """并入另一件."""

    name = "merge"
    roles = ("office",)
    template = "desk/promises/act_merge.html"
    fields = ("into", "reason")
    labels = {"reason": gettext_noop("理由")}  # noqa: RUF012

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:
        """Promises that it may be one with: found by words, else of the same unit, the likest first."""
        text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:60]
        found = (
            visible_to(one.reach.actor).filter(state__in=("open", "claimed", "kept")).exclude(pk=one.row.id)
        )
        for word in text.split():
            found = found.filter(title__icontains=word)
        if not text:
            found = found.filter(lead_unit=one.row.lead_unit_id)
        rows = list(found.order_by("-id")[:200])
        rows.sort(key=lambda row: -_likeness(row.title, one.row.title))
        shown = rows[:_MOST]
        if typed["into"] and typed["into"] not in {row.id for row in shown}:
            shown += list(visible_to(one.reach.actor).filter(pk=typed["into"]))
        return {"text": text, "others": shown}

    def also_locked(self, typed: Typed) -> list[str]:
        """The one that takes it in."""
        return [typed["into"]] if is_id(typed["into"], Commitment.LETTER) else []

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Merge it."""
        if not typed["into"]:
            raise Refusal("same-promise", "还没有选并入哪一件。请选一件。")
        other = visible_to(one.reach.actor).filter(pk=typed["into"]).first()
        if other is None:
            raise Refusal("same-promise", "选的那一件找不到了。请重新选。")
        actions.merge(one.row, into=other, by=one.reach.actor, reason=typed["reason"])
        return gettext("并入“%(title)s”了。") % {"title": other.title}


class UnmergeForm(ActForm):
    """撤回并入."""

    name = "unmerge"
    roles = ("office",)
    template = "desk/promises/act_reason.html"
    fields = ("reason",)
    labels = {"reason": gettext_noop("理由")}  # noqa: RUF012

    def also_locked(self, typed: Typed) -> list[str]:  # noqa: ARG002
        """Nothing: the act itself takes only this one under lock."""
        return []

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Take the merger back."""
        actions.unmerge(one.row, by=one.reach.actor, reason=typed["reason"])
        return gettext("并入撤回了，和并入之前一样。")


class SilenceForm(ActForm):
    """记不再提."""

    name = "silence"
    roles = ("office",)
    template = "desk/promises/act_silence.html"
    fields = ("paper",)

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:
        """The paper, as far as it is chosen."""
        return {"choice": paper_choice(request, one.reach.actor, typed["paper"])}

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Note it."""
        source, _ = chosen_paper(one.reach.actor, typed["paper"], "")
        if source is None:
            raise Refusal("no-paper", "还没有选是哪份文件没有再提。请选一份。")
        actions.note_silence(one.row, source, by=one.reach.actor)
        return gettext("记下了：《%(title)s》没有再提这件承诺。") % {"title": source.title}


@role_door("office")
@require_POST
def unsilence(request: HttpRequest, ident: str) -> HttpResponse:
    """``/desk/promises/<id>/unsilence``: take the note back that a plan is silent."""
    one = one_promise(request, ident)
    if not one.reach.office.covers(one.row.lead_unit_id):
        raise Refusal("not-now", "由管这个单位的督查办公室来撤。您现在的岗位没有这个角色。")
    said = Said.objects.filter(pk=request.POST.get("said", "")[:14], commitment=ident, role="silent").first()
    if said is None:
        raise Refusal("no-such-link", "没有记过这一条，或已经撤回。请回承诺页面看现在的样子。")
    try:
        once_by_mark(
            request,
            lambda: actions.unlink_statement(
                said, by=one.reach.actor, reason=request.POST.get("reason", "")[:200]
            ),
            mark=f"unsilence-{said.id}",
            lock=Commitment.objects.filter(pk=ident),
        )
        messages.success(request, gettext("撤回了，这条不算了。"))
    except AlreadySent:
        messages.success(request, gettext(SENT_TWICE))
    return HttpResponseRedirect(one.href)


def _likeness(one: str, other: str) -> float:
    """The share of pairs of characters that two titles have in common."""
    left = {one[at : at + 2] for at in range(len(one) - 1)}
    right = {other[at : at + 2] for at in range(len(other) - 1)}
    return len(left & right) / max(1, len(left | right))
