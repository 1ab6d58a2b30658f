"""Showing a sensitive field of a case to somebody whose task needs it: each time an event, with the reason."""

from __future__ import annotations

from django.db.models import Model

from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.acts.ground import acting_post
from luodi.kernel.cases.models import Case
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.field_keys import KeyMissing
from luodi.kernel.privacy.sealing import SealBroken, why_shut
from luodi.kernel.refusal import Refusal

LONGEST_REASON = 200


def unmask(row: LedgerRow, field: str, *, reason: str, by: Actor) -> str:
    """The open value of a sensitive field of a case or of what belongs to it: its details, a step, a duty.

    That it was looked at, by whom and why is an event about the case; the reason travels encrypted and is erased with it. Raises
    ``Refusal``: ``no-post``, ``not-visible``, ``reason-missing``, ``nothing-to-show``, ``does-not-open``; ``LookupError`` for a
    field that is not sensitive.
    """
    if row.PRIVACY.class_of(field) != "sensitive":
        raise LookupError(f"{row._meta.label}.{field} is not sensitive; it needs no unmasking")
    key = row.id if isinstance(row, Case) else row.case_id  # type: ignore[attr-defined]
    words = reason.strip()
    shown = {"table": row._meta.db_table, "row": row.id, "field": field}
    with action("privacy.unmasked", by=by, subject=key, data=shown) as act:
        acting_post(by)
        if not visible_to(by).filter(pk=key).exists():
            raise Refusal("not-visible", "这件事不在您的岗位能看的范围里，不能查看。")
        # dots and dashes are no reason
        if len(words) > LONGEST_REASON or sum(sign.isalnum() for sign in words) < 2:
            raise Refusal(
                "reason-missing", f"查看要写明用途，2至{LONGEST_REASON}字；现在是{len(words)}字。请写一句。"
            )
        value = _opened(type(row)._default_manager.get(pk=row.pk), field)
        if value is None:
            raise Refusal("nothing-to-show", "这一项没有填，或已经依规删去，没有可看的。")
        act.personal_data["reason"] = words
    return value


def _opened(row: Model, field: str) -> str | None:
    try:
        value: str | None = getattr(row, field)
    except (KeyMissing, SealBroken) as fault:
        raise Refusal("does-not-open", why_shut(fault)) from fault
    return value
