"""reading-rules.md: every rule that reads, what it means, and its example as the code reads it now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from docs.reference.making.markdown import NOTE, cell, code, page, table
from luodi.command_line.explain import KIND_NAMES, OUTCOMES
from luodi.command_line.wording import KINDS, show_due, show_figure
from luodi.reading.blocks.find import find_blocks
from luodi.reading.blocks.rules import RULES as BLOCK_RULES
from luodi.reading.figures import rules as figure_rules
from luodi.reading.figures.find import find_figures, survey
from luodi.reading.figures.stops import STOPS
from luodi.reading.formats import html
from luodi.reading.periods.find import EXAMPLE_DAY, example_of
from luodi.reading.periods.rules import RULES as PERIOD_RULES
from luodi.reading.periods.stops import StopRule
from luodi.reading.repair.driver import repair
from luodi.reading.repair.rules import RULES as REPAIR_RULES
from luodi.reading.statements.examples import DAY, REGION, read_example
from luodi.reading.statements.model import Statement
from luodi.reading.statements.rules import RULES as STATEMENT_RULES
from luodi.reading.statements.rules import Rule

CERTAINTIES = {"exact": "断定", "guessed": "推测", "lost": "已失"}
GROUPS = {"worth": "取不取", "kind": "种类", "due": "期限", "owner": "责任单位"}
RELATIONS = {"within": "期间", "by": "之前", "since": "以来", "from": "起"}


def registered() -> dict[str, list[str]]:
    """The names of all rules by the part of the page they stand in."""
    return {
        "repair": [rule.name for rule in REPAIR_RULES],
        "markup": [rule.name for rule in html.RULES],
        "blocks": [rule.name for rule in BLOCK_RULES],
        "figures": [rule.name for rule in figure_rules.RULES],
        "stops": [stop.name for stop in STOPS],
        "periods": [rule.name for rule in PERIOD_RULES],
        "statements": [rule.name for rule in STATEMENT_RULES],
    }


def write() -> str:
    """The page."""
    return page(
        [
            NOTE,
            "",
            "# 读取规则",
            "",
            "每个判断都出自一条有名字的规则；`bin/luodi read --explain` 和 JSON 里写的就是这些名字。例子由代码现读，不是手写的。",
            "词语见[用语对照](../words.md)；读得有多准，见[量一量读得准不准](../how-to/measure-reading.md)。",
            "",
            *_repair(),
            *_markup(),
            *_blocks(),
            *_figures(),
            *_periods(),
            *_statements(),
        ]
    )


def _repair() -> Iterator[str]:
    yield from ("## 修复", "", "只有确实损坏的页面才会改动；每处改动都有记录。推测和已失的字不进入数字。", "")
    rows = []
    for rule in REPAIR_RULES:
        repaired = repair(rule.example)
        used = [edit for edit in repaired.edits if edit.rule == rule.name]
        certainty = "、".join(dict.fromkeys(CERTAINTIES[edit.certainty] for edit in used))
        rows.append((code(rule.name), rule.meaning, certainty, cell(rule.example), cell(repaired.text)))
    yield from table(("规则", "意思", "把握", "例", "修成"), rows)


def _markup() -> Iterator[str]:
    yield from (
        "## 网页标记",
        "",
        "存下来的网页先去掉标记；去掉的都有记录，所以引文仍指向原来的网页。⏎ 是换行，⇥ 是制表符。",
        "",
    )
    rows = [
        (code(rule.name), rule.meaning, cell(rule.example), cell(html.strip_markup(rule.example).text))
        for rule in html.RULES
    ]
    yield from table(("规则", "意思", "例", "成为"), rows)


def _blocks() -> Iterator[str]:
    yield from ("## 块", "", "把一页分成正文与网页杂项。例是该规则判定的那一行。", "")
    rows = []
    for rule in BLOCK_RULES:
        decided = [block for block in find_blocks(rule.example) if block.rule == rule.name]
        shown = cell(_short(rule.example[decided[0].start : decided[0].stop])) if decided else ""
        kinds = "、".join(dict.fromkeys(KIND_NAMES[block.kind] for block in decided))
        rows.append((code(rule.name), cell(rule.meaning), kinds, shown))
    yield from table(("规则", "意思", "判为", "例"), rows)


def _figures() -> Iterator[str]:
    yield from ("## 数量", "", "### 读作数量", "")
    rows = []
    for rule in figure_rules.RULES:
        found = [figure for figure in find_figures(rule.example) if figure.rule == rule.name]
        shown = "；".join(f"{rule.example[f.start : f.stop]} = {f.number:f} {f.unit}" for f in found)
        rows.append((code(rule.name), rule.meaning, cell(rule.example), cell(shown)))
    yield from table(("规则", "意思", "例", "读作"), rows)
    yield from ("### 不是数量", "")
    rows = []
    for stop in STOPS:
        refused = [each for each in survey(stop.example)[1] if each.stop_name == stop.name]
        shown = "、".join(stop.example[each.start : each.stop] for each in refused)
        rows.append((code(stop.name), stop.meaning, cell(stop.example), cell(shown)))
    yield from table(("规则", "意思", "例", "不算的"), rows)


def _periods() -> Iterator[str]:
    yield from (
        "## 时间",
        "",
        f"例句说于 {EXAMPLE_DAY.isoformat()}。首末两天都算在内；“…”是文中没有说死的一头。",
        "",
    )
    rows = []
    for rule in PERIOD_RULES:
        shown = "；".join(
            f"{rule.example[period.start : period.stop]} = {period.since or '…'} 至 {period.until or '…'}"
            f"（{RELATIONS[period.relation]}）"
            for period in example_of(rule)
        )
        stops = "不读" if isinstance(rule, StopRule) and not shown else shown
        rows.append((code(rule.name), rule.meaning, cell(rule.example), cell(stops)))
    yield from table(("规则", "意思", "例", "读作"), rows)


def _statements() -> Iterator[str]:
    yield from ("## 条目", "", f"例句说于 {DAY.isoformat()} 的{REGION}。", "")
    for group, rules in groupby(STATEMENT_RULES, key=lambda rule: rule.group):
        yield from (f"### {GROUPS[group]}", "")
        rows = [
            (code(rule.name), cell(rule.meaning), cell(rule.example), cell(_read(rule))) for rule in rules
        ]
        yield from table(("规则", "意思", "例", "读作"), rows)


def _read(rule: Rule) -> str:
    """What reading the rule's example gives, as far as the rule had a say in it."""
    statements, decisions = read_example(rule)
    if rule.group == "worth":
        shown = [
            f"{OUTCOMES[decision.outcome]}：{rule.example[decision.start : decision.stop]}"
            for decision in decisions
            if decision.rule == rule.name
        ]
        shown += [_words(s, rule) for s in statements if s.rule == rule.name and not shown]
        return "；".join(shown)
    return "；".join(
        _words(s, rule)
        for s in statements
        if rule.name in (s.rule, s.kind_rule, s.owner_rule, s.due.rule if s.due else None)
    )


def _words(s: Statement, rule: Rule) -> str:
    words = rule.example[s.start : s.stop]
    if rule.group == "due":
        return f"{words}：{show_due(s.due)}"
    if rule.group == "owner":
        return f"{words}：{s.owner or '—'}"
    figures = "、".join(map(show_figure, s.figures))
    return f"{KINDS[s.kind]}：{words}" + (f"（{figures}）" if figures and rule.group == "worth" else "")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
