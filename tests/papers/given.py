"""A paper with one of everything, as the tests hand it to the three writers."""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image

from luodi.papers.paper import (
    Facts,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Receipt,
    Signed,
    Table,
)

LONG_UNIT = "青岚区重点项目建设和优化营商环境工作领导小组办公室（区政府督查室、区目标绩效考核中心、区一体化综合指挥调度中心）"
LONG_ADDRESS = "https://example.invalid/" + "".join(f"step{number}/" for number in range(30))
DAY = dt.date(2026, 9, 22)


def picture() -> bytes:
    """A small red square."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (179, 38, 30)).save(kept, "PNG")
    return kept.getvalue()


def whole_paper(rows: int = 3) -> Paper:
    """Every sort of block once, a table of ``rows`` rows."""
    table = Table(
        "承诺事项",
        ("序号", "事项", "牵头单位", "期限"),
        tuple(
            (str(number), f"第{number}件：新建乡镇二级站", LONG_UNIT, "2026年12月31日")
            for number in range(1, rows + 1)
        ),
        widths=(1, 4, 4, 3),
    )
    return Paper(
        title="督办通知单",
        day=DAY,
        office="青岚区人民政府督查室",
        number="编号：999001202609220001",
        dated="2026年9月22日",
        foot="以系统里的登记为准",
        blocks=(
            Facts((("名称", "农村客运站建设"), ("承办单位", LONG_UNIT))),
            Paragraph(
                "请你单位按照要求抓好落实，并于期限前书面反馈办理情况。\n逾期未反馈的，按有关规定处理。"
            ),
            Heading("一、督办事项"),
            Heading("（一）承诺", 2),
            table,
            Table("无下文的", ("事项", "日期"), ()),
            Items(
                (
                    f"先办手续 {LONG_ADDRESS}",
                    "再开工",
                ),
                is_numbered=True,
            ),
            Items(("现场照片", "批复文件")),
            Picture(picture(), "一块红色方块", 40),
            PageBreak(),
            Signed("青岚区人民政府督查室", "2026年9月22日"),
            Receipt(("签收单位（盖章）", "签收岗位", "签收日期")),
            Paragraph("本单一式两份。", is_note=True),
        ),
    )
