"""Stopping a batch, letting it go on, giving up what is left of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from luodi.desk.doors import role_door
from luodi.desk.intake.batches import ROLES, batch_of
from luodi.kernel.jobs import actions

LEFT_OUT = ("left-out", "停下以后，有人选了余下的不收，所以这一份没有收。还要收，请再放一次。")


@role_door(*ROLES)
@require_POST
def stop(request: HttpRequest, batch: str) -> HttpResponse:
    """``/desk/intake/<batch>/stop``."""
    job = batch_of(request, batch)
    actions.stop(job)
    return HttpResponseRedirect(f"/desk/intake/{job.id}")


@role_door(*ROLES)
@require_POST
def go_on(request: HttpRequest, batch: str) -> HttpResponse:
    """``/desk/intake/<batch>/go-on``."""
    job = batch_of(request, batch)
    actions.go_on(job)
    return HttpResponseRedirect(f"/desk/intake/{job.id}")


@role_door(*ROLES)
@require_POST
def leave_out(request: HttpRequest, batch: str) -> HttpResponse:
    """``/desk/intake/<batch>/leave-out``: what waits is not taken in."""
    job = batch_of(request, batch)
    actions.leave_out(job, *LEFT_OUT)
    return HttpResponseRedirect(f"/desk/intake/{job.id}")
