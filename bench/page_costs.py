"""Pages one after the other, each asked for twice, and what that cost: a line each, held to the most that it may take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.cost import Cost, cost_of


@dataclass(frozen=True, slots=True)
class Bound:
    """The most queries and rows that a page may take once its counts are known, whatever the size of the district."""

    queries: int
    rows: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its name, where it is, and the browser that asks for it (``django.test.Client``)."""

    name: str
    address: str
    client: Any


def told(pages: Iterable[Page], bounds: Mapping[str, Bound]) -> tuple[dict[str, Cost], list[str]]:
    """Print a line a page; what each cost the second time, and the names of those that took more than their bound."""
    from django.db import connection

    read = "steps÷100" if connection.vendor == "sqlite" else "rows read"
    print(f"\n{'page':<26}{'first ms':>10}{'again ms':>10}{'queries':>9}{'rows':>7}{read:>11}")
    costs: dict[str, Cost] = {}
    beyond = []
    for page in pages:
        ask = partial(_ask, page)
        first, again = cost_of(ask), cost_of(ask)
        bound = bounds[page.name]
        within = again.queries <= bound.queries and again.rows <= bound.rows
        print(
            f"{page.name:<26}{first.ms:>10.1f}{again.ms:>10.1f}{again.queries:>9}{again.rows:>7}{again.read:>11}"
            f"{'' if within else f'  more than {bound.queries} queries or {bound.rows} rows'}"
        )
        costs[page.name] = again
        if not within:
            beyond.append(page.name)
    return costs, beyond


def _ask(page: Page) -> None:
    answer = page.client.get(page.address)
    assert answer.status_code == 200, f"{page.address}: {answer.status_code}"
