"""What is written: whole or not at all, where it was asked for, and never over what must not be replaced."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.command_line.front_door import COMMAND, PAGE, TRACE, environment, luodi, shell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.txt").write_text(PAGE, encoding="utf-8")
    return made


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A folder that takes several seconds to read."""
    made = tmp_path / "large"
    made.mkdir()
    for number in range(400):
        (made / f"{number:03}.txt").write_text(PAGE * 12, encoding="utf-8")
    return made


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    ended = shell("luodi read --format jsonl pages | head -n 1", folder.parent)
    assert (ended.code, len(ended.lines)) == (0, 1)
    assert "Error" not in ended.err
    assert "Exception" not in ended.err
    assert shell("luodi repair pages/0.txt | true", folder.parent).code == 0
    assert shell("yes 增长5% | luodi figures | head -n 2", folder.parent).lines[1:]


@pytest.mark.parametrize(
    "line", ["read pages", "read --format jsonl pages", "repair pages/0.txt", "read --explain pages"]
)
def test_a_full_disk_is_said_with_exit_code_3(folder: Path, line: str) -> None:
    ended = shell(f"luodi {line} > /dev/full", folder.parent)
    assert ended.code == 3
    assert "磁盘已满" in ended.err
    assert ended.err.rstrip().endswith("(cannot-write)")


def test_a_full_disk_is_said_for_lines_too(tmp_path: Path) -> None:
    assert shell("echo 增长5% | luodi figures > /dev/full", tmp_path).code == 3


@pytest.mark.parametrize("out", ["/dev/full", "/nowhere/at/all.jsonl", "pages", "/proc/version"])
def test_an_unwritable_file_is_said_with_exit_code_3(folder: Path, out: str) -> None:
    ended = luodi("read", "--format", "jsonl", "--out", out, "pages", cwd=folder.parent)
    assert ended.code == 3
    assert out in ended.err
    assert "(cannot-write)" in ended.err


def test_an_unwritable_folder_is_said_with_exit_code_3(folder: Path) -> None:
    for out in (folder / "0.txt", "/proc/nothing"):
        assert luodi("read", "--format", "gold", "--out", out, folder).code == 3


def test_a_device_is_written_to_and_not_replaced(folder: Path) -> None:
    assert luodi("read", "--format", "jsonl", "--out", "/dev/null", folder).code == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert luodi("read", "--format", "jsonl", "--out", "/dev/stdout", folder).lines


def test_a_pipe_is_written_to_and_not_replaced(folder: Path) -> None:
    os.mkfifo(folder.parent / "pipe")
    ended = shell("cat pipe > got & luodi read --format jsonl --out pipe pages; wait", folder.parent)
    assert ended.code == 0
    assert stat.S_ISFIFO((folder.parent / "pipe").stat().st_mode)
    assert (folder.parent / "got").read_bytes().count(b"\n") > 0


def test_a_link_is_followed_and_permissions_stay(folder: Path) -> None:
    real = folder.parent / "real.jsonl"
    real.write_text("old")
    real.chmod(0o640)
    (folder.parent / "link.jsonl").symlink_to("real.jsonl")
    assert luodi("read", "--format", "jsonl", "--out", folder.parent / "link.jsonl", folder).code == 0
    assert (folder.parent / "link.jsonl").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert json.loads(real.read_bytes().splitlines()[0])


def test_what_was_there_stays_when_reading_is_asked_wrongly(folder: Path) -> None:
    out = folder.parent / "out.jsonl"
    out.write_text("old")
    assert luodi("read", "--format", "jsonl", "--out", out, "--jobs", "0", folder).code == 2
    assert out.read_text() == "old"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_ended_leaves_no_half_file(large: Path, how: signal.Signals, jobs: str) -> None:
    out = large.parent / "out.jsonl"
    out.write_text("old")
    command = [*COMMAND, "read", "--format", "jsonl", "--jobs", jobs, "--out", str(out), str(large)]
    # where the whole run was started in the background, Ctrl-C is ignored, and children inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) as running:
        _wait_for_part(out.parent)
        running.send_signal(how)
        err = running.communicate(timeout=60)[1].decode()
    assert running.returncode in (130, 143, -signal.SIGKILL)
    assert TRACE not in err
    assert out.read_text() == "old"
    if how != signal.SIGKILL:
        assert [path.name for path in out.parent.iterdir() if path.name.endswith(".part")] == []
    if how == signal.SIGINT:
        assert "已中断" in err


def _wait_for_part(folder: Path) -> None:
    """Until the run is writing."""
    limit = time.monotonic() + 60
    while not any(path.name.endswith(".part") for path in folder.iterdir()):
        assert time.monotonic() < limit, "nothing was ever written"
        time.sleep(0.02)
    time.sleep(0.2)


def test_two_pages_of_one_name_are_not_written_over_each_other(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "0.html").write_text(PAGE, encoding="utf-8")
    out = folder.parent / "labels"
    ended = luodi("read", "--format", "gold", "--out", out, folder)
    assert (ended.code, ended.out) == (2, b"")
    assert "(same-stem)" in ended.err
    assert not out.exists()
