"""“这里有错”: anybody may say so, without a name. The text stays inside; the page shows only that somebody spoke up."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import actions
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.refusal import Refusal
from luodi.portal.names import Names, address_of

LONGEST = 2_000
_SUBJECTS = ("c", "d", "s")
A_SENDER = 5  # within ten minutes
EVERYBODY = 200  # within an hour
_SALT = secrets.token_bytes(
    16
)  # new at every start: what counts senders cannot be turned back into addresses


@require_http_methods(["GET", "HEAD", "POST"])
def wrong_page(request: HttpRequest, ident: str) -> HttpResponse:
    """``/wrong/<id>``: the form about a promise, a document or a statement; POST keeps what was said."""
    name = Names.of({ident}).name(ident) if ident[:1] in _SUBJECTS else ""
    if not name:
        raise Http404(gettext("没有编号为“%(id)s”的页面，没法指出它的错。") % {"id": ident})
    context = {
        "here": "",
        "ident": ident,
        "name": name,
        "href": address_of(ident),
        "longest": LONGEST,
        "text": "",
        "fault": "",
    }
    if request.method != "POST":
        return _form(request, context)
    if request.POST.get("website"):  # a field that people do not see: only programs fill it in
        return HttpResponseRedirect(f"/wrong/{ident}?sent=1")
    text = request.POST.get("text", "").strip()
    fault = _fault(request, text)
    if fault:
        return _form(request, {**context, "text": text[:LONGEST], "fault": fault}, status=422)
    try:
        actions.object_to(ident, text=text, by=SYSTEM)
    except Refusal as refused:
        return _form(request, {**context, "text": text, "fault": refused.message}, status=422)
    return HttpResponseRedirect(f"/wrong/{ident}?sent=1")


def _form(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(
        request, "portal/wrong.html", {**context, "sent": request.GET.get("sent") == "1"}, status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _fault(request: HttpRequest, text: str) -> str:
    if len(text) < 4:
        return gettext("还没有写哪里错了。写一两句就行，比如：期限不是8月底，是9月底。")
    if len(text) > LONGEST:
        return gettext("写了%(length)s字，最多%(longest)s字。请只写哪里错、对的是什么。") % {
            "length": len(text),
            "longest": LONGEST,
        }
    if not (_within(f"wrong:{_sender(request)}", A_SENDER, 600) and _within("wrong:all", EVERYBODY, 3600)):
        return gettext("这一会儿收到的太多，这一条没有收下。请过10分钟再发，您写的字还在下面。")
    return ""


def _within(key: str, most: int, seconds: int) -> bool:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two lines
        return True


def _sender(request: HttpRequest) -> str:
    """A hash of who sends, good for one day. A proxy is believed only where it is named in the settings."""
    address = request.META.get("REMOTE_ADDR", "")
    trusted = settings.CONFIGURATION.trusted_proxies
    forwarded = request.headers.get("X-Forwarded-For", "")
    if address in trusted and forwarded:
        for candidate in reversed([part.strip() for part in forwarded.split(",")]):
            if candidate not in trusted:
                address = candidate
                break
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:  # one household has a whole /64
            address = str(ipaddress.ip_network((parsed, 64), strict=False))
    except ValueError:
        address = "unknown"
    return hashlib.blake2b(f"{today()}|{address}".encode(), key=_SALT, digest_size=12).hexdigest()
