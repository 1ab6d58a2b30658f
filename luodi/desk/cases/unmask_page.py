"""``/desk/cases/<id>/unmask/<field>``: a sensitive field shown once to whoever says why; that it was looked at is an event.

Instead of a field of the details the address may name a duty: then it is who is bound to do what, each with an event.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.desk.cases.details_shown import asks_by_name
from luodi.desk.cases.fields import plain
from luodi.desk.cases.one_case import OneCase, one_case
from luodi.desk.doors import post_door
from luodi.desk.rendering import page
from luodi.kernel.cases import actions
from luodi.kernel.cases.acts.unmasking import LONGEST_REASON
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Masked:
    """What is asked for: these fields of a row, and what they are called."""

    row: LedgerRow
    fields: tuple[str, ...]
    label: str


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def unmask_page(request: HttpRequest, ident: str, field: str) -> HttpResponse:
    """The question why; after it the value, on this answer alone."""
    one = one_case(request, ident)
    masked = _masked(one, field)
    value, fault = "", ""
    reason = plain(request.POST.get("reason", ""))
    if request.method == "POST":
        try:
            value = _unmasked(masked, reason, one.actor)
        except Refusal as refusal:
            fault = refusal.message
    return page(
        request,
        "desk/cases/unmask.html",
        status=422 if fault else 200,
        here="cases",
        one=one,
        label=masked.label,
        value=value,
        fault=fault,
        reason=reason,
        longest=LONGEST_REASON,
    )


def _masked(one: OneCase, field: str) -> Masked:
    """Raises ``Http404``."""
    ask = asks_by_name(one.playbook).get(field)
    if ask is not None and one.details is not None and field in one.details.PRIVACY.sensitive:
        return Masked(one.details, (field,), ask.label)
    for duty in one.duties:
        if duty.id == field:
            return Masked(duty, duty.PRIVACY.sensitive, gettext("约定的事"))
    raise Http404(gettext("这件事项没有这样一个隐去的字段。"))


def _unmasked(masked: Masked, reason: str, by: Actor) -> str:
    """All of it or nothing. Raises ``Refusal``."""
    with transaction.atomic():
        return "".join(actions.unmask(masked.row, field, reason=reason, by=by) for field in masked.fields)
