"""What may be the same: proposed with score and reasons, judged by people, taken back exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from luodi.desk.directory.likeness import Entry, people_alike, units_alike
from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.register import sameness
from luodi.kernel.register.models import SameAs, Unit
from tests.desk.directory_world import World, staffed
from tests.desk.test_directory_pages import keeper_of_education, words_of
from tests.portal.town import TODAY, founded, with_promises

DISTRICT = "青岚区"
LIST = "/desk/directory/duplicates"
CODE = "91990000MA0000001B"


def entry(number: int, *names: str, parent: str = "u0", **given: str) -> Entry:
    return Entry(f"u{number:013d}", names, parent, **given)


# names that are one body, with what is said of them
ALIKE = [
    (("青岚区教育局",), ("区教育局",), "名称只差区县名"),
    (("青岚区住房和城乡建设局", "区住建局"), ("区住建局",), "都叫过或简称“住建局”"),
    (("区交通局",), ("青岚区交通运输局",), "“交通”像是“交通运输”的缩写"),
    (("槐汀镇",), ("槐汀镇人民政府",), "名称只差“人民政府”“办事处”一类的字"),
    (("区发改局",), ("青岚区发展和改革局",), "“发改”像是“发展和改革”的缩写"),
    (("区城乡环境整治中心",), ("区城乡环境治理中心",), "名称相近"),
]
# names that are two bodies
UNLIKE = [
    ("区教育局", "区体育局"),
    ("青岚区第一小学", "青岚区第二小学"),
    ("东片供水站", "西片供水站"),
    ("区财政局", "区审计局"),
    ("槐汀镇", "槐汀街道"),
]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_names_of_one_body_are_proposed_with_the_reason(
    one: tuple[str, ...], other: tuple[str, ...], why: str
) -> None:
    found = units_alike([entry(1, *one), entry(2, *other)], DISTRICT)
    assert [(each.left, each.right) for each in found] == [("u0000000000001", "u0000000000002")]
    assert any(reason.startswith(why) for reason in found[0].reasons), found
    assert 0.6 <= found[0].score <= 1


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_names_of_two_bodies_are_not(one: str, other: str) -> None:
    assert units_alike([entry(1, one), entry(2, other)], DISTRICT) == []


def test_codes_tell_more_than_names() -> None:
    same = units_alike(
        [entry(1, "区卫生局", code=CODE), entry(2, "区卫健委", parent="u9", code=CODE)], DISTRICT
    )
    assert same[0].reasons == ("统一社会信用代码相同",)
    assert units_alike([entry(1, "区水务局", code=CODE), entry(2, "区水务局", code="X")], DISTRICT) == []


def test_every_town_has_its_own_office_of_the_same_name() -> None:
    towns = [entry(number, "党政办公室", parent=f"u{number}") for number in range(1, 9)]
    assert units_alike(towns, DISTRICT) == []
    assert len(units_alike([*towns, entry(9, "党政办公室", parent="u1")], DISTRICT)) == 1


def test_people_are_proposed_by_number_or_by_name_and_never_against_two_numbers() -> None:
    def person(number: int, name: str, code: str = "", phone: str = "") -> Entry:
        return Entry(f"n{number:013d}", (name,), "", code, phone)

    found = people_alike(
        [
            person(1, "某甲", "x", "1"),
            person(2, "某丙", "x"),
            person(3, "某甲", "", "1"),
            person(4, "某甲", "y"),
        ]
    )
    told = {(each.left[-1], each.right[-1]): (each.score, each.reasons) for each in found}
    assert told[("1", "3")] == (0.9, ("姓名相同", "电话相同"))
    assert told[("1", "2")] == (0.95, ("身份证号相同",))
    assert ("1", "4") not in told


pytestmark = pytest.mark.usefixtures("data_folder")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world(db: None) -> World:
    return staffed(founded())


@pytest.fixture
def twin(world: World) -> Unit:
    """A second entry of the bureau of education."""
    return register.create_unit(name="青岚区教育局", parent=world.town.units["区人民政府"], by=SYSTEM)


def judge(client: Client, one: Unit, other: Unit, verdict: str) -> Any:
    return client.post(
        f"/desk/directory/pairs/{one.id}/{other.id}", {"verdict": verdict, "reason": "电话问过"}
    )


def lines(client: Client) -> list[str]:
    return [line.name for line in client.get("/desk/directory").context["lines"]]


def test_two_entries_of_one_unit_are_joined_by_a_person_and_counted_as_one(world: World, twin: Unit) -> None:
    client, first = world.inside("guanli"), world.town.units["区教育局"]
    register.create_post(title="局长", unit=twin, by=SYSTEM)
    candidate = client.get(LIST).context["rows"][0][0]
    assert (candidate.left, candidate.right) == (first.id, twin.id)
    page = client.get(f"/desk/directory/pairs/{twin.id}/{first.id}")
    assert page.context["left"].id == first.id
    assert "名称只差区县名" in words_of(page)
    assert ("名称", True) in [(name, differs) for name, _, _, differs in page.context["facts"]]
    assert judge(client, first, twin, "positive")["Location"] == LIST
    judgement = SameAs.objects.get()
    assert (judgement.left, judgement.verdict, judgement.score) == (first.id, "positive", "0.95")
    assert client.get(LIST).context["rows"] == []
    assert "青岚区教育局" not in lines(client)
    shown = client.get(f"/desk/directory/units/{first.id}")
    assert [line.post.title for line in shown.context["lines"]] == ["区教育局局长", "局长"]
    assert "由它代表" in words_of(client.get(f"/desk/directory/units/{twin.id}"))


def test_the_undo_bar_stays_until_the_next_act_and_undoes_exactly(world: World, twin: Unit) -> None:
    client, first = world.inside("guanli"), world.town.units["区教育局"]
    before = lines(client)
    judge(client, first, twin, "positive")
    for path in (LIST, "/desk/directory", f"/desk/directory/units/{first.id}"):
        assert "已经合起来，算同一个" in words_of(client.get(path)), path
    undo = client.get(LIST).context["undo"]
    assert client.post(f"/desk/directory/judgements/{undo.judgement}/undo").status_code == 302
    assert (lines(client), sameness.same_as(first.id)) == (before, {first.id})
    assert client.get(LIST).context["undo"] is None
    assert len(client.get(LIST).context["rows"]) == 1
    again = client.post(f"/desk/directory/judgements/{undo.judgement}/undo")
    assert "只能撤回最后一次" in words_of(again)


def test_a_further_act_takes_the_bar_away_and_the_list_still_parts_them(world: World, twin: Unit) -> None:
    client, first = world.inside("guanli"), world.town.units["区教育局"]
    judge(client, first, twin, "positive")
    client.post(f"/desk/directory/units/{first.id}/alias", {"name": "教体局"})
    assert client.get(LIST).context["undo"] is None
    held = client.get(LIST).context["judged"][0]
    assert (held.left, held.right, held.row.reason) == ("区教育局", "青岚区教育局", "电话问过")
    client.post(f"/desk/directory/judgements/{held.row.id}/undo")
    assert sameness.same_as(first.id) == {first.id}
    # somebody else has no bar for what they did not do
    assert world.inside("ducha").get(LIST).context["undo"] is None


def test_what_was_judged_different_is_not_proposed_again_and_not_joined_round_about(
    world: World, twin: Unit
) -> None:
    client, first = world.inside("guanli"), world.town.units["区教育局"]
    third = register.create_unit(name="青岚区教育局机关", parent=twin, by=SYSTEM)
    judge(client, first, twin, "negative")
    assert client.get(LIST).context["rows"] == []
    judge(client, first, third, "positive")
    refused = judge(client, third, twin, "positive")
    assert refused.status_code == 422
    assert "这两个已判为不同" in words_of(refused)
    assert judge(client, first, twin, "maybe").status_code == 422


def test_promises_of_both_entries_are_counted_together(db: None) -> None:
    world = staffed(with_promises())
    client, first = world.inside("guanli"), world.town.units["区教育局"]
    other = world.town.units["区商务局"]
    alone = client.get(f"/desk/directory/units/{first.id}").context["counts"].total
    judge(client, first, other, "positive")
    joined = client.get(f"/desk/directory/units/{first.id}")
    assert joined.context["counts"].total == alone + 1
    listed = client.get(f"/desk/leader/list?unit={first.id}")
    assert listed.context["total"] == alone + 1


def test_whoever_reaches_one_side_only_judges_neither(world: World, twin: Unit) -> None:
    client, first = keeper_of_education(world), world.town.units["区教育局"]
    assert judge(client, first, twin, "positive").status_code == 409
    register.judge_same(first.id, twin.id, "positive", by=SYSTEM)
    row = SameAs.objects.get()
    assert client.post(f"/desk/directory/judgements/{row.id}/undo").status_code == 409
    assert SameAs.objects.count() == 1


def test_people_are_joined_and_their_posts_listed_together(world: World) -> None:
    client = world.inside("guanli")
    first = world.people["jiaoyu"]
    second = register.enter_person(name="jiaoyu本人", phone="13800001234", by=SYSTEM)
    candidate = client.get(f"{LIST}?of=people").context["rows"][0][0]
    assert (candidate.left, candidate.right, candidate.score) == (first.id, second.id, 0.9)
    page = client.get(f"/desk/directory/pairs/{first.id}/{second.id}")
    assert "138****1234" in words_of(page)
    assert "13800001234" not in page.content.decode()
    client.post(f"/desk/directory/pairs/{first.id}/{second.id}", {"verdict": "positive"})
    shown = words_of(client.get(f"/desk/directory/people/{second.id}"))
    assert "这几条判为同一个人" in shown
    assert "区教育局局长" in shown
