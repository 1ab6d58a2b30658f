"""What states nothing, whatever stands in it: addresses, frames, praise, the meeting reported, figures in passing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from luodi.reading.cued import Cue
from luodi.reading.statements import cues
from luodi.reading.statements.view import View

Outcome = Literal["statement", "joined", "left"]


class Worth(NamedTuple):
    """A rule's answer; ``score`` is how sure it is that the clause can be checked."""

    outcome: Outcome
    rule: str
    score: float


Rule = Callable[[View, bool], "Worth | None"]


def left(rule: str) -> Worth:
    """The answer of a rule by which a clause states nothing."""
    return Worth("left", rule, 0.0)


ADDRESS = Cue(
    r"(?:联系|咨询|监督|举报|服务)电话|电话[:：]|\d{3,4}-\d{7,8}|邮编|邮箱|地址[:：]|传真|网址|文号|https?:|www\.|〔20\d\d〕|记者|通讯员|编辑[:：]|作者[:：]|来源[:：]"
)


def left_contact(view: View, _open: bool) -> Worth | None:
    """Addresses, telephone lines, document numbers and by-lines."""
    return left("left_contact") if ADDRESS.search(view) and not cues.DELIVERY.search(view) else None


_MANY_MEETINGS = re.compile(
    r"(?:累计|共|先后|全年|今年以来|组织|开展|集中(?!开工|签约|竣工|开竣工))[^，,]{0,12}(?:召开|举行|走访|调研|座谈|观摩|宣布)"
)
_MEETS = re.compile("走访|观摩|召开|举行")


def left_meeting(view: View, _open: bool) -> Worth | None:
    """The meeting, visit or interview being reported is not an achievement."""
    words = view.words
    if not cues.MEETING.search(view) or (cues.EVENT.search(view) and view.direction == "back"):
        return None
    if view.figures and (_MANY_MEETINGS.search(words) or "招商" in words):
        return None
    if view.direction == "ahead" and view.figures and _MEETS.search(words):
        return None
    return left("left_meeting")


def left_framing(view: View, _open: bool) -> Worth | None:
    """围绕…, 以…为抓手, 按照…要求: the frame of a deed, not the deed."""
    if cues.FRAMING.search(view) or (not view.figures and cues.FRAMING_ENDS.search(view)):
        return left("left_framing")
    return None


def left_praise(view: View, _open: bool) -> Worth | None:
    """具有重要意义, 奠定坚实基础: what a deed is said to be good for."""
    return left("left_praise") if not view.figures and cues.PRAISE.search(view) else None


SCHEDULE = Cue(
    r"^关于.{2,40}(?:建议|提案)$|收悉$|^您们?提出|^尊敬的|^(?:第[一二三四五六七八九十\d]+[条章节]|附件|附表|序号\s|(?:注|说明|备注|单位)[:：])"
)


def left_schedule(view: View, _open: bool) -> Worth | None:
    """Article numbers, annexes and notes."""
    return left("left_schedule") if SCHEDULE.search(view) else None


# 三件事, 五个方面: how many points are to be made, not what is done
POINTS = Cue(
    r"(?:[一二两三四五六七八九十]|\d{1,2})(?:个方面|件(?:大|实)?事|方面|项(?:重点)?(?:工作|任务|举措|措施)|个(?:重点|关键)|篇文章|张牌|个(?:新)?(?:突破|提升|跨越|强化|转变|确保|坚持))$"
)
IN_PASSING = Cue(
    r"^(?:我|俺们?|咱|我家|他家|她家)(?![区县市们镇乡省国局委州旗院校办街方])|^(?:记者)?(?:走进|来到|走近|步入)[^，,]*$|工人[^，,]{0,6}(?:正忙|忙着)|"
    r"(?:项目|任务|工程|实事)(?:分别)?(?:是|为|如下)$|^待[^，,\d]{2,20}后[^，,\d]*$|[清明宋元唐汉晋隋][\u4e00-\u9fff]{1,4}年(?:间|[(（]\d)|^民国|公元前|^[现兹]将[^，,]*(?:如下|公[布示告]|印发[^，,]*)$|(?:以下|如下)[^，,\d]{0,8}(?:目标|任务|工作)$|^是(?:该|我|全)[区县市]|个赞|^[^，,]{0,8}阶段[（(][^（()）]*[)）]$|^在[^，,]{0,30}(?:仪式|会|现场|活动|讲话|座谈|发布会)上$|^[^，,]*\d+个[^，,]{0,12}(?:项目|企业|小区|村|事项|子项)中$|"
    r"(?:话题|议题|热点)$|^(?:围绕|针对|就|关于)[^，,]*问题$|^(?:这是|那是|从[^，,]{1,12}到)|(?:应到|实到|出席)[^，,]{0,8}\d+[名人]|的(?:加快|顺利|集中|正式|陆续|全面)?(?:实施|建设|落户|推进|开工|投产|投用|建成|落地|开通|通车|启用|举办)$|"
    r"早(?:建成|投产|开工|见效|落地|达产)|^(?:在谈|签约|开工|竣工|在建|续建|新建|意向)(?:项目)?(?:力争|争取|确保|早|快|尽快)[^，,\d]{0,8}$"
)
TILL_THEN = Cue(
    r"(?:建成|竣工|投产|通车|投用|开工|完工|达产|启用|开业|开通)(?:投产|投用|使用|运营|通车)?[后时]$"
)


def left_passing(view: View, _open: bool) -> Worth | None:
    """在开工仪式上, 抓好三件事, …项目的实施: what only leads on to what is said."""
    if IN_PASSING.search(view) or (POINTS.search(view) and len(view.figures) <= 1):
        return left("left_passing")
    if not view.figures and TILL_THEN.search(view):
        return left("left_passing")
    return None
