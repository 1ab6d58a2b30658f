"""The inbox: what is due from a post next, over all kinds of matter, in words, and cheap however long it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import DueItem
from luodi.kernel.ledger.models import Event
from tests.areas.case_town import CaseTown, at, found
from tests.database import unguarded
from tests.desk.case_desk import AUDIT, HOUSING, LEADER, OFFICE, WATER, browser, counted, many, text_of

pytestmark = pytest.mark.django_db
INBOX = "/desk/inbox"


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def groups(page: Any) -> list[tuple[str, list[str]]]:
    """The headings of a page with the titles under each."""
    return [(group.name, [row.title for row in group.rows]) for group in page.context["groups"]]


def titles(page: Any) -> list[str]:
    return [row.title for group in page.context["groups"] for row in group.rows]


def slip(town: CaseTown, title: str, answer_by: str, number: int) -> Any:
    """A slip to the housing bureau, assigned to it."""
    case = town.slip(subject=f"c{number:013d}", answer_by=answer_by)
    town.move(case, "assign", OFFICE)
    with unguarded():
        DueItem.objects.filter(subject=case.id).update(title=title)
    return case


def test_what_is_due_next_comes_first_and_red_before_all(town: CaseTown) -> None:
    with at(9, 15):
        for title, month, day in (
            ("十月", 10, 20), ("今天", 9, 22), ("周日", 9, 27), ("超期", 9, 18), ("超得多", 9, 16),
        ):  # fmt: skip
            slip(town, title, f"2026-{month:02}-{day:02}", month * 100 + day)
    with at(9, 22):
        actions.tick()
        page = browser(town, HOUSING).get(INBOX)
    assert groups(page) == [
        ("past", ["超得多", "超期"]), ("today", ["今天"]), ("week", ["周日"]), ("later", ["十月"]),
    ]  # fmt: skip
    text = text_of(page)
    for words in (
        "5件待办", "2件已超期", "1件今天到期", "超4天", "还剩5天", "9月27日（周日）", "红灯", "黄灯", "绿灯",
        "现在要做：办理并反馈", "督办单", "反馈期限，按写明的日子", "落地事项亮灯默认规则第一条",
    ):  # fmt: skip
        assert words in text, words


def test_a_light_turns_at_its_instant_even_before_the_tick(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "到了", "2026-09-18", 1)
    with at(9, 19):
        page = browser(town, HOUSING).get(f"{INBOX}?light=red")
    assert groups(page) == [("past", ["到了"])]
    assert "红灯" in text_of(page)


def test_a_working_day_clock_is_told_in_working_days_with_its_rule(town: CaseTown) -> None:
    with at(9, 15):
        case = slip(town, "核", "2026-09-30", 1)
    with at(9, 21):
        town.move(case, "report", HOUSING, answer="办好了")
    with at(9, 22):
        page = browser(town, AUDIT).get(INBOX)
        rows = page.context["groups"][0].rows
        assert titles(browser(town, HOUSING).get(INBOX)) == []
    # ten working days after Monday 21 September, the Mid-Autumn and National days left out
    assert (rows[0].due.time, rows[0].due.due) == ("还剩9个工作日", "10月12日（周一）")
    assert rows[0].due.light.rule == "收到反馈后核查，10个工作日（落地督办默认规则第一条）"
    assert rows[0].due.light.href == "/desk/rules#rule-supervision-check"
    assert rows[0].now == "核查反馈属不属实"


def test_what_is_paused_is_told_and_stands_apart(town: CaseTown) -> None:
    with at(9, 15):
        case = slip(town, "停着", "2026-09-30", 1)
        step = actions.move(
            case, "suspend", by=town.actors[OFFICE], answers={"reason": "等批复", "until": "2026-10-20"}
        )
        actions.sign(step, by=town.actors[LEADER])
    with at(9, 22):
        office = browser(town, OFFICE)
        page = office.get(INBOX)
        assert [name for name, _ in groups(page)] == ["later"], "the day on which the clocks are to go on"
        assert "到时候恢复" in text_of(page)
        assert "另有1件停着表" in text_of(page)
        held = office.get(page.context["paused_href"])
    assert [name for name, _ in groups(held)] == ["paused"]
    assert "停着表" in text_of(held)


def test_one_s_own_is_shown_first_and_one_s_unit_s_on_demand(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "住建的", "2026-09-30", 1)
        office, water = browser(town, OFFICE), browser(town, WATER)
        assert titles(office.get(INBOX)) == []
        assert titles(office.get(f"{INBOX}?whose=unit")) == ["住建的"]
        assert "区住建局" in text_of(office.get(f"{INBOX}?whose=unit"))
        assert titles(water.get(f"{INBOX}?whose=unit")) == []


def test_an_empty_inbox_says_what_will_come(town: CaseTown) -> None:
    with at(9, 15):
        text = text_of(browser(town, WATER).get(INBOX))
    assert "眼下没有等您办的" in text
    assert "到了您手上就在这里" in text


def test_a_kind_and_a_light_narrow_the_list_and_each_can_be_taken_away(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "黄的", "2026-09-15", 1)
        slip(town, "绿的", "2026-10-30", 2)
        housing = browser(town, HOUSING)
        assert titles(housing.get(f"{INBOX}?light=amber")) == ["黄的"]
        page = housing.get(f"{INBOX}?light=green&kind=supervision")
        assert titles(page) == ["绿的"]
        assert [words for words, _ in page.context["chosen"]] == ["督办单", "绿灯"]
        assert titles(housing.get(page.context["chosen"][1][1])) == ["黄的", "绿的"]
        assert titles(housing.get(f"{INBOX}?kind=mediation")) == []
        assert {line.words: line.count for line in page.context["kinds"]} == {"全部": 1, "督办单": 1}
        assert {line.words: line.count for line in page.context["lights"]} == {"黄灯": 1, "绿灯": 1}


def test_a_promise_that_is_due_leads_to_its_page_and_a_case_to_its_own(town: CaseTown) -> None:
    with at(9, 15):
        case = slip(town, "事项", "2026-09-30", 1)
        item = DueItem.objects.get(subject=case.id)
        with unguarded():
            item.id, item.subject, item.kind, item.title = None, "c0000000000009", "promise", "承诺一件"
            item.save(force_insert=True)
        page = browser(town, HOUSING).get(INBOX)
    hrefs = {row.title: row.href for group in page.context["groups"] for row in group.rows}
    assert hrefs == {"事项": f"/desk/cases/{case.id}", "承诺一件": "/desk/promises/c0000000000009"}


def test_long_lists_go_on_behind_the_last_row_and_come_back(town: CaseTown) -> None:
    with at(9, 15):
        many(town, 120, dt.date(2026, 9, 10))
        housing = browser(town, HOUSING)
        pages = [housing.get(INBOX)]
        while address := pages[-1].context["after"]:
            pages.append(housing.get(address))
        seen = [title for page in pages for title in titles(page)]
        assert [len(titles(page)) for page in pages] == [50, 50, 20]
        assert seen == [f"第{number}件" for number in range(120)]
        back = housing.get(pages[2].context["before"])
        assert titles(back) == titles(pages[1])
        assert titles(housing.get(back.context["before"])) == titles(pages[0])
        assert housing.get(back.context["before"]).context["before"] == ""
        assert pages[0].context["total"] == 120


def test_the_inbox_asks_as_much_of_ten_as_of_a_thousand(town: CaseTown) -> None:
    with at(9, 15):
        clients = [browser(town, unit) for unit in (HOUSING, OFFICE)]
        addresses = [INBOX, f"{INBOX}?whose=unit", f"{INBOX}?light=green&kind=supervision"]
        numbers: list[list[int]] = []
        for more in (10, 990):
            many(town, more, dt.date(2026, 9, 10))
            asked: list[int] = []
            for client in clients:
                for address in addresses:
                    client.get(address)
                    with counted() as number:
                        assert client.get(address).status_code == 200
                    asked += number
            numbers.append(asked)
    assert numbers[0] == numbers[1]
    assert max(numbers[0]) <= 30


@pytest.mark.parametrize(
    "query",
    ["?at=x", "?at=a1.2", "?at=a999999999999999999.1", "?kind=%00", "?light=blue", "?whose=all", "?at=b0.k1", "?kind=nothing"],
)  # fmt: skip
def test_what_no_address_means_counts_as_not_asked(town: CaseTown, query: str) -> None:
    with at(9, 15):
        many(town, 3, dt.date(2026, 9, 20))
        assert browser(town, HOUSING).get(f"{INBOX}{query}").status_code == 200


def test_a_choice_is_saved_under_a_name_and_taken_away(town: CaseTown) -> None:
    with at(9, 15):
        slip(town, "黄的", "2026-09-15", 1)
        slip(town, "绿的", "2026-10-30", 2)
        housing, water = browser(town, HOUSING), browser(town, WATER)
        assert (
            housing.get("/desk/cases/saved?place=inbox&of=light%3Damber%26at%3Da1.2").context["query"]
            == "light=amber"
        )
        given = {"place": "inbox", "of": "light=amber", "name": "快到的"}
        answer = housing.post("/desk/cases/saved", given)
        assert (answer.status_code, answer["Location"]) == (302, f"{INBOX}?light=amber")
        ((name, href),) = housing.get(INBOX).context["saved"]
        assert (name, titles(housing.get(href))) == ("快到的", ["黄的"])
        assert water.get(INBOX).context["saved"] == []
        again = housing.post("/desk/cases/saved", given)
        assert again.status_code == 422
        assert "已经存过一个“快到的”" in text_of(again)
        assert 'value="快到的"' in text_of(again)
        (choice, _, _) = housing.get("/desk/cases/saved?place=inbox").context["kept"][0]
        assert water.post(f"/desk/cases/saved/{choice.id}/drop").status_code == 409
        assert housing.post(f"/desk/cases/saved/{choice.id}/drop").status_code == 302
        assert housing.get(INBOX).context["saved"] == []
    told = Event.objects.filter(subject=choice.id).order_by("id").values_list("kind", flat=True)
    assert list(told) == ["cases.choice_saved", "cases.choice_dropped"]
    assert not Event.objects.filter(closed__contains="快到的").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "", "of": "light=red"}, "名字有0字"),
        ({"name": "长" * 31, "of": "light=red"}, "名字有31字"),
        ({"name": "空的", "of": "nothing=1"}, "一个条件也没有选"),
    ],
)
def test_a_choice_that_cannot_be_saved_is_refused_in_words(
    town: CaseTown, given: dict[str, str], words: str
) -> None:
    with at(9, 15):
        answer = browser(town, HOUSING).post("/desk/cases/saved", {"place": "inbox", **given})
    assert answer.status_code == 422
    assert words in text_of(answer)
