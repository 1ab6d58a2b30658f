"""The office's sheets as they are: read without guessing, shown before they change anything, entered once, sent back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luodi.areas.projects import importing, sheet_entering, standing_rows
from luodi.areas.projects.desk.sheet_steps import counts_of, faults_of
from luodi.areas.projects.lookups import plan_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.sheet_columns import USE, missing_columns, money_unit, month_field, propose_columns
from luodi.areas.projects.sheet_rows import ProjectDraft, project_drafts
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register.models import Project
from luodi.kernel.sheets import actions as sheet_actions
from luodi.kernel.sheets.lookups import remembered
from luodi.kernel.sheets.returned import COLUMN, returned_copy
from luodi.kernel.sheets.table import Table
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.kernel.sheets import grid_of, kept_day, table_of, workbook

MONTHS = [f"{month}月" for month in range(1, 13)]
TOP = [
    "序号",
    "项目代码",
    "项目名称",
    "级别",
    "总投资（万元）",
    "年度计划投资",
    "开工时间",
    "竣工时间",
    "责任单位",
    "阶段",
]
PLAN = [100] * 12
WIDE = (len(TOP) + 1, len(TOP) + 12)


def sheet(
    *rows: list[Any], title: str = "青岚区2026年重点项目表  单位：万元"
) -> tuple[list[list[Any]], list[str]]:
    """Two header rows, the months beneath one merged cell; rows are shorter where they have no plan by month."""
    header = [*TOP, "2026年分月计划", *[None] * 11, "备注"]
    second = [*[None] * len(TOP), *MONTHS, None]
    merges = ["A1:W1", "K2:V2", *(f"{chr(65 + at)}2:{chr(65 + at)}3" for at in range(len(TOP))), "W2:W3"]
    return [[title], header, second, *rows], merges


def row(number: int, name: str, **given: Any) -> list[Any]:
    base = {
        "code": f"2601-{number:06d}",
        "level": "省、市",
        "total": 30_000,
        "annual": 1_200,
        "start": "2026.3",
        "completion": "2027年底",
        "unit": "石桥镇",
        "stage": "前期",
        "months": PLAN,
    } | given
    return [
        number, base["code"], name, base["level"], base["total"], base["annual"], base["start"], base["completion"], base["unit"],
        base["stage"], *base["months"],
    ]  # fmt: skip


def read(*rows: list[Any], **given: Any) -> tuple[Table, list[ProjectDraft]]:
    cells, merges = sheet(*rows)
    table = table_of(cells, merges=[*merges, *given.pop("merges", [])], **given)
    mapping = {one.column.index: one.field for one in propose_columns(table) if one.field}
    return table, project_drafts(table, mapping, 2026)


def faults(draft: ProjectDraft) -> dict[str, str]:
    return {str(fault.area): fault.words for fault in draft.faults}


def test_two_header_rows_are_one_header_and_months_find_their_columns() -> None:
    table, _ = read(row(1, "石桥冷链物流项目"))
    fields = {one.column.header: one.field for one in propose_columns(table)}
    assert fields["项目名称"] == "name"
    assert fields["2026年分月计划/3月"] == "plan_3"
    assert fields["总投资（万元）"] == "total"
    assert fields["责任单位"] == "responsible"
    assert fields["备注"] == "remark"
    assert (table.heading.top, table.heading.bottom) == (2, 3)


def test_a_plain_row_is_read_to_the_fen() -> None:
    _, (draft,) = read(row(1, "石桥冷链物流项目"))
    assert draft.faults == ()
    assert (draft.name, draft.code, draft.levels) == (
        "石桥冷链物流项目",
        "2601-000001",
        ("provincial", "city"),
    )
    assert (draft.total, draft.annual, draft.stage) == (30_000 * WAN, 1_200 * WAN, "preparing")
    assert draft.months == (100 * WAN,) * 12
    assert (draft.start, draft.completion) == (dt.date(2026, 3, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(
    ("total", "fen"),
    [
        ("30000", 30_000 * WAN),
        ("３００００", 30_000 * WAN),
        ("30,000.5", 30_000 * WAN + WAN // 2),
        ("3亿", 30_000 * WAN),
        ("3.0忆元", 30_000 * WAN),
        (" 30000 万圆", 30_000 * WAN),
        (30_000.0, 30_000 * WAN),
    ],
)
def test_amounts_are_read_as_they_are_written(total: Any, fen: int) -> None:
    _, (draft,) = read(row(1, "石桥冷链物流项目", total=total))
    assert (draft.total, draft.faults) == (fen, ())


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026.3", dt.date(2026, 3, 1)),
        (2026.3, dt.date(2026, 3, 1)),
        ("2026年3月", dt.date(2026, 3, 1)),
        ("三月", dt.date(2026, 3, 1)),
        (46_082, dt.date(2026, 3, 1)),
        (45_000, dt.date(2023, 3, 15)),
        (kept_day(2026, 3, 15), dt.date(2026, 3, 15)),
        ("２０２６－０３－１５", dt.date(2026, 3, 15)),
    ],
)
def test_dates_are_read_as_they_are_written(start: Any, day: dt.date) -> None:
    _, (draft,) = read(row(1, "石桥冷链物流项目", start=start))
    assert (draft.start, draft.faults) == (day, ())


@pytest.mark.parametrize(
    ("wrong", "cell", "says"),
    [
        ({"total": "约3亿"}, "E4", "不是一个金额"),
        ({"total": "30000亩"}, "E4", "不是金额的单位"),
        ({"total": "#REF!"}, "E4", "公式出错"),
        ({"annual": 1_300}, "F4", "少100.00万元"),
        ({"total": 1_000}, "F4", "超过总投资"),
        ({"start": 2026.1}, "G4", "1月还是10月"),
        ({"start": "适时"}, "G4", "读不出日期"),
        ({"completion": "2025年"}, "H4", "早于开工"),
        ({"level": "重要"}, "D4", "可以是国家"),
        ({"stage": "推进中"}, "J4", "可以是谋划"),
        ({"code": "2.6E+11"}, "B4", "认不出"),
        ({"months": [100] * 11 + ["一百"]}, "V4", "不是一个金额"),
        ({"months": [-100, 300, *[100] * 10]}, "K4", "负数"),
    ],
)
def test_every_faulty_cell_is_named(wrong: dict[str, Any], cell: str, says: str) -> None:
    _, (draft,) = read(row(1, "石桥冷链物流项目", **wrong))
    assert says in faults(draft)[cell]


def test_yuan_in_two_units_in_one_column_are_not_guessed_apart() -> None:
    rows = [row(number, f"第{number}个项目") for number in range(1, 5)]
    _, drafts = read(*rows, row(5, "写成亿的项目", total=2.5, annual=None, months=[None] * 12))
    assert "分不清是万元还是亿元" in faults(drafts[4])["E8"]
    _, drafts = read(*rows, row(5, "写了单位的项目", total="2.5亿"))
    assert (drafts[4].total, drafts[4].faults) == (25_000 * WAN, ())
    assert "按格子里写的亿元算" in drafts[4].notes[0]


def test_without_any_unit_a_bare_number_is_a_fault() -> None:
    table = table_of(
        [
            ["序号", "项目名称", "总投资", "责任单位"],
            [1, "甲项目", 300, "石桥镇"],
            [2, "乙项目", "3亿", "石桥镇"],
        ]
    )
    mapping = {one.column.index: one.field for one in propose_columns(table) if one.field}
    bare, told = project_drafts(table, mapping, 2026)
    assert "单位" in faults(bare)["C2"]
    assert told.total == 30_000 * WAN


def test_totals_headings_notes_and_merged_cells() -> None:
    first, second = row(1, "甲项目"), row(2, "乙项目")
    total = ["合计", None, None, None, 60_000, 2_400]
    _, drafts = read(
        ["一、产业项目（2个）"],
        first,
        second,
        total,
        ["注：以上数据由各单位报送"],
        ["填表人：某某"],
        merges=["A4:W4", "A8:W8", "A9:W9"],
    )
    assert [draft.name for draft in drafts] == ["甲项目", "乙项目"]
    _, drafts = read(first, [2, "2601-000002", "乙项目", "市", None, *row(2, "x")[5:]], merges=["E4:E5"])
    assert all("合并了2行" in faults(draft)["E4:E5"] for draft in drafts)


def test_a_second_row_of_one_code_or_name_is_told_with_the_first() -> None:
    _, drafts = read(
        row(1, "甲项目"),
        row(2, "乙项目", code="2601-000001"),
        row(3, "丙", code=None),
        row(4, "丙", code=None),
    )
    assert [bool(draft.faults) for draft in drafts] == [False, True, False, True]
    assert "在第4行已经有了" in faults(drafts[1])["B5"]
    assert "在第6行已经有了" in faults(drafts[3])["C7"]


def test_a_plan_given_as_sums_is_taken_apart() -> None:
    header = [
        "项目名称",
        "总投资（万元）",
        "责任单位",
        *(f"1-{month}月累计计划（万元）" if month > 1 else "1月计划（万元）" for month in range(1, 13)),
    ]
    table = table_of([header, ["甲项目", 5_000, "石桥镇", *(month * 10 for month in range(1, 13))]])
    mapping = {one.column.index: one.field for one in propose_columns(table) if one.field}
    (draft,) = project_drafts(table, mapping, 2026)
    assert draft.months == (10 * WAN,) * 12


def test_what_was_done_is_recognised_and_left_to_the_monthly_report() -> None:
    assert month_field("完成投资（万元）/1-9月") == "told"
    assert month_field("9月实际完成") == "told"
    assert month_field("开工时间") == ""
    assert money_unit("总投资（忆元）", "") == "亿元"


def test_a_choice_of_columns_must_hold_together() -> None:
    assert missing_columns({1: "name"}) != []
    assert missing_columns({1: "name", 2: "lead", 3: "plan_1", 4: "plan_to_2"}) == []
    assert "只能按一种" in missing_columns({1: "name", 2: "lead", 3: "plan_3", 4: "plan_to_4"})[0]


# --- with rows ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def town(data_folder: object, db: object) -> ProjectTown:
    return found()


def send(town: ProjectTown, *rows: list[Any]) -> list[importing.SheetRow]:
    prepared = importing.prepare(read(*rows)[1], 2026)
    entered(town, prepared, "2026年重点项目表")
    return prepared


def entered(town: ProjectTown, rows: list[importing.SheetRow], paper: str) -> sheet_entering.Imported:
    return sheet_entering.enter(sheet_entering.planned(rows), 2026, by=town.actors["综合科"], paper=paper)


def kinds(*rows: list[Any]) -> list[str]:
    return [each.kind for each in importing.prepare(read(*rows)[1], 2026)]


def test_a_sheet_is_entered_once_however_often_it_is_sent(town: ProjectTown) -> None:
    given = [row(1, "甲项目"), row(2, "乙项目", level="市", stage="续建", start="2025年5月")]
    with at(1, 20):
        assert [each.kind for each in send(town, *given)] == ["new", "new"]
        before = Event.objects.count()
        assert [each.kind for each in send(town, *given)] == ["same", "same"]
        assert Event.objects.count() == before
    first, second = ProjectFile.objects.order_by("project__code")
    assert (first.stage, first.responsible_unit, first.lead_unit) == (
        "preparing",
        town.units["石桥镇"],
        town.units["石桥镇"],
    )
    assert (second.stage, second.start_actual) == ("under_construction", dt.date(2025, 5, 1))
    plan = plan_of(first, 2026)
    assert plan is not None
    assert plan.current.annual == 1_200 * WAN
    assert first.origin_cell.startswith("任务分解表!A4")
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_the_preview_says_what_would_change_and_the_plan_gets_a_version(town: ProjectTown) -> None:
    with at(1, 20):
        send(town, row(1, "甲项目"))
    lowered = row(1, "甲项目", total=28_000, annual=600, months=[50] * 12, stage="新开工")
    with at(10, 15):
        (prepared,) = importing.prepare(read(lowered)[1], 2026)
        assert prepared.kind == "changed"
        assert [(each.label, each.before, each.after) for each in prepared.changes] == [
            ("总投资", "30,000.00万元", "28,000.00万元"),
            ("年度计划", "1200.00万元（第1版）", "600.00万元"),
        ]
        assert "进阶段要凭据" in prepared.notes[0]
        entered(town, [prepared], "十月调整表")
    file = ProjectFile.objects.get()
    plan = plan_of(file, 2026)
    assert plan is not None
    assert [version.annual for version in plan.versions] == [1_200 * WAN, 600 * WAN]
    assert (file.total_investment, file.stage) == (28_000 * WAN, "preparing")
    assert kinds(lowered) == ["same"]


def test_a_bare_row_of_the_register_is_taken_up_and_not_doubled(town: ProjectTown) -> None:
    with at(1, 20):
        bare = town.project("石桥冷链物流项目")
        send(town, row(1, "石桥冷链物流项目", code=bare.code, annual=900, months=[None] * 12))
        notes = importing.prepare(read(row(2, "乙项目", annual=900, months=[None] * 12))[1], 2026)[0].notes
    assert ProjectFile.objects.get().project == bare
    assert notes == ("没有分月计划，年度计划没有录。时序进度按分月计划算",)


def test_a_unit_nobody_knows_is_a_fault_with_what_may_be_meant(town: ProjectTown) -> None:
    with at(1, 20):
        (prepared,) = importing.prepare(read(row(1, "甲项目", unit="石桥镇政府办"))[1], 2026)
    assert prepared.kind == "faulty"
    assert "石桥镇" in prepared.faults[0].words


def test_one_without_a_code_is_not_taken_for_another_of_its_name(town: ProjectTown) -> None:
    with at(1, 20):
        send(town, row(1, "甲项目", code=None))
        assert kinds(row(1, "甲项目", code="2601-000009")) == ["faulty"]
        assert kinds(row(1, "甲项目", code=None)) == ["same"]


def test_the_copy_that_goes_back_names_every_faulty_cell(town: ProjectTown) -> None:
    cells, merges = sheet(row(1, "甲项目", total="约3亿"), row(2, "乙项目"))
    grid = grid_of(workbook(cells, merges=merges))
    table, drafts = read(row(1, "甲项目", total="约3亿"), row(2, "乙项目"))
    with at(1, 20):
        prepared = importing.prepare(drafts, 2026)
    assert counts_of(prepared) == {"new": 1, "faulty": 1}
    copy = grid_of(returned_copy(grid, table.heading, faults_of(prepared)))
    last = copy.width
    assert copy.text(3, last) == COLUMN
    assert copy.text(4, last).startswith("E4：“约3亿”不是一个金额")
    assert copy.text(5, last) == ""


def test_a_layout_that_was_confirmed_is_remembered(town: ProjectTown) -> None:
    table, _ = read(row(1, "甲项目"))
    chosen = {one.column.index: one.field for one in propose_columns(table)}
    with at(1, 20):
        sheet_actions.confirm_mapping(USE, table, chosen, by=town.actors["综合科"])  # type: ignore[arg-type]
    known = remembered(USE, table)  # type: ignore[arg-type]
    assert known is not None
    again = propose_columns(read(row(9, "别的项目"))[0], known)
    assert {one.column.index: one.field for one in again if one.field} == {
        c: f for c, f in chosen.items() if f
    }
    assert "人确认过" in again[1].why


def test_what_was_laid_by_is_entered_once_though_it_is_sent_again_meanwhile(town: ProjectTown) -> None:
    rows = [row(number, f"第{number}个项目") for number in range(1, 4)]
    with at(1, 20):
        twice = [importing.prepare(read(*rows)[1], 2026) for _ in range(2)]
        assert [entered(town, each, "表").made for each in twice] == [3, 0]
        nameless = importing.prepare(read(row(9, "丁", code=None))[1], 2026)
        assert [entered(town, nameless, "表").made for _ in range(2)] == [1, 0]
        assert standing_rows.differing() == ([], [])
    assert ProjectFile.objects.count() == 4


def test_a_row_that_is_refused_leaves_nothing_and_the_others_go_in(town: ProjectTown) -> None:
    with at(1, 20):
        one, other = sheet_entering.planned(
            importing.prepare(read(row(1, "甲项目"), row(2, "乙项目"))[1], 2026)
        )
        other[9] = [1, *other[9][1:]]  # a month that no longer makes up the year
        made = sheet_entering.enter([one, other], 2026, by=town.actors["综合科"], paper="表")
    assert (made.made, [str(fault.area) for fault in made.faults]) == (1, ["C5"])
    assert [file.project.name for file in ProjectFile.objects.select_related("project")] == ["甲项目"]
    assert not Project.objects.filter(name="乙项目").exists()
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_preparing_many_rows_takes_a_bounded_number_of_queries(
    town: ProjectTown, django_assert_max_num_queries: Any
) -> None:
    _, drafts = read(*[row(number, f"第{number}个项目") for number in range(1, 60)])
    with at(1, 20), django_assert_max_num_queries(6):
        assert len(importing.prepare(drafts, 2026)) == 59
