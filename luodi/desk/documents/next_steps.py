"""From a pair of sentences to what the office does next: open the promise, change its target, issue a slip, review a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext

from luodi.desk.cases.opening_rights import openings_about
from luodi.desk.presence import Presence
from luodi.kernel.commitments.models import Commitment, Said
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.documents.side_by_side import Pair

_LIVE = ("open", "claimed")


@dataclass(frozen=True, slots=True)
class Step:
    """Words and where they lead."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Steps:
    """``promise`` is the title of the commitment the earlier sentence made, empty where nobody adopted it; ``state`` what became
    of that; ``steps`` what the post acted as may do, the first the likeliest."""

    promise: str
    state: str
    steps: tuple[Step, ...]


def steps_for(presence: Presence, pairs: Sequence[Pair], later: Source) -> list[Steps]:
    """What can be done about each pair; a few queries whatever their number. ``later`` is the document that says it anew: forms
    open with it, and with its sentence, already chosen."""
    ids = [each.id for pair in pairs for each in (pair.before, pair.after) if each is not None]
    states = dict(StatementKey.objects.filter(pk__in=ids).values_list("id", "state"))
    rows = Said.objects.filter(statement__in=ids, undone=False).exclude(commitment__state="undone")
    made = {row.statement_id: row.commitment for row in rows.select_related("commitment").order_by("id")}
    is_office, may_review = presence.has_role("office"), presence.has_role("office", "reviewer")
    slips = _slips(presence, next((row.id for row in made.values()), ""))
    found = []
    for pair in pairs:
        before = made.get(pair.before.id) if pair.before else None
        steps: list[Step] = []
        if before is not None:
            steps = _about(before, pair, later, is_office, slips)
        if may_review:
            steps += _reviews(pair, states, before)
        found.append(
            Steps(before.title if before else "", before.get_state_display() if before else "", tuple(steps))
        )
    return found


def _slips(presence: Presence, example: str) -> list[tuple[str, str]]:
    """What may be opened about a commitment, asked once: words, and the address up to its id."""
    return [
        (words, href.removesuffix(example))
        for words, href in (openings_about(presence, example) if example else ())
    ]


def _about(
    row: Commitment, pair: Pair, later: Source, is_office: bool, slips: list[tuple[str, str]]
) -> list[Step]:
    """Of a commitment that there is."""
    found = [Step(gettext("打开这件承诺"), f"/desk/promises/{row.id}")]
    if row.state not in _LIVE:
        return found
    if is_office and pair.outcome == "changed":
        sentence = {"sentence": pair.after.id} if pair.after is not None else {}
        query = urlencode({"paper": later.id, **sentence})
        found.append(Step(gettext("改目标"), f"/desk/promises/{row.id}/target?{query}"))
    if is_office and pair.outcome == "gone":
        found.append(Step(gettext("记下后来不再提"), f"/desk/promises/{row.id}/silence?paper={later.id}"))
    if pair.outcome in ("changed", "gone"):
        found += [Step(words, f"{href}{row.id}") for words, href in slips]
    return found


def _reviews(pair: Pair, states: dict[str, str], commitment: Commitment | None) -> list[Step]:
    """Sentences of the pair that await a judgement; the later one is opened with the promise it may belong to."""
    found = []
    if pair.before is not None and states.get(pair.before.id) == "unread":
        found.append(Step(gettext("复核先前那句"), f"/desk/review/{pair.before.id}"))
    if pair.after is not None and states.get(pair.after.id) == "unread":
        query = f"?{urlencode({'find': commitment.title[:40]})}" if commitment is not None else ""
        found.append(Step(gettext("复核后来那句"), f"/desk/review/{pair.after.id}{query}"))
    return found
