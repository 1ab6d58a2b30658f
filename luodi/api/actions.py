"""A writing request with the same key counts once: the key is kept together with what was done, or neither is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from luodi.api.models import Answered
from luodi.kernel.accounts.models import Token
from luodi.kernel.clocks.now import now
from luodi.kernel.refusal import Refusal

KEPT = dt.timedelta(hours=24)
LONGEST_KEY = 64
HEADER = "Idempotency-Key"


def once(
    request: HttpRequest, token: Token, key: str, act: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """What ``act`` gives, and whether it had been done before and was only told again.

    The row of the key and what the act writes are one transaction: another request with the key waits for it, and a refusal or
    a crash leaves neither. Raises ``Refusal``: ``key-reused``, and those of the act.
    """
    asked = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    if (told := _told(token, key, asked)) is not None:
        return told, True
    try:
        with transaction.atomic():
            with transaction.atomic():
                row = Answered.objects.create(token=token.id, key=key, asked=asked, at=now())
            answer = act()
            row.answer, row.status = answer, 200
            row.save(update_fields=["answer", "status"])
            return answer, False
    except IntegrityError:
        told = _told(token, key, asked)
        if told is None:
            raise
        return told, True


def sweep() -> int:
    """Forget the keys that are older than a day; how many."""
    count, _ = Answered.objects.filter(at__lt=now() - KEPT).delete()
    return count


def _told(token: Token, key: str, asked: str) -> dict[str, Any] | None:
    """What was answered before; nothing where the key is new, or so old that it is new again."""
    row = Answered.objects.filter(token=token.id, key=key).first()
    if row is None:
        return None
    if row.at < now() - KEPT:
        row.delete()
        return None
    if row.asked != asked:
        raise Refusal("key-reused", f"这个 {HEADER} 用过了，上次的内容和这次不同，没有办。新的事请换一个。")
    return dict(row.answer)
