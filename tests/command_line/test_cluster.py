"""Reading over a Dask cluster on this machine gives the bytes that reading here gives, whoever of the cluster dies meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.texts import make_page
from luodi.command_line import cluster
from luodi.command_line.journal import journal_of
from luodi.command_line.one_file import Task
from luodi.reading.refusals import Refused
from tests.command_line.front_door import COMMAND, PAGE, environment, luodi
from tests.reading.made_files import zipped

PAGES = 100
_PATIENCE = 240


@dataclass
class Cluster:
    """A scheduler and its workers, each a process."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < _PATIENCE, f"waited in vain for {what}"
        time.sleep(0.02)


@contextmanager
def cluster_of(folder: Path, workers: int, settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster on loopback, its scheduler's files in ``folder``; ended at the end."""
    known = folder / "scheduler.json"
    env = environment(settings or {})
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", *arguments], env=env, cwd=folder, **quiet
        )
        started.append(process)
        return process

    try:
        here = ("--host", "127.0.0.1", "--no-dashboard")
        scheduler = start(
            "distributed.cli.dask_scheduler", *here, "--port", "0", "--scheduler-file", str(known)
        )
        wait_until(lambda: known.exists() and known.stat().st_size > 0, "the scheduler")
        address = json.loads(known.read_bytes())["address"]
        alone = (*here, "--nthreads", "1", "--no-nanny", "--memory-limit", "0")
        yield Cluster(
            address,
            scheduler,
            [start("distributed.cli.dask_worker", address, *alone) for _ in range(workers)],
        )
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Distinct pages, some in folders, with what is refused and an archive among them."""
    made = tmp_path_factory.mktemp("cluster") / "pages"
    (made / "深").mkdir(parents=True)
    for number in range(PAGES):
        place = made / "深" if number % 3 else made
        (place / f"{number:03}.txt").write_text(make_page(number), encoding="utf-8")
    (made / "坏.txt").write_bytes(b"\0\1\2")
    (made / "包.zip").write_bytes(
        zipped({"甲.txt": PAGE.encode(), "坏.bin": b"\0\1", "乙.txt": PAGE.encode() + b"\n"})
    )
    return made


@pytest.fixture(scope="module")
def expected(folder: Path) -> bytes:
    """What reading the same folder here gives."""
    out = folder.parent / "whole.jsonl"
    assert luodi("read", "--format", "jsonl", "--out", out, "--jobs", "2", folder).code == 1
    return out.read_bytes()


def workers_that(do: str, folder: Path) -> dict[str, str]:
    """Settings of workers that do this before each file, so that what is to happen meanwhile happens meanwhile."""
    place = folder / "worker"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import os, time\n"
        "from luodi.command_line import cluster, one_file\n"
        "def changed(task):\n"
        f"    {do}\n"
        "    return one_file.read_one(task)\n"
        "cluster.read_one = changed\n",
        encoding="utf-8",
    )
    return {"PYTHONPATH": f"{place}{os.pathsep}{environment()['PYTHONPATH']}"}


def reading(folder: Path, out: Path, address: str) -> subprocess.Popen[bytes]:
    command = [
        *COMMAND,
        "read",
        "--format",
        "jsonl",
        "--resume",
        "--cluster",
        address,
        "--out",
        str(out),
        str(folder),
    ]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def has_begun(out: Path) -> Callable[[], bool]:
    return lambda: journal_of(out).exists() and journal_of(out).stat().st_size > 0


def test_a_worker_killed_midway_loses_nothing_and_doubles_nothing(
    folder: Path, expected: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    with cluster_of(tmp_path, workers=2, settings=workers_that("time.sleep(0.05)", tmp_path)) as held:
        run = reading(folder, out, held.address)
        wait_until(has_begun(out), "the first files")
        held.workers[0].kill()
        assert run.poll() is None, "the run was over before the worker was killed"
        _, said = run.communicate(timeout=_PATIENCE)
    assert run.returncode == 1, said.decode()
    assert out.read_bytes() == expected
    ids = Counter(json.loads(line)["key"] + json.loads(line)["doc"] for line in out.read_bytes().splitlines())
    assert set(ids.values()) == {1}
    assert "拒收 2 个" in said.decode()


def test_a_run_whose_scheduler_died_goes_on_with_another(
    folder: Path, expected: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with cluster_of(tmp_path / "one", workers=1, settings=workers_that("time.sleep(0.05)", tmp_path)) as held:
        run = reading(folder, out, held.address)
        wait_until(has_begun(out), "the first files")
        held.scheduler.kill()
        _, said = run.communicate(timeout=_PATIENCE)
        assert run.returncode == 3
        assert "(cluster-lost)" in said.decode()
        assert not out.exists()
    with cluster_of(tmp_path / "two", workers=2) as held:
        run = reading(folder, out, held.address)
        _, said = run.communicate(timeout=_PATIENCE)
        assert run.returncode == 1, said.decode()
        assert "(resumed)" in said.decode()
    assert out.read_bytes() == expected


def test_a_file_over_which_workers_die_is_answered_and_the_rest_read(tmp_path: Path) -> None:
    """The workers' program is changed from outside: one page ends whoever reads it."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(4):
        (pages / f"{number}.txt").write_text(PAGE.replace("5个", f"{number + 1}个"), encoding="utf-8")
    (pages / "2.txt").write_text("这一页读不得。", encoding="utf-8")
    deadly = workers_that("if '读不得'.encode() in task.raw: os._exit(1)", tmp_path)
    settings = {**deadly, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    out = tmp_path / "out.jsonl"
    with cluster_of(tmp_path, workers=3, settings=settings) as held:
        ended = luodi("read", "--format", "jsonl", "--out", out, "--cluster", held.address, pages)
    assert ended.code == 1
    assert "(worker-died)" in ended.err
    assert {json.loads(line)["doc"][-5:] for line in out.read_bytes().splitlines()} == {
        "0.txt",
        "1.txt",
        "3.txt",
    }


def test_where_there_is_no_cluster_it_says_so(tmp_path: Path) -> None:
    page = tmp_path / "x.txt"
    page.write_text(PAGE, encoding="utf-8")
    for address in ("tcp://127.0.0.1:9", "nothing://x"):
        ended = luodi("read", "--cluster", address, page)
        assert ended.code == 3
        assert "(no-cluster)" in ended.err
    with cluster_of(tmp_path, workers=0) as held:
        ended = luodi("read", "--cluster", held.address, page)
    assert ended.code == 3
    assert "(no-workers)" in ended.err
    ended = luodi("read", "--cluster", "tcp://127.0.0.1:9", "--jobs", "2", page)
    assert ended.code == 2


def test_a_worker_of_another_version_answers_nothing() -> None:
    task = Task(Path("x.txt"), "jsonl", 0, raw=PAGE.encode())
    assert isinstance(cluster.read_together(cluster.fingerprint(), [task]), list)
    assert cluster.read_together("another", [task]) == cluster.fingerprint()


def test_a_refusal_travels() -> None:
    import pickle

    refused = pickle.loads(pickle.dumps(Refused("empty", "文件是空的。")))
    assert (refused.code, refused.message) == ("empty", "文件是空的。")
