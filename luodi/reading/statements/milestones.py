"""Clauses that only say when the thing just spoken of is to be ready, or how it is gone about till then.

They have no subject of their own: before the day stand small words alone, behind it only what becomes of the thing.
"""

from __future__ import annotations

import re

from luodi.reading.cued import Cue
from luodi.reading.statements.left import Worth
from luodi.reading.statements.view import View

_LONGEST = 18
_BECOMES = (
    "投用|投入使用|投入(?:试)?运[行营]|投产|投运|投放|竣工|完工|建成|交付|移交|通车|开工|启用|完成|封顶|开业|开园|开馆|开街|开课|"
    "开放|营业|运营|运行|使用|招生|办结|销号|清零|消除|整改|整治|验收|到位|到岗|落地|落实|见效|达标|全覆盖|并网|上线|挂牌|"
    "上路|贯通|通水|通气|通电|供水|供气|供暖|亮灯|发放|兑现|兑付|配备|配齐|安装|铺设|改造|建设|施工|修复|更新|升级|绿化|搬迁|"
    "回迁|入住|交房|招聘|培训|筛查|体检|采购|调试|迎客|开学|发挥(?:作用|效益)|完毕"
)
IS_READY = Cue(f"(?:{_BECOMES})")
_ONLY_HOW = re.compile(
    r"(?:目前|现|并|将|预计|计划|力争|确保|争取|拟|有望|可|要求?|于|在|到|至|、|均|全部|整体|其|该|(?:改造|建设|主体)?(?:工程|项目)|时间为)*"
)
_HOW = (
    r"前|之前|可|将|能|要|实现|力争|确保|计划|预计|整体|部分|一期|首批|如期|按期|按时|陆续|逐步|同步|率先|对外|免费|(?:面向|向)(?:市民|社会|"
    r"群众|公众|游客|全区|全县)|达到|具备|全线|全面|基本|正式|全部|均|主体|开始|通过|条件|并|和|组织|高标准|高质量|保质保量|圆满|项目|工程量?|(?:年度|全年|目标|各项|全部)?(?:任务|内容|工作)|、"
)
# behind the day only how and what becomes of it; 年底前新馆开放 has a subject of its own
_NO_SUBJECT = re.compile(rf"[，,]?(?:{_HOW})*(?:{_BECOMES})(?:{_HOW}|{_BECOMES})*")
# 3月启动，一季度完成选址，…: how a deed is gone about, before it is done
_STEP = re.compile(
    r"[^，,]{0,14}?(?:全面|正式)?(?:(?:启动|开始)(?:建设|实施|施工|改造)?|(?:完成|开展|启动|做好|办结|办理)(?:项目|工程)?"
    r"(?:选址|选点|设计|方案|招标|招投标|立项|前期(?:工作|手续)?|勘察|可研|方案(?:设计|编制)|征地(?:拆迁)?|摸底(?:调查|排查)?|调研|审批|采购|施工图|设备安装)+)$"
)


def joins_step(view: View, is_open: bool) -> Worth | None:
    """一季度完成选址，二季度启动建设: the way to the thing just spoken of, in a plan."""
    if not is_open or len(view.words) > _LONGEST or not view.periods:
        return None
    if view.direction != "ahead" or view.figures:
        return None
    return Worth("joined", "joins_step", 0.0) if _STEP.fullmatch(view.words) else None


def joins_milestone(view: View, is_open: bool) -> Worth | None:
    """计划2026年底投用: when the thing just spoken of is to be ready."""
    if not is_open or len(view.words) > _LONGEST or not view.periods or view.figures:
        return None
    if not IS_READY.search(view):
        return None
    before = view.text[view.start : view.periods[0].start]
    if not _ONLY_HOW.fullmatch(before) or not _NO_SUBJECT.fullmatch(
        view.text, view.periods[-1].stop, view.stop
    ):
        return None
    return Worth("joined", "joins_milestone", 0.7)


def only_says_when(view: View) -> bool:
    """Whether a clause of a plan has nothing but a day and what becomes of the thing spoken of before, or a step towards it."""
    if view.direction != "ahead":
        return False
    return joins_milestone(view, True) is not None or joins_step(view, True) is not None
