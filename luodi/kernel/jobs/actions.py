"""What changes jobs and items. One function, one change, one transaction.

No events: that a file was laid by, waits or was refused changes nothing of the district's. What an item becomes is written by the
act that makes it (``source.kept``), and ``settle`` is called inside that act, so that both are there or neither.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from luodi.kernel.clocks.now import now
from luodi.kernel.files.names import LONGEST_PATH, require_plain_name, visible
from luodi.kernel.jobs import limits
from luodi.kernel.jobs.kinds import kind_of, require_size
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal

LONGEST_NOTE = 120


class AlreadySettled(Exception):  # noqa: N818 (an answer: somebody else was first)
    """The item has its outcome; whoever made another one takes it back."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is handed in: the name it came with, the hash and number of its bytes, what is known about it."""

    name: str
    sha256: str = ""
    size: int = 0
    note: str = ""
    role: str = ""
    place: int = 0


def fault_of(kind: str, given: Given) -> Refusal | None:
    """Why a file cannot be taken, as far as its name and size tell; ``None`` where they tell nothing against it."""
    try:
        require_plain_name(given.name)
        require_size(kind_of(kind), given.name, given.size)
    except Refusal as refusal:
        return refusal
    return None


def open_job(kind: str, *, by: Actor, note: str = "", expected: int = 0) -> Job:
    """Begin a job; files may be added until ``close_job``. Raises ``Refusal``: ``jobs-too-many``, ``files-too-many``."""
    kind_of(kind)
    if Job.objects.filter(ended_at__isnull=True).count() >= limits.MOST_OPEN:
        raise Refusal(
            "jobs-too-many",
            f"还有{limits.MOST_OPEN}批没有做完。请先等它们做完，或停下后把余下的不收了。",
        )
    if expected > limits.MOST_ITEMS:
        raise _too_many(expected)
    at = now()
    return Job.objects.create(
        kind=kind,
        note=visible(note.strip(), LONGEST_NOTE),
        account=by.account,
        post=by.post,
        asked_at=at,
        touched_at=at,
        expected=max(expected, 0),
    )


def add_item(job: Job, given: Given) -> Item:
    """Add a file whose bytes are laid by. The same file of the same name is there once, however often it is added.

    What can be refused by name or size is refused at once and has its outcome. Raises ``Refusal``: ``job-closed``,
    ``files-too-many``, ``bytes-too-many``.
    """
    fault = fault_of(job.kind, given)
    with transaction.atomic():
        held = _held(job)
        known = item_of(job, given)
        if known is not None:
            return known
        if held.all_sent_at is not None:
            raise Refusal("job-closed", "这一批已经说过传完了，不能再加。请另开一批；收过的同一份不会再收。")
        if held.total >= limits.MOST_ITEMS:
            raise _too_many(held.total + 1)
        if held.size + given.size > limits.MOST_BYTES:
            raise Refusal(
                "bytes-too-many",
                f"这一批已有{held.size:,}字节，一批最多{limits.MOST_BYTES:,}字节。请等这批收完，另开一批。",
            )
        made = Item.objects.create(**_fields(job, given, "", fault))
        at = now()
        _count(
            job,
            total=1,
            come=int(not given.role),
            refused=int(fault is not None),
            size=given.size,
            touched_at=at,
        )
        return made


def item_of(job: Job, given: Given) -> Item | None:
    """The item that this file of this name is, if it has come."""
    return Item.objects.filter(job=job, key=_key(given, "")).first()


def close_job(job: Job) -> None:
    """No more files will come."""
    with transaction.atomic():
        _held(job)
        Job.objects.filter(pk=job.pk, all_sent_at__isnull=True).update(all_sent_at=now())
        _end_if_done(job)


def stop(job: Job, trouble: str = "") -> None:
    """Let the job rest; the item being worked on is still done. ``trouble`` says why, where nobody asked for it."""
    Job.objects.filter(pk=job.pk, ended_at__isnull=True, stopped_at__isnull=True).update(
        stopped_at=now(), trouble=trouble
    )


def go_on(job: Job) -> None:
    """Let a stopped job go on."""
    at = now()
    Job.objects.filter(pk=job.pk, stopped_at__isnull=False).update(stopped_at=None, trouble="", touched_at=at)


def leave_out(job: Job, code: str, words: str) -> None:
    """Give up what waits: every waiting item is refused in these words, nothing more comes, the job ends."""
    with transaction.atomic():
        _held(job)
        at = now()
        left = Item.objects.filter(job=job, state="waiting").update(
            state="refused", code=code, words=words, decided_at=at
        )
        _count(job, refused=left)
        Job.objects.filter(pk=job.pk, all_sent_at__isnull=True).update(all_sent_at=at)
        _end_if_done(job)


