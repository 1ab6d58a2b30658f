"""Notes behind a task that say who and by when: （责任单位：区住建局；完成时限：6月底前）. They state nothing themselves.

The day may have a label (完成时限, 进度安排), stand behind the unit (责任单位：区住建局，6月底前完成) or alone in brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from luodi.reading.blocks.find import Block
from luodi.reading.statements.context import Context
from luodi.reading.statements.dues import due_from, last_of
from luodi.reading.statements.model import Statement
from luodi.reading.statements.units import BY_THE_WAY

_UNITS = (
    "责任单位|牵头单位|责任部门|牵头部门|主办单位|承办单位|负责单位|实施单位|配合单位|协办单位|责任领导|责任主体|实施主体|"
    "牵头责任单位|主管部门|建设单位|业主单位|主管单位|主责单位|办理单位|落实单位|责任科室|项目业主|分管领导|牵头领导|包保领导|联系领导|责任人"
)
_DUES = (
    "完成时限|完成时间|办结时限|完成期限|时间节点|时限要求|时限|期限|完成日期|计划完成时间|整改时限|时间要求|完成节点|"
    "计划工期|建设工期|工期|建设周期|实施周期|建设时间|实施时间|推进时限|实施期限|节点要求|完工时间|竣工时间|投用时间"
)
# 进度安排：一季度摸底；二季度实施；三季度全部完成。 The last of them is when it is done
_STEPS = re.compile(
    r"[（(【]?(?:进度安排|时间安排|进度要求|进度目标|时序安排|实施进度|进度计划|推进计划|推进安排)\s*(?:[:：]|[】\]][:：]?)\s*(?P<value>[^。\n）)】【]{2,160})[）)】]?。?"
)
# 完成时限8月底前，责任单位区教育局
_UNCOLONED = re.compile(
    rf"(?:{_DUES})(?:为|是|在)?(?P<value>(?:20\d\d年)?(?:\d{{1,2}}月|第?[一二三四]季度|年底|[上下]半年)[^，,。；;）)\n]{{0,10}})"
)
_BARE_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?|20\d\d年")
# （区住建局，11月底前完成）, （6月底前）, behind a task that has ended
_BEHIND = re.compile(
    r"(?<=[。；;])\s*[（(【](?:[\u4e00-\u9fff、]{2,40}?(?:局|委|办|中心|公司|政府|街道|镇|乡|院|会|部门|单位|集团)(?:等)?(?:牵头|负责|实施)?[，,；;、\s])?"
    r"(?P<value>[^（()）【】，,。；;\n]{2,16}?(?:前|[底末]|月|季度|年内|上半年|全年)(?:全面|全部|基本)?(?:完成|建成|办结|投用|竣工|完工|到位)?)[）)】]"
)
# 责任单位：区教育局，8月底前完成
_DAY_IN_VALUE = re.compile(r"[，,；;、\s](?P<day>[^，,；;、\s]*[月年季底前][^，,；;、]*)$")
# what may stand behind a unit in its bracket: ；10月底前完成）
_DAY_TO_END = re.compile(r"[^；;，,。（()）】\n]{0,12}?[月年季底][^；;，,。（()）】\n]{0,10}(?=[）)】\]])")
_NOTE = re.compile(
    rf"[（(【\[［〔]?\s*(?P<label>{_UNITS}|{_DUES})\s*(?:[:：]|[】\]］〕]\s*[:：]?)\s*(?P<value>(?:[^；;。）)】\]］〕（(【\n]|[（(][^）)\n]{{1,8}}[）)]){{2,160}}?)(?=[；;。）)】\]］〕【\n]|[，,](?:{_UNITS}|{_DUES})|$)[；;，,。）)】\]］〕]*"
)
_WORDS = (
    "单位",
    "科室",
    "领导",
    "责任人",
    "业主",
    "部门",
    "主体",
    "时限",
    "时间",
    "期限",
    "节点",
    "日期",
    "进度",
    "时序",
    "推进",
    "工期",
)
_AT_HEAD = 2


class Note(NamedTuple):
    """A note at ``text[start:stop]``; ``due`` bounds the words of its date, if it is one of those."""

    start: int
    stop: int
    due: tuple[int, int] | None


def find_notes(text: str, start: int, stop: int) -> list[Note]:
    """The notes of ``text[start:stop]``, in order."""
    found = []
    if text.find("，由", start, stop) >= 0 or text.find(",由", start, stop) >= 0:
        found = [Note(*by.span(), None) for by in BY_THE_WAY.finditer(text, start, stop)]
    patterns = [_BEHIND]
    if any(text.find(word, start, stop) >= 0 for word in _WORDS):
        found.extend(_labelled(text, match, stop) for match in _NOTE.finditer(text, start, stop))
        patterns = [_STEPS, _UNCOLONED, _BEHIND]
    for pattern in patterns:
        for match in pattern.finditer(text, start, stop):
            if pattern is _STEPS and re.search(r"\d", _BARE_DAY.sub("", match["value"])):
                continue  # it tells how much as well: no mere note
            if not any(note.start < match.end() and match.start() < note.stop for note in found):
                found.append(Note(*match.span(), match.span("value")))
    return sorted(found)


def _labelled(text: str, match: re.Match[str], stop: int) -> Note:
    """A note with a label; behind a unit may stand the day, before or behind the mark that ends it."""
    start, end = match.span()
    if re.fullmatch(_DUES, match["label"]):
        return Note(start, end, match.span("value"))
    day = _DAY_IN_VALUE.search(match["value"])
    if day is not None:
        return Note(start, end, (match.start("value") + day.start("day"), match.end("value")))
    behind = (
        _DAY_TO_END.match(text, end, stop) if text[end - 1] in "；;，," and text[start] in "（(【" else None
    )
    return Note(start, behind.end() + 1, behind.span()) if behind else Note(start, end, None)


def stands_in(notes: list[Note], at: int) -> bool:
    """Whether ``at`` lies in one of ``notes``."""
    nth = bisect_right(notes, at, key=lambda note: note.start) - 1
    return nth >= 0 and at < notes[nth].stop


def give_dues(context: Context, block: Block, statements: list[Statement], begun: int, before: int) -> bool:
    """A 完成时限：… in ``block`` holds for the commitments that stand before it.

    Those of the block begin at index ``begun``; a block that opens with a note goes on telling of the one before, whose
    commitments begin at ``before``. Returns whether it does.
    """
    notes = find_notes(context.text, block.start, block.stop)
    goes_on = bool(notes) and notes[0].start <= block.start + _AT_HEAD
    since = before if goes_on else begun
    for note in notes:
        day = last_of(context.periods(*note.due)) if note.due else None
        while note.due and since < len(statements) and statements[since].start < note.start:
            statement = statements[since]
            if day is not None and statement.kind == "commitment":
                due = due_from(day, "due_in_note", "commitment", context.frame.speaks_of)
                statements[since] = statement._replace(due=due or statement.due)
            since += 1
    return goes_on
