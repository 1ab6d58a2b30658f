"""入库 in its three meanings: entered by a paper, left by another, entered again; on the desk, in the ledger and in public."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from luodi.areas.projects import actions, standing_rows
from luodi.areas.projects.lookups import standings
from luodi.areas.projects.models import LibraryEntry, ProjectFile
from luodi.areas.projects.stages import LIBRARIES
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser, read
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 10)
LEFT = {
    "meaning": "provincial",
    "on": "2026-06-10",
    "reason": "投资方退出，不再列入",
    "paper": "省发改委通知第7号",
}


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    """Begun in March, and in every library since the tenth of April."""
    with at(4, 20):
        made = town.started()
        for meaning in LIBRARIES:
            actions.enter_library(
                made, meaning, by=town.actors["综合科"], since=dt.date(2026, 4, 10), paper=f"{meaning}名单"
            )
    return made


def leave(
    town: ProjectTown, file: ProjectFile, meaning: str, on: dt.date = JUNE, **given: str
) -> LibraryEntry:
    words = {"reason": "投资方退出", "paper": "通知第7号"} | given
    return actions.leave_library(file, meaning, by=town.actors["综合科"], on=on, **words)


@pytest.mark.parametrize("meaning", LIBRARIES)
def test_each_meaning_is_left_by_itself_and_may_be_entered_again(
    town: ProjectTown, file: ProjectFile, meaning: str
) -> None:
    with at(6, 15):
        left = leave(town, file, meaning)
        assert (left.until, left.left_on) == (dt.date(2026, 6, 9), JUNE)
        held = LibraryEntry.objects.filter(file=file, until=None).values_list("meaning", flat=True)
        assert sorted(held) == sorted(set(LIBRARIES) - {meaning})
        again = actions.enter_library(file, meaning, by=town.actors["综合科"], since=JUNE, paper="恢复的通知")
        assert again.until is None
        assert standing_rows.differing() == ([], [])
    assert LibraryEntry.objects.filter(file=file, meaning=meaning).count() == 2
    kinds = list(Event.objects.filter(subject=file.id).order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == ["project.left_library", "project.entered_library"]
    assert [finding for finding in verify() if finding.is_wrong] == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"meaning": "secret"}, "choice-unknown"),
        ({"on": dt.date(2026, 6, 16)}, "day-to-come"),
        ({"on": dt.date(2026, 4, 9)}, "days-reversed"),
        ({"reason": " "}, "words-missing"),
        ({"paper": ""}, "words-missing"),
    ],
)
def test_leaving_asks_for_a_day_a_reason_and_a_paper(
    town: ProjectTown, file: ProjectFile, changed: dict[str, object], code: str
) -> None:
    with at(6, 15), pytest.raises(Refusal) as refusal:
        leave(town, file, **({"meaning": "planning"} | changed))  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert not LibraryEntry.objects.exclude(until=None).exists()


def test_it_is_left_once_and_coming_back_does_not_overlap(town: ProjectTown, file: ProjectFile) -> None:
    office = town.actors["综合科"]
    with at(6, 15):
        leave(town, file, "planning")
        with pytest.raises(Refusal, match="不用退"):
            leave(town, file, "planning")
        with pytest.raises(Refusal, match="再次入库要晚于这一天"):
            actions.enter_library(file, "planning", by=office, since=dt.date(2026, 6, 9), paper="恢复的通知")
        with pytest.raises(Refusal, match="登记退库由项目办来做"):
            actions.leave_library(
                file, "provincial", by=town.actors["镇长"], on=JUNE, reason="投资方退出", paper="通知第7号"
            )


def test_an_entry_that_was_wrong_from_its_first_day_never_counted(
    town: ProjectTown, file: ProjectFile
) -> None:
    with at(6, 15):
        left = leave(town, file, "statistical", on=dt.date(2026, 4, 10), reason="登记错了项目")
        assert left.until == dt.date(2026, 4, 9)
        (now,) = standings([file], dt.date(2026, 5, 1))
        assert "projects.light.statistics" in {
            light.rule.partition("@")[0] for light in now.lights if light.colour != "green"
        }
        assert standing_rows.differing() == ([], [])


def test_out_of_statistics_the_light_turns_and_later_months_are_not_quoted(
    town: ProjectTown, file: ProjectFile
) -> None:
    office, may, june = town.actors["综合科"], dt.date(2026, 5, 1), dt.date(2026, 6, 1)

    def colour(month: dt.date) -> str:
        (row,) = standings([file], month)
        return next(x.colour for x in row.lights if x.rule.startswith("projects.light.statistics@"))

    with at(7, 20):
        assert colour(june) == "green"
        leave(town, file, "statistical", on=dt.date(2026, 6, 1))
        assert (colour(may), colour(june)) == ("green", "red")
        assert standing_rows.differing() == ([], [])
        actions.import_statistics(file, may, 5 * WAN, by=office, as_of=dt.date(2026, 5, 31), paper="五月月报")
        with pytest.raises(Refusal, match="2026年06月以前退了库"):
            actions.import_statistics(
                file, june, 5 * WAN, by=office, as_of=dt.date(2026, 6, 30), paper="六月月报"
            )


def test_the_office_takes_it_out_through_the_page_and_everybody_sees_since_when(
    town: ProjectTown, file: ProjectFile
) -> None:
    where = f"/desk/projects/{file.id}/library/leave"
    assert where not in text_of(read(town, "镇长", f"/desk/projects/{file.id}"))
    assert where in text_of(read(town, "综合科", f"/desk/projects/{file.id}"))
    with at(6, 15):
        client = browser(town, "综合科")
        for name, wrong, status in (
            ("meaning", "", 422), ("on", "昨天", 422), ("on", "2026-06-16", 409), ("on", "2026-04-09", 409),
            ("reason", "", 422), ("paper", "", 422),
        ):  # fmt: skip
            answer = client.post(where, {**LEFT, name: wrong})
            assert (answer.status_code, list(answer.context["faults"])) == (status, [name]), (name, wrong)
            assert LEFT["paper" if name != "paper" else "reason"] in text_of(answer)
        assert client.post(where, LEFT)["Location"] == f"/desk/projects/{file.id}#libraries"
        assert list(client.post(where, LEFT).context["faults"]) == ["meaning"]
        page = text_of(browser(town, "镇长").get(f"/desk/projects/{file.id}"))
        told = "2026年4月10日入库，2026年6月10日退库，原因：投资方退出，不再列入，依据：省发改委通知第7号，区项目办综合科"
        assert told in page
        public = text_of(Client().get(f"/g/{file.project_id}"))
        event = Event.objects.get(kind="project.left_library")
        assert f'<a href="/e/{event.id}">退库：列入省重点名单</a>' in public
        assert "投资方退出" not in public
        assert "项目退库" in text_of(Client().get(f"/e/{event.id}"))
        assert "项目退库" in text_of(Client().get("/projects.atom"))
