"""The rules by which a promise's light is lit: dated rows of ``rules.toml``, first match from the top."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Colour = Literal["red", "amber", "green", "paused"]
COLOUR_WORDS: dict[str, str] = {"red": "红灯", "amber": "黄灯", "green": "绿灯", "paused": "停表"}
TESTS = ("always", "since", "behind", "no_news")
NEWS_RHYTHM_DAYS = 90  # the board's “久未更新”; the same limit as in rule promise-no-news, checked by a test
_FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``points`` are percentage points, ``days`` and ``within_days`` calendar days; validity days are included."""

    name: str
    light: Colour
    test: str
    title: str
    applies_to: tuple[str, ...]
    source_title: str
    article: str
    evidence: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    days: int | None = None
    points: int | None = None
    within_days: int | None = None

    def words(self) -> str:
        """The light spoken whole: 红灯。过了期限，还没有报完成（落地承诺亮灯默认规则第一条）"""
        return f"{COLOUR_WORDS[self.light]}。{self.title}（{self.source_title}{self.article}）"


def read_rules(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Rules from plain rows. Raises ``ValueError`` naming the rule and what is wrong with it."""
    rules = []
    for row in rows:
        rule = Rule(**{**row, "applies_to": tuple(row.get("applies_to", ()))})
        if rule.light not in get_args(Colour) or rule.test not in TESTS:
            raise ValueError(f"rule {rule.name!r}: light {rule.light!r} or test {rule.test!r} is unknown")
        needed = {"since": rule.days, "no_news": rule.days, "behind": rule.points, "always": 0}[rule.test]
        if needed is None:
            raise ValueError(f"rule {rule.name!r}: its test {rule.test!r} lacks its number")
        rules.append(rule)
    return tuple(rules)


@cache
def default_rules() -> tuple[Rule, ...]:
    """The rows of ``rules.toml``, in their order."""
    return read_rules(tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"])


def rules_on(day: dt.date, rules: Sequence[Rule] | None = None) -> tuple[Rule, ...]:
    """The rules in force on ``day``."""
    given = default_rules() if rules is None else rules
    return tuple(
        rule
        for rule in given
        if rule.effective_from <= day and (rule.effective_to is None or day <= rule.effective_to)
    )


@cache
def rule_named(name: str) -> Rule:
    """The rule of that name. Raises ``LookupError``."""
    for rule in default_rules():
        if rule.name == name:
            return rule
    raise LookupError(f"no rule {name!r} for lights")
