"""What may be evidence: by what it is, not by what it is called; whoever forges is told so in words."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.evidence import judging
from luodi.kernel.evidence.judging import judge, judge_name
from luodi.kernel.evidence.taking import take
from luodi.kernel.files.active_pdf import is_active
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.serving import POLICY, is_shown_in_place, serve
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.refusal import Refusal
from tests.kernel.pictures import as_jpeg, as_png, scene

PHOTO = as_jpeg(scene(1, 64, 48))
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return made.getvalue()


DOCX = zipped("word/document.xml")


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (PHOTO, "现场.jpg", "照片"),
        (PHOTO, "IMG_0042.JPEG", "照片"),
        (as_png(scene(1, 64, 48)), "截图.jpg", "图片"),  # another photo's ending is a slip, no forgery
        (PHOTO, "没有后缀", "照片"),
        (PHOTO, "", "照片"),
        (PDF, "验收单.pdf", "PDF文件"),
        (DOCX, "说明.docx", "Word文档"),
        (DOCX, "说明.doc", "Word文档"),
        (zipped("xl/workbook.xml"), "台账.xlsx", "Excel表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧表.xls", "旧格式的Office文档"),
        ("名册：三户".encode("gb18030"), "名册.txt", "文本"),
    ],
)
def test_what_is_honest_is_taken(raw: bytes, name: str, words: str) -> None:
    assert judge(raw, name).words == words


@pytest.mark.parametrize(
    ("raw", "name", "code", "said"),
    [
        (HTML, "现场.jpg", "type-forged", "名字说是照片，里面却是网页（HTML）"),
        (SVG, "现场.jpg", "type-forged", "里面却是矢量图（SVG）"),
        (PHOTO, "验收单.pdf", "type-forged", "名字说是PDF，里面却是照片"),
        (b"plain text", "现场.jpg", "type-forged", "里面却是文本"),
        (b"\0\1\2\3\4", "现场.jpg", "type-forged", "里面却是认不出的内容"),
        (b"MZ\x90\0\x03\0", "验收单.pdf", "type-forged", "里面却是可执行程序"),
        (zipped("a.txt"), "说明.docx", "type-forged", "里面却是压缩包"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "现场.jpg", "type-forged", "兼容性最佳"),
        (HTML, "网页.html", "type-refused", "另存为PDF"),
        (HTML, "", "type-refused", "网页（HTML）"),
        (SVG, "图.svg", "type-refused", "矢量图"),
        (zipped("a.txt"), "材料.zip", "type-refused", "请解开"),
        (b"MZ\x90\0\x03\0", "看看.exe", "type-refused", "可执行程序"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "现场.mp4", "type-refused", "视频"),
        (PHOTO, "现场.jpg.exe", "type-refused", ".exe"),
        (b"", "空.txt", "empty-file", "空的"),
        (PHOTO + zipped("run.class"), "现场.jpg", "polyglot", "还藏着压缩包"),
        (PDF + zipped("run.class"), "验收单.pdf", "polyglot", "还藏着压缩包"),
        (PHOTO + b"<SCRIPT>alert(1)</SCRIPT>", "现场.jpg", "polyglot", "还藏着网页或程序"),
        (as_jpeg(scene(1, 64, 48), comment=b"<?php system($_GET[0]);"), "现场.jpg", "polyglot", "网页或程序"),
        (PHOTO + SVG, "现场.jpg", "polyglot", "网页或程序"),
        (PHOTO[:20] + b"%PDF-1.4" + PHOTO[20:], "现场.jpg", "polyglot", "网页或程序"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "说明.docx", "macros", "带宏"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
            "旧表.xls",
            "macros",
            "带宏",
        ),
        (PHOTO[:200], "现场.jpg", "picture-broken", "打不开"),
    ],
)
def test_what_is_not_is_refused_in_words_with_a_remedy(raw: bytes, name: str, code: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        judge(raw, name)
    assert refused.value.code == code
    assert said in refused.value.message
    assert "请" in refused.value.message or "可以交" in refused.value.message


def test_what_may_not_be_is_refused_before_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size, code in (
        ("现场.mov", 5, "type-refused"),
        ("现场.jpg", judging.LARGEST + 1, "evidence-too-large"),
        ("现场.jpg", 0, "empty-file"),
        ("现场.jpg", -3, "empty-file"),
    ):
        with pytest.raises(Refusal) as refused:
            judge_name(name, size)
        assert refused.value.code == code
    judge_name("现场.jpg", judging.LARGEST)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_judged_or_refused(raw: bytes, name: str) -> None:
    try:
        found = judge(raw, name).media_type
    except Refusal as refusal:
        found = refusal.message
    assert found in judging.FAMILIES or found.endswith("。")


def packed_pdf(inside: bytes) -> bytes:
    packed = zlib.compress(inside)
    head = (
        b"%PDF-1.5\n5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(packed)).encode()
    )
    return head + b">>\nstream\n" + packed + b"\nendstream endobj\n%%EOF\n"


@pytest.mark.parametrize(
    "raw",
    [
        PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/#4aava#53cript/J#53(x)>>"),
        PDF.replace(b"/Type/Catalog", b"/A<</S/Launch/F(cmd.exe)>>"),
        PDF.replace(b"/Type/Catalog", b"/Names<</EmbeddedFiles 3 0 R>>"),
        PDF + b"<</Encrypt 9 0 R>>",
        packed_pdf(b"7 0 <</S/JavaScript/JS(x)>>"),
        packed_pdf(b"7 0 <<>>")[:-30].replace(b"stream\n", b"stream\n\0\0", 1),
        packed_pdf(b"0" * 70_000_000),
    ],
    ids=["script", "hidden script", "program", "attachment", "encrypted", "packed script", "broken", "bomb"],
)
def test_a_pdf_that_does_more_than_be_read_is_known(raw: bytes) -> None:
    assert is_active(raw)
    assert "脚本" in judge(raw, "验收单.pdf").warning


@pytest.mark.parametrize(
    "raw", [PDF, packed_pdf(b"7 0 <</Type/Page/JSomething 1>>")], ids=["plain", "packed"]
)
def test_a_plain_pdf_is_plain(raw: bytes) -> None:
    assert not is_active(raw)
    assert judge(raw, "验收单.pdf").warning == ""


def taken(raw: bytes, name: str) -> KeptFile:
    with action("test.kept", by=SYSTEM, subject="") as act:
        return take(act, raw, name)


@pytest.mark.django_db
def test_an_active_pdf_is_kept_and_only_downloaded(data_folder: Path) -> None:
    active = PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(x)>>")
    row = taken(active, "验收单.pdf")
    sent = serve(row)
    assert sent.path.read_bytes() == active
    assert sent.headers["Content-Type"] == "application/octet-stream"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["Content-Security-Policy"] == POLICY
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert not is_shown_in_place(row)
    plain = taken(PDF, "计划.pdf")
    assert is_shown_in_place(plain)
    assert serve(plain).headers["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_refused_evidence_leaves_nothing_behind(data_folder: Path) -> None:
    with pytest.raises(Refusal):
        taken(HTML, "现场.jpg")
    assert not KeptFile.objects.exists()
    assert not (data_folder / "files").exists()
