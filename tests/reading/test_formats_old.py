"""Old Word and WPS documents: refused with advice where nothing can convert them, else converted, bounded in time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from luodi.kernel.documents.converting import converter
from luodi.reading.formats.sniff import sniff
from luodi.reading.reader import read
from luodi.reading.refusals import Refused
from tests.reading.made_files import a_docx, in_ole

OLD = in_ole("WordDocument", "今年新建公园5个。".encode("utf-16-le") * 40)


def program(folder: Path, script: str) -> None:
    """What stands for the office program, found on the path."""
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    made.chmod(0o755)


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path


def test_an_old_document_is_known_by_its_bytes_and_refused_with_advice() -> None:
    assert sniff(OLD) == "doc"
    with pytest.raises(Refused) as refused:
        read(OLD)
    assert refused.value.code == "old-format"
    assert ".docx" in refused.value.message


def test_without_the_program_there_is_no_converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert converter() is None


def test_with_the_program_an_old_document_is_converted_and_read(found: Path) -> None:
    (found / "new.docx").write_bytes(a_docx(["今年，青岚区将新建口袋公园5个，确保年底前建成。"]))
    program(
        found,
        f'for last; do :; done; test -f "$last" || exit 9; echo "$HOME $https_proxy" > {found}/seen; '
        f'mkdir -p "$(dirname "$last")/made"; cp {found}/new.docx "$(dirname "$last")/made/given.docx"',
    )
    document = read(OLD, "旧.doc", converter())
    assert document.encoding == "doc"
    assert {s.kind for s in document.statements} == {"commitment"}
    assert document.place_of(0, 3) == "第1段"
    home, proxy = (found / "seen").read_text(encoding="utf-8").split()
    assert home != os.environ.get("HOME")
    assert proxy.startswith("http://127.0.0.1")
    assert not Path(home).exists()


@pytest.mark.parametrize(
    "script",
    [
        "exit 3",
        'for last; do :; done; mkdir -p "$(dirname "$last")/made"; ln -s /etc/passwd "$(dirname "$last")/made/given.docx"',
        "sleep 600 & sleep 600",
    ],
    ids=["fails", "makes a link", "stalls"],
)
def test_a_program_that_fails_or_stalls_is_ended_and_the_document_refused(found: Path, script: str) -> None:
    program(found, script)
    convert = converter(seconds=1.0)
    assert convert is not None
    with pytest.raises(Refused) as refused:
        read(OLD, "旧.doc", convert)
    assert refused.value.code == "not-converted"


def test_what_the_program_makes_is_read_as_carefully_as_anything(found: Path) -> None:
    program(
        found,
        'for last; do :; done; mkdir -p "$(dirname "$last")/made"; cp "$last" "$(dirname "$last")/made/given.docx"',
    )
    with pytest.raises(Refused) as refused:
        read(OLD, "旧.doc", converter())
    assert refused.value.code == "old-format"
