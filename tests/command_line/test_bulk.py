"""A long run that is ended anywhere goes on where it was, and every file's statements are in the output exactly once."""

from __future__ import annotations

import json
import os
import signal
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from luodi.command_line import journal, read
from luodi.command_line.journal import journal_of, part_of
from luodi.command_line.one_file import Answer, Task, read_one
from tests.command_line.front_door import PAGE, luodi
from tests.reading.made_files import zipped

KILLS = 50
FILES = 24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    (made / "深").mkdir(parents=True)
    for number in range(FILES):
        place = made / "深" if number % 5 == 0 else made
        (place / f"{number:02}.txt").write_text(PAGE.replace("5个", f"{number + 1}个"), encoding="utf-8")
    (made / "坏.txt").write_bytes(b"\0\1\2")
    (made / "包.zip").write_bytes(
        zipped({"甲.txt": PAGE.encode(), "坏.bin": b"\0\1", "乙.txt": PAGE.encode() + b"\n"})
    )
    return made


def options(folder: Path, out: Path, jobs: int = 1) -> Namespace:
    return Namespace(
        paths=[folder], format="jsonl", out=str(out), jobs=jobs, explain=False, resume=True, cluster=None
    )


def in_a_process(work: Callable[[], int]) -> int:
    """The exit code of ``work`` in a child, or minus the signal that ended it."""
    child = os.fork()
    if not child:
        code = 99
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Deadly:
    """Ends the process at the nth touch of the disk: before it, or halfway through it."""

    def __init__(self, at: int) -> None:
        self.left = at

    def guard(self, opened: object) -> object:
        deadly = self

        class Guarded:
            def write(self, raw: bytes) -> int:
                if deadly.is_over():
                    opened.write(raw[: len(raw) // 2])  # type: ignore[attr-defined]
                    opened.flush()  # type: ignore[attr-defined]
                    os.kill(os.getpid(), signal.SIGKILL)
                return int(opened.write(raw))  # type: ignore[attr-defined]

            def __getattr__(self, name: str) -> object:
                return getattr(opened, name)

            def __iter__(self) -> object:
                return iter(opened)  # type: ignore[call-overload]

        return Guarded()

    def is_over(self) -> bool:
        self.left -= 1
        return self.left < 0

    def run(self, asked: Namespace) -> int:
        whole = journal.Journal.__init__
        fsync, replace = os.fsync, Path.replace

        def begin(held: journal.Journal, out: Path, lines: object, part: object, place: object) -> None:
            whole(held, out, self.guard(lines), self.guard(part), place)  # type: ignore[arg-type]

        def synced(given: int) -> None:
            if self.is_over():
                os.kill(os.getpid(), signal.SIGKILL)
            fsync(given)

        def replaced(path: Path, to: Path) -> Path:
            if self.is_over():
                os.kill(os.getpid(), signal.SIGKILL)
            done = replace(path, to)
            if self.is_over():
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        journal.Journal.__init__ = begin  # type: ignore[method-assign]
        journal._FILES_AT_ONCE = 3
        os.fsync, Path.replace = synced, replaced  # type: ignore[assignment, method-assign]
        return read.run_read(asked)


def whole(folder: Path, tmp_path: Path) -> bytes:
    out = tmp_path / "whole.jsonl"
    assert luodi("read", "--format", "jsonl", "--out", out, "--jobs", "1", folder).code == 1
    return out.read_bytes()


def test_fifty_kills_of_the_process_lose_nothing_and_double_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    expected = whole(folder, tmp_path)
    kills = run = 0
    while kills < KILLS:
        ended = in_a_process(lambda at=1 + run % 9: Deadly(at).run(options(folder, out)))  # type: ignore[misc]
        run += 1
        if ended == -signal.SIGKILL:
            kills += 1
            continue
        assert ended == 1
        assert out.read_bytes() == expected
        assert not journal_of(out).exists()
        assert not part_of(out).exists()
        out.unlink()
    assert in_a_process(lambda: read.run_read(options(folder, out))) == 1
    assert out.read_bytes() == expected
    ids = Counter(json.loads(line)["key"] + json.loads(line)["doc"] for line in expected.splitlines())
    assert set(ids.values()) == {1}
    assert len({json.loads(line)["doc"] for line in expected.splitlines()}) == FILES + 2


def test_every_kill_point_of_one_run_is_survived(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    expected = whole(folder, tmp_path)
    for at in range(0, 45, 3):
        in_a_process(lambda at=at: Deadly(at).run(options(folder, out)))  # type: ignore[misc]
        if not out.exists():
            assert in_a_process(lambda: read.run_read(options(folder, out))) == 1
        assert out.read_bytes() == expected
        in_a_process(lambda: read.run_read(options(folder, out)))
        assert out.read_bytes() == expected
        out.unlink()


def test_killed_workers_are_replaced_and_their_files_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these files kills the worker that reads it first."""
    out, marks = tmp_path / "out.jsonl", tmp_path / "marks"
    marks.mkdir()
    expected = whole(folder, tmp_path)

    def deadly(task: Task) -> Answer:
        mark = marks / task.path.name
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return read_one(task)

    monkeypatch.setattr(read, "read_one", deadly)
    assert in_a_process(lambda: read.run_read(options(folder, out, jobs=3))) == 1
    assert len(list(marks.iterdir())) == FILES + 2
    assert out.read_bytes() == expected


def test_it_tells_what_was_done_before_and_counts_it(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert in_a_process(lambda: Deadly(16).run(options(folder, out))) == -signal.SIGKILL
    ended = luodi("read", "--format", "jsonl", "--out", out, "--resume", folder)
    assert ended.code == 1
    assert "(resumed)" in ended.err
    assert f"共 {FILES + 2} 个文件" in ended.err
    assert "拒收 2 个" in ended.err


@pytest.mark.parametrize("wrong", [("--out", "-"), (), ("--format", "gold", "--out", "x")])
def test_it_asks_for_a_file_of_json_lines(folder: Path, wrong: tuple[str, ...]) -> None:
    ended = luodi("read", "--resume", *wrong, folder)
    assert ended.code == 2
    assert "--resume" in ended.err


def test_two_runs_at_one_output_do_not_mix(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with journal.journal_for(out):
        ended = luodi("read", "--format", "jsonl", "--out", out, "--resume", folder)
    assert ended.code == 3
    assert "(cannot-write)" in ended.err
