"""What is in the package works, or is not in the package."""

from __future__ import annotations

import re

from tests.house.building import PACKAGE, ROOT, files, name_of, python_files, text_of

UNFINISHED = re.compile(r"raise NotImplementedError|\b(?:TODO|FIXME|XXX|HACK)\b")
SILENCED = re.compile(
    r"except(?:\s+(?:Base)?Exception)?(?:\s+as\s+\w+)?\s*:\s*(?:#[^\n]*)?\n\s*(?:pass|\.\.\.|continue)\b"
)


def test_nothing_stands_in_for_something_to_be_written_later() -> None:
    assert [name_of(path) for path in python_files() if UNFINISHED.search(text_of(path))] == []


def test_no_exception_is_swallowed() -> None:
    assert [name_of(path) for path in python_files() if SILENCED.search(text_of(path))] == []


def test_every_derived_table_is_credited() -> None:
    notice = text_of(ROOT / "NOTICE")
    scripts = [path for path in files(ROOT / "bin") if path.name.startswith("derive-")]
    assert scripts
    for script in scripts:
        assert f"bin/{script.name}" in notice, f"NOTICE does not say what {name_of(script)} makes"
        for package in re.findall(r"\"([a-z][\w.-]+==[\w.]+)\"", text_of(script)):
            assert package.replace("==", " ") in notice, f"NOTICE does not name {package}"


def test_every_data_file_says_what_it_is() -> None:
    """A table says at its top where it comes from, or NOTICE names it with its sources."""
    notice = text_of(ROOT / "NOTICE")
    tables = [path for path in files(PACKAGE) if path.suffix in (".txt", ".tsv", ".csv")]
    unsaid = [path for path in tables if not text_of(path).startswith("#") and path.name not in notice]
    assert [name_of(path) for path in unsaid] == []
