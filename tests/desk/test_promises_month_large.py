"""A month's sheet as long as a sheet may be: few queries, little memory, in turns, and nothing twice."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from luodi.desk.first_hour import turns
from luodi.kernel.commitments.models import Commitment, Report, Target
from luodi.kernel.ledger.action import SYSTEM, action
from tests.desk.promise_desk import BUREAU, DAY, Desk
from tests.desk.test_promises_month import MONTH, kinds, send
from tests.kernel.promises import at as on_day

pytestmark = pytest.mark.django_db
MANY, FAULTY = 19_998, 500


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def many_promises(desk: Desk, count: int) -> list[Commitment]:
    """Promises of the bureau, entered at once: one act, so that a test can have very many."""
    unit = desk.district.units[BUREAU]
    rows = [
        Commitment(title=f"第{n}件", lead_unit=unit, state_since=DAY, adopted_on=DAY) for n in range(count)
    ]
    with action("commitment.entered", by=SYSTEM, subject="") as act:
        act.create_all(rows)
        act.create_all(
            Target(commitment=row, version=1, number="10", unit="所", from_day=DAY, kind="adopted")
            for row in rows
        )
    return rows


def large_sheet(rows: Sequence[Commitment]) -> bytes:
    """A row for each; some of them faulty, 500 at most."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("9月进展")
    sheet.append(["区教育局9月进展"])
    sheet.append(["承诺编号", "承诺", "目前完成", "进展情况"])
    every = max(3, len(rows) // FAULTY)
    for at, row in enumerate(rows):
        is_faulty = at % every == 0 and at // every < FAULTY
        sheet.append([row.id, row.title, "快了" if is_faulty else 5, None])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.only_on("sqlite")  # size is a matter of reading sheets, not of the engine
def test_twenty_thousand_rows_with_five_hundred_faulty_in_few_queries_and_little_memory(desk: Desk) -> None:
    rows = many_promises(desk, MANY)
    place = send(desk.reporter, large_sheet(rows))
    page = desk.reporter.get(place)
    chosen = {f"column-{one.column.index}": field for one, field in page.context["columns"]}
    place = desk.reporter.post(place, chosen)["Location"]
    desk.reporter.get(MONTH)
    tracemalloc.start()
    with CaptureQueriesContext(connection) as asked:
        page = desk.reporter.get(place)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kinds(page) == {"faulty": FAULTY, "good": MANY - FAULTY}
    assert len(page.context["page"]) == 100
    assert len(asked) < 150, len(asked)
    assert peak < 120_000_000, peak
    copy = load_workbook(io.BytesIO(desk.reporter.get(f"{place}/returned.xlsx").content), read_only=True)
    marked = [line[4].value for line in copy.worksheets[0].iter_rows(min_row=3) if line[4].value]
    assert len(marked) == FAULTY
    assert all(str(words).startswith("C") for words in marked)


def test_a_large_sheet_goes_in_whole_over_several_turns_and_not_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = many_promises(desk, 300)
    place = send(desk.reporter, large_sheet(rows))
    page = desk.reporter.get(place)
    chosen = {f"column-{one.column.index}": field for one, field in page.context["columns"]}
    place = desk.reporter.post(place, chosen)["Location"]
    monkeypatch.setattr(turns, "LONG", -1.0)
    monkeypatch.setattr(turns, "AT_ONCE", 40)
    on: dict[str, str] = {}
    while not (answer := desk.reporter.post(f"{place}/enter", on))["Location"].endswith(place):
        assert answer["Location"] == f"{place}?on=1"
        on = {"on": "1"}
    assert on
    counted = Report.objects.count()
    assert counted == kinds(desk.reporter.get(place))["same"]
    assert counted + kinds(desk.reporter.get(place)).get("faulty", 0) == 300
    desk.reporter.post(f"{place}/enter")
    assert Report.objects.count() == counted
