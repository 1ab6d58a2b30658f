"""All rules together: which one holds for a case, by the case's own day, place and kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import combinations
from types import MappingProxyType

from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.rule import Facts, Rule

NOTHING: Facts = MappingProxyType({})


class RuleBook:
    """Immutable. The more facts a rule names the closer it is; among equally close ones the district's own, then the later."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._named: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self._named.setdefault(rule.name, []).append(rule)

    def choose(self, name: str, *, on: dt.date, facts: Facts = NOTHING) -> Rule:
        """The rule ``name`` that holds on a day for a matter with these facts. Raises ``Refusal`` (``no-rule``)."""
        held = [rule for rule in self._named.get(name, ()) if rule.is_in_force(on) and rule.is_for(facts)]
        if not held:
            known = "有这条规则，但那天或这类事项不适用" if name in self._named else "没有这条规则"
            raise Refusal(
                "no-rule", f"{on.isoformat()}按“{name}”计时，{known}。请在规则里补上适用的一条，再办。"
            )
        return max(held, key=_closeness)

    def in_force(self, day: dt.date) -> list[Rule]:
        """Every rule valid on a day, the weakest evidence first, then by name."""
        weakness = {mark: place for place, mark in enumerate("○⚙◐✔")}
        held = (rule for rule in self.rules if rule.is_in_force(day))
        return sorted(held, key=lambda rule: (weakness[rule.evidence], rule.name, rule.effective_from))

    def clashes(self) -> list[tuple[Rule, Rule]]:
        """Pairs of which nobody could say which one holds: same name, reach and owner, valid on the same first day."""
        found = []
        for rules in self._named.values():
            for one, other in combinations(rules, 2):
                same = one.applies_to == other.applies_to and one.is_override is other.is_override
                if same and one.effective_from == other.effective_from:
                    found.append((one, other))
        return found


def _closeness(rule: Rule) -> tuple[int, bool, dt.date]:
    return (len(rule.applies_to), rule.is_override, rule.effective_from)
