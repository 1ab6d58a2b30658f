"""Files made to break a reader: refused with a code and Chinese words, in bounded time and memory, never with a trace."""

from __future__ import annotations

import io
import os
import random
import re
import stat
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.reading.document import Document
from luodi.reading.formats import archives
from luodi.reading.formats.archives import members
from luodi.reading.formats.numbering import in_chinese
from luodi.reading.formats.package import Package
from luodi.reading.formats.safe_xml import parse
from luodi.reading.reader import read
from luodi.reading.refusals import Refused
from tests.reading.made_files import a_docx, a_pdf, an_ofd, an_xls, an_xlsx, lines_on, tarred, zipped

TEXT = ["今年，全区新建口袋公园5个，完成投资3.2亿元。"]
ROWS = [["序号", "项目名称", "责任单位"], ["1", "新建口袋公园5个", "区住建局"]]
WHOLE = {
    "docx": a_docx(TEXT, ROWS),
    "xlsx": an_xlsx({"任务": ROWS}),
    "xls": an_xls({"任务": ROWS}),
    "pdf": a_pdf([lines_on(TEXT)], [(80, 200, 300, 200), (80, 240, 300, 240)]),
    "bare pdf": a_pdf([lines_on(TEXT)], packed=False),
    "ofd": an_ofd([lines_on(TEXT)], [(80, 200, 300, 200)]),
    "zip": zipped({"甲.txt": TEXT[0].encode(), "乙.docx": a_docx(TEXT)}),
    "tar": tarred({"甲.txt": TEXT[0].encode()}),
    "bare tar": tarred({"甲.txt": TEXT[0].encode()}, ""),
}
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
OUTSIDE = (
    b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>'
    b"</w:body></w:document>"
)


def in_words(refused: Refused) -> bool:
    return (
        bool(re.fullmatch(r"[a-z-]+", refused.code))
        and refused.message.endswith("。")
        and len(refused.message) > 12
    )


def outcome(raw: bytes) -> Document | str:
    """What came of reading: a document whose spans hold, or the code of a refusal in words."""
    try:
        document = read(raw)
    except Refused as fault:
        refused = fault
    else:
        return held(document)
    assert in_words(refused), refused
    return refused.code


def held(document: Document) -> Document:
    for s in document.statements:
        start, stop = document.source_span(s.start, s.stop)
        assert 0 <= start < stop <= len(document.source)
        document.place_of(start, stop)
    return document


def unfolded(raw: bytes) -> list[tuple[str, str]]:
    """The members of an archive, each with its code; the archive's own last, under no name."""
    found: list[tuple[str, Refused | bytes]] = []
    try:
        found.extend(members(raw))
    except Refused as fault:
        found.append(("", fault))
    assert all(in_words(came) for _, came in found if isinstance(came, Refused))
    return [(name, came.code if isinstance(came, Refused) else "") for name, came in found]


def word(body: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body})


def deep(levels: int) -> bytes:
    return (
        b"<w:document xmlns:w='w'><w:body>"
        + b"<w:sdt>" * levels
        + b"</w:sdt>" * levels
        + b"</w:body></w:document>"
    )


def sheet_of(rows: int) -> bytes:
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="t" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/></R>',
        "xl/worksheets/s.xml": b"<worksheet><sheetData>"
        + b"".join(b'<row><c t="str"><v>%x</v></c></row>' % (n * 2_654_435_761 % 2**32) for n in range(rows))
        + b"</sheetData></worksheet>",
    }
    return zipped(parts)


def old_sheet_of(rows: int) -> bytes:
    return an_xls({"任务": [["甲"]] * rows})


def overlapping() -> bytes:
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", os.urandom(5_000))
        first = archive.filelist[0]
        for n in range(50):
            twin = zipfile.ZipInfo(f"{n}.txt")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    return held.getvalue()


