"""Whether a stretch of text looks back or ahead, and the period it set for what follows.

A heading, a question or an opening sentence (今年以来，… / 下一步，…) holds until the next of its level. The finer one wins.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from luodi.reading.cued import Cue
from luodi.reading.frame.find import Frame
from luodi.reading.statements.cues import DONE

Direction = Literal["back", "ahead"]

_AHEAD_HEADING = re.compile(
    r"谋划|思考|蓝图|下一步|下步|接下来|今后|未来|明年|安排|打算|计划(?!.*(?:完成|执行)情况)|目标|任务(?!.*完成情况)|举措|思路|重点工作|工作重点|主要工作|部署|措施|展望|将如何|"
    r"如何|怎样|怎么(?!样)|发力|突破|准备|从哪些|新的一年|规划(?!.*(?:完成|实施)情况)|要求|行动方案|实施方案|实施意见|工作要点|指标|建议|民生实事(?!.*(?:完成|进展|办理|落实|情况))|项目清单|愿景|纲要|路线图|要(?:上|建|办|抓|干|做)哪些"
)
# words that head a review as well as a plan: which of the two, the year beside them tells
_EITHER_WAY = re.compile(r"主要工作|重点工作|工作重点|突破|措施|举措|指标|任务|怎样|如何")
# questions about what lies behind whatever else they ask
_ASKS_BACK = re.compile(r"过去.{0,3}年|刚刚过去|去年|成绩单|答卷|回顾")
_ASKS_AHEAD = re.compile(
    r"下一?步|接下来|今后|未来|明年|打算|安排|新的一年|计划|将|谋划|目标|举措|今年(?!以来|来)"
)
_BACK_HEADING = re.compile(
    r"回顾|过去.{0,3}年|(?:一|[三五]|几)年来(?!的?(?:打算|计划))|总结|(?:完成|进展|执行|开展|落实|办理|推进|运行|实施|建设|履职|工作|办结)情况|取得|成效|成绩|成就|进展|亮点|发展基础|基本情况|现状|收官|答卷|(?<!推动)(?<!促进)(?<!保持)(?<!确保)(?<!实现)经济运行|如期实现|如期完成|圆满完成|胜利完成|存在.{0,8}(?:问题|困难|不足|短板)|(?:困难|短板|不足)[和与及]?问题|主要问题|不理想|有哪些变化|做了哪些|怎么样|^.{0,8}(?:上半年|去年|刚刚过去|过去的)"
)
_BACK_OPENING = Cue(
    r"^(?:[一二三四五六七八九十]是)?(?:今年|去年|近年|一年|五年|近几年|三年|几年|20\d\d年|“?十[一二三四五六]五”?|[^，,。]{0,6}大)(?:多)?(?:以)?来|^(?:过去|刚刚过去|即将过去)的?[一二两三四五\d]?(?:年|五年)|^(?:刚刚|即将)?过去的20\d\d年|^去年|^上年|^(?:最近|近)[一二两三四五\d]年[，,]|"
    r"^(?:20\d\d年)?1[-—至~－]\d{1,2}月份?[^，,。]{0,12}(?:累计|共?完成|实现)|^截至|^截止|^近日|^日前|^回顾|^(?:过去|刚刚过去|即将过去)的?[一二两三四五\d]年"
)
# openings that look back only where nothing else has been said about direction
_WEAK_BACK_OPENING = Cue(
    r"^(?:今年)?(?:上半年|前[一二三四五六七八九十\d]+(?:个月|季度)|1[-—至~－][\d]+月份?|一季度)|^(?:20\d\d年)?全年(?!.{0,4}(?:要|将|计划|力争|目标)|[^。；]{0,40}(?:以上|左右|不少于|不低于|力争|确保))|^目前|^近期|"
    r"^“?十[三四]五”?(?:期间|时期)?[，,]?(?:我们|全区|全县)"
)
_AHEAD_OPENING = Cue(
    r"^(?:下一步|下步|下一阶段|接下来|今后|未来|明年|来年|新的一年|展望|面向(?=未来|20|新|“?十)|面对新|站在新|下半年|后续|第?[四三]季度|“?十五五”?)|"
    r"^(?:今年|20\d\d年|“十[四五]五”期间)[，,]?(?:我们|我区|我县|我市|全区|全县|[^，,。]{1,8}[区县市镇局])?(?:将|要|拟|计划|力争|确保|还将|重点(?!项目|建设项目|工程)|着力|继续|预期|工作的?总体)|"
    r"(?:表示|说|介绍)[，,]?(?:下一步|接下来|今后|今年)?[，,]?(?:我们|我区|我县|[^，,。]{1,8}[区县市镇局])?(?:还)?将"
)


# 目前进展如何, “十四五”以来成效怎样: how far it has come, not how to go on
_ASKS_HOW_FAR = re.compile(
    r"(?:成效|进展|成果|成绩|效果|进度|变化|完成|落实|办理|执行)(?:得|情况|的情况)?(?:如何|怎样|怎么样)"
)


class Mood(NamedTuple):
    """The direction in force and the words that set it: ``text[start:stop]``, by ``rule``."""

    direction: Direction | None
    start: int
    stop: int
    rule: str


def heading_mood(text: str, start: int, stop: int, rule: str = "heading") -> Mood | None:
    """The direction a heading or question sets; the later cue wins where it has both (回顾…安排)."""
    if (
        rule == "question"
        and _ASKS_BACK.search(text, start, stop)
        and not _ASKS_AHEAD.search(text, start, stop)
    ):
        return Mood("back", start, stop, "question_looks_back")
    if _ASKS_HOW_FAR.search(text, start, stop):
        return Mood("back", start, stop, f"{rule}_looks_back")
    back = _BACK_HEADING.search(text, start, stop)
    ahead = _AHEAD_HEADING.search(text, start, stop)
    if back and (not ahead or back.start() > ahead.start() or (rule == "question" and "取得" in back[0])):
        return Mood("back", start, stop, f"{rule}_looks_back")
    if ahead:
        return Mood("ahead", start, stop, f"{rule}_looks_ahead")
    return None


# words of a firm aim, and those of what was done: a paragraph that has the first and none of the second is a plan's
_AIMS = Cue(r"力争|确保|(?:计划|拟)(?=新|投|建|完|开|实|改)")
_DOES = re.compile(
    r"[^。；;]{0,30}(?:实施|推进|建设|打造|新建|改造|培育|开展|完善|加快|持续|加强|围绕|推动|深入|全力)"
)


def leans_ahead(text: str, start: int, stop: int, cues: int) -> bool:
    """Whether a paragraph under no heading tells a plan: it opens with a deed, aims at something, and tells nothing done."""
    if not cues & _AIMS.bit or _AIMS.pattern.search(text, start, stop) is None:
        return False
    if _TELLS_BACK.search(text, start, stop) or _DOES.match(text, start, stop) is None:
        return False
    return not cues & DONE.bit or DONE.pattern.search(text, start, stop) is None


_SUPERIOR = re.compile(r"省委|市委|省政府|市政府|省长|市长|中央|国务院|部长|自治区|州委|厅长|省人大|市人大")
# how far into a page the speaker of a report is named
_HEAD = 600


def is_told_from_above(text: str, frame: Frame) -> bool:
    """Whether who instructs stands above the district: then what is told are wishes, not the district's promises."""
    if frame.speaker_post and _SUPERIOR.search(frame.speaker_post):
        return True
    return frame.speaker is None or _SUPERIOR.search(text[:_HEAD]) is not None


