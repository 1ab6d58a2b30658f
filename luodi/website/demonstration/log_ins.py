"""The log-ins of the demonstration: everybody's, printed on its log-in page. A real district has none of them."""

from __future__ import annotations

PASSWORD = "qinglan-2026"  # noqa: S105 (public on purpose; only where the district is invented)

# log-in name, what it is for
LOG_INS: tuple[tuple[str, str], ...] = (
    ("ducha", "督查室：复核、核实、退回"),
    ("fuhe", "政府办：复核条目、采纳承诺"),
    ("minzheng", "民政局：上报进展和完成"),
    ("zhujian", "住建局：上报进展和完成"),
    ("shuili", "水利局：上报进展和完成"),
    ("quzhang", "区长：看全区"),
    ("guanli", "系统管理员：单位、岗位、账号"),
)
