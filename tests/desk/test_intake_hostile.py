"""What must never come in, each refused in words that say what to do: programs, macros, bombs, forged and odd names, NULs."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile

import pytest

from luodi.kernel.documents.address_list import address_list
from luodi.kernel.documents.harmless import require_harmless
from luodi.kernel.documents.models import Source
from luodi.kernel.files import zip_bounds
from luodi.kernel.files.names import require_plain_name, visible
from luodi.kernel.jobs import actions, staging
from luodi.kernel.jobs.actions import Given
from luodi.kernel.jobs.models import Item
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.refusal import Refusal
from tests.desk.intake_desk import adds_up, page, work, zipped

CONTENT_TYPES = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def bomb(megabytes: int = 60) -> bytes:
    return zipped({"word/document.xml": b"\0" * (megabytes * 1_000_000), "[Content_Types].xml": b"<Types/>"})


def locked() -> bytes:
    """A zip whose only part says that it is encrypted."""
    raw = bytearray(zipped({"密.txt": page(1)}))
    raw[6] |= 1
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    return bytes(raw)


def overlapping() -> bytes:
    """A zip whose parts all are the same bytes."""
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 8 + os.urandom(5_000))
        first = archive.filelist[0]
        for n in range(50):
            twin = zipfile.ZipInfo(f"{n}.txt")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    return held.getvalue()


def linked() -> bytes:
    with zipfile.ZipFile(held := io.BytesIO(), "w") as archive:
        link = zipfile.ZipInfo("passwd.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return held.getvalue()


def all_table() -> bytes:
    """A zip that says of itself that its table of contents is 30 MB long."""
    table = b"\0" * 30_000_000
    return b"PK\x03\x04" + table + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(table), 0, 0)


HOSTILE = {
    "程序.txt": (b"MZ\x90\0" + b"\0" * 60, "executable"),
    "程序": (b"\x7fELF\x02\x01", "executable"),
    "脚本.bat": (b"@echo off", "executable"),
    "带宏.docx": (zipped({**DOCX, "word/vbaProject.bin": b"x"}), "macros"),
    "带宏的类型.docx": (zipped({**DOCX, "[Content_Types].xml": CONTENT_TYPES}), "macros"),
    "带宏.docm": (zipped(DOCX), "macros"),
    "旧带宏.doc": (OLE + b"\0" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "加密.docx": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "旧文档.doc": (OLE + b"\0" * 600, "unreadable-kind"),
    "炸弹.docx": (bomb(), "archive-bomb"),
    "炸弹.zip": (zipped({"0.txt": b"\0" * 120_000_000}), "archive-bomb"),
    "重叠.zip": (overlapping(), "archive-bomb"),
    "全是目录.zip": (all_table(), "archive-bomb"),
    "半个.zip": (zipped({"a.txt": page(1)})[:60], "archive-damaged"),
    "空的.zip": (zipped({}), "archive-empty"),
    "其实是文档.zip": (zipped(DOCX), "forged-name"),
    "其实是图片.txt": (PNG, "forged-name"),
    "其实是压缩包.htm": (zipped({"a": b"x"}), "forged-name"),
    "其实是文字.pdf": (page(2), "forged-name"),
    "其实是PDF.docx": (b"%PDF-1.7\n", "forged-name"),
    "图片.png": (PNG, "unreadable-kind"),
    "文档.pdf": (b"%PDF-1.7\n", "damaged"),
    "包.rar": (b"Rar!\x1a\x07\x01\0", "unreadable-kind"),
    "空字节.txt": ("新建公园".encode() + b"\0\0\0" + "五个".encode() * 9, "binary"),
    "控制符.txt": (b"\x01\x02\x03" * 400, "binary"),
    "零字节.txt": (b"", "empty-file"),
    "只有空白.txt": (b" \r\n\t\n", "blank-page"),
    "只有标记.htm": (b"<html><head><script>1</script></head><body><div></div></body></html>", "blank-page"),
    "../../etc/passwd": (page(3), "odd-name"),
    "..\\..\\boot.ini": (page(3), "odd-name"),
    "/etc/passwd": (page(3), "odd-name"),
    "C:\\windows\\a.txt": (page(3), "odd-name"),
    "发票\u202etxt.exe": (page(3), "odd-name"),
    "零\u200b宽.txt": (page(3), "odd-name"),
    "空\0字节.txt": (page(3), "odd-name"),
    "换\n行.txt": (page(3), "odd-name"),
    "半个字\ud800.txt": (page(3), "odd-name"),
    "": (page(3), "odd-name"),
    "...": (page(3), "odd-name"),
    "长" * 201 + ".txt": (page(3), "name-too-long"),
    "深/" * 500 + "a.txt": (page(3), "name-too-long"),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_everything_hostile_is_refused_in_words_and_the_good_page_among_it_comes_in() -> None:
    job = actions.open_job("intake", by=SYSTEM)
    expected = {}
    for name, (raw, code) in {**HOSTILE, "好的.txt": (page(1), "")}.items():
        sha, size = staging.lay_by(job.id, io.BytesIO(raw).read, 10**9)
        item = actions.add_item(job, Given(name, sha, size))
        expected[item.pk] = (name, code)
    actions.close_job(job)
    work()
    found = {item.pk: item for item in Item.objects.all()}
    assert {expected[pk]: item.code for pk, item in found.items() if item.code != expected[pk][1]} == {}
    assert all(item.words.endswith("。") and len(item.words) > 12 for item in found.values() if item.code)
    assert [item.state for item in found.values() if not item.code] == ["taken"]
    assert adds_up(job)
    assert Source.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_what_is_hostile_inside_an_archive_is_refused_alone() -> None:
    inside = {
        "好的.txt": page(1),
        "../../逃.txt": page(2),
        "程序.exe": b"MZ\0\0",
        "里层.zip": zipped({"a.txt": page(3)}),
        "大零.txt": b"\0" * 6_000_000,
        "带宏.docx": zipped({**DOCX, "word/vbaProject.bin": b"x"}),
        "空.txt": b"",
    }
    job = actions.open_job("intake", by=SYSTEM)
    for name, raw in {"混.zip": zipped(inside), "密.zip": locked(), "链.zip": linked()}.items():
        sha, size = staging.lay_by(job.id, io.BytesIO(raw).read, 10**9)
        actions.add_item(job, Given(name, sha, size))
    actions.close_job(job)
    work()
    found = {item.name: item.code for item in Item.objects.exclude(state="opened")}
    assert found == {
        "好的.txt": "",
        "../../逃.txt": "odd-name",
        "程序.exe": "executable",
        "里层.zip": "archive-too-deep",
        "大零.txt": "archive-bomb",
        "带宏.docx": "macros",
        "空.txt": "empty-file",
        "密.txt": "archive-locked",
        "passwd.txt": "archive-link",
    }
    assert adds_up(job)


def test_an_archive_of_too_many_files_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped({f"{n}.txt": b"a" for n in range(30)})
    with pytest.raises(Refusal) as refused:
        zip_bounds.open_archive(many, zip_bounds.Bounds(parts=29))
    assert refused.value.code == "archive-too-many"
    zip_bounds.open_archive(many, zip_bounds.Bounds(parts=30)).close()


def test_a_part_that_lies_about_its_size_gives_no_more_than_it_says() -> None:
    raw = bytearray(zipped({"a.txt": b"a" * 100_000}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    with zip_bounds.open_archive(bytes(raw)) as archive, pytest.raises(Refusal) as refused:
        zip_bounds.read_part(archive, archive.infolist()[0], 1_000)
    assert refused.value.code == "archive-damaged"


def test_names_from_windows_and_from_elsewhere_are_read() -> None:
    for encoding in ("utf-8", "gb18030"):
        part = zipfile.ZipInfo("x")
        part.orig_filename = "存档/公告.txt".encode(encoding).decode("cp437")
        assert zip_bounds.name_of_part(part) == "存档/公告.txt"


def test_what_is_plain_is_not_refused() -> None:
    for name in (
        "2026年工作报告（送审稿）.htm",
        "存档/2026/一月/a b+c=d&e'f.txt",
        "www.example.com",
        "a..b.txt",
        "😀.txt",
    ):
        require_plain_name(name)
    for raw, name in (
        (page(1), "网页.doc"),  # exported by systems as pages
        (b"<html><body>x</body></html>", "a.shtml"),
        (page(1), "没有结尾"),
        ("青岚区".encode("utf-16"), "记事本.txt"),
        ("青岚区新建公园".encode("gb18030"), "旧.txt"),
    ):
        require_harmless(raw, name)


def test_a_refused_name_can_be_shown_and_kept_without_harm() -> None:
    shown = visible("a\u202eb\0c\ud800\n" + "长" * 2_000)
    assert len(shown) == 300
    shown.encode("utf-8")
    assert not any(sign in shown for sign in "\u202e\0\n")


def test_a_list_of_addresses_believes_only_addresses_of_the_web() -> None:
    listed = address_list(
        b"a.txt\tjavascript:alert(1)\nb.txt\tfile:///etc/passwd\nc.txt https://news.example/c\n",
        "网址.txt",
    )
    assert [listed.address_of(name) for name in ("a.txt", "b.txt", "c.txt")] == [
        "",
        "",
        "https://news.example/c",
    ]
    for raw in (b"", b"\0\0\0", "没有网址的一行\n".encode()):
        with pytest.raises(Refusal):
            address_list(raw, "网址.txt")


def test_a_name_that_two_folders_share_gets_no_address_by_guess() -> None:
    listed = address_list("甲/1.txt https://a.example/1\n乙/1.txt https://a.example/2\n".encode(), "网址.txt")
    assert (listed.address_of("甲/1.txt"), listed.address_of("1.txt")) == ("https://a.example/1", "")
