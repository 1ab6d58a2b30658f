"""The names that columns have in flattened tables of projects, tasks and indicators."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

ColumnKind = Literal["number", "group", "text", "amount", "unit", "person", "due", "remark"]

_YEAR = r"(?:20\d\d年?|本年度?|年度|当年|今年|全年|上年|“?十四五”?)?"
# kind, pattern of the whole cell; the first that matches wins
_SPELLINGS: tuple[tuple[ColumnKind, str], ...] = (
    ("number", r"序\s?号|编号|项目序号|项目编号|No\.?|项次"),
    (
        "group",
        r"类\s?别|项目类别|分\s?类|领域|所属领域|行业|所属行业|大类|类型|项目类型|指标类别|工程类别|一级指标|板块|属地|"
        r"辖区|区域",
    ),
    ("remark", r"备\s?注|说明|联系电话|监督电话|联系方式|联系人及电话"),
    (
        "person",
        rf"{_YEAR}(?:责任|分管|牵头|包联|包保|包抓|挂钩|联系|主管|挂包|督办|协办)(?:县|区|市|镇)?级?领导|责任人|负责人|"
        r"联系人|分管负责人|包保责任人|牵头(?:县|区|市)领导|(?:县|区|市)级(?:责任|牵头|包联)?领导|链长",
    ),
    (
        "unit",
        r"(?:主要|第一|[区县市镇]级|[区县市]直|行业)?(?:牵头|责任|配合|协办|协助|承办|主办|实施|建设|项目|业主|申报|主管|主责|落实|参与|协同|办理|"
        r"受理|具体承办)(?:责任|实施)?(?:单位|部门|主体|机构)(?:及责任人)?|(?:承办|责任)(?:科室|镇街|乡镇)|单位名称|"
        r"部门|单位|实施主体|责任主体|项目业主|业主|镇街|乡镇|(?:牵头|责任)(?:单位|主体)[及与和](?:配合|责任|协同|协办)单位",
    ),
    (
        "due",
        rf"{_YEAR}(?:计划|预计|拟|要求|目标)?(?:完成|办结|办理|竣工|建成|开工|整改|实施|投产|竣工投产|开竣工|建设|"
        r"推进|完工|投用|投入使用|交付|落实|达产|启动|施工|通车|开通)?(?:时\s?限|时\s?间|期\s?限|日期|节点|时间节点|年限|年月|周期|起止年[限月]|起止时间|工期|时间表)(?:要求)?|(?:计划|预计)(?:完工|竣工|完成|开工|投用)|(?:进度|时序|完成)要求|(?:时间|进度|时序|节点)安排|(?:时间|序时|计划)进度|(?:进度|推进)计划|完成进度|何时完成",
    ),
    (
        "amount",
        rf"{_YEAR}(?:项目|计划|预计|拟|估算|累计|已|完成|实际)*(?:总?投资|资金|投入|金额|规模资金|产值)(?:额|金额|概算|估算|"
        rf"规模|计划|来源)?(?:[（(].{{1,6}}[)）])?|计量单位|数量|增速|占比|{_YEAR}(?:目标值|完成值|预期值|实际值|基期值)|"
        rf"(?:办结|满意|完成|按时办结|回复|接通|解决)率.{{0,4}}|(?:受理|办结|派单|交办|超期|不满意|接收)(?:量|数|件数)?",
    ),
    (
        "text",
        rf"(?:{_YEAR}(?:民生|重点|主要|工作|项目|建设|实施|具体|年度|改革|实事|办理|验收|指标|事项|任务|目标|计划|进展|进度|形象|"
        r"推进|当前|完成|现阶段|目前|阶段性?|工程|整改|问题|措施|预期|服务|牵头|督查|月份?|"
        rf"\d{{1,2}}[-—至]?\d{{0,2}}月份?|及|与|和|、)*"
        r"(?:名称|内容|规模|地点|地址|选址|位置|目标|任务|事项|举措|措施|要点|项目|实事|工程|要求|标准|性质|属性|进度|"
        r"进展|情况|成效|成果|指标|节点安排|计划|问题|诉求|摘要|工作|目标与任务|内容及规模|规模及内容|规模和内容|"
        r"内容和规模|完成情况|进展情况|安排)|属性|性质)"
        r"(?:[（(].{1,8}[)）])?",
    ),
)
_COLUMNS = tuple((kind, re.compile(spelling)) for kind, spelling in _SPELLINGS)
_STRONG = re.compile(
    r"序\s?号|(?:项目|实事|事项|任务|指标|工作)名称|(?:建设|项目|工作|实施|主要|具体|实事|年度)(?:内容|规模|任务)|"
    r"(?:责任|牵头|配合|实施|承办|主办)(?:单位|部门|主体)|(?:完成|办结|建成|竣工)(?:时限|时间|期限)|目标任务|"
    r"工作任务|总投资"
)
_TERM = re.compile(
    r"序号|项目名称|项目类别|类别|民生实事|实事名称|实事内容|实事项目|工作任务|目标任务|重点任务|主要任务|年度目标|"
    r"年度任务|建设规模及内容|建设内容及规模|主要建设内容|建设内容|建设规模|项目内容|工作内容|主要内容|具体内容|"
    r"建设性质|建设地点|实施地点|"
    r"建设年限|起止年限|总投资|计划总投资|年度计划投资|20\d\d年计划投资|年度投资|计划投资|牵头责任单位|牵头单位|"
    r"牵头部门|责任单位|责任部门|配合单位|实施单位|建设单位|实施主体|责任领导|分管领导|牵头领导|责任人|完成时限|"
    r"完成时间|办结时限|时间节点|进展情况|完成情况|推进措施|具体措施|备注|指标名称|单位|属性|任务|项目|内容"
)
GLUED = re.compile(rf"(?:(?:{_TERM.pattern})(?:\((?:万|亿)元\))?[\s|]*){{3,}}")
_LONGEST = 22
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def column_kind(cell: str) -> ColumnKind | None:
    """What a header cell's column holds, or ``None`` where ``cell`` names no column.

    >>> column_kind("责任单位"), column_kind("新建公厕5座")
    ('unit', None)
    """
    squeezed = _SPACE.sub("", cell)
    if not 1 < len(squeezed) <= _LONGEST:
        return None
    for kind, pattern in _COLUMNS:
        if pattern.fullmatch(squeezed):
            return kind
    return None


def is_strong(cell: str) -> bool:
    """Whether ``cell`` is a column name that running text and menus do not have on a line of its own."""
    return bool(_STRONG.fullmatch(_SPACE.sub("", cell)))


def has_strong(text: str) -> bool:
    """Whether a strong column name stands anywhere in ``text``."""
    return bool(_STRONG.search(text))
