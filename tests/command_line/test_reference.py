"""The pages of the reference say what the code says, and leave out nothing that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from docs.reference.generate import FOLDER, pages
from docs.reference.making.commands import messages
from docs.reference.making.rules import registered
from luodi.command_line.options import EXIT_CODES
from luodi.command_line.records import FIELDS
from luodi.reading.document import Document
from luodi.reading.periods.find import find_periods
from luodi.reading.reader import read
from tests.reading.labelled import own, real

made = cache(pages)


@pytest.mark.parametrize("name", ["reading-rules.md", "commands.md", "records.md", "figures-and-periods.md"])
def test_a_page_is_what_the_code_gives_now(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == made()[name], "run bin/write-reference"


def test_a_page_is_the_same_whatever_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    assert pages() == made()


@pytest.mark.parametrize("part", registered())
def test_every_rule_has_a_row_with_an_example_that_shows_it(part: str) -> None:
    rows = {
        line.split(" | ")[0].strip("|` "): line
        for line in made()["reading-rules.md"].splitlines()
        if line[:3] == "| `"
    }
    names = registered()[part]
    assert names
    for name in names:
        cells = re.split(r"(?<!\\)\|", rows[name])[1:-1]
        assert all(cell.strip() for cell in cells), (
            f"{name}: the example does not show the rule: {rows[name]}"
        )


def test_rules_of_one_part_have_names_of_their_own() -> None:
    for names in registered().values():
        assert len(set(names)) == len(names)


def deciding(document: Document) -> Iterator[tuple[str, str]]:
    """(part, name) of every rule that decided something on a page."""
    for layer in document.layers:
        yield from (("repair", edit.rule) for edit in layer.edits)
    yield from (("blocks", block.rule) for block in document.blocks)
    for period in find_periods(document.text, document.frame.speaks_of):
        # a range is made of what other rules found at its ends
        yield from (("periods", name) for name in period.rule.split("+") if name != "range")
    yield from (("statements", decision.rule) for decision in document.decisions)
    for s in document.statements:
        yield from (("figures", figure.rule) for figure in s.figures)
        named = (s.rule, s.kind_rule, s.owner_rule, s.due.rule if s.due else None)
        yield from (("statements", name) for name in named if name is not None)


def test_no_rule_decides_anything_without_standing_in_the_reference() -> None:
    known = {(part, name) for part, names in registered().items() for name in names}
    unknown = {pair for page in [*own(), *real()] for pair in deciding(read(page.raw, page.stem))} - known
    assert unknown == set()


def test_every_code_of_a_message_stands_on_the_page_of_commands() -> None:
    page = made()["commands.md"]
    assert {"not-found", "too-large", "cannot-write", "bad-usage", "worker-died", "same-stem"} <= set(
        messages()
    )
    for code, said in messages().items():
        assert f"| `{code}` |" in page
        assert all(sentence.endswith("。") for sentence in said), (code, said)


def test_every_exit_code_and_every_key_stands_on_its_page() -> None:
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in made()["commands.md"]
    for key in FIELDS:
        assert f"| `{key}` |" in made()["records.md"]
