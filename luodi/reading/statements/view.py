"""A clause as the rules see it: its words, figures, periods and names, and what holds where it stands."""

from __future__ import annotations

import re

from luodi.reading.cued import CuedText
from luodi.reading.figures.find import Figure
from luodi.reading.names.find import Name, find_names, find_quoted, list_of_works
from luodi.reading.periods.find import Period
from luodi.reading.statements.moods import Direction

# what may open a clause without belonging to what it states
_LEAD_IN = re.compile(
    r"^(?:[“‘\"「]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:是要?|要|、)|\d{1,2}[.、．)](?!\d)|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}条|"
    r"(?:首先|其次|再次|最后|同时|此外|另外|其中|据悉|据了解|据介绍|总的来看)[，,]|首先|其次|再次|最后|同时|此外|另外|其中|并且|并(?![联网购轨])|而且|以及|即(?=实施|新增|新建|建设|开展|提升|改造|完成|打造)|此次|对此|为此|因此|据悉|据了解|据介绍|总的来看|特别是|尤其是|"
    r"(?:会议|报告|他|她|通知|方案|意见)(?:指出|强调|要求|提出|明确|说|表示|介绍)|"
    r"——|—|-(?!\d)|[·•●■◆▲★▶►▷➤➢✦✓✔√☆※＊○◎◇□▪]|\*(?![*\d])|\s|[:：])+"
)
_LIFTS_OFF = re.compile(r"^(?:还要|还将?|又|也|就|再|则|便)(?=[^有])")


_Names = list[Name]


class View:
    """``text[start:stop]`` is the clause without its lead-in; ``direction`` what heading, question or opening set.

    ``urged``: who speaks stands above the district. ``after_profile``: the statement before introduces a project by its money or
    ground. ``dated``: a clause that is
    nothing but a day stands before. Names are looked for once, when first asked for; most clauses never are.
    """

    __slots__ = (
        "_cued",
        "_names",
        "_quoted",
        "_works",
        "after_profile",
        "cues",
        "dated",
        "direction",
        "figures",
        "periods",
        "start",
        "stop",
        "text",
        "urged",
        "words",
    )

    def __init__(
        self,
        cued: CuedText,
        start: int,
        stop: int,
        figures: tuple[Figure, ...],
        periods: tuple[Period, ...],
        direction: Direction | None,
        urged: bool = False,
        after_profile: bool = False,
        dated: bool = False,
    ) -> None:
        self._cued = cued
        self.text = cued.text
        self.cues = cued.within(start, stop)
        self.start = start
        self.stop = stop
        self.figures = figures
        self.periods = periods
        self.direction: Direction | None = direction
        self.urged = urged
        self.after_profile = after_profile
        self.dated = dated
        self.words = cued.text[start:stop]
        self._names: _Names | None = None
        self._quoted: _Names | None = None
        self._works: tuple[Name | None] | None = None

    def over(self, start: int, stop: int, figures: tuple[Figure, ...], periods: tuple[Period, ...]) -> View:
        """The same setting over another stretch of the text."""
        return View(self._cued, start, stop, figures, periods, self.direction, self.urged, self.after_profile)

    @property
    def names(self) -> _Names:
        """Named projects and built things in it."""
        if self._names is None:
            self._names = find_names(self.text, self.start, self.stop)
        return self._names

    @property
    def quoted(self) -> _Names:
        """Names in quotation or title marks in it."""
        if self._quoted is None:
            self._quoted = find_quoted(self.text, self.start, self.stop)
        return self._quoted

    @property
    def works(self) -> Name | None:
        """An enumeration of works in it, if any."""
        if self._works is None:
            self._works = (list_of_works(self.text, self.start, self.stop),)
        return self._works[0]


def without_lead_in(text: str, start: int, stop: int) -> int:
    """Where the clause proper begins.

    >>> words = "二是新建学校2所"
    >>> words[without_lead_in(words, 0, len(words)):]
    '新建学校2所'
    """
    head = text[start:stop]
    match = _LEAD_IN.match(head)
    if match and match.end() < stop - start:
        opened = text[start : start + match.end()]
        # a quotation mark that closes inside the clause is part of a name, not of the lead-in
        if opened[-1] in "“‘「" and re.search("[”’」]", text[start + match.end() : stop]):
            return start + match.end() - 1
        start += match.end()
        head = text[start:stop]
    lifted = _LIFTS_OFF.match(head)
    return start + lifted.end() if lifted else start


def behind_periods(view: View) -> int:
    """Where the words begin behind a period that opens the clause (今年，我区将… / 2024年我县…)."""
    start = view.start
    for period in view.periods:
        if period.start <= start + 1:
            start = period.stop
    return start
