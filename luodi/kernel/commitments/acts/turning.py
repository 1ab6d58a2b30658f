"""The day turns: what was on time yesterday may be overdue today. Derived rows only; no commitment changes here.

Recorded as an event nevertheless, so that what the board showed on a day can be told later.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator

from luodi.kernel.attributes import kept_attribute
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import due_items
from luodi.kernel.commitments.acts.ground import hold_all, settle
from luodi.kernel.commitments.light_rules import rules_on
from luodi.kernel.commitments.models import Commitment, Said, Standing
from luodi.kernel.commitments.reckoning import reckon
from luodi.kernel.commitments.standing import COLUMNS, facts_of, standings_of
from luodi.kernel.documents.models import Source
from luodi.kernel.ledger.action import SYSTEM, Action, action
from luodi.kernel.ledger.models import Event

BATCH = 500
TURNED = "board.turned"


def tick(day: dt.date | None = None) -> int:
    """Bring every standing to ``day`` (today); returns how many changed. Safe to call at any time and twice.

    Also finds promises whose page was withdrawn, or came back, while they were being made. Holds the database for one batch of
    500 at a time.
    """
    at = day or today()
    stale = sorted({*_turned(at), *_gone_otherwise()})
    changed: Counter[str] = Counter()
    for start in range(0, len(stale), BATCH):
        keys = stale[start : start + BATCH]
        with action(TURNED, by=SYSTEM, subject="", shown={"day": at, "whole": False}) as act:
            hold_all(keys)
            before = dict(Standing.objects.filter(pk__in=keys).values_list("pk", "board"))
            settle(act, *keys, day=at)
            now = dict(Standing.objects.filter(pk__in=keys).values_list("pk", "board"))
            moves = Counter(f"{before[key]}>{now[key]}" for key in keys if before.get(key) != now.get(key))
            act.shown |= {"rows": len(keys), "moves": dict(moves)}
            changed.update(keys)
    if changed or turned_on() != at:
        with action(TURNED, by=SYSTEM, subject="", shown={"day": at, "whole": True, "rows": len(changed)}):
            pass
    return len(changed)


def source_moved(act: Action, source: Source) -> None:
    """Within the act in which a source went or came back: the promises made in it show so at once."""
    made = Said.objects.filter(role="made", undone=False, statement__source=source)
    keys = sorted(set(made.values_list("commitment_id", flat=True)))
    hold_all(keys)
    settle(act, *keys)


def rebuild(day: dt.date | None = None) -> list[str]:
    """Make every standing, and what is due by it, anew from the commitments' own rows; returns the ids that differed."""
    at = day or today()
    wrong: list[str] = []
    for keys in _batches():
        right = {row.pk: row for row in standings_of(keys, at)}
        kept = Standing.objects.in_bulk(keys)
        undue = due_items.missing(right.values())
        wrong += [key for key in keys if key not in kept or key in undue or not _same(kept[key], right[key])]
    for start in range(0, len(wrong), BATCH):
        keys = wrong[start : start + BATCH]
        with action("board.rebuilt", by=SYSTEM, subject="", shown={"day": at, "rows": len(keys)}) as act:
            hold_all(keys)
            settle(act, *keys, day=at)
    return wrong


def turned_on() -> dt.date | None:
    """The day the whole board was last brought to, be it an earlier one than before; ``None`` where it never was."""
    for event in Event.objects.filter(kind=TURNED).order_by("-id")[:BATCH]:
        data = json.loads(event.payload)["data"]
        if data["whole"]:
            return dt.date.fromisoformat(str(data["day"]))
    return None


def _turned(day: dt.date) -> Iterator[str]:
    """The ids of standings that the day has turned, read in one pass over those that can turn."""
    rules = rules_on(day)
    can_turn = Standing.objects.filter(state__in=("open", "claimed"))
    for row in can_turn.iterator(chunk_size=2_000):
        found = reckon(facts_of(row), day, rules)
        if (found.board, found.light, found.rule, found.worst) != (row.board, row.light, row.rule, row.worst):
            yield row.pk


def _gone_otherwise() -> list[str]:
    """The ids whose page was withdrawn or came back since their standing was written."""
    made = Said.objects.filter(role="made", undone=False)
    withdrawn = made.filter(statement__source__withdrawn_on__isnull=False, commitment__standing__gone=False)
    silent = Said.objects.filter(role="silent", undone=False).values("commitment")
    back = made.filter(statement__source__withdrawn_on=None, commitment__standing__gone=True)
    back = back.exclude(commitment__in=silent)
    keys = {*withdrawn.values_list("commitment_id", flat=True), *back.values_list("commitment_id", flat=True)}
    return sorted(str(key) for key in keys)


def _batches() -> Iterator[list[str]]:
    last = ""
    while True:
        keys = list(
            Commitment.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        )
        if not keys:
            return
        yield keys
        last = keys[-1]


def _same(left: Standing, right: Standing) -> bool:
    attributes = [kept_attribute(Standing, name) for name in COLUMNS]
    return all(getattr(left, name) == getattr(right, name) for name in attributes)
