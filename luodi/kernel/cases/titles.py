"""Looking for words in the titles of cases, by the index of pairs of characters instead of title by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from luodi.kernel.cases.models import Case
from luodi.kernel.ids import CASE
from luodi.kernel.ledger.action import once
from luodi.kernel.search import index
from luodi.kernel.search.grams import han_runs
from luodi.kernel.search.texts import Text

MOST = 10_000  # of a word that more titles hold than this the titles themselves are read: a page of them is soon found


def texts() -> Iterator[Text]:
    """The title of every case that still has one, oldest first; nobody outside finds any."""
    rows = Case.objects.filter(title__isnull=False).order_by("id").values_list("id", "title")
    for key, title in rows.iterator(chunk_size=2_000):
        if title is not None:
            yield Text(key, title, is_public=False)


def entitled(key: str, title: str) -> None:
    """Let a new case be found by its title. Called inside open actions only."""
    index.put(key, CASE, title, is_public=False)


def may_hold(words: Iterable[str]) -> list[str] | None:
    """The cases among which every one stands whose title holds all these words; ``None`` where the index cannot narrow them:
    the words are in too many titles, or not Chinese.

    A run of Chinese characters stands in a text exactly where the index finds it; whatever else a word is of is looked for in
    these titles. Two queries a run, and each gives at most ``MOST`` rows.
    """
    narrowest: list[str] | None = None
    for run in sorted({run for word in words for run in han_runs(word)}, key=lambda run: (-len(run), run)):
        found = once(("titles", run), partial(index.subjects, run, kind=CASE, up_to=MOST))
        if found is not None and (narrowest is None or len(found) < len(narrowest)):
            narrowest = found
        if narrowest is not None and len(narrowest) < MOST // 10:
            break
    return narrowest
