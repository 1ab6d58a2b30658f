"""The real pages, taken in by ``bin/luodi intake`` into a fresh district: on the board, marked in the damaged original."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.command_line.districts import district
from tests.command_line.front_door import ROOT
from tests.command_line.served import district_environment, free_port, served
from tests.reading.labelled import REAL_PAGES
from tests.real_pages import ABSENT, are_here

pytestmark = pytest.mark.skipif(not are_here(), reason=ABSENT)


class _Marked(HTMLParser):
    """The words inside ``mark``, within ``data-view="kept"`` where the page has such panes."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self._marks, self._view = "", 0, "kept"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._view = str(given.get("data-view") or self._view) if tag == "article" else self._view
        self._marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._marks and self._view == "kept":
            self.words += data


def marked(address: str) -> str:
    """What is marked on a page of the text as kept."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        reader = _Marked()
        reader.feed(answer.read().decode("utf-8"))
    return bare(reader.words)


def bare(text: str) -> str:
    """Without the line ends, of which a page makes paragraphs."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def statements(
    empty_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of the district, and every statement in it, some of them adopted."""
    data = shutil.copytree(empty_once, tmp_path_factory.mktemp("real") / "data")
    taken = district("intake", REAL_PAGES, "--data", data)
    assert taken.code == 0, taken.err
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.journeys.adopting", str(data)],
        capture_output=True,
        env=district_environment(),
        cwd=ROOT,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()[-3000:]
    verified = district("verify", "--data", data)
    assert (verified.code, verified.out) == (0, b""), verified.text
    with served(data, "--port", str(free_port())) as up:
        yield up.address, [json.loads(line) for line in ended.stdout.splitlines()]


def test_each_real_page_is_taken_in_and_says_something(statements: tuple[str, list[dict[str, Any]]]) -> None:
    _, found = statements
    assert len({line["source"] for line in found}) == len(list(Path(REAL_PAGES).glob("*.txt")))
    damaged = {line["source"] for line in found if bare(line["quote"]) != bare(line["text"])}
    assert damaged, "no page is damaged: these are not the real ones"


def test_every_sentence_is_marked_in_the_original_as_it_was_kept(
    statements: tuple[str, list[dict[str, Any]]],
) -> None:
    address, found = statements
    wrong = [
        line["statement"]
        for line in found
        if marked(f"{address}d/{line['source']}?view=kept&s={line['statement']}") != bare(line["quote"])
    ]
    assert wrong == []


def test_promises_stand_on_the_board_and_show_their_damaged_sentence(
    statements: tuple[str, list[dict[str, Any]]],
) -> None:
    address, found = statements
    with urllib.request.urlopen(f"{address}?list=1", timeout=60) as answer:
        board = answer.read().decode("utf-8")
    adopted = [line for line in found if "promise" in line]
    assert len({line["source"] for line in adopted}) >= 4
    for line in adopted:
        assert f"/c/{line['promise']}" in board
        assert bare(line["quote"]) == marked(f"{address}c/{line['promise']}")
