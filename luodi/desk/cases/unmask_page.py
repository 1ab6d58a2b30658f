"""``/desk/cases/<id>/unmask/<field>``: a sensitive field shown once to whoever says why; that it was looked at is an event."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.cases.details_shown import asks_by_name
from luodi.desk.cases.fields import plain
from luodi.desk.cases.one_case import one_case
from luodi.desk.doors import post_door
from luodi.desk.rendering import page
from luodi.kernel.cases import actions
from luodi.kernel.cases.acts.unmasking import LONGEST_REASON
from luodi.kernel.refusal import Refusal


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def unmask_page(request: HttpRequest, ident: str, field: str) -> HttpResponse:
    """The question why; after it the value, on this answer alone."""
    one = one_case(request, ident)
    ask = asks_by_name(one.playbook).get(field)
    if ask is None or one.details is None or field not in one.details.PRIVACY.sensitive:
        raise Http404(gettext("这件事项没有这样一个隐去的字段。"))
    value, fault = "", ""
    reason = plain(request.POST.get("reason", ""))
    if request.method == "POST":
        try:
            value = actions.unmask(one.details, field, reason=reason, by=one.actor)
        except Refusal as refusal:
            fault = refusal.message
    return page(
        request,
        "desk/cases/unmask.html",
        status=422 if fault else 200,
        here="cases",
        one=one,
        label=ask.label,
        value=value,
        fault=fault,
        reason=reason,
        longest=LONGEST_REASON,
    )
