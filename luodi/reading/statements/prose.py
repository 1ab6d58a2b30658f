"""A paragraph to statements: sentence by sentence, clause by clause, the rules asked in turn."""

from __future__ import annotations

import re

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body, answer_label, body_of_person, speaker_body, subject
from luodi.reading.cued import Cue
from luodi.reading.figures.find import Figure
from luodi.reading.periods.find import Period
from luodi.reading.sentences import Clause, Sentence, find_sentences
from luodi.reading.statements.asides import (
    SETS_AIM,
    before_note,
    goes_on_listing,
    is_aside,
    is_only_period,
    is_topic,
    opens_stage,
    opens_with_effect,
    pledges,
    pledges_a_day,
)
from luodi.reading.statements.context import Context, Left
from luodi.reading.statements.course import BRACKETED, DONE_BY_NOW, SAID, Course
from luodi.reading.statements.cues import DELIVERY, FUTURE, MEASURE
from luodi.reading.statements.draft import Draft
from luodi.reading.statements.dues import as_told_back
from luodi.reading.statements.events import is_held
from luodi.reading.statements.leading import (
    OPENING,
    day_ahead,
    goes_beyond,
    holds_ahead,
    inside,
    is_part_gone_by,
    is_step,
    leading_aim,
    leading_period,
    leading_year,
    opening_period,
)
from luodi.reading.statements.left import Worth
from luodi.reading.statements.listed import is_project
from luodi.reading.statements.model import Decision, Kind, Statement
from luodi.reading.statements.moods import Direction, Mood, is_told_from_above, leans_ahead, opening_mood
from luodi.reading.statements.notes import Note, find_notes, stands_in
from luodi.reading.statements.shared_days import Told, share
from luodi.reading.statements.standing import opens_with_now
from luodi.reading.statements.view import View, behind_periods, without_lead_in
from luodi.reading.statements.worth import judge

