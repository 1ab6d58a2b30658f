"""The leader's screen as Word, PDF and spreadsheet: what is on the screen, the same bytes each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from luodi.kernel.clocks.now import held_at
from tests.desk.directory_world import World, staffed
from tests.papers.read_back import bare, in_pdf, in_sheets, in_word
from tests.portal.town import TODAY, with_promises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
KINDS = ("docx", "pdf", "xlsx")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return staffed(with_promises())


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_day_gives_the_same_bytes_at_any_hour(world: World, kind: str) -> None:
    leader = world.inside("quzhang")
    first = leader.get(f"/desk/leader.{kind}")
    assert first.status_code == 200
    assert f".{kind}" in first["Content-Disposition"]
    with held_at(TODAY + dt.timedelta(minutes=7)):
        assert leader.get(f"/desk/leader.{kind}").content == first.content


def test_it_says_what_the_screen_says(world: World) -> None:
    leader = world.inside("quzhang")
    screen = leader.get("/desk/leader").context
    told = [each.title for each in screen["shown"]] + [each.name for each in screen["figures"]]
    told += [each.value for each in screen["figures"]] + [row.title for row in screen["own"].rows]
    told += [line.name for line in screen["loads"]]
    assert len(told) > 12
    word = bare("".join(in_word(leader.get("/desk/leader.docx").content)))
    pdf = in_pdf(leader.get("/desk/leader.pdf").content)
    cells = bare(
        "".join(
            str(c)
            for rows in in_sheets(leader.get("/desk/leader.xlsx").content).values()
            for r in rows
            for c in r
        )
    )
    for words in told:
        for where in (word, pdf, cells):
            assert bare(words) in where, words
