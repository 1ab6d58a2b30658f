"""The papers of the house: changes, locks, licences, links."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house.building import ROOT, files, name_of, text_of

LOCKS = sorted(ROOT.glob("requirements*.lock"))
OUTER_KEYS = "publiccodeYmlVersion name url platforms developmentStatus softwareType description legal"
INNER_KEYS = "license type contacts localisationReady availableLanguages shortDescription longDescription"
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def test_the_change_log_has_a_block_for_what_is_coming() -> None:
    text = text_of(ROOT / "CHANGELOG.md")
    block = re.search(r"^## Upcoming[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert block, "CHANGELOG.md has no '## Upcoming' block"
    assert re.search(r"^- \S", block[1], re.MULTILINE), "the Upcoming block is empty"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    entries = [entry for entry in re.split(r"\n(?=[A-Za-z0-9])", text) if not entry.startswith("#")]
    assert entries
    for entry in entries:
        first = entry.splitlines()[0]
        assert re.match(r"[A-Za-z0-9._-]+==[\w.!+]+(?: ;.*)? \\$", first), first
        assert "--hash=sha256:" in entry, f"{first} has no hash"


def test_what_runs_is_locked_as_it_is_tested() -> None:
    """A package stands in all locks at the same version, or the tests would speak of another program."""
    names = ("requirements.lock", "requirements.extras.lock", "requirements.dev.lock")
    pins = [dict(re.findall(r"^([\w.-]+)==([\w.]+)", text_of(ROOT / name), re.MULTILINE)) for name in names]
    assert pins[0].items() <= pins[1].items() <= pins[2].items()


def test_every_package_that_runs_has_its_licence_named() -> None:
    notice = text_of(ROOT / "NOTICE")
    for package in re.findall(r"^([\w.-]+)==", text_of(ROOT / "requirements.extras.lock"), re.MULTILINE):
        assert package in notice, f"NOTICE does not name {package}"


def test_the_licence_is_whole() -> None:
    text = text_of(ROOT / "LICENSE")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_publiccode_says_what_the_standard_asks_for() -> None:
    text = text_of(ROOT / "publiccode.yaml")
    for key in OUTER_KEYS.split():
        assert re.search(rf"^{key}:", text, re.MULTILINE), f"publiccode.yaml lacks {key}"
    for key in INNER_KEYS.split():
        assert re.search(rf"^\s+{key}:", text, re.MULTILINE), f"publiccode.yaml lacks {key}"


def anchors(text: str) -> set[str]:
    """The fragment names that headings of a page get."""
    kept = (
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(text)
    )
    return set(kept)


def test_links_between_pages_lead_somewhere() -> None:
    lost = []
    for page in (path for path in files() if path.suffix == ".md"):
        for match in LINK.finditer(CODE.sub("", text_of(page))):
            target, _, fragment = unquote(match[1] or match[2]).partition("#")
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            there = (page.parent / target).resolve() if target else page
            if not there.exists():
                lost.append(f"{name_of(page)}: {target}")
            elif fragment and there.suffix == ".md" and fragment not in anchors(text_of(there)):
                lost.append(f"{name_of(page)}: {target}#{fragment}")
    assert lost == []


def test_every_page_of_docs_can_be_found_from_the_first() -> None:
    """Pages in docs/ are reached from docs/README.md by links."""
    seen: set[Path] = set()
    waiting = [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        for match in LINK.finditer(CODE.sub("", text_of(page))):
            target = unquote(match[1] or match[2]).partition("#")[0]
            if target and ":" not in target:
                waiting.append((page.parent / target).resolve())
    pages = [path for path in files(ROOT / "docs") if path.suffix == ".md"]
    assert [name_of(page) for page in pages if page not in seen] == []