_INSTRUCTS = Cue(r"(?:强调|要求|指出)[，,:：]|(?:强调|要求)$")
_LEADS_ON = ("中", "时", "后", "上", "下", "以来", "基础")
# 预计，2024年全年…；…；…
_ESTIMATES = re.compile(r"\s*(?:预计|初步(?:统计|核算)|据(?:初步)?统计|经(?:初步)?统计|经核算)[，,]\s*")
_COUNTED = re.compile("[一二三四五六七八九十]{1,2}是")
_PARTS_OF_YEAR = ("month", "quarter", "half")
# how coarse a period must be to hold beyond its own sentence
_FINE = ("day", "decade", "month", "quarter")


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
        self._told: list[Told] = []
        self._dated = False
        self._in_list = False  # a point of a bare list of projects
        self._carried: Period | None = None  # 到2030年，…；…；…: for the parts that semicolons divide

    def read(self, block: Block) -> None:
        """Read the block's sentences in order."""
        self._notes = find_notes(self.context.text, block.start, block.stop)
        figures = self.context.figures(block.start, block.stop)
        periods = self.context.periods(block.start, block.stop)
        self.context.enter_prose(block, periods)
        start = self._voice(block) if block.kind == "answer" else block.start
        goes_on = self._go_on(block)
        self._last_kind = self.context.left.kind if self.context.left is not None else None
        self._in_list = block.start in self.context.listed
        if self.context.direction is None and self._direction is None:
            cues = self.context.cued.within(block.start, block.stop)
            if leans_ahead(self.context.text, start, block.stop, cues):
                self._direction = "ahead"
        for nth, sentence in enumerate(find_sentences(self.context.text, start, block.stop)):
            here = list(inside(periods, sentence.start, sentence.stop))
            self.context.event.hear(sentence.start, sentence.stop, here)
            self.context.hear_talk(sentence.start, sentence.stop, here)
            self._open_sentence(sentence, here)
            self._read_sentence(nth, sentence, figures, here)
        self._close()
        self.context.leave_prose(block, periods)
        # 3.年内… says nothing of 4.: what holds for all points of a list is what its announcement set
        opening = self.context.left.opening if goes_on and self.context.left else self._opening
        kind = self._last_kind if self.context.text[block.stop - 1] in "；;" else None
        self.context.left = Left(self._direction, opening, self._speaker, kind)

    def _go_on(self, block: Block) -> bool:
        """一是…, 这十件实事分别是：…: what the paragraph before set holds here too; whether this is such a point."""
        left, text = self.context.left, self.context.text
        if left is None or not goes_on_listing(text, block.start, left_open=self.context.left_open):
            return False
        self._direction = left.direction
        self._speaker = self._speaker or left.speaker
        wide = left.opening is not None and left.opening.precision in ("year", "plan", "half")
        self._opening = left.opening if wide else None
        return True

    def _voice(self, block: Block) -> int:
        """Where the words of an answer begin, behind 区住建局副局长某某：; whose body speaks holds until the next question."""
        text, stop = self.context.text, block.stop
        bracketed = BRACKETED.match(text, block.start, stop)
        if bracketed is not None:
            self._speaker = self.context.voice = body_of_person(text, bracketed["name"], block.start)
            return bracketed.end()
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
            self._look(mood, opening_period(sentence, periods))
        if text.startswith("目前", begin):
            self._opening = None  # what the sentence before was of is over
        self._speaker = speaker_body(text, sentence.start, sentence.stop, cues) or self._speaker
        if cues & _INSTRUCTS.bit and _INSTRUCTS.pattern.search(text, sentence.start, sentence.stop):
            self._urged = is_told_from_above(text, self.context.frame)

    def _look(self, mood: Mood, opening: Period | None) -> None:
        """Turn to where an opening looks; a part of a year looks back once most of it is over, ahead until then."""
        direction = mood.direction
        on = self.context.frame.speaks_of
        if opening is not None and opening.precision in _PARTS_OF_YEAR and on is not None:
            if opening.since is None or opening.until is None or opening.relation != "within":
                direction = "back" if opening.until is not None and opening.until < on else direction
            elif direction == "back" and on < opening.since + (opening.until - opening.since) / 2:
                return
            elif direction == "ahead" and opening.until < on:
                direction = "back"
        if opening is not None or direction != self._direction:
            self._opening = opening
        self._direction = direction

    def _read_sentence(
        self, nth: int, sentence: Sentence, figures: list[Figure], periods: list[Period]
    ) -> None:
        opening = self._carried or self._opening
        state = Course(self._direction or self.context.direction, opening, begun=sentence.start)
        state.carried = opening if opening is not self._opening else None
        if state.direction == "ahead" and opens_with_now(self.context.text, sentence.start, sentence.stop):
            state.direction = None
        self._dated = False
        self._carried = None
        for clause in sentence.clauses:
            if self._notes and stands_in(self._notes, clause.start):
                continue
            if state.said:
                state.direction = self._hear(clause, sentence, periods) or state.direction
            view = self._view(clause, figures, periods, state.direction)
            body = self._set_course(state, view, clause)
            stage = opens_stage(view)
            if stage is not None:
                self._opening = state.opening = stage
            if (
                is_only_period(view)
                and clause.last
                and self._draft is not None
                and self._draft.is_dated_by_day(view, nth)
            ):
                self._draft.join(view, "joins_milestone", nth)
            elif is_only_period(view):
                state.opening = state.carried = view.periods[-1]
                self._dated = state.opening.relation == "by" or state.opening.precision in _FINE
                self._note(view, Worth("left", "only_period", 0.0))
            elif is_topic(view) and not clause.last:
                self._close()
                state.topic = view
                self._note(view, Worth("left", "topic", 0.0))
            else:
                self._take(state, view, body, nth)
        carries = state.carried is not None and self.context.text[sentence.stop - 1] in "；;"
        if (
            state.carried is not None
            and carries
            and not is_step(None, state.carried, self.context.periods_around(None))
        ):
            self._carried = state.carried

    def _set_course(self, state: Course, view: View, clause: Clause) -> Body | None:
        """What the clause sets for those behind it: direction, doer, period. Its own doer is given back."""
        if view.direction != state.direction:
            state.direction = view.direction
        elif state.direction == "ahead" and DONE_BY_NOW.search(view.words):
            state.direction = view.direction = "back"  # 计划改造40个，目前已开工31个，完工12个
        body = subject(self.context.text, behind_periods(view), clause.stop, self.context.frame, view.cues)
        state.doer = body or state.doer
        sets_aim = state.direction is None and self.context.text[clause.stop : clause.stop + 1] in "：:"
        if sets_aim and SETS_AIM.match(self.context.text, view.start, clause.stop + 1):
            state.direction = "ahead"
        leading = leading_period(view, clause.first or state.nothing_said)
        if leading is not None and self._turns(leading):
            state.direction = view.direction = self._direction
        elif (
            leading is not None
            and view.direction == "ahead"
            and is_part_gone_by(leading, view, self.context.frame.speaks_of)
        ):
            state.direction = view.direction = "back"
        said = state.said or _ESTIMATES.fullmatch(self.context.text, state.begun, clause.start) is not None
        opened = self._opened_by(view, clause, leading, said, state.nothing_said)
        if opened is not None and not goes_beyond(opened, state.opening, view):
            state.opening = opened
        self._opening = state.count_up(view, self._opening, self.context.frame.speaks_of)
        return body

    def _take(self, state: Course, view: View, body: Body | None, nth: int) -> None:
        """The clause as a statement, a part of the one before, or nothing."""
        worth = self._judge(view, nth, has_topic=state.topic is not None)
        self._note(view, worth)
        if (
            view.words.startswith("目前")
            and state.opening is not None
            and state.opening.precision in _FINE[:3]
            and state.opening.relation != "since"
        ):
            state.opening = None  # 2024年6月开工，目前完成投资2.6亿元
        state.take_left(view)
        deed, state.deed = state.deed, None
        state.nothing_said = state.nothing_said and worth.outcome == "left" and not view.periods
        state.said = state.nothing_said and SAID.search(view.words) is not None
        if worth.outcome == "joined" and self._draft is not None:
            self._draft.join(view, worth.rule, nth)
        elif worth.outcome == "statement":
            self._close()
            if state.topic is not None and state.topic.periods and view.periods:
                self._take_by_itself(state.topic, state, nth)
                state.topic = None
            heir = state.doer if state.doer is not None and state.doer.rule == "named_body" else None
            if deed is not None and state.topic is None and MEASURE.match(view):
                self._draft = Draft.begin(deed, worth, None, None, heir, nth, state.opening)
                self._draft.join(view, worth.rule, nth)
            else:
                self._draft = Draft.begin(view, worth, state.topic, body, heir, nth, state.opening)
            state.topic = None
        elif not is_aside(view):
            self._close()
            if worth.rule == "left_general" and DELIVERY.match(view) and not view.words.endswith(_LEADS_ON):
                state.deed = view
            # 举行二季度签约活动: the day of the meeting holds, not what it is called
            if worth.rule != "left_meeting" and view.periods and view.periods[-1].until is not None:
                state.leave(view)

    def _take_by_itself(self, topic: View, state: Course, nth: int) -> None:
        """6月底前开工建设甲工程，10月底前建成乙医院: two days are two deeds."""
        worth = judge(topic, False)
        if worth.outcome == "statement":
            self._draft = Draft.begin(topic, worth, None, None, None, nth, state.opening)
            self._close()

    def _hear(self, clause: Clause, sentence: Sentence, periods: list[Period]) -> Direction | None:
        """What the words behind 某某表示， open with turns the paragraph as if they opened a sentence."""
        cues = self.context.cued.within(clause.start, sentence.stop)
        mood = opening_mood(self.context.text, clause.start, sentence.stop, cues, self.context.section_mood)
        if mood is None:
            return None
        here = inside(periods, clause.start, clause.stop)
        self._look(mood, here[0] if here and here[0].start - clause.start <= OPENING else None)
        return self._direction

    def _opened_by(
        self, view: View, clause: Clause, leading: Period | None, said: bool, nothing_said: bool
    ) -> Period | None:
        """The period that a clause sets for the rest of its sentence; where it heads the sentence, for those behind too."""
        if view.periods and is_held(view.text, view.start, view.stop):
            return None
        if leading is None and view.direction != "ahead":
            on = self.context.frame.speaks_of
            return self._told_of(view) or day_ahead(view, clause.first or nothing_said, on)
        if leading is None or (view.direction == "ahead" and not holds_ahead(leading)):
            return leading_aim(view, clause.first or nothing_said) or leading_year(view)
        is_topic_year = self.context.text.startswith("是", leading.stop)  # 今年是关键一年
        own = _COUNTED.match(self.context.text, clause.start, leading.start) is not None  # 一是年内…；二是…
        holds = clause.first or is_only_period(view) or (said and not is_topic_year)
        if holds and not own and not is_step(view, leading, self.context.periods_around(None)):
            self._opening = leading
        return leading

    def _told_of(self, view: View) -> Period | None:
        """今年以来，…复工，一季度…，…: a stretch gone by holds for the rest of its sentence."""
        period, on = leading_period(view, True), self.context.frame.speaks_of
        if period is None or period.until is None or on is None or period.until > on:
            return None
        return period

    def _turns(self, leading: Period) -> bool:
        """Under a title that looks ahead, a year gone by that opens a sentence turns to what was done, and back again."""
        on = self.context.frame.speaks_of
        if (
            on is None
            or leading.until is None
            or (self.context.titled is None and self.context.question_mood is None)
            or self.context.direction != "ahead"
        ):
            return False
        if leading.until < on and leading.precision in ("year", "plan") and self._direction is None:
            self._direction = "back"
            return True
        if leading.until >= on and leading.relation != "since" and self._direction == "back":
            self._direction = None
        return False

    def _view(
        self, clause: Clause, figures: list[Figure], periods: list[Period], direction: Direction | None
    ) -> View:
        start = without_lead_in(self.context.text, clause.start, clause.stop)
        here = tuple([self.context.of_this_issue(p) for p in inside(periods, start, clause.stop)])
        ahead = FUTURE.pattern.search(self.context.text, start, clause.stop) if here else None
        if direction == "back" and self.context.reviews and ahead is None:
            here = tuple([as_told_back(period, self.context.frame.speaks_of) for period in here])
        stop = before_note(self._notes, start, clause.stop)
        view = View(
            self.context.cued,
            start,
            stop,
            inside(figures, start, stop),
            here,
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
        near = draft is not None and (draft.sentence == nth or effect or draft.is_dated_by(view))
        worth = judge(view, near)
        if self._in_list and view.direction == "ahead" and worth.outcome == "left" and is_project(view.words):
            return Worth("statement", "listed_project", 0.5)
        if has_topic and worth.outcome != "left":
            return worth._replace(outcome="statement")
        if (
            effect
            and near
            and worth.outcome == "left"
            and (view.figures or view.words.endswith(("后", "时")))
        ):
            return worth._replace(outcome="joined", rule="joins_effect")
        if worth.outcome == "statement" and draft is not None and near:
            further = draft.goes_on_with(view)
            if (effect or further) and (draft.sentence != nth or draft.expects or draft.introduces_project):
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
        told = Told(len(self.statements) - 1, draft.sentence, dated=bool(draft.periods))
        if draft.last_day is not None:
            share(self.statements, self._told, told, draft.last_day)
        self._told.append(told)
