"""records.md: what one JSON object holds, with an example read by the code."""

from __future__ import annotations

import json

from docs.reference.making.markdown import NOTE, code, page, table
from luodi.command_line.parquet import COLUMNS
from luodi.command_line.records import DOUBT_FIELDS, DUE_FIELDS, FIELDS, FIGURE_FIELDS, records
from luodi.reading.reader import read

EXAMPLE = "青岚区2026年重点工作\n发布时间：2026-03-05\n　　今年，全区新建口袋公园5个，完成投资3.2亿元。\n"
PARTS = (
    ("`figures` 里的一项", FIGURE_FIELDS),
    ("`due`", DUE_FIELDS),
    ("`doubts` 里的一项", DOUBT_FIELDS),
)


def write() -> str:
    """The page."""
    record = next(records(read(EXAMPLE.encode("utf-8"), "页面.txt")))
    lines = [
        NOTE,
        "",
        "# 条目的 JSON",
        "",
        "`bin/luodi read --format jsonl` 每条输出一行，键的次序与意思不变；以后只会加键。"
        "位置按字数（Unicode 码位）计，从 0 起，含首不含尾，指向解码后未经改动的原文，所以 `source[start:end]` 就是 `quote`。",
        "",
        *_table(FIELDS),
    ]
    for heading, fields in PARTS:
        lines += [f"## {heading}", "", *_table(fields)]
    lines += [
        "## 例",
        "",
        "读这样一页：",
        "",
        "```text",
        EXAMPLE.rstrip("\n"),
        "```",
        "",
        "得到（为便于看，分了行）：",
        "",
    ]
    lines += ["```json", json.dumps(record, ensure_ascii=False, indent=2), "```", ""]
    lines += [
        "## Parquet",
        "",
        "`bin/luodi read --format parquet` 的列与上面的键相同，次序也相同；日期成为 DATE，其余的空仍为空。类型按 DuckDB 的写法：",
        "",
        *table(("列", "类型"), [(code(name), code(form.replace('"', ""))) for name, form in COLUMNS.items()]),
    ]
    return page(lines)


def _table(fields: dict[str, str]) -> list[str]:
    return table(("键", "意思"), [(code(name), meaning) for name, meaning in fields.items()])
