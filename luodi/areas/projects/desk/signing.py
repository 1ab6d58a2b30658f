"""``/desk/projects/<id>/reports/<report>/sign``: the head of the unit signs a filled month, or sends it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from luodi.areas.projects.access import reports_for
from luodi.areas.projects.acts.reporting import sign
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import MonthlyReport
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post

_SAID = {"sign": True, "back": False}


@post_door
@require_POST
def sign_report(request: HttpRequest, ident: str, report: str) -> HttpResponse:
    """Sign, or send back. Sent twice, the second finds nothing to sign and says so."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if not reports_for(presence.actor).filter(file=file, pk=report).exists():
        raise Http404(gettext("这个项目没有这份月报。请从项目页重新进入。"))
    agrees = _SAID.get(request.POST.get("answer", ""))
    if agrees is None:
        raise Refusal("choice-unknown", gettext("签字还是退回没有选。请回到项目页，按其中一个。"))
    sign(report, by=presence.actor, agrees=agrees)
    messages.success(
        request,
        gettext("已签，这个月的数从现在起算数。") if agrees else gettext("已退回，请填报人改了再报。"),
    )
    return HttpResponseRedirect(f"{BASE}/{file.id}#reports")


def may_sign(report: MonthlyReport, file: ProjectFile, post: Post | None) -> bool:
    """Whether a post would be taken as the head that signs: for the page that shows the buttons; the act asks again."""
    if post is None or report.state != "filled" or report.filler_post_id == post.id or not post.is_leader:
        return False
    unit = report.filler_post.unit_id if report.filler_post is not None else file.project.owner_unit_id
    return unit is not None and post.unit_id == unit
