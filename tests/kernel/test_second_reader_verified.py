"""What the second reader said, what became of it and what it replaced: all of it stands in the events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import SecondAsked, SecondSaid, Source
from luodi.kernel.documents.second import asking
from luodi.kernel.documents.second.keeping import judge_second
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from tests.kernel.test_second_reader import BALLS, JOBS, PAGE, PARKS, WORK, saying
from tests.second_server import Server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    monkeypatch.setenv("LUODI_SECOND_READER_URL", made.url)
    monkeypatch.setenv("LUODI_SECOND_READER_MODEL", "m")
    yield made
    made.end()


def heard(source: Source, data: Path) -> None:
    """Asked anew, with nothing remembered."""
    for each in (data / asking.FOLDER).glob("*.json"):
        each.unlink()
    asking.ask(source, by=SYSTEM)
    assert asking.turn()
    assert SecondAsked.objects.get().state == "done"


@pytest.fixture
def lived_in(committed_database: Path, server: Server) -> Path:
    """A district in which the second reader was heard twice and followed once."""
    register.found_district(
        name="青岚区", code="990102", shape="urban_district", kind="real", city="云川市", by=SYSTEM
    )
    source = documents.intake(PAGE.encode(), by=SYSTEM)
    server.answer = saying(PARKS, BALLS)
    heard(source, committed_database)
    judge_second(SecondSaid.objects.get(statement__quote=WORK), "refused", by=SYSTEM)
    server.answer = saying({**PARKS, "kind": "status"}, JOBS, BALLS)
    heard(source, committed_database)
    return committed_database


def test_all_of_it_is_rebuilt_from_the_events(lived_in: Path) -> None:
    assert {row.differences for row in SecondSaid.objects.all()} == {"kind", "only_rules", "only_second"}
    assert [finding for finding in verify(lived_in) if finding.is_wrong] == []
