"""What holds at a place of the article: direction and period, as title, headings, questions and openings set them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body
from luodi.reading.cued import CuedText
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.frame.find import Frame
from luodi.reading.periods.find import Period, find_periods
from luodi.reading.statements import bulletins, deeds
from luodi.reading.statements.asked import (
    is_told_by_visitor,
    looks_farther,
    question_mood,
    year_asked,
    year_of_interview,
    year_told,
)
from luodi.reading.statements.doers import Doers
from luodi.reading.statements.dues import new_year
from luodi.reading.statements.events import Event
from luodi.reading.statements.listed import bare_lists
from luodi.reading.statements.model import Kind
from luodi.reading.statements.moods import (
    Direction,
    Mood,
    heading_mood,
    is_either_way,
    mood_of_year,
    turns_by_itself,
)
from luodi.reading.statements.since_deeds import since_deeds, since_then
from luodi.reading.statements.titles import (
    Sides,
    plan_in_heading,
    report_mood,
    title_mood,
    title_period,
    title_sides,
    years_of_action,
)
from luodi.reading.statements.units import unit_of_heading

_GOES_ON = re.compile(r"呢[?？]$")
_AS_OF = re.compile(r"截[至止]")
# how the text calls its own place where it never names it
_AT_HEAD = 10
_OWN_WORDS = re.compile(r"我区|我县|我市|我镇|全区|全县|全市|全镇")
_OFFICE = re.compile("(?:局|委|委员会|办|中心|站|所)$")
_BUREAU_REPORTS = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,14}(?:局|委员会|中心))(?:关于)?(?:20\d\d年)?[^《]{0,30}(?:工作(?:总结|情况|要点|计划|汇报|报告|思路|打算)|汇报)"
)
_NTH_ISSUE = re.compile(r"度?第?\d{1,3}[期号周]")
_STRETCHES = ("month", "quarter", "half", "year", "plan")
# a page that says of every line who is responsible sets tasks, whatever its title
_TASK_NOTES = re.compile(
    "(?:责任|牵头|承办|实施|主办)(?:单位|部门)[:：]|[（(][^（()）\n]{2,40}(?:牵头|负责)[，,；;、）)]"
)
_MANY_NOTES = 4
_LABEL = re.compile(
    r"(?:(?P<ahead>项目概况|项目内容|项目简介|(?:主要)?建设内容|建设规模|目标任务|工作目标|年度目标|年度任务|下步打算|下一步工作|下步计划)|"
    r"项目进展|建设进度|建设进展|工作进展|进展(?:情况|与成效|及成效)|完成情况|落实情况|办理情况|推进情况|目前进展)\s*[:：]"
)
_WRITES = re.compile("我[局委办院校]|我中心|答复如下|现答复|收悉")
# 到2026年底，实现以下目标： or, as a sentence of its own, 完成以下任务。
_ANNOUNCES_LIST = re.compile("(?:[：:]|(?:以下|如下|下列)[^，。；]{0,12}。)$")
_SUMS_UP = re.compile("(?:年|年度)[^，。]{0,20}(?:总结|述职)")
_AIMS = re.compile("目标|总体要求|总体思路")
_TITLE = 0
_LAST_MONTH = 12


class Left(NamedTuple):
    """What held at the end of a paragraph: which way it looked, since when, and who spoke."""

    direction: Direction | None
    opening: Period | None
    speaker: Body | None
    kind: Kind | None = None  # of its last statement, where a semicolon says that more of the kind follows


@dataclass
class Context:
    """Kept while walking the blocks in order; the finer setting wins over the coarser."""

    text: str
    frame: Frame
    cued: CuedText
    own_words: str | None = None
    says_next_year: bool = False
    office: str | None = None  # the bureau that writes in its own name (我局将…)
    listed: frozenset[int] = frozenset()  # points of bare lists of projects
    section_moods: dict[int, Mood | None] = field(default_factory=dict)
    section_periods: dict[int, Period | None] = field(default_factory=dict)
    section_units: dict[int, str | None] = field(default_factory=dict)  # （由市科技局牵头实施） at a heading
    question_mood: Mood | None = None
    question_period: Period | None = None
    intro_period: Period | None = None
    voice: Body | None = None  # whose answer is being read
    titled: Period | None = None  # what the title named, whatever the page narrowed it to
    annual: Period | None = None  # the year of a list of deeds promised for one year
    of_interview: Period | None = None  # the year that an interview is about
    is_told_by_visitor: bool = False  # an interview without its questions
    asks_farther: bool = False  # the question looks beyond that year
    sides: Sides | None = None  # the years of a title in two parts
    left: Left | None = None  # by the paragraph before
    label_mood: Mood | None = None
    left_open: bool = False  # that paragraph announced a list, or was a point of one
    opened: bool = False  # the page's period is that of its opening
    event: Event = field(init=False)
    doers: Doers = field(default_factory=Doers)
    aims: bool = False  # the heading announces the aims of a plan
    is_entered: bool = False  # a section, and nothing of it was read yet

    def __post_init__(self) -> None:
        """The page may report a ceremony."""
        self.event = Event(self.text, self.frame.title, self.frame.speaks_of)

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block], frame: Frame) -> Context:
        """The context in which the article begins: the last title that says which way the page looks sets it."""
        own = _OWN_WORDS.search(text)
        context = cls(text, frame, CuedText(text), own[0] if own else None, "明年" in text)
        context.listed = bare_lists(text, blocks)
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
            named_period = title_period(title, start) or years_of_action(title, start, frame.speaks_of)
            named_period = named_period or context._named_in(start, stop)
            until = named_period.until if named_period else None
            mood = title_mood(title) or report_mood(title, frame.speaks_of)
            mood = mood or mood_of_year(text, start, stop, until, frame.speaks_of)
            if mood is not None:
                context.section_moods[_TITLE] = mood
                told_until = context._as_of_in(start, stop) if mood.direction == "back" else None
                named_period = bulletins.narrowed(named_period, told_until) if told_until else named_period
                context.section_periods[_TITLE] = context.titled = named_period
        context.annual = deeds.year_of_deeds(text, context.titled, frame.speaks_of)
        context.is_told_by_visitor = is_told_by_visitor(text, blocks)
        context.of_interview = year_of_interview(text, titles, blocks, frame.speaks_of)
        announced = deeds.announced(text) if _TITLE not in context.section_moods else None
        if announced is not None:
            context.section_moods[_TITLE] = Mood("ahead", 0, 0, "title_looks_ahead")
            context.section_periods[_TITLE] = deeds.year_near(text, announced, frame.speaks_of)
        first = next((b for b in blocks if b.kind == "paragraph"), None)
        if (
            _TITLE not in context.section_moods
            and first
            and bulletins.is_bulletin(text, first.start, first.stop)
        ):
            context.section_moods[_TITLE] = Mood("back", 0, 0, "bulletin_looks_back")
        if _TITLE not in context.section_moods and len(_TASK_NOTES.findall(text)) >= _MANY_NOTES:
            context.section_moods[_TITLE] = Mood("ahead", 0, 0, "notes_look_ahead")
        return context

    def _as_of_in(self, start: int, stop: int) -> Period | None:
        """The day in a title up to which it tells: 2024年民生实事进展情况（截至6月底）."""
        found = _AS_OF.search(self.text, start, stop)
        return next(iter(self.periods(found.start(), stop)), None) if found else None

    def _named_in(self, start: int, stop: int) -> Period | None:
        """今年, 今后五年, 上半年 in a title: 我县确定今年十件实事."""
        found = find_periods(self.text, self.frame.speaks_of, start, stop)
        named = [p for p in found if p.precision in _STRETCHES and p.until is not None]
        return next((p for p in named if _NTH_ISSUE.match(self.text, p.stop) is None), None)

    def periods(self, start: int, stop: int) -> list[Period]:
        """The periods of ``text[start:stop]``, with positions in the whole text."""
        topic = self._topic_year
        on = self.frame.speaks_of
        if on is not None and topic == on.year + 1 and on.month == _LAST_MONTH and not self.says_next_year:
            on = dt.date(topic, 1, 1)  # read out in December, what is said of the next year is spoken from it
        found = find_periods(self.text, on, start, stop, topic=topic)
        found = [since_then(self.text, period, on) for period in found]
        return sorted([*found, *since_deeds(self.text, start, stop, found, on)])

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
        if heading.rule == "heading_bare" and self.section_moods.get(1) is not None:
            level += not turns_by_itself(self.text, heading.start, heading.stop)
        for deeper in [n for n in self.section_moods if n >= level]:
            self.section_moods.pop(deeper)
            self.section_periods.pop(deeper, None)
            self.section_units.pop(deeper, None)
        periods = self.periods(heading.start, heading.stop)
        on = self.frame.speaks_of
        period = periods[-1] if periods else new_year(self.text, heading, on)
        period = period or plan_in_heading(self.text, heading.start, heading.stop)
        mood = heading_mood(self.text, heading.start, heading.stop)
        mood = mood or mood_of_year(self.text, heading.start, heading.stop, period and period.until, on)
        if mood is not None and self._only_names_the_next(mood, level):
            mood = None
        self.section_units[level] = unit_of_heading(self.text, heading.start, heading.stop)
        if mood is not None and mood.direction == "ahead" and self._looks_back_by_year(heading, period):
            mood = mood._replace(direction="back", rule="heading_looks_back")
        self.section_moods[level] = mood
        self.section_periods[level] = period
        if mood is not None or period is not None:
            self.question_mood = self.question_period = None
        self.intro_period = self.left = self.label_mood = None
        self.left_open = False
        self.is_entered = True
        self.aims = _AIMS.search(self.text, heading.start, heading.stop) is not None

    def _only_names_the_next(self, mood: Mood, level: int) -> bool:
        """（二）聚焦重点任务，… below 2023年工作回顾: words that turn a section by themselves turn no part of one."""
        parents = [self.section_moods[n] for n in self.section_moods if _TITLE < n < level]
        above = next((m for m in reversed(parents) if m is not None), None)
        return (
            above is not None
            and above.direction != mood.direction
            and not turns_by_itself(self.text, mood.start, mood.stop)
        )

    @property
    def section_unit(self) -> str | None:
        """The unit that the nearest heading names as responsible."""
        for level in sorted(self.section_units, reverse=True):
            if self.section_units[level] is not None:
                return self.section_units[level]
        return None

    def _looks_back_by_year(self, heading: Block, period: Period | None) -> bool:
        """2021年主要工作, written in December 2021 or later, tells of what was done."""
        on = self.frame.speaks_of
        if period is None or period.until is None or on is None:
            return False
        over = period.until < on or (period.until.year == on.year and on.month == _LAST_MONTH)
        return over and is_either_way(self.text, heading.start, heading.stop)

    def enter_question(self, question: Block) -> None:
        """A question sets direction and period for its answer; one that only goes on (项目方面呢？) leaves the direction."""
        self.voice = self.left = self.label_mood = None
        self.left_open = False
        on, periods = self.frame.speaks_of, self.periods(question.start, question.stop)
        mood = question_mood(self.text, question.start, question.stop, periods, on)
        if mood is None and _GOES_ON.search(self.text, question.start, question.stop):
            return
        self.question_mood = mood
        self.question_period = year_asked(periods, mood, on) or new_year(self.text, question, on)
        self.asks_farther = looks_farther(self.text, question.start, question.stop)
        self.intro_period = None

    def enter_label(self, block: Block) -> None:
        """项目内容： or 进展与成效： at the head of a paragraph, or alone: which way it and those behind it look."""
        label = _LABEL.match(self.text, block.start, block.stop)
        if label is not None:
            self.label_mood = Mood("ahead" if label["ahead"] else "back", block.start, label.end(), "label")

    def enter_prose(self, block: Block, periods: Sequence[Period]) -> None:
        """A bulletin: the 截至… of its opening, or the stretch of days that opens it, holds for all of it."""
        self.event.begin_paragraph()
        self.enter_label(block)
        self._open_section(block, periods)
        mood = self.section_moods.get(_TITLE)
        if mood is None or mood.direction != "back":
            return
        titled = self.section_periods.get(_TITLE)
        for period in periods:
            as_of = _AS_OF.search(self.text, max(period.start - 2, block.start), period.stop)
            if self._sums_up_year and period.start > block.start + _AT_HEAD:
                continue  # 截至9月，… of one thing, told among what a whole year brought
            if as_of and (titled is None or self.opened or bulletins.ends_inside(period, titled)):
                self.section_periods[_TITLE] = bulletins.narrowed(self.titled, period)
                self.opened = False
                return
        for period in periods:
            if titled is None and bulletins.opens_bulletin(self.text, self.frame.speaks_of, block, period):
                self.section_periods[_TITLE] = period
                self.opened = True
                return

    @property
    def _sums_up_year(self) -> bool:
        """Whether the title sums up a year: 2024年度工作总结."""
        return self.frame.title is not None and _SUMS_UP.search(self.frame.title) is not None

    def _open_section(self, block: Block, periods: Sequence[Period]) -> None:
        """“十四五”时期，…; 五年来，… as the first words below a heading without a time: the years that the section tells of."""
        is_first, self.is_entered = self.is_entered, False
        level = max(self.section_periods, default=_TITLE)
        if not is_first or level == _TITLE or self.section_periods[level] is not None or not periods:
            return
        if periods[0].start <= block.start + 1 and (
            periods[0].precision == "plan" or periods[0].rule.startswith("years_")
        ):
            self.section_periods[level] = periods[0]

    def of_this_issue(self, period: Period) -> Period:
        """本周, 本月 in a bulletin mean the stretch that it tells of, where that is over when it appears."""
        return bulletins.of_this_issue(self.text, self.section_periods.get(_TITLE), period)

    def leave_prose(self, block: Block, periods: Sequence[Period]) -> None:
        """A paragraph that ends in a colon introduces what follows; its period holds there."""
        self._take_aim(block, periods)
        ends_open = _ANNOUNCES_LIST.search(self.text, block.start, block.stop) is not None
        if ends_open and periods:
            self.intro_period = periods[-1]
        self.left_open = ends_open or (self.left_open and block.kind in ("list_item", "paragraph"))

    def _take_aim(self, block: Block, periods: Sequence[Period]) -> None:
        """工作目标：到2026年，…: by then is done, too, what the plan says below of how."""
        mood, on = self.section_moods.get(_TITLE), self.frame.speaks_of
        if mood is None or mood.direction != "ahead" or self.section_periods.get(_TITLE) is not None:
            return
        if on is None or not (self.aims or _AIMS.search(self.text, block.start, block.start + _AT_HEAD)):
            return
        by = [p for p in periods if p.precision in ("year", "plan") and p.relation == "by" and p.until]
        if by and by[-1].until is not None and by[-1].until > on:
            self.section_periods[_TITLE] = by[-1]

    @property
    def section_mood(self) -> Mood | None:
        """The direction that question, headings or title set, the finest first."""
        if self.label_mood is not None:
            return self.label_mood
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

    def hear_talk(self, start: int, stop: int, periods: Sequence[Period]) -> None:
        """谈到2025年的工作，某某表示，…: what is promised from here on is for that year."""
        if self.is_told_by_visitor:
            told = year_told(self.text, start, stop, periods, self.frame.speaks_of)
            self.of_interview = told or self.of_interview

    def year_asked_for(self, start: int) -> Period | None:
        """The year of the interview, for a promise at ``start`` in the answer to a question about plans."""
        if self.of_interview is None or self.asks_farther:
            return None
        begun = max(self.text.rfind("。", 0, start), self.text.rfind("\n", 0, start))
        is_asked = self.direction != "back" and not looks_farther(self.text, begun + 1, start)
        return self.of_interview if is_asked else None
