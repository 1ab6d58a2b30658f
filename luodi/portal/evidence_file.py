"""``/f/<id>``: evidence that anybody may see. Of a photo the copy that holds nothing but what is seen; the rest is downloaded."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.files.access import public
from luodi.kernel.files.serving import serve
from luodi.kernel.files.store import Damaged


@require_safe
def evidence_file(_request: HttpRequest, ident: str) -> FileResponse:
    """The bytes, under the strict policy of kept files."""
    kept = public().filter(pk=ident).first()
    if kept is None:
        raise Http404(gettext("没有编号为“%(id)s”的公开凭据。") % {"id": ident[:14]})
    try:
        served = serve(kept)
    except Damaged as damaged:
        raise Http404(gettext("这份凭据找不到了，已经记下；编号%(id)s。") % {"id": kept.id}) from damaged
    answer = FileResponse(served.path.open("rb"))
    for name, value in served.headers.items():
        answer.headers[name] = value
    return answer
