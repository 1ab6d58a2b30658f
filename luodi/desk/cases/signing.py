"""``/desk/cases/<id>/sign/<step>``: the second party reads what was proposed, and signs it or does not agree."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.cases.history import moments
from luodi.desk.cases.one_case import OneCase, one_case
from luodi.desk.cases.parties import who
from luodi.desk.doors import post_door
from luodi.desk.promises.act_form import SENT_TWICE
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark
from luodi.desk.rendering import page
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import PARTIES
from luodi.kernel.refusal import Refusal


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, ident: str, step: str) -> HttpResponse:
    """The step as it stands, with the two buttons for whoever may sign."""
    one = one_case(request, ident)
    found = next((each for each in one.steps if each.id == step), None)
    if found is None or not found.needs_signature:
        raise Http404(gettext("这件事里没有这一步，或者它不用签。"))
    if request.method == "POST":
        return _sent(request, one, found)
    return _shown(request, one, found)


def why_not_sign(one: OneCase, step: Step) -> str:
    """Why the post that looks cannot sign, and who can; empty where it can."""
    move = one.playbook.move_named[step.move]
    if step.signed_at is not None or step.taken_back:
        return gettext("这一步已经签过了。")
    party = move.signed_by or "leader"
    if party not in one.standing.parties:
        return gettext("由%(who)s来签，您现在的岗位不是。") % {"who": who(one.row, party)}
    if step.post_id == one.post.id:
        return gettext("这一步是您的岗位提出的，不能自己签；请由另一个岗位来签。")
    if one.row.state not in move.sources:
        return gettext("这件事现在是“%(state)s”，这一步已经用不上。") % {"state": one.place_words}
    return ""


def _sent(request: HttpRequest, one: OneCase, step: Step) -> HttpResponse:
    agrees = request.POST.get("agrees", "")
    if agrees not in ("yes", "no"):
        raise Refusal("no-answer", "没有记下：没有选同意还是不同意。请回到事项页面再按一次。")
    act = partial(actions.sign, step.id, by=one.actor, agrees=agrees == "yes")
    try:
        once_by_mark(request, act, mark=mark_of(request), lock=Case.objects.filter(pk=one.row.id))
    except AlreadySent:
        messages.success(request, gettext(SENT_TWICE))
        return HttpResponseRedirect(one.href)
    except Refusal as refusal:
        return _shown(request, one_case(request, one.row.id), step, fault=refusal.message, status=422)
    words = (
        gettext("签了，“%(move)s”生效。") if agrees == "yes" else gettext("记下了不同意，“%(move)s”不生效。")
    )
    messages.success(request, words % {"move": one.playbook.move_named[step.move].label})
    return HttpResponseRedirect(one.href)


def _shown(
    request: HttpRequest, one: OneCase, step: Step, *, fault: str = "", status: int = 200
) -> HttpResponse:
    move = one.playbook.move_named[step.move]
    return page(
        request,
        "desk/cases/sign.html",
        status=status,
        here="cases",
        one=one,
        move=move,
        moment=moments(one, [step])[0],
        party=PARTIES[move.signed_by] if move.signed_by else "",
        why_not=why_not_sign(one, step),
        fault=fault,
        key=new_key(),
    )
