"""Words in titles of cases are found by the index exactly where reading every title finds them, and are forgotten with them."""

from __future__ import annotations

import random

import pytest

from luodi.desk.cases.inbox_counts import bounds_at
from luodi.desk.cases.listing import chosen, keys_of
from luodi.desk.cases.listing_asking import Asked
from luodi.kernel.cases import titles
from luodi.kernel.clocks.now import now
from luodi.kernel.ids import CASE
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.erasure import erase
from luodi.kernel.search import index
from tests.areas.case_town import CaseTown, at, found

pytestmark = pytest.mark.django_db
LEADER, OFFICE = "区政府", "区督查室"
TITLES = (
    "老旧小区加装电梯", "小区12号楼漏水", "ABC公司欠薪", "水（二次）供水", "水二次", "5G基站噪声", "５Ｇ基站", "供水，旧小区",
    "一", "加装ABC电梯", "楼12号",
)  # fmt: skip


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def entitled(town: CaseTown) -> dict[str, str]:
    """A slip of each title; title by id."""
    with at(9, 1):
        return {town.slip(subject=f"c{n:013d}", title=title).id: title for n, title in enumerate(TITLES)}


def listed(town: CaseTown, text: str) -> set[str]:
    with at(9, 22):
        return set(keys_of(chosen(Asked(text=text), town.actors[OFFICE], bounds_at(now()))))


def pieces(pick: random.Random) -> str:
    """Something that stands in a title, or nearly."""
    title = pick.choice(TITLES)
    start = pick.randrange(len(title))
    piece = title[start : start + pick.randrange(1, 5)]
    return piece if pick.random() < 0.8 else piece + pick.choice("水区A1，")


def test_the_index_leaves_out_no_title_that_holds_the_words(
    town: CaseTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    entitled(town)
    pick, narrowed = random.Random(5), 0
    for _ in range(150):
        asked = " ".join(pieces(pick) for _ in range(pick.choice((1, 1, 2))))
        with_index = listed(town, asked)
        narrowed += titles.may_hold(asked.split()) is not None
        with monkeypatch.context() as without:
            without.setattr("luodi.desk.cases.listing.may_hold", lambda _: None)
            assert listed(town, asked) == with_index, asked
    assert narrowed > 80, "the index was hardly asked"


def test_a_new_case_is_found_by_its_title_inside_only(town: CaseTown) -> None:
    with at(9, 1):
        case = town.slip()
    assert listed(town, "管网") == {case.id}
    assert titles.may_hold(["管网"]) == [case.id]
    assert index.find("管网改造", public_only=True) == []


def test_of_a_word_in_too_many_titles_the_titles_are_read(
    town: CaseTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = entitled(town)
    monkeypatch.setattr(titles, "MOST", 2)
    assert titles.may_hold(["小区"]) is None
    assert titles.may_hold(["小区", "漏水"]) is not None
    assert listed(town, "小区") == {key for key, title in made.items() if "小区" in title}


@pytest.mark.parametrize("words", [["ABC"], ["12"], ["990102-260901-0001"], ["（"]])
def test_what_is_not_chinese_is_looked_for_in_the_titles(town: CaseTown, words: list[str]) -> None:
    assert titles.may_hold(words) is None


def test_a_title_that_was_erased_is_found_no_more(town: CaseTown) -> None:
    with at(9, 1):
        case = town.slip()
        town.move(case, "withdraw", OFFICE, reason="立错了")
    with at(9, 2):
        erase([case], by=SYSTEM, subject=case.id, reason="retention", kind="case.erased")
    assert titles.may_hold(["管网"]) == []


def test_the_index_made_anew_holds_every_title(town: CaseTown) -> None:
    with at(9, 1):
        case = town.slip()
    index.remove(case.id)
    assert titles.may_hold(["管网"]) == []
    assert index.rebuild([CASE]) == 1
    assert titles.may_hold(["管网"]) == [case.id]
