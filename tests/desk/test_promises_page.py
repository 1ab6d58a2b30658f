"""A promise's page at the desk: what may be done, three figures side by side, one line of time; cheap however long the life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.commitments.models import Commitment
from tests.desk.promise_desk import AUDIT, BUREAU, DAY, HOUSING, OFFICE, Desk, at, ten_by_new_year, text_of
from tests.journeys.desk_pictures import photo
from tests.kernel.promises import at as on_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def with_photo(desk: Desk, row: Commitment, note: str = "") -> None:
    """Six of ten, with a photo."""
    photographed = Upload(photo(), "现场.jpg")
    by = desk.district.actor(BUREAU)
    actions.report_progress(row, by=by, as_of=DAY, number="6", unit="所", note=note, evidence=photographed)


def words_of(page: Any) -> list[str]:
    """The line of time in plain words, newest first."""
    return ["".join(bit.text for bit in moment.words) for moment in page.context["moments"]]


def test_reported_and_verified_stand_side_by_side_each_with_its_day_and_signer(desk: Desk) -> None:
    row = desk.promise()
    with on_day(dt.date(2026, 8, 31)):
        desk.reported(row, "6", dt.date(2026, 8, 31))
        actions.verify(row, by=desk.district.actor(AUDIT), number="4")
    desk.reported(row, "7")
    target, reported, verified = desk.reporter.get(at(row)).context["figures"]
    assert (target.value, reported.value, verified.value) == ("10所", "7所", "4所")
    assert (reported.as_of, verified.as_of) == (DAY, dt.date(2026, 8, 31))
    assert reported.note == "没有经过核实"
    assert reported.signer == "区教育局负责人"
    assert verified.signer == "区审计局负责人"


def test_the_first_line_says_light_and_days_with_the_rule(desk: Desk) -> None:
    row = desk.promise(goal=ten_by_new_year(due_until=dt.date(2026, 8, 31), due_precision="month"))
    page = text_of(desk.reporter.get(at(row)))
    for words in (
        "红灯",
        "超22天",
        "8月31日（周一）到期",
        "红灯依据：过了期限，还没有报完成（落地承诺亮灯默认规则第一条）",
    ):
        assert words in page, words


def test_the_whole_life_is_one_line_of_sentences_events_and_evidence(desk: Desk) -> None:
    said = desk.district.statement(quote="年内建成10所幼儿园")
    row = desk.promise(statement=said)
    office = desk.district.actor(OFFICE)
    later = desk.district.statement(kind="result", quote="十所幼儿园全部建成")
    actions.link_statement(row, later, role="claims", by=office)
    with_photo(desk, row, "六所封顶")
    actions.send_back(row, by=desk.district.actor(AUDIT), reason="只看到五所", number="5")
    actions.correct(row, by=office, reason="补上领域", topic="教育")
    actions.drop(row, by=office, reason="停建")
    actions.restore(row, by=office, reason="又建了")
    actions.change_target(
        row,
        by=office,
        goal=ten_by_new_year(number="8"),
        reason="少两所",
        adopting=desk.district.statement(number="8"),
    )
    page = desk.reporter.get(at(row))
    told = words_of(page)
    for words in (
        "采纳为承诺，目标10所", "第一次说到", "公开说已经做到，没有经过核实", "区教育局上报6所（截至9月22日）",
        "区审计局核实后退回，查到5所",
        "更正登记：领域", "不再办", "恢复办理", "目标降低，10所 8所", "到期",
    ):  # fmt: skip
        assert words in told, (words, told)
    text = text_of(page)
    for words in ("六所封顶", "只看到五所", "少两所", "十所幼儿园全部建成", "看这次登记"):
        assert words in text, words
    assert page.context["moments"][0].mark == "next"
    assert "/small" in text
    assert f'href="/c/{row.id}"' in text


def test_a_photo_is_shown_small_with_what_is_known_of_it(desk: Desk) -> None:
    row = desk.promise()
    with_photo(desk, row)
    page = desk.verifier.get(at(row))
    shot = page.context["shots"][0]
    assert b"".join(desk.verifier.get(shot.small).streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    assert "没有记拍摄的时间和地点" in text_of(page)


def test_a_photo_used_before_is_pointed_out_to_the_verifier(desk: Desk) -> None:
    one, other = desk.promise("第一件"), desk.promise("第二件")
    for row in (one, other):
        with_photo(desk, row)
    page = text_of(desk.verifier.get(at(other, "verify")))
    assert "同一份文件" in page
    assert "第一件" in page


def test_until_when_and_with_what_stands_beside_each_button(desk: Desk) -> None:
    row = desk.promise()
    page = text_of(desk.reporter.get(at(row)))
    for words in (
        "9月还没有报",
        "数按“所”报",
        "最晚12月31日（周四）（还剩100天）",
        "报的数要到10所",
        "要附凭据",
    ):
        assert words in page, words
    assert page.count("btn-primary") == 2  # one of them in the pattern of a draft that waits


def test_what_belongs_together_leads_to_each_other(desk: Desk) -> None:
    row, other = desk.promise("第一件"), desk.promise("第二件")
    actions.merge(row, into=other, by=desk.district.actor(OFFICE))
    assert "并入了：" in text_of(desk.office.get(at(row)))
    assert "并进来的：" in text_of(desk.office.get(at(other)))


def test_a_long_life_asks_no_more_than_a_short_one(desk: Desk) -> None:
    row = desk.promise(co_units=[desk.district.units[HOUSING]])
    desk.reported(row, "1")
    desk.office.get(at(row))
    counted = []
    for more in range(2):
        for number in range(12 * more):
            actions.report_progress(
                row,
                by=desk.district.actor(BUREAU),
                as_of=DAY,
                number=str(number),
                unit="所",
                evidence=desk.district.kept_file(),
            )
            actions.verify(row, by=desk.district.actor(AUDIT), number=str(number))
        with CaptureQueriesContext(connection) as asked:
            desk.office.get(at(row))
        counted.append(len(asked))
    assert counted[1] - counted[0] <= 4, counted
    assert counted[1] <= 64, counted
