"""Undocumented does not pass: commands, options, and every code that a refusal can carry."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator

from luodi.command_line.main import parser
from tests.house.building import PACKAGE, ROOT, name_of, python_files, text_of, tree_of

REFERENCE = ROOT / "docs" / "reference" / "commands.md"
REFUSALS = ROOT / "docs" / "how-to" / "refused-files.md"


def commands(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:
        if action.help != argparse.SUPPRESS:
            yield from (option for option in action.option_strings if option.startswith("--"))


def test_every_command_is_documented_with_its_options() -> None:
    text = text_of(REFERENCE)
    found = dict(commands(parser()))
    assert {"read", "repair", "figures", "periods"} <= set(found)
    missing = []
    for name, command in found.items():
        section = re.search(
            rf"^#+ [^\n]*\b{re.escape(name)}\b[^\n]*\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL
        )
        if section is None:
            missing.append(name)
            continue
        missing += [
            f"{name} {option}"
            for option in options(command)
            if option not in section[1] and option != "--help"
        ]
    assert missing == [], f"{name_of(REFERENCE)} does not describe these"


def test_every_command_says_what_it_does() -> None:
    for name, command in commands(parser()):
        assert command.description, f"bin/luodi {name} --help says nothing"


# a code at the end of a message: 没有这个文件。(not-found)
CODE_IN_MESSAGE = re.compile(r"\(([a-z]+(?:-[a-z]+)*)\)\"")


def refusal_codes() -> set[str]:
    """The first argument of every ``Refused(…)``, and the codes that end messages of commands and launcher."""
    codes = set()
    for path in python_files(PACKAGE):
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Refused"
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    codes.add(first.value)
    for path in [
        *python_files(PACKAGE / "command_line"),
        ROOT / "bin" / "setup.sh",
        ROOT / "bin" / "set_up.py",
    ]:
        codes.update(CODE_IN_MESSAGE.findall(text_of(path)))
    codes.update(re.findall(r"SetUpFailed\(\s*\"([a-z-]+)\"", text_of(ROOT / "bin" / "set_up.py")))
    return codes


def test_every_refusal_is_explained_with_its_remedy() -> None:
    text = text_of(REFUSALS)
    codes = refusal_codes()
    assert {"no-python", "no-pip", "read-only"} <= codes
    assert sorted(code for code in codes if f"`{code}`" not in text) == []
