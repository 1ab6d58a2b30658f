"""Every rule about statements has an example, and the example shows it."""

from __future__ import annotations

import inspect
import re

import pytest

from luodi.reading.statements import kinds, worth
from luodi.reading.statements.examples import rules_shown
from luodi.reading.statements.rules import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.group}-{rule.name}")
def test_the_example_of_a_rule_shows_it(rule: Rule) -> None:
    assert rule.name in rules_shown(rule)


def test_every_rule_that_the_code_names_is_registered() -> None:
    named = set()
    for module in (worth, kinds):
        source = inspect.getsource(module)
        named |= set(re.findall(r'Worth\("(?:statement|joined|left)", "(\w+)"', source))
        named |= set(re.findall(r'_left\("(\w+)"\)', source))
        named |= set(re.findall(r'return "(?:commitment|result|status)", "(\w+)"', source))
        named |= set(re.findall(r'\("(?:status|result)", "(\w+)"\)', source))
    assert named
    assert named <= {rule.name for rule in RULES}
