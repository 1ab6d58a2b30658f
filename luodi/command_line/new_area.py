"""``bin/luodi new-area NAME --label 名称``: the small files of a new mechanism, and its one line in the settings."""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from luodi.command_line.new_area_files import FILES
from luodi.command_line.usage import USED_WRONGLY

_NAME = re.compile(r"(?=.{3,30}\Z)[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LABEL = re.compile(r"(?=.*[\u4e00-\u9fff])[\u4e00-\u9fff·、“”（）0-9A-Za-z]{2,20}")
_LINE = re.compile(r'^    "luodi\.areas\.\w+\.apps\.\w+Config",\n', re.MULTILINE)


def run_new_area(options: argparse.Namespace) -> int:
    """Write the files and tell what to do next; nothing is written where a name is bad or taken."""
    root = Path(__file__).resolve().parents[2]
    fault = _fault(root, options.name, options.label)
    if fault:
        print(f"luodi: {fault}", file=sys.stderr)
        return USED_WRONGLY
    for path in write(root, options.name, options.label):
        print(path)
    print(
        f"\n写好了，能用，也过得了测试。接下来：改 luodi/areas/{options.name}/playbook.py 里的状态、动作和期限，"
        f"再写 tests/areas/test_{options.name}.py；改了 models.py 就补一步迁移。\n"
        "正在跑的要重新启动：bin/luodi up",
        file=sys.stderr,
    )
    return 0


def write(root: Path, name: str, label: str) -> list[str]:
    """Write every file and enter the area in the settings; the paths written, below ``root``."""
    words = {"name": name, "label": label, "camel": _camel(name)}
    written = []
    for path, text in FILES.items():
        there = path.replace("$name", name)
        (root / there).parent.mkdir(parents=True, exist_ok=True)
        (root / there).write_text(text.substitute(words), encoding="utf-8")
        written.append(there)
    settings = root / "luodi" / "website" / "settings.py"
    held = settings.read_text(encoding="utf-8")
    last = list(_LINE.finditer(held))[-1].end()
    line = f'    "luodi.areas.{name}.apps.{words["camel"]}Config",\n'
    settings.write_text(held[:last] + line + held[last:], encoding="utf-8")
    return [*written, "luodi/website/settings.py"]


def _fault(root: Path, name: str, label: str) -> str:
    """Why it can not be written, in words; empty where it can."""
    if not _NAME.fullmatch(name):
        return f"名字写的是“{name}”，应是3至30个小写英文字母、数字和下划线，字母开头，如 appeals。(bad-area-name)"
    if keyword.iskeyword(name):
        return f"“{name}”是 Python 自己的词，文件夹不能叫这个。请换一个，如 {name}_cases。(bad-area-name)"
    if not _LABEL.fullmatch(label):
        return f"中文名称写的是“{label}”，应是2至20个汉字，如 --label 诉求办理。(bad-area-label)"
    if not (root / "tests" / "areas").is_dir():
        return "这里是装好的程序，不是源代码。请在源代码的文件夹里运行。(no-source)"
    if (root / "luodi" / "areas" / name).exists():
        return f"已经有 luodi/areas/{name}，什么也没有写。请换一个名字，或直接改那里的文件。(area-taken)"
    return _taken(root, name, label)


def _taken(root: Path, name: str, label: str) -> str:
    """What else in the program is called so already: it would not start any more, or a test would be overwritten."""
    for place in (f"luodi/{name}", f"luodi/kernel/{name}", f"tests/areas/test_{name}.py"):
        if (root / place).exists():
            return f"“{name}”已经是 {place} 的名字，什么也没有写。请换一个，如 {name}_cases。(area-taken)"
    dues = "".join(path.read_text(encoding="utf-8") for path in root.glob("luodi/**/due_items.py"))
    for kind, called in _known(root):
        if called == label:
            return (
                f"已经有一类事项叫“{label}”，列表里分不清，什么也没有写。请换一个 --label。(bad-area-label)"
            )
        if kind == name or f'"{name}"' in dues:
            return f"已经有一类事项的代号是“{name}”，什么也没有写。请换一个，如 {name}_cases。(area-taken)"
    return ""


def _known(root: Path) -> Iterator[tuple[str, str]]:
    """Every kind of case there is, and its label. Playbooks are pure: nothing is started for it."""
    for path in sorted((root / "luodi" / "areas").glob("*/*playbook.py")):
        with suppress(Exception):  # one that somebody is still writing is no reason
            found = import_module(f"luodi.areas.{path.parent.name}.{path.stem}")
            for each in getattr(found, "PLAYBOOKS", None) or [found.PLAYBOOK]:
                yield each.kind, each.label


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_") if part)
