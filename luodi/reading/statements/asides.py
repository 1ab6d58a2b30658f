"""Clauses that state nothing themselves but bear on what follows: a period alone, a topic, an aside, an effect."""

from __future__ import annotations

import re

from luodi.reading.cued import Cue
from luodi.reading.statements.view import View

# a thing set in front of what is said of it: 投资20亿元的…产业园，建成…
_TOPIC = Cue(
    r"^(?:[^，,]{2,24}的)?[^，,的]{2,40}"
    r"(?:项目|工程|产业园|园区|基地|中心|平台|大桥|水库|学校|医院|公园|广场|小镇|公路|铁路|示范带|片区)$"
)
_DEED_OPENS = Cue(
    r"^(?:加快|推进|推动|实施|建设|开工|启动|完成|打造|新建|改造|提升|做好|抓好|支持|引进|确保|创建|通过|围绕|聚焦|依托|"
    r"利用|按照|以|在|对|为|将|要|力争|编制|推广|发挥|建成|建立|探索|申报|争取|深化|谋划|培育|做强|完善)"
)
# 对…的，: the case in which what follows applies
_CASE = Cue(r"^对[^，,]{2,40}的(?:企业|单位|个人|项目|农户|家庭)?$")
_NOTHING_BUT = re.compile(
    r"^(?:力争|争取|确保|计划|预计|目标是|我们|全区|全县|全市|我区|我县|我市|以来|期间|时期|，|,|\s|在|到|至|截至|自|从|里|中|的)*$"
)
_ASIDE = re.compile(
    r"^(?:按(?:可比|不变)?(?:价格?|口径)(?:计算)?|按可比口径|扣除.*|初步核算|剔除.*|自然口径|经?初步统计|据统计|同口径|其中)$"
)
_EFFECT = Cue(
    r"^(?:该|此|本)?(?:项目|工程)?(?:全部|全面)?(?:建成|投产|实施|达产|竣工|完工|投用|投入使用|建设完成)"
    r"(?:投产|投用|运营|达产)?后|^(?:该|此)(?:项目|工程)|^项目(?:总投资|计划|占地|规划|位于|建成)"
)
_PLEDGE = Cue(
    r"将(?!军|来的)(?=[^，,]{2})|计划(?=在|于|新建|建设|投资|实施|用)|力争|拟(?=建|新|投|在|于)|确保"
)


def is_topic(view: View) -> bool:
    """A named thing, or a case, set in front of what is said of it."""
    if _CASE.match(view):
        return True
    return (
        len(view.words) >= 4
        and _TOPIC.match(view) is not None
        and _DEED_OPENS.match(view) is None
        and (bool(view.names) or ("的" in view.words and bool(view.figures)))
    )


def is_only_period(view: View) -> bool:
    """今年以来，: nothing but a period and small words."""
    if not view.periods or view.figures:
        return False
    words = view.words
    for period in view.periods:
        words = words.replace(view.text[period.start : period.stop], "")
    return _NOTHING_BUT.match(words) is not None


def is_aside(view: View) -> bool:
    """A clause so empty that a measure behind it still belongs to the statement before: 按可比价计算，."""
    return len(view.words) <= 3 or _ASIDE.match(view.words) is not None


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
