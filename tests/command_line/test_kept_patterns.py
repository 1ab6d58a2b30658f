"""Patterns kept between runs: the same patterns, and never in the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.command_line.kept_patterns import KeptPatterns

PATTERNS = (
    r"(?P<year>\d{4})年(?:(?P<month>\d+)月)?",
    r"[一-鿿]+?(?=[，。])|(?i:abc)\b",
    r"(a)|b",
    r"新建[^，]{2,9}+公园",
    "",
)


def kept_twice(path: Path, pattern: str, flags: int = 0) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern as compiled in a first run, and as found in a second."""
    first = KeptPatterns(path)
    made = first.compile(pattern, flags)
    first.save()
    second = KeptPatterns(path)
    found = second.compile(pattern, flags)
    assert (first.compiled, second.compiled) == (1, 0)
    return made, found


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_kept_pattern_is_the_pattern(tmp_path: Path, pattern: str) -> None:
    plain = re.compile(pattern, re.DOTALL)
    for made in kept_twice(tmp_path / "kept", pattern, re.DOTALL):
        assert (made.pattern, made.flags, made.groups, made.groupindex) == (
            plain.pattern,
            plain.flags,
            plain.groups,
            plain.groupindex,
        )
        for text in ("2026年3月新建口袋公园5个，abc。", "b", ""):
            assert [m.groups() for m in made.finditer(text)] == [m.groups() for m in plain.finditer(text)]
            assert [m.lastgroup for m in made.finditer(text)] == [m.lastgroup for m in plain.finditer(text)]


@given(st.binary(max_size=200))
def test_a_spoiled_file_costs_time_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("spoiled") / "kept"
    path.write_bytes(raw)
    assert KeptPatterns(path).compile(r"\d+个").findall("5个6个") == ["5个", "6个"]


def test_a_list_the_engine_will_not_have_is_made_anew(tmp_path: Path) -> None:
    kept = KeptPatterns(tmp_path / "kept")
    kept.compile(r"\d+个")
    for key, (flags, code, *rest) in list(kept._kept.items()):
        kept._kept[key] = (flags, code[:4], *rest)
    assert kept.compile(r"\d+个").findall("5个") == ["5个"]


def test_where_nothing_may_be_written_nothing_is_kept(tmp_path: Path) -> None:
    kept = KeptPatterns(tmp_path / "no such folder" / "kept")
    kept.compile("x")
    kept.save()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_pattern_is_still_said(tmp_path: Path) -> None:
    with pytest.raises(re.error):
        KeptPatterns(tmp_path / "kept").compile("(")
