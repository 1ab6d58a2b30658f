"""Sheets as long as they may be, with hundreds of faults: good rows in, each faulty cell named in the copy, nothing twice.

What an office has had for years is written at once; only what the sheet changes goes through the actions.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.test import Client
from openpyxl import Workbook, load_workbook

from luodi.kernel.commitments.models import Commitment, Report, Target
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.models import Unit
from luodi.kernel.sheets.limits import MOST_ROWS
from tests.database import unguarded
from tests.desk.promise_desk import BUREAU, DAY, OFFICE, Desk, text_of
from tests.kernel.promises import at as on_day

# size is a matter of reading sheets, not of the engine
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]
MONTH, HOUR = "/desk/promises/month", "/desk/first-hour"
GOOD, FAULTY = 200, 500
BAD_AMOUNTS = ("约{}所", "快了", "{}公里", "#REF!", "三所五所", "等{}所", "<b>{}</b>", "1e{}", "{}/5", "{}%%")


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def written(rows: Iterable[Sequence[Any]], title: str = "进展") -> bytes:
    """A workbook, written row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def promised(unit: Unit, titles: Sequence[str], year: int | None = None) -> None:
    """Promises of a unit that are in, written at once."""
    rows = [
        Commitment(title=title, lead_unit=unit, adopted_on=DAY, state_since=DAY, year=year)
        for title in titles
    ]
    with unguarded():
        Commitment.objects.bulk_create(rows, batch_size=500)
        targets = [
            Target(commitment=row, version=1, from_day=DAY, number="10", unit="所", due_until=DAY)
            for row in rows
        ]
        Target.objects.bulk_create(targets, batch_size=500)


