"""Where a page of a list ended, as a text that only this installation can make and that fits only the same question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing

from luodi.kernel.refusal import Refusal

LONGEST = 600


def cursor(mark: str, question: Mapping[str, Any]) -> str:
    """The cursor after ``mark``; empty where there is no more."""
    return signing.dumps(mark, salt=_salt(question)) if mark else ""


def mark_of(given: str, question: Mapping[str, Any]) -> str:
    """The mark in a cursor; empty for none. Raises ``Refusal`` (``bad-cursor``) for one of another question or of nobody."""
    if not given:
        return ""
    try:
        if len(given) > LONGEST:
            raise signing.BadSignature
        return str(signing.loads(given, salt=_salt(question)))
    except signing.BadSignature:
        raise Refusal(
            "bad-cursor", "cursor 不是上一页给的，或筛选条件和上一页不同。请从第一页重新取。"
        ) from None


def _salt(question: Mapping[str, Any]) -> str:
    asked = sorted((name, str(value)) for name, value in question.items() if value not in (None, ""))
    return f"luodi.api.cursor:{asked}"
