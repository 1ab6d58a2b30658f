"""What is put in order by itself: jobs nobody goes on sending to, jobs stopped and left, bytes nobody needs, names of files."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from luodi.kernel.clocks.now import now
from luodi.kernel.jobs import actions, limits, staging
from luodi.kernel.jobs.models import Job

LEFT_OUT = (
    "left-out",
    "这一批停下后三十天没有继续，余下的没有收。还要收，请再放一次；收过的不会再收。",
)


def sweep() -> None:
    """Once a minute is often enough; all of it can be done twice."""
    at = now()
    live = Job.objects.filter(ended_at__isnull=True)
    unsent = live.filter(all_sent_at__isnull=True, stopped_at__isnull=True)
    for job in unsent.filter(touched_at__lt=at - dt.timedelta(days=limits.UNSENT_LASTS)):
        actions.close_job(job)
    come = unsent.filter(expected__gt=0, come__gte=F("expected"))
    for job in come.filter(touched_at__lt=at - dt.timedelta(minutes=1)):  # the sender did not say so
        actions.close_job(job)
    for job in live.filter(stopped_at__lt=at - dt.timedelta(days=limits.STOPPED_LASTS)):
        actions.leave_out(job, *LEFT_OUT)
    actions.forget_names(at - dt.timedelta(days=limits.NAMES_LAST))
    tidy()


def tidy() -> None:
    """Remove what was laid by for jobs that have ended, or that are not known."""
    here = staging.folders()
    needed = (
        set(Job.objects.filter(id__in=here, ended_at__isnull=True).values_list("id", flat=True))
        if here
        else set()
    )
    for job_id in here:
        if job_id not in needed:
            staging.forget_all(job_id)
