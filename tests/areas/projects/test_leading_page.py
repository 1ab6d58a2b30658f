"""A leader's own page: projects worst first with what is asked of whom, visits, hand-overs signed by both, loads side by side."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.areas.projects import actions
from luodi.areas.projects.models import LeaderAssignment, ProjectFile, Visit
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.models import Case, DueItem
from tests.areas.projects.project_town import ProjectTown, at, found
from tests.areas.projects.test_meeting import running, stuck
from tests.areas.projects.test_screens import browser, read
from tests.desk.case_desk import counted, text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def led(town: ProjectTown) -> dict[str, ProjectFile]:
    """Two of the deputy head, the worse with a bottleneck; one of the head."""
    made = {}
    for name, done, post in (
        ("冷链中心", 2_600, "副区长"),
        ("环湖绿道", 300, "副区长"),
        ("古街修缮", 1_500, "区长"),
    ):
        made[name] = running(town, name, done)
        with at(6, 1):
            actions.assign_leader(
                made[name], town.posts[post], by=town.actors["综合科"], since=dt.date(2026, 6, 1)
            )
    stuck(town, made["环湖绿道"], "临时用电", 5)
    return made


def test_my_projects_stand_worst_first_with_what_is_asked_of_whom(
    town: ProjectTown, led: dict[str, ProjectFile]
) -> None:
    page = read(town, "副区长", f"{BASE}/leading")
    assert [one.row.file.project.name for one in page.context["led"]] == ["环湖绿道", "冷链中心"]
    shown = text_of(page)
    assert "您包联2个项目" in shown
    assert "请区工信局：办成临时用电" in shown
    assert f"{BASE}/{led['环湖绿道'].id}/visit" in shown
    loads = {load.post.title: (load.projects, load.stuck, load.owed) for load in page.context["loads"]}
    assert loads == {"副区长": (2, 1, 0), "区长": (1, 0, 0)}
    assert read(town, "镇长", f"{BASE}/leading").context["loads"] == []
    assert "您的岗位没有包联项目" in text_of(read(town, "镇长", f"{BASE}/leading"))


def test_what_is_due_stands_by_post_with_the_most_urgent_first(
    town: ProjectTown, led: dict[str, ProjectFile]
) -> None:
    with at(7, 20):
        cases.tick()
        page = browser(town, "副区长").get(f"{BASE}/leading")
    dues = page.context["dues"]
    assert page.context["due_in_all"] == len(dues)
    days = list(
        DueItem.objects.exclude(light="paused").order_by("due_at", "id").values_list("subject", flat=True)
    )
    case = Case.objects.get(kind="bottleneck").id
    mine = {led["环湖绿道"].id, led["冷链中心"].id, case}
    assert [row.href.rsplit("/", 1)[1] for row in dues] == [each for each in days if each in mine]
    visits = [(row.project, row.who, row.is_mine) for row in dues if row.what == "到现场走访"]
    assert sorted(visits) == [("冷链中心", "区政府副区长", True), ("环湖绿道", "区政府副区长", True)]
    assert {row.due.light.tone for row in dues if row.what == "到现场走访"} == {"bad"}
    assert "古街修缮" not in {row.project for row in dues}


def test_a_visit_is_recorded_by_its_leader_and_faults_stand_at_their_fields(
    town: ProjectTown, led: dict[str, ProjectFile]
) -> None:
    where = f"{BASE}/{led['环湖绿道'].id}/visit"
    read(town, "区长", where, 409)
    with at(6, 15):
        client = browser(town, "副区长")
        assert client.get(where).status_code == 200
        given = {"on": "2026-06-14", "working": "no", "found": "只有门卫在"}
        for name, wrong, status in (
            ("on", "昨天", 422), ("on", "2026-07-01", 409), ("on", "2026-05-01", 409), ("working", "", 422), ("found", "", 409),
        ):  # fmt: skip
            answer = client.post(where, {**given, name: wrong})
            assert (answer.status_code, list(answer.context["faults"])) == (status, [name]), (name, wrong)
        assert client.post(where, given)["Location"].endswith("#leaders")
    row = Visit.objects.get()
    assert (row.made_on, row.is_working, row.found) == (dt.date(2026, 6, 14), False, "只有门卫在")


def test_a_change_of_leader_is_signed_by_both_on_their_pages(
    town: ProjectTown, led: dict[str, ProjectFile]
) -> None:
    file = led["环湖绿道"]
    where = f"{BASE}/{file.id}/leader"
    read(town, "副区长", where, 403)
    with at(6, 15):
        office = browser(town, "综合科")
        assert "现在是区政府副区长" in text_of(office.get(where))
        assert list(office.post(where, {"post": "", "on": "2026-06-16"}).context["faults"]) == ["post"]
        same = office.post(where, {"post": town.posts["副区长"].id, "on": "2026-06-16"})
        assert "已经包联" in same.context["faults"]["post"]
        assert office.post(where, {"post": town.posts["区长"].id, "on": "2026-06-15"}).status_code == 302
        later = LeaderAssignment.objects.get(file=file, until=None)
        sign = f"{BASE}/leading/{later.id}/sign"
        assert sign in text_of(browser(town, "副区长").get(f"{BASE}/leading"))
        assert browser(town, "镇长").post(sign).status_code == 409
        for post in ("副区长", "区长"):
            assert browser(town, post).post(sign).status_code == 302
            assert browser(town, post).post(sign).status_code == 409
        assert "等您签的交接" not in text_of(browser(town, "区长").get(f"{BASE}/leading"))
    later.refresh_from_db()
    assert (later.given_on, later.taken_on) == (dt.date(2026, 6, 15), dt.date(2026, 6, 15))


def test_the_page_asks_as_little_of_many_projects_as_of_few(
    town: ProjectTown, led: dict[str, ProjectFile]
) -> None:
    def asked() -> int:
        with at(6, 15):
            client = browser(town, "副区长")
            client.get(f"{BASE}/leading")
            with counted() as number:
                client.get(f"{BASE}/leading")
        return number[-1]

    few = asked()
    for number in range(4):
        file = running(town, f"第{number}号厂房", 300)
        stuck(town, file, "林地", 8)
        with at(6, 9):
            actions.assign_leader(
                file, town.posts["副区长"], by=town.actors["综合科"], since=dt.date(2026, 6, 9)
            )
    assert asked() == few