def settle(item: Item, state: str, *, result: str = "", findings: int = 0, worked_ms: int = 0) -> None:
    """Give a waiting item its outcome, ``taken`` or ``known``, inside the transaction that made it.

    Raises ``AlreadySettled`` where it has one: the transaction is then to be taken back.
    """
    if state not in ("taken", "known"):
        raise ValueError(f"{state!r} is no outcome; an item becomes taken or known, or is refused")
    with transaction.atomic():
        _decide(item, state=state, result=result, findings=findings)
        new = findings if state == "taken" else 0
        taken, known = int(state == "taken"), int(state == "known")
        _count(item.job, taken=taken, known=known, findings=new, worked_ms=worked_ms)
        _end_if_done(item.job)


def refuse(item: Item, refusal: Refusal, *, worked_ms: int = 0) -> None:
    """Give a waiting item the outcome that it was refused. Raises ``AlreadySettled``."""
    with transaction.atomic():
        _decide(item, state="refused", code=refusal.code, words=refusal.message)
        _count(item.job, refused=1, worked_ms=worked_ms)
        _end_if_done(item.job)


def unfold(item: Item, role: str, parts: Sequence[Given] = (), *, findings: int = 0, words: str = "") -> int:
    """An item that is no matter of its own: an archive becomes its parts, a list of addresses just a list. How many parts.

    The item is counted no longer, its parts are. Raises ``AlreadySettled``; ``Refusal``: ``files-too-many``.
    """
    job = item.job
    faults = [fault_of(job.kind, part) for part in parts]
    with transaction.atomic():
        held = _held(job)
        if held.total - 1 + len(parts) > limits.MOST_ITEMS:
            raise _too_many(held.total - 1 + len(parts))
        _decide(item, state="opened", role=role, findings=findings, words=words)
        made = [
            Item(**_fields(job, part, str(item.pk), fault), parent=item)
            for part, fault in zip(parts, faults, strict=True)
        ]
        Item.objects.bulk_create(made, batch_size=500)
        refused = sum(fault is not None for fault in faults)
        _count(job, total=len(made) - 1, refused=refused, containers=1)
        _end_if_done(job)
    return len(made)


def note_try(item: Item) -> None:
    """The worker was stopped, or failed, while it worked on this item."""
    Item.objects.filter(pk=item.pk, state="waiting").update(tries=F("tries") + 1)


def forget_names(before: dt.datetime) -> None:
    """Empty the names of files, and what jobs were called, of jobs that ended before this instant."""
    for job in Job.objects.filter(ended_at__lt=before, note__isnull=False):
        with transaction.atomic():
            Item.objects.filter(job=job).update(name=None, note=None)
            Job.objects.filter(pk=job.pk).update(note=None)


def _held(job: Job) -> Job:
    """The job's row, locked until the transaction ends: whoever adds and whoever works count one after the other."""
    return Job.objects.select_for_update().get(pk=job.pk)


def _decide(item: Item, **values: object) -> None:
    _held(item.job)
    if not Item.objects.filter(pk=item.pk, state="waiting").update(**values, decided_at=now()):
        raise AlreadySettled(f"item {item.pk} of job {item.job_id} has its outcome")


def _count(job: Job, *, touched_at: dt.datetime | None = None, **more: int) -> None:
    values: dict[str, object] = {name: F(name) + number for name, number in more.items() if number}
    if touched_at is not None:
        values["touched_at"] = touched_at
    if values:
        Job.objects.filter(pk=job.pk).update(**values)


def _end_if_done(job: Job) -> None:
    done = F("taken") + F("known") + F("refused")
    Job.objects.filter(pk=job.pk, all_sent_at__isnull=False, ended_at__isnull=True, total__lte=done).update(
        ended_at=now(), stopped_at=None, trouble=""
    )


def _fields(job: Job, given: Given, parent: str, fault: Refusal | None) -> dict[str, object]:
    fields: dict[str, object] = {
        "job": job,
        "place": given.place,
        "key": _key(given, parent),
        "name": visible(given.name, LONGEST_PATH),
        "note": given.note,
        "role": given.role,
        "sha256": given.sha256,
        "size": given.size,
    }
    if fault is not None:
        fields |= {"state": "refused", "code": fault.code, "words": fault.message, "decided_at": now()}
    return fields


def _key(given: Given, parent: str) -> str:
    said = "\0".join((parent, str(given.place), given.name, given.sha256, str(given.size), given.role))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _too_many(number: int) -> Refusal:
    return Refusal(
        "files-too-many",
        f"一共{number:,}份，一批最多{limits.MOST_ITEMS:,}份。请分成几批，或打成几个压缩包分次放。",
    )
