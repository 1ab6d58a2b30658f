"""A statement as one JSON object: what ``read --format jsonl`` prints a line of. Keys never change their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from luodi.reading.document import Document
from luodi.reading.figures.find import figure_as_dict
from luodi.reading.keys import statement_key
from luodi.reading.statements.model import Due, Statement

# What each key holds, in the order of the keys; docs/reference/records.md is made from this.
FIELDS: dict[str, str] = {
    "key": "条目的键：由原文件摘要、起止位置、种类算出，换了读法也不变",
    "doc": "文件名，如命令行所给",
    "sha256": "文件字节的 SHA-256",
    "start": "在原文中的起点（按字数，从 0 起）",
    "end": "在原文中的终点（不含）",
    "quote": "原文 `source[start:end]`，一字不改，乱码与标记都在",
    "place_in_file": "在文件里的地方：`第3页第2段`、`表2第5行`、`工作表“任务”B12:D12`；纯文本和网页为 `null`",
    "text": "同一段话修复以后的样子",
    "kind": "`commitment` 承诺、`result` 成果、`status` 现状",
    "force": "力度：`pledged` `under_way` `expected` `urged` `achieved` `standing`，意思见[用语](../words.md)",
    "figures": "其中的数量，见下",
    "due": "期限（承诺）或所指的时期（成果、现状），见下；文中没有则为 `null`",
    "owner": "由谁来办；没有说则为 `null`",
    "place": "这一篇所说的区、县、市或镇；认不出则为 `null`",
    "object": "要办成或已办成的事物",
    "project": "项目的名称；不是有名称的项目则为 `null`",
    "damaged": "所在原文是否有未能断定的字；为真时须由人核对",
    "doubts": "未能断定的字，见下；没有则为空列表",
    "score": "可核查的把握，0 至 1",
    "rules": "作出判断的规则名：`statement` 为何取，`kind` 为何是这一种，`owner` 何以知道是谁",
    "published": "页上印的日期；没有则为 `null`",
    "speaks_of": "“今年”“年底”所依据的日期；转载时早于 `published`",
    "speaker": "讲话人",
    "speaker_post": "讲话人的职务",
    "issuer": "以谁的名义发布",
    "title": "标题",
}
FIGURE_FIELDS: dict[str, str] = {
    "start": "在原文中的起点",
    "end": "在原文中的终点（不含）",
    "number": "精确的十进制数，量级已展开（7.5亿 为 `750000000`）；百分数为百分号前的数",
    "unit": "单位，简体，不含量级（亿元 为 `元`）",
    "approx": "`about` 约、`at_least` 以上、`at_most` 以内、`more_than` 超；没有限定则为 `null`",
    "change": "`increase` 升、`decrease` 降：说的是变化；否则为 `null`",
    "end_of_range": "区间的两端各为一个数量：`low`、`high`；否则为 `null`",
    "rule": "认出它的规则名",
}
DUE_FIELDS: dict[str, str] = {
    "start": "首日；文中没有说死则为 `null`",
    "end": "末日（含）",
    "precision": "`day` `decade` `month` `quarter` `half` `year` `plan`：说到日、旬、月、季、半年、年还是规划期",
    "rule": "认出它的规则名",
}
DOUBT_FIELDS: dict[str, str] = {
    "start": "在原文中的起点",
    "end": "在原文中的终点（不含）",
    "certainty": "`guessed` 由上下文挑选；`lost` 无从得知",
    "replacement": "现在读作什么；无从得知的字为 `�`",
    "candidates": "可能是哪些",
}


def records(document: Document) -> Iterator[dict[str, Any]]:
    """The statements of ``document``, in text order, as JSON-ready objects; positions point into the source text."""
    for statement in document.statements:
        yield _record(document, statement)


def _record(document: Document, s: Statement) -> dict[str, Any]:
    start, stop = document.source_span(s.start, s.stop)
    frame = document.frame
    return {
        "key": statement_key(document.sha256, start, stop, s.kind),
        "doc": document.name,
        "sha256": document.sha256,
        "start": start,
        "end": stop,
        "quote": document.source[start:stop],
        "place_in_file": document.place_of(start, stop) or None,
        "text": document.text[s.start : s.stop],
        "kind": s.kind,
        "force": s.force,
        "figures": _figures(document, s),
        "due": _due(s.due),
        "owner": s.owner,
        "place": frame.region,
        "object": s.object,
        "project": s.project,
        "damaged": s.damaged,
        "doubts": list(_doubts(document, s)),
        "score": s.score,
        "rules": {"statement": s.rule, "kind": s.kind_rule, "owner": s.owner_rule},
        "published": frame.published.isoformat() if frame.published else None,
        "speaks_of": frame.speaks_of.isoformat() if frame.speaks_of else None,
        "speaker": frame.speaker,
        "speaker_post": frame.speaker_post,
        "issuer": frame.issuer,
        "title": frame.title,
    }


def _figures(document: Document, s: Statement) -> list[dict[str, Any]]:
    shapes = []
    for figure in s.figures:
        low, high = document.source_span(figure.start, figure.stop)
        shapes.append({**figure_as_dict(figure), "start": low, "end": high})
    return shapes


def _due(due: Due | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {
        "start": due.since.isoformat() if due.since else None,
        "end": due.until.isoformat(),
        "precision": due.precision,
        "rule": due.rule,
    }


def _doubts(document: Document, s: Statement) -> Iterator[dict[str, Any]]:
    """The guessed and lost characters of the statement; damage is known to the last layer, the repair."""
    *earlier, repaired = document.layers
    for edit in repaired.edits_within(s.start, s.stop):
        if edit.certainty == "exact":
            continue
        start, stop = edit.start, edit.stop
        for layer in reversed(earlier):
            start, stop = layer.source_span(start, stop)
        yield {
            "start": start,
            "end": stop,
            "certainty": edit.certainty,
            "replacement": edit.replacement,
            "candidates": list(edit.candidates),
        }
