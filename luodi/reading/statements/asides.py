"""Clauses that state nothing themselves but bear on what follows: a period alone, a topic, an aside, an effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.reading.cued import Cue
from luodi.reading.periods.find import Period
from luodi.reading.statements.notes import Note
from luodi.reading.statements.view import View, behind_periods

# a thing set in front of what is said of it: 投资20亿元的…产业园，建成…
_TOPIC = Cue(
    r"^(?:[^，,]{2,24}的)?[^，,的]{2,40}"
    r"(?:项目|工程|产业园|园区|基地|中心|平台|大桥|水库|学校|医院|公园|广场|小镇|公路|铁路|示范带|片区)$"
)
_DEED_OPENS = Cue(
    r"^(?:我们|加速|有序|稳步|大力|全力|积极|重点|统筹|持续|扎实|力争|计划|全面|集中|深入|加快|推进|推动|实施|建设|开工|启动|完成|打造|新建|改造|提升|做好|抓好|支持|引进|确保|创建|通过|围绕|聚焦|依托|"
    r"利用|按照|以|在|对|为|将|要|力争|编制|推广|发挥|建成|建立|探索|申报|争取|深化|谋划|培育|做强|完善)"
)
# 对…的，: the case in which what follows applies
_CASE = Cue(
    r"^对[^，,]{2,40}的(?:[^，,]{0,10}(?:企业|单位|个人|项目|农户|家庭|机构|人员|主体|平台|产品|学生|群众|户))?$"
)
# 5个项目投用后，将新增学位3000个: which ones
_ONCE_READY = Cue(
    r"^[^，,]{0,12}\d+[个项][^，,]{0,14}(?:投入使用|建成(?:投[用产])?|投用|投产|达产|竣工|完工)后$"
)
_NOTHING_BUT = re.compile(
    r"^(?:力争|争取|确保|计划|预计|目标是|我们|全区|全县|全市|我区|我县|我市|以来|期间|时期|，|,|\s|在|到|至|截至|自|从|里|中|的)*$"
)
_ASIDE = re.compile(
    r"^(?:按(?:可比|不变)?(?:价格?|口径)(?:计算)?|按可比口径|扣除.*|初步核算|剔除.*|自然口径|经?初步统计|据统计|同口径|其中)$"
)
# 涉及电子信息、新材料等多个领域: of which kinds the projects just counted are
_FIELDS = re.compile("^(?:主要)?(?:涉及|涵盖|覆盖|集中在|分布在)[^，,\\d]*$|^从[^，,]{2,8}(?:看|来看)$")
_EFFECT = Cue(
    r"^(?:该|此|本)?(?:项目|工程)?(?:全部|全面|正式|整体)?(?:建成|投产|实施|达产|竣工|完工|投用|投入使用|建设完成)"
    r"(?:投产|投用|运营|达产)?后|^(?:该|此)(?:项目|工程)|^项目(?:总投资|计划|占地|规划|位于|建成)"
)
_PLEDGE = Cue(
    r"将(?!军|来的)(?=[^，,]{2})|(?<!年度)(?<!年)计划(?=在|于|新建|建设|投资(?!额|总额)|实施|用)|力争|拟(?=建|新|投|在|于)|确保|^(?:我们|全[区县市镇]|各级各部门)?要(?!求|素|点|闻|道|件|是|么|紧)"
)


def before_note(notes: Sequence[Note], start: int, stop: int) -> int:
    """Where the clause ``[start, stop)`` ends before a note that begins in it: 新建公厕3座〔 责任单位：…〕."""
    if not notes:
        return stop
    return min((note.start for note in notes if start < note.start < stop), default=stop)


def aims_before(text: str, start: int) -> bool:
    """Whether the sentence up to ``start`` announced the aims it lists: 主要预期目标是：…，固定资产投资同比增长6%."""
    return _AIMS_BEFORE.search(text, max(0, start - _FARTHEST), start) is not None


def is_topic(view: View) -> bool:
    """A named thing, or a case, set in front of what is said of it."""
    if _CASE.match(view) or _ONCE_READY.search(view):
        return True
    return (
        len(view.words) >= 4
        and _TOPIC.match(view) is not None
        and not _opens_with_deed(view)
        and (bool(view.names) or ("的" in view.words and bool(view.figures)))
    )


def _opens_with_deed(view: View) -> bool:
    """今年我们将推动区医院创建三甲医院: what ends like a thing is a deed, behind its day."""
    return _DEED_OPENS.pattern.match(view.text[behind_periods(view) : view.stop]) is not None


# 今年主要预期目标是：…
SETS_AIM = re.compile(r"[^，,：:。]{0,20}(?:目标|任务|指标)(?:分解)?(?:任务)?(?:主要|分别)?(?:是|为)?[：:]")
_AIMS_BEFORE = re.compile("(?:目标|任务|指标)(?:主要|分别)?(?:是|为)?[：:][^。\n]*$")
_FARTHEST = 300
_LISTS = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}是|首先|其次|再次|最后|其[一二三四五]|第[一二三四五六七八九十][，,、]|这[“\"]?[^，,：:。]{0,6}(?:件|项|个)[^，,：:。]{0,12}[：:]|"
    r"(?:在|从)[^，,。：:\d]{2,12}(?:方面|领域|上|中)[，,：:]|[^，,。：:\d在从]{2,8}方面[，,：:])"
)
_NUMBERED = re.compile(r"(?:\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]{1,2}[)）]|[①-⑳]|[●•▲])")


def goes_on_listing(text: str, start: int, *, left_open: bool) -> bool:
    """Whether the paragraph at ``start`` is a point of the list that the one before announced.

    ``left_open``: that one ended in a colon, or was itself such a point.
    """
    return bool(_LISTS.match(text, start)) or (left_open and bool(_NUMBERED.match(text, start)))


def is_only_period(view: View) -> bool:
    """今年以来，: nothing but a period and small words."""
    if not view.periods or view.figures:
        return False
    words = view.words
    for period in view.periods:
        words = words.replace(view.text[period.start : period.stop], "")
    return _NOTHING_BUT.match(words) is not None


_STAGE = re.compile(r"[^，,]{0,8}阶段[（(][^（()）]*[)）]$")


def opens_stage(view: View) -> Period | None:
    """攻坚阶段（2023年6月—2025年10月）: the time of what is told behind it."""
    if not view.periods or view.periods[-1].until is None or _STAGE.match(view.words) is None:
        return None
    return view.periods[-1]


def is_aside(view: View) -> bool:
    """A clause so empty that a measure behind it still belongs to the statement before: 按可比价计算，."""
    return (
        len(view.words) <= 3 or _ASIDE.match(view.words) is not None or _FIELDS.match(view.words) is not None
    )


def opens_with_effect(view: View) -> bool:
    """项目建成后…: what a project just named is to bring."""
    return _EFFECT.match(view) is not None


_STILL_TO_COME = Cue(r"^(?:并)?(?:预计|计划|力争|确保|将|有望|拟|争取)")


def pledges_a_day(view: View) -> bool:
    """预计10月底前全部完工: a pledge with a day."""
    return bool(view.periods) and _STILL_TO_COME.search(view) is not None


def pledges(view: View) -> bool:
    """Whether a word of pledging stands in the clause; it turns the rest of its sentence to the future."""
    return _PLEDGE.search(view) is not None
