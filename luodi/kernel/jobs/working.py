"""How the working child works at jobs: one item at a time, the jobs in turn, a little at a time.

Whatever happens to one item, the next one is tried. A fault of the machine (disk full, database gone) is no fault of the item:
the job stops with its reason, or the whole is tried again. An item that has stopped the process several times is refused.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F

from luodi.kernel.jobs import actions, limits, staging
from luodi.kernel.jobs.archives import Archives
from luodi.kernel.jobs.kinds import kind_of
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.jobs.sweeping import sweep, tidy
from luodi.kernel.jobs.work import Work
from luodi.kernel.refusal import Refusal

A_TURN = 1.5  # seconds; then the log is sealed and the rest of the worker's day has its turn
SWEEP_EVERY = 60.0
PAUSE = 10.0  # seconds between two items of a job above which they are not counted as one stretch of work
AT_WORK = "at-work"  # beside the folders of the jobs: the item this process is at
# not the file's fault: the same would be said of every one that follows
_HALTS = ("disk-full", "read-only")
_FAILED = Refusal(
    "kept-failing",
    "读这一份时程序几次出错或被中断，没有收，别的照收。请把这份文件和时间告诉系统管理员。",
)
_log = logging.getLogger("luodi.jobs")


class Worker:
    """The work of one process. ``is_idle`` tells whether the last turn left nothing to do."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.is_idle = True
        self._clock = clock
        self._archives = Archives()
        self._ended: dict[str, float] = {}
        self._last = ""
        self._swept: float | None = None

    def turn(self, seconds: float = A_TURN) -> int:
        """Work for about so long; how many items were settled. Raises ``DatabaseError`` where there is no database."""
        until = self._clock() + seconds
        if self._swept is None:
            _note_interrupted()
        if self._swept is None or self._clock() - self._swept >= SWEEP_EVERY:
            self._swept = self._clock()
            sweep()
        settled = 0
        while (job := self._next()) is not None:
            settled += self._step(job)
            if self._clock() >= until:
                return settled
        self._rest()
        return settled

    def _next(self) -> Job | None:
        """The job whose turn it is."""
        done = F("taken") + F("known") + F("refused")
        live = Job.objects.filter(ended_at__isnull=True, stopped_at__isnull=True, total__gt=done).order_by(
            "id"
        )
        job = live.filter(id__gt=self._last).first() or live.first()
        self.is_idle = job is None
        self._last = job.id if job else ""
        return job

    def _step(self, job: Job) -> int:
        item = (
            Item.objects.select_related("job", "parent")
            .filter(job=job, state="waiting")
            .order_by("id")
            .first()
        )
        if item is None:  # settled by another process since
            return 0
        started = self._clock()
        since = self._ended.get(job.id, started)
        work = Work(item, self._archives, since if started - since < PAUSE else started, self._clock)
        _at_work().write_text(str(item.pk), encoding="utf-8")
        try:
            _handle(work)
        except actions.AlreadySettled:
            return 0
        finally:
            self._ended[job.id] = self._clock()
        if work.is_settled:
            _forget_bytes(item)
        return int(work.is_settled)

    def _rest(self) -> None:
        self._archives.close()
        self._ended.clear()
        tidy()


def _handle(work: Work) -> None:
    item = work.item
    if item.tries >= limits.MOST_TRIES:
        work.refuse(_FAILED)
        return
    try:
        kind_of(item.job.kind).handle(work)
        if not work.is_settled:
            raise RuntimeError(f"jobs of kind {item.job.kind!r} leave items unsettled")
    except (actions.AlreadySettled, DatabaseError):
        raise
    except Refusal as refusal:
        if refusal.code in _HALTS:
            actions.stop(item.job, refusal.message)
        else:
            work.refuse(refusal)
    except Exception:
        _log.exception("item %s of job %s failed, try %s", item.pk, item.job_id, item.tries + 1)
        actions.note_try(item)


def _forget_bytes(item: Item) -> None:
    """The bytes of a settled item go, unless something still needs them: archives and lists stay as long as their job."""
    if item.parent_id is not None or not item.sha256:
        return
    needed = Item.objects.filter(job=item.job_id, sha256=item.sha256, state__in=("waiting", "opened"))
    if not needed.exists():
        staging.forget(item.job_id, item.sha256)


def _at_work() -> Path:
    folder = Path(settings.DATA) / staging.FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / AT_WORK


def _note_interrupted() -> None:
    """The item that this process's predecessor was at when it ended, if it did not finish it, has one try less."""
    path = _at_work()
    if path.exists():
        text = path.read_text(encoding="utf-8")
        if text.isdigit() and (item := Item.objects.filter(pk=int(text)).first()):
            actions.note_try(item)
        path.unlink()
