"""What is put before a reviewer for one statement: the reading with what people corrected in it, and what is proposed of it.

A number or a day that a damaged place touches is never proposed: it is withheld, with the reason, and a person gives it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import ReadFigure, Reading
from luodi.kernel.documents.repaired import Repaired, repaired
from luodi.kernel.figures.display import plain_number
from luodi.kernel.register.models import Place, Post
from luodi.kernel.review.doubts import HOLE, Doubt, Known, doubts_of, touches
from luodi.kernel.review.leads import Lead, Units, lead_of, leaders
from luodi.kernel.review.lookups import corrections_of
from luodi.kernel.review.matches import Match, matches_of
from luodi.kernel.review.models import Correction
from luodi.kernel.review.same import amount_of, due_of
from luodi.kernel.review.topics import topic_of
from luodi.reading.edits import Edit
from luodi.reading.figures.find import find_figures
from luodi.reading.periods.find import find_periods

_LINES = re.compile(r"\s*\n\s*")
_SENTENCE_END = re.compile(r"[。！？；\n]")
_ENDS = "。；，;,、 \u3000"
_SEARCHED = 60  # characters before a span in which a reading's own words are looked for


@dataclass(frozen=True, slots=True)
class Due:
    """Due days as read or corrected; ``words`` are those of the sentence that say so, where it does."""

    since: dt.date | None = None
    until: dt.date | None = None
    precision: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A statement as it stands before a reviewer. ``number`` and ``due`` are empty where withheld; the machine's own values stay
    in ``reading``, what people put in their place in ``corrections`` by field."""

    reading: Reading
    kind: str
    title: str
    number: str
    unit: str
    approx: str
    due: Due
    lead: Lead | None
    leader: Post | None
    place: Place | None
    topic: str
    year: int | None
    figures: tuple[ReadFigure, ...]
    doubts: tuple[Doubt, ...]
    matches: tuple[Match, ...]
    corrections: dict[str, Correction] = field(default_factory=dict)
    number_withheld: bool = False
    due_withheld: bool = False


def propose(reading: Reading, units: Units) -> Proposed:
    """Everything proposed for a reading. ``statement__source`` with its text, and figures, should be at hand; a bounded number of
    queries whatever the reading."""
    matches = matches_of(reading)
    doubts = doubts_in(reading, matches)
    corrections = corrections_of([reading.statement_id]).get(reading.statement_id, {})
    lead = _lead(reading, units, matches, corrections)
    figures = tuple(sorted(reading.figures.all(), key=lambda figure: figure.start))
    number, unit, approx, number_withheld = _amount(reading, figures, doubts, corrections)
    due, due_withheld = _due(reading, doubts, corrections)
    kind = corrections["kind"].value if "kind" in corrections else reading.statement.kind
    speaks_of = reading.statement.source.speaks_of or reading.statement.source.published
    return Proposed(
        reading=reading,
        kind=kind,
        title=title_of(_with_holes(reading.text, doubts)),
        number=number,
        unit=unit,
        approx=approx,
        due=due,
        lead=lead,
        leader=leaders([lead.unit.id]).get(lead.unit.id) if lead else None,
        place=_place(reading.text),
        topic=_topic(reading.text, lead),
        year=due.until.year if due.until else speaks_of.year if speaks_of else None,
        figures=figures,
        doubts=tuple(doubts),
        matches=tuple(matches),
        corrections=corrections,
        number_withheld=number_withheld,
        due_withheld=due_withheld,
    )


def title_of(text: str) -> str:
    """The sentence on one line, without the mark at its end, as long as a title may be.

    >>> title_of("就业帮扶\\n\\n城镇新增就业5800人以上，举办招聘会60场。\\n")
    '就业帮扶：城镇新增就业5800人以上，举办招聘会60场'
    """
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    joined = "".join(
        line + ("" if at == len(lines) - 1 or line[-1:] in "，。；：、,;:" else "：")
        for at, line in enumerate(lines)
    )
    return joined.strip(_ENDS)[:300]


