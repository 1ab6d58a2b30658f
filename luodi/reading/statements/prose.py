"""A paragraph to statements: sentence by sentence, clause by clause, the rules asked in turn."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TypeVar

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body, answer_label, body_of_person, speaker_body, subject
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
    pledges_a_day,
)
from luodi.reading.statements.context import Context
from luodi.reading.statements.draft import Draft
from luodi.reading.statements.dues import as_told_back
from luodi.reading.statements.model import Decision, Kind, Statement
from luodi.reading.statements.moods import Direction, opening_mood
from luodi.reading.statements.notes import Note, find_notes, stands_in
from luodi.reading.statements.view import View, without_lead_in
from luodi.reading.statements.worth import Worth, judge

_INSTRUCTS = Cue(r"(?:强调|要求|指出)[，,:：]|(?:强调|要求)$")
_SUPERIOR = re.compile(r"省委|市委|省政府|市政府|省长|市长|中央|国务院|部长|自治区|州委|厅长|省人大|市人大")
# how far into a page the speaker of a report is named
_HEAD = 600
# how far into its first clause a sentence may name the period that holds for it
_OPENING = 12
_AT_HEAD = 4
_DONE_BY_NOW = re.compile("^(?:目前|截至目前|至今)[^，,]{0,6}已(?!有)")
_SAID = re.compile("(?:介绍|表示|说|指出|透露|获悉|了解到?|通报|提出|明确|据悉)$")
_FEW_YEARS = re.compile("years_(?:within|ahead|of_work)")
# how coarse a period must be to hold beyond its own sentence
_FINE = ("day", "decade", "month", "quarter")
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
        self._notes: list[Note] = []
        self._dated = False
        self._carried: Period | None = None  # 到2030年，…；…；…: for the parts that semicolons divide

    def read(self, block: Block) -> None:
        """Read the block's sentences in order."""
        self._notes = find_notes(self.context.text, block.start, block.stop)
        figures = self.context.figures(block.start, block.stop)
        periods = self.context.periods(block.start, block.stop)
        self.context.enter_prose(block, periods)
        start = self._voice(block) if block.kind == "answer" else block.start
        for nth, sentence in enumerate(find_sentences(self.context.text, start, block.stop)):
            inside = list(_inside(periods, sentence.start, sentence.stop))
            self.context.hear_of_event(sentence.start, sentence.stop, inside)
            self._open_sentence(sentence, inside)
            self._read_sentence(nth, sentence, figures, inside)
        self._close()
        self.context.leave_prose(block, periods)

    def _voice(self, block: Block) -> int:
        """Where the words of an answer begin, behind 区住建局副局长某某：; whose body speaks holds until the next question."""
        text, stop = self.context.text, block.stop
        name = text[block.start : stop].rstrip("：: \u3000")
        label = answer_label(text, block.start, stop)
        if label is not None:
            name = text[block.start : label.stop].rstrip("：: \u3000")
            stop = label.stop
        elif block.rule != "speaker_alone":
            self._speaker = self.context.voice
            return block.start
        named = label.body if label is not None else None
        self._speaker = self.context.voice = named or body_of_person(text, name, block.start)
        return stop

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
        opening = self._carried or self._opening
        self._dated = False
        self._carried = None
        topic: View | None = None
        doer: Body | None = None
        carried = opening if opening is not self._opening else None
        said = False
        nothing_said = True  # 区长某某介绍，…: the first thing said may set a period
        for clause in sentence.clauses:
            if self._notes and stands_in(self._notes, clause.start):
                continue
            view = self._view(clause, figures, periods, direction)
            if view.direction != direction:
                direction = view.direction
            elif direction == "ahead" and _DONE_BY_NOW.search(view.words):
                direction = view.direction = "back"  # 计划改造40个，目前已开工31个，完工12个
            body = subject(
                self.context.text, _behind_periods(view), clause.stop, self.context.frame, view.cues
            )
            doer = body or doer
            leading = _leading_period(view, clause.first or nothing_said)
            if leading is not None and self._turns(leading):
                direction = view.direction = self._direction
            opening = self._opened_by(view, clause, leading, said=said) or opening
            if is_only_period(view):
                opening = carried = view.periods[-1]
                self._dated = opening.relation == "by" or opening.precision in _FINE
                self._note(view, Worth("left", "only_period", 0.0))
                continue
            if is_topic(view) and not clause.last:
                self._close()
                topic = view
                self._note(view, Worth("left", "topic", 0.0))
                continue
            worth = self._judge(view, nth, has_topic=topic is not None)
            self._note(view, worth)
            nothing_said = nothing_said and worth.outcome == "left" and not view.periods
            said = nothing_said and _SAID.search(view.words) is not None
            if worth.outcome == "joined" and self._draft is not None:
                self._draft.join(view, worth.rule, nth)
            elif worth.outcome == "statement":
                self._close()
                heir = doer if doer is not None and doer.rule == "named_body" else None
                self._draft = Draft.begin(view, worth, topic, body, heir, nth, opening)
                topic = None
            elif not is_aside(view):
                self._close()
                if view.periods and view.periods[-1].until is not None:
                    opening = view.periods[-1]  # 将于11月15日前恢复该班线，每天对开4班
        if carried is not None and self.context.text[sentence.stop - 1] in "；;":
            self._carried = carried

    def _opened_by(self, view: View, clause: Clause, leading: Period | None, *, said: bool) -> Period | None:
        """The period that a clause sets for the rest of its sentence; where it heads the sentence, for those behind too."""
        if leading is None or (view.direction == "ahead" and not _holds_ahead(leading)):
            return _leading_aim(view, clause)
        is_topic_year = self.context.text.startswith("是", leading.stop)  # 今年是关键一年
        if clause.first or is_only_period(view) or (said and not is_topic_year):
            self._opening = leading
        return leading

    def _turns(self, leading: Period) -> bool:
        """Under a title that looks ahead, a year gone by that opens a sentence turns to what was done, and back again."""
        on = self.context.frame.speaks_of
        if (
            on is None
            or leading.until is None
            or self.context.titled is None
            or self.context.direction != "ahead"
        ):
            return False
        if leading.until < on and leading.precision in ("year", "plan") and self._direction is None:
            self._direction = "back"
            return True
        if leading.until >= on and self._direction == "back":
            self._direction = None
        return False

    def _view(
        self, clause: Clause, figures: list[Figure], periods: list[Period], direction: Direction | None
    ) -> View:
        start = without_lead_in(self.context.text, clause.start, clause.stop)
        inside = tuple([self.context.of_this_issue(p) for p in _inside(periods, start, clause.stop)])
        if direction == "back" and self.context.reviews:
            inside = tuple([as_told_back(period, self.context.frame.speaks_of) for period in inside])
        view = View(
            self.context.cued,
            start,
            clause.stop,
            _inside(figures, start, clause.stop),
            inside,
            direction,
            self._urged,
            self._draft is not None and self._draft.introduces_project,
            self._dated,
        )
        if direction is None and pledges(view):
            view.direction = "ahead"
        return view

    def _judge(self, view: View, nth: int, *, has_topic: bool) -> Worth:
        """The rules' answer, given what stands before the clause."""
        draft = self._draft
        effect = opens_with_effect(view)
        if draft is not None and draft.is_done and pledges_a_day(view):
            self._close()  # 已完成8公里，预计10月底前全部完工: what is still to come is said for itself
            draft = None
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

    def _close(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        statement = draft.finish(self.context, self._speaker, self._last_kind)
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


def _leading_period(view: View, may_lead: bool) -> Period | None:
    """全年…，…。…: a stretch of time that opens a sentence holds for those behind it; a date to be ready by does not."""
    if not view.periods or not (may_lead or is_only_period(view)):
        return None
    period = view.periods[0]
    wide = period.precision in _STRETCHES or _is_long(period)
    near = period.start - view.start <= 6 and "是" not in view.text[view.start : period.start]
    if wide and near and period.relation in ("within", "since"):
        return period
    return None


def _holds_ahead(period: Period) -> bool:
    """Of what is planned, a year or a plan holds for what follows; 二季度… and 三年内… are of one deed."""
    return period.precision in ("year", "plan") and not _FEW_YEARS.search(period.rule)


def _leading_aim(view: View, clause: Clause) -> Period | None:
    """到2026年，…，…: the end of a plan, named at the head of a sentence, holds for the rest of that sentence."""
    if not clause.first or not view.periods:
        return None
    period = view.periods[0]
    holds = (
        period.relation == "by" and period.rule.startswith("up_to") and period.precision in ("year", "plan")
    )
    return period if holds and period.start - view.start <= _AT_HEAD else None


def _is_long(period: Period) -> bool:
    if period.since is None or period.until is None:
        return False
    return (period.until - period.since).days > (31 if period.precision == "month" else 2)


def _behind_periods(view: View) -> int:
    """Where the words begin behind a period that opens the clause (今年，我区将… / 2024年我县…)."""
    start = view.start
    for period in view.periods:
        if period.start <= start + 1:
            start = period.stop
    return start
