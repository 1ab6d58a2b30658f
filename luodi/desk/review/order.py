"""The order in which one reviewer goes through the queue: a stretch of it kept in the session, asked for anew when it ends.

The queue itself may be long, and sorting it for each step would be felt. So a stretch is taken at once and walked; before a
statement is shown it is still asked whether it awaits a judgement and whether anybody else looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from luodi.desk.presence import presence_of
from luodi.desk.review.asking import query_of
from luodi.kernel.accounts.access import SESSION_KEY
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.review import actions
from luodi.kernel.review.queue import ASIDE, Asked, line

_KEPT = "luodi_review_line"
_MOST_TRIED = 20  # of a stretch, before a new one is asked for


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who goes through the queue: one coming in (``holder``), as a post, with an account."""

    holder: str
    account: str
    post: str


def reviewer_of(request: HttpRequest) -> Reviewer:
    """The reviewer of this request."""
    presence = presence_of(request)
    account = presence.actor.account
    return Reviewer(request.session.get(SESSION_KEY) or account, account, presence.actor.post)


def first(request: HttpRequest, asked: Asked) -> str:
    """The first statement of a choice that nobody else looks at, held for this reviewer; empty where there is none."""
    return _taken(request, asked, _fresh(request, asked, keep=()))


def after(request: HttpRequest, asked: Asked, statement: str) -> str:
    """The one to be shown after ``statement``, held. Behind the last come those passed over before; ``statement`` itself where it
    alone is left, and nothing where nothing is."""
    known = _known(request, asked)
    if statement in known:
        found = _taken(request, asked, known[known.index(statement) + 1 :])
        if found:
            return found
    behind = known[: known.index(statement) + 1] if statement in known else [statement]
    fresh = _fresh(request, asked, keep=behind[-_MOST_TRIED:])
    return (
        _taken(request, asked, [key for key in fresh if key not in behind])
        or _taken(request, asked, [key for key in fresh if key != statement])
        or _taken(request, asked, [key for key in fresh if key == statement])
    )


def before(request: HttpRequest, asked: Asked, statement: str) -> str:
    """The one that was shown before ``statement``, judged or not; empty for the first."""
    known = _known(request, asked)
    at = known.index(statement) if statement in known else 0
    return known[at - 1] if at > 0 else ""


def _known(request: HttpRequest, asked: Asked) -> list[str]:
    kept = request.session.get(_KEPT) or {}
    return list(kept.get("ids", ())) if kept.get("asked") == query_of(asked) else []


def _fresh(request: HttpRequest, asked: Asked, *, keep: list[str] | tuple[str, ...]) -> list[str]:
    """A new stretch; ``keep`` are those gone through before it, so that one can go back."""
    reviewer = reviewer_of(request)
    ids = line(asked, account=reviewer.account, holder=reviewer.holder)
    whole = [*keep, *(key for key in ids if key not in keep)]
    request.session[_KEPT] = {"asked": query_of(asked), "ids": whole}
    return ids


def _taken(request: HttpRequest, asked: Asked, ids: list[str]) -> str:
    """The first of ``ids`` that is still as asked and free, held for this reviewer."""
    if asked.state not in ("unread", ASIDE):
        return ids[0] if ids else ""
    reviewer = reviewer_of(request)
    tried = ids[:_MOST_TRIED]
    waiting = set(StatementKey.objects.filter(id__in=tried, state="unread").values_list("id", flat=True))
    return actions.hold_first(
        [key for key in tried if key in waiting], holder=reviewer.holder, post=reviewer.post
    )
