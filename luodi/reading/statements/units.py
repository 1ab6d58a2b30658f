"""The unit that a note or a heading names as responsible: （责任单位：…）, 区教育局牵头, 一、区教育局牵头工作（8项）."""

from __future__ import annotations

import re

_KIND = "单位|部门|主体|科室"
_LABEL = rf"(?:主要)?(?:牵头责任|主要责任|牵头|责任|主办|承办|负责|实施|主责|落实)(?:{_KIND})"
_NAMED = r"[\u4e00-\u9fff]{2,12}?(?:局|委|办|中心|公司|集团|街道|镇|乡|院|政府)"
# behind a bracket, a stop or the note before it a label says whose the task is
_LABELLED = re.compile(
    rf"(?<=[（(【\[［〔。；;，,、\s])(?:{_LABEL}\s*(?:[:：]|[】\]］〕]\s*[:：]?|[为是]?(?={_NAMED}))|"
    r"(?<=[（(【\[［〔])(?:牵头|责任)[:：])"
    r"\s*(?P<units>(?:[^；;。）)】\]］〕（(【\n]|[（(][^）)\n]{1,8}[）)]){2,200})[）)】\]］〕]?"
)
_NEXT_LABEL = re.compile(
    rf"[，,；;、\s]+(?:{_LABEL}|[\u4e00-\u9fff]{{2,4}}(?:时限|时间|领导|单位|部门|人))[:：]"
)
_LED_BY = re.compile(
    r"[（(](?:由)?(?P<units>[^（()）:：]{2,80}?)(?:等)?(?:牵头|负责|按职责分工负责|分别负责)[^（()）]{0,40}[）)]"
)
_BUREAU = r"[\u4e00-\u9fff]{1,12}?(?:局|委员会|委|办公室|办|中心|公司|集团|医院|院|部|联)"
# （区教育局）, （区住建局、各镇街；8月底前）, behind a task that has ended or at its end
_BARE = re.compile(
    rf"(?:(?<=[。；;])\s*[（(【](?P<units>{_BUREAU})(?:等)?(?:[、，,；;\s][^（()）\n]{{0,60}})?[）)】]|[（(【](?P<last>{_BUREAU})(?:[、，,；;\s][^（()）\n]{{0,60}})?[）)】](?=[。；;]))"
)
# …，由区教育局牵头，区住建局配合，8月底前完成。
BY_THE_WAY = re.compile(
    r"(?<=[，,])由(?P<units>[\u4e00-\u9fff]{2,16}?)(?:牵头|负责)(?:负责|实施|组织实施|落实|推进)?"
    r"(?:[，,][^，,。；;\n]{2,30}(?:配合|协助|协同|参与|支持))?(?=[。；;\n]|$|[，,][^，,。；;\d]{0,6}(?:\d|年底|年内|上半年|第?[一二三四]季度))"
)
_FIRST_UNIT = re.compile(r"[、，,；;：:。\s]|(?:配合|按职责|等|牵头|负责|\(|（)")
_OWN_BUREAU = (
    r"(?:[区县市省镇州旗]|[\u4e00-\u9fff]{2,4}[区县市镇乡州旗])[\u4e00-\u9fff]{1,12}(?:局|委员会|委|办公室|办|中心|公司|集团|管委会|政府)|"
    r"[\u4e00-\u9fff]{2,4}(?:街道|镇|乡|管委会)"
)
# 一、区教育局牵头工作（8项）; 二、区城管局
_HEADED = re.compile(
    rf"\s*(?:[（(]?[一二三四五六七八九十]{{1,3}}[)）]?[、.．]?|第[一二三四五六七八九十]+[章节]|\d{{1,2}}[.．、])?\s*(?P<unit>{_OWN_BUREAU})"
    r"(?:(?:牵头|负责|承担|主办|承办)(?:的|负责的?)?(?:重点)?(?:工作|任务|事项|项目|实事)?)?(?:[（(]\s?共?\d+[项件个条]\s?[)）])?[：:]?$"
)
# each pattern, and the words one of which it holds
_PATTERNS = (
    (_LABELLED, ("单位", "部门", "主体", "科室", "牵头：", "责任：", "牵头:", "责任:")),
    (_LED_BY, ("牵头", "负责", "分工")),
    (BY_THE_WAY, ("，由", ",由")),
    (_BARE, ("（", "(", "【")),
)
_LONGEST_BRACKET = 60


def unit_behind(text: str, start: int, stop: int) -> tuple[str, int, int] | None:
    """The first unit that a note in ``text[start:stop]`` names, with where the note stands; never a leader's name."""
    piece = text[start:stop]
    found = [
        match
        for pattern, words in _PATTERNS
        if any(word in piece for word in words) and (match := pattern.search(text, start, stop)) is not None
    ]
    for match in sorted(found, key=lambda m: m.start()):
        units = match["units"] if match.re is not _BARE else match["units"] or match["last"]
        further = _NEXT_LABEL.search(units)
        units = units[: further.start()] if further else units
        first = next((part for part in _FIRST_UNIT.split(units.strip()) if len(part) >= 2), None)
        if first is not None:
            return first, _opened(text, start, match.start()), match.end()
    return None


def _opened(text: str, start: int, at: int) -> int:
    """Where the bracket opens in which a note stands behind others: （牵头领导：某某，责任单位：…）."""
    low = max(start, at - _LONGEST_BRACKET)
    opened = max(text.rfind(mark, low, at) for mark in "（(【[〔")
    closed = max(text.rfind(mark, low, at) for mark in "）)】]〕。\n")
    return opened if opened > closed else at


def unit_of_heading(text: str, start: int, stop: int) -> str | None:
    """The unit whose tasks stand below a heading."""
    noted = unit_behind(text, start, stop)
    if noted is not None:
        return noted[0]
    headed = _HEADED.match(text[start:stop])
    return headed["unit"] if headed else None
