"""The rules in force here: those that came with the program and the district's own, signed ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Exists, QuerySet

from luodi.kernel.ledger.action import once
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.reading import read_rules
from luodi.kernel.rules.rule import Rule

if TYPE_CHECKING:
    from luodi.kernel.rules.models import OwnRule

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


def own_rules_exist() -> Exists:
    """Whether the district has signed any rule of its own: to be asked along with something else that is asked anyway."""
    return Exists(_own_rules())


def rulebook(*, has_own: bool = True) -> RuleBook:
    """Every rule, of every time. One query; none where it is known that the district has none of its own."""
    texts = once("own rules", lambda: tuple(_own_rules().values_list("text", flat=True))) if has_own else ()
    return _book(len(_defaults), texts)


def _own_rules() -> QuerySet[OwnRule]:
    from luodi.kernel.rules.models import OwnRule  # the pure half of this package is used without a database

    return OwnRule.objects.filter(signed_at__isnull=False, withdrawn_at=None).order_by("id")


@lru_cache(maxsize=8)
def _book(_count: int, texts: tuple[str, ...]) -> RuleBook:
    """``_count`` of the defaults makes another book of those that were entered since."""
    return RuleBook([*_defaults, *(rule for text in texts for rule in _read(text))])


@lru_cache(maxsize=1_000)
def _read(text: str) -> tuple[Rule, ...]:
    return tuple(read_rules(text, is_override=True))
