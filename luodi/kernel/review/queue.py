"""What is reviewed next: the doubtful first, then what most looks like a promise, a document at a time.

Questions only. Doubtful is what two readers do not agree about, a reading with a damaged place, one that versions of the rules
read differently, and one that the reader itself was not sure of; in this order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from luodi.kernel.clocks.now import SHANGHAI, now
from luodi.kernel.documents.models import Judgement, Reading, StatementKey
from luodi.kernel.documents.second.told import SECOND, open_for
from luodi.kernel.review.models import Lease, SetAside
from luodi.kernel.review.topics import words_of

UNSURE = "0.60"  # below it the reader itself was not sure
# the classes of doubt; the last is that of everything that is not doubtful
TWO_READERS, DAMAGED, READ_ANEW, NOT_SURE, SURE = range(5)
ASIDE = "aside"
STATES = ("unread", ASIDE, "adopted", "refused", "merged", "kept")
# as many as may be told to a page: what comes behind is asked for when it is reached
LONGEST_LINE = 60
_PROMISE_NESS = (
    ("commitment", "pledged", 0),
    ("commitment", "under_way", 1),
    ("commitment", "urged", 2),
    ("commitment", "expected", 3),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statements. Empty means any; ``state`` is one of ``STATES``, ``topic`` one of ``topics.TOPICS``."""

    source: str = ""
    kind: str = ""
    topic: str = ""
    doubtful: bool = False
    state: str = "unread"

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for a part of what awaits a judgement."""
        return self != Asked()


def line(asked: Asked, *, account: str, holder: str, limit: int = LONGEST_LINE) -> list[str]:
    """Ids of statements in the order in which they are to be reviewed, without those on others' screens. One query.

    Raises ``ValueError`` for an unknown state.
    """
    found = ordered(readings(asked, account=account))
    if asked.state in ("unread", ASIDE):
        others = Lease.objects.filter(statement=OuterRef("statement"), until__gt=now()).exclude(holder=holder)
        found = found.filter(~Exists(others))
    return list(found.values_list("statement_id", flat=True)[:limit])


def readings(asked: Asked, *, account: str) -> QuerySet[Reading]:
    """The newest reading of each statement of the choice, each with its class of ``doubt``: ``TWO_READERS`` …
    ``SURE``. Raises ``ValueError`` for an unknown state."""
    if asked.state not in STATES:
        raise ValueError(f"state {asked.state!r} is none of {', '.join(STATES)}")
    put_off = SetAside.objects.filter(statement=OuterRef("statement"), account=account)
    found = newest(Reading.objects.filter(statement__state="unread" if asked.state == ASIDE else asked.state))
    if asked.state == ASIDE:
        found = found.filter(Exists(put_off))
    elif asked.state == "unread":
        found = found.filter(~Exists(put_off))
    if asked.source:
        found = found.filter(statement__source=asked.source)
    if asked.kind:
        found = found.filter(statement__kind=asked.kind)
    if asked.topic:
        found = found.filter(_speaks_of(asked.topic))
    found = with_doubt(found)
    return found.filter(doubt__lt=SURE) if asked.doubtful else found  # type: ignore[misc]  # annotated


def newest(found: QuerySet[Reading]) -> QuerySet[Reading]:
    """Of each statement only what the latest reader made of it."""
    newer = Reading.objects.filter(statement=OuterRef("statement"), id__gt=OuterRef("id"))
    return found.filter(~Exists(newer))


def with_doubt(found: QuerySet[Reading]) -> QuerySet[Reading]:
    """Each reading with its class of doubt."""
    last = Judgement.objects.filter(statement=OuterRef("statement")).order_by("-id")
    earlier = Reading.objects.filter(statement=OuterRef("statement"), id__lt=OuterRef("id"))
    earlier = earlier.exclude(reader=SECOND)
    otherwise = earlier.exclude(
        owner=OuterRef("owner"), due_precision=OuterRef("due_precision"), force=OuterRef("force")
    )
    reopened = Q(statement__state="unread", last__isnull=False) & ~Q(last="undo")
    return found.annotate(
        last=Subquery(last.values("verdict")[:1]),
        doubt=Case(
            When(Exists(open_for()), then=Value(TWO_READERS)),
            When(damaged=True, then=Value(DAMAGED)),
            When(reopened | Exists(otherwise), then=Value(READ_ANEW)),
            When(score__lt=UNSURE, then=Value(NOT_SURE)),
            default=Value(SURE),
            output_field=IntegerField(),
        ),
    )


def waiting(account: str) -> tuple[int, int]:
    """How many statements await a judgement, and how many of these ``account`` put off. Two queries along indexes."""
    left = StatementKey.objects.filter(state="unread").count()
    return left, SetAside.objects.filter(account=account, statement__state="unread").count()


def done_on(day: dt.date, post: str) -> tuple[int, int]:
    """How many statements were judged on ``day`` and stand judged, by anybody and by ``post``. One query."""
    begins = dt.datetime.combine(day, dt.time(), SHANGHAI)
    judged = Judgement.objects.filter(at__gte=begins, at__lt=begins + dt.timedelta(days=1))
    found = judged.exclude(statement__state="unread").aggregate(
        everybody=Count("statement", distinct=True),
        mine=Count("statement", distinct=True, filter=Q(post=post)),
    )
    return found["everybody"], found["mine"]


def ordered(found: QuerySet[Reading]) -> QuerySet[Reading]:
    """Doubtful first, then by how much it looks like a promise, then the latest document first, in the order of its words."""
    likeness = Case(
        *(When(statement__kind=kind, force=force, then=Value(rank)) for kind, force, rank in _PROMISE_NESS),
        When(statement__kind="result", then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
    # doubt stands beside the fields already
    return found.annotate(likeness=likeness).order_by(  # type: ignore[misc]
        "doubt", "likeness", "-statement__source_id", "statement__start", "statement_id"
    )


def _speaks_of(topic: str) -> Q:
    found = Q(pk__in=[])
    for word in words_of(topic):
        found |= Q(text__contains=word)
    return found
