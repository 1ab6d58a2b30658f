"""The bell in the header: how many notices were not read."""

from __future__ import annotations

from typing import Any

from django import template

from luodi.desk.presence import Presence
from luodi.kernel.notices.access import unread_of

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> int:
    """How many, for the post acted as; asked once a request."""
    presence: Presence | None = getattr(context.get("request"), "desk", None)
    if presence is None or presence.account is None or presence.post is None:
        return 0
    known = getattr(presence, "unread_notices", None)
    if known is None:
        known = unread_of(presence.account.id, presence.post)
        presence.unread_notices = known  # type: ignore[attr-defined]
    return int(known)
