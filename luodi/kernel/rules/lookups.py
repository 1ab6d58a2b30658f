"""The rules in force here: those that came with the program and the district's own, signed ones."""

from __future__ import annotations

from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.rule import Rule

_defaults: list[Rule] = []


def enter_defaults(rules: tuple[Rule, ...]) -> None:
    """Add the rules of one part of the program, when it starts. Raises ``ValueError`` where two could both hold."""
    clashes = RuleBook([*_defaults, *rules]).clashes()
    if clashes:
        one, _ = clashes[0]
        raise ValueError(f"two rules {one.name!r} begin on {one.effective_from} for the same matters")
    _defaults.extend(rules)


def default_names() -> frozenset[str]:
    """The names of rules that something asks for."""
    return frozenset(rule.name for rule in _defaults)


def rulebook() -> RuleBook:
    """Every rule, of every time. One query."""
    from luodi.kernel.rules.models import OwnRule  # the pure half of this package is used without a database
    from luodi.kernel.rules.reading import read_rules

    signed = OwnRule.objects.filter(signed_at__isnull=False, withdrawn_at=None).order_by("id")
    own = [
        rule for text in signed.values_list("text", flat=True) for rule in read_rules(text, is_override=True)
    ]
    return RuleBook([*_defaults, *own])
