"""The page with every decision and the named rule that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luodi.command_line.wording import FORCES, KINDS, NOT_SAID, show_due, show_figure
from luodi.command_line.wrapping import printable
from luodi.reading.blocks.kinds import Block
from luodi.reading.document import Document
from luodi.reading.edits import EditedText
from luodi.reading.statements.model import Decision, Statement

KIND_NAMES = {
    "title": "标题",
    "byline": "署名栏",
    "heading": "小标题",
    "paragraph": "段落",
    "question": "提问",
    "answer": "回答",
    "list_item": "列表项",
    "table_row": "表格行",
    "furniture": "网页杂项",
}
FIELD_NAMES = {
    "published": "印刷日期",
    "speaks_of": "说话日期",
    "region": "地点",
    "issuer": "发布单位",
    "speaker": "讲话人",
    "speaker_post": "职务",
    "title": "标题",
}
OUTCOMES = {"statement": "取", "joined": "并", "left": "略"}
CERTAINTIES = {"guessed": "推测", "lost": "已失"}
_LONGEST = 120


def explain(document: Document) -> Iterator[str]:
    """The lines of the explanation: where from, what was repaired, then block by block and clause by clause."""
    yield f"■ {printable(document.name)}"
    yield from _frame(document)
    yield from _edited(document)
    by_start = {s.start: s for s in document.statements}
    decisions = list(document.decisions)
    at = 0
    for block in document.blocks:
        yield f"\n【{KIND_NAMES[block.kind]}】〔{block.rule}〕"
        yield from _repairs(document.layers[-1], block)
        inside: list[Decision] = []
        while at < len(decisions) and decisions[at].start < block.stop:
            inside.append(decisions[at])
            at += 1
        if not inside:
            yield f"  {_short(document.text[block.start : block.stop])}"
        yield from _decisions(document, inside, by_start)
    yield ""


def _frame(document: Document) -> Iterator[str]:
    frame = document.frame
    errors = f"，{document.decoding_errors} 处无法解码" if document.decoding_errors else ""
    yield f"编码 {document.encoding}{errors}"
    yield from document.notes
    known = {
        "title": frame.title,
        "region": frame.region,
        "issuer": frame.issuer,
        "speaker": frame.speaker,
        "speaker_post": frame.speaker_post,
        "published": frame.published,
        "speaks_of": frame.speaks_of,
    }
    reasons = {field: (rule, start, stop) for field, rule, start, stop in frame.reasons}
    for field, value in known.items():
        line = f"{FIELD_NAMES[field]} {value or '未明'}"
        if field in reasons:
            rule, start, stop = reasons[field]
            line += f"  〔{rule}〕← “{_short(document.text[start:stop])}”"
        yield line


def _edited(document: Document) -> Iterator[str]:
    """How much was changed; of markup no more than that, for nobody wants to read a page's tags."""
    *markup, repaired = document.layers
    for layer in markup:
        yield f"网页标记去掉 {len(layer.edits)} 处"
    if repaired.edits:
        guessed = sum(edit.certainty != "exact" for edit in repaired.edits)
        yield f"乱码修复 {len(repaired.edits)} 处，其中未能断定 {guessed} 处；逐处列在各段之前"


def _repairs(repaired: EditedText, block: Block) -> Iterator[str]:
    """The repairs of one block: what the bytes determine in a line a rule, each guess in a line of its own."""
    certain: dict[str, list[str]] = {}
    for edit in repaired.edits_within(block.start, block.stop):
        change = f"{printable(repaired.source[edit.start : edit.stop])}→{printable(edit.replacement) or '（去掉）'}"
        if edit.certainty == "exact":
            certain.setdefault(edit.rule, []).append(change)
        else:
            maybe = "、".join(edit.candidates) or "任何字"
            yield f"  修 {change}  〔{edit.rule}〕{CERTAINTIES[edit.certainty]}，可能是 {maybe}"
    for rule, changes in certain.items():
        yield f"  修 {' '.join(changes)}  〔{rule}〕"


def _decisions(
    document: Document, decisions: Sequence[Decision], by_start: dict[int, Statement]
) -> Iterator[str]:
    for decision in decisions:
        words = printable(document.text[decision.start : decision.stop])
        yield f"  {OUTCOMES[decision.outcome]} {words}  〔{decision.rule}〕"
        statement = by_start.get(decision.start) if decision.outcome == "statement" else None
        if statement is not None:
            yield from _statement(document, statement)


def _statement(document: Document, s: Statement) -> Iterator[str]:
    start, stop = document.source_span(s.start, s.stop)
    damaged = "，含未能断定的字，待核" if s.damaged else ""
    place = f"（{printable(where)}）" if (where := document.place_of(start, stop)) else ""
    yield f"     → {KINDS[s.kind]} {FORCES[s.force]}〔{s.kind_rule}〕原文 [{start}:{stop}]{place}，把握 {s.score:.2f}{damaged}"
    yield f"       何事 {printable(s.object)}" + (f"；项目 {printable(s.project)}" if s.project else "")
    yield f"       何人 {s.owner or NOT_SAID}" + (f"〔{s.owner_rule}〕" if s.owner_rule else "")
    yield f"       何时 {show_due(s.due)}" + (
        f"〔{s.due.rule}〕← “{_short(document.text[s.due.start : s.due.stop])}”" if s.due else ""
    )
    for figure in s.figures:
        yield f"       数字 {show_figure(figure)} = {figure.number:f} {figure.unit}〔{figure.rule}〕"


def _short(text: str) -> str:
    flat = " ".join(printable(text).split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
