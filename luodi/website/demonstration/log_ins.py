"""The log-ins of the demonstration: everybody's, printed on its log-in page. A real district has none of them."""

from __future__ import annotations

from typing import NamedTuple

PASSWORD = "qinglan-2026"  # noqa: S105 (public on purpose; only where the district is invented)


class LogIn(NamedTuple):
    """A log-in name, who comes in by it, its role (``accounts.models.Grant.ROLES``) and what one can do there."""

    name: str
    who: str
    role: str
    can: str


# each role once, those that a newcomer tries first on top; more log-ins of the same roles are in district.toml
LOG_INS: tuple[LogIn, ...] = (
    LogIn("minzheng", "区民政局，养老服务科科长", "reporter", "报自己单位的进展和完成，附照片和材料"),
    LogIn("shenji", "区审计局，审计科科长", "verifier", "核实别的单位报的完成，属实的通过，不实的退回"),
    LogIn("fuhe", "区政府办，信息科科长", "reviewer", "收进文件，复核读出的条目，采纳成承诺"),
    LogIn("ducha", "督查室，督查科科长", "office", "督办全区：复核、核实、改目标、结转、答复群众意见"),
    LogIn("quzhang", "区长", "leader", "看全区：哪些逾期，哪些只报未核，哪些改了口"),
    LogIn("guanli", "大数据中心，系统运维科科长", "administrator", "管单位、岗位和账号"),
)
