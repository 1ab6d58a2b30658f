"""What an interview asks for: the year that a question means, and the year that the whole of it is about.

A question that names the year gone by and the year to come asks of the one to which it turns. An interview whose title
or lead asks what will be done this year asks it with every question about plans, unless one looks farther.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from luodi.reading.blocks.find import Block
from luodi.reading.periods.find import Period
from luodi.reading.statements.moods import Mood, heading_mood, is_either_way

_LAST_MONTH = 12
_HEAD = 500
_VISITED = re.compile("专访|采访了?|访谈|对话|——访|访[^，。\\n]{2,16}(?:书记|[区县市镇乡]长|主任|局长)")
_EARLY = 3  # months into a year in which it is asked what it will bring
# 奋进2025, 书记谈2024, 2025年怎么干: the year of an interview; no 2024年度人物, 2024年工作回顾, 2025年第1期
_YEAR_IN_TITLE = re.compile(
    r"(?<!\d)(20\d\d)(?!\d|年度|年?第|[-—./]\d)(?!年?[^，。]{0,8}(?:回顾|总结|盘点|答卷|成绩|收官|以来))"
)
_ASKS_YEAR = re.compile(
    r"(?:今年|新的?一年|(?P<year>20\d\d)年)[^。？?\n]{0,30}(?:如何|怎样|怎么|哪些|什么)[^。？?\n]{0,20}[？?]"
)
# 请谈谈今年全县经济工作的打算, 记者就新一年的工作思路采访了县长
_ASKS_PLAN = re.compile(
    r"(?:就|围绕|谈|聊|介绍|请|关于|对)[^。？?\n]{0,16}(?:今年|新的?一年|(?P<year>20\d\d)年)[^。？?，,\n]{0,24}"
    r"(?:打算|思路|谋划|规划|重点|安排|部署|目标|工作(?![^，。]{0,4}(?:回顾|总结|情况|成绩|成效)))"
)
# beyond the year: 未来五年的目标, “十五五”怎么干, 长远来看, 愿景
_FARTHER = re.compile(
    r"未来|今后|长远|远期|远景|愿景|梦想|最终|“?十[一二三四五六七八九]五”?|[三五十]年(?!来)|20\d\d年"
)

# 采取了哪些措施, 是如何破解的, 运行情况如何, 怎样评价: of what was done, whatever else would look ahead there
_ASKS_DONE = re.compile(
    r"[\u4e00-\u9fff]了(?:哪些|什么|怎样的?|哪几|多少)|是(?:如何|怎样|怎么)(?!的|.{0,12}(?:谋划|打算|考虑|安排|规划))[^，。？?\n]+的[？?]|"
    r"(?:情况|表现|态势|成色|形势|势头|走势)(?:是)?(?:如何|怎样|怎么样|几何)|(?:如何|怎么|怎样)(?:评价|看待|总结)"
)
_HAS_IN_MIND = re.compile(
    r"(?:有|作出|做出)(?:什么|哪些|何|怎样的)(?:具体|新|好|大)?的?(?:考虑|动作|打算|想法|期待|期望|部署)|"
    r"(?:将|能|可以|(?<![全大体工协年])会)[^，。？?\n]{0,8}(?:有|看到|期待|得到|享受到?|迎来)[^，。？?\n]{0,4}(?:哪些|什么|怎样)|期待哪些"
)
_ASKS = re.compile("哪些|什么|如何|怎样|怎么|何")
_STRETCHES = ("quarter", "half", "year", "plan")


def question_mood(
    text: str, start: int, stop: int, periods: Sequence[Period], on: dt.date | None
) -> Mood | None:
    """Which way a question looks: by its words, and where these would do for either, by the year that stands with them."""
    done = _ASKS_DONE.search(text, start, stop)
    if done is not None:
        return Mood("back", start, stop, "question_of_what_was_done")
    mood = heading_mood(text, start, stop, "question")
    if _HAS_IN_MIND.search(text, start, stop):
        return Mood("ahead", start, stop, "question_looks_ahead")
    if on is None:
        return mood
    last = max(text.rfind(mark, start, stop - 1) for mark in "，,。；;？?！!")
    beside = [p for p in periods if p.start > last and p.until is not None]
    gone_by = bool(beside) and all(p.until is not None and p.until < on for p in beside)
    if gone_by and mood is not None and mood.direction == "ahead" and is_either_way(text, start, stop):
        return Mood("back", start, stop, "question_of_a_year_gone_by")
    if mood is None and _ASKS.search(text, start, stop) and any(_is_yet_to_come(p, on) for p in periods):
        return Mood("ahead", start, stop, "question_of_a_year_to_come")
    return mood


def _is_yet_to_come(period: Period, on: dt.date) -> bool:
    """Whether most of a stretch still lies ahead: this year, in its first months, or the next."""
    if period.since is None or period.until is None or period.relation != "within":
        return False
    early = dt.timedelta(days=31 * _EARLY)
    return period.precision in _STRETCHES and period.since + early > on


def year_asked(periods: Sequence[Period], mood: Mood | None, on: dt.date | None) -> Period | None:
    """The one of a question's periods that its answer is about.

    A question about plans asks of the last that is not over (2024年成绩亮眼，2025年有何打算); any other of the first.
    """
    if not periods or mood is None or mood.direction != "ahead" or on is None:
        return periods[0] if periods else None
    to_come = [p for p in periods if p.until is not None and p.until >= on and p.relation != "by"]
    stretches = [p for p in to_come if p.relation == "within"]
    return (stretches or to_come or list(periods))[-1]


def year_of_interview(
    text: str, titles: Sequence[tuple[int, int]], blocks: Sequence[Block], on: dt.date | None
) -> Period | None:
    """The year that title, lead or first question of an interview asks about; ``None`` for other pages and years gone by.

    Wrong where the title of a retrospect held in January names the year that begins.
    """
    first = next((block for block in blocks if block.kind == "question"), None)
    if on is None or (first is None and _VISITED.search(text, 0, _HEAD) is None):
        return None
    year = on.year + (on.month == _LAST_MONTH)
    for start, stop in titles:
        for named in _YEAR_IN_TITLE.finditer(text, start, stop):
            if int(named[1]) == year:
                return _of(year, named.span(1))
    if _EARLY < on.month < _LAST_MONTH:
        return None
    for block in blocks:
        if block.start >= (first.stop if first else _HEAD):
            return None
        asked = _ASKS_YEAR.search(text, block.start, block.stop)
        if asked is None:
            asked = _ASKS_PLAN.search(text, block.start, block.stop)
        if asked is not None and (asked["year"] is None or int(asked["year"]) == year):
            return _of(year, asked.span())
    return None


# 谈到2025年的工作，某某表示，…; 对于今年的目标，他信心满怀: what stands for a question where none is printed
_TALKS_OF = re.compile(
    r"(?:谈到|谈及|谈起|说到|说起|提到|提及|聊到|问及|问到|展望|对于|关于|围绕|面对|站在)[^。？?，,\n]{0,12}?(?:今年|新的?一年|明年|20\d\d年)[^。？?\n]{0,24}[，,][^。？?\n]{0,24}?"
    r"(?:表示|说|介绍|告诉|坦言|充满|信心|胸有成竹)"
)


def is_told_by_visitor(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the page tells an interview in its own words, without its questions."""
    return _VISITED.search(text, 0, _HEAD) is not None and all(block.kind != "question" for block in blocks)


def year_told(
    text: str, start: int, stop: int, periods: Sequence[Period], on: dt.date | None
) -> Period | None:
    """The year to which the talk turns with a sentence, where that is still to come or has hardly begun."""
    if on is None or not periods or _TALKS_OF.search(text, start, stop) is None:
        return None
    return next((p for p in periods if p.precision == "year" and _is_yet_to_come(p, on)), None)


def looks_farther(text: str, start: int, stop: int) -> bool:
    """Whether a question, or the sentence up to its statement, speaks of more than this year."""
    return _FARTHER.search(text, start, stop) is not None


def _of(year: int, span: tuple[int, int]) -> Period:
    return Period(*span, dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "within", "year_of_interview")
