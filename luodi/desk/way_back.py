"""Where to go after a step in between: an address of this site that was asked for before, never of another site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/desk/"


def way_back(wanted: str | None) -> str:
    """``wanted`` where it is a path on this site, else the desk.

    >>> way_back("/c/c01jkzbzcpwf28?x=1"), way_back("//evil.example/"), way_back("/\\\\evil.example"), way_back("javascript:1")
    ('/c/c01jkzbzcpwf28?x=1', '/desk/', '/desk/', '/desk/')
    """
    if wanted and wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return HOME


def go_on(request: HttpRequest) -> HttpResponseRedirect:
    """To where ``next`` of the request points, within this site."""
    return HttpResponseRedirect(way_back(request.POST.get("next") or request.GET.get("next")))
