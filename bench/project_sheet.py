"""The project office's sheet as long as a sheet may be, hundreds of its rows faulty: sent, looked over, entered, mended.

    python bench/project_sheet.py [--rows N] [--faulty N] [--database postgresql]

Everything goes through the pages, as a browser that goes on by itself asks for them. Two sheets go in, each into what is there
already: a fifth of the rows, then all; at last every plan is halved by another sheet. Told of each: ms of the processor a row
and, of the whole process, the most memory so far. Ends with 1 where a good row is missing or twice, a faulty cell is not named
in the copy that comes back or another is, a row of a long sheet costs more than ``MOST_GROWN`` times one of the short, or the
process holds more than ``MOST_MEMORY``.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.scratch import ENGINES, scratch_district  # noqa: E402

WHERE = "/desk/projects/sheet"
FEWER = 5
MOST_GROWN = 2.0
LONG = 5_000  # rows; of shorter sheets the start is measured more than the rows
MOST_MEMORY = (
    800  # MB of the whole process, the browser's side and the workbooks of this measurement included
)
HEADER = (
    "序号", "项目代码", "项目名称", "级别", "总投资（万元）", "年度计划投资（万元）", "开工时间", "竣工时间", "责任单位", "阶段",
    *(f"{month}月计划（万元）" for month in range(1, 13)), "备注",
)  # fmt: skip
STAGES = ("谋划", "前期", "新开工", "在建")
# the column that is wrong, what stands in it (None: the code of the row above), a word of what is said of it
FAULTS: tuple[tuple[str, Any, str], ...] = (
    ("E", "约3亿", "不是一个金额"),
    ("E", "30000亩", "不是金额的单位"),
    ("E", "#REF!", "公式出错"),
    ("F", 1_300, "少100.00万元"),
    ("G", "适时", "读不出日期"),
    ("H", "2025年", "早于开工"),
    ("I", "石乔镇", "石桥镇"),
    ("B", None, "已经有了"),
    ("K", -100, "负数"),
    ("C", None, "没有写项目名称"),
)


@dataclass(frozen=True)
class OfficeSheet:
    """A sheet of so many rows below its header, so many of them faulty, one cell each, spread evenly. Rows count from 0.

    ``series`` stands in every code and name: sheets of different series are of different projects.
    """

    rows: int
    faulty: int
    series: str = "01"

    def fault(self, at: int) -> tuple[str, Any, str] | None:
        """What is wrong with a row: its column, what stands there, a word of what has to be said; ``None`` of a good one."""
        every = self.rows // self.faulty
        place = at // every
        if at % every != every - 1 or place >= self.faulty:
            return None
        column, value, word = FAULTS[place % len(FAULTS)]
        return column, self._code(at - 1) if column == "B" else value, word

    def right(self, at: int, month: int = 100) -> list[Any]:
        """The row as it ought to be, with so much planned a month."""
        fault = self.fault(at)
        first = month if fault is None or fault[0] != "K" else 0
        return [
            at + 1, self._code(at), f"{self.series}号园第{at}号厂房", "市、区", 30_000, 11 * month + first, "2026.3", "2027年底",
            "石桥镇", STAGES[at % len(STAGES)], first, *[month] * 11, None,
        ]  # fmt: skip

    def given(self, at: int) -> list[Any]:
        """The row as it is sent."""
        row, wrong = self.right(at), self.fault(at)
        if wrong is not None:
            row[ord(wrong[0]) - ord("A")] = wrong[1]
        return row

    def wrong_cells(self) -> dict[str, tuple[Any, str]]:
        """Every faulty cell with its right value and a word of what has to be said of it."""
        found = {}
        for at in range(self.rows):
            if (wrong := self.fault(at)) is not None:
                found[f"{wrong[0]}{at + 2}"] = (self.right(at)[ord(wrong[0]) - ord("A")], wrong[2])
        return found

    def written(self) -> bytes:
        """The workbook."""
        return _workbook(self.given(at) for at in range(self.rows))

    def halved(self) -> bytes:
        """The workbook of all rows as they ought to be, with half the plan."""
        return _workbook(self.right(at, 50) for at in range(self.rows))

    def _code(self, at: int) -> str:
        return f"26{self.series}-{at:06d}"


def _workbook(rows: Iterable[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("重点项目")
    for row in (list(HEADER), *rows):
        page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@dataclass
class Told:
    """What was done with a sheet: the counts of its rows by kind, how many turns it took to enter them, its copy."""

    counts: dict[str, int]
    turns: int = 0
    copy: bytes = b""
    left: list[int] = field(default_factory=list)  # after each turn


def laid_by(client: Any, raw: bytes) -> str:
    """Send a workbook and accept its columns; where it is laid by."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(WHERE, {"sheet": SimpleUploadedFile("2026年重点项目表.xlsx", raw)})
    assert answer.status_code == 302, answer.content.decode()
    place = str(answer["Location"]).removesuffix("/columns")
    proposed = client.get(f"{place}/columns").context["columns"]
    columns = {f"column-{one.column.index}": name for one, name in proposed if name}
    answer = client.post(f"{place}/columns", {**columns, "sheet": "0", "year": "2026"})
    assert answer.status_code == 302, answer.content.decode()
    return place