def _with_holes(text: str, doubts: Sequence[Doubt]) -> str:
    """The words with a box for each lost sign."""
    signs = list(text)
    for doubt in doubts:
        if doubt.is_number or text[doubt.start : doubt.stop] == "\ufffd":
            signs[doubt.start] = HOLE
    return "".join(signs)


def doubts_in(reading: Reading, matches: Sequence[Match] = ()) -> list[Doubt]:
    """The doubtful places of a reading's words. No query."""
    whole, at = _placed(reading)
    stop = at + len(reading.text)
    edits: list[tuple[tuple[int, int], Edit]] = [
        ((start - at, end - at), edit)
        for _, (start, end), edit in whole.edits()
        if edit.certainty != "exact" and start < stop and end > at
    ]
    elsewhere = [
        Known(amount.number, amount.unit, f"已有的一件承诺写着{plain_number(amount.number)}{amount.unit}")
        for match in matches
        for amount in match.amounts
    ]
    return doubts_of(reading.text, edits, whole.text, elsewhere)


def _placed(reading: Reading) -> tuple[Repaired, int]:
    """The repaired page of a reading, and where in it the reading's own words begin."""
    statement, whole = reading.statement, repaired(reading.statement.source.text)
    low, _ = whole.text_span(statement.start, statement.end)
    at = whole.text.find(reading.text, max(0, low - _SEARCHED))
    return whole, at if at >= 0 else low


def _sentence(reading: Reading) -> str:
    """The reading's words and what follows them up to the end of the sentence."""
    whole, at = _placed(reading)
    end = _SENTENCE_END.search(whole.text, at + len(reading.text))
    return whole.text[at : end.start() if end else at + len(reading.text)]


def _lead(
    reading: Reading,
    units: Units,
    matches: Sequence[Match],
    corrections: dict[str, Correction],
) -> Lead | None:
    if "owner" in corrections:
        unit = units.by_id.get(corrections["owner"].value)
        return Lead(unit, "有人改成了它", True) if unit else None
    return lead_of(reading, units, [match.commitment.lead_unit for match in matches], _sentence(reading))


def _topic(text: str, lead: Lead | None) -> str:
    """The topic under which the unit's promises mostly stand, for one set of words in a district; else by the words."""
    if lead is not None:
        own = Commitment.objects.filter(lead_unit=lead.unit).exclude(topic="").exclude(state="undone")
        counted = own.values("topic").annotate(number=Count("id")).order_by("-number", "topic")
        if (usual := counted.values_list("topic", flat=True).first()) is not None:
            return str(usual)
    return topic_of(text)


def _amount(
    reading: Reading,
    figures: Sequence[ReadFigure],
    doubts: Sequence[Doubt],
    corrections: dict[str, Correction],
) -> tuple[str, str, str, bool]:
    """Number, unit, approximation, and whether the number read is withheld."""
    if "amount" in corrections:
        return (*amount_of(corrections["amount"].value), "", False)
    if not figures:
        return "", "", "", any(doubt.is_number for doubt in doubts)
    if any(touches(doubts, figure.start, figure.stop) for figure in find_figures(reading.text)):
        return "", figures[0].unit, "", True
    first = figures[0]
    return first.number, first.unit, first.approx, False


def _due(reading: Reading, doubts: Sequence[Doubt], corrections: dict[str, Correction]) -> tuple[Due, bool]:
    source = reading.statement.source
    periods = find_periods(reading.text, source.speaks_of or source.published)
    words = next(
        (reading.text[p.start : p.stop] for p in periods if p.until == reading.due_until and p.until), ""
    )
    if "due" in corrections:
        return Due(*due_of(corrections["due"].value), words), False
    if any(touches(doubts, period.start, period.stop) for period in periods):
        return Due(words=words), True
    return Due(reading.due_since, reading.due_until, reading.due_precision, words), False


def _place(text: str) -> Place | None:
    """The one township or village that a sentence names; the district itself where it names none or several."""
    rows = list(Place.objects.exclude(level="site").order_by("id"))
    named = [row for row in rows if row.level != "district" and row.name in text]
    if len(named) == 1:
        return named[0]
    return next((row for row in rows if row.level == "district"), None)
