"""Several processes: the same result in the same order, and nothing hangs when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command_line.front_door import COMMAND, PAGE, PAGES, ROOT, TRACE, environment, luodi


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_any_number_of_processes_gives_the_same_bytes(form: str) -> None:
    outputs = {luodi("read", "--format", form, "--jobs", jobs, PAGES).out for jobs in ("1", "2", "5")}
    assert len(outputs) == 1
    assert outputs != {b""}


def test_refusals_come_in_their_place(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_bytes(b"\x00" if number % 7 == 3 else PAGE.encode())
    one, many = (luodi("read", "--format", "jsonl", "--jobs", jobs, tmp_path) for jobs in ("1", "3"))
    assert (one.out, one.err, one.code) == (many.out, many.err, many.code)
    assert one.err.count("(binary)") == 6


def test_standard_input_goes_with_several_processes() -> None:
    ended = luodi(
        "read", "--format", "jsonl", "--jobs", "2", "-", PAGES / "a01-interview-2023.txt", stdin=PAGE.encode()
    )
    assert ended.code == 0
    assert ended.text.startswith('{"key"')
    assert "标准输入" in ended.lines[0]


IN_ORDER = """
import os, signal, sys, time
from luodi.command_line.workers import in_order

def work(number):
    if number in {deadly}:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.002 * (number % 3))
    return number * number

print(list(in_order(work, iter(range({tasks})), {jobs}, lambda number: -number)))
"""


@pytest.mark.parametrize(
    ("jobs", "tasks", "deadly"),
    [(2, 50, {7}), (3, 60, {0, 1, 2, 30, 59}), (2, 6, set(range(6))), (4, 0, set())],
)
def test_each_file_over_which_a_worker_dies_is_answered_and_the_rest_is_done(
    jobs: int, tasks: int, deadly: set[int]
) -> None:
    program = IN_ORDER.format(jobs=jobs, tasks=tasks, deadly=deadly or "()")
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stderr == ""
    assert ended.stdout.strip() == str([-n if n in deadly else n * n for n in range(tasks)])


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


@pytest.fixture
def running(tmp_path: Path):
    """A long run with two workers, both at work."""
    for number in range(500):
        (tmp_path / f"{number:03}.txt").write_text(PAGE * 12, encoding="utf-8")
    command = [*COMMAND, "read", "--format", "jsonl", "--jobs", "2", "--out", "/dev/null", str(tmp_path)]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) as process:
        limit = time.monotonic() + 60
        while len(children(process.pid)) < 2:
            assert time.monotonic() < limit, "the workers never came"
            time.sleep(0.01)
        time.sleep(0.2)
        yield process
        process.kill()


def test_a_killed_worker_is_replaced_and_its_file_read(running: subprocess.Popen[bytes]) -> None:
    os.kill(children(running.pid)[0], signal.SIGKILL)
    err = running.communicate(timeout=100)[1].decode()
    assert running.returncode == 0
    assert "(worker-died)" not in err
    assert TRACE not in err
    assert "共 500 个文件" in err


def test_workers_end_when_their_parent_is_killed(running: subprocess.Popen[bytes]) -> None:
    workers = children(running.pid)
    running.kill()
    running.wait()
    limit = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() and not is_zombie(worker) for worker in workers):
        assert time.monotonic() < limit, "a worker outlived its parent"
        time.sleep(0.05)


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
