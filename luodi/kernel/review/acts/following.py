"""Two readers do not agree: a person follows one of them. What the second reader says becomes a correction, never a reading."""

from __future__ import annotations

from django.db import transaction

from luodi.kernel.documents.models import Reading, SecondSaid
from luodi.kernel.documents.second.keeping import judge_second
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Unit
from luodi.kernel.review.acts.correcting import correct, undo_corrections
from luodi.kernel.review.leads import Units
from luodi.kernel.review.models import Correction
from luodi.kernel.review.same import amount_words, due_words
from luodi.reading.figures.find import find_figures
from luodi.reading.periods.find import find_periods


def follow(reading: Reading, verdict: str, *, by: Actor) -> list[Correction]:
    """Record whom a person followed, ``accepted`` (the second reader) or ``refused``; the corrections that come of it.

    Of a damaged sentence neither number nor day is taken over: a person gives these. What its words do not settle (a unit nobody
    knows, several numbers) is left as the rules read it. All or nothing. Raises ``Refusal``: ``no-second-reading``,
    ``nothing-to-follow``, ``judged-already``, ``judged-meanwhile``.
    """
    with transaction.atomic():
        said = SecondSaid.objects.select_for_update().filter(statement=reading.statement_id).first()
        if said is None:
            raise Refusal("no-second-reading", "这一条没有第二个读者的读法。请回到复核页面再看。")
        if reading.statement.state != "unread":
            raise Refusal("judged-meanwhile", "这一条已经复核过，不必再定照哪一种读法。要改请先撤回。")
        if verdict == "accepted" and not may_be_followed(said):
            raise Refusal("nothing-to-follow", "它没有说出和规则不同的哪一项，没有可以照着改的。")
        judge_second(said, verdict, by=by)
        return correct(reading, _values(reading, said), by=by) if verdict == "accepted" else []


def unfollow(statement: str, fields: list[str], *, by: Actor) -> None:
    """Take that back, with the corrections of ``fields`` that came of it. Raises ``Refusal`` (``nothing-to-undo``)."""
    with transaction.atomic():
        judge_second(SecondSaid.objects.get(statement=statement), "", by=by)
        if fields:
            undo_corrections(statement, by=by, fields=fields)


def may_be_followed(said: SecondSaid) -> bool:
    """Whether it says something else of a statement that both have; where only one has it, adopting it or not decides."""
    return not {"only_rules", "only_second"} & set(said.differences.split(","))


def _values(reading: Reading, said: SecondSaid) -> dict[str, str]:
    differs = set(said.differences.split(","))
    found: dict[str, str] = {}
    if "kind" in differs:
        found["kind"] = said.kind
    if "owner" in differs and (unit := _unit(said.owner)) is not None:
        found["owner"] = unit.id
    if reading.damaged:
        return found
    if "figures" in differs:
        figures = find_figures(said.figures)
        if len(figures) == 1:
            found["amount"] = amount_words(format(figures[0].number, "f"), figures[0].unit)
    if "due" in differs:
        source = reading.statement.source
        periods = [p for p in find_periods(said.due, source.speaks_of or source.published) if p.until]
        if len(periods) == 1:
            found["due"] = due_words(periods[0].since, periods[0].until, periods[0].precision)
    return found


def _unit(words: str) -> Unit | None:
    return Units().named(words) if words else None
