"""The English catalogue: whole, in step with the code, and its sentences take the same words as the Chinese ones."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.clocks.now import held_at
from tests.portal.town import TODAY, with_promises

SCRIPT = Path(__file__).resolve().parents[2] / "bin" / "write-translations"
SLOTS = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w[^>]*>|%%")


@pytest.fixture(scope="module")
def words() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("write_translations", str(SCRIPT))
    spec = importlib.util.spec_from_loader("write_translations", loader)
    assert spec is not None
    made = importlib.util.module_from_spec(spec)
    loader.exec_module(made)
    return made


def test_every_word_has_its_translation_and_both_files_are_in_step(words: ModuleType) -> None:
    known = words.read_po(words.FOLDER / "django.po")
    wanted = words.wanted()
    assert [key[0] for key in wanted if not all(known.get(key, ("",)))] == [], "translate these in django.po"
    entries = {key: known[key] for key in sorted(wanted)}
    assert (words.FOLDER / "django.po").read_text(encoding="utf-8") == words.po_text(entries), (
        "run bin/write-translations"
    )
    assert (words.FOLDER / "django.mo").read_bytes() == words.mo_bytes(entries), "run bin/write-translations"


def test_translations_hold_the_same_slots(words: ModuleType) -> None:
    for (single, _), texts in words.read_po(words.FOLDER / "django.po").items():
        for text in texts:
            assert sorted(SLOTS.findall(single)) == sorted(SLOTS.findall(text)), single


@pytest.mark.django_db
def test_an_english_page_says_its_own_words_in_english(data_folder: Any) -> None:
    town = with_promises()
    client = Client()
    client.cookies["luodi_language"] = "en"
    with held_at(TODAY):
        board = client.get("/").content.decode()
        assert "things were promised in public" in board
        assert "Overdue by 84 days" in board
        page = client.get(f"/c/{town.promises['背街小巷'].id}").content.decode()
        assert '<h1 class="ld-song ld-h-promise" lang="zh-CN">' in page
        assert "Not verified" in page
