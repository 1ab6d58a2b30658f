"""The office goes through what the product itself finds between a page and the promises there are, and takes it.

Nothing here knows what was promised or done: which sentence says which promise again, says it otherwise or claims its result,
and which promise a page is silent about, is what matching and comparing find. The script only says which page is gone through
when, and which suggestions the people there turned down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Said, Target
from luodi.kernel.documents.changes import compare, gone
from luodi.kernel.documents.lookups import sentence_of, sentences_of_source
from luodi.kernel.documents.matching import Matcher, Suggestion
from luodi.kernel.documents.models import Reading, Source, StatementKey
from luodi.kernel.documents.said import Amount, Sentence
from luodi.kernel.ledger.action import Actor
from luodi.website.demonstration.finding import plain
from luodi.website.demonstration.script import Look
from luodi.website.demonstration.world import World

# a suggestion with a lower score is passed over: of a promise said again, of a result
LIKELY, SURE = 0.45, 0.6
_EASED = frozenset({"number_lowered", "number_dropped", "due_later", "due_dropped"})


@dataclass(frozen=True, slots=True)
class _Promised:
    """A commitment that goes on or was kept, as the sentence that made it with the target in force."""

    commitment: str
    state: str
    source: str
    sentence: Sentence


def look(world: World, page: str, wanted: Look, *, by: Actor) -> None:
    """Go through ``page`` and enter what was found, each find an act of its own."""
    source = world.sources[page]
    promised = _promised(world)
    said = _open_to_judgement(source, wanted)
    if wanted.speaks_of:
        going = [each for each in promised if each.state == "open" and each.source != source.id]
        _link_promises(going, [each for each in said if each.kind == "commitment"], by)
    if wanted.claims:
        results = [each for each in said if each.kind != "commitment"]
        _link_results([each for each in promised if each.source != source.id], results, by)
    if wanted.silent_since:
        earlier = world.sources[wanted.silent_since]
        going = [each for each in promised if each.state == "open" and each.source == earlier.id]
        _note_silence(going, source, by)


def _promised(world: World) -> list[_Promised]:
    keys = [row.id for row in world.rows.values()]
    live = Commitment.objects.filter(pk__in=keys, state__in=("open", "claimed", "kept"))
    states = dict(live.values_list("id", "state"))
    made = Said.objects.filter(commitment__in=states, role="made", undone=False, statement__isnull=False)
    of_statement = dict(made.order_by("id").values_list("statement_id", "commitment_id"))
    _fetch(world, of_statement)
    targets = {
        row.commitment_id: row for row in Target.objects.filter(commitment__in=states).order_by("version")
    }
    found = {}
    for statement, key in of_statement.items():
        source, sentence = world.spoken[statement]
        found[key] = _Promised(key, states[key], source, _as_adopted(sentence, targets[key]))
    return list(found.values())


def _fetch(world: World, statements: Iterable[str]) -> None:
    """Those of the statements that were not looked at before, as sentences."""
    missing = [key for key in statements if key not in world.spoken]
    readings = Reading.objects.filter(statement__in=missing).select_related("statement__source")
    readings = readings.defer("statement__source__text").prefetch_related("figures").order_by("id")
    world.spoken |= {each.statement_id: (each.statement.source_id, sentence_of(each)) for each in readings}


def _as_adopted(sentence: Sentence, target: Target) -> Sentence:
    """Of several figures in a sentence the one that was adopted."""
    amounts = (Amount(Decimal(target.number), target.unit),) if target.number else sentence.amounts
    return replace(sentence, amounts=amounts, due_until=target.due_until)


def _open_to_judgement(source: Source, wanted: Look) -> list[Sentence]:
    """The sentences of a page on which nobody has decided, without those whose suggestion was turned down."""
    unread = set(StatementKey.objects.filter(source=source, state="unread").values_list("id", flat=True))
    turned_down = [plain(near) for near in wanted.refused]
    return [
        each
        for each in sentences_of_source(source)
        if each.id in unread and not any(near in plain(each.text) for near in turned_down)
    ]


def _link_promises(promised: list[_Promised], said: list[Sentence], by: Actor) -> None:
    """Promises said again, or otherwise."""
    matcher = Matcher(each.sentence for each in promised)
    for sentence, meant in _best(promised, said, matcher.repeats, LIKELY):
        eased = any(each.is_quiet and each.what in _EASED for each in compare(meant.sentence, sentence))
        role = "changes" if eased else "repeats"
        actions.link_statement(meant.commitment, statement=sentence.id, role=role, by=by)


def _link_results(promised: list[_Promised], said: list[Sentence], by: Actor) -> None:
    matcher = Matcher(each.sentence for each in promised)
    for sentence, meant in _best(promised, said, matcher.claims, SURE):
        actions.link_statement(meant.commitment, statement=sentence.id, role="claims", by=by)


def _best(
    promised: list[_Promised],
    said: list[Sentence],
    suggest: Callable[[Sentence, int], list[Suggestion]],
    least: float,
) -> list[tuple[Sentence, _Promised]]:
    """Each sentence with the promise it most likely speaks of; of several that speak of one the likeliest only."""
    by_sentence = {each.sentence.id: each for each in promised}
    found = [(suggestions[0], each) for each in said if (suggestions := suggest(each, 1))]
    taken: dict[str, tuple[Sentence, _Promised]] = {}
    for suggestion, sentence in sorted(found, key=lambda each: (-each[0].score, each[1].id)):
        meant = by_sentence[suggestion.id]
        if suggestion.score >= least:
            taken.setdefault(meant.commitment, (sentence, meant))
    return list(taken.values())


def _note_silence(promised: list[_Promised], source: Source, by: Actor) -> None:
    by_sentence = {each.sentence.id: each.commitment for each in promised}
    day = source.speaks_of or source.published
    if day is None:
        raise ValueError(f"source {source.id} tells no day")
    for found in gone([each.sentence for each in promised], sentences_of_source(source), day):
        actions.note_silence(by_sentence[found.earlier], source, by=by)
