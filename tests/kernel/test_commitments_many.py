"""Promises entered and reported by the hundred: as one by one, an event each, in few statements, a refusal of one row alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.kernel.cases.models import DueItem
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, CoUnit, Report, Standing
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from luodi.kernel.search.index import find
from tests.kernel.promises import DAY, District, at, founded, refused, ten_by_new_year

LAST = dt.date(2026, 8, 31)


@pytest.fixture
def district(committed_database: Path) -> Iterator[District]:
    with at(DAY):
        yield founded()


def row_of(district: District, number: int, **given: object) -> actions.SheetRow:
    whole = {
        "cell": f"任务分解表!B{number}:F{number}",
        "title": f"第{number}件任务",
        "lead_unit": district.units["区教育局"],
        "goal": ten_by_new_year(),
        "co_units": (district.units["区住建局"],),
        "year": 2026,
    }
    return actions.SheetRow(**{**whole, **given})  # type: ignore[arg-type]


def codes(became: list[object]) -> list[str]:
    """What became of each: the code of its refusal, or the name of its kind."""
    return [each.code if isinstance(each, Refusal) else type(each).__name__ for each in became]


def progress_of(row: Commitment, number: str, **given: object) -> actions.Progress:
    whole = {"commitment": row.id, "as_of": DAY, "number": number, "unit": "所", "note": "", "seen": ""}
    return actions.Progress(**{**whole, **given})  # type: ignore[arg-type]


def test_rows_of_a_sheet_go_in_as_one_by_one(district: District, committed_database: Path) -> None:
    by, file = district.actor("区督查室"), district.kept_file()
    wrong = [row_of(district, 3), row_of(district, 8, title=" "), row_of(district, 9, cell=" ")]
    given = [*(row_of(district, at) for at in range(3, 8)), *wrong]
    became = actions.enter_many_from_sheet(given, by=by, file=file)
    assert codes(became) == ["Commitment"] * 5 + ["sent-twice", "bad-title", "no-cell"]
    single = actions.enter_from_sheet(
        by=by,
        file=file,
        cell="任务分解表!B99:F99",
        title="单独录的",
        lead_unit=district.units["区教育局"],
        goal=ten_by_new_year(),
        co_units=[district.units["区住建局"]],
        year=2026,
    )
    assert [hit.subject for hit in find("第4件任务", public_only=True)] == [became[1].id]
    assert DueItem.objects.count() == CoUnit.objects.count() == Standing.objects.count() == 6
    events = {event.subject: event for event in Event.objects.filter(kind="commitment.entered")}
    assert len(events) == 6
    told = [json.loads(events[key].payload) for key in (became[0].id, single.id)]
    assert [each["rows"].keys() for each in told] == [told[0]["rows"].keys()] * 2
    assert told[0]["data"] == {"file": file.id, "cell": "任务分解表!B3:F3"}
    plain = [
        Standing.objects.values().exclude(commitment=None).get(pk=key) for key in (became[0].id, single.id)
    ]
    for standing in plain:
        standing.pop("commitment_id")
    assert plain[0] == plain[1]
    again = actions.enter_many_from_sheet(given[:2], by=by, file=file)
    assert codes(again) == ["sent-twice"] * 2
    assert [finding for finding in verify(committed_database) if finding.is_wrong] == []


def test_reports_go_in_as_one_by_one(district: District, committed_database: Path) -> None:
    by = district.actor("区教育局")
    rows = [district.adopt(title=f"第{number}件") for number in range(6)]
    theirs = district.adopt(title="别人的", lead_unit=district.units["区住建局"])
    first = actions.report_progress(rows[1], by=by, as_of=LAST, number=4, unit="所")
    said = actions.report_progress(rows[2], by=by, as_of=DAY, number=4, unit="所")
    given = [
        progress_of(rows[0], "3", note="两所封顶"),
        progress_of(rows[1], "5", seen=first.id),
        progress_of(rows[2], "4"),  # the same was said after somebody had looked
        progress_of(rows[2], "6"),
        progress_of(rows[3], "6", as_of=DAY + dt.timedelta(days=1)),
        progress_of(rows[4], "-1"),
        progress_of(theirs, "1"),
        progress_of(rows[5], "7", commitment="c0000000000000"),
    ]
    became = actions.report_many(given, by=by)
    refusals = ["overtaken", "future-day", "negative", "not-the-doer", "no-such-promise"]
    assert codes(became) == ["Report", "Report", "NoneType", *refusals]
    assert all(each.message.endswith("。") for each in became if isinstance(each, Refusal))
    assert list(Report.objects.order_by("id").values_list("id", flat=True)) == sorted(
        (first.id, said.id, became[0].id, became[1].id)
    )
    assert Report.objects.get(pk=became[0].id).note == "两所封顶"
    assert Event.objects.filter(kind="commitment.progress_reported").count() == 4
    standing = Standing.objects.get(commitment=rows[1])
    assert (standing.share, standing.reported_on) == ("0.500000000000", DAY)
    assert [finding for finding in verify(committed_database) if finding.is_wrong] == []


def test_one_promise_reported_twice_at_once_has_two_reports_in_order(district: District) -> None:
    row, by = district.adopt(), district.actor("区教育局")
    first, second = progress_of(row, "3", as_of=LAST), progress_of(row, "5")
    became = actions.report_many([first, second], by=by)
    # whoever wrote the second had not seen the first
    assert codes(became) == ["Report", "overtaken"]


def test_a_post_that_may_not_act_enters_nothing(district: District) -> None:
    with refused("no-post"):
        actions.report_many([progress_of(district.adopt(), "3")], by=district.actor("区教育局").__class__())
    assert not Report.objects.exists()


def test_many_rows_cost_few_statements(district: District) -> None:
    by, file = district.actor("区督查室"), district.kept_file()
    with CaptureQueriesContext(connection) as small:
        actions.enter_many_from_sheet([row_of(district, at) for at in range(10)], by=by, file=file)
    with CaptureQueriesContext(connection) as large:
        made = actions.enter_many_from_sheet([row_of(district, at) for at in range(10, 70)], by=by, file=file)
    # six times the rows; what grows is written twenty rows a statement
    assert len(large) <= len(small) + 8
    doer = district.actor("区教育局")
    with CaptureQueriesContext(connection) as reported:
        actions.report_many([progress_of(row, "3") for row in made if isinstance(row, Commitment)], by=doer)
    assert Report.objects.count() == 60
    assert len(reported) < 60
