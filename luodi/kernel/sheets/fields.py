"""What a column of an office's sheet may mean, for each use of a sheet, and the words that head such columns.

The words are those of office practice (domain reference §16 and the glossary); a header that is none of them is for a person
to place. Fields that hold a person's data, or what is not taken over, are known too, so that nobody has to wonder.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Use = Literal["promises", "register", "progress"]


@dataclass(frozen=True, slots=True)
class Field:
    """``headers``, with blanks between, head such a column; ``is_taken`` is false for what is recognised and left alone."""

    name: str
    label: str
    headers: str
    is_required: bool = False
    is_taken: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """Each header."""
        return tuple(self.headers.split())


PROMISES: tuple[Field, ...] = (
    Field("number", "序号", "序号 编号 任务编号 项目编号 No 序列"),
    Field(
        "title",
        "任务",
        "任务 工作任务 重点任务 任务名称 任务事项 重点工作 工作事项 事项名称 事项 重点事项 目标任务 主要任务 任务内容 改革任务"
        " 实事名称 项目名称 重点工作任务 工作目标任务 任务清单 承诺事项 具体任务 实事项目 年度任务",
        is_required=True,
    ),
    Field(
        "detail",
        "具体内容",
        "具体内容 工作内容 主要内容 具体举措 工作举措 工作措施 具体措施 主要措施 建设内容 建设内容及规模 工作要求 任务分解"
        " 细化措施 推进措施 落实措施 具体工作 整改措施",
    ),
    Field(
        "target",
        "目标",
        "目标 年度目标 工作目标 预期目标 目标要求 年度计划 完成标准 预期成效 量化目标 工作标准",
    ),
    Field("amount", "目标数", "目标值 目标数 计划数 任务数 数量 指标值"),
    Field("amount_unit", "计量单位", "计量单位 数量单位"),
    Field("lead", "牵头单位", "牵头单位 牵头部门 主办单位 主责单位 牵头责任单位 第一责任单位 承办单位"),
    Field("duty", "责任单位", "责任单位 责任部门 落实单位 实施单位 责任主体 完成单位 承担单位 单位"),
    Field(
        "help",
        "配合单位",
        "配合单位 配合部门 协办单位 协同单位 参与单位 协作单位 参加单位 配合责任单位 协助单位",
    ),
    Field(
        "due",
        "完成时限",
        "完成时限 时限 完成时间 办结时限 完成期限 期限 时间节点 计划完成时间 时限要求 要求完成时间 整改时限 完成时间节点"
        " 进度安排 时间安排 截止时间 完成日期 办理时限 完成时限要求",
    ),
    Field("topic", "类别", "类别 领域 任务类别 分类 板块 工作类别 所属领域 专项"),
    Field(
        "leader",
        "责任领导",
        "责任领导 分管领导 牵头领导 包保领导 区级领导 县级领导 市级领导 责任区领导 挂包领导",
        is_taken=False,
    ),
    Field(
        "person",
        "责任人、电话",
        "责任人 联系人 联系电话 电话 联系方式 具体责任人 联络员 经办人",
        is_taken=False,
    ),
    Field(
        "progress",
        "进展情况",
        "进展情况 进展 工作进展 目前进展 完成情况 推进情况 是否完成 存在问题 下步打算",
        is_taken=False,
    ),
    Field("remark", "备注", "备注 说明 问题", is_taken=False),
)

REGISTER: tuple[Field, ...] = (
    Field("number", "序号", "序号 编号", is_taken=False),
    Field(
        "unit",
        "单位名称",
        "单位名称 单位 单位全称 工作单位 所在单位 部门 部门名称 机构名称",
        is_required=True,
    ),
    Field("short_name", "单位简称", "单位简称 简称"),
    Field("kind", "单位类别", "单位类别 单位性质 类别 单位类型 机构类型"),
    Field("above", "上级单位", "上级单位 主管单位 主管部门 隶属单位 隶属 上级部门"),
    Field("credit_code", "统一社会信用代码", "统一社会信用代码 社会信用代码 信用代码"),
    Field("post", "岗位", "岗位 岗位名称 职务 职位 现任职务 单位职务"),
    Field("is_leader", "是否领导岗位", "是否领导 是否领导岗位 领导岗位 是否主要负责人"),
    Field("person", "姓名", "姓名 人员 人员姓名 名字 负责人姓名"),
    Field("phone", "手机", "手机 手机号 手机号码 联系电话 电话 联系方式 移动电话"),
    Field("login", "登录名", "登录名 用户名 账号 登录账号"),
    Field("role", "角色", "角色 系统角色 权限"),
    Field("since", "任职日期", "任职日期 任职时间 到任时间 任现职时间"),
    Field("remark", "备注", "备注 说明 问题 性别 身份证号 出生年月", is_taken=False),
)

# the month's progress: one row a promise, with what was reached by a day
PROGRESS: tuple[Field, ...] = (
    Field("id", "承诺编号", "承诺编号"),
    Field("number", "序号", "序号 编号 任务编号 项目编号 No", is_taken=False),
    Field(
        "title",
        "承诺",
        "承诺 承诺事项 任务 工作任务 重点任务 任务名称 任务事项 重点工作 工作事项 事项名称 事项 重点事项 目标任务 主要任务"
        " 任务内容 实事名称 项目名称 实事项目 年度任务",
    ),
    Field(
        "lead",
        "牵头单位",
        "牵头单位 牵头部门 主办单位 主责单位 牵头责任单位 责任单位 责任部门 单位",
        is_taken=False,
    ),
    Field("target", "目标", "目标 年度目标 工作目标 目标值 目标数 计划数 任务数", is_taken=False),
    Field("unit", "计量单位", "计量单位 数量单位"),
    Field("last", "上次的数", "上次完成数 上次截至 上期完成数 上月完成数 上月累计", is_taken=False),
    Field(
        "amount",
        "完成数",
        "本次完成数 完成数 累计完成 累计完成数 完成量 累计完成量 实际完成 实际完成数 目前完成 目前完成数 本月累计",
    ),
    Field("as_of", "截至日", "截至日 截至日期 数据截至 数据日期 统计截止 统计日期 截止日期"),
    Field("note", "进展说明", "进展说明 进展情况 进展 工作进展 目前进展 推进情况 完成情况"),
    Field(
        "remark",
        "备注",
        "备注 说明 问题 存在问题 下步打算 联系人 联系电话 责任人 完成时限 时限",
        is_taken=False,
    ),
)

FIELDS: dict[Use, tuple[Field, ...]] = {"promises": PROMISES, "register": REGISTER, "progress": PROGRESS}
_ASIDE = re.compile(r"[（(\[【].*?[）)\]】]")
_SIGNS = re.compile(r"[\s\u3000、，,。:：;；*※·/\-—_|（）()\[\]【】“”\"'．.]")


def bare(header: str) -> str:
    """A header without blanks, line ends, signs and remarks in brackets.

    >>> bare("完 成\\n时　限"), bare("牵头单位（第一个为主）"), bare("*责任单位：")
    ('完成时限', '牵头单位', '责任单位')
    """
    text = unicodedata.normalize("NFKC", header)
    return _SIGNS.sub("", _ASIDE.sub("", text)) or _SIGNS.sub("", text)


def field_of(use: Use, name: str) -> Field:
    """The field of this name. Raises ``LookupError``."""
    for field in FIELDS[use]:
        if field.name == name:
            return field
    raise LookupError(f"no field {name!r} for {use}; known are {', '.join(f.name for f in FIELDS[use])}")


def known_headers() -> frozenset[str]:
    """Every word that heads a column, for any use, bare."""
    return _KNOWN


def fields_headed(use: Use, header: str) -> list[Field]:
    """The fields whose words are exactly this header."""
    wanted = bare(header)
    return [field for field in FIELDS[use] if any(bare(word) == wanted for word in field.words)]


_KNOWN = frozenset(bare(word) for fields in FIELDS.values() for field in fields for word in field.words)
