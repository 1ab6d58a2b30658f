"""A paragraph to statements: sentence by sentence, clause by clause, the rules asked in turn."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TypeVar

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body, speaker_body, subject
from luodi.reading.cued import Cue
from luodi.reading.figures.find import Figure
from luodi.reading.periods.find import Period
from luodi.reading.sentences import Clause, Sentence, find_sentences
from luodi.reading.statements.asides import (
    is_aside,
    is_only_period,
    is_topic,
    opens_with_effect,
    pledges,
)
from luodi.reading.statements.context import Context
from luodi.reading.statements.draft import Draft
from luodi.reading.statements.model import Decision, Kind, Statement
from luodi.reading.statements.moods import Direction, opening_mood
from luodi.reading.statements.view import View, without_lead_in
from luodi.reading.statements.worth import Worth, judge

_INSTRUCTS = Cue(r"(?:强调|要求|指出)[，,:：]|(?:强调|要求)$")
_SUPERIOR = re.compile(r"省委|市委|省政府|市政府|省长|市长|中央|国务院|部长|自治区|州委|厅长|省人大|市人大")
# how far into a page the speaker of a report is named
_HEAD = 600
# how far into its first clause a sentence may name the period that holds for it
_OPENING = 12
# how coarse a period must be to hold beyond its own sentence
_STRETCHES = ("quarter", "half", "year", "plan")


class Paragraph:
    """Reads one block. The statements and decisions are added to the lists given."""

    def __init__(self, context: Context, statements: list[Statement], decisions: list[Decision]) -> None:
        self.context = context
        self.statements = statements
        self.decisions = decisions
        self._draft: Draft | None = None
        self._speaker: Body | None = None
        self._opening: Period | None = None  # set by an opening sentence, for the rest of the paragraph
        self._direction: Direction | None = None
        self._urged = False
        self._last_kind: Kind | None = None

    def read(self, block: Block) -> None:
        """Read the block's sentences in order."""
        figures = self.context.figures(block.start, block.stop)
        periods = self.context.periods(block.start, block.stop)
        self.context.enter_prose(block, periods)
        for nth, sentence in enumerate(find_sentences(self.context.text, block.start, block.stop)):
            inside = list(_inside(periods, sentence.start, sentence.stop))
            self._open_sentence(sentence, inside)
            self._read_sentence(nth, sentence, figures, inside)
        self._close(self._opening)
        self.context.leave_prose(block, periods)

    def _open_sentence(self, sentence: Sentence, periods: list[Period]) -> None:
        """What the sentence sets for itself and those behind it: direction, period, speaker, authority."""
        text = self.context.text
        begin = without_lead_in(text, sentence.start, sentence.stop)
        cues = self.context.cued.within(sentence.start, sentence.stop)
        mood = opening_mood(text, begin, sentence.stop, cues, self.context.section_mood)
        if mood is not None:
            self._direction = mood.direction
            self._opening = _opening_period(sentence, periods)
        self._speaker = speaker_body(text, sentence.start, sentence.stop, cues) or self._speaker
        if cues & _INSTRUCTS.bit and _INSTRUCTS.pattern.search(text, sentence.start, sentence.stop):
            self._urged = self._from_above()

    def _from_above(self) -> bool:
        """Whether who instructs stands above the district: then what is told are wishes, not the district's promises."""
        frame = self.context.frame
        if frame.speaker_post and _SUPERIOR.search(frame.speaker_post):
            return True
        return frame.speaker is None or _SUPERIOR.search(self.context.text[:_HEAD]) is not None

    def _read_sentence(
        self, nth: int, sentence: Sentence, figures: list[Figure], periods: list[Period]
    ) -> None:
        direction = self._direction or self.context.direction
        opening = self._opening
        topic: View | None = None
        doer: Body | None = None
        for clause in sentence.clauses:
            view = self._view(clause, figures, periods, direction)
            if view.direction != direction:
                direction = view.direction
            body = subject(
                self.context.text, _behind_periods(view), clause.stop, self.context.frame, view.cues
            )
            doer = body or doer
            leading = _leading_period(view, clause)
            if leading is not None:
                self._opening = opening = leading
            if is_only_period(view):
                opening = view.periods[-1]
                self._note(view, Worth("left", "only_period", 0.0))
                continue
            if is_topic(view) and not clause.last:
                self._close(opening)
                topic = view
                self._note(view, Worth("left", "topic", 0.0))
                continue
            worth = self._judge(view, nth, has_topic=topic is not None)
            self._note(view, worth)
            if worth.outcome == "joined" and self._draft is not None:
                self._draft.join(view, worth.rule, nth)
            elif worth.outcome == "statement":
                self._close(opening)
                heir = doer if doer is not None and doer.rule == "named_body" else None
                self._draft = Draft.begin(view, worth, topic, body, heir, nth)
                topic = None
            elif not is_aside(view):
                self._close(opening)

    def _view(
        self, clause: Clause, figures: list[Figure], periods: list[Period], direction: Direction | None
    ) -> View:
        start = without_lead_in(self.context.text, clause.start, clause.stop)
        view = View(
            self.context.cued,
            start,
            clause.stop,
            _inside(figures, start, clause.stop),
            _inside(periods, start, clause.stop),
            direction,
            self._urged,
            self._draft is not None and self._draft.introduces_project,
        )
        if direction is None and pledges(view):
            view.direction = "ahead"
        return view

    def _judge(self, view: View, nth: int, *, has_topic: bool) -> Worth:
        """The rules' answer, given what stands before the clause."""
        draft = self._draft
        effect = opens_with_effect(view)
        near = draft is not None and (draft.sentence == nth or effect)
        worth = judge(view, near)
        if has_topic and worth.outcome != "left":
            return worth._replace(outcome="statement")
        if effect and near and worth.outcome == "left":
            return worth._replace(outcome="joined", rule="joins_effect")
        if worth.outcome == "statement" and draft is not None and near:
            further = draft.goes_on_with(view)
            if (effect or further) and (draft.sentence != nth or draft.expects):
                return worth._replace(outcome="joined", rule="joins_effect")
        return worth

    def _note(self, view: View, worth: Worth) -> None:
        self.decisions.append(Decision(view.start, view.stop, worth.outcome, worth.rule))

    def _close(self, opening: Period | None) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        statement = draft.finish(self.context, self._speaker, opening, self._last_kind)
        self._last_kind = statement.kind
        self.statements.append(statement)


