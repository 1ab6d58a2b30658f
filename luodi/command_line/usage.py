"""The command line speaks Chinese: help and complaints, with lines measured in columns of a terminal."""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from luodi.command_line.wrapping import wrap

USED_WRONGLY = 2


class _Formatter(argparse.HelpFormatter):
    """Help with Chinese headings; wrapped by width, for Chinese has no spaces to break at."""

    def __init__(self, prog: str) -> None:
        # argparse counts characters; the headings it does not wrap are a few columns wider than it thinks
        super().__init__(prog, width=max(shutil.get_terminal_size().columns, 40) - 5)

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = []
        for line in text.splitlines():
            deeper = indent + " " * (len(line) - len(line.lstrip()))
            lines += [deeper + part for part in wrap(line.lstrip(), width - len(deeper))]
        return "\n".join(lines)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):  # the commands without a line for "command" itself
            return "".join(self._format_action(each) for each in self._iter_indented_subactions(action))
        return super()._format_action(action)


class Parser(argparse.ArgumentParser):
    """A parser whose every word is Chinese; a wrong command line exits 2 with what was given and what is allowed."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **given)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong and leave with exit code 2."""
        print(f"luodi: {in_chinese(message)}用 {self.prog} --help 看写法。(bad-usage)", file=sys.stderr)
        raise SystemExit(USED_WRONGLY)


def in_chinese(message: str) -> str:
    """argparse's complaint in Chinese, as whole sentences; one it does not know is passed on as it came.

    >>> in_chinese("unrecognized arguments: --colour")
    '没有“--colour”这个选项或参数。'
    """
    for pattern, say in _COMPLAINTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return say(found)
    return f"命令写法有误（{message}）。"


def _named(argument: str) -> str:
    """``argument --out`` and ``--format/-f`` as the person typed it."""
    return argument.split("/")[0]


def _invalid_choice(found: re.Match[str]) -> str:
    given = found["given"]
    allowed = re.findall(r"[\w-]+", found["allowed"])
    close = difflib.get_close_matches(given, allowed, 1)
    meant = f"是不是“{close[0]}”？" if close else ""
    if found["name"] in ("命令", "command"):
        return f"没有“{given}”这个命令。{meant}可用的命令：{'、'.join(allowed)}。"
    return f"{_named(found['name'])} 得到“{given}”，应为 {'、'.join(allowed)} 之一。{meant}"


_COMPLAINTS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"unrecognized arguments: (.*)", lambda m: f"没有“{m[1]}”这个选项或参数。"),
    (r"the following arguments are required: (.*)", lambda m: f"缺少 {m[1].replace(', ', '、')}。"),
    (
        r"argument (?P<name>\S+): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<allowed>.*)\)",
        _invalid_choice,
    ),
    (r"argument (\S+): expected one argument", lambda m: f"{_named(m[1])} 后面要跟一个值。"),
    (r"argument (\S+): expected at least one argument", lambda m: f"{_named(m[1])} 后面至少要跟一个值。"),
    (
        r"argument (\S+): ignored explicit argument '?(.*?)'?",
        lambda m: f"{_named(m[1])} 后面不跟值，却得到“{m[2]}”。",
    ),
    (
        r"argument (\S+): invalid \S+ value: '?(.*?)'?",
        lambda m: f"{_named(m[1])} 得到“{m[2]}”，不是可用的值。",
    ),
    # our own types complain in Chinese already
    (r"argument (\S+): (.*[^\x00-\x7f].*)", lambda m: f"{_named(m[1])} {m[2]}。"),
)
