"""The second reader with real processes: asked for by a person, read by the working child while it seals and minds the rest."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line.districts import district
from tests.command_line.served import district_environment, eventually
from tests.second_server import TEXT, Server, Spans, honest

ASK = (
    "import django; django.setup()\n"
    "from luodi.kernel.documents.models import Source\n"
    "from luodi.kernel.documents.second import asking\n"
    "from luodi.kernel.ledger.action import SYSTEM\n"
    "asking.ask(Source.objects.get(), by=SYSTEM)\n"
)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.end()


def told(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the database of a district."""
    database = sqlite3.connect(f"file:{data / 'luodi.sqlite3'}?mode=ro", uri=True)
    try:
        return list(database.execute(sql))
    finally:
        database.close()


def test_the_worker_asks_and_goes_on_sealing_while_the_answer_is_slow(
    empty: Path, server: Server, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    assert district("intake", "--data", empty, page).code == 0
    may_answer = threading.Event()

    def slow(spans: Spans) -> Any:
        may_answer.wait(60)
        return {"spans": [{**each, "statements": each["statements"][:0]} for each in honest(spans)["spans"]]}

    server.answer = slow
    environment = {
        **district_environment(),
        "LUODI_DATA": str(empty),
        "DJANGO_SETTINGS_MODULE": "luodi.website.settings",
        "LUODI_SECOND_READER_URL": server.url,
        "LUODI_SECOND_READER_MODEL": "m",
    }
    python = [sys.executable, "-X", "utf8"]
    subprocess.run([*python, "-c", ASK], env=environment, check=True, timeout=120)
    worker = subprocess.Popen([*python, "-m", "luodi.website.worker"], env=environment)
    try:
        assert eventually(lambda: len(server.asked) == 1, 90)
        assert eventually(lambda: told(empty, "SELECT count(*) FROM luodi_ledger_unsealed") == [(0,)], 60)
        assert told(empty, "SELECT state FROM luodi_documents_second_asked") == [("waiting",)]
        may_answer.set()
        done = [("done", 2)]
        assert eventually(
            lambda: told(empty, "SELECT state, found FROM luodi_documents_second_asked") == done, 60
        )
    finally:
        worker.terminate()
        worker.wait(30)
    assert len(server.asked) == 1
    assert told(empty, "SELECT DISTINCT differences FROM luodi_documents_second_said") == [("only_rules",)]
    assert district("verify", "--data", empty).code == 0
