"""Used wrongly, a command says in Chinese what was given and what is allowed, and exits with 2."""

from __future__ import annotations

import re

import pytest

from tests.command_line.front_door import luodi

WRONG = {
    (): "缺少 命令",
    ("raed", "x"): "是不是“read”",
    ("推进",): "没有“推进”这个命令",
    ("read",): "缺少 PATH",
    ("read", "--colour", "x"): "没有“--colour”",
    ("read", "--form", "table", "x"): "没有“--form",
    ("read", "--format", "xml", "x"): "应为 table、jsonl、parquet、gold 之一",
    ("read", "--format", "jsnol", "x"): "是不是“jsonl”",
    ("read", "--format"): "后面要跟一个值",
    ("read", "--explain=1", "x"): "后面不跟值",
    ("read", "--jobs", "0", "x"): "1 至 256",
    ("read", "--jobs", "两个", "x"): "1 至 256",
    ("read", "--jobs", "-3", "x"): "--jobs",
    ("read", "--jobs", "9" * 5000, "x"): "1 至 256",
    ("read", "--format", "gold", "x"): "(no-out)",
    ("read", "--format", "gold", "--out", "-", "x"): "(no-out)",
    ("read", "--out", "o", "x"): "(out-without-format)",
    ("read", "--explain", "--format", "jsonl", "x"): "--explain",
    ("repair",): "缺少 PATH",
    ("repair", "a", "b"): "没有“b”",
    ("periods", "--on", "明天"): "(bad-day)",
    ("periods", "--on", "2026-02-30"): "(bad-day)",
    ("figures", "--on", "2026-01-01"): "没有“--on 2026-01-01”",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_exits_2_with_a_chinese_sentence_and_a_code(arguments: tuple[str, ...]) -> None:
    ended = luodi(*arguments)
    assert (ended.code, ended.out) == (2, b"")
    assert WRONG[arguments] in ended.err
    assert re.search(r"\([a-z-]+\)\n\Z", ended.err)
    english = re.sub(
        r"luodi|--\S+|\S*/\S*|\([a-z-]+\)|PATH|read|repair|figures|periods|compare|report|second|new-area|due|up|prepare|intake|verify|backup|restore|move|doctor|keys|table|jsonl|parquet|gold|help|9+|xml|jsnol|raed|[a-z]\b",
        "",
        ended.err,
    )
    assert not re.search(r"[A-Za-z]{3,}", english), f"not Chinese: {english}"


@pytest.mark.parametrize("command", [(), ("read",), ("repair",), ("figures",), ("periods",)])
def test_help_is_chinese_and_exits_0(command: tuple[str, ...]) -> None:
    for option in ("-h", "--help"):
        ended = luodi(*command, option)
        assert (ended.code, ended.err) == (0, "")
        assert ended.text.startswith("用法：bin/luodi")
        assert not re.search(r"\b(usage|options|positional|show this)\b", ended.text)


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_help_fits_the_terminal(columns: int) -> None:
    from luodi.command_line.wrapping import width_of

    text = luodi("read", "--help", env={"COLUMNS": str(columns)}).text
    longest = max(text.splitlines(), key=width_of)
    assert width_of(longest) <= columns, longest
