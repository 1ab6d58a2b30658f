"""Asking the second reader about a kept page, in a thread of the worker; tried again, later and later, where nobody answers.

Nothing leaves a demonstration, nothing that is not public leaves at all, and nothing is asked unless somebody was told the cost.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from luodi.kernel.clocks.now import now
from luodi.kernel.documents.converting import converter_for
from luodi.kernel.documents.models import SecondAsked, Source
from luodi.kernel.documents.second.endpoint import Asker, Endpoint, endpoint_of
from luodi.kernel.documents.second.hearing import Heard, cost, hear, price
from luodi.kernel.documents.second.keeping import keep_heard
from luodi.kernel.files.store import Damaged
from luodi.kernel.files.store import read as read_kept
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import is_demonstration
from luodi.reading.document import Document
from luodi.reading.reader import read
from luodi.reading.refusals import Refused
from luodi.reading.second.questions import Cost

FOLDER = "second"  # of DATA: what was answered, so that nothing is paid for twice
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 20))
_GRACE = dt.timedelta(minutes=1)
_log = logging.getLogger("luodi.second")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking about a page would take. ``price`` in 元 where prices are set; ``host`` is whom it would be sent to."""

    cost: Cost
    price: float | None
    host: str
    model: str


def is_set() -> bool:
    """Whether there is a second reader to be asked."""
    try:
        return endpoint_of() is not None and not is_demonstration()
    except Refused:
        return False


def estimate(source: Source) -> Estimate:
    """The cost of asking about a source. Raises ``Refusal``, as ``ask`` does."""
    endpoint = _endpoint(source)
    reckoned = cost(_document(source))
    return Estimate(reckoned, price(reckoned, endpoint), endpoint.host, endpoint.model)


def ask(source: Source, *, by: Actor) -> SecondAsked:
    """Let the second reader be asked about a source. What it answered before it is not asked again.

    Raises ``Refusal``: ``no-endpoint``, ``bad-endpoint``, ``demonstration-sends-nothing``, ``not-public``, ``asked-already``.
    """
    _endpoint(source)
    at = now()
    with transaction.atomic():
        row = SecondAsked.objects.select_for_update().filter(source=source).first()
        if row is not None and row.state == "waiting":
            raise Refusal("asked-already", "这份已经在请第二个读者读了，不必再请。读完会写在这里。")
        fresh = {"account": by.account, "post": by.post, "asked_at": at, "next_at": at, "state": "waiting"}
        counts = dict.fromkeys(("tries", "asked", "answered", "refused", "found"), 0)
        made, _ = SecondAsked.objects.update_or_create(
            source=source, defaults={**fresh, **counts, "ended_at": None, "words": ""}
        )
    return made


def turn() -> bool:
    """Read one source that is due. Whether there was one."""
    if not is_set():
        return False
    endpoint = endpoint_of()
    row = _taken(endpoint) if endpoint is not None else None
    if row is None or endpoint is None:
        return False
    try:
        _read_again(row, endpoint)
    except Refused as refused:
        _put_off(row, refused.message, again=refused.code == "no-answer")
    except (Refusal, Damaged) as refusal:
        _put_off(row, str(refusal), again=False)
    return True


def _read_again(row: SecondAsked, endpoint: Endpoint) -> None:
    document = _document(row.source)
    asker = Asker(endpoint, Path(settings.DATA) / FOLDER)
    heard = hear(document, asker, endpoint.model, before_each=lambda: _lease(row, endpoint), is_patient=False)

    def settled(found: int) -> None:
        """Within the act that keeps what was heard: both are there or neither."""
        _end(row, heard, "done" if heard.answered or not heard.asked else "failed", found)

    keep_heard(
        row.source, document, heard, model=endpoint.model, by=Actor(row.account, row.post), also=settled
    )
    _log.info("second reader: %s of %s questions answered", heard.answered, heard.asked)


def _taken(endpoint: Endpoint) -> SecondAsked | None:
    """The source that has waited longest, leased to this process."""
    with transaction.atomic():
        due = SecondAsked.objects.filter(state="waiting", next_at__lte=now()).order_by("next_at", "source_id")
        row = due.select_for_update(skip_locked=True, of=("self",)).select_related("source__file").first()
        if row is not None:
            _lease(row, endpoint)
            SecondAsked.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
            row.tries += 1
    return row


def _lease(row: SecondAsked, endpoint: Endpoint) -> None:
    """Nobody else takes it up while one question may still be under way."""
    until = now() + dt.timedelta(seconds=2 * endpoint.seconds) + _GRACE
    SecondAsked.objects.filter(pk=row.pk).update(next_at=until)


def _put_off(row: SecondAsked, words: str, *, again: bool) -> None:
    """Try later, or give it up."""
    if again and row.tries <= len(WAITS):
        SecondAsked.objects.filter(pk=row.pk).update(next_at=now() + WAITS[row.tries - 1], words=words)
    else:
        SecondAsked.objects.filter(pk=row.pk).update(state="failed", ended_at=now(), words=words)


def _end(row: SecondAsked, heard: Heard, state: str, found: int) -> None:
    words = "；".join(dict.fromkeys(fault.message for fault in heard.faults))
    SecondAsked.objects.filter(pk=row.pk).update(
        state=state,
        ended_at=now(),
        asked=heard.asked,
        answered=heard.answered,
        refused=len(heard.not_taken),
        found=found,
        words=words,
    )


def _endpoint(source: Source) -> Endpoint:
    try:
        endpoint = endpoint_of()
    except Refused as refused:
        raise Refusal(refused.code, refused.message) from refused
    if endpoint is None:
        raise Refusal("no-endpoint", "没有设第二个读者。请系统管理员设好它的地址和模型名，再来请。")
    if is_demonstration():
        raise Refusal("demonstration-sends-nothing", "演示的数据什么也不往外发，所以不能请。自己的区里可以。")
    if not source.file.is_public:
        raise Refusal("not-public", "这份文件没有公开，不发给别的服务。只有公开的文件可以请第二个读者读。")
    return endpoint


def _document(source: Source) -> Document:
    """The kept page, read by the rules now. Raises ``Refusal``."""
    raw = read_kept(Path(settings.DATA), source.file.sha256)
    try:
        convert = converter_for(raw)
        return read(raw, "", convert) if convert else read(raw)
    except Refused as refused:
        raise Refusal(refused.code, refused.message) from refused
