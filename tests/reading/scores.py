"""Print how well pages are read, and what changed since the recorded run: ``python -m tests.reading.scores [--pages]``.

Exit 1 where a promise is broken. ``--record`` makes this run the recorded one.
"""

from __future__ import annotations

import argparse
import sys

from luodi.command_line.report import Page, page_of
from luodi.reading.reader import read
from tests.reading.labelled import Labelled, own, real, unseen
from tests.reading.scoring import Scores
from tests.reading.since import changes, record, recorded

# what the reader promises for each set; the unseen may not be more than this below
PROMISED = {"figures": 0.98, "statements": 0.92, "kind": 0.94, "due": 0.92, "owner": 0.88, "object": 0.70}
SLACK_UNSEEN = 0.10


def score(pages: list[Labelled]) -> list[tuple[str, Scores]]:
    """Per page, its scores."""
    return [(page.stem, page.scores) for page in outcomes(pages)]


def outcomes(pages: list[Labelled]) -> list[Page]:
    """Per page, what came of it beside its label."""
    return [page_of(page.label, read(page.raw, page.stem), page.stem) for page in pages]


def sets() -> list[tuple[str, list[Labelled]]]:
    """The three sets, those not present left out."""
    hidden = unseen()
    mine = own()
    named = [
        ("real", real()),
        ("own", [p for p in mine if p.stem not in hidden]),
        ("unseen", [p for p in mine if p.stem in hidden]),
    ]
    return [(name, pages) for name, pages in named if pages]


def shortfalls(name: str, total: Scores) -> list[str]:
    """The promises that ``total`` breaks, in words."""
    slack = SLACK_UNSEEN if name == "unseen" else 0.0
    reached = {"figures": total.figures_f1, "statements": total.statements_f1}
    reached |= {what: total.rate(what) for what in ("kind", "due", "owner", "object")}
    return [
        f"{name}: {what} {reached[what]:.3f}, promised {least - slack:.2f}"
        for what, least in PROMISED.items()
        if reached[what] < least - slack
    ]


_HEAD = (
    f"{'pages':<34}{'gold':>5}{'read':>5}{'hit':>5}{'stmtF1':>8}   {'figs':>4}{'read':>5}{'figF1':>8}"
    f"{'kind':>8}{'due':>7}{'owner':>7}{'object':>7}"
)


def _row(name: str, s: Scores) -> str:
    return (
        f"{name:<34}{s.gold:>5}{s.read:>5}{s.matched:>5}  {s.statements_f1:>6.3f}   {s.gold_figures:>4}{s.read_figures:>5}"
        f"  {s.figures_f1:>6.3f}  {s.rate('kind'):>6.3f}{s.rate('due'):>7.3f}{s.rate('owner'):>7.3f}{s.rate('object'):>7.3f}"
    )


def main() -> int:
    """Print a line a set (with ``--pages`` a line a page) and the promises broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", action="store_true", help="a line a page too")
    options.add_argument("--record", action="store_true", help="make this run the recorded one")
    asked = options.parse_args()
    broken = []
    found: dict[str, list[Page]] = {}
    print(_HEAD)
    for name, pages in sets():
        found[name] = rows = outcomes(pages)
        if asked.pages:
            for page in rows:
                print(_row(page.stem, page.scores))
        total = sum((page.scores for page in rows), Scores())
        print(_row(f"{name.upper()} ({len(pages)} pages)", total))
        broken += shortfalls(name, total)
    for line in changes(recorded(), found):
        print(line)
    if asked.record:
        record(found)
    for line in broken:
        print(f"below what is promised: {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