def entered(client: Any, raw: bytes) -> Told:
    """Send a workbook, enter turn after turn, fetch the copy that comes back where something is faulty."""
    place = laid_by(client, raw)
    told = Told(counted(client.get(f"{place}/preview")))
    on: dict[str, str] = {}
    while True:
        answer = client.post(f"{place}/enter", {"turn": "short", **on})
        told.turns += 1
        if not answer["Location"].endswith("?on=1"):
            break
        shown = client.get(answer["Location"]).context
        assert shown["done"] + shown["left"] == shown["total"], (shown["done"], shown["left"])
        told.left.append(shown["left"])
        on = {"on": "1"}
    if told.counts["faulty"]:
        told.copy = client.get(f"{place}/returned.xlsx").content
        client.post(f"{place}/drop")
    return told


def counted(shown: Any) -> dict[str, int]:
    """How many rows of a preview are new, changed, the same and faulty."""
    return dict(
        zip(("new", "changed", "same", "faulty"), (n for _, n in shown.context["counts"]), strict=True)
    )


def marks_and_mended(raw: bytes, right: dict[str, tuple[Any, str]]) -> tuple[dict[str, str], bytes]:
    """The comments of a returned copy by their cells, and the copy with the right value in each of the cells given."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw))
    page: Any = book.active
    marks = {cell.coordinate: cell.comment.text for row in page for cell in row if cell.comment is not None}
    for place, (value, _) in right.items():
        page[place].value, page[place].comment = value, None
    kept = io.BytesIO()
    book.save(kept)
    return marks, kept.getvalue()


def gone_wrong(
    sheet: OfficeSheet, client: Any, say: Callable[[str, int], None] = lambda *_: None
) -> list[str]:
    """Send the sheet, then its copy put right, then that again; in words whatever is not as it ought to be.

    ``say`` is told each part when it is over, with the number of its rows.
    """
    from luodi.areas.projects.models import ProjectFile
    from luodi.kernel.ledger.models import Event

    good, before = sheet.rows - sheet.faulty, ProjectFile.objects.count()
    right = sheet.wrong_cells()

    def wrong(*wanted: tuple[str, Any, Any]) -> Iterator[str]:
        for what, is_, should in wanted:
            if is_ != should:
                yield f"{what}: {str(is_)[:300]}, not {str(should)[:300]}"

    def filed() -> tuple[int, int]:
        made = ProjectFile.objects.count() - before
        return made, Event.objects.filter(kind="project.filed").count() - before

    raw = sheet.written()
    say("", 0)
    first = entered(client, raw)
    say("sent, looked over and entered", sheet.rows)
    found = [
        *wrong(
            ("first sent", first.counts, _counts(new=good, faulty=sheet.faulty)),
            ("then in", filed(), (good, good)),
        )
    ]
    found += wrong(("left after each turn", first.left, sorted(set(first.left), reverse=True)))
    marks, mended = marks_and_mended(first.copy, right)
    found += wrong(("cells marked", sorted(marks), sorted(right)))
    found += [
        f"{cell}: {marks[cell]}" for cell, (_, word) in right.items() if word not in marks.get(cell, "")
    ]
    say("", 0)
    again = entered(client, mended)
    say("the copy put right", sheet.rows)
    found += wrong(
        ("copy", again.counts, _counts(new=sheet.faulty, same=good)), ("then in", filed(), (sheet.rows,) * 2)
    )
    events = Event.objects.count()
    say("", 0)
    last = entered(client, mended)
    say("the same once more", sheet.rows)
    found += wrong(
        ("once more", last.counts, _counts(same=sheet.rows)), ("then in", filed(), (sheet.rows,) * 2)
    )
    found += wrong(("events of what was in", Event.objects.count(), events))
    plans = Event.objects.filter(kind="project.plan_set")
    events = plans.count()
    say("", 0)
    changed = entered(client, sheet.halved())
    say("every plan halved", sheet.rows)
    found += wrong(
        ("halved", changed.counts, _counts(changed=sheet.rows)),
        ("then planned", plans.count() - events, sheet.rows),
    )
    return found


def _counts(**given: int) -> dict[str, int]:
    return {"new": 0, "changed": 0, "same": 0, "faulty": 0, **given}


def main() -> int:
    """Send, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=19_999)
    parser.add_argument("--faulty", type=int, default=500)
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    given = parser.parse_args()
    with scratch_district(given.database):
        return _measured(given.rows, given.faulty)


