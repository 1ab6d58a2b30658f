"""The month's progress from one sheet: the blank, the office's own layout, row by row, faults sent back, nothing twice."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from luodi.desk.first_hour import turns
from luodi.desk.promises import month_rows
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Report
from luodi.kernel.ledger.models import Event
from luodi.kernel.sheets.models import Mapping
from tests.desk.promise_desk import AUDIT, BUREAU, DAY, HOUSING, OFFICE, Desk, ten_by_new_year, text_of
from tests.kernel.promises import at as on_day
from tests.kernel.sheets import saved, workbook

pytestmark = pytest.mark.django_db
MONTH = "/desk/promises/month"
OWN = ("序号", "任务", "责任单位", "年度目标", "目前完成", "数据截至", "进展情况")


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


def give(client: Client, raw: bytes, **fields: str) -> Any:
    """Send a sheet."""
    sheet = SimpleUploadedFile("九月进展.xlsx", raw)
    return client.post(f"{MONTH}/send", {"sheet": sheet, "as_of": "2026-09-22", **fields})


def send(client: Client, raw: bytes, **fields: str) -> str:
    """Send a sheet that is taken; where its screens stand."""
    answer = give(client, raw, **fields)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def own_sheet(desk: Desk, rows: Sequence[Sequence[Any]], header: Sequence[str] = OWN) -> str:
    """The office's own layout, its columns confirmed as proposed; where the preview stands."""
    place = send(desk.reporter, workbook([("区教育局9月进展",), header, *rows], title="进展"))
    if place.endswith("/columns"):
        page = desk.reporter.get(place)
        chosen = {f"column-{one.column.index}": field for one, field in page.context["columns"]}
        answer = desk.reporter.post(place, {**chosen, "as_of": "2026-09-22"})
        assert answer.status_code == 302, text_of(answer)
        place = str(answer["Location"])
    return place


def blank_of(client: Client) -> Any:
    """The filled blank, opened."""
    return load_workbook(io.BytesIO(client.get(f"{MONTH}/blank.xlsx").content))


def kinds(page: Any) -> dict[str, int]:
    """How many rows there are of each kind."""
    return {name: count for name, count in page.context["counts"].items() if count}


def faults_of(page: Any) -> list[str]:
    """Every fault with its cell."""
    return [f"{fault.area} {fault.words}" for row in page.context["page"] for fault in row.faults]


def test_the_blank_holds_this_month_s_promises_with_target_and_last_value(desk: Desk) -> None:
    row = desk.promise("建幼儿园", number="2")
    desk.reported(row, "4", dt.date(2026, 8, 31))
    desk.promise("修路", number="1", goal=ten_by_new_year(number="9300", unit="万元"))
    desk.promise("住建局的", lead_unit=desk.district.units[HOUSING])
    desk.claimed(desk.promise("报完的"))
    sheet = blank_of(desk.reporter).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    assert [line[1] for line in lines] == ["修路", "建幼儿园"]
    assert lines[0][3:5] == [9300, "万元"]
    assert lines[1][:7] == [row.id, "建幼儿园", BUREAU, 10, "所", 4, "2026-08-31"]


def test_nothing_in_the_blank_is_a_formula(desk: Desk) -> None:
    desk.promise("=HYPERLINK(1)")
    sheet = blank_of(desk.reporter).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
    assert sheet["B3"].value == "=HYPERLINK(1)"


