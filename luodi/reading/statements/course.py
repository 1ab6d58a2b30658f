"""What holds while the clauses of one sentence are read in order."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from luodi.reading.bodies import Body
from luodi.reading.periods.find import Period
from luodi.reading.statements.cues import MEASURE
from luodi.reading.statements.leading import narrows, told_up_to
from luodi.reading.statements.moods import Direction
from luodi.reading.statements.view import View

_AT_HEAD = 2
DONE_BY_NOW = re.compile(
    "^截[至止](?!时)[^，,]{2,12}?(?:共|已|累计)|^(?:目前|截至目前|至今)[^，,]{0,6}(?:已(?!有)|完成|完工|建成)"
)
SAID = re.compile(
    "(?:介绍|表示|说|指出|强调|要求|决定|宣布|告诉记者|透露|获悉|了解到?|通报|提出|明确|据悉|统计|显示|核算结果|统计结果|数据)$"
)
# 【区长】今年…: who answers
BRACKETED = re.compile(r"【\s*(?P<name>[^】\n]{1,20})】\s*")


@dataclass
class Course:
    """What holds while the clauses of one sentence are read in order."""

    direction: Direction | None
    opening: Period | None
    begun: int = 0  # where the sentence does
    carried: Period | None = None
    topic: View | None = None  # a thing set in front of what is said of it
    deed: View | None = None  # 铺设供热主管网，全长4.3公里: the deed, then how much of it
    doer: Body | None = None
    said: bool = False  # 区长某某介绍，…
    nothing_said: bool = True  # the first thing said may set a period
    left_day: Period | None = None  # of a deed too vague to be told: of its measures, and of nothing else

    def leave(self, view: View) -> None:
        """A clause that states nothing names a period: at the head of the sentence it holds on, and so does a year.

        Farther on in a plan, a day is of that deed alone: 将于11月15日前恢复该班线，每天对开4班.
        """
        named = view.periods[-1]
        heads = named.start <= self.begun + _AT_HEAD
        if view.direction != "ahead" or heads or named.precision in ("year", "plan"):
            self.opening = named
        else:
            self.left_day = named

    def take_left(self, view: View) -> None:
        """A measure right behind such a clause is of its day."""
        if self.left_day is not None and MEASURE.match(view):
            self.opening = self.left_day
        self.left_day = None

    def count_up(self, view: View, opening: Period | None, on: dt.date | None) -> Period | None:
        """全年计划改造40个，截至9月底已开工31个，…: what is counted behind it is of then, too.

        Gives back the ``opening`` for the sentences behind, which in a review narrows to that day.
        """
        counted = told_up_to(view, on) if view.start > self.begun + _AT_HEAD else None
        if counted is None:
            return opening
        if self.direction != "ahead" and narrows(counted, opening):
            opening = counted
        self.opening, self.direction, view.direction = counted, "back", "back"
        return opening
