"""Notes behind a task that say who and by when: （责任单位：区住建局；完成时限：6月底前）. They state nothing themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from luodi.reading.blocks.find import Block
from luodi.reading.statements.context import Context
from luodi.reading.statements.dues import due_from
from luodi.reading.statements.model import Statement

_UNITS = (
    "责任单位|牵头单位|责任部门|牵头部门|主办单位|承办单位|负责单位|实施单位|配合单位|协办单位|责任领导|责任主体|实施主体|"
    "牵头责任单位|主管部门|建设单位|业主单位"
)
_DUES = "完成时限|完成时间|办结时限|完成期限|时间节点|时限要求|时限|期限|完成日期|计划完成时间|整改时限"
_NOTE = re.compile(
    rf"[（(【\[［〔]?\s*(?P<label>{_UNITS}|{_DUES})\s*[:：]\s*(?P<value>(?:[^；;。）)】\]］〕（(\n]|[（(][^）)\n]{{1,8}}[）)]){{2,160}}?)(?=[；;。）)】\]］〕\n]|[，,](?:{_UNITS}|{_DUES})|$)[；;，,。）)】\]］〕]*"
)
_WORDS = ("单位", "部门", "主体", "时限", "时间", "期限", "节点", "日期")


class Note(NamedTuple):
    """A note at ``text[start:stop]``; ``due`` bounds the words of its date, if it is one of those."""

    start: int
    stop: int
    due: tuple[int, int] | None


def find_notes(text: str, start: int, stop: int) -> list[Note]:
    """The notes of ``text[start:stop]``, in order."""
    if not any(text.find(word, start, stop) >= 0 for word in _WORDS):
        return []
    found = []
    for match in _NOTE.finditer(text, start, stop):
        is_due = re.fullmatch(_DUES, match["label"]) is not None
        found.append(Note(*match.span(), match.span("value") if is_due else None))
    return found


def stands_in(notes: list[Note], at: int) -> bool:
    """Whether ``at`` lies in one of ``notes``."""
    nth = bisect_right(notes, at, key=lambda note: note.start) - 1
    return nth >= 0 and at < notes[nth].stop


def give_dues(context: Context, block: Block, statements: list[Statement], since: int) -> int:
    """A 完成时限：… in ``block`` holds for the commitments from index ``since`` on that stand before it.

    Returns the index from which a later note holds.
    """
    for note in find_notes(context.text, block.start, block.stop):
        periods = context.periods(*note.due) if note.due else []
        while note.due and since < len(statements) and statements[since].start < note.start:
            statement = statements[since]
            if periods and statement.kind == "commitment" and statement.start >= block.start:
                due = due_from(periods[0], "due_in_note", "commitment", context.frame.speaks_of)
                statements[since] = statement._replace(due=due or statement.due)
            since += 1
    return since
