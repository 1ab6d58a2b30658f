"""No rule is written from a page it will be judged on.

Six Chinese characters in a row of a real page may stand in ``luodi/`` only where they are made of the common vocabulary of
administration: words of the glossary, or of ``common_words.txt``. Looked for in code and data alike.
"""

from __future__ import annotations

import gzip
import lzma
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from luodi.reading.decoding import decode
from luodi.reading.repair.driver import repair
from tests.house.building import PACKAGE, files, name_of
from tests.real_pages import ABSENT, GLOSSARY, are_here, read_all

LENGTH = 6
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
COMMON = Path(__file__).with_name("common_words.txt")


def runs(text: str) -> Iterator[str]:
    """Every six Han characters in a row."""
    for match in HAN.finditer(text):
        stretch = match.group()
        for at in range(len(stretch) - LENGTH + 1):
            yield stretch[at : at + LENGTH]


class Vocabulary:
    """Common words, and whether a run is a stretch of them written one after another, the first and last maybe cut.

    >>> vocabulary = Vocabulary(["地区生产总值", "增长率"])
    >>> vocabulary.makes("生产总值增长"), vocabulary.makes("青岚区生产总")
    (True, False)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.beginnings = {word[:size] for word in self.words for size in range(1, len(word) + 1)}
        self.endings = {word[-size:] for word in self.words for size in range(1, len(word) + 1)}
        self.middles = {run for word in self.words for run in runs(word)}

    def makes(self, run: str) -> bool:
        if run in self.middles:
            return True
        reached = {at for at in range(len(run) + 1) if run[:at] in self.endings}
        for at in range(len(run)):
            if at in reached:
                if run[at:] in self.beginnings:
                    return True
                reached.update(stop for stop in range(at + 1, len(run) + 1) if run[at:stop] in self.words)
        return len(run) in reached


@cache
def common_words() -> Vocabulary:
    listed = [line for line in COMMON.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    words = {word for line in listed for word in line.split()}
    if GLOSSARY.is_file():
        terms = GLOSSARY.read_text(encoding="utf-8").partition("## 21. Glossary")[2]
        for row in re.findall(r"^\| ([^|]+) \|", terms, re.MULTILINE):
            words.update(HAN.findall(row))
    return Vocabulary(word for word in words if len(word) > 1)


@cache
def real_runs() -> frozenset[str]:
    """The runs of the real pages, as they came and as they were before they were damaged."""
    found: set[str] = set()
    for raw in read_all().values():
        text = decode(raw).text
        found.update(runs(text), runs(repair(text).text))
    return frozenset(found)


def readable(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    elif path.suffix == ".xz":
        raw = lzma.decompress(raw)
    return raw.decode("utf-8", errors="replace")


@pytest.mark.skipif(not are_here(), reason=ABSENT)
def test_no_rule_or_table_quotes_a_real_page() -> None:
    real = real_runs()
    assert len(real) > 1_000
    quoted: dict[str, set[str]] = {}
    for path in files(PACKAGE):
        for run in real.intersection(runs(readable(path))):
            if not common_words().makes(run):
                quoted.setdefault(name_of(path), set()).add(run)
    assert {name: sorted(found) for name, found in quoted.items()} == {}


@pytest.mark.skipif(not are_here(), reason=ABSENT)
def test_what_a_real_page_is_about_is_not_common_vocabulary() -> None:
    """The list of common words excuses little: hardly a run of the real pages is made of it."""
    real = real_runs()
    excused = sum(common_words().makes(run) for run in real)
    assert excused < len(real) * 0.06, f"{excused} of {len(real)} runs are called common"


def test_a_word_is_common_once() -> None:
    listed = [
        word
        for line in COMMON.read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
        for word in line.split()
    ]
    assert sorted(listed) == sorted(set(listed))