def test_the_filled_blank_goes_in_without_choosing_columns_and_only_once(desk: Desk) -> None:
    row = desk.promise("建幼儿园")
    desk.reported(row, "4", dt.date(2026, 8, 31))
    desk.promise("修路")
    book = blank_of(desk.reporter)
    line = next(at for at in (3, 4) if book.active[f"B{at}"].value == "建幼儿园")
    book.active[f"H{line}"], book.active[f"J{line}"] = 6, "两所封顶"
    raw = saved(book)
    place = send(desk.reporter, raw)
    page = desk.reporter.get(place)
    assert kinds(page) == {"good": 1, "open": 1}
    assert '<span class="ld-from">4所</span>' in text_of(page)
    assert '<span class="ld-to">6所</span>' in text_of(page)
    assert Report.objects.count() == 1
    desk.reporter.post(f"{place}/enter")
    report = Report.objects.order_by("at", "id").last()
    assert report is not None
    assert (report.commitment_id, report.number, report.as_of, report.note) == (row.id, "6", DAY, "两所封顶")
    desk.reporter.post(f"{place}/enter")
    again = send(desk.reporter, raw)
    assert kinds(desk.reporter.get(again)) == {"same": 1, "open": 1}
    desk.reporter.post(f"{again}/enter")
    assert Report.objects.count() == 2
    told = Event.objects.get(kind="sheet.entered")
    assert report.id in told.closed
    assert f"9月进展!A{line}" in told.closed


def test_the_office_s_own_layout_is_proposed_confirmed_and_remembered(desk: Desk) -> None:
    desk.promise("建幼儿园")
    rows = [(1, "建幼儿园", BUREAU, 10, "6所", "9月20日", "两所封顶")]
    place = own_sheet(desk, rows)
    assert kinds(desk.reporter.get(place)) == {"good": 1}
    assert desk.reporter.get(place).context["page"][0].as_of == dt.date(2026, 9, 20)
    mapping = Mapping.objects.get(use="progress")
    assert "amount" in mapping.columns
    second = send(
        desk.reporter,
        workbook([("区教育局10月进展",), OWN, (1, "建幼儿园", BUREAU, 10, 7, None, None)], title="进展"),
    )
    assert not second.endswith("/columns")
    assert Mapping.objects.count() == 1


def test_every_faulty_cell_is_named_and_the_good_rows_go_in(desk: Desk) -> None:
    for title in ("甲", "乙", "丙", "丁", "戊", "己"):
        desk.promise(title)
    desk.reported(Commitment.objects.get(title="乙"), "5", dt.date(2026, 9, 20))
    desk.claimed(Commitment.objects.get(title="丙"))
    place = own_sheet(
        desk,
        [
            (1, "甲", None, None, "约6所，快了", None, None),
            (2, "乙", None, None, 6, "2026-08-31", None),
            (3, "丙", None, None, 9, None, None),
            (4, "丁", None, None, "3公里", None, None),
            (5, "戊", None, None, 4, "2026-09-30", None),
            (6, "没有的", None, None, 4, None, None),
            (7, "己", None, None, 4, None, "好"),
            (8, "己", None, None, 5, None, None),
            (9, "甲", None, None, None, None, None),
        ],
    )
    page = desk.reporter.get(place)
    assert kinds(page) == {"faulty": 7, "good": 1, "open": 1}
    told = faults_of(page)
    for cell, words in (
        ("E3", "不是一个数"), ("F4", "更旧"), ("E5", "不能再报进展"), ("E6", "两样不能比"), ("F7", "还没有到"),
        ("B8", "没有找到"),
        ("B10", "在第9行已经有了"),
    ):  # fmt: skip
        assert any(fault.startswith(cell) and words in fault for fault in told), (cell, words, told)
    desk.reporter.post(f"{place}/enter")
    assert Report.objects.filter(commitment__title="己").get().number == "4"
    assert Report.objects.count() == 3
    copy = load_workbook(io.BytesIO(desk.reporter.get(f"{place}/returned.xlsx").content)).active
    assert copy is not None
    assert "不是一个数" in copy["E3"].comment.text
    assert "F4：" in copy["H4"].value
    assert copy["H9"].value in (None, "")


