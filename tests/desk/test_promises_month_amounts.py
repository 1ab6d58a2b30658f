"""What a month's sheet may say: amounts that cannot be are refused, those that are seldom right are asked about or shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Report
from tests.desk.promise_desk import BUREAU, DAY, Desk, ten_by_new_year, text_of
from tests.desk.test_promises_month import MONTH, faults_of, kinds, own_sheet
from tests.kernel.promises import at as on_day
from tests.kernel.promises import refused

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 8, 31)


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


@pytest.mark.parametrize("written", ["-3", "－３", "−3所", -3])
def test_a_negative_amount_is_refused_with_cell_and_remedy(desk: Desk, written: object) -> None:
    desk.promise("甲")
    place = own_sheet(desk, [(1, "甲", None, None, written, None, "更正")])
    page = desk.reporter.get(place)
    assert kinds(page) == {"faulty": 1}
    (fault,) = faults_of(page)
    assert fault.startswith("E3 “-3所”是负数")
    assert "最小是0" in fault
    assert "写更正后的累计数" in fault


def test_no_way_of_reporting_takes_a_negative_amount_and_a_rate_may_fall(desk: Desk) -> None:
    by = desk.district.actor(BUREAU)
    with refused("negative"):
        actions.report_progress(desk.promise("甲"), by=by, as_of=DAY, number=-3, unit="所")
    grows = desk.promise("增速", goal=ten_by_new_year(number="6", unit="%"))
    actions.report_progress(grows, by=by, as_of=DAY, number="-1.5", unit="%")
    assert [report.number for report in Report.objects.all()] == ["-1.5"]


@pytest.mark.parametrize("written", ["150%", "-5%", 1.5])
def test_a_share_of_what_is_done_is_between_nothing_and_all(desk: Desk, written: object) -> None:
    desk.promise("事", goal=ten_by_new_year(number=None, unit=""))
    place = own_sheet(desk, [(1, "事", None, None, written, None, None)])
    page = desk.reporter.get(place)
    assert kinds(page) == {"faulty": 1}
    assert faults_of(page)[0].startswith("E3 ")


def test_less_than_last_time_needs_a_reason_and_is_shown_even_so(desk: Desk) -> None:
    for title in "甲乙丙":
        desk.reported(desk.promise(title), "5", LAST)
    limit = ten_by_new_year(number="10", unit="起", approx="at_most")
    desk.reported(desk.promise("丁", goal=limit), "5", LAST, unit="起")
    rate = ten_by_new_year(number="90", unit="%")
    desk.reported(desk.promise("戊", goal=rate), "85", LAST, unit="%")
    rows = [
        (1, "甲", None, None, 4, None, None),
        (2, "乙", None, None, 4, None, "上月多算了一所在建的"),
        (3, "丙", None, None, 6, None, None),
        (4, "丁", None, None, 3, None, None),
        (5, "戊", None, None, "84%", None, None),
    ]
    place = own_sheet(desk, rows)
    page = desk.reporter.get(place)
    assert kinds(page) == {"faulty": 1, "good": 4}
    (fault,) = faults_of(page)
    assert fault.startswith("E3 “4所”比上次报的5所少")
    assert "不写本月新增的" in fault
    looked = desk.reporter.get(f"{place}?kind=look")
    assert [(row.draft.title, row.note) for row in looked.context["page"]] == [("乙", "比上次少")]
    desk.reporter.post(f"{place}/enter")
    assert Report.objects.filter(as_of=DAY).count() == 4


@pytest.mark.parametrize(
    ("goal", "written", "words"),
    [
        (("10", "所"), 10, "和目标一字不差"),
        (("10", "所"), 101, "超过目标的10倍"),
        (("90", "%"), "0.85", "不到1%"),
    ],
)
def test_what_is_seldom_right_is_shown_before_it_goes_in(
    desk: Desk, goal: tuple[str, str], written: object, words: str
) -> None:
    desk.promise("甲", goal=ten_by_new_year(number=goal[0], unit=goal[1]))
    desk.promise("乙")
    rows = [(2, "乙", None, None, 3, None, None), (1, "甲", None, None, written, None, None)]
    page = desk.reporter.get(own_sheet(desk, rows))
    assert kinds(page) == {"good": 2}
    assert words in text_of(page)
    # what is to be looked at stands before what is not
    assert [row.draft.title for row in page.context["page"]] == ["甲", "乙"]


def test_a_day_long_ago_is_shown_and_one_to_come_refused(desk: Desk) -> None:
    for title in "甲乙":
        desk.promise(title)
    rows = [(1, "甲", None, None, 3, "2025-08-31", None), (2, "乙", None, None, 3, "2027-08-31", None)]
    page = desk.reporter.get(own_sheet(desk, rows))
    assert kinds(page) == {"faulty": 1, "good": 1}
    assert "截至日是一年多以前" in text_of(page)
    assert "F4 截至日2027-08-31还没有到" in faults_of(page)[0]


def test_a_sheet_not_yet_entered_is_found_again(desk: Desk) -> None:
    desk.promise("甲")
    place = own_sheet(desk, [(1, "甲", None, None, 3, None, None)])
    assert f'href="{place}"' in text_of(desk.reporter.get(MONTH))
    desk.reporter.post(f"{place}/drop")
    assert f'href="{place}"' not in text_of(desk.reporter.get(MONTH))
