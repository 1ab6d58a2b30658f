"""How well re-used photos are found: how many copies of each kind, and how many strangers are taken for copies.

On generated pictures:

.venv-test/bin/python -m bench.likeness [PICTURES]
"""

from __future__ import annotations

import itertools
import random
import sys
import time

from luodi.kernel.files.likeness import THRESHOLD, Likeness
from luodi.kernel.files.pictures import likeness_of
from tests.kernel.pictures import CHANGES, page, scene, trimmed

TRIED = (12, 15, 18, 20, 22, 24)


def main(count: int = 200) -> None:
    """Print both rates for several thresholds, and the time a search takes."""
    pictures = [scene(number) for number in range(count)]
    known = [likeness_of(each) for each in pictures]
    rng = random.Random(7)
    changes = dict(CHANGES)
    for share in (4, 8, 12):

        def anywhere(image, share=share):  # type: ignore[no-untyped-def]
            across, down = rng.random() * share / 100, rng.random() * share / 100
            return trimmed(across, down, share / 100 - across, share / 100 - down)(image)

        changes[f"moved and trimmed by {share} %"] = anywhere
    print(f"{'found of the copies, %':32}", *(f"≤{tried:2}" for tried in TRIED), "median", "most", sep="  ")
    for name, change in changes.items():
        far = sorted(
            likeness_of(change(image)).distance(like) for image, like in zip(pictures, known, strict=True)
        )
        shares = (f"{100 * sum(each <= tried for each in far) / count:5.1f}" for tried in TRIED)
        print(f"{name:32}", *shares, far[count // 2], far[-1], sep="  ")
    strangers("strangers taken for copies", known)
    strangers("… different sheets of writing", [likeness_of(page(number)) for number in range(count)])
    searched(known)


def strangers(name: str, known: list[Likeness]) -> None:
    """Print how many pairs of different pictures are taken for one."""
    far = [one.distance(other) for one, other in itertools.combinations(known, 2)]
    counts = (f"{sum(each <= tried for each in far):5}" for tried in TRIED)
    print(f"{name:32}", *counts, f"of {len(far)} pairs, nearest {min(far)}", sep="  ")


def searched(known: list[Likeness], rows: int = 100_000) -> None:
    """Print how long it takes to compare one picture with many, read from text as the table holds it."""
    texts = [each.as_text() for each in known] * (rows // len(known))
    began = time.perf_counter()
    found = sum(Likeness.from_text(text).is_like(known[0]) for text in texts)
    print(
        f"one picture against {len(texts)}: {time.perf_counter() - began:.2f} s, {found} alike (≤{THRESHOLD})"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
