"""What holds at a place of the article: direction and period, as title, headings, questions and openings set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.reading.blocks.find import Block
from luodi.reading.cued import CuedText
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.frame.find import Frame
from luodi.reading.periods.find import Period, find_periods
from luodi.reading.statements.dues import new_year
from luodi.reading.statements.moods import Direction, Mood, heading_mood
from luodi.reading.statements.titles import title_mood, title_period

_AS_OF = re.compile(r"截[至止]")
# how the text calls its own place where it never names it
_OWN_WORDS = re.compile(r"我区|我县|我市|我镇|全区|全县|全市|全镇")
_TITLE = 0


@dataclass
class Context:
    """Kept while walking the blocks in order; the finer setting wins over the coarser."""

    text: str
    frame: Frame
    cued: CuedText
    own_words: str | None = None
    section_moods: dict[int, Mood | None] = field(default_factory=dict)
    section_periods: dict[int, Period | None] = field(default_factory=dict)
    question_mood: Mood | None = None
    question_period: Period | None = None
    intro_period: Period | None = None

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block], frame: Frame) -> Context:
        """The context in which the article begins: the last title that says which way the page looks sets it."""
        own = _OWN_WORDS.search(text)
        context = cls(text, frame, CuedText(text), own[0] if own else None)
        for block in blocks:
            if block.kind == "title" and block.rule != "subtitle":
                title = text[block.start : block.stop]
                mood = title_mood(title)
                if mood is not None:
                    context.section_moods[_TITLE] = mood
                    context.section_periods[_TITLE] = title_period(title, block.start)
        return context

    def periods(self, start: int, stop: int) -> list[Period]:
        """The periods of ``text[start:stop]``, with positions in the whole text."""
        return find_periods(self.text, self.frame.speaks_of, start, stop, topic=self._topic_year)

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
        self.section_moods[level] = heading_mood(self.text, heading.start, heading.stop)
        periods = self.periods(heading.start, heading.stop)
        self.section_periods[level] = periods[-1] if periods else None
        self.question_mood = self.question_period = self.intro_period = None

    def enter_question(self, question: Block) -> None:
        """A question sets direction and period for its answer."""
        self.question_mood = heading_mood(self.text, question.start, question.stop, "question")
        periods = self.periods(question.start, question.stop)
        self.question_period = periods[0] if periods else new_year(self.text, question, self.frame.speaks_of)
        self.intro_period = None

    def enter_prose(self, block: Block, periods: Sequence[Period]) -> None:
        """A bulletin whose title names no month: the 截至… of its opening holds for all of it."""
        mood = self.section_moods.get(_TITLE)
        if mood is None or mood.direction != "back" or self.section_periods.get(_TITLE) is not None:
            return
        for period in periods:
            if _AS_OF.search(self.text, max(period.start - 2, block.start), period.stop):
                self.section_periods[_TITLE] = period
                return

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
        return found
