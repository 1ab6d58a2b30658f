"""``read``: files in, statements out, as a table, JSON lines, Parquet or a file a page."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from luodi.command_line.colours import wants_colour
from luodi.command_line.inputs import STDIN, find_files, load, shown
from luodi.command_line.one_file import Answer, Task, read_one, stem_of, worker_died
from luodi.command_line.outputs import make_folder, put, whole_file
from luodi.command_line.progress import Progress
from luodi.command_line.usage import USED_WRONGLY
from luodi.reading.refusals import Refused

# below this many files another process costs more than it brings
_WORTH_A_PROCESS = 64
_MOST_UNASKED = 8


def run_read(options: argparse.Namespace) -> int:
    """Read everything named; 0 when all was read, 1 when something was refused, 2 when asked wrongly."""
    wrong = _wrongly_asked(options)
    if wrong:
        print(f"luodi: {wrong}", file=sys.stderr)
        return USED_WRONGLY
    form = "explain" if options.explain else options.format or "table"
    if form == "parquet":
        from luodi.command_line.parquet import require_parquet

        require_parquet()
    ours = [] if options.out in (None, "-") else [Path(os.path.realpath(options.out))]
    files = find_files(options.paths, ours)
    first = next(files, None)
    if first is None:
        print("luodi: 文件夹里没有可读的文件（以点开头的跳过）。(empty-folder)", file=sys.stderr)
        return 0
    if form == "gold":
        clash = _same_stem(find_files(options.paths, ours))
        if clash:
            both = f"{shown(clash[0])} 与 {shown(clash[1])}"
            print(f"luodi: {both} 文件名主干相同，结果会互相覆盖。请分开读。(same-stem)", file=sys.stderr)
            return USED_WRONGLY
    if options.resume:
        return _run_resumed(options)
    columns = shutil.get_terminal_size((120, 40)).columns
    colour = form == "table" and wants_colour(sys.stdout)
    tasks = (_task(path, form, columns, colour) for path in _chain(first, files))
    progress = Progress(find_files(options.paths, ours))
    try:
        with _sink(form, options.out) as write:
            for answer in _answers(tasks, options):
                _take(answer, write, progress)
    finally:
        progress.finish()
    return 1 if progress.refused else 0


def _run_resumed(options: argparse.Namespace) -> int:
    """Read what an interrupted run left unread; the output is as if it had never been interrupted."""
    from luodi.command_line.journal import journal_for, journal_of, part_of

    out = Path(os.path.realpath(options.out))
    ours = [out, journal_of(out), part_of(out)]
    progress = Progress(find_files(options.paths, ours))
    try:
        with journal_for(out, _place_of(options.format)) as journal:
            progress.go_on(journal.files, journal.statements, len(journal.refused))
            if not journal.is_finished:
                left = (path for path in find_files(options.paths, ours) if not journal.is_done(path))
                for answer in _answers((_task(path, "jsonl", 0, False) for path in left), options):
                    _take(answer, lambda _answer: None, progress)
                    journal.take(answer)
                journal.finish()
    finally:
        progress.finish()
    return 1 if progress.refused else 0


def _place_of(form: str) -> Callable[[Path, Path], object]:
    if form != "parquet":
        return Path.replace
    from luodi.command_line.parquet import place_parquet

    return place_parquet


def _wrongly_asked(options: argparse.Namespace) -> str | None:
    """What is wrong with the options taken together, or None."""
    if options.explain and options.format not in (None, "table"):
        return f"--explain 是给人看的，不能与 --format {options.format} 同用。请只用其一。(bad-usage)"
    if options.format == "gold" and not options.out:
        return "--format gold 需要用 --out 指定文件夹。(no-out)"
    if options.format == "gold" and options.out == "-":
        return "--format gold 每篇一个文件，--out 应为文件夹，不能是 -。(no-out)"
    in_one_file = options.format in ("jsonl", "parquet")
    if options.resume and (not in_one_file or options.out in (None, "-") or STDIN in options.paths):
        return "--resume 只用于 --format jsonl 或 parquet，并用 --out 指定文件，不读标准输入。(bad-usage)"
    if options.format == "parquet" and options.out in (None, "-"):
        return "--format parquet 需要用 --out 指定文件，不能写到标准输出。(no-out)"
    if options.format in (None, "table") and options.out:
        return "--out 只用于 --format jsonl、parquet 或 gold；要存下表格，请用 >。(out-without-format)"
    if options.cluster and options.jobs:
        return "--jobs 是本机的进程数，不能与 --cluster 同用。请只用其一。(bad-usage)"
    return None


def _chain(first: Path, rest: Iterable[Path]) -> Iterator[Path]:
    yield first
    yield from rest


def _task(path: Path, form: str, columns: int, colour: bool) -> Task:
    raw: bytes | Refused | None = None
    if path == STDIN:
        try:
            raw = load(path)
        except Refused as refused:
            raw = refused
    return Task(path, "jsonl" if form == "parquet" else form, columns, colour, raw)


def _take(answer: Answer, write: Callable[[Answer], None], progress: Progress) -> None:
    for each in answer.members or (answer,):
        if each.refusal is None:
            write(each)
            progress.statements += each.statements
        else:
            progress.refused += 1
            progress.say(f"luodi: {shown(each.path)}: {each.refusal}")
    progress.step(answer.size)


def _answers(tasks: Iterator[Task], options: argparse.Namespace) -> Iterator[Answer]:
    """The answers in the order of the tasks, by a cluster, or by as many processes as asked for or worth it."""
    if options.cluster:
        from luodi.command_line.cluster import over_cluster

        yield from over_cluster(options.cluster, tasks, worker_died)
        return
    jobs = options.jobs
    head = list(islice(tasks, _WORTH_A_PROCESS))
    if not jobs:
        jobs = min(os.cpu_count() or 1, _MOST_UNASKED) if len(head) == _WORTH_A_PROCESS else 1
    jobs = min(jobs, len(head))
    if jobs > 1:
        from luodi.command_line.workers import can_work, in_order

        if can_work():
            yield from in_order(read_one, _both(head, tasks), jobs, worker_died)
            return
    yield from map(read_one, _both(head, tasks))


def _both(head: Iterable[Task], rest: Iterable[Task]) -> Iterator[Task]:
    yield from head
    yield from rest


def _same_stem(files: Iterable[Path]) -> tuple[Path, Path] | None:
    seen: dict[str, Path] = {}
    for path in files:
        stem = stem_of(path)
        if stem in seen:
            return seen[stem], path
        seen[stem] = path
    return None


@contextmanager
def _sink(form: str, out: str | None) -> Iterator[Callable[[Answer], None]]:
    """What takes an answer to where it belongs."""
    if form == "gold":
        folder = Path(out or ".")
        make_folder(folder)
        yield lambda answer: _write_page(folder / f"{answer.stem}.json", answer.output)
    elif form == "parquet":
        from luodi.command_line.parquet import parquet_file

        with parquet_file(Path(out or ".")) as opened:
            yield lambda answer: _write_lines(opened, answer)
    elif out is not None and out != "-":
        with whole_file(Path(out)) as opened:
            yield lambda answer: _write_lines(opened, answer)
    else:
        yield lambda answer: put(answer.output)


def _write_lines(opened: BinaryIO, answer: Answer) -> None:
    opened.write(answer.output)


def _write_page(path: Path, output: bytes) -> None:
    with whole_file(path) as opened:
        opened.write(output)
