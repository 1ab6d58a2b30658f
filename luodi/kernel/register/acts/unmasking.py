"""Showing somebody's sensitive fields to a colleague whose task needs them: each time an event, with the reason."""

from __future__ import annotations

from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Person

LONGEST_REASON = 200
FIELDS = ("phone", "identity_number")


def unmask(person: Person, field: str, *, reason: str, by: Actor) -> str:
    """The open value of ``phone`` or ``identity_number``; that it was looked at, by whom and why is an event.

    The reason may name somebody, so it travels encrypted and is erased with the person. Raises ``LookupError`` for any other
    field.
    """
    if field not in FIELDS:
        raise LookupError(f"{field!r} is not shown on request; fields are {', '.join(FIELDS)}")
    words = reason.strip()
    with action("person.unmasked", by=by, subject=person.id, data={"field": field}) as act:
        if not 2 <= len(words) <= LONGEST_REASON:
            raise Refusal(
                "reason-missing",
                f"看全号码要写明用途，2至{LONGEST_REASON}字；现在是{len(words)}字。请写一句。",
            )
        row = Person.objects.get(pk=person.pk)
        value: str | None = getattr(row, field)
        if value is None:
            raise Refusal("nothing-to-show", "这一项没有填，没有可看的。")
        act.personal_data["reason"] = words
    return value
