"""A day said last for all of a sentence: 新建公厕6座，改造公厕14座，8月底前全部投用.

The clause with the day has no subject of its own, so that it was joined to the task right before it; the tasks farther
off share the day where it says so (全部, 均), or where they are works like that one, or the one whose measure it gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.reading.statements.dues import due_from
from luodi.reading.statements.model import Statement
from luodi.reading.statements.view import View

_ALL = re.compile("全部|均|全面|悉数|一并|全都")
# 通车, 开园 and the like are said of one thing only
_OF_ANY_WORKS = re.compile("完成|完工|建成|竣工|投用|投入使用|到位|交付")
_WORKS = re.compile(
    r"(?:再|将|计划|完成|同步)*(?:新建|新改建|新增|改造|建设|改扩建|改建|扩建|维修|更新|安装|铺设|整治|修建|打通|硬化|升级|提升|建成|迁建|加装|增设|新设|实施)"
)
_MEASURES = re.compile("(?:可)?(?:新增|增加|增设|提供|配备|配套|惠及|涉及|受益|覆盖|总投资)")


class Told(NamedTuple):
    """A statement of the paragraph: its place among the statements, its sentence, and whether it names a day itself."""

    at: int
    sentence: int
    dated: bool


def share(statements: list[Statement], before: Sequence[Told], last: Told, day: View) -> None:
    """Give the day of the clause ``day``, which stands in the last statement, to those of its sentence that share it."""
    period = next((p for p in reversed(day.periods) if p.until is not None), None)
    if period is None or statements[last.at].kind != "commitment":
        return
    for_all, behind = _ALL.search(day.words) is not None, statements[last.at]
    for told in reversed(before):
        statement = statements[told.at]
        if told.sentence != last.sentence or told.dated or statement.kind != "commitment":
            return
        if not for_all and not _goes_with(day, statement, behind):
            return
        due = due_from(period, "day_said_last", "commitment", None)
        statements[told.at] = statement._replace(due=due or statement.due)
        behind = statement


def _goes_with(day: View, statement: Statement, behind: Statement) -> bool:
    """Whether the one behind is the measure of the other, or both are works that the day may be said of."""
    words, next_words = (day.text[s.start : s.stop] for s in (statement, behind))
    if _WORKS.match(words) is None:
        return False
    if _MEASURES.match(next_words) is not None:
        return True
    return _OF_ANY_WORKS.search(day.words) is not None and _WORKS.match(next_words) is not None
