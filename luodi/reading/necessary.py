"""The words without one of which a pattern can not match: looking for those of many patterns at once costs one pass.

Worked out from the pattern itself, so that nobody keeps two lists in step. A pattern that may match without any fixed word
(``\\d+``) has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]

_MOST_ALTERNATIVES = 96
_MOST_SIGNS = 24
_NOTHING = frozenset(("",))
Words = frozenset[str]


def necessary_words(pattern: str) -> Words | None:
    """A set of words of which every match of ``pattern`` holds at least one; ``None`` where there is no such set.

    >>> sorted(necessary_words("已(?:经|建成)") or ())
    ['已建成', '已经']
    """
    return _needed(_parser.parse(pattern))[1]


def _needed(items: Iterable[Any]) -> tuple[Words | None, Words | None]:
    """For a sequence: exactly what it may match, if that is a short list; and the best set of necessary words."""
    best: Words | None = None
    run: Words = _NOTHING  # what the items since the last open one may match
    exact = True
    for item in items:
        whole, words = _of_item(*item)
        if whole is not None and len(run) * len(whole) <= _MOST_ALTERNATIVES:
            run = frozenset(a + b for a in run for b in whole)
            continue
        exact = exact and whole is not None
        best = _better(best, _better(run, words))
        run = _NOTHING if whole is None else whole
        exact = False
    best = _better(best, run)
    return (run if exact else None), best


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The set whose words are seen more seldom: longer first, then fewer; the empty word is no word."""
    known = [words for words in (one, other) if words and "" not in words]
    return max(known, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _of_item(kind: Any, value: Any) -> tuple[Words | None, Words | None]:
    name = str(kind)
    if name == "LITERAL":
        word = frozenset((chr(value),))
        return word, word
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _NOTHING, None
    if name == "IN":
        return _of_signs(value)
    if name == "BRANCH":
        return _of_branches([_needed(branch) for branch in value[1]])
    if name == "SUBPATTERN":
        return _needed(value[3])
    if name == "ATOMIC_GROUP":
        return _needed(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, repeated = value
        whole, words = _needed(repeated)
        if least == 0:
            return (whole | _NOTHING if whole is not None and most == 1 else None), None
        return (whole if most == 1 else None), words
    return None, None


def _of_signs(signs: Any) -> tuple[Words | None, Words | None]:
    if len(signs) > _MOST_SIGNS or any(str(kind) != "LITERAL" for kind, _ in signs):
        return None, None
    words = frozenset(chr(sign) for _, sign in signs)
    return words, words


def _of_branches(branches: list[tuple[Words | None, Words | None]]) -> tuple[Words | None, Words | None]:
    wholes = [whole for whole, _ in branches]
    words = [word for _, word in branches]
    whole = None if None in wholes else frozenset().union(*(each for each in wholes if each is not None))
    needed = None if None in words else frozenset().union(*(each for each in words if each is not None))
    return whole, needed
