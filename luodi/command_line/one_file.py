"""One file read and rendered: what a worker does, and what it answers."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from luodi.command_line.inputs import STDIN, load, shown
from luodi.kernel.documents.converting import converter_for
from luodi.reading.document import Document
from luodi.reading.formats.archives import is_archive, members
from luodi.reading.reader import read
from luodi.reading.refusals import Refused


@dataclass(frozen=True)
class Task:
    """One file and how to show it; ``raw`` is given where the bytes cannot be fetched by name (standard input)."""

    path: Path
    form: str
    columns: int
    colour: bool = False
    raw: bytes | Refused | None = None


@dataclass(frozen=True)
class Answer:
    """What reading one file gave: the bytes to write, or why it was refused; of an archive, an answer for each member.

    ``stem`` is what its file of labels is called.
    """

    path: Path
    output: bytes
    size: int = 0
    statements: int = 0
    refusal: str | None = None
    stem: str = ""
    members: tuple[Answer, ...] = ()


def stem_of(path: Path) -> str:
    """The name of a page without folder and ending: what its file of labels is called."""
    return "stdin" if path == STDIN else path.stem


def read_one(task: Task) -> Answer:
    """Read and render one file. Nothing escapes: a refusal is an answer, and so is a fault of our own."""
    try:
        raw = load(task.path) if task.raw is None else task.raw
        if isinstance(raw, Refused):
            raise raw
        if not raw:
            raise Refused("empty", "文件是空的，没有可读的内容。请重新抓取或检查来源。")
        if is_archive(raw):
            return Answer(task.path, b"", len(raw), members=tuple(_of_archive(task, raw)))
    except Refused as refused:
        return refuse(task, refused)
    return _read_bytes(task, raw, shown(task.path), stem_of(task.path))


def _of_archive(task: Task, raw: bytes) -> Iterator[Answer]:
    """An answer for each file of an archive; for the archive, too, where it breaks off."""
    try:
        for number, member in enumerate(members(raw), 1):
            name = Path(f"{task.path}/{member.name}")
            inner = replace(task, path=name, raw=member.raw)
            if isinstance(member.raw, Refused):
                yield refuse(inner, member.raw)
            elif not member.raw:
                yield refuse(inner, Refused("empty", "文件是空的，没有可读的内容。"))
            else:
                yield _read_bytes(inner, member.raw, shown(name), f"{stem_of(task.path)}-{number:04}")
    except Refused as refused:
        yield refuse(task, refused)


def _read_bytes(task: Task, raw: bytes, name: str, stem: str) -> Answer:
    try:
        document = read(raw, name, converter_for(raw))
        output = b"".join(_render(document, task, stem))
    except Refused as refused:
        return refuse(task, refused)
    except MemoryError:
        return refuse(task, Refused("no-memory", "内存不够，未读。请减少 --jobs，或拆成较小的文件。"))
    except (
        Exception
    ) as fault:  # one page must not stop a folder; said with its place, so that it can be mended
        where = traceback.extract_tb(fault.__traceback__)[-1]
        kind = f"{type(fault).__name__}，{Path(where.filename).name} 第 {where.lineno} 行"
        return refuse(task, Refused("fault", f"程序读这一篇时出错（{kind}），未读。请把文件与本行一并报告。"))
    return Answer(task.path, output, len(raw), len(document.statements), stem=stem)


def refuse(task: Task, refused: Refused) -> Answer:
    """The answer that says why a file was not read."""
    return Answer(task.path, b"", refusal=f"{refused.message}({refused.code})")


def worker_died(task: Task) -> Answer:
    """The answer for a file over which a worker was killed."""
    return refuse(
        task,
        Refused("worker-died", "读这一篇的进程被系统终止（多半是内存不够），未读。请减少 --jobs 后重读。"),
    )


def _render(document: Document, task: Task, name: str) -> Iterator[bytes]:
    if task.form == "jsonl":
        from luodi.command_line.records import records

        for record in records(document):
            yield orjson.dumps(record) + b"\n"
        return
    if task.form == "gold":
        from luodi.reading.gold import as_gold

        stem = shown(Path(name))
        yield orjson.dumps(as_gold(document, stem), option=orjson.OPT_INDENT_2) + b"\n"
        return
    from luodi.command_line.explain import explain
    from luodi.command_line.table import render

    explained = task.form == "explain"
    lines = explain(document) if explained else render(document, task.columns, colour=task.colour)
    for line in lines:
        yield f"{line}\n".encode("utf-8", "backslashreplace")
