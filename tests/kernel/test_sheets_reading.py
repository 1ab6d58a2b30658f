"""Headers, rows, deadlines, units: an office's sheet as it really comes."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from luodi.kernel.sheets.due_days import Due, due_in_words, due_of
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.grid import Entry
from luodi.kernel.sheets.headings import Heading
from luodi.kernel.sheets.promise_rows import PromiseDraft, promise_drafts
from luodi.kernel.sheets.proposing import fingerprint, missing, plan_year, propose
from luodi.kernel.sheets.register_rows import register_drafts
from luodi.kernel.sheets.returned import returned_copy
from luodi.kernel.sheets.table import Table
from luodi.kernel.sheets.unit_names import KnownUnit, UnitNames, names_in
from tests.kernel.sheets import HEADER, grid_of, kept_day, table_of, workbook

TITLE = ("青岚区2026年重点任务分解表",)
TWO_ROWS = [
    TITLE,
    ("单位：区政府办公室",),
    ("序号", "工作\n任务", "单　位", None, "完成时限", "备注"),
    (None, None, "牵头单位", "配合单位"),
    ("一、民生",),
    (1, "建幼儿园", "区教育局", "区住建局、各镇街", 2026.3),
    (2, "修路", "区交通局", None, "三月底"),
    (3, "架桥", None, None, kept_day(2026, 6, 1)),
    (None, None, None, "区财政局"),
    ("序号", "工作任务", "单位", None, "完成时限", "备注"),
    ("合　计", 3),
    ("注：本表由区政府办公室负责解释。",),
]
MERGES = ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "A5:F5", "C7:C8", "A8:A9", "B8:B9", "E8:E9")


def two_rows() -> Table:
    return table_of(TWO_ROWS, merges=MERGES, layouts={"E8": 'yyyy"年"m"月"'})


def drafts_of(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> list[PromiseDraft]:
    table = table_of([header, *rows])
    mapping = {one.column.index: one.field for one in propose("promises", table)}
    return promise_drafts(table, mapping, 2026)


def test_two_header_rows_titles_sections_totals_and_notes() -> None:
    table = two_rows()
    assert table.heading == Heading(3, 4)
    assert [c.header for c in table.columns] == [
        "序号",
        "工作任务",
        "单位/牵头单位",
        "单位/配合单位",
        "完成时限",
        "备注",
    ]
    assert [row.number for row in table.rows] == [6, 7, 8, 9]
    assert {one.number: one.why for one in table.dropped} == {
        5: "小标题",
        10: "重复的表头",
        11: "合计行",
        12: "表后的说明",
    }
    assert plan_year(table) == 2026
    assert table.rows[0].section == "一、民生"


def test_merged_cells_are_filled_down_and_say_where_they_stand() -> None:
    rows = two_rows().rows
    assert rows[2].cells[3].text == "区交通局"
    assert rows[2].cells[3].address == "任务分解表!C7:C8"
    assert rows[0].cells[3].address == "任务分解表!C6"


def test_rows_beneath_one_task_are_one_promise() -> None:
    table = two_rows()
    mapping = {one.column.index: one.field for one in propose("promises", table)}
    assert missing("promises", mapping) == []
    first, second, third = promise_drafts(table, mapping, 2026)
    assert first.due == Due(dt.date(2026, 3, 1), dt.date(2026, 3, 31), "month")
    assert (first.lead, first.helpers, first.topic) == ("区教育局", ("区住建局",), "民生")
    assert first.cell == "任务分解表!A6:E6"
    assert second.due.until == dt.date(2026, 3, 31)
    assert third.due.until == dt.date(2026, 6, 30)
    assert (third.lead, third.helpers) == ("区交通局", ("区财政局",))
    assert not any(draft.faults for draft in (first, second)), (first.faults, second.faults)


@pytest.mark.parametrize(
    ("value", "layout", "until", "precision"),
    [
        (2026.3, "", dt.date(2026, 3, 31), "month"),
        (2026.12, "", dt.date(2026, 12, 31), "month"),
        (2026.1, "0.00", dt.date(2026, 10, 31), "month"),
        (45000, "", dt.date(2023, 3, 15), "day"),
        (20260331, "", dt.date(2026, 3, 31), "day"),
        (202603, "", dt.date(2026, 3, 31), "month"),
        (2026, "", dt.date(2026, 12, 31), "year"),
        (kept_day(2026, 3, 5), "yyyy\\-mm\\-dd;@", dt.date(2026, 3, 5), "day"),
        (kept_day(2026, 3, 1), 'yyyy"年"m"月";@', dt.date(2026, 3, 31), "month"),
        ("2026.3", "", dt.date(2026, 3, 31), "month"),
        ("2026.10", "", dt.date(2026, 10, 31), "month"),
        ("２０２６年３月", "", dt.date(2026, 3, 31), "month"),
        ("2026－06", "", dt.date(2026, 6, 30), "month"),
        ("三月底", "", dt.date(2026, 3, 31), "month"),
        ("3月底前", "", dt.date(2026, 3, 31), "month"),
        ("45000", "", dt.date(2023, 3, 15), "day"),
        ("全年", "", dt.date(2026, 12, 31), "year"),
        ("一季度", "", dt.date(2026, 3, 31), "quarter"),
        ("十月中旬", "", dt.date(2026, 10, 20), "decade"),
        ("6月底前完成设计，12月底前完工", "", dt.date(2026, 12, 31), "month"),
        ("2026年12月底，并长期坚持", "", dt.date(2026, 12, 31), "month"),
    ],
)
def test_deadlines_as_offices_write_them(value: object, layout: str, until: dt.date, precision: str) -> None:
    due = due_of(Entry(value, layout), 2026)  # type: ignore[arg-type]
    assert isinstance(due, Due), due
    assert (due.until, due.precision) == (until, precision)


@pytest.mark.parametrize(
    "value",
    [
        2026.1,
        2026.13,
        2026.99,
        3.5,
        20260231,
        "立即",
        "6.30",
        "20260231",
        True,
        kept_day(1926, 3, 1),
        "#REF!",
    ],
)
def test_a_deadline_that_could_be_two_days_is_no_deadline(value: object) -> None:
    said = due_of(Entry(value), 2026)  # type: ignore[arg-type]
    assert isinstance(said, str), said
    assert said.endswith("。")


def test_a_month_without_a_year_has_none() -> None:
    for words in ("三月底", "全年", "一季度", "3月份"):
        assert "哪一年" in str(due_in_words(words))


@pytest.mark.parametrize("words", ["长期坚持", "持续推进", "常态化", "每月25日前"])
def test_standing_work_has_no_deadline(words: str) -> None:
    due = due_in_words(words, 2026)
    assert isinstance(due, Due)
    assert (due.is_standing, due.until) == (True, None)


def test_faults_name_their_cell_and_what_to_do() -> None:
    no_unit, everybody, late, broken, phone = drafts_of(
        (1, "修路", None, None, "三月底"),
        (2, "架桥", "各镇街", None, "三月底"),
        (3, "栽树", "区林业局", None, "尽快"),
        (4, "#REF!", "区林业局"),
        (5, "办好张三先生13800001234反映的事", "区信访局"),
    )
    assert [str(fault.area) for fault in no_unit.faults] == ["C2"]
    assert "各镇街" in everybody.faults[0].words
    assert (str(late.faults[0].area), "尽快" in late.faults[0].words) == ("E4", True)
    assert [str(fault.area) for fault in broken.faults] == ["B5", "B5"]
    assert "13800001234" not in phone.faults[0].words


def test_without_a_lead_column_the_first_responsible_unit_leads() -> None:
    (draft,) = drafts_of(
        (1, "修路", "区交通局（牵头）、区财政局；区住建局"), header=("序号", "重点工作", "责任单位")
    )
    assert (draft.lead, draft.helpers) == ("区交通局", ("区财政局", "区住建局"))
    assert "第一个" in draft.notes[0]


def test_target_numbers_need_their_unit() -> None:
    header = ("任务", "目标值", "计量单位", "牵头单位")
    bare, given, own, bad = drafts_of(
        ("甲", 10, None, "区教育局"), ("乙", "１，２００", "个", "区教育局"),
        ("丙", "18.6公里", None, "区教育局"), ("丁", "10至20所", None, "区教育局"),
        header=header,
    )  # fmt: skip
    assert len(bare.faults) == 1
    assert (given.amount, given.amount_unit) == ("1,200", "个")
    assert (own.amount, own.amount_unit) == ("18.6", "公里")
    assert len(bad.faults) == 1


def test_columns_are_proposed_once_each_with_reasons_and_remembered_by_layout() -> None:
    table = table_of(
        [
            ("编号", "2026年重点工作任务", "牵头 单位", "责任单位（配合）", "时间节点", "联系电话"),
            (1, "a", "b", "c", "d", "e"),
        ]
    )
    proposals = propose("promises", table)
    assert [one.field for one in proposals] == ["number", "title", "lead", "duty", "due", "person"]
    assert all(one.why for one in proposals)
    other = table_of(
        [("编号", "2026年重点工作任务", "牵头单位：", "责任单位", "时间节点", "联系电话"), (9, "z", "y", "x")]
    )
    assert fingerprint("promises", table) == fingerprint("promises", other)
    assert fingerprint("register", table) != fingerprint("promises", other)
    assert [one.field for one in propose("promises", table, {2: "detail"})] == ["", "detail", "", "", "", ""]


def test_a_sheet_without_known_words_is_a_guess_that_says_so() -> None:
    table = table_of([("甲", "乙", "丙"), ("1", "2", "3")])
    assert table.heading.is_guess
    assert "没有认出表头" in table.notes[0]


def test_units_are_matched_by_name_short_name_and_district() -> None:
    names = UnitNames(
        [KnownUnit("u1", "青岚区教育局", "教体局"), KnownUnit("u2", "区住房城乡建设局")], "青岚区"
    )
    for written in ("青岚区教育局", "教体局", "区教育局", "教育局"):
        match = names.match(written)
        assert match.unit is not None, written
        assert (match.unit.id, bool(match.why)) == ("u1", True)
    near = names.match("区住建局")
    assert near.unit is None
    assert [one.unit.id for one in near.suggestions] == ["u2"]
    assert names_in("牵头：区教育局 区住建局\n各镇街等") == ["区教育局", "区住建局", "各镇街"]


def test_people_rows_are_checked_and_never_said_back() -> None:
    table = table_of(
        [
            ("单位名称", "职务", "姓名", "手机号码", "角色", "登录名"),
            ("区教育局", "局长", "王　小", "１３８００００１２３４", "填报员", "wang"),
            ("区教育局", None, "李大", "12345", "国王", "li"),
            ("桃花镇", None, None, None, None, None),
        ]
    )
    mapping = {one.column.index: one.field for one in propose("register", table)}
    good, bad, town = register_drafts(table, mapping)
    assert (good.person, good.phone, good.is_leader, good.role, good.faults) == (
        "王小",
        "13800001234",
        True,
        "reporter",
        (),
    )
    assert len(bad.faults) == 4
    assert not any("12345" in fault.words or "李大" in fault.words for fault in bad.faults)
    assert (town.unit, town.kind, town.faults) == ("桃花镇", "township", ())


def test_the_returned_copy_holds_no_formula_and_reads_like_the_first() -> None:
    raw = workbook(
        [HEADER, (1, "修路", "区交通局", "'+cmd", kept_day(2026, 3, 5)), (2, "架桥", "X")],
        merges=["C2:C3"],
    )
    grid = grid_of(raw)
    grid.entries[3, 2] = Entry('=HYPERLINK("http://x")')
    table = table_of([HEADER, (1, "修路", "区交通局")])
    fault = Fault(next(iter(two_rows().columns)).area, "=坏了。")
    copy = returned_copy(grid, table.heading, [fault, Fault(next(iter(table.rows)).cells[2].area, "请改。")])
    sheet = load_workbook(io.BytesIO(copy)).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["B2"].comment.text == "请改。"
    assert sheet["G1"].value == "问题"
    again = grid_of(copy)
    assert [again.text(2, column) for column in range(1, 7)] == [
        grid.text(2, column) for column in range(1, 7)
    ]
    assert again.text(2, 7) == "B2：请改。"
