"""An archive that is a tar, packed or not, comes in like a zip: every file once, within the same bounds."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from luodi.kernel.documents.models import Source
from luodi.kernel.files.tarballs import as_zip
from luodi.kernel.files.zip_bounds import Bounds, open_archive
from luodi.kernel.jobs import actions, staging
from luodi.kernel.jobs.actions import Given
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.refusal import Refusal
from tests.desk.intake_desk import adds_up, page, work, zipped


def tarred(files: dict[str, bytes], mode: str = "w:gz", encoding: str = "utf-8") -> bytes:
    """A tar of these files, a link and a folder."""
    with tarfile.open(
        fileobj=(held := io.BytesIO()), mode=mode, encoding=encoding, format=tarfile.GNU_FORMAT
    ) as archive:  # type: ignore[call-overload]
        folder = tarfile.TarInfo("夹")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, raw in files.items():
            one = tarfile.TarInfo(name)
            one.size = len(raw)
            archive.addfile(one, io.BytesIO(raw))
    return held.getvalue()


def linked() -> bytes:
    with tarfile.open(fileobj=(held := io.BytesIO()), mode="w:gz") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return held.getvalue()


def taken_in(given: dict[str, bytes]) -> Job:
    job = actions.open_job("intake", by=SYSTEM)
    for name, raw in given.items():
        sha, size = staging.lay_by(job.id, io.BytesIO(raw).read, 10**9)
        actions.add_item(job, Given(name, sha, size))
    actions.close_job(job)
    work()
    return job


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize(
    ("name", "mode"), [("页.tar.gz", "w:gz"), ("页.tgz", "w:gz"), ("页.tar", "w"), ("页", "w:gz")]
)
def test_its_files_come_in_once_each_with_their_names(name: str, mode: str) -> None:
    pages = {f"深/公告{number}.txt": page(number) for number in range(4)}
    job = taken_in({name: tarred({**pages, "._深": b"left by a system"}, mode)})
    found = {item.name: item.state for item in Item.objects.exclude(state="opened")}
    assert found == dict.fromkeys(pages, "taken")
    assert Source.objects.count() == len(pages)
    assert adds_up(job)
    again = taken_in({name: tarred(pages, mode)})
    assert {item.state for item in Item.objects.filter(job=again).exclude(state="opened")} == {"known"}


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_names_of_chinese_systems_are_read_as_they_were_written() -> None:
    taken_in({"旧.tar": tarred({"公告.txt": page(1)}, "w", "gb18030")})
    assert [item.name for item in Item.objects.exclude(state="opened")] == ["公告.txt"]


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_a_list_of_addresses_in_it_is_known_before_its_pages() -> None:
    listed = "公告1.txt http://example.test/1.htm\n".encode()
    taken_in({"页.tgz": tarred({"公告1.txt": page(1), "网址清单.txt": listed})})
    assert [source.address for source in Source.objects.all()] == ["http://example.test/1.htm"]


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_what_is_hostile_is_refused_and_the_good_page_comes_in() -> None:
    inside = {
        "好的.txt": page(1),
        "../../逃.txt": page(2),
        "/绝对.txt": page(3),
        "里层.tgz": tarred({"a.txt": page(4)}),
        "里层.zip": zipped({"a.txt": page(5)}),
        "程序.exe": b"MZ\0\0",
        "空.txt": b"",
    }
    job = taken_in({"混.tar.gz": tarred(inside), "链.tgz": linked()})
    assert {item.name: item.code for item in Item.objects.exclude(state="opened")} == {
        "好的.txt": "",
        "../../逃.txt": "odd-name",
        "/绝对.txt": "odd-name",
        "里层.tgz": "archive-too-deep",
        "里层.zip": "archive-too-deep",
        "程序.exe": "executable",
        "空.txt": "empty-file",
        "passwd.txt": "archive-link",
    }
    assert adds_up(job)


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_what_cannot_be_opened_or_is_a_bomb_is_refused_whole() -> None:
    whole = tarred({"a.txt": page(1) * 50}, "w")
    given = {
        "半个.tgz": (gzip.compress(whole)[:-40], "archive-damaged"),
        "不是包.tar.gz": (gzip.compress("不是包".encode() * 300), "archive-damaged"),
        "乱.tgz": (b"\x1f\x8b\x08" + b"\xff" * 500, "archive-damaged"),
        "炸弹.tgz": (tarred({"0.txt": b"\0" * 120_000_000}), "archive-bomb"),
        "空的.tgz": (tarred({}), "archive-empty"),
    }
    job = taken_in({name: raw for name, (raw, _) in given.items()})
    assert {item.name: item.code for item in Item.objects.all()} == {
        name: code for name, (_, code) in given.items()
    }
    assert adds_up(job)
    assert not list(staging.folder_of(job.id).glob("*.zip"))


def test_so_many_files_and_no_more(tmp_path: Path) -> None:
    given, made = tmp_path / "a.tar", tmp_path / "a.zip"
    given.write_bytes(tarred({f"{n}.txt": b"a" for n in range(29)}, "w"))
    as_zip(given, made, Bounds(parts=30))
    with open_archive(made) as archive:
        assert len(archive.infolist()) == 29
    with pytest.raises(Refusal, match="29") as refused:
        as_zip(given, made, Bounds(parts=29))
    assert refused.value.code == "archive-too-many"


def test_a_file_named_twice_is_there_twice(tmp_path: Path) -> None:
    given, made = tmp_path / "a.tgz", tmp_path / "a.zip"
    with tarfile.open(given, "w:gz") as archive:
        for raw in (b"one", b"two"):
            one = tarfile.TarInfo("a.txt")
            one.size = len(raw)
            archive.addfile(one, io.BytesIO(raw))
    as_zip(given, made)
    with open_archive(made) as found:
        assert [found.read(part) for part in found.infolist()] == [b"one", b"two"]
