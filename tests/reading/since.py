"""What was gained and lost since the recorded run, by set, genre, rule and sentence: ``tests.reading.scores`` prints it.

``baseline.json`` holds the recorded run: sums and places, no text. Of pages kept unseen, and of real ones, it holds sums alone.
Record anew with ``python -m tests.reading.scores --record`` when a change is meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from luodi.command_line.report import Page, by_rule
from luodi.reading.scoring import Scores

BASELINE = Path(__file__).with_name("baseline.json")
SEEN = "own"
_RATES = ("kind", "due", "owner", "object")
_CHANGED = 0.0005
_MOST_NAMED = 30


def state(sets: Mapping[str, list[Page]]) -> dict[str, Any]:
    """What is recorded of a run: per set its sums; of the seen pages the sums by genre and rule and the labels missed."""
    seen = sets.get(SEEN, [])
    return {
        "sets": {name: _sum(pages) for name, pages in sets.items()},
        "genres": {genre: _sum(pages) for genre, pages in _by_genre(seen).items()},
        "rules": {rule: list(counts) for rule, counts in sorted(by_rule(seen).items())},
        "missed": {page.stem: sorted(page.missed) for page in seen},
    }


def changes(before: dict[str, Any], sets: Mapping[str, list[Page]]) -> Iterator[str]:
    """A line for every sum that changed and for every sentence gained or lost; one line where nothing did."""
    now = state(sets)
    lines = [
        *_sums("set", before["sets"], now["sets"]),
        *_sums("genre", before["genres"], now["genres"]),
        *_rules(before["rules"], now["rules"]),
        *_sentences(before["missed"], sets.get(SEEN, [])),
    ]
    yield "since the recorded run: " + ("" if lines else "the same")
    yield from (f"  {line}" for line in lines)


def recorded() -> dict[str, Any]:
    """The recorded run."""
    found: dict[str, Any] = json.loads(BASELINE.read_bytes())
    return found


def record(sets: Mapping[str, list[Page]]) -> None:
    """Make this run the recorded one; sums of sets that are not here now stay."""
    found = state(sets)
    if BASELINE.exists():
        found["sets"] = {**recorded()["sets"], **found["sets"]}
    BASELINE.write_text(_written(found), encoding="utf-8")


def _written(found: dict[str, Any]) -> str:
    """A line a row, so that a change of one shows as one."""
    parts = []
    for part, rows in found.items():
        inner = ",\n".join(
            f"    {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in rows.items()
        )
        parts.append(f'  "{part}": {{\n{inner}\n  }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _sum(pages: Iterable[Page]) -> dict[str, Any]:
    found = asdict(sum((page.scores for page in pages), Scores()))
    return {**found, "object": round(found["object"], 4)}


def _by_genre(pages: Iterable[Page]) -> dict[str, list[Page]]:
    found: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda each: each.genre):
        found.setdefault(page.genre, []).append(page)
    return found


def _sums(what: str, before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for name, row in now.items():
        if name not in before:
            yield f"{what} {name}: new"
            continue
        then, here = Scores(**before[name]), Scores(**row)
        rates = [
            ("statements", then.statements_f1, here.statements_f1),
            ("figures", then.figures_f1, here.figures_f1),
        ]
        rates += [(rate, then.rate(rate), here.rate(rate)) for rate in _RATES]
        changed = [f"{rate} {new - old:+.3f}" for rate, old, new in rates if abs(new - old) > _CHANGED]
        if changed:
            yield f"{what} {name}: {', '.join(changed)}"


def _rules(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for rule in sorted(before.keys() | now.keys()):
        (good_then, bad_then), (good, bad) = before.get(rule, (0, 0)), now.get(rule, (0, 0))
        if (good, bad) != (good_then, bad_then):
            yield f"rule {rule}: right {good - good_then:+}, wrong {bad - bad_then:+}"


def _sentences(before: dict[str, list[str]], pages: Iterable[Page]) -> Iterator[str]:
    gained: list[str] = []
    lost: list[str] = []
    for page in pages:
        if page.stem in before:
            missed = set(before[page.stem])
            gained += [f"{page.stem} {quote}" for at, quote in page.hits.items() if at in missed]
            lost += [f"{page.stem} {quote}" for at, quote in page.missed.items() if at not in missed]
    for word, named in (("gained", gained), ("lost", lost)):
        if named:
            yield f"{word}: {len(named)}"
            yield from (f"  {word} {' '.join(each.split())}" for each in named[:_MOST_NAMED])
