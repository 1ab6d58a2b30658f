"""``/cases/<id>/signatures``: the second party signs a step that waits for it, or refuses to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from luodi.api import case_shapes as shapes
from luodi.api.asking import WRITING_FAULTS, Ident
from luodi.api.cases import Once, answered, done, writing
from luodi.kernel.cases import access, actions
from luodi.kernel.cases.models import Step
from luodi.kernel.cases.registry import playbook_of

router = Router(tags=["事项"])


@router.post(
    "/cases/{ident}/signatures",
    response={200: shapes.Done, **WRITING_FAULTS},
    operation_id="sign_case",
    summary="签一步，或不同意",
)
def signed(
    request: HttpRequest, response: HttpResponse, ident: Ident, idempotency_key: Once, body: shapes.Signing
) -> Any:
    """用途要有 cases:sign。哪一步等签字、提的是什么，看 GET /cases/{ident} 的 waiting。"""
    actor, token = writing(request, "cases:sign")
    row = access.visible_to(actor).filter(pk=ident).first()
    if row is None or not Step.objects.filter(pk=body.step, case=row).exists():
        raise Http404

    def act() -> dict[str, Any]:
        step = actions.sign(body.step, by=actor, agrees=body.agrees)
        row.refresh_from_db()
        return {**done(row, playbook_of(row.kind, row.version), step), "waits_for": ""}

    return answered(request, response, token, idempotency_key, act)
