"""The same paper gives the same bytes: in another process, at another second, in another place, whatever is installed."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from luodi.papers.pdf import pdf
from luodi.papers.sheet import sheet
from luodi.papers.word import word
from tests.house.building import ROOT
from tests.papers.given import DAY, whole_paper

WRITERS = {"word": word, "pdf": pdf, "sheet": sheet}
PROGRAM = """
import hashlib
from luodi.papers.pdf import pdf
from luodi.papers.sheet import sheet
from luodi.papers.word import word
from tests.papers.given import whole_paper
for write in (word, pdf, sheet):
    print(write.__name__, hashlib.sha256(write(whole_paper())).hexdigest())
"""


def sums(folder: Path, zone: str, seed: str) -> dict[str, str]:
    """The sum of each file, made by a process of its own."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": zone, "PYTHONHASHSEED": seed, "LANG": "C"}
    finished = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.split() for line in finished.stdout.splitlines())


def test_two_processes_a_second_apart_write_the_same(tmp_path: Path) -> None:
    first = sums(tmp_path, "Asia/Shanghai", "1")
    time.sleep(2.1)  # zip keeps every second second
    (tmp_path / "elsewhere").mkdir()
    second = sums(tmp_path / "elsewhere", "America/Lima", "2")
    assert first == second
    assert first == {
        name: hashlib.sha256(write(whole_paper())).hexdigest() for name, write in WRITERS.items()
    }


@pytest.mark.parametrize("name", WRITERS)
def test_another_word_gives_another_file(name: str) -> None:
    assert WRITERS[name](whole_paper(3)) != WRITERS[name](whole_paper(4))


@pytest.mark.parametrize("name", ["word", "sheet"])
def test_the_only_date_in_a_zipped_file_is_the_day_as_of_which_it_holds(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(WRITERS[name](whole_paper()))) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(*DAY.timetuple()[:3], 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
        everything = b"".join(map(parts.read, parts.namelist()))
    assert core.count(f"{DAY.isoformat()}T00:00:00Z") == 2
    assert dt.datetime.now(dt.UTC).date().isoformat().encode() not in everything


def test_a_pdf_has_its_day_and_its_font_and_is_marked_as_archival() -> None:
    made = pdf(whole_paper())
    assert b"D:20260922000000" in made
    assert b"LuodiSerif" in made
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
