"""The list of promises at the desk: whose, in which order, what to do now; as page, file and paper; cheap at any length."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from luodi.kernel.commitments import actions
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.desk.promise_desk import (
    AUDIT,
    BASE,
    BUREAU,
    DAY,
    HOUSING,
    OFFICE,
    Desk,
    at,
    hired,
    ten_by_new_year,
    text_of,
)
from tests.kernel.promises import at as on_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def due(day: str, precision: str = "day") -> Any:
    """Ten kindergartens by ``day``."""
    return ten_by_new_year(due_until=dt.date.fromisoformat(day), due_precision=precision)


def groups(page: Any) -> list[tuple[str, list[str]]]:
    """The headings of a page with the titles under each."""
    return [(group.name, [row.title for row in group.rows]) for group in page.context["groups"]]


def titles(page: Any) -> list[str]:
    """Every title of a page, in order."""
    return [row.title for group in page.context["groups"] for row in group.rows]


def now_of(page: Any) -> list[str]:
    """What is to be done, row by row."""
    return [row.now for group in page.context["groups"] for row in group.rows]


def test_the_worst_comes_first_under_headings_of_time(desk: Desk) -> None:
    for title, day in (
        ("年底", "2026-12-31"), ("今天", "2026-09-22"), ("超得少", "2026-09-20"), ("周日", "2026-09-27"),
        ("超得多", "2026-06-30"), ("月底", "2026-09-30"),
    ):  # fmt: skip
        desk.promise(title, goal=due(day))
    desk.promise("无期", goal=ten_by_new_year(due_until=None, due_precision=""))
    desk.claimed(desk.promise("报了", goal=due("2026-09-01")))
    actions.tick()
    page = desk.reporter.get(BASE)
    assert groups(page) == [
        ("past", ["超得多", "超得少"]), ("today", ["今天"]), ("week", ["周日"]), ("month", ["月底"]), ("later", ["年底"]),
        ("none", ["无期"]), ("claimed", ["报了"]),
    ]  # fmt: skip
    text = text_of(page)
    for words in (
        "超84天",
        "超2天",
        "今天到期",
        "还剩5天",
        "9月27日（周日）",
        "2件已超期",
        "1件今天到期",
        "今天报的完成",
    ):
        assert words in text, words
    assert "红灯" in text


def test_a_reporter_begins_with_its_own_unit_and_an_overseer_with_the_district(desk: Desk) -> None:
    desk.promise("教育局的")
    desk.promise("住建局的", lead_unit=desk.district.units[HOUSING])
    desk.promise("帮忙的", lead_unit=desk.district.units[HOUSING], co_units=[desk.district.units[BUREAU]])
    assert sorted(titles(desk.reporter.get(BASE))) == ["帮忙的", "教育局的"]
    assert len(titles(desk.reporter.get(f"{BASE}?whose=all"))) == 3
    for client in (desk.office, desk.browser("青岚区人民政府", "leader")):
        assert len(titles(client.get(BASE))) == 3
    assert titles(desk.office.get(f"{BASE}?whose=unit")) == []
    units = desk.office.get(BASE).context["units"]
    assert [(line.words, line.count) for line in units] == [(HOUSING, 2), (BUREAU, 1)]
    assert sorted(titles(desk.office.get(units[0].href))) == ["住建局的", "帮忙的"]


def test_a_section_sees_its_bureau_s_promises_and_not_the_government_s(desk: Desk) -> None:
    desk.promise("教育局的")
    desk.promise("政府的", lead_unit=desk.district.units["青岚区人民政府"])
    assert titles(desk.browser("区教育局基建科", "reporter").get(BASE)) == ["教育局的"]


def test_what_a_unit_took_over_is_its_own(desk: Desk) -> None:
    desk.promise("旧局的", lead_unit=desk.district.units[HOUSING])
    units = desk.district.units
    register.link("succeeded_by", units[HOUSING].id, units[BUREAU].id, by=SYSTEM)
    assert titles(desk.reporter.get(f"{BASE}?todo=report")) == ["旧局的"]


def test_what_waits_for_me_is_told_apart(desk: Desk) -> None:
    late, fresh, back, claimed = (desk.promise(title) for title in ("该报", "报过", "退回", "报完"))
    desk.reported(late, "2", dt.date(2026, 8, 31))
    desk.reported(fresh, "3", dt.date(2026, 9, 1))
    desk.reported(back, "3")
    actions.send_back(back, by=desk.district.actor(AUDIT), reason="数不对")
    desk.claimed(claimed)
    reporter = desk.reporter
    assert titles(reporter.get(f"{BASE}?todo=report")) == ["该报"]
    assert now_of(reporter.get(f"{BASE}?todo=report")) == ["现在要做：报9月的进展"]
    assert titles(reporter.get(f"{BASE}?todo=back")) == ["退回"]
    assert sorted(titles(reporter.get(f"{BASE}?todo=any"))) == ["该报", "退回"]
    assert titles(reporter.get(f"{BASE}?todo=verify")) == []
    verifier = desk.verifier
    assert sorted(titles(verifier.get(f"{BASE}?todo=verify"))) == ["报完", "报过", "该报"]
    assert "现在要做：核实完成，不属实就退回" in now_of(verifier.get(f"{BASE}?todo=verify"))
    rail = {line.words: line.count for line in reporter.get(BASE).context["rail"]["todo"]}
    assert rail == {"要我办的": 2, "该报进展": 1, "退回来的": 1}
    assert "要您做的都做完了" in text_of(desk.office.get(f"{BASE}?todo=wrong"))


def test_a_choice_is_an_address_and_each_part_can_be_taken_away(desk: Desk) -> None:
    desk.promise("建学校", topic="教育", goal=due("2026-09-30"))
    desk.promise("建医院", topic="医疗", goal=due("2026-09-30"))
    desk.promise("建学校二期", topic="教育", goal=due("2026-12-31"))
    address = f"{BASE}?topic=教育&due=month&q=学校"
    page = desk.reporter.get(address)
    assert titles(page) == ["建学校"]
    assert [words for words, _ in page.context["chosen"]] == ["领域：教育", "本月内到期", "有“学校”"]
    without = dict(page.context["chosen"])["本月内到期"]
    assert sorted(titles(desk.reporter.get(without))) == ["建学校", "建学校二期"]
    assert titles(desk.reporter.get(address)) == ["建学校"]
    assert "没有同时合上这些条件" in text_of(desk.reporter.get(f"{BASE}?q=水上巴士"))


def test_ended_promises_are_shown_when_asked_for(desk: Desk) -> None:
    row = desk.promise("办成的")
    desk.claimed(row)
    desk.verified(row)
    assert titles(desk.reporter.get(BASE)) == []
    page = desk.reporter.get(f"{BASE}?state=kept")
    assert groups(page) == [("ended", ["办成的"])]
    assert "已核实兑现" in text_of(page)


@pytest.mark.parametrize(
    "query",
    ["?unit=x", "?page=-1", "?page=99999999999", "?todo=all", "?due=1", "?q=%00", "?state=undone", "?topic=%27--", "?page=9"],
)  # fmt: skip
def test_what_no_address_means_counts_as_not_asked(desk: Desk, query: str) -> None:
    desk.promise()
    assert desk.reporter.get(f"{BASE}{query}").status_code == 200


def test_a_unit_that_is_not_there_is_said_to_be_missing(desk: Desk) -> None:
    assert desk.office.get(f"{BASE}?unit=u0000000000000").status_code == 409


def test_long_lists_are_paged(desk: Desk) -> None:
    said = [desk.promise(f"第{number}件") for number in range(53)]
    first = desk.reporter.get(BASE)
    assert len(titles(first)) == 50
    assert first.context["groups"][0].total == len(said)
    assert "第1至50件，共53件" in text_of(first)
    second = desk.reporter.get(first.context["pages"].after)
    assert len(titles(second)) == 3
    assert set(titles(first)) | set(titles(second)) == {row.title for row in said}


def test_the_list_asks_a_handful_of_questions_however_long_it_is(desk: Desk) -> None:
    counted: list[int] = []
    for more in (2, 38):
        for number in range(more):
            row = desk.promise(
                f"第{number}件", topic=f"领域{number % 5}", co_units=[desk.district.units[HOUSING]]
            )
            desk.reported(row)
        for client in (desk.reporter, desk.verifier, desk.office):
            client.get(BASE)
            with CaptureQueriesContext(connection) as asked:
                client.get(BASE)
            counted.append(len(asked))
    assert counted[:3] == counted[3:]
    assert max(counted) <= 36, counted


def test_the_files_ask_in_batches(desk: Desk) -> None:
    for number in range(12):
        desk.reported(desk.promise(f"第{number}件"))
    desk.reporter.get(BASE)
    with CaptureQueriesContext(connection) as asked:
        assert len(rows_of(desk.reporter, f"{BASE}.csv")) == 13
    assert len(asked) <= 30


def rows_of(client: Client, address: str) -> list[list[str]]:
    """A CSV answer, read."""
    raw = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def test_the_files_hold_the_same_choice_and_no_formula(desk: Desk) -> None:
    row = desk.promise("=HYPERLINK(1)", topic="@教育", number="+1")
    desk.reported(row, "4")
    actions.verify(row, by=desk.district.actor(AUDIT), number="3")
    desk.promise("别的领域")
    head, *lines = rows_of(desk.reporter, f"{BASE}.csv?topic=@教育")
    assert len(lines) == 1
    line = dict(zip(head, lines[0], strict=True))
    assert line["承诺"] == "'=HYPERLINK(1)"
    assert line["领域"] == "'@教育"
    assert (line["目标"], line["上报"], line["核实"], line["编号"]) == ("10", "4", "3", row.id)
    raw = b"".join(desk.reporter.get(f"{BASE}.xlsx").streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(io.BytesIO(raw))
    assert book.active is not None
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}


def test_the_paper_holds_every_row_in_a_table(desk: Desk) -> None:
    for number in range(55):
        desk.promise(f"第{number}件")
    page = desk.reporter.get(f"{BASE}/print")
    assert text_of(page).count('<th scope="row">') == 55
    assert "现在要做" in text_of(page)


def test_a_unit_of_sixty_characters_is_cut_nowhere(desk: Desk) -> None:
    name = "青岚区历史文化名城保护与城市更新和老旧小区改造以及背街小巷整治提升工作联席会议领导小组办公室综合协调处".ljust(
        60, "一"
    )
    assert len(name) == 60
    unit = register.create_unit(name=name, by=SYSTEM)
    row = desk.promise(lead_unit=unit)
    for address in (BASE, at(row), f"{BASE}/print", at(row, "drop")):
        assert unit.name in text_of(desk.office.get(address)), address


def test_nothing_of_what_staff_see_is_kept_by_a_browser(desk: Desk) -> None:
    row = desk.promise()
    for address in (BASE, at(row), f"{BASE}.csv"):
        assert desk.reporter.get(address).headers["Cache-Control"] == "no-store"


def test_the_month_turns_and_a_report_is_due_again(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row)
    assert titles(desk.reporter.get(f"{BASE}?todo=report")) == []
    with on_day(dt.date(2026, 10, 1)):
        assert titles(desk.reporter.get(f"{BASE}?todo=report")) == [row.title]


def test_somebody_with_two_posts_sees_what_the_chosen_one_sees(desk: Desk) -> None:
    desk.promise("教育局的")
    client = Client()
    client.force_login(hired(desk.district.units[OFFICE], "reporter"))
    assert titles(client.get(BASE)) == []
    assert re.search(rf"{OFFICE}：0件承诺", text_of(client.get(BASE)))
