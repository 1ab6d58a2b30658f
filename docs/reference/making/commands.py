"""commands.md: the command line as its parser knows it, the exit codes, and every code that a message ends with."""

from __future__ import annotations

import argparse
import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

from docs.reference.making.markdown import NOTE, cell, code, page, table
from luodi.command_line.options import EXIT_CODES, parser

PACKAGE = Path(__file__).resolve().parents[3] / "luodi"
_ENDS_WITH_CODE = re.compile(r"^(?P<message>.*)\((?P<code>[a-z]+(?:-[a-z]+)*)\)$", re.DOTALL)
_OWN_NAME = re.compile(r"^\s*luodi: ")


def write() -> str:
    """The page."""
    top = parser()
    lines = [
        NOTE,
        "",
        "# 命令",
        "",
        f"{top.description}每个命令都可以加 `--help`。结果写到标准输出，其余（进度、拒收的原因）写到标准错误。",
        "JSON 的每一项见[条目的 JSON](records.md)，规则名见[读取规则](reading-rules.md)。",
        "",
    ]
    for name, command in _commands(top):
        lines += _command(name, command)
    lines += ["## 退出码", "", *table(("退出码", "意思"), [(str(k), v) for k, v in EXIT_CODES.items()])]
    lines += [
        "## 代码",
        "",
        "标准错误里的每句话以括号里的代码结尾，代码不会变，可供程序判断。怎么办，见[文件被拒收、命令报错怎么办](../how-to/refused-files.md)。"
        "“…”处随情形而定。",
        "",
        *table(
            ("代码", "所说的话"),
            [(code(name), cell(" / ".join(said))) for name, said in sorted(messages().items())],
        ),
    ]
    return page(lines)


def _commands(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _command(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    yield from (
        f"## `bin/luodi {name}`",
        "",
        command.description or "",
        "",
        "```sh",
        _usage(command),
        "```",
        "",
    )
    rows = []
    for action in command._actions:
        if action.dest == "help":
            continue
        written = " ".join(filter(None, ("/".join(action.option_strings), str(action.metavar or ""))))
        rows.append((code(written.strip()), cell(action.help or "")))
    if rows:
        yield from table(("参数", "意思"), rows)


def _usage(command: argparse.ArgumentParser) -> str:
    """The usage on one line, whatever the terminal."""
    columns = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "1000"
    try:
        return " ".join(command.format_usage().split()).removeprefix("用法：")
    finally:
        if columns is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = columns


def messages() -> dict[str, list[str]]:
    """Every code with what is said before it, read off the sources."""
    found: dict[str, dict[str, None]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name, said in _messages(ast.parse(path.read_bytes())):
            found.setdefault(name, {})[said] = None
    return {name: list(said) for name, said in found.items()}


def _messages(tree: ast.Module) -> Iterator[tuple[str, str]]:
    filled_in = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if id(node) in filled_in:
            continue
        is_refusal = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        )
        if is_refusal and len(node.args) == 2 and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value), _template(node.args[1])
        elif isinstance(node, ast.Constant | ast.JoinedStr):
            ends = _ENDS_WITH_CODE.match(_template(node))
            if ends and re.search("[\u4e00-\u9fff]", ends["message"]):
                yield ends["code"], _OWN_NAME.sub("", ends["message"])


def _template(node: ast.expr) -> str:
    """The text of a literal, with … for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(value) for value in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "…"
