"""``/proof/<event>.json``: the offline proof of one event."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.ledger.proofs import proof_of
from luodi.kernel.refusal import Refusal


@require_safe
def proof_file(_request: HttpRequest, event_id: str) -> HttpResponse:
    """The proof against the newest checkpoint; 404 where there is no such event or it is not sealed yet."""
    try:
        raw = proof_of(event_id)
    except LookupError:
        raise Http404(gettext("没有编号为“%(id)s”的登记。") % {"id": event_id}) from None
    except Refusal as refused:
        raise Http404(refused.message) from None
    response = HttpResponse(raw, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{event_id}.json"'
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
