"""``report``: scores by genre and rule, and what was gained and lost since the last run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.front_door import PAGE, luodi


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two pages with the labels our own reading gives them, one statement taken out of one and one added."""
    (tmp_path / "pages").mkdir()
    for name in ("a1-notice-2026", "a2-report-2026"):
        (tmp_path / "pages" / f"{name}.txt").write_text(PAGE, encoding="utf-8")
    labels = tmp_path / "labels"
    assert luodi("read", "--format", "gold", "--out", labels, tmp_path / "pages").code == 0
    change(labels / "a1-notice-2026.json", lambda statements: statements[1:])
    return labels


def change(label: Path, how: object) -> None:
    given = json.loads(label.read_bytes())
    given["statements"] = how(given["statements"])  # type: ignore[operator]
    label.write_text(json.dumps(given), encoding="utf-8")


def row(text: str, name: str) -> list[str]:
    return next(line.split() for line in text.splitlines() if line.startswith(name))


def test_scores_are_told_by_genre_and_by_rule(gold: Path) -> None:
    ended = luodi("report", gold)
    assert ended.code == 0
    assert row(ended.text, "report")[1:6] == ["1", "2", "2", "2", "1.000"]
    assert row(ended.text, "notice")[1:6] == ["1", "1", "2", "1", "0.667"]
    assert row(ended.text, "合计")[1:5] == ["2", "3", "4", "3"]
    rules = [line.split()[-2:] for line in ended.text.partition("规则")[2].splitlines()[1:]]
    assert [sum(int(each[n]) for each in rules) for n in (0, 1)] == [3, 1]


def test_the_second_run_tells_what_was_gained_and_lost(gold: Path, tmp_path: Path) -> None:
    last = tmp_path / "last.json"
    assert luodi("report", gold, "--last", last).code == 0
    again = luodi("report", gold, "--last", last)
    assert again.code == 0
    assert "得 0 条" in again.text
    assert "失 0 条" in again.text
    kept = json.loads(last.read_bytes())
    kept[0]["missed"], kept[0]["hits"] = kept[0]["hits"], {}
    kept[0]["scores"]["matched"] = 0
    last.write_text(json.dumps(kept), encoding="utf-8")
    better = luodi("report", gold, "--last", last)
    assert (better.code, "得 1 条" in better.text) == (0, True)
    assert "条目F1 +0.667" in better.text
    change(
        gold / "a2-report-2026.json",
        lambda statements: [{**s, "start": 0, "end": 3, "figures": []} for s in statements],
    )
    worse = luodi("report", gold, "--last", last)
    assert worse.code == 1
    assert "条目F1 -1.000" in worse.text


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"\xff", b'[{"stem": "x"}]'])
def test_an_unreadable_last_run_is_passed_over(gold: Path, tmp_path: Path, content: bytes) -> None:
    last = tmp_path / "last.json"
    last.write_bytes(content)
    ended = luodi("report", gold, "--last", last)
    assert ended.code == 0
    assert "(bad-last)" in ended.err or content == b"{}"
    assert len(json.loads(last.read_bytes())) == 2


def test_what_is_no_label_and_labels_without_a_page_are_told(gold: Path, tmp_path: Path) -> None:
    (gold / "x.json").write_text("[]", encoding="utf-8")
    (gold / "y.json").write_text('{"statements": []}', encoding="utf-8")
    ended = luodi("report", gold)
    assert ended.code == 1
    assert ended.err.count("(no-page)") == 2
    assert luodi("report", tmp_path / "pages").code == 2
