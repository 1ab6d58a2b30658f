"""Reading the example of a rule, for the reference page and the test that every example shows its rule."""

from __future__ import annotations

import datetime as dt

from luodi.reading.blocks.find import Block, find_blocks
from luodi.reading.frame.find import Frame
from luodi.reading.statements.driver import find_statements
from luodi.reading.statements.model import Decision, Statement
from luodi.reading.statements.rules import Rule

# the examples are spoken on this day, in this district
DAY = dt.date(2026, 10, 12)
REGION = "青石区"
OFFICE = "青石区教育局"


def read_example(rule: Rule) -> tuple[list[Statement], list[Decision]]:
    """The statements and decisions of ``rule.example``; one line is a paragraph, several are a page."""
    text = rule.example
    blocks = find_blocks(text) if "\n" in text else [Block(0, len(text), "paragraph", "example")]
    day = DAY if rule.dated else None
    frame = Frame(
        published=day,
        speaks_of=day,
        region=None if rule.name == "own_words" else REGION,
        issuer=OFFICE if rule.name == "office_writes" else None,
    )
    return find_statements(text, blocks, frame)


def rules_shown(rule: Rule) -> set[str]:
    """The names of all rules that had a say in the example."""
    statements, decisions = read_example(rule)
    shown = {d.rule for d in decisions}
    for s in statements:
        shown |= {s.rule, s.kind_rule, s.owner_rule or "", s.due.rule if s.due else ""}
    return shown
