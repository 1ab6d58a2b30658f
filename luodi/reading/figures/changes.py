"""Whether a figure is a rise or a fall (增长8.3%, 增加湿地60公顷) or a level (提高到85%, 新增12家).

The verb must stand at the number, or, for verbs that take the thing changed as object, in the same clause with nothing
between that makes it a level (到, 至, 达) or begins another deed. Wrong where a comparison is with other places (高于全市)
phrased like one with another year.
"""

from __future__ import annotations

import re
from typing import Literal

from luodi.reading.figures.candidates import Candidate

Change = Literal["increase", "decrease"]

UP = (
    "增长|增加|提高|提升|上升|上涨|攀升|回升|扩大|递增|增收|增产|增效|提速|上调|上浮|延长|跃升|猛增|激增|增幅|涨幅|升幅"
    "|增速|增长率|增加了|增值|扩增|翻升|多增"
)
DOWN = (
    "下降|降低|减少|压减|压降|压缩|削减|缩减|缩短|回落|下调|下浮|下滑|减产|精简|减量|降幅|跌幅|净减|净降|收窄|消减|少增"
    "|减幅|下跌"
)
_SHORT_UP = r"(?<![新续加倍净])[增升涨]"
_SHORT_DOWN = r"(?<![加])[降减跌]"
_BOUND = (
    "(?:了|约|大约|近|将近|接近|超过|超|逾|不低于|不少于|不超过|至少|高于|突破|分别|均|都|也|仅|各|目标|预期|幅度|率|幅|速|达|达到|为|保持|在|是"
    "|稳定|控制| |\u3000|一定|再)"
)
_TOWARDS = re.compile(rf"(?:{UP}|{DOWN})(?:了)?[到至]{_BOUND}*$")
_AT_NUMBER = [
    ("increase", re.compile(rf"(?:{UP}|{_SHORT_UP}){_BOUND}{{0,4}}$")),
    ("decrease", re.compile(rf"(?:{DOWN}|{_SHORT_DOWN}){_BOUND}{{0,4}}$")),
]
# 增加达 is only a rise for shares: 增加达到120家 is a level
_LEVEL_FILLER = re.compile(r"(?:达|达到|为|保持|在|是|稳定|控制)(?:了|约|近|超过|超|逾| )*$")
_RATE_NOUN = re.compile(r"(?:增|涨|升|降|跌|减)(?:幅|速)|增长率|增长|下降|上涨|目标|预期")

_TAKES_OBJECT = [
    ("increase", re.compile(r"(?:(?<!新)增加(?!值)|扩大)([^，,。；;：:]{1,24})$")),
    ("decrease", re.compile(r"(?:减少|压减|削减|降低|减排|压降|缩减)([^，,。；;：:]{1,24})$")),
]
_SHARE_OBJECT = [
    ("increase", re.compile(r"(?:提高|提升)([^，,。；;：:]{1,8})$")),
    ("decrease", re.compile(r"(?:压缩|缩短|下降|精简)([^，,。；;：:]{1,10})$")),
]
_BREAKS_OBJECT = re.compile(
    r"[到至达为的]|新[建增设]|建成|建设|改造|完成|其中|占|总|实现|投资|实施|培训|引进|、[^、]*[一-龥]{6}"
)
_THAN_BEFORE = r"(?:比|较)[^，,。；;]{0,6}(?:上年|去年|同期|年初|年底|年末|上月|上季|往年|前年|上一年|末)[^，,。；;]{0,8}?"
_COMPARED = [
    ("increase", re.compile(rf"(?:{_THAN_BEFORE}|同比|环比)(?:多出?|高出?|增|快|升)了?$")),
    ("decrease", re.compile(rf"(?:{_THAN_BEFORE}|同比|环比)(?:少|低|减|慢|降)了?$")),
]
_ROW_HEAD = re.compile(
    r"(?:(?P<up>增速|增长率|增幅|涨幅)|降低率|下降率|降幅|减幅)(?:[（(][^）)\n]{0,6}[）)])?\s*\n\s*$"
)
_ANY = re.compile("[增减升降涨跌扩缩压多少净提回上下高低收快慢延精翻跃猛]")


def change_of(c: Candidate) -> Change | None:
    """The direction in which ``c`` is said to have moved, or None for a quantity or a level."""
    sign = c.text[c.start]
    if sign in "-−－+＋负":
        return None if c.unit.base == "℃" else "increase" if sign in "+＋" else "decrease"
    left = c.left.rstrip(" \u3000")
    if not left:
        return _of_the_row(c)
    if _ANY.search(left) is None or _TOWARDS.search(left) or left.endswith(("新增", "新增加", "净增")):
        return None
    share = c.unit.kind == "share"
    tables = [_AT_NUMBER, _COMPARED, _TAKES_OBJECT] + ([_SHARE_OBJECT] if share else [])
    for table in tables:
        for direction, pattern in table:
            found = pattern.search(left)
            if found and not _is_level(c, found, left):
                return "increase" if direction == "increase" else "decrease"
    return None


def _of_the_row(c: Candidate) -> Change | None:
    """A cell of a table whose row is headed by the cell above it: 增速, then 8%以上 on a line of its own."""
    head = _ROW_HEAD.search(c.text[max(0, c.head - 16) : c.head])
    if head is None or c.unit.kind != "share":
        return None
    return "increase" if head["up"] else "decrease"


def _is_level(c: Candidate, found: re.Match[str], left: str) -> bool:
    """True where the words between verb and number turn the rise into a level or another deed."""
    if found.re.groups:
        return _BREAKS_OBJECT.search(found[1]) is not None
    if _LEVEL_FILLER.search(left) is None:
        return False
    return c.unit.kind != "share" or _RATE_NOUN.search(found[0]) is None
