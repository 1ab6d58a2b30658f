"""Last year's sheet as it is, through the front door: sent, its columns confirmed, looked over, entered in turns, sent back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from luodi.areas.projects import standing_rows
from luodi.areas.projects.lookups import plan_of
from luodi.areas.projects.models import ProjectFile
from luodi.desk.first_hour import turns
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser
from tests.areas.projects.test_sheets import row, sheet
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
WHERE = "/desk/projects/sheet"


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def as_sent(*rows: list[Any], merges: tuple[str, ...] = (), title: str = "") -> bytes:
    """The bytes of a workbook with the office's two header rows above these."""
    cells, held = sheet(*rows, **({"title": title} if title else {}))
    book = Workbook()
    page: Any = book.active
    page.title = "重点项目"
    for number, line in enumerate(cells, 1):
        for column, value in enumerate(line, 1):
            page.cell(number, column, value)
    for area in (*held, *merges):
        page.merge_cells(area)
    page["C2"].comment = Comment("请写全称", "某")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def send(client: Client, raw: bytes) -> str:
    """Send it; the address under which it was laid by."""
    answer = client.post(WHERE, {"sheet": SimpleUploadedFile("2026年重点项目表.xlsx", raw)})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"]).removesuffix("/columns")


def confirm(client: Client, at_: str, year: str = "2026") -> Any:
    """Take the columns as they are proposed."""
    shown = client.get(f"{at_}/columns")
    chosen = {f"column-{one.column.index}": name for one, name in shown.context["columns"] if name}
    answer = client.post(f"{at_}/columns", {**chosen, "sheet": "0", "year": year})
    assert answer.status_code == 302, text_of(answer)
    return shown


def looked_at(client: Client, raw: bytes) -> tuple[str, Any]:
    """Sent, confirmed, and what each row would become."""
    at_ = send(client, raw)
    confirm(client, at_)
    return at_, client.get(f"{at_}/preview")


def kinds(shown: Any) -> dict[str, str]:
    """What becomes of each row of a preview, by the project's name."""
    return {each.draft.name: each.kind for each in shown.context["page"]}


def faults(shown: Any) -> dict[str, str]:
    """What is wrong, by the cell."""
    return {str(each.area): each.words for one in shown.context["page"] for each in one.faults}


def test_last_years_sheet_goes_in_as_it_is(town: ProjectTown) -> None:
    rows = [
        ["一、产业项目（3个）"],
        row(1, "石桥冷链物流项目", total="３亿", start="2026.3", stage="新开工"),
        row(
            2, "环湖绿道贯通", total=" 28000 万圆", start=45_000, completion="12月", stage="续建", level="区"
        ),
        row(3, "岚谷　污水处理厂", total="30,000.5", start="三月", annual="1,200", months=["１００"] * 12),
        ["合计", None, None, None, 88_000.5, 3_600],
        ["注：以上数据由各单位报送，如有出入以统计部门为准。"],
    ]
    raw = as_sent(*rows, merges=("A4:W4", "A9:W9"))
    with at(3, 20):
        client = browser(town, "综合科")
        at_, shown = looked_at(client, raw)
        assert kinds(shown) == {"石桥冷链物流项目": "new", "环湖绿道贯通": "new", "岚谷污水处理厂": "new"}, (
            faults(shown)
        )
        assert "按格子里写的亿元算，是30,000.00万元" in text_of(shown)
        assert len(shown.context["table"].dropped) == 3
        assert client.post(f"{at_}/enter", {"turn": "long"})["Location"] == "/desk/projects"
        assert "这张表录进了3个项目" in text_of(client.get("/desk/projects"))
        files = {
            file.project.name: file for file in ProjectFile.objects.select_related("project", "origin_file")
        }
        assert standing_rows.differing() == ([], [])
        before = Event.objects.count()
        # the same sheet again: its columns are known, and nothing is twice
        at_ = send(client, raw)
        assert all("人确认过" in one.why for one, _ in confirm(client, at_).context["columns"])
        assert set(kinds(client.get(f"{at_}/preview")).values()) == {"same"}
        assert client.post(f"{at_}/enter", {"turn": "long"}).status_code == 302
        assert Event.objects.count() == before
    first, second, third = (files[name] for name in ("石桥冷链物流项目", "环湖绿道贯通", "岚谷污水处理厂"))
    assert [file.total_investment for file in (first, second, third)] == [
        30_000 * WAN, 28_000 * WAN, 30_000 * WAN + WAN // 2,
    ]  # fmt: skip
    assert (str(first.start_actual), str(second.start_actual)) == ("2026-03-01", "2023-03-15")
    assert (str(third.start_planned), third.start_actual) == ("2026-03-01", None)
    assert (second.levels, second.stage) == ("district", "under_construction")
    plan = plan_of(third, 2026)
    assert plan is not None
    assert plan.current.months == (100 * WAN,) * 12
    assert first.origin_file is not None
    assert first.origin_cell.startswith("重点项目!A5")
    assert [finding for finding in verify() if finding.is_wrong] == []