def _measured(rows: int, faulty: int) -> int:
    from django.test import Client
    from django.test.utils import setup_test_environment

    from luodi.kernel.accounts.models import Account
    from tests.areas.projects.project_town import at, found

    setup_test_environment()  # pages tell what they were made of
    town, spent, wrong = found(), dict[str, list[float]](), list[str]()
    with at(1, 20):
        client = Client()
        client.force_login(Account.objects.get(pk=town.actors["综合科"].account))
        for number, size in enumerate((rows // FEWER, rows)):
            watch = _Watch()
            sheet = OfficeSheet(size, faulty * size // rows, f"{number + 1:02}")
            print(f"\n{size:,} rows, {sheet.faulty:,} of them faulty{'':<14}{'ms a row':>10}{'most MB':>9}")
            wrong += [f"{size:,} rows: {each}" for each in gone_wrong(sheet, client, watch.told)]
            for part, each in watch.parts.items():
                spent.setdefault(part, []).append(each)
    most = _most_memory()
    if most > MOST_MEMORY:
        wrong.append(f"{most} MB, {MOST_MEMORY} are allowed")
    for part, (short, long) in spent.items():
        print(f"{part}: a row of the long sheet costs {long / short:.2f} times one of the short")
        if rows >= LONG and long > MOST_GROWN * short:
            wrong.append(f"{part}: {long / short:.1f} times, {MOST_GROWN} are allowed")
    for each in wrong:
        print(each)
    return 1 if wrong else 0


class _Watch:
    """Milliseconds of the processor a row of each part."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self._began = time.process_time()

    def told(self, part: str, rows: int) -> None:
        """A part is over; without a name, what was done since the last one is not counted."""
        if part:
            self.parts[part] = 1000 * (time.process_time() - self._began) / rows
            print(f"{part:<40}{self.parts[part]:>10.2f}{_most_memory():>9,}")
        self._began = time.process_time()


def _most_memory() -> int:
    """MB that this process has held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
