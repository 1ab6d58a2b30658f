"""``repair``: the text, or the edits that made it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.front_door import PAGES, luodi

CLEAN = [path for path in sorted(PAGES.iterdir()) if not path.name.startswith("g")]
GARBLED = [path for path in sorted(PAGES.iterdir()) if path.name.startswith("g")]


def test_clean_pages_come_out_byte_for_byte() -> None:
    for page in CLEAN[:6]:
        assert luodi("repair", page).out == page.read_bytes(), page.name


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", "Grüße\n\tπ ≠ 3\r\n日本語\n한국어".encode(), b"\x1b[31mred"]
)
def test_text_of_any_language_comes_out_byte_for_byte(raw: bytes) -> None:
    assert luodi("repair", "-", stdin=raw).out == raw


def test_the_map_tells_how_the_text_was_made() -> None:
    assert GARBLED, "the demonstration holds no garbled page"
    for page in GARBLED:
        source = page.read_bytes().decode("utf-8")
        text, at = "", 0
        for line in luodi("repair", "--map", page).lines:
            edit = json.loads(line)
            assert list(edit)[:6] == ["start", "end", "source", "replacement", "rule", "certainty"]
            assert source[edit["start"] : edit["end"]] == edit["source"]
            assert edit["start"] >= at
            text += source[at : edit["start"]] + edit["replacement"]
            at = edit["end"]
        assert text + source[at:] == luodi("repair", page).text, page.name


def test_what_is_refused_is_said_and_exits_1(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\x00")
    for path, code in (
        (tmp_path / "x", "(binary)"),
        (tmp_path, "(not-a-file)"),
        (tmp_path / "no", "(not-found)"),
    ):
        ended = luodi("repair", path)
        assert (ended.code, ended.out) == (1, b"")
        assert code in ended.err
