"""Jobs of taking in: what waits, what became of it; nothing twice, nothing stopped by a bad file, nothing left lying about."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from luodi.kernel.clocks.now import held_at, now
from luodi.kernel.documents.models import Source
from luodi.kernel.jobs import actions, limits, staging, sweeping
from luodi.kernel.jobs.actions import AlreadySettled, Given
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.jobs.working import Worker
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from tests.desk.intake_desk import adds_up, outcomes, page, work, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def begun(**more: Any) -> Job:
    return actions.open_job("intake", by=more.pop("by", SYSTEM), **more)


def give(job: Job, name: str, raw: bytes, **more: str) -> Item:
    sha, size = staging.lay_by(job.id, io.BytesIO(raw).read, 10**9)
    return actions.add_item(job, Given(name, sha, size, **more))


def given(files: dict[str, bytes]) -> Job:
    job = begun()
    for name, raw in files.items():
        give(job, name, raw)
    actions.close_job(job)
    return job


def test_a_bad_file_never_stops_the_rest_and_the_numbers_add_up() -> None:
    job = given(
        {"一.txt": page(1), "空.txt": b"", "坏.exe": b"MZ\0\0", "二.txt": page(2), "又是一.txt": page(1)}
    )
    work()
    assert outcomes(job) == {
        "一.txt": ("taken", ""),
        "空.txt": ("refused", "empty-file"),
        "坏.exe": ("refused", "executable"),
        "二.txt": ("taken", ""),
        "又是一.txt": ("known", ""),
    }
    assert adds_up(job)
    assert (job.state, job.taken, job.known, job.refused, job.findings) == ("ended", 2, 1, 2, 2)


def test_the_same_file_of_the_same_name_is_there_once_however_often_it_is_added() -> None:
    job = begun()
    first = give(job, "一.txt", page(1))
    assert give(job, "一.txt", page(1)).pk == first.pk
    work()
    assert give(job, "一.txt", page(1)).pk == first.pk
    work()
    assert adds_up(job)
    assert (job.total, Event.objects.filter(kind="source.kept").count()) == (1, 1)


def test_what_is_there_is_met_again_and_not_kept_twice() -> None:
    first, second = given({"一.txt": page(1)}), given({"别名.txt": page(1)})
    work()
    taken, known = Item.objects.get(job=first), Item.objects.get(job=second)
    assert (taken.state, known.state, known.result) == ("taken", "known", taken.result)
    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
        "source.kept",
        "source.seen_again",
    ]
    second.refresh_from_db()
    assert second.findings == 0, "what was found before is not found again"


def test_it_is_done_in_the_name_of_who_asked_as_the_post_of_then() -> None:
    job = begun(by=Actor(account="w0000000000001", post="o0000000000001"))
    give(job, "一.txt", page(1))
    work()
    kept = Event.objects.get(kind="source.kept")
    assert (kept.account, kept.post) == ("w0000000000001", "o0000000000001")


def test_an_archive_unfolds_into_its_files_and_leaves_out_what_systems_made() -> None:
    inside = {
        "存档/一.txt": page(1),
        "存档/二.txt": page(2),
        "存档/.DS_Store": b"\0",
        "__MACOSX/存档/._一.txt": b"\0",
        "存档/一_files/a.js": b"x",
    }
    job = given({"存档.zip": zipped(inside)})
    work()
    assert outcomes(job) == {
        "存档.zip": ("opened", ""),
        "存档/一.txt": ("taken", ""),
        "存档/二.txt": ("taken", ""),
    }
    assert adds_up(job)
    assert (job.total, job.containers) == (2, 1)


def test_addresses_come_from_a_list_beside_the_files_wherever_it_lies() -> None:
    listed = (
        "文件名,网址\n一.txt,https://news.example/1.htm\n深/二.txt\thttps://news.example/2.htm\n".encode()
    )
    inside = {"a/一.txt": page(3), "网址清单.csv": b"https://news.example/3.htm\ta/\xe4\xb8\x80.txt"}
    job = begun()
    give(job, "清单.txt", listed, role="list")
    give(job, "一.txt", page(1))
    give(job, "深/二.txt", page(2))
    give(job, "外.txt", page(4), note="https://news.example/4.htm")
    give(job, "z.zip", zipped(inside))
    work()
    addresses = set(Source.objects.values_list("address", flat=True))
    assert addresses == {f"https://news.example/{n}.htm" for n in (1, 2, 3, 4)}
    assert adds_up(job)
    assert job.taken == 4


def test_stopped_it_rests_and_goes_on_with_the_next_file() -> None:
    job = given({f"{n}.txt": page(n) for n in range(4)})
    worker = Worker()
    worker.turn(0)
    job.refresh_from_db()
    assert job.done == 1
    actions.stop(job)
    work(worker)
    job.refresh_from_db()
    assert (job.done, job.state) == (1, "stopped")
    actions.go_on(job)
    work(worker)
    assert adds_up(job)
    assert (job.done, job.state) == (4, "ended")


def test_what_is_left_out_after_a_stop_is_refused_in_words_and_the_job_ends() -> None:
    job = given({f"{n}.txt": page(n) for n in range(3)})
    Worker().turn(0)
    actions.stop(job)
    actions.leave_out(job, "left-out", "余下的没有收。")
    work()
    assert adds_up(job)
    assert (job.state, job.taken, job.refused) == ("ended", 1, 2)


def test_small_jobs_need_not_wait_for_large_ones() -> None:
    large = given({f"{n}.txt": page(n) for n in range(6)})
    small = given({"一份.txt": page(100)})
    worker = Worker()
    for _ in range(2):
        worker.turn(0)
    small.refresh_from_db()
    large.refresh_from_db()
    assert (small.state, large.done) == ("ended", 1)


def test_nothing_lies_about_when_a_job_has_ended() -> None:
    job = given({"一.txt": page(1), "z.zip": zipped({"二.txt": page(2)})})
    assert staging.folder_of(job.id).exists()
    work()
    assert not staging.folder_of(job.id).exists()


def test_the_bytes_of_a_file_go_when_it_is_in_but_not_while_another_item_needs_them() -> None:
    job = begun()
    give(job, "一.txt", page(1))
    give(job, "又是一.txt", page(1))
    path = staging.path_of(job.id, Item.objects.first().sha256)  # type: ignore[union-attr]
    worker = Worker()
    worker.turn(0)
    assert path.exists()
    worker.turn(0)
    assert not path.exists()


def test_bytes_that_are_gone_are_told_and_not_taken_for_a_fault() -> None:
    job = given({"一.txt": page(1), "z.zip": zipped({"二.txt": page(2)}), "三.txt": page(3)})
    for path in staging.folder_of(job.id).iterdir():
        if path.name == Item.objects.get(name="三.txt").sha256:
            continue
        path.unlink()
    work()
    assert outcomes(job) == {
        "一.txt": ("refused", "staged-gone"),
        "z.zip": ("refused", "staged-gone"),
        "三.txt": ("taken", ""),
    }


def test_a_full_disk_stops_the_job_and_refuses_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    job = given({"一.txt": page(1)})

    def full(*_: Any, **__: Any) -> None:
        raise Refusal("disk-full", "磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr("luodi.kernel.documents.actions.kept_file", full)
        work()
    job.refresh_from_db()
    assert (job.state, job.trouble, job.refused) == ("stopped", "磁盘满了。", 0)
    actions.go_on(job)
    work()
    assert outcomes(job) == {"一.txt": ("taken", "")}


def test_a_fault_of_ours_is_tried_again_and_then_refused_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = given({"机密名字.txt": page(1), "二.txt": page(2)})
    import luodi.kernel.documents.actions as documents

    real = documents.read

    def broken(raw: bytes, name: str = "") -> Any:
        if raw == page(1):
            raise RuntimeError("a fault of ours")
        return real(raw, name)

    monkeypatch.setattr(documents, "read", broken)
    work()
    assert outcomes(job) == {"机密名字.txt": ("refused", "kept-failing"), "二.txt": ("taken", "")}
    assert adds_up(job)
    assert sum("机密名字" in record.getMessage() for record in caplog.records) == 0


def test_a_database_that_is_gone_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    job = given({"一.txt": page(1)})

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("luodi.kernel.documents.actions._keep", gone)
        with pytest.raises(OperationalError):
            Worker().turn()
    work()
    assert outcomes(job) == {"一.txt": ("taken", "")}
    assert Item.objects.get().tries == 1, "the worker ended at it, once"


def test_a_file_that_keeps_killing_the_worker_is_refused_at_last() -> None:
    job = given({"杀手.txt": page(1), "二.txt": page(2)})
    item = Item.objects.get(name="杀手.txt")
    at_work = Path(staging.folder_of(job.id)).parent / "at-work"
    for _ in range(limits.MOST_TRIES):
        at_work.write_text(str(item.pk), encoding="utf-8")  # what a worker that was killed leaves behind
        actions.stop(job)
        Worker().turn()
        actions.go_on(job)
    work()
    assert outcomes(job) == {"杀手.txt": ("refused", "kept-failing"), "二.txt": ("taken", "")}


def test_two_workers_at_one_item_write_one_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    job = given({"一.txt": page(1)})
    item = Item.objects.get()
    actions.refuse(item, Refusal("left-out", "没有收。"))
    with pytest.raises(AlreadySettled):
        actions.settle(item, "taken", result="d0000000000000")
    job.refresh_from_db()
    assert (job.refused, job.taken, Event.objects.count()) == (1, 0, 0)


def test_what_another_worker_settled_meanwhile_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    job = given({"一.txt": page(1)})
    import luodi.kernel.documents.actions as documents

    real = documents.read

    def slow(raw: bytes, name: str = "") -> Any:
        actions.refuse(Item.objects.get(), Refusal("left-out", "没有收。"))
        return real(raw, name)

    monkeypatch.setattr(documents, "read", slow)
    work()
    assert outcomes(job) == {"一.txt": ("refused", "left-out")}
    assert (Source.objects.count(), Event.objects.count()) == (0, 0)


def test_more_than_a_job_may_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ITEMS", 3)
    job = begun()
    for n in range(3):
        give(job, f"{n}.txt", page(n))
    with pytest.raises(Refusal) as refused:
        give(job, "3.txt", page(3))
    assert refused.value.code == "files-too-many"
    packed = given({"z.zip": zipped({f"{n}.txt": page(n) for n in range(4)})})
    work()
    assert outcomes(packed) == {"z.zip": ("refused", "files-too-many")}
    with pytest.raises(Refusal, match="最多"):
        begun(expected=4)


def test_bytes_and_open_jobs_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 200)
    monkeypatch.setattr(limits, "MOST_OPEN", 2)
    job = begun()
    give(job, "1.txt", page(1))
    with pytest.raises(Refusal) as refused:
        give(job, "2.txt", page(2) * 2)
    assert refused.value.code == "bytes-too-many"
    begun()
    with pytest.raises(Refusal) as refused:
        begun()
    assert refused.value.code == "jobs-too-many"


def test_what_nobody_goes_on_with_is_put_in_order() -> None:
    unsent, stopped, whole = begun(expected=5), begun(), begun(expected=1)
    give(unsent, "1.txt", page(1))
    give(stopped, "2.txt", page(2))
    give(whole, "3.txt", page(3))
    actions.stop(stopped)
    later = now() + dt.timedelta(minutes=2)
    with held_at(later):
        sweeping.sweep()
        whole.refresh_from_db()
        assert whole.all_sent_at is not None, "all that was spoken of has come"
    with held_at(now() + dt.timedelta(days=31)):
        work()
        for job in (unsent, stopped):
            assert adds_up(job)
        assert (unsent.state, unsent.taken) == ("ended", 1)
        assert (stopped.state, stopped.refused) == ("ended", 1)
        sweeping.sweep()
    assert Item.objects.filter(name__isnull=True).count() == 0
    with held_at(now() + dt.timedelta(days=70)):
        sweeping.sweep()
    assert Item.objects.filter(name__isnull=False).count() == 0, (
        "names of files are forgotten, the numbers stay"
    )
    assert adds_up(unsent)


def test_a_file_comes_in_parts_and_goes_on_where_it_broke_off() -> None:
    job, raw = begun(), os.urandom(100_000)
    import hashlib

    sha = hashlib.sha256(raw).hexdigest()

    def send(start: int, end: int) -> int:
        return staging.add_part(job.id, sha, len(raw), start, io.BytesIO(raw[start:end]).read)

    assert send(0, 40_000) == 40_000
    assert send(50_000, 60_000) == 40_000, "a part that leaves a gap is not read"
    assert send(0, 40_000) == 40_000, "nor one that was there"
    assert staging.come_so_far(job.id, sha, len(raw)) == 40_000
    assert send(40_000, 100_000) == 100_000
    assert staging.path_of(job.id, sha).read_bytes() == raw
    assert send(0, 40_000) == 100_000


def test_a_file_that_came_otherwise_than_its_hash_says_is_not_kept() -> None:
    job, sha = begun(), "0" * 64
    with pytest.raises(Refusal) as refused:
        staging.add_part(job.id, sha, 5, 0, io.BytesIO(b"abcde").read)
    assert refused.value.code == "upload-damaged"
    assert staging.come_so_far(job.id, sha, 5) == 0


def test_more_bytes_than_were_spoken_of_are_not_written() -> None:
    job, sha = begun(), "0" * 64
    with pytest.raises(Refusal) as refused:
        staging.add_part(job.id, sha, 5, 0, io.BytesIO(b"a" * 100_000).read)
    assert refused.value.code == "upload-too-much"
    assert sum(path.stat().st_size for path in staging.folder_of(job.id).iterdir()) <= 5


def test_only_ids_and_hashes_become_paths() -> None:
    for job, sha in (
        ("../../etc", "0" * 64),
        ("b0000000000000", "../passwd"),
        ("", ""),
        ("b" * 14, "A" * 64),
    ):
        with pytest.raises(ValueError, match="is no"):
            staging.path_of(job, sha)


def test_a_disk_that_is_nearly_full_takes_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun()
    monkeypatch.setattr(limits, "LEAST_FREE", 10**18)
    with pytest.raises(Refusal) as refused:
        give(job, "1.txt", page(1))
    assert refused.value.code == "disk-full"
    assert not staging.folder_of(job.id).exists() or not list(staging.folder_of(job.id).iterdir())