def marked(raw: bytes) -> dict[str, str]:
    """The cells of a returned copy that carry a comment."""
    sheet = load_workbook(io.BytesIO(raw)).active
    assert sheet is not None
    return {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def chosen(page: Any) -> dict[str, str]:
    """The columns as proposed."""
    return {f"column-{one.column.index}": name for one, name in page.context["columns"]}


class TestTheMonth:
    """A unit's progress of a month: 20,000 rows of which 200 are good and 500 faulty; the rest nobody filled in."""

    HEADER = ("任务", "目前完成", "进展情况")

    def rows(self, *, mended: bool) -> Iterator[tuple[Any, ...]]:
        """Faulty ones spread through the sheet."""
        yield self.HEADER
        for at in range(MOST_ROWS - 1):
            title = f"第{at}件事"
            if at % 30 == 7 and at // 30 < FAULTY:
                bad = BAD_AMOUNTS[at // 30 % len(BAD_AMOUNTS)].format(at % 9 + 1)
                yield title, 5 if mended else bad, None
            elif at % 30 == 8 and at // 30 < GOOD:
                yield title, at % 9 + 1, "按月推进"
            else:
                yield title, None, None

    def send(self, client: Client, raw: bytes) -> str:
        """Send a sheet and accept its columns; where its preview stands."""
        sheet = SimpleUploadedFile("九月.xlsx", raw)
        answer = client.post(f"{MONTH}/send", {"sheet": sheet, "as_of": DAY.isoformat()})
        assert answer.status_code == 302, text_of(answer)
        place = str(answer["Location"])
        if place.endswith("/columns"):
            answer = client.post(place, {**chosen(client.get(place)), "as_of": DAY.isoformat()})
            assert answer.status_code == 302, text_of(answer)
            place = str(answer["Location"])
        return place

    def enter(self, client: Client, place: str) -> None:
        """Turn after turn, as its page goes on by itself."""
        while client.post(f"{place}/enter")["Location"].endswith("?on=1"):
            pass

    def test_good_rows_in_each_faulty_cell_named_nothing_twice(self, desk: Desk) -> None:
        titles = [row[0] for row in self.rows(mended=True) if row[1] is not None][1:]
        promised(desk.district.units[BUREAU], titles)
        raw = written(self.rows(mended=False))
        place = self.send(desk.reporter, raw)
        counts = desk.reporter.get(place).context["counts"]
        assert (counts["good"], counts["faulty"]) == (GOOD, FAULTY)
        assert sum(counts.values()) == MOST_ROWS - 1
        self.enter(desk.reporter, place)
        assert Report.objects.count() == GOOD
        copy = desk.reporter.get(f"{place}/returned.xlsx").content
        faulty = [f"B{at}" for at, row in enumerate(self.rows(mended=True), 1) if row[1:] == (5, None)]
        assert sorted(marked(copy)) == sorted(faulty)
        # the same again, then the copy as it came back with its faults put right
        again = self.send(desk.reporter, raw)
        assert desk.reporter.get(again).context["counts"]["same"] == GOOD
        self.enter(desk.reporter, again)
        assert Report.objects.count() == GOOD
        mended = self.send(desk.reporter, written(self.rows(mended=True)))
        self.enter(desk.reporter, mended)
        assert Report.objects.count() == GOOD + FAULTY
        reported = Report.objects.values("commitment").annotate(count=Count("id"))
        assert set(reported.values_list("count", flat=True)) == {1}


class TestTheFirstHour:
    """An office's list of 20,000 tasks, nearly all of which are in already: 200 new ones, 500 faulty."""

    HEADER = ("序号", "任务", "牵头单位", "完成时限")

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Of the faulty a fifth each: no day, no unit, no task, a kind of units, the same as above."""
        yield self.HEADER
        for at in range(MOST_ROWS - 1):
            good = (at, f"第{at}件任务", BUREAU, "12月底")
            if at % 30 != 7 or at // 30 >= FAULTY:
                yield good
                continue
            wrong = (
                (*good[:3], "尽快"),
                (at, good[1], None, "12月底"),
                (at, None, BUREAU, "12月底"),
                (at, good[1], "各镇街", "12月底"),
                (at, f"第{at - 1}件任务", BUREAU, "12月底"),
            )
            yield wrong[at // 30 % 5]

    def test_good_rows_in_each_faulty_cell_named_nothing_twice(self, desk: Desk) -> None:
        rows = list(self.rows())
        fresh = {f"第{at}件任务" for at in range(1, 30 * GOOD, 30)}
        repeated, faulty = set(), set()
        for at in range(7, 30 * FAULTY, 30):
            (repeated if at // 30 % 5 == 4 else faulty).add(f"第{at - (at // 30 % 5 == 4)}件任务")
        known = {row[1] for row in rows[1:] if row[1] and row[2] == BUREAU} - fresh - faulty
        promised(desk.district.units[BUREAU], sorted(known - repeated), year=2026)
        office = desk.browser(OFFICE, "office")
        sheet = SimpleUploadedFile("2026年任务分解表.xlsx", written(rows, "任务分解表"))
        answer = office.post(f"{HOUR}/send/promises", {"sheet": sheet})
        assert answer.status_code == 302, text_of(answer)
        place = str(answer["Location"]).removesuffix("/columns")
        columns = chosen(office.get(f"{place}/columns"))
        before = Commitment.objects.count()
        assert office.post(f"{place}/columns", {**columns, "year": "2026"}).status_code == 302
        marks = marked(office.get(f"{place}/returned.xlsx").content)
        assert len(marks) == FAULTY
        assert {cell[0] for cell in marks} == {"B", "C", "D"}
        assert "尽快" in marks["D9"]
        while Commitment.objects.count() < before + len(fresh) + len(repeated):
            count = Commitment.objects.count()
            office.post(f"{place}/enter")
            assert Commitment.objects.count() > count
        events = Event.objects.exclude(kind="sheet.kept").count()
        office.post(f"{place}/enter")
        assert Commitment.objects.count() == before + len(fresh) + len(repeated)
        assert Event.objects.exclude(kind="sheet.kept").count() == events
        titles = Commitment.objects.values("title").annotate(count=Count("id"))
        assert not titles.filter(count__gt=1).exists()