WRONG = {
    "E4": (row(1, "甲项目", total="约3亿"), "不是一个金额"),
    "E5": (row(2, "乙项目", total="30000亩"), "不是金额的单位"),
    "E6": (row(3, "丙项目", total="#REF!"), "公式出错"),
    "F7": (row(4, "丁项目", annual=1_300), "少100.00万元"),
    "G8": (row(5, "戊项目", start="适时"), "读不出日期"),
    "H9": (row(6, "己项目", completion="2025年"), "早于开工"),
    "I10": (row(7, "庚项目", unit="石乔镇"), "石桥镇"),
    "B11": (row(8, "辛项目", code="2601-000020"), "在第13行已经有了"),
    "K12": (row(9, "壬项目", months=[-100, 300, *[100] * 10]), "负数"),
}


def test_every_faulty_cell_comes_back_marked_and_only_the_good_rows_go_in(town: ProjectTown) -> None:
    rows = [given for given, _ in WRONG.values()]
    rows[7], last = row(20, "癸项目"), row(21, "辛项目", code="2601-000020")
    with at(1, 20):
        client = browser(town, "综合科")
        at_, shown = looked_at(client, as_sent(*rows, last))
        told = faults(shown)
        wrong = {**{k: v for k, (_, v) in WRONG.items() if k != "B11"}, "B13": "在第11行已经有了"}
        for cell, words in wrong.items():
            assert words in told[cell], (cell, told)
        assert "录入这1行" in text_of(shown)
        assert client.post(f"{at_}/enter", {"turn": "long"})["Location"] == f"{at_}/preview"
        copy: Any = load_workbook(BytesIO(client.get(f"{at_}/returned.xlsx").content)).active
        assert {at for at in wrong if copy[at].comment is None} == set()
        assert copy["B11"].comment is None
        assert [file.project.name for file in ProjectFile.objects.select_related("project")] == ["癸项目"]
        assert client.post(f"{at_}/drop")["Location"] == WHERE
        assert client.get(f"{at_}/preview").status_code == 409


def test_what_a_sheet_would_change_is_shown_before(town: ProjectTown) -> None:
    with at(1, 20):
        client = browser(town, "综合科")
        at_, _ = looked_at(client, as_sent(row(1, "甲项目"), row(2, "乙项目")))
        client.post(f"{at_}/enter", {"turn": "long"})
    with at(10, 15):
        at_, shown = looked_at(
            client, as_sent(row(1, "甲项目", annual=600, months=[50] * 12), row(2, "乙项目"))
        )
        assert kinds(shown) == {"甲项目": "changed", "乙项目": "same"}
        assert "年度计划：<s>1200.00万元（第1版）</s> → 600.00万元" in text_of(shown)
        client.post(f"{at_}/enter", {"turn": "long"})
        assert standing_rows.differing() == ([], [])
    plan = plan_of(ProjectFile.objects.get(project__name="甲项目"), 2026)
    assert plan is not None
    assert [each.annual for each in plan.versions] == [1_200 * WAN, 600 * WAN]
    assert "2026年重点项目表.xlsx" in plan.current.reason


def test_many_rows_go_in_turn_by_turn_each_once(town: ProjectTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 20)
    monkeypatch.setattr(turns, "LONG", 0.0)
    given = [row(n, f"第{n}号厂房", **({"total": "约3亿"} if n % 40 == 0 else {})) for n in range(1, 121)]
    with at(1, 20):
        client = browser(town, "综合科")
        at_, shown = looked_at(client, as_sent(*given))
        assert [count for _, count in shown.context["counts"]] == [117, 0, 0, 3]
        where, presses = f"{at_}/enter", 0
        answer = client.post(where, {"turn": "long"})
        while answer["Location"].endswith("?on=1"):
            presses += 1
            assert f"录了{presses * 20}行，还有{117 - presses * 20}行" in text_of(
                client.get(answer["Location"])
            )
            answer = client.post(where, {"turn": "long", "on": "1"})
        assert presses == 5
        assert ProjectFile.objects.count() == 117
        # sent again whole, mended: the three that were wrong go in, nothing twice
        mended = [row(n, f"第{n}号厂房") for n in range(1, 121)]
        at_, shown = looked_at(client, as_sent(*mended))
        assert [count for _, count in shown.context["counts"]] == [3, 0, 117, 0]
        client.post(f"{at_}/enter", {"turn": "long"})
        assert ProjectFile.objects.count() == 120
        assert standing_rows.differing() == ([], [])
    assert Event.objects.filter(kind="project.filed").count() == 120
    assert len(set(ProjectFile.objects.values_list("origin_cell", flat=True))) == 120


def test_a_sheet_that_cannot_be_read_says_why_and_is_not_kept(town: ProjectTown) -> None:
    with at(1, 20):
        client = browser(town, "综合科")
        assert client.post(WHERE, {}).status_code == 422
        broken = client.post(WHERE, {"sheet": SimpleUploadedFile("表.xls", b"\xd0\xcf\x11\xe0" * 200)})
        assert broken.status_code == 422
        assert 'role="alert"' in text_of(broken)
        assert "传了还没有录完的表" not in text_of(client.get(WHERE))
        at_ = send(client, as_sent(row(1, "甲项目")))
        assert "传了还没有录完的表" in text_of(client.get(WHERE))
        lacking = client.post(f"{at_}/columns", {"column-3": "name", "sheet": "0", "year": "2026"})
        assert lacking.status_code == 422
        assert "还没有哪一列是“责任单位”" in text_of(lacking)
        assert browser(town, "主任").get(f"{at_}/preview").status_code == 409
        assert browser(town, "镇长").get(WHERE).status_code == 403
