"""What holds at a place of the article: direction and period, as title, headings, questions and openings set them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body
from luodi.reading.cued import CuedText, Words
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.frame.find import Frame
from luodi.reading.periods.find import Period, find_periods
from luodi.reading.statements.dues import new_year
from luodi.reading.statements.events import is_of_event, is_part_of_event, names_event
from luodi.reading.statements.model import Kind
from luodi.reading.statements.moods import Direction, Mood, heading_mood, is_either_way
from luodi.reading.statements.titles import Sides, report_mood, title_mood, title_period, title_sides

_GOES_ON = re.compile(r"呢[?？]$")
_AS_OF = re.compile(r"截[至止]")
# how the text calls its own place where it never names it
_AT_HEAD = 6
_BESIDE = ("week_beside", "month_beside", "quarter_beside")
_FEW_DAYS, _MANY_DAYS = 5, 360
_SENTENCE_ENDS = "。；;！!\n"
_OWN_WORDS = re.compile(r"我区|我县|我市|我镇|全区|全县|全市|全镇")
_OFFICE = re.compile("(?:局|委|委员会|办|中心|站|所)$")
_BUREAU_REPORTS = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,14}(?:局|委员会|中心))(?:关于)?(?:20\d\d年)?[^《]{0,30}(?:工作(?:总结|情况|要点|计划|汇报|报告|思路|打算)|汇报)"
)
_WRITES = re.compile("我[局委办院校]|我中心|答复如下|现答复|收悉")
_TITLE = 0
_LAST_MONTH = 12


@dataclass
class Context:
    """Kept while walking the blocks in order; the finer setting wins over the coarser."""

    text: str
    frame: Frame
    cued: CuedText
    own_words: str | None = None
    says_next_year: bool = False
    office: str | None = None  # the bureau that writes in its own name (我局将…)
    section_moods: dict[int, Mood | None] = field(default_factory=dict)
    section_periods: dict[int, Period | None] = field(default_factory=dict)
    question_mood: Mood | None = None
    question_period: Period | None = None
    intro_period: Period | None = None
    voice: Body | None = None  # whose answer is being read
    titled: Period | None = None  # what the title named, whatever the page narrowed it to
    sides: Sides | None = None  # the years of a title in two parts
    opened: bool = False  # the page's period is that of its opening
    event: Period | None = None  # the day of the ceremony that the page reports
    _event_goes_on: bool = False

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block], frame: Frame) -> Context:
        """The context in which the article begins: the last title that says which way the page looks sets it."""
        own = _OWN_WORDS.search(text)
        context = cls(text, frame, CuedText(text), own[0] if own else None, "明年" in text)
        if frame.issuer and _OFFICE.search(frame.issuer) and _WRITES.search(text):
            context.office = frame.issuer
        elif frame.title and (own_report := _BUREAU_REPORTS.match(frame.title)):
            context.office = own_report["body"]
        titles = [(b.start, b.stop) for b in blocks if b.kind == "title" and b.rule != "subtitle"]
        named = text.find(frame.title) if frame.title and not titles else -1
        if named >= 0 and frame.title:
            titles.append((named, named + len(frame.title)))
        for start, stop in titles:
            title = text[start:stop]
            context.sides = context.sides or title_sides(title, start)
            mood = title_mood(title) or report_mood(title, frame.speaks_of)
            if mood is not None:
                context.section_moods[_TITLE] = mood
                context.section_periods[_TITLE] = context.titled = title_period(title, start)
        return context

    def periods(self, start: int, stop: int) -> list[Period]:
        """The periods of ``text[start:stop]``, with positions in the whole text."""
        topic = self._topic_year
        on = self.frame.speaks_of
        if on is not None and topic == on.year + 1 and on.month == _LAST_MONTH and not self.says_next_year:
            on = dt.date(topic, 1, 1)  # read out in December, what is said of the next year is spoken from it
        return find_periods(self.text, on, start, stop, topic=topic)

    @property
    def _topic_year(self) -> int | None:
        """The one year that question or heading speaks of: 全年 and 6月 below 2022年工作回顾 are of 2022."""
        for _, period in self.periods_around(None):
            if period.since is not None and period.until is not None:
                return period.since.year if period.since.year == period.until.year else None
        return None

    def figures(self, start: int, stop: int) -> list[Figure]:
        """The figures of ``text[start:stop]``, with positions in the whole text."""
        return find_figures(self.text, start, stop)

    def enter_section(self, heading: Block) -> None:
        """A heading ends all that deeper or equal headings and questions set."""
        level = max(heading.level, 1)
        for deeper in [n for n in self.section_moods if n >= level]:
            self.section_moods.pop(deeper)
            self.section_periods.pop(deeper, None)
        periods = self.periods(heading.start, heading.stop)
        period = periods[-1] if periods else None
        mood = heading_mood(self.text, heading.start, heading.stop)
        if mood is not None and mood.direction == "ahead" and self._looks_back_by_year(heading, period):
            mood = mood._replace(direction="back", rule="heading_looks_back")
        self.section_moods[level] = mood
        self.section_periods[level] = period
        self.question_mood = self.question_period = self.intro_period = None

    def _looks_back_by_year(self, heading: Block, period: Period | None) -> bool:
        """2021年主要工作, written in December 2021 or later, tells of what was done."""
        on = self.frame.speaks_of
        if period is None or period.until is None or on is None:
            return False
        over = period.until < on or (period.until.year == on.year and on.month == _LAST_MONTH)
        return over and is_either_way(self.text, heading.start, heading.stop)

    def enter_question(self, question: Block) -> None:
        """A question sets direction and period for its answer; one that only goes on (项目方面呢？) leaves the direction."""
        self.voice = None
        mood = heading_mood(self.text, question.start, question.stop, "question")
        if mood is None and _GOES_ON.search(self.text, question.start, question.stop):
            return
        self.question_mood = mood
        periods = self.periods(question.start, question.stop)
        self.question_period = periods[0] if periods else new_year(self.text, question, self.frame.speaks_of)
        self.intro_period = None

    def enter_prose(self, block: Block, periods: Sequence[Period]) -> None:
        """A bulletin: the 截至… of its opening, or the stretch of days that opens it, holds for all of it."""
        self._event_goes_on = False
        mood = self.section_moods.get(_TITLE)
        if mood is None or mood.direction != "back":
            return
        titled = self.section_periods.get(_TITLE)
        for period in periods:
            as_of = _AS_OF.search(self.text, max(period.start - 2, block.start), period.stop)
            if as_of and (titled is None or self.opened or _ends_inside(period, titled)):
                self.section_periods[_TITLE] = _narrowed(self.titled, period)
                self.opened = False
                return
        for period in periods:
            if titled is None and self.opens_bulletin(block, period):
                self.section_periods[_TITLE] = period
                self.opened = True
                return

    def opens_bulletin(self, block: Block, period: Period) -> bool:
        """7月8日至14日，…: days that end before the page was written, at the head of a paragraph."""
        on = self.frame.speaks_of
        if period.since is None or period.until is None or on is None or period.precision == "year":
            return False
        if period.start > block.start + _AT_HEAD and self.text[period.start - 1] not in _SENTENCE_ENDS:
            return False
        days = (period.until - period.since).days
        return _FEW_DAYS <= days <= _MANY_DAYS and period.until <= on

    def of_this_issue(self, period: Period) -> Period:
        """本周, 本月 in a bulletin mean the stretch that it tells of, where that is over when it appears."""
        told = self.section_periods.get(_TITLE)
        if not period.rule.startswith(_BESIDE) or self.text[period.start] not in "本这" or told is None:
            return period
        if told.until is None or period.since is None or not told.until < period.since:
            return period
        return period._replace(since=told.since, until=told.until)

    def hear_of_event(self, start: int, stop: int, periods: Sequence[Period]) -> None:
        """4月1日，…集中开工仪式举行: the day of the ceremony, for what is told of it further on."""
        on = self.frame.speaks_of
        if self.event is not None or on is None or not periods:
            return
        for period in periods:
            if period.precision == "day" and period.until is not None and period.since == period.until <= on:
                self.event = period if names_event(self.text, start, stop) else None
                return

    def event_of(self, kind: Kind, view: Words) -> Period | None:
        """The day of the ceremony, for a result that tells of it or goes on listing what was opened there."""
        if self.event is None or kind != "result":
            return None
        self._event_goes_on = is_of_event(view) or (self._event_goes_on and is_part_of_event(view))
        return self.event if self._event_goes_on else None

    def leave_prose(self, block: Block, periods: Sequence[Period]) -> None:
        """A paragraph that ends in a colon introduces what follows; its period holds there."""
        if self.text[block.start : block.stop].endswith(("：", ":")) and periods:
            self.intro_period = periods[-1]

    @property
    def section_mood(self) -> Mood | None:
        """The direction that question, headings or title set, the finest first."""
        if self.question_mood is not None:
            return self.question_mood
        for level in sorted(self.section_moods, reverse=True):
            mood = self.section_moods[level]
            if mood is not None:
                return mood
        return None

    @property
    def reviews(self) -> bool:
        """Whether a heading or a question, not the title alone, says that this tells of what was done."""
        mood = self.section_mood
        return mood is not None and mood.direction == "back" and not mood.rule.startswith("title")

    @property
    def direction(self) -> Direction | None:
        """The section's direction alone."""
        mood = self.section_mood
        return mood.direction if mood else None

    def periods_around(self, opening: Period | None) -> list[tuple[str, Period]]:
        """The periods in force, nearest first, each with the name of the rule that brings it in."""
        near = (
            ("opening_period", opening),
            ("intro_period", self.intro_period),
            ("question_period", self.question_period),
        )
        found = [(rule, period) for rule, period in near if period is not None]
        for level in sorted(self.section_periods, reverse=True):
            section = self.section_periods[level]
            if section is not None:
                found.append(("title_period" if level == _TITLE else "heading_period", section))
        if self.sides is not None and self.direction is not None:
            found.append(("title_period", self.sides.back if self.direction == "back" else self.sides.ahead))
        return found


def _ends_inside(period: Period, titled: Period) -> bool:
    """Whether ``period`` ends within the one that the title names."""
    if period.until is None or titled.until is None or titled.since is None:
        return False
    return titled.since <= period.until <= titled.until


def _narrowed(titled: Period | None, period: Period) -> Period:
    """From the beginning of the title's period to the day as of which the page tells."""
    return period if titled is None or period.since is not None else period._replace(since=titled.since)
