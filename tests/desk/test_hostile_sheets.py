"""Long sheets with hundreds of faults: good rows in, each faulty cell named in the copy, nothing twice.

``ci``: sheets of many turns; ``deep``: as long as they may be (``test_promises_month_large`` looks at such a sheet every time).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.test import Client
from openpyxl import Workbook, load_workbook

from luodi.desk.first_hour import turns
from luodi.kernel.commitments.models import Commitment, Report, Standing, Target
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.statements import insert_many
from luodi.kernel.register.models import Unit
from luodi.kernel.sheets.limits import MOST_ROWS
from tests.database import unguarded
from tests.depth import is_deep
from tests.desk.promise_desk import BUREAU, DAY, OFFICE, Desk, text_of
from tests.kernel.promises import at as on_day

# size is a matter of reading sheets, not of the engine
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]
MONTH, HOUR = "/desk/promises/month", "/desk/first-hour"
ROWS = (MOST_ROWS if is_deep() else 4_000) - 1  # below the header
FAULTY = 500
GOOD, EVERY = ROWS - FAULTY, ROWS // FAULTY  # one row of so many is faulty, until there are enough
FIRST = 3  # the first of them
BAD_AMOUNTS = ("约{}所", "快了", "{}公里", "#REF!", "三所五所", "等{}所", "<b>{}</b>", "1e{}", "{}/5", "-{}")


@pytest.fixture
def desk(data_folder: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(turns, "SHORT", 0.3)  # so that a quick machine takes several turns, too
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


def promised(unit: Unit, titles: Sequence[str]) -> None:
    """Promises of a unit that are in, written at once: what the sheet is about, not what is looked at."""
    rows = [Commitment(title=title, lead_unit=unit, adopted_on=DAY, state_since=DAY) for title in titles]
    targets = [
        Target(commitment=row, version=1, from_day=DAY, number="10", unit="所", due_until=DAY) for row in rows
    ]
    with unguarded():
        insert_many(rows)
        insert_many(targets)


def is_faulty(at: int) -> bool:
    """Spread through the sheet."""
    return at % EVERY == FIRST and at // EVERY < FAULTY


def mended(raw: bytes, put_right: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
    """The comments of a returned copy by their cells; and the copy with the right value in each of those cells."""
    book = load_workbook(io.BytesIO(raw))
    sheet: Any = book.active
    marks = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment is not None}
    for place, value in put_right.items():
        sheet[place].value, sheet[place].comment = value, None
    kept = io.BytesIO()
    book.save(kept)
    return marks, kept.getvalue()


def chosen(page: Any) -> dict[str, str]:
    """The columns as proposed."""
    return {f"column-{one.column.index}": name for one, name in page.context["columns"]}


def entered(client: Client, place: str) -> int:
    """Enter turn after turn, as the page goes on by itself; how many turns it took. Each says how far it is."""
    on: dict[str, str] = {}
    for turn in range(1, 200):
        answer = client.post(f"{place}/enter", {"turn": "short", **on})
        if not answer["Location"].endswith("?on=1"):
            return turn
        shown = client.get(answer["Location"]).context
        assert shown["done"] + shown["left"] == shown["total"]
        assert shown["left"] > 0
        on = {"on": "1"}
    raise AssertionError("it does not come to an end")


def events(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


class TestTheMonth:
    """A unit's progress of a month: many rows, 500 of them faulty."""

    def rows(self) -> Iterator[tuple[Any, ...]]:
        yield "任务", "目前完成", "进展情况"
        for at in range(ROWS):
            bad = BAD_AMOUNTS[at // EVERY % len(BAD_AMOUNTS)].format(at % 9 + 1)
            yield f"第{at}件事", bad if is_faulty(at) else at % 9 + 1, "按月推进"

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

    def test_good_rows_in_each_faulty_cell_named_nothing_twice(self, desk: Desk) -> None:
        promised(desk.district.units[BUREAU], [f"第{at}件事" for at in range(ROWS)])
        place = self.send(desk.reporter, written(self.rows()))
        counts = desk.reporter.get(place).context["counts"]
        assert {kind: count for kind, count in counts.items() if count} == {"good": GOOD, "faulty": FAULTY}
        assert entered(desk.reporter, place) > 1
        assert (Report.objects.count(), events("commitment.progress_reported")) == (GOOD, GOOD)
        copy = desk.reporter.get(f"{place}/returned.xlsx").content
        right = {f"B{at + 2}": 5 for at in range(ROWS) if is_faulty(at)}
        marks, copy = mended(copy, right)
        assert marks.keys() == right.keys()
        assert "负数" in marks[f"B{FIRST + EVERY * BAD_AMOUNTS.index('-{}') + 2}"]
        # the copy that came back, put right: what is in stays as it is
        place = self.send(desk.reporter, copy)
        counts = desk.reporter.get(place).context["counts"]
        assert {kind: count for kind, count in counts.items() if count} == {"good": FAULTY, "same": GOOD}
        for _ in range(2):
            entered(desk.reporter, place)
            assert (Report.objects.count(), events("commitment.progress_reported")) == (ROWS, ROWS)
        assert Report.objects.values("commitment").distinct().count() == ROWS
        assert Standing.objects.filter(reported_on=DAY).count() == ROWS


class TestTheFirstHour:
    """An office's list of tasks: many rows, all of them new, 500 faulty."""

    def wrong(self, at: int) -> tuple[str, Any]:
        """The column that is wrong and what stands in it: a fifth each no day, no unit, no task, a kind of units, as above."""
        kinds = (("D", "尽快"), ("C", None), ("B", None), ("C", "各镇街"), ("B", f"第{at - 1}件任务"))
        return kinds[at // EVERY % 5]

    def right(self, at: int) -> dict[str, Any]:
        return {"A": at, "B": f"第{at}件任务", "C": BUREAU, "D": "12月底"}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        yield "序号", "任务", "牵头单位", "完成时限"
        for at in range(ROWS):
            row = self.right(at)
            if is_faulty(at):
                column, value = self.wrong(at)
                row[column] = value
            yield tuple(row.values())

    def send(self, client: Client, raw: bytes) -> str:
        sheet = SimpleUploadedFile("2026年任务分解表.xlsx", raw)
        answer = client.post(f"{HOUR}/send/promises", {"sheet": sheet})
        assert answer.status_code == 302, text_of(answer)
        place = str(answer["Location"]).removesuffix("/columns")
        columns = chosen(client.get(f"{place}/columns"))
        assert client.post(f"{place}/columns", {**columns, "year": "2026"}).status_code == 302
        return place

    def test_good_rows_in_each_faulty_cell_named_nothing_twice(self, desk: Desk) -> None:
        office = desk.browser(OFFICE, "office")
        before = Commitment.objects.count()
        place = self.send(office, written(self.rows(), "任务分解表"))
        assert entered(office, place) > 1
        assert (Commitment.objects.count() - before, events("commitment.entered")) == (GOOD, GOOD)
        faulty = [at for at in range(ROWS) if is_faulty(at)]
        right = {
            f"{column}{at + 2}": self.right(at)[column] for at in faulty for column, _ in [self.wrong(at)]
        }
        marks, copy = mended(office.get(f"{place}/returned.xlsx").content, right)
        assert marks.keys() == right.keys()
        assert "尽快" in marks[f"D{FIRST + 2}"]
        # the copy that came back, put right: what is in stays as it is
        place = self.send(office, copy)
        entered(office, place)
        assert (Commitment.objects.count() - before, events("commitment.entered")) == (ROWS, ROWS)
        # all is in: the sheet is laid by no longer
        assert "已经录完清掉" in text_of(office.post(f"{place}/enter"))
        titles = Commitment.objects.values("title").annotate(count=Count("id"))
        assert not titles.filter(count__gt=1).exists()
        assert Standing.objects.filter(lead_unit=desk.district.units[BUREAU]).count() == ROWS
