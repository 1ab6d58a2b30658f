"""What changes when the second reader was heard: where it disagrees with the rules is kept beside each statement, for a person.

What only it found becomes a statement that awaits a judgement, with its figures read by the rules and no due day: its word for a
day stands beside, as it wrote it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luodi.kernel.documents.models import ReadFigure, Reading, SecondSaid, Source, StatementKey
from luodi.kernel.documents.rows import sortable
from luodi.kernel.documents.second.hearing import Heard
from luodi.kernel.documents.second.told import ONLY_SECOND, SECOND
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.reading.document import Document
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.keys import statement_key
from luodi.reading.second.agreement import Both
from luodi.reading.second.answers import Said

SCORE = "0.50"  # a machine's word without a rule behind it: below what the queue calls sure
_FORCE = {"commitment": "pledged", "result": "achieved", "status": "standing"}


def keep_heard(
    source: Source,
    document: Document,
    heard: Heard,
    *,
    model: str,
    by: Actor,
    also: Callable[[int], None] | None = None,
) -> int:
    """Keep every disagreement about a statement that awaits a judgement; how many there are. One event.

    ``document`` is the source as the rules read it now; statements that they read otherwise than when it was kept are passed
    over. What a person decided about an earlier disagreement stands. ``also`` is done inside the same act, told the number.
    """
    shown = {"reader": SECOND, "model": model, "asked": heard.asked, "answered": heard.answered}
    with action("source.heard_second", by=by, subject=source.id, shown=shown) as act:
        held = {s.key: s for s in StatementKey.objects.select_for_update(no_key=True).filter(source=source)}
        before = {row.statement_id: row for row in SecondSaid.objects.filter(statement__source=source)}
        count = 0
        for both in heard.disagreements(document):
            statement = _statement(act, source, document, both, held)
            if statement is None or statement.state != "unread":
                continue
            row = before.get(statement.id)
            if row is not None and row.verdict:
                continue
            _put(act, row or SecondSaid(statement=statement), document, both, model)
            count += 1
        act.shown |= {"disagreements": count, "not_literal": len(heard.not_taken)}
        if also is not None:
            also(count)
    return count


def judge_second(said: SecondSaid, verdict: str, *, by: Actor) -> SecondSaid:
    """Record whom a person followed: ``accepted`` the second reader, ``refused`` the rules; empty takes it back.

    Raises ``Refusal`` (``judged-already``, ``nothing-to-undo``), ``ValueError`` for another verdict.
    """
    if verdict not in ("", *dict(SecondSaid.VERDICTS)):
        raise ValueError(f"verdict {verdict!r} is none of {', '.join(dict(SecondSaid.VERDICTS))}")
    with action(
        "statement.second_judged", by=by, subject=said.statement_id, shown={"verdict": verdict}
    ) as act:
        held = SecondSaid.objects.select_for_update().get(pk=said.pk)
        if verdict and held.verdict:
            raise Refusal("judged-already", "两种读法照哪一种，刚才已经有人定了。请再看一遍，要改先撤销。")
        if not verdict and not held.verdict:
            raise Refusal("nothing-to-undo", "两种读法照哪一种，还没有人定，没有可以撤回的。")
        act.change(held, verdict=verdict, judged_at=act.at if verdict else None, post=by.post)
    return held


def _statement(
    act: Action, source: Source, document: Document, both: Both, held: dict[str, StatementKey]
) -> StatementKey | None:
    """The statement the disagreement is about, made where only the second reader has it; none where it is not kept."""
    each = both.rules or both.second
    assert each is not None  # one of the two read it
    start, end = document.source_span(each.start, each.stop)
    key = statement_key(document.sha256, start, end, each.kind)
    found = held.get(key)
    if both.rules is not None:
        return found
    if found is not None:  # found by it before, or by rules that were other ones then
        return found if SecondSaid.objects.filter(statement=found, differences=ONLY_SECOND).exists() else None
    quote = document.source[start:end]
    if both.second is None or not quote.strip() or source.text[start:end] != quote:
        return None
    statement = act.create(
        StatementKey(source=source, key=key, start=start, end=end, kind=each.kind, quote=quote)
    )
    held[key] = statement
    _make_reading(act, statement, document, both.second)
    return statement


def _make_reading(act: Action, statement: StatementKey, document: Document, said: Said) -> None:
    text = document.text[said.start : said.stop]
    reading = Reading(
        statement=statement,
        reader=SECOND,
        text=text,
        force=_FORCE[said.kind],
        owner=said.owner or "",
        place=document.frame.region or "",
        damaged=document.is_damaged(said.start, said.stop),
        score=SCORE,
        rule=SECOND,
    )
    act.create(reading)
    act.create_all(
        _figure(reading, document, said.start, figure)
        for figure in find_figures(text)
        if any(text[figure.start : figure.stop] in words for words in said.figures)
    )


def _figure(reading: Reading, document: Document, at: int, figure: Figure) -> ReadFigure:
    start, end = document.source_span(at + figure.start, at + figure.stop)
    return ReadFigure(
        reading=reading,
        start=start,
        end=end,
        number=format(figure.number, "f"),
        unit=figure.unit,
        approx=figure.approx or "",
        change=figure.change or "",
        end_of_range=figure.end_of_range or "",
        rule=figure.rule,
        sort=sortable(figure.number),
    )


def _put(act: Action, row: SecondSaid, document: Document, both: Both, model: str) -> None:
    said = both.second
    values: dict[str, Any] = {
        "reader": SECOND,
        "model": model[:120],
        "at": act.at,
        "differences": ",".join(both.differences),
        "kind": said.kind if said else "",
        "quote": "",
        "start": None,
        "end": None,
        "figures": "、".join(said.figures) if said else "",
        "owner": (said.owner or "") if said else "",
        "due": (said.due or "") if said else "",
    }
    if said is not None:
        start, end = document.source_span(said.start, said.stop)
        values |= {"start": start, "end": end, "quote": document.source[start:end]}
    if SecondSaid.objects.filter(pk=row.pk).exists():
        act.change(row, **values)
        return
    for name, value in values.items():
        setattr(row, name, value)
    act.create(row)