def test_a_mended_copy_is_read_like_the_first(desk: Desk) -> None:
    desk.promise("甲")
    desk.promise("乙")
    place = own_sheet(desk, [(1, "甲", None, None, 3, None, None), (2, "乙", None, None, "四所", None, None)])
    desk.reporter.post(f"{place}/enter")
    copy = load_workbook(io.BytesIO(desk.reporter.get(f"{place}/returned.xlsx").content))
    copy.active["E4"] = 4
    second = send(desk.reporter, saved(copy))
    if second.endswith("/columns"):
        page = desk.reporter.get(second)
        chosen = {f"column-{one.column.index}": field for one, field in page.context["columns"]}
        second = desk.reporter.post(second, chosen)["Location"]
    assert kinds(desk.reporter.get(second)) == {"same": 1, "good": 1}
    desk.reporter.post(f"{second}/enter")
    assert Report.objects.count() == 2


def test_rows_of_other_units_are_passed_over_not_blamed(desk: Desk) -> None:
    desk.promise("住建局的", lead_unit=desk.district.units[HOUSING])
    desk.promise("甲")
    place = own_sheet(
        desk, [(1, "住建局的", HOUSING, 10, 3, None, None), (2, "甲", BUREAU, 10, 3, None, None)]
    )
    page = desk.reporter.get(place)
    assert kinds(page) == {"good": 1, "other": 1}
    assert "别的单位的，跳过" in text_of(page)
    desk.reporter.post(f"{place}/enter")
    assert Report.objects.count() == 1


def test_two_promises_of_one_name_need_the_number_and_an_unknown_number_is_said(desk: Desk) -> None:
    one, _ = desk.promise("甲"), desk.promise("甲")
    header = ("承诺编号", *OWN[1:])
    place = own_sheet(desk, [(None, "甲", None, None, 3, None, None)], header)
    assert "有2件" in faults_of(desk.reporter.get(place))[0]
    place = own_sheet(
        desk,
        [(one.id, "甲", None, None, 3, None, None), ("c0000000000000", "x", None, None, 3, None, None)],
        header,
    )
    page = desk.reporter.get(place)
    assert kinds(page) == {"faulty": 1, "good": 1}
    assert "没有编号为" in faults_of(page)[0]


def test_a_thing_takes_a_share_or_words_and_a_number_needs_more_than_words(desk: Desk) -> None:
    for title in ("事一", "事二", "事三"):
        desk.promise(title, goal=ten_by_new_year(number=None, unit=""))
    desk.promise("数")
    place = own_sheet(
        desk,
        [
            (1, "事一", None, None, "60%", None, None),
            (2, "事二", None, None, None, None, "已开工"),
            (3, "事三", None, None, 60, None, None),
            (4, "数", None, None, None, None, "正在办"),
        ],
    )
    page = desk.reporter.get(place)
    assert kinds(page) == {"faulty": 2, "good": 2}
    assert any("没有单位" in fault for fault in faults_of(page))
    assert any("要写做到了多少所" in fault for fault in faults_of(page))
    desk.reporter.post(f"{place}/enter")
    assert sorted((r.number, r.unit, r.note) for r in Report.objects.all()) == [
        ("", "", "已开工"),
        ("60", "%", None),
    ]


def test_a_promise_reported_after_the_preview_is_not_reported_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.promise("甲")
    place = own_sheet(desk, [(1, "甲", None, None, 3, None, None)])
    prepare = month_rows.prepare

    def and_then_somebody_reports(*given: Any) -> Any:
        rows = prepare(*given)
        desk.reported(row, "7")
        return rows

    monkeypatch.setattr("luodi.desk.promises.month_page.prepare", and_then_somebody_reports)
    desk.reporter.post(f"{place}/enter")
    monkeypatch.undo()
    assert [r.number for r in Report.objects.all()] == ["7"]
    assert "又被别人报过一次" in text_of(desk.reporter.get(MONTH))


