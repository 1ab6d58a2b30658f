"""The statistics bureau's sheet, through the front door: quoted as it stands, with its source, never summed or typed."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from luodi.areas.projects import actions
from luodi.areas.projects.models import LibraryEntry, ProjectFile
from luodi.areas.projects.report_models import StatisticalFigure
from luodi.areas.projects.statistics_sheet import month_end_named
from luodi.desk.first_hour import turns
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser, read, running
from tests.desk.case_desk import counted, text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"
WHERE = f"{BASE}/statistics"
TITLE = "青岚区2026年5月固定资产投资项目表  单位：万元"
HEADER = ["序号", "项目代码", "项目名称", "计划总投资", "本月完成投资", "自年初累计完成投资"]
MAY_END = dt.date(2026, 5, 31)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def files(town: ProjectTown) -> dict[str, ProjectFile]:
    """Two in statistics, one that is not yet."""
    made = {name: running(town, name, 1_500) for name in ("岚谷冷链中心", "石桥污水处理厂", "环湖绿道贯通")}
    for name in ("岚谷冷链中心", "石桥污水处理厂"):
        enter(town, made[name])
    return made


def enter(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 3):
        actions.enter_library(
            file, "statistical", by=town.actors["综合科"], since=dt.date(2026, 4, 10), paper="直报平台回执"
        )


def as_sent(*rows: list[Any], title: str = TITLE, merges: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    page: Any = book.active
    page.title = "投资表"
    for number, line in enumerate([[title], HEADER, *rows], 1):
        for column, value in enumerate(line, 1):
            page.cell(number, column, value)
    for area in merges:
        page.merge_cells(area)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def send(client: Client, raw: bytes) -> str:
    """Send it; the address under which it was laid by."""
    answer = client.post(WHERE, {"sheet": SimpleUploadedFile("五月投资表.xlsx", raw)})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"]).removesuffix("/columns")


def looked_at(client: Client, raw: bytes, **given: str) -> tuple[str, Any]:
    """Sent, its columns taken as they are proposed, and what each row would become."""
    where = send(client, raw)
    shown = client.get(f"{where}/columns")
    chosen = {f"column-{one.column.index}": name for one, name in shown.context["columns"] if name}
    sent = {**chosen, "sheet": "0", "as_of": shown.context["as_of"], **given}
    answer = client.post(f"{where}/columns", sent)
    assert answer.status_code == 302, text_of(answer)
    return where, client.get(f"{where}/preview")


def kinds(shown: Any) -> dict[str, str]:
    return {each.draft.name: each.kind for each in shown.context["page"]}


def faults(shown: Any) -> dict[str, str]:
    return {str(each.area): each.words for one in shown.context["page"] for each in one.faults}


def row(number: int, file: ProjectFile | None, amount: Any, name: str = "") -> list[Any]:
    code = file.project.code if file is not None else None
    return [number, code, name or (file.project.name if file is not None else None), 30_000, amount, 9_999]


def test_a_months_sheet_is_quoted_as_it_stands_with_its_source(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    first, second, third = files.values()
    raw = as_sent(
        row(1, first, 1_234.56),
        row(2, None, "0.2亿", name="石桥　污水处理厂"),
        row(3, third, 800),
        row(4, None, 77, name="某某民营仓库"),
        ["合计", None, None, None, 4_000, None],
        title=TITLE.replace("5月", "1—5月"),
    )
    with at(6, 15):
        client = browser(town, "综合科")
        where, shown = looked_at(client, raw)
        assert kinds(shown) == {
            "岚谷冷链中心": "new", "石桥污水处理厂": "new", "环湖绿道贯通": "faulty", "某某民营仓库": "other",
        }  # fmt: skip
        assert "账上还没有登记纳统" in faults(shown)["C5"]
        assert "引用这2行" in text_of(shown)
        assert client.post(f"{where}/enter", {"turn": "long"})["Location"] == f"{where}/preview"
        copy: Any = load_workbook(BytesIO(client.get(f"{where}/returned.xlsx").content)).active
        assert copy["C5"].comment is not None
        assert client.post(f"{where}/drop")["Location"] == WHERE
    rows = {each.file_id: each for each in StatisticalFigure.objects.select_related("source")}
    assert {key: (each.month, each.amount, each.as_of) for key, each in rows.items()} == {
        first.id: (dt.date(2026, 5, 1), 1_234_56 * WAN // 100, MAY_END),
        second.id: (dt.date(2026, 5, 1), 2_000 * WAN, MAY_END),
    }
    quoted = rows[first.id]
    assert quoted.paper.endswith("投资表!B3:E3")
    assert quoted.source is not None
    assert not quoted.source.is_public
    page = text_of(read(town, "综合科", f"{BASE}/{first.id}"))
    assert "1234.56万元，截至2026年5月31日，出自青岚区2026年1—5月固定资产投资项目表，投资表!B3:E3" in page
    assert "统计口径" in page
    for post in ("镇长", "填报员", "副区长", "核查科"):
        assert "1234.56" not in text_of(read(town, post, f"{BASE}/{first.id}")), post
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_the_same_sheet_again_writes_nothing_and_a_corrected_one_stands_beside(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    file = files["岚谷冷链中心"]
    with at(6, 15):
        client = browser(town, "综合科")
        where, _ = looked_at(client, as_sent(row(1, file, 500)))
        enter_at = f"{where}/enter"
        assert client.post(enter_at, {"turn": "long"})["Location"] == BASE
        assert client.post(enter_at, {"turn": "long"}).status_code == 409
        before = Event.objects.count()
        where, shown = looked_at(client, as_sent(row(1, file, 500)))
        assert kinds(shown) == {"岚谷冷链中心": "same"}
        assert client.post(f"{where}/enter", {"turn": "long"}).status_code == 302
        assert Event.objects.count() == before
    with at(6, 20):
        where, shown = looked_at(client, as_sent(row(1, file, 450)))
        assert kinds(shown) == {"岚谷冷链中心": "changed"}
        assert "<s>500.00</s> → 450.00" in text_of(shown)
        client.post(f"{where}/enter", {"turn": "long"})
        page = text_of(client.get(f"{BASE}/{file.id}"))
    assert "450.00万元" in page
    assert "500.00万元" in page
    assert page.count("后来另引了新的，这一条留着") == 1
    assert [each.amount for each in StatisticalFigure.objects.order_by("id")] == [500 * WAN, 450 * WAN]


def test_what_cannot_be_quoted_is_named_by_its_cell(town: ProjectTown, files: dict[str, ProjectFile]) -> None:
    first, second, _ = files.values()
    with at(6, 15):
        client = browser(town, "综合科")
        _, shown = looked_at(
            client,
            as_sent(
                row(1, first, "约300"), row(2, second, None), row(3, None, 5), row(4, first, 300),
                [5, "9999-000001", second.project.name, 1, 5, 5],
            ),
        )  # fmt: skip
        told = faults(shown)
    assert "不是一个金额" in told["E3"]
    assert "没有写当月完成投资" in told["E4"]
    assert "没有写项目名称" in told["C5"]
    assert "已经有了" in told["C6"]
    assert "代码不一样" in told["B7"]
    assert shown.context["good"] == 0


def test_a_bare_number_without_a_unit_is_not_guessed(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    with at(6, 15):
        raw = as_sent(row(1, files["岚谷冷链中心"], 300), title="2026年5月投资表")
        _, shown = looked_at(browser(town, "综合科"), raw)
    assert kinds(shown) == {"岚谷冷链中心": "faulty"}


def test_the_day_comes_from_the_title_and_is_confirmed(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    raw = as_sent(row(1, files["岚谷冷链中心"], 300))
    with at(6, 15):
        client = browser(town, "综合科")
        where = send(client, raw)
        assert client.get(f"{where}/columns").context["as_of"] == "2026-05-31"
        for wrong, words in (("", "截至哪一天没有填"), ("2026-06-16", "还没有到")):
            answer = client.post(
                f"{where}/columns", {"column-3": "name", "column-5": "amount", "sheet": "0", "as_of": wrong}
            )
            assert answer.status_code == 422
            assert words in text_of(answer)
        lacking = client.post(f"{where}/columns", {"column-3": "name", "sheet": "0", "as_of": "2026-05-31"})
        assert "还没有哪一列是“当月完成投资”" in text_of(lacking)
        # a sum since January is known and never offered as the month's own
        shown = client.get(send(client, raw) + "/columns")
        assert [name for one, name in shown.context["columns"] if one.column.index == 6] == ["running"]
        where, shown = looked_at(client, raw, as_of="2026-04-30")
        assert "录作2026年4月的当月数" in text_of(shown)
        client.post(f"{where}/enter", {"turn": "long"})
    assert StatisticalFigure.objects.get().month == dt.date(2026, 4, 1)
    assert month_end_named("2026年4月、2026年5月对照") is None


def test_rows_are_quoted_turn_by_turn_each_once(
    town: ProjectTown, files: dict[str, ProjectFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "LONG", 0.0)
    first, second, third = files.values()
    enter(town, third)
    with at(6, 15):
        client = browser(town, "综合科")
        where, _ = looked_at(
            client, as_sent(*(row(n, file, 100 + n) for n, file in enumerate((first, second, third))))
        )
        answer, presses = client.post(f"{where}/enter", {"turn": "long"}), 1
        while answer["Location"].endswith("?on=1"):
            assert client.get(answer["Location"]).status_code == 200
            answer = client.post(f"{where}/enter", {"turn": "long", "on": "1"})
            presses += 1
    assert (presses, StatisticalFigure.objects.count()) == (3, 3)


def test_only_the_office_comes_in_and_only_who_sent_a_sheet_sees_it(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    raw = as_sent(row(1, files["岚谷冷链中心"], 300))
    with at(6, 15):
        where = send(browser(town, "综合科"), raw)
        for post in ("镇长", "填报员", "核查科", "副区长"):
            client = browser(town, post)
            assert client.get(WHERE).status_code == 403
            assert client.post(f"{where}/enter", {"turn": "long"}).status_code == 403
        other = browser(town, "主任")
        assert other.get(f"{where}/preview").status_code == 409
        assert (
            browser(town, "综合科").get(f"{BASE}/sheet/{where.rsplit('/', 1)[1]}/preview").status_code == 409
        )
        assert "录统计数" in text_of(other.get(BASE))
        assert "录统计数" not in text_of(browser(town, "镇长").get(BASE))
        broken = other.post(WHERE, {"sheet": SimpleUploadedFile("表.xls", b"\xd0\xcf\x11\xe0" * 200)})
        assert broken.status_code == 422
        assert other.post(WHERE, {}).status_code == 422
    assert not StatisticalFigure.objects.exists()


def test_the_preview_asks_as_little_of_many_rows_as_of_few(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    with at(6, 15):
        client = browser(town, "综合科")

        def asked_of(*rows: list[Any]) -> int:
            where, _ = looked_at(client, as_sent(*rows))
            with counted() as number:
                assert client.get(f"{where}/preview").status_code == 200
            return number[-1]

        few = asked_of(row(1, files["岚谷冷链中心"], 300))
        many = [row(n, file, 300) for n, file in enumerate(files.values())]
        assert asked_of(*many, *(row(9 + n, None, 5, name=f"第{n}号仓库") for n in range(40))) == few


def test_a_library_is_entered_by_the_office_and_only_after_the_start(
    town: ProjectTown, files: dict[str, ProjectFile]
) -> None:
    file = files["环湖绿道贯通"]
    where = f"{BASE}/{file.id}/library"
    read(town, "镇长", where, 403)
    given = {"meaning": "statistical", "since": "2026-06-10", "paper": "联网直报平台回执第88号"}
    with at(6, 15):
        client = browser(town, "综合科")
        for name, wrong, status in (
            ("meaning", "", 422), ("meaning", "secret", 422), ("since", "昨天", 422), ("since", "2026-06-16", 409),
            ("paper", "", 422),
        ):  # fmt: skip
            answer = client.post(where, {**given, name: wrong})
            assert (answer.status_code, list(answer.context["faults"])) == (status, [name]), (name, wrong)
            assert "联网直报平台回执第88号" in text_of(answer) or name == "paper"
        assert client.post(where, given)["Location"] == f"{BASE}/{file.id}#libraries"
        assert list(client.post(where, given).context["faults"]) == ["meaning"]
        waiting = town.file(project=town.project("古街修缮"))
        early = client.post(f"{BASE}/{waiting.id}/library", given)
        assert "还没有开工的项目不能纳统" in text_of(early)
        page = text_of(browser(town, "镇长").get(f"{BASE}/{file.id}"))
    assert "统计入库（纳统）：2026年6月10日起，依据：联网直报平台回执第88号" in page
    assert f"{where}" not in page
    assert LibraryEntry.objects.filter(file=file).count() == 1
