"""Invented administrative prose of any length, to be garbled: from our own word list, so no real page is needed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random

WORDS = Path(__file__).with_name("words.json")


@cache
def words() -> dict[str, list[str]]:
    """Word lists by the place they take in a sentence."""
    loaded: dict[str, list[str]] = json.loads(WORDS.read_text(encoding="utf-8"))
    return loaded


def number(random: Random) -> str:
    """A number as pages write it: plain, with decimals, now and then in Chinese numerals."""
    kind = random.random()
    if kind < 0.6:
        return str(random.randint(1, 10 ** random.randint(1, 4)))
    if kind < 0.9:
        return f"{random.randint(0, 400)}.{random.randint(1, 99)}"
    return random.choice(["两", "三", "十二", "二十", "五十六", "一百"])


def clause(random: Random) -> str:
    """One clause, with a figure more often than not."""
    word = {place: random.choice(choices) for place, choices in words().items()}
    shape = random.random()
    if shape < 0.5:
        return f"{word['when']}{word['who']}{word['verb']}{word['thing']}{number(random)}{word['unit']}"
    if shape < 0.7:
        return f"{word['connector']}{number(random)}{word['unit']}"
    if shape < 0.8:
        return f"“{word['quoted']}。”{word['follow']}"
    return f"{word['who']}{word['slogan']}" if shape < 0.9 else word["slogan"]


def page(random: Random, length: int) -> str:
    """A page of at least ``length`` characters that ends with a full stop."""
    parts: list[str] = []
    size = 0
    while size < length:
        parts += [clause(random), random.choice(words()["mark"])]
        size += len(parts[-1]) + len(parts[-2])
    return "".join(parts)[:-1].rstrip("。，、；！？") + "。"
