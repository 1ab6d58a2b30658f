"""A page of a large district asks and reads no more than one of a small one; bench/board.py measures 100,000 promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from bench import district
from bench.board import PAGES, addresses
from bench.cost import Cost, cost_of
from luodi.kernel.clocks.now import SHANGHAI, held_at
from tests.database import unguarded

FEW, MORE = 300, 1_200
# sorts what is left of the choice; every other list is read along an index of its own
SORTED = {"one topic, newest first"}


@pytest.fixture
def costs(committed_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[Cost]]]:
    """What each page costs with few promises and with five times as many, its counts known."""
    monkeypatch.setattr(district, "A_SOURCE", 5)
    found: dict[str, list[Cost]] = {name: [] for name in PAGES}
    client = Client()
    connection.ensure_connection()  # the guard watches every new one
    with held_at(dt.datetime.combine(district.DAY, dt.time(9), SHANGHAI)), unguarded():
        made = district.found(units=6)
        for more in (FEW, MORE):
            district.fill(made, more, seed=more)
            for name, address in addresses(made).items():
                for _ in range(2):
                    cost = cost_of(lambda address=address: client.get(address))  # type: ignore[misc]
                assert client.get(address).status_code == 200, address
                found[name].append(cost)
        yield found


def test_no_page_asks_or_reads_more_where_there_are_more_promises(costs: dict[str, list[Cost]]) -> None:
    for name, (few, many) in costs.items():
        assert many.queries <= PAGES[name].queries, name
        assert many.rows <= PAGES[name].rows, name
        # an event or a report more on one promise than on another; five times as much it may not be
        assert many.queries <= few.queries + 2, (name, few, many)
        assert many.rows <= few.rows * 1.5 + 20, (name, few, many)
        # a server reads small tables whole, since that is quicker
        if connection.vendor == "sqlite" and name not in SORTED:
            assert many.read <= few.read * 2 + 20, (name, few, many)