_START = attrgetter("start")
_Spanned = TypeVar("_Spanned", Figure, Period)


def _inside(found: list[_Spanned], start: int, stop: int) -> tuple[_Spanned, ...]:
    """Those of ``found`` (in order, not overlapping) that lie within ``start`` and ``stop``."""
    if not found or found[-1].start < start or found[0].stop > stop:
        return ()
    low = bisect_left(found, start, key=_START)
    high = low
    while high < len(found) and found[high].stop <= stop:
        high += 1
    return tuple(found[low:high])


def _opening_period(sentence: Sentence, periods: list[Period]) -> Period | None:
    first = sentence.clauses[0]
    for period in periods:
        if period.stop <= first.stop + 1 and period.start - first.start <= _OPENING:
            return period
    return None


def _leading_period(view: View, clause: Clause) -> Period | None:
    """全年…，…。…: a stretch of time that opens a sentence holds for those behind it; a date to be ready by does not."""
    if not view.periods or not (clause.first or is_only_period(view)):
        return None
    period = view.periods[0]
    wide = period.precision in _STRETCHES or (period.precision == "month" and _is_long(period))
    if wide and period.relation in ("within", "since") and period.start - view.start <= 6:
        return period
    return None


def _is_long(period: Period) -> bool:
    return period.since is not None and period.until is not None and (period.until - period.since).days > 31


def _behind_periods(view: View) -> int:
    """Where the words begin behind a period that opens the clause (今年，我区将… / 2024年我县…)."""
    start = view.start
    for period in view.periods:
        if period.start <= start + 1:
            start = period.stop
    return start
