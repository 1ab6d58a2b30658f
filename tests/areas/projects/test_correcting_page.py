"""Facts of a project put right at the desk: with a reason, with a paper where plans rest on it, the old value beside the new."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.areas.projects import actions, standing_rows
from luodi.areas.projects.models import FileCorrection, ProjectFile
from luodi.kernel.cases.models import DueItem
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Project
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser, read
from tests.desk.case_desk import counted, text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    with at(2, 1):
        return town.file(goal="建成冷库1万吨", completion_planned=dt.date(2026, 11, 30))


def of(file: ProjectFile, rest: str = "/correct") -> str:
    return f"{BASE}/{file.id}{rest}"


def as_shown(town: ProjectTown, file: ProjectFile) -> dict[str, Any]:
    """What the form would send if nothing in it were touched."""
    shown = read(town, "综合科", of(file)).context
    return {**shown["given"], "level": list(shown["chosen"])}


def sent(town: ProjectTown, file: ProjectFile, given: dict[str, Any], status: int) -> Any:
    """What sending that gives the office, in the middle of June."""
    with at(6, 15):
        answer = browser(town, "综合科").post(of(file), given)
    assert answer.status_code == status, text_of(answer)
    return answer


def test_a_slip_is_put_right_and_the_old_stays_beside_it(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        town.units["青岚物流集团"] = register.create_unit(name="青岚物流集团", by=SYSTEM)
    given = as_shown(town, file) | {
        "name": "石桥冷链物流中心", "goal": "建成冷库2万吨", "total_investment": "3.2亿", "start_planned": "2026-04-01",
        "owner_unit": town.units["青岚物流集团"].id, "level": ["city"],
        "reason": "备案变更，业主改了名", "paper": "备案变更证明第7号",
    }  # fmt: skip
    answer = sent(town, file, given, 302)
    assert answer["Location"] == of(file, "#corrections")
    file = ProjectFile.objects.select_related("project").get(pk=file.id)
    assert (file.project.name, file.goal, file.total_investment, file.levels) == (
        "石桥冷链物流中心", "建成冷库2万吨", 32_000 * WAN, "city",
    )  # fmt: skip
    assert file.project.owner_unit_id == town.units["青岚物流集团"].id
    assert file.lead_unit_id == town.units["区工信局"].id
    for post in ("综合科", "镇长", "核查科"):
        page = text_of(read(town, post, of(file, "")))
        for words in (
            "项目名称：<s>石桥冷链物流项目</s> → 石桥冷链物流中心", "目标：<s>建成冷库1万吨</s> → 建成冷库2万吨",
            "总投资：<s>30,000.00万元</s> → 32,000.00万元", "级别：<s>省重点、市重点</s> → 市重点",
            "业主：<s>青岚冷链有限公司</s> → 青岚物流集团", "计划开工：<s>2026-03-01</s> → 2026-04-01",
            "理由：备案变更，业主改了名", "依据：备案变更证明第7号", "区项目办综合科",
        ):  # fmt: skip
            assert words in page, (post, words)
        assert (f'href="{of(file)}"' in page) is (post == "综合科")
    public = text_of(Client().get(f"/g/{file.project_id}"))
    assert "更正了计划开工" in public
    assert "原来是2026-03-01，改成2026-04-01。" in public
    assert "原来是石桥冷链物流项目，改成石桥冷链物流中心。" in public
    for hidden in ("32,000", "更正了总投资", "备案变更", "证明第7号"):
        assert hidden not in public, hidden
    assert set(DueItem.objects.filter(subject=file.id).values_list("title", flat=True)) == {
        "石桥冷链物流中心"
    }
    assert Event.objects.get(kind="project.corrected").payload.count("备案变更") == 0
    assert standing_rows.differing() == ([], [])
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_what_is_not_touched_is_not_written(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        odd = town.file(project=town.project("古街修缮"), total_investment=30_000 * WAN + 1)
    same = as_shown(town, odd) | {"reason": "只改了地点", "site": "117.580,34.770"}
    sent(town, odd, same, 302)
    odd.refresh_from_db()
    assert (odd.total_investment, odd.site) == (30_000 * WAN + 1, "117.580,34.770")
    answer = sent(town, file, as_shown(town, file) | {"reason": "没有改什么"}, 409)
    assert "没有要改的" in text_of(answer)
    assert FileCorrection.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "at_field", "status"),
    [
        ({"reason": ""}, "reason", 422),
        ({"name": ""}, "name", 422),
        ({"total_investment": "约3亿", "paper": "批复"}, "total_investment", 422),
        ({"total_investment": "-5", "paper": "批复"}, "total_investment", 409),
        ({"total_investment": "31000"}, "paper", 409),
        ({"start_planned": "三月", "paper": "批复"}, "start_planned", 422),
        ({"start_planned": "2026-12-01", "paper": "批复"}, "completion_planned", 409),
        ({"site": "34.770,117.580"}, "site", 409),
        ({"responsible_unit": ""}, "responsible_unit", 422),
        ({"level": ["city"]}, "paper", 409),
    ],
)
def test_a_faulty_correction_stays_in_the_form(
    town: ProjectTown, file: ProjectFile, wrong: dict[str, Any], at_field: str, status: int
) -> None:
    given = as_shown(town, file) | {"goal": "建成冷库2万吨", "reason": "核对以后更正"} | wrong
    answer = sent(town, file, given, status)
    assert list(answer.context["faults"]) == [at_field]
    assert "建成冷库2万吨" in text_of(answer)
    file.refresh_from_db()
    assert file.goal == "建成冷库1万吨"
    assert not FileCorrection.objects.exists()


def test_the_paper_itself_may_be_attached_and_stands_beside_the_correction(
    town: ProjectTown, file: ProjectFile
) -> None:
    def paper(name: str = "备案变更.pdf", raw: bytes = b"%PDF-1.4 changed") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, raw)

    given = as_shown(town, file) | {"total_investment": "3.2亿", "reason": "备案变更"}
    wrong = sent(town, file, given | {"attached": paper("a.exe", b"MZ\x90\0")}, 422)
    assert list(wrong.context["faults"]) == ["attached"]
    held = sent(town, file, given | {"total_investment": "-5", "attached": paper()}, 409)
    key = held.context["attached"].key
    assert f'value="{key}"' in text_of(held), "it need not be sent twice"
    sent(town, file, given | {"attached-upload": key}, 302)
    row = FileCorrection.objects.select_related("kept").get()
    assert row.kept is not None
    assert (row.kept.name, row.paper) == ("备案变更.pdf", "")
    page = text_of(read(town, "镇长", of(file, "")))
    assert f'<a href="/desk/evidence/{row.kept_id}">备案变更.pdf</a>' in page
    read(town, "镇长", f"/desk/evidence/{row.kept_id}")
    assert row.kept_id not in text_of(Client().get(f"/g/{file.project_id}"))
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_code_of_another_project_is_refused(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        other = town.file(project=town.project("古街修缮"))
    given = as_shown(town, file) | {"code": other.project.code, "reason": "补录代码"}
    assert "是“古街修缮”的" in sent(town, file, given, 409).context["faults"]["code"]


def test_a_form_sent_twice_or_overtaken_changes_nothing_more(town: ProjectTown, file: ProjectFile) -> None:
    mine = as_shown(town, file) | {"goal": "建成冷库2万吨", "reason": "目标写少了"}
    others = as_shown(town, file) | {"goal": "建成冷库3万吨", "reason": "按批复更正"}
    sent(town, file, others, 302)
    for _ in range(2):
        assert "别人已经更正过" in text_of(sent(town, file, mine, 409))
    file.refresh_from_db()
    assert (file.goal, FileCorrection.objects.count()) == ("建成冷库3万吨", 1)


def test_only_the_office_corrects(town: ProjectTown, file: ProjectFile) -> None:
    for post in ("镇长", "填报员", "核查科", "副区长"):
        read(town, post, of(file), 403)
        with at(6, 15):
            assert (
                browser(town, post).post(of(file), {"name": "别的名字", "reason": "试试"}).status_code == 403
            )
    assert Project.objects.filter(name="别的名字").count() == 0
    with pytest.raises(Exception, match="由项目办来做"), at(6, 15):
        actions.correct_file(file, by=town.actors["镇长"], reason="试一试", goal="别的")


def test_the_page_asks_as_little_with_many_corrections_as_with_one(
    town: ProjectTown, file: ProjectFile
) -> None:
    def asked_of(address: str) -> int:
        client = browser(town, "综合科")
        with at(6, 28), counted() as number:
            assert client.get(address).status_code == 200
        return number[-1]

    def correct(number: int) -> None:
        with at(6, 15):
            actions.correct_file(
                file, by=town.actors["综合科"], reason="按批复更正", goal=f"建成冷库{number}万吨"
            )

    correct(3)
    few = [asked_of(of(file)), asked_of(of(file, ""))]
    for number in range(4, 12):
        correct(number)
    assert [asked_of(of(file)), asked_of(of(file, ""))] == few
