"""The repository names no place it was made at and nothing it was made with, and fetches from nowhere by name."""

from __future__ import annotations

import re

import pytest

from tests.house.building import ROOT, files, name_of, text_of

# Each pattern is written so that this file does not match itself.
FORBIDDEN = {
    "a package registry's address": (
        r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(org|com)|npm[m]irror|registry\.yarn|cr[a]tes\.io|proxy\.gol[a]ng"
        r"|repo1?\.mav[e]n|mirr[o]rs?\.[a-z0-9]+\.(edu|com|cn|org)|pypi\.tun[a]"
    ),
    "a code host's address": r"gith[u]b\.com|gitl[a]b\.com|gite[e]\.com|bitbuck[e]t\.org|githubusercont[e]nt",
    "a path of one machine": r"(?<![\w.])/r[o]ot/|(?<![\w.])/w[o]rk/|(?<![\w.])/h[o]me/\w|(?<![\w.])/Us[e]rs/|[.]l[i]brary/",
    "how it was made": (
        r"(?i)\bcl[a]ude|\bch[a]tgpt|\bgp[t]-?\d|\bgp[t]\b|\banthr[o]pic|\bopen[a]i\b|\bcop[i]lot\b|\bcod[e]x\b|\bgem[i]ni\b"
        r"|\bai[ -](ass[i]st|gener[a]ted|written)|\bll[m]s?\b|\blanguage mod[e]ls?\b|\bco-auth[o]red-by\b|\bprompt [e]ngineer"
    ),
}
PICTURES = (".png", ".ico", ".mo")
# The pages beside the repository are known to the tests alone.
PAGES_BESIDE = r"\.\./sh[a]red|\bsh[a]red/(seeds|gold)|\bseed 00\d"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name_of(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for path in files()
        if path.suffix not in PICTURES
        and (path.suffix not in (".txt", ".html", ".htm") or "demonstration" not in path.parts)
        for text in [text_of(path)]
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_only_tests_know_of_the_pages_beside_the_repository() -> None:
    pattern = re.compile(PAGES_BESIDE)
    outside = [path for path in files() if path.relative_to(ROOT).parts[0] not in ("tests", "bench")]
    assert [name_of(path) for path in outside if pattern.search(text_of(path))] == []
