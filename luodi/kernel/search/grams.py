"""A text as the index sees it: Chinese in overlapping pairs, everything else in whole words.

Two-character words are what people look for most, and no list of words knows them all; pairs find any of them anywhere.
The lone last character of every Chinese run is a token too, so that one character can be looked for as a beginning
(``养*`` finds 养老, and the text that ends in 养). Positions in ``fold(text)`` are positions in ``text``.

What the tokens of a text are is part of the index on disk: change it only together with ``index.rebuild`` in a migration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_WORD = 60  # of a word that is not Chinese; what is longer is cut, alike in text and query
LONGEST_QUERY = 200
MOST_TERMS = 8

_HAN = "\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>(?:(?![{_HAN}_])\w)+)")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ASCII_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLDING = {**_WIDE, **_ASCII_UPPER, **{c + 0xFEE0: c + 32 for c in _ASCII_UPPER}, 0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must stand one behind the other; ``open_end``: of the last one only the beginning is given.

    ``words`` are the letters as typed (folded), for showing where they stand.
    """

    tokens: tuple[str, ...]
    open_end: bool
    words: str


def fold(text: str) -> str:
    """Width and case taken away, character by character.

    >>> fold("５Ｇ基站ABC（一）")
    '5g基站abc(一)'
    """
    return text.translate(_FOLDING)


def grams(text: str) -> list[str]:
    """The tokens of ``text`` in order.

    >>> grams("养老服务，5G基站")
    ['养老', '老服', '服务', '务', '5g', '基站', '站']
    """
    return list(_tokens(fold(text)))


def han_runs(text: str) -> list[str]:
    """The Chinese parts of a text, each as long as it goes.

    >>> han_runs("老旧小区12号"), han_runs("A-1")
    (['老旧小区', '号'], [])
    """
    return [run.group() for run in _RUN.finditer(fold(text)) if run.lastgroup == "han"]


def terms(query: str) -> list[Term]:
    """What a person asks for: the parts between spaces and punctuation, all of which must be in a text.

    Beyond ``LONGEST_QUERY`` characters and ``MOST_TERMS`` terms the rest is not looked for.

    >>> [(t.tokens, t.open_end) for t in terms("老旧小区 梯 12号")]
    [(('老旧', '旧小', '小区'), False), (('梯',), True), (('12', '号'), True)]
    """
    found: dict[tuple[str, ...], Term] = {}
    for words in re.split(rf"[^\w{_HAN}]+|_+", fold(query[:LONGEST_QUERY])):
        term = _term(words)
        if term:
            found.setdefault(term.tokens, term)
    return list(found.values())[:MOST_TERMS]


def _tokens(folded: str) -> Iterator[str]:
    for run in _RUN.finditer(folded):
        words = run.group()
        if run.lastgroup == "word":
            yield words[:LONGEST_WORD]
            continue
        for at in range(len(words) - 1):
            yield words[at : at + 2]
        yield words[-1]


def _term(words: str) -> Term | None:
    runs = list(_RUN.finditer(words))
    if not runs:
        return None
    tokens = list(_tokens(words))
    is_han = runs[-1].lastgroup == "han"
    if is_han and len(runs[-1].group()) > 1:
        tokens.pop()  # a text may go on where the query ends
        is_han = False
    return Term(tuple(tokens), is_han, words)
