"""From blocks to statements: walk the article once; headings and questions set what holds, prose and rows state."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from luodi.reading.blocks.find import Block
from luodi.reading.frame.find import Frame
from luodi.reading.statements.context import Context
from luodi.reading.statements.model import Decision, Statement
from luodi.reading.statements.notes import give_dues
from luodi.reading.statements.owners import give_to_units
from luodi.reading.statements.prose import Paragraph
from luodi.reading.statements.rows import statement_of_row

_SENTENCE_END = re.compile(r"[；;。]")
# 1．优化停车供给。…: a numbered heading that runs into its text
_RUN_IN = re.compile(
    r"\s*(?:\d{1,2}\s*[.．、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)[^。；;，,：:\d\n]{4,22}。(?=[^\n])"
)
# a labelled record with this many sentences tells of progress rather than setting a task
_TELLS = 3


def find_statements(
    text: str, blocks: Sequence[Block], frame: Frame
) -> tuple[list[Statement], list[Decision]]:
    """The statements of the article in text order, not overlapping, and every clause's decision."""
    text = _unglued(text, blocks)
    context = Context.of(text, blocks, frame)
    statements: list[Statement] = []
    decisions: list[Decision] = []
    without_unit = 0  # index of the first statement that a （责任单位：…） behind it may still claim
    last_task = 0  # index of the first statement of the paragraph that a 完成时限：… below may still date
    for block in blocks:
        if block.kind == "heading":
            context.enter_section(block)
            without_unit = last_task = len(statements)
        elif block.kind == "question":
            context.enter_question(block)
            last_task = len(statements)
        elif block.kind == "table_row" and not _is_report(context, block):
            last_task = len(statements)
            _read_row(context, block, statements, decisions)
        elif block.kind in ("paragraph", "answer", "list_item", "table_row"):
            begun = len(statements)
            Paragraph(context, statements, decisions).read(block)
            if not give_dues(context, block, statements, begun, last_task):
                last_task = begun
            without_unit = give_to_units(text, block, statements, without_unit, begun)
    return statements, decisions


# 3.6月底前完成…: the number of an item run together with the day that opens it
_GLUED = re.compile(r"\d{1,2}[.．](?=(?:20\d\d年|1?\d月))")
# 3.新增床位300张；4.6月底前建成…
_GLUED_INSIDE = re.compile(r"(?<=[；;。：:])\d{1,2}[.．](?=1?\d月)")


def _unglued(text: str, blocks: Sequence[Block]) -> str:
    """The text with a stop between an item's number and the day behind it; as long as before, so that places hold."""
    prose = [block for block in blocks if block.kind in ("paragraph", "list_item", "answer")]
    cuts: list[int] = []
    for block in prose:
        opened = _GLUED.match(text, block.start, block.stop)
        inside = _GLUED_INSIDE.finditer(text, block.start, block.stop)
        cuts.extend(found.end() - 1 for found in (opened, *inside) if found)
    if not cuts:
        return text
    pieces = [text[start + 1 : stop] for start, stop in itertools.pairwise([-1, *cuts, len(text)])]
    return "。".join(pieces)


def _read_row(context: Context, block: Block, statements: list[Statement], decisions: list[Decision]) -> None:
    statement = statement_of_row(context, block)
    if statement is None:
        decisions.append(Decision(block.start, block.stop, "left", "row_without_content"))
        return
    statements.append(statement)
    decisions.append(Decision(statement.start, statement.stop, "statement", statement.rule))


def _is_report(context: Context, block: Block) -> bool:
    """Whether a labelled record (内容…责任单位：…) tells of progress in sentences: prose with a unit behind it."""
    if block.rule != "table_labels":
        return False
    if _RUN_IN.match(context.text, block.start, block.stop):
        return True
    ends = _SENTENCE_END.findall(context.text, block.start, block.stop)
    return context.direction == "back" or len(ends) >= _TELLS