_TELLS_BACK = re.compile("去年|上年|以来|截至|目前|近年|近日|日前|已(?!有)|了[^解]|记者")


_WORK_OF = re.compile(r"20\d\d年(?:度)?(?:的|全[区县市镇]|我[区县市镇]|政府|主要|各项)*工作[:：]?$")


def mood_of_year(text: str, start: int, stop: int, until: dt.date | None, on: dt.date | None) -> Mood | None:
    """关于2018年工作: back, once that year is over; ahead before."""
    if until is None or on is None or _WORK_OF.search(text[start:stop]) is None:
        return None
    return Mood("back" if until < on else "ahead", start, stop, "heading_of_year")


# what turns a part of a section round, whatever stands above it
_TURNS = re.compile(
    r"下一步|下步|接下来|今后|未来|明年|打算|安排|计划|目标任务$|展望|回顾|总结|情况|存在|问题|困难|短板|不足|现状|基础$|完成|工作思路|重点工作$|主要任务$|要求$"
)


def turns_by_itself(text: str, start: int, stop: int) -> bool:
    """Whether a heading below one that looks the other way turns round all the same: （三）存在的问题."""
    return _TURNS.search(text, start, stop) is not None


def is_either_way(text: str, start: int, stop: int) -> bool:
    """Whether the words that turn a heading to the future may as well head a review: 2021年主要工作."""
    ahead = _AHEAD_HEADING.search(text, start, stop)
    return ahead is not None and _EITHER_WAY.match(ahead[0]) is not None


def opening_mood(text: str, start: int, stop: int, cues: int, section: Mood | None = None) -> Mood | None:
    """The direction that a sentence's opening sets for itself and the sentences behind it in the paragraph.

    ``cues`` are the bits of the cues that the sentence may hold.
    """
    head = text[start : min(stop, start + 80)]
    if cues & _AHEAD_OPENING.bit and _AHEAD_OPENING.pattern.search(head):
        return Mood("ahead", start, stop, "opening_looks_ahead")
    if cues & _BACK_OPENING.bit and _BACK_OPENING.pattern.search(head):
        return Mood("back", start, stop, "opening_looks_back")
    if (
        (section is None or section.direction is None)
        and cues & _WEAK_BACK_OPENING.bit
        and _WEAK_BACK_OPENING.pattern.search(head)
    ):
        return Mood("back", start, stop, "opening_looks_back")
    return None