def locked_zip() -> bytes:
    raw = bytearray(zipped({"密.txt": b"x" * 50}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def pdf_bomb() -> bytes:
    stream = zlib.compress(b"0 0 m 1 1 l S\n" * 9_000_000, 9)
    return a_pdf([lines_on(TEXT)]).replace(b"stream\n", b"stream\n" + stream + b"\nendstream\nstream\n", 1)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: word(BILLION), "bomb"),
        (lambda: word(OUTSIDE), "bomb"),
        (lambda: word(deep(5_000)), "bomb"),
        (lambda: word(b"<w:document>"), "damaged"),
        (lambda: word(b"\0" * 60_000_000), "bomb"),
        (lambda: word(b""), "damaged"),
        (lambda: sheet_of(1_000_000), "too-long"),
        (lambda: old_sheet_of(50_001), "too-long"),
        (pdf_bomb, "bomb"),
        (lambda: a_pdf([[]]).replace(b"/FlateDecode", b"[/FlateDecode/FlateDecode]"), "bomb"),
        (lambda: b"%PDF-1.7\n\x00", "damaged"),
        (lambda: b"PK\x03\x04\x14\x00\x06\x00", "damaged"),
        (lambda: zipped({"OFD.xml": b"<a/>"}), "no-text"),
        (
            lambda: zipped({"OFD.xml": b"<a><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></a>"}),
            "damaged",
        ),
        (lambda: zipped({"ppt/presentation.xml": b"<a/>"}), "old-format"),
        (lambda: zipped({"xl/workbook.bin": b"x"}), "old-format"),
        (
            lambda: b"".join(
                (
                    b"PK\x03\x04",
                    b"\0" * 30_000_000,
                    b"PK\x05\x06\0\0\0\0\1\0\1\0",
                    (30_000_000).to_bytes(4, "little"),
                    b"\0" * 6,
                )
            ),
            "bomb",
        ),
        (lambda: zipped({"甲.txt": b"x"}), "archive"),
        (lambda: tarred({"甲.txt": b"x"}), "archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_document_is_refused_whole(make: Callable[[], bytes], code: str) -> None:
    """Made when its turn comes: every process that runs tests comes by here."""
    assert outcome(make()) == code


@pytest.mark.parametrize("form", WHOLE)
def test_a_file_cut_off_anywhere_is_read_or_refused(form: str) -> None:
    raw = WHOLE[form]
    for at in range(0, len(raw), max(len(raw) // 40, 1)):
        outcome(raw[:at])
        unfolded(raw[:at])


@pytest.mark.parametrize("form", WHOLE)
@settings(max_examples=200)
@given(st.data())
def test_bytes_changed_anywhere_are_read_or_refused(form: str, data: st.DataObject) -> None:
    raw = bytearray(WHOLE[form])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    outcome(bytes(raw))
    unfolded(bytes(raw))


@settings(max_examples=200)
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", b"%PDF-1.4\n\0", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    ),
    st.binary(max_size=2_000),
)
def test_random_bytes_are_read_or_refused(mark: bytes, raw: bytes) -> None:
    outcome(mark + raw)
    unfolded(mark + raw)


PARTS = {
    "docx": ("word/document.xml", WHOLE["docx"]),
    "xlsx": ("xl/worksheets/sheet1.xml", WHOLE["xlsx"]),
    "ofd": ("Doc_0/Pages/Page_0/Content.xml", WHOLE["ofd"]),
}


@pytest.mark.parametrize("form", PARTS)
@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_parts_changed_inside_a_whole_archive_are_read_or_refused(form: str, seed: int) -> None:
    """A changed archive fails at its check sums; here the damage is in the XML itself."""
    name, raw = PARTS[form]
    source = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    words = re.findall(rb"[\w.-]+|[^\w]", parts[name])
    for _ in range(source.randint(1, 8)):
        words[source.randrange(len(words))] = source.choice(
            [
                b"",
                b"-1",
                b"999999999999",
                b"nan",
                b"1e308",
                b"\xff",
                b"&#0;",
                b"<w:p>",
                b"</w:p>",
                b"0",
                *words[:40],
            ]
        )
    outcome(zipped({**parts, name: b"".join(words)}))


def test_members_of_an_archive_are_refused_one_by_one() -> None:
    inside = {
        "好的.txt": TEXT[0].encode(),
        "../../逃.txt": b"x",
        "/etc/passwd": b"x",
        "转\u202etxt.exe": b"x",
        "里层.zip": WHOLE["zip"],
        "大零.txt": b"\0" * 31_000_000,
        ".DS_Store": b"x",
        "__MACOSX/好的.txt": b"x",
    }
    found = dict(unfolded(zipped(inside)))
    assert [found[name] for name in list(inside)[:2]] == ["", "odd-name"]
    assert sorted(found.values()) == ["", "archive-too-deep", "bomb", "odd-name", "odd-name", "odd-name"]
    assert dict(unfolded(tarred({"好的.txt": b"x", "../逃.txt": b"x", "里层.tgz": WHOLE["tar"]}))) == {
        "好的.txt": "",
        "../逃.txt": "odd-name",
        "里层.tgz": "archive-too-deep",
    }


def test_archives_that_are_bombs_locked_links_or_empty_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unfolded(overlapping()) == [("", "bomb")]
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 4_000_000)
    assert unfolded(zipped({f"{n}.txt": b"\0" * 1_000_000 for n in range(5)})) == [("", "bomb")]
    assert unfolded(zipped({f"{n}.txt": b"" for n in range(20_001)})) == [("", "bomb")]
    assert unfolded(locked_zip()) == [("密.txt", "locked")]
    assert unfolded(zipped({})) == [("", "archive-empty")]
    with zipfile.ZipFile(held := io.BytesIO(), "w") as archive:
        link = zipfile.ZipInfo("passwd.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert unfolded(held.getvalue()) == [("passwd.txt", "archive-link")]


def test_tars_that_are_bombs_or_links_are_refused() -> None:
    assert unfolded(tarred({f"{n}.txt": b"\0" * 9_000_000 for n in range(9)}))[-1] == ("", "bomb")
    assert unfolded(b"\x1f\x8b\x08" + b"\0" * 100) == [("", "damaged")]
    with tarfile.open(fileobj=(held := io.BytesIO()), mode="w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        header = tarfile.TarInfo("长.txt")
        header.type, header.size = tarfile.GNUTYPE_LONGNAME, 3_000_000
        archive.addfile(header, io.BytesIO(b"a" * 3_000_000))
    assert unfolded(held.getvalue()) == [("passwd.txt", "archive-link"), ("", "bomb")]


def test_a_member_without_a_name_is_refused_alone() -> None:
    raw = zipped({"zzz": b"x", "甲.txt": b"x"}).replace(b"zzz", b"\0zz")
    assert unfolded(raw) == [("⟨0000⟩zz", "odd-name"), ("甲.txt", "")]


def test_names_as_windows_writes_them_are_understood() -> None:
    with zipfile.ZipFile(held := io.BytesIO(), "w") as archive:
        archive.writestr(zipfile.ZipInfo("公告.txt".encode("gb18030").decode("cp437")), b"x")
    raw = held.getvalue().replace(b"\0\x08\0\0", b"\0\0\0\0")
    assert [name for name, _ in unfolded(raw)] in (["公告.txt"], ["╣½╕µ.txt"])


@pytest.mark.parametrize(
    "raw", [word(b"\0" * 60_000_000), sheet_of(1_000_000), pdf_bomb()], ids=["docx", "xlsx", "pdf"]
)
def test_a_bomb_takes_no_memory_worth_the_name(raw: bytes) -> None:
    tracemalloc.start()
    try:
        outcome(raw)
        assert tracemalloc.get_traced_memory()[1] < 260_000_000
    finally:
        tracemalloc.stop()


def test_a_document_type_is_refused_wherever_xml_is_read() -> None:
    with pytest.raises(Refused) as refused:
        parse(BILLION, "文档")
    assert refused.value.code == "bomb"
    assert parse(b"<a><b>x</b></a>", "文档").children[0].text == "x"  # type: ignore[union-attr]
    assert Package(WHOLE["docx"], "文档").names[0]
    assert in_chinese(100) == "100"
