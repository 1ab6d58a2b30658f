"""An act from a form, done once: a second press of the same button finds it done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.desk.promises.sent_once import AlreadySent, mark_of, once_by_mark


def done_once(request: HttpRequest, act: Callable[[], str], lock: QuerySet[Any]) -> str:
    """Do ``act`` with the rows of ``lock`` held; its words, or that it was done before. All of it or, refused, nothing."""
    try:
        return once_by_mark(request, act, mark=mark_of(request), lock=lock)
    except AlreadySent:
        return gettext("这一次刚才已经办好了，没有再办一遍。")
