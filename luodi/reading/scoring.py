"""Scores of read pages against labelled ones: statements matched one to one, figures by value, then kind, due, owner, object."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any


@dataclass
class Scores:
    """Sums over pages; the properties are the rates."""

    gold: int = 0
    read: int = 0
    matched: int = 0
    gold_figures: int = 0
    read_figures: int = 0
    matched_figures: int = 0
    kind: int = 0
    due: int = 0
    owner: int = 0
    object: float = 0.0

    def __add__(self, other: Scores) -> Scores:
        return Scores(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def statements_f1(self) -> float:
        """Of the statements: precision and recall in one."""
        return _f1(self.matched, self.gold, self.read)

    @property
    def figures_f1(self) -> float:
        """Of the figures in them."""
        return _f1(self.matched_figures, self.gold_figures, self.read_figures)

    def rate(self, name: str) -> float:
        """Share of the matched statements whose ``name`` agrees; 1 where nothing was matched."""
        return float(getattr(self, name)) / self.matched if self.matched else 1.0


def _f1(matched: int, gold: int, read: int) -> float:
    return 2 * matched / (gold + read) if gold + read else 1.0


def score_page(gold: dict[str, Any], read: dict[str, Any]) -> Scores:
    """Compare two pages in the gold shape."""
    wanted, found = gold["statements"], read["statements"]
    pairs = match(wanted, found)
    wanted_figures = [f for s in wanted for f in s["figures"]]
    found_figures = [f for s in found for f in s["figures"]]
    scores = Scores(len(wanted), len(found), len(pairs), len(wanted_figures), len(found_figures))
    scores.matched_figures = len(_best_first(_figure_pairs(wanted_figures, found_figures)))
    for i, j in pairs:
        a, b = wanted[i], found[j]
        scores.kind += a["kind"] == b["kind"]
        scores.due += (a["due"] or {}).get("end") == (b["due"] or {}).get("end")
        scores.owner += same_owner(a["owner"], b["owner"])
        scores.object += dice(a["object"], b["object"])
    return scores


def match(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Index pairs, one to one, best overlap first."""
    candidates = []
    for i, a in enumerate(wanted):
        values = _values(a)
        for j, b in enumerate(found):
            shared = _shared(a, b)
            ratio = shared / (a["end"] - a["start"] + b["end"] - b["start"] - shared) if shared else 0.0
            if ratio >= 0.5 or (shared and values and values == _values(b)):
                candidates.append((ratio, i, j))
    return _best_first(candidates)


def _best_first(candidates: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _figure_pairs(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[float, int, int]]:
    return [
        (_shared(a, b) / (max(a["end"], b["end"]) - min(a["start"], b["start"])), i, j)
        for i, a in enumerate(wanted)
        for j, b in enumerate(found)
        if _shared(a, b) and a["unit"] == b["unit"] and Decimal(a["number"]) == Decimal(b["number"])
    ]


def _values(statement: dict[str, Any]) -> set[tuple[Decimal, str]]:
    return {(Decimal(f["number"]), f["unit"]) for f in statement["figures"]}


def _shared(a: dict[str, Any], b: dict[str, Any]) -> int:
    return max(0, int(min(a["end"], b["end"])) - int(max(a["start"], b["start"])))


def same_owner(a: str | None, b: str | None) -> bool:
    """Equal, or one holds the other; no owner agrees only with no owner."""
    if not a or not b:
        return not a and not b
    return a in b or b in a


def dice(a: str, b: str) -> float:
    """How much two short texts share, by character pairs."""
    left, right = _pairs(a), _pairs(b)
    return 2 * sum((left & right).values()) / (sum(left.values()) + sum(right.values()))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) or Counter([text])
