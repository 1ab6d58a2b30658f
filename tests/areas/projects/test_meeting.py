"""The dispatch meeting: its pack on screen and in three formats, the same bytes each time; its decisions become cases."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook

from luodi.areas.projects import actions
from luodi.areas.projects.acts.deciding import Decided
from luodi.areas.projects.models import MeetingDecision, ProjectFile
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.models import Case, DueItem
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import refused
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import PLAN, browser, read
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
MEETING = "/desk/projects/meeting"
APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def running(town: ProjectTown, name: str, done: int) -> ProjectFile:
    with at(3, 20):
        file = town.started(project=town.project(name), goal="年底前建成")
        actions.set_plan(file, 2026, PLAN, by=town.actors["综合科"])
    for month in (APRIL, MAY):
        with at(month.month + 1, 2):
            town.reported(file, month, done * WAN, 10, paid=done * WAN // 2)
    return file


def stuck(town: ProjectTown, file: ProjectFile, title: str, day: int, **impact: str) -> Case:
    """A bottleneck of June, asked of the bureau, assigned to the town."""
    office = town.actors["综合科"]
    with at(6, day):
        case = actions.find_bottleneck(
            file, by=office, title=title, matter="报了两次没有批", blocking="building"
        )
        cases.move(case, "classify", by=office, answers={
            "sort": "utilities", "asked_unit": town.units["区工信局"], "asked_act": f"办成{title}", **impact,
        })  # fmt: skip
        cases.move(case, "assign", by=office, answers={"unit": town.units["石桥镇"]})
    return case


@pytest.fixture
def three(town: ProjectTown) -> dict[str, ProjectFile]:
    """One with two bottlenecks, one that is only behind, one that is on plan."""
    made = {
        name: running(town, name, done)
        for name, done in (("环湖绿道", 1_000), ("污水处理厂", 1_500), ("冷链中心", 2_600))
    }
    stuck(town, made["环湖绿道"], "临时用电", 5, impact_wan="800", impact_people="30")
    stuck(town, made["环湖绿道"], "便道", 10)
    return made


def packed(
    town: ProjectTown, kind: str, query: str = "day=2026-06-15", post: str = "综合科", day: int = 15
) -> bytes:
    with at(6, day):
        answer = browser(town, post).get(f"{MEETING}.{kind}?{query}")
        assert answer.status_code == 200, text_of(answer)
    return bytes(answer.content)


def test_the_agenda_stands_in_the_order_of_its_sums(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    page = read(town, "综合科", f"{MEETING}?day=2026-06-15")
    assert [one["brief"].file.project.name for one in page.context["pages"]] == ["环湖绿道", "污水处理厂"]
    shown = text_of(page)
    # five thousand planned by May, two thousand done: what nobody priced is what the project is behind
    for words in (
        "临时用电：10天×800万元×30人＝240,000",
        "便道：5天×3000万元×1人＝15,000",
        "合计240,000＋15,000＝255,000",
        # behind since March: the plan has a thousand there and nothing was reported
        "进度落后：76天×2000万元×1人＝152,000",
        "请区工信局：办成临时用电",
        "2个项目上会，没有销号的堵点2个",
        "比时序进度",
    ):
        assert words in shown, words
    assert [brief.file.project.name for brief in page.context["left"]] == ["冷链中心"]
    picked = read(town, "综合科", f"{MEETING}?day=2026-06-15&id={three['冷链中心'].id}")
    assert [one["brief"].file.project.name for one in picked.context["pages"]] == ["冷链中心"]
    assert "没有要定的事" in text_of(picked)


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_the_same_register_gives_the_same_bytes_whenever_it_is_asked(
    town: ProjectTown, three: dict[str, ProjectFile], kind: str
) -> None:
    first = packed(town, kind)
    later = packed(town, kind, day=27)
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(later).hexdigest()
    assert packed(town, kind, "day=2026-06-14") != first


def test_every_format_says_what_the_meeting_needs(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    needed = ("环湖绿道", "请区工信局：办成临时用电", "合计240,000＋15,000＝255,000", "污水处理厂")
    pdf = pypdfium2.PdfDocument(packed(town, "pdf"))
    told = "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")
    paper = docx.Document(io.BytesIO(packed(town, "docx")))
    cells = "".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    words = cells + "".join(paragraph.text for paragraph in paper.paragraphs)
    book = load_workbook(io.BytesIO(packed(town, "xlsx")))
    assert book.sheetnames == ["议程", "项目", "各月（万元）", "堵点", "会议决定"]
    table = "".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    for text in needed:
        for name, whole in (("pdf", told), ("docx", words), ("xlsx", table)):
            assert text in whole.replace("\n", ""), (name, text)
    assert len(pdf) >= 3, "a page a project"


def test_a_bottleneck_found_after_the_day_is_not_in_the_pack(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    page = text_of(read(town, "综合科", f"{MEETING}?day=2026-06-09"))
    assert "临时用电：4天×800万元×30人＝96,000" in page
    assert "便道" not in page


def test_statistics_are_printed_only_where_the_office_asks_for_them(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    office, file = town.actors["综合科"], three["环湖绿道"]
    with at(6, 10):
        actions.enter_library(file, "statistical", by=office, since=dt.date(2026, 4, 10), paper="平台回执")
        actions.import_statistics(
            file, MAY, 777 * WAN, by=office, as_of=dt.date(2026, 5, 31), paper="统计月报"
        )
    asked = f"{MEETING}?day=2026-06-15&statistics=1"
    assert "777" in text_of(read(town, "综合科", asked))
    assert "777" not in text_of(read(town, "综合科", f"{MEETING}?day=2026-06-15"))
    assert "777" not in text_of(read(town, "区长", asked))
    assert read(town, "镇长", MEETING, 403)


def decided(town: ProjectTown, file: ProjectFile, bottleneck: str = "") -> list[Case]:
    with at(6, 16):
        return actions.record_decisions(
            [
                Decided("批下临时用电", town.units["区工信局"], dt.date(2026, 6, 26), file, bottleneck),
                Decided("修通便道", town.units["石桥镇"], dt.date(2026, 7, 10), file),
            ],
            by=town.actors["综合科"], meeting="6月第二次调度会", held_on=dt.date(2026, 6, 16),
        )  # fmt: skip


def test_what_was_decided_is_due_and_the_next_pack_tells_its_state(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    file = three["环湖绿道"]
    first, second = decided(town, file, stuck(town, file, "水", 12).id)
    assert [(row.unit.name, row.due_on) for row in DueItem.objects.filter(kind="decision").order_by("due_on")] == [
        ("区工信局", dt.date(2026, 6, 26)), ("石桥镇", dt.date(2026, 7, 10)),
    ]  # fmt: skip
    with at(6, 25):
        cases.move(first, "report", by=town.actors["局长"], answers={"answer": "已经批了"})
        with refused("other-party"):
            cases.move(first, "check", by=town.actors["局长"], answers={"finding": "属实"})
        cases.move(first, "check", by=town.actors["核查科"], answers={"finding": "看了批文，属实"})
    with at(7, 15):
        page = text_of(browser(town, "综合科").get(f"{MEETING}?day=2026-07-15"))
    for words in (
        "上次会定了2件事，1件超期没有办成",
        "2026年6月25日办成",
        "已交办，超5天",
        f"/desk/cases/{second.id}",
    ):
        assert words in page, words
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_one_faulty_decision_enters_none(town: ProjectTown, three: dict[str, ProjectFile]) -> None:
    file, other = three["环湖绿道"], three["冷链中心"]
    of_other = stuck(town, other, "水", 12)
    with refused("not-its-bottleneck"):
        decided(town, file, of_other.id)
    with at(6, 16), refused("day-passed"):
        late = Decided("批下临时用电", town.units["区工信局"], dt.date(2026, 6, 1), file)
        good = Decided("修通便道", town.units["石桥镇"], dt.date(2026, 7, 10), file)
        actions.record_decisions(
            [good, late], by=town.actors["综合科"], meeting="调度会", held_on=dt.date(2026, 6, 16)
        )
    assert not MeetingDecision.objects.exists()


def test_minutes_are_typed_or_pasted_and_entered_once(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    where, file = f"{MEETING}/minutes", three["环湖绿道"]
    with at(6, 16):
        client = browser(town, "综合科")
        assert client.get(where).status_code == 200
        pasted = f"1. 批下临时用电\t区工信局\t6月26日\t环湖绿道\n修通便道|{file.project.code}|区某局|月底"
        answer = client.post(where, {"do": "read", "pasted": pasted, "held_on": "2026-06-16"})
        rows = [row for row in answer.context["rows"] if not row.is_empty]
        assert [(row.what, row.unit, row.due, row.about) for row in rows] == [
            ("批下临时用电", town.units["区工信局"].id, "2026-06-26", file.id), ("修通便道", "", "", file.id),
        ]  # fmt: skip
        given: dict[str, Any] = {
            "do": "save", "meeting": "6月第二次调度会", "held_on": "2026-06-16", "key": "abc",
            "what": ["批下临时用电", "修通便道", ""], "unit": [town.units["区工信局"].id, "", ""],
            "due": ["2026-06-26", "", ""], "about": [file.id, file.id, ""],
        }  # fmt: skip
        faulty = client.post(where, given)
        assert faulty.status_code == 422
        assert [sorted(row.faults) for row in faulty.context["rows"][:2]] == [[], ["due", "unit"]]
        assert not Case.objects.filter(kind="decision").exists()
        given |= {
            "unit": [town.units["区工信局"].id, town.units["石桥镇"].id, ""],
            "due": ["2026-06-26", "2026-07-10", ""],
        }
        assert client.post(where, given).status_code == 302
        assert client.post(where, given).status_code == 302
        assert Case.objects.filter(kind="decision").count() == 2, "a second press enters nothing"
        assert browser(town, "区长").get(where).status_code == 403
        empty = client.post(where, {"do": "save", "meeting": "会", "held_on": "x"})
        assert (empty.status_code, sorted(empty.context["faults"])) == (422, ["", "held_on", "meeting"])


def test_a_pack_asks_as_little_of_many_projects_as_of_few(
    town: ProjectTown, three: dict[str, ProjectFile]
) -> None:
    from tests.desk.case_desk import counted

    def asked() -> int:
        with at(6, 15):
            client = browser(town, "综合科")
            client.get(MEETING)
            with counted() as number:
                client.get(f"{MEETING}?day=2026-06-15")
        return number[-1]

    few = asked()
    for number in range(5):
        stuck(town, running(town, f"第{number}号厂房", 300), "林地", 8)
    assert asked() == few
