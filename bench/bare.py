"""The least that any reader must do: decode, one pass for words, one for numbers. Nothing can be read faster than this."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

from bench.rows import Read

_WORDS = Path(__file__).resolve().parents[1] / "luodi" / "reading" / "names" / "common_words.txt"
_SIZE = 40_000
_NUMBER = re.compile(r"\d[\d.,]*[十百千万亿]*[一-鿿%％]")


def words() -> list[str]:
    """40,000 words of two to six characters: the reader's everyday words, and pairs of them."""
    listed = [
        word
        for line in _WORDS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    ]
    pairs = (a + b for a, b in itertools.product(listed[::7], listed[::11]))
    return list(itertools.islice(dict.fromkeys(itertools.chain(listed, pairs)), _SIZE))


def make() -> Read:
    """The reader of this row: how many words and numbers it met."""
    automaton = BytesAhoCorasick([word.encode() for word in words()])

    def read(raw: bytes) -> int:
        text = raw.decode("utf-8")
        return len(automaton.find_matches_as_indexes(raw)) + len(_NUMBER.findall(text))

    return read
