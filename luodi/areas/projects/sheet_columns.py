"""What a column of the project office's sheet means: the words that head it, its unit of money, its month. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from luodi.areas.projects.money import unit_named
from luodi.kernel.sheets.fields import FIELDS, Field, bare
from luodi.kernel.sheets.proposing import Proposal, propose
from luodi.kernel.sheets.table import Table

USE = "projects"
COLUMNS: tuple[Field, ...] = (
    Field("number", "序号", "序号 编号 No"),
    Field("code", "项目代码", "项目代码 代码 项目编码 投资项目代码 在线平台代码 统一代码"),
    Field("name", "项目名称", "项目名称 名称 工程名称 项目", is_required=True),
    Field("level", "项目级别", "项目级别 级别 重点级别 项目层级 层级 重点类别"),
    Field("industry", "行业代码", "行业代码 国标行业代码"),
    Field("owner", "项目单位", "项目单位 业主 业主单位 建设单位 项目业主 投资主体 项目法人"),
    Field("goal", "建设内容", "建设内容 建设内容及规模 主要建设内容 建设规模 建设规模及内容 建设规模及主要内容"),
    Field("stage", "项目阶段", "项目阶段 阶段 建设阶段 项目状态 建设性质 性质 项目类型"),
    Field("total", "总投资", "总投资 项目总投资 计划总投资 总投资额 投资总额 概算总投资 估算总投资"),
    Field("annual", "年度计划投资", "年度计划投资 年计划投资 年度计划 计划投资 当年计划投资 本年计划投资 全年计划"),
    Field("done_before", "累计完成投资", "累计完成投资 开工以来累计完成 至上年底累计完成投资 截至上年底累计完成"),
    Field("start", "开工时间", "开工时间 计划开工时间 开工日期 开工年月 拟开工时间"),
    Field("completion", "竣工时间", "竣工时间 计划竣工时间 竣工日期 建成时间 拟竣工时间 完工时间 计划完工时间"),
    Field("lead", "行业主管单位", "行业主管单位 行业主管部门 主管部门 牵头单位 牵头部门 主管单位"),
    Field("responsible", "责任单位", "责任单位 属地 属地单位 落地单位 落地镇街 责任主体 推进单位 包保单位"),
    Field("leader", "包联领导", "包联领导 包保领导 包抓领导 县级领导 区级领导 责任领导 挂包领导", is_taken=False),
    Field("person", "联系人", "联系人 联系电话 电话 联络员 责任人", is_taken=False),
    Field(
        "progress", "形象进度",
        "形象进度 进展情况 工程进度 当前进展 存在问题 堵点 完成投资 本年完成投资 完成率 占年度计划 是否纳统 纳统情况 入库情况",
        is_taken=False,
    ),
    Field("remark", "备注", "备注 说明 问题 建设地点 建设地址 地点", is_taken=False),
    *(Field(f"plan_{month}", f"{month}月计划", f"{month}月计划 {month}月份计划") for month in range(1, 13)),
    *(Field(f"plan_to_{month}", f"至{month}月累计计划", f"1至{month}月计划 至{month}月计划") for month in range(2, 13)),
    Field("told", "月完成", "月完成数", is_taken=False),
)  # fmt: skip
_CHINESE = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_MONTH = re.compile(r"(?:(1|一)(?:月)?(?:至|到|[-—–~～]))?(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月")
_UNIT = re.compile(r"[（(\[【]?(?:单位[:：]?)?\s*([千百]?[万亿億萬忆]?[元圆]?(?:人民币)?)\s*[）)\]】]")
_TITLE_UNIT = re.compile(r"单位\s*[:：]\s*([^\s，,；;）)]{1,6})")


def enter_columns() -> None:
    """Let the reading of sheets know this use. Called once, when the area starts."""
    FIELDS.setdefault(USE, COLUMNS)  # type: ignore[arg-type]


def propose_columns(table: Table, remembered: Mapping[int, str] | None = None) -> list[Proposal]:
    """A proposal for each column: as a person confirmed it before, as a month of the plan, else by its words."""
    found = propose(USE, table, remembered)  # type: ignore[arg-type]
    if remembered is not None:
        return found
    months: dict[str, int] = {}
    better = []
    for each in found:
        name = month_field(each.column.header)
        if name and (name == "told" or name not in months):
            months[name] = each.column.index
            better.append(replace(each, field=name, why=f"表头“{each.column.header}”"))
        else:
            better.append(replace(each, field="", why="不录") if each.field.startswith("plan_") else each)
    return better


def month_field(header: str) -> str:
    """The field of a column that is of a month: planned, planned since January, or told as done; empty for any other.

    >>> month_field("2026年分月计划（万元）/三月"), month_field("计划投资/1-9月"), month_field("完成投资/1-9月")
    ('plan_3', 'plan_to_9', 'told')
    """
    text = unicodedata.normalize("NFKC", header)
    match = _MONTH.search(re.sub(r"20[0-9]{2}年", "", text))
    if match is None or "时间" in text or "开工" in text:
        return ""
    if "计划" not in text:
        return "told"
    if re.search(r"完成|实际|支付|拨付", text):
        return "told"
    month = int(match[2]) if match[2].isdigit() else _CHINESE[match[2]]
    is_sum = bool(match[1]) or "累计" in text
    return f"plan_to_{month}" if is_sum and month > 1 else f"plan_{month}"


def money_unit(header: str, title: str) -> str:
    """The unit that a column's header names, else the one above the table; empty where neither does.

    >>> money_unit("总投资（亿元）", "单位：万元"), money_unit("总投资", "2026年重点项目 单位：万圆"), money_unit("总投资", "")
    ('亿元', '万元', '')
    """
    for match in _UNIT.finditer(unicodedata.normalize("NFKC", header)):
        if unit := unit_named(match[1]):
            return unit
    named = _TITLE_UNIT.search(unicodedata.normalize("NFKC", title))
    return unit_named(named[1]) if named else ""


def missing_columns(mapping: Mapping[int, str]) -> list[str]:
    """In Chinese, what a choice of columns still lacks for projects."""
    chosen = {name for name in mapping.values() if name}
    faults = []
    if not {"lead", "responsible"} & chosen:
        faults.append("还没有哪一列是“责任单位”或“行业主管单位”。")
    if any(name.startswith("plan_to_") for name in chosen) and any(
        name.startswith("plan_") and not name.startswith("plan_to_") and name != "plan_1" for name in chosen
    ):
        faults.append("分月计划和累计计划都选了，只能按一种读。请去掉一种。")
    return faults


def header_words() -> frozenset[str]:
    """Every word that heads a column of such a sheet, bare: for finding the header."""
    return frozenset(bare(word) for field in COLUMNS for word in field.words)