def test_a_long_entering_goes_on_where_it_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        desk.promise(f"第{number}件")
    place = own_sheet(desk, [(n, f"第{n}件", None, None, 3, None, None) for n in range(6)])
    monkeypatch.setattr(turns, "LONG", -1.0)
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    first = desk.reporter.post(f"{place}/enter")
    assert first["Location"] == f"{place}?on=1"
    page = text_of(desk.reporter.get(first["Location"]))
    assert "录了1行，还有5行" in page
    assert "data-ld-goes-on" in page
    for _ in range(5):
        desk.reporter.post(f"{place}/enter", {"on": "1"})
    assert Report.objects.count() == 6
    assert "一共录了6件进展" in text_of(desk.reporter.get(place))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "另存为"),
        (b"PK\x03\x04" + b"x" * 99, "读不出来"),
        (b"", "空"),
    ],
)
def test_what_cannot_be_read_is_said(desk: Desk, raw: bytes, words: str) -> None:
    answer = give(desk.reporter, raw)
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_day_to_come_and_no_file_are_refused(desk: Desk) -> None:
    assert give(desk.reporter, workbook([OWN]), as_of="2026-10-01").status_code == 422
    assert desk.reporter.post(f"{MONTH}/send", {"as_of": "2026-09-22"}).status_code == 422


def test_a_sheet_is_its_sender_s_alone_and_only_reporters_have_any(desk: Desk) -> None:
    desk.promise("甲")
    place = own_sheet(desk, [(1, "甲", None, None, 3, None, None)])
    other = desk.browser(HOUSING, "reporter")
    for address in (place, f"{place}/columns", f"{place}/returned.xlsx"):
        assert other.get(address).status_code == 409, address
    assert other.post(f"{place}/enter").status_code == 409
    for unit, role in ((AUDIT, "verifier"), (OFFICE, "office"), ("青岚区人民政府", "leader")):
        assert desk.browser(unit, role).get(MONTH).status_code == 403, role
    desk.reporter.post(f"{place}/drop")
    assert desk.reporter.get(place).status_code == 409
    assert not Report.objects.exists()


def test_a_sheet_of_the_first_hour_is_none_of_the_month(desk: Desk) -> None:
    from luodi.desk.first_hour.staged import stage
    from luodi.kernel.accounts.models import Account

    desk.reporter.get(MONTH)
    account = Account.objects.get(login__startswith="desk")
    held = stage(workbook([OWN]), "a.xlsx", "promises", account.id)
    assert desk.reporter.get(f"{MONTH}/{held.token}").status_code == 409


def test_a_header_that_is_not_found_can_be_pointed_at(desk: Desk) -> None:
    desk.promise("甲")
    raw = workbook([("说明", None, None), ("啥", "谁", "多少"), ("甲", BUREAU, 3)], title="进展")
    place = send(desk.reporter, raw)
    assert place.endswith("/columns")
    assert desk.reporter.post(place, {"top": "2", "bottom": "2", "look": "1"}).status_code == 302
    assert desk.reporter.post(place, {"top": "9", "bottom": "3"}).status_code == 422
    assert desk.reporter.post(place, {"column-3": "amount", "top": "2"}).status_code == 422
    chosen = {"column-1": "title", "column-3": "amount", "top": "2", "bottom": "2"}
    assert kinds(desk.reporter.get(desk.reporter.post(place, chosen)["Location"])) == {"good": 1}


def test_what_a_row_s_note_says_is_escaped_and_never_run(desk: Desk) -> None:
    desk.promise("甲")
    place = own_sheet(desk, [(1, "甲", None, None, 3, None, "<script>alert(1)</script>")])
    assert "<script>alert" not in text_of(desk.reporter.get(place))
    actions.tick()
    desk.reporter.post(f"{place}/enter")
    assert Report.objects.get().note == "<script>alert(1)</script>"


def test_a_cell_that_begins_like_a_formula_comes_back_as_text(desk: Desk) -> None:
    desk.promise("甲")
    place = own_sheet(desk, [(1, "甲", None, None, "@SUM(A1)", None, "+1+1")])
    copy = load_workbook(io.BytesIO(desk.reporter.get(f"{place}/returned.xlsx").content)).active
    assert copy is not None
    assert {cell.data_type for line in copy.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
    assert copy["E3"].value == "@SUM(A1)"
