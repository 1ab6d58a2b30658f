"""A project that a sentence named: proposed with a score, taken in or refused with a reason, then led by plan and gates."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luodi.areas.projects import actions
from luodi.areas.projects.acts.proposing import Entered
from luodi.areas.projects.models import GateEvidence, PlanVersion, ProjectFile, StageMove
from luodi.areas.projects.named_models import NameJudged
from luodi.areas.projects.proposals import likeness
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Link
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser
from tests.desk.case_desk import text_of

SAID = (
    "2026年区政府工作报告\n\n2026-03-01  来源：区政府办公室\n\n二、2026年工作\n\n"
    "2026年12月底前建成岚谷冷链物流中心。\n\n奋力建设“四个青岚”。\n"
)
NAME = "岚谷冷链物流中心"


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def taken_in(town: ProjectTown) -> Reading:
    """The paper is read; the reading that names the project."""
    documents.intake(SAID.encode(), by=town.actors["综合科"])
    return Reading.objects.get(project__contains=NAME)


def form(town: ProjectTown, reading: Reading, **other: object) -> dict[str, object]:
    """What the office sends."""
    return {
        "statement": reading.statement_id, "place": "0", "name": NAME, "code": "2601-370001-04-01-100001",
        "goal": "冷库12万立方米",
        "level": ["district", "city"], "stage": "preparing", "since": "2026-03-10", "owner": town.units["青岚冷链有限公司"].id,
        "lead": town.units["区工信局"].id, "responsible": town.units["石桥镇"].id, "total": "1.2亿", "start": "2026-04-01",
        "end": "2026-12-31", "site": "", "key": "a1",
    } | other  # fmt: skip


def test_a_work_looks_more_like_a_project_than_a_slogan() -> None:
    work = likeness(NAME, "2026年12月底前建成岚谷冷链物流中心", "pledged", is_adopted=False)
    slogan = likeness("四个青岚", "奋力建设“四个青岚”", "pledged", is_adopted=False)
    assert work.is_likely
    assert not slogan.is_likely
    assert "加了引号，像口号" in slogan.reasons
    cut = likeness("国庆节前26所学校", "国庆节前26所学校的体育场馆开放", "pledged", is_adopted=False)
    assert not cut.is_likely


@pytest.mark.django_db
def test_a_named_project_is_taken_in_and_stays_tied_to_its_sentence(town: ProjectTown) -> None:
    with at(3, 20):
        reading = taken_in(town)
        client = browser(town, "综合科")
        listed = text_of(client.get("/desk/projects/said"))
        assert 'place=0">立项' in listed.replace("&amp;", "&")
        first = client.get(f"/desk/projects/new?statement={reading.statement_id}&place=0")
        assert first.context["given"]["name"] == NAME
        assert first.context["given"]["end"] == "2026-12-31"
        assert client.post("/desk/projects/new", form(town, reading, lead="")).status_code == 422
        assert not ProjectFile.objects.exists()
        sent = client.post("/desk/projects/new", form(town, reading))
        file = ProjectFile.objects.select_related("project").get()
        assert sent["Location"] == f"/desk/projects/{file.id}"
        assert (file.levels, file.stage, file.total_investment) == (
            "city district",
            "preparing",
            12_000 * WAN,
        )
        assert Link.objects.filter(
            source=file.project_id, target=reading.statement_id, kind="named_in"
        ).exists()
        assert NameJudged.objects.get().file_id == file.id
        assert Event.objects.filter(kind="project.name_taken_in", subject=file.id).exists()
        assert client.post("/desk/projects/new", form(town, reading)).status_code == 302
        again = client.post("/desk/projects/new", form(town, reading, key="a2", code=""))
        assert again.status_code == 409
        assert "不重复立" in text_of(again)
        assert ProjectFile.objects.count() == 1
        assert "立了项目" in text_of(client.get("/desk/projects/said"))


@pytest.mark.django_db
def test_a_name_is_refused_with_a_reason_and_the_refusal_taken_back(town: ProjectTown) -> None:
    with at(3, 20):
        reading = taken_in(town)
        client = browser(town, "综合科")
        given = {"statement": reading.statement_id, "place": "0", "do": "refuse", "reason": ""}
        assert client.post("/desk/projects/said/refuse", given).status_code == 409
        assert (
            client.post("/desk/projects/said/refuse", {**given, "reason": "企业自己的小项目"}).status_code
            == 302
        )
        assert "企业自己的小项目" in text_of(client.get("/desk/projects/said"))
        entered = Entered(NAME, town.units["区工信局"], town.units["石桥镇"])
        with pytest.raises(Refusal, match="有结论"):
            actions.refuse_name(reading.statement_id, NAME, by=town.actors["综合科"], reason="再拒一次")
        assert client.post("/desk/projects/said/refuse", {**given, "do": "recall"}).status_code == 302
        assert [row.verdict for row in NameJudged.objects.order_by("id")] == ["refused", "recalled"]
        with pytest.raises(Refusal, match="没有读出"):
            actions.open_named(reading.statement_id, "别的项目", entered, by=town.actors["综合科"])
        with pytest.raises(Refusal, match="项目办"):
            actions.open_named(reading.statement_id, NAME, entered, by=town.actors["镇长"])
        assert (
            actions.open_named(reading.statement_id, NAME, entered, by=town.actors["综合科"]).stage
            == "conceived"
        )
        assert browser(town, "镇长").get("/desk/projects/new").status_code == 403


@pytest.mark.django_db
def test_nothing_stays_where_taking_in_is_refused_half_way(town: ProjectTown) -> None:
    with at(3, 20):
        reading = taken_in(town)
        before = Event.objects.count()
        entered = Entered(NAME, town.units["区工信局"], town.units["石桥镇"], stage_since=dt.date(2026, 9, 1))
        with pytest.raises(Refusal, match="还没有到"):
            actions.open_named(reading.statement_id, NAME, entered, by=town.actors["综合科"])
        started = Entered(NAME, town.units["区工信局"], town.units["石桥镇"], stage="newly_started")
        with pytest.raises(Refusal, match="凭据"):
            actions.open_named(reading.statement_id, NAME, started, by=town.actors["综合科"])
        assert Event.objects.count() == before
        assert not ProjectFile.objects.exists()


@pytest.mark.django_db
def test_a_stage_is_entered_with_what_its_gates_ask(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.file()
        client, here = browser(town, "综合科"), f"/desk/projects/{file.id}/stage"
        page = text_of(client.get(here))
        assert "进“新开工”" in page
        assert "施工许可" in page
        sent = {"to": "newly_started", "on": "2026-03-20", "paper-permit": "施许字1号"}
        lacking = client.post(here, sent)
        assert lacking.status_code == 409
        assert "还缺1样凭据" in text_of(lacking)
        works = SimpleUploadedFile("监理日志.txt", "三月二十日桩基开打".encode())
        assert client.post(here, {**sent, "file-works": works}).status_code == 302
        file.refresh_from_db()
        assert (file.stage, file.start_actual) == ("newly_started", dt.date(2026, 3, 20))
        assert GateEvidence.objects.get(gate="works").file is not None
        ways = text_of(client.get(here))
        assert "退回“前期”" in ways


@pytest.mark.django_db
def test_a_step_back_is_signed_by_another_post_at_the_desk(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.started()
        client, here = browser(town, "综合科"), f"/desk/projects/{file.id}/stage"
        given = {"to": "preparing", "on": "2026-03-20", "reason": ""}
        assert client.post(here, given).status_code == 409
        assert client.post(here, {**given, "reason": "打的是试桩"}).status_code == 302
        move = StageMove.objects.get(needs_signature=True)
        assert "看过了，签字" not in text_of(client.get(f"/desk/projects/{file.id}"))
        other = browser(town, "主任")
        assert "看过了，签字" in text_of(other.get(f"/desk/projects/{file.id}"))
        assert other.post(f"{here}/{move.id}/sign").status_code == 302
        file.refresh_from_db()
        assert (file.stage, file.start_actual) == ("preparing", None)


@pytest.mark.django_db
def test_the_plan_of_a_year_is_given_and_then_only_added_to(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.file()
        client, here = browser(town, "综合科"), f"/desk/projects/{file.id}/plan"
        sent = {"year": "2026", "seen": "0", "annual": "3000", "m5": "1000", "m6": "1,500"}
        wrong = client.post(here, sent)
        assert wrong.status_code == 422
        assert "各月加起来是2500.00万元" in text_of(wrong)
        assert client.post(here, {**sent, "m6": "0.2亿"}).status_code == 302
        assert PlanVersion.objects.get().june == 2_000 * WAN
        late = client.post(here, {**sent, "annual": "2500"})
        assert late.status_code == 409
        less = {**sent, "annual": "2500", "seen": "1", "reason": "征迁晚了"}
        assert client.post(here, less).status_code == 409
        assert client.post(here, {**less, "paper": "常务会纪要"}).status_code == 302
        assert [row.annual // WAN for row in PlanVersion.objects.order_by("version")] == [3_000, 2_500]
        assert client.get(here).context["versions"] == 2
