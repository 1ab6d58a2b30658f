"""The month's report by link: no account, one project, one month, one contact; photos; two hands; who is late, and reminders."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.areas.projects import actions
from luodi.areas.projects.access import photos_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import MonthlyReport, ReportingLink
from luodi.desk.doors import door_of
from luodi.kernel.accounts.models import Account
from luodi.kernel.accounts.throttle import ONE_TIME_LINKS
from luodi.kernel.ledger.models import Event
from luodi.kernel.notices.models import Notice
from tests.areas.projects.project_town import WAN, ProjectTown, at, found, photo
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"
APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
GIVEN = {"done": "900", "paid": "", "percent": "12", "as_of": "2026-04-30", "text": "桩基完成"}


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    ONE_TIME_LINKS.forget()
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    with at(3, 20):
        return town.started(site="117.580000,34.770000")


def issued(town: ProjectTown, file: ProjectFile, side: str, contact: str, month: dt.date = APRIL) -> str:
    """The token of a link that the office gives out on the second of May."""
    with at(5, 2):
        return actions.issue_link(file, month, side, by=town.actors["综合科"], contact=contact)[1]


def come(token: str, client: Client | None = None) -> tuple[Client, str]:
    """A browser that has followed the link, and where it leads."""
    browser = client or Client()
    with at(5, 3):
        answer = browser.get(f"{BASE}/open/{token}")
    assert answer.status_code == 302, text_of(answer)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return browser, answer["Location"]


def office(town: ProjectTown, post: str = "综合科") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors[post].account))
    return client


def send(client: Client, where: str, **changed: Any) -> Any:
    with at(5, 3):
        return client.post(where, {**GIVEN, **changed})


def test_a_contact_fills_in_and_another_signs_without_accounts(town: ProjectTown, file: ProjectFile) -> None:
    filler, where = come(issued(town, file, "filler", "王填报"))
    with at(5, 3):
        form = text_of(filler.get(where))
    assert file.project.name in form
    assert "2026年4月的月报" in form
    shot = SimpleUploadedFile("现场.jpg", photo(), "image/jpeg")
    answer = send(filler, where, photo=shot, shot_on="2026-04-20", at_site="on")
    assert answer.status_code == 302, answer.context["faults"]
    report = MonthlyReport.objects.get()
    assert (report.done, report.paid, report.state, report.filler_post) == (900 * WAN, None, "filled", None)
    kept = photos_of(report).get()
    assert (kept.taken_on, kept.point, kept.by_hand) == (dt.date(2026, 4, 20), "117.580000,34.770000", True)
    with at(5, 3):
        assert "等单位负责人签字" in text_of(filler.get(where))
    assert send(filler, where).status_code == 409, "a second press writes nothing"
    head, desk = come(issued(town, file, "head", "李总"))
    with at(5, 3):
        page = head.get(desk)
        assert "900" in text_of(page)
        small = head.get(f"{desk}/{kept.id}")
        assert small.status_code == 200
        assert b"".join(small.streaming_content)
        assert filler.post(desk, {"answer": "sign"}).status_code == 410, (
            "the filler's browser is not the head's"
        )
        assert head.post(desk, {"answer": "sign", "report": "m0000000000000"}).status_code == 409
        assert head.post(desk, {"answer": "sign", "report": report.id}).status_code == 302
        assert "两方都签了" in text_of(head.get(desk))
    report.refresh_from_db()
    assert (report.state, report.head_link is not None) == ("signed", True)
    assert MonthlyReport.objects.count() == 1


def test_the_head_of_the_unit_signs_at_the_desk_what_came_by_link(
    town: ProjectTown, file: ProjectFile
) -> None:
    filler, where = come(issued(town, file, "filler", "王填报"))
    assert send(filler, where).status_code == 302
    report = MonthlyReport.objects.get()
    with at(5, 3):
        assert (
            office(town, "镇长")
            .post(f"{BASE}/{file.id}/reports/{report.id}/sign", {"answer": "sign"})
            .status_code
            == 409
        )
        assert (
            office(town, "总经理")
            .post(f"{BASE}/{file.id}/reports/{report.id}/sign", {"answer": "sign"})
            .status_code
            == 302
        )
    report.refresh_from_db()
    assert report.state == "signed"


@pytest.mark.parametrize("ticked", [True, False])
def test_the_public_sees_a_photo_only_where_it_was_ticked_and_both_have_signed(
    town: ProjectTown, file: ProjectFile, ticked: bool
) -> None:
    filler, where = come(issued(town, file, "filler", "王填报"))
    shot = SimpleUploadedFile("现场.jpg", photo(), "image/jpeg")
    more = {"photo-public": "on"} if ticked else {}
    assert send(filler, where, photo=shot, shot_on="2026-04-20", at_site="on", **more).status_code == 302
    report = MonthlyReport.objects.get()
    kept = photos_of(report).get().kept
    assert kept.is_public is ticked
    address = f"/g/{file.project_id}"
    head, desk = come(issued(town, file, "head", "李总"))
    with at(5, 3):
        assert f"/f/{kept.id}" not in text_of(Client().get(address))
        assert ("可以给大家看" in text_of(head.get(desk))) is ticked, "whoever signs knows"
        assert head.post(desk, {"answer": "sign", "report": report.id}).status_code == 302
        assert (f"/f/{kept.id}" in text_of(Client().get(address))) is ticked
        copy = Client().get(f"/f/{kept.id}")
        assert copy.status_code == (200 if ticked else 404)
        copy.close()


def test_faults_stand_at_their_fields_and_photos_are_not_sent_twice(
    town: ProjectTown, file: ProjectFile
) -> None:
    filler, where = come(issued(town, file, "filler", "王填报"))
    shot = SimpleUploadedFile("现场.jpg", photo(), "image/jpeg")
    answer = send(filler, where, percent="很多", photo=shot)
    assert (answer.status_code, list(answer.context["faults"])) == (422, ["percent"])
    (key,) = re.findall(r'name="photo-upload" value="([0-9a-f]{32})"', text_of(answer))
    assert "桩基完成" in text_of(answer)
    answer = send(filler, where, **{"photo-upload": key})
    assert (answer.status_code, list(answer.context["faults"])) == (409, ["photo"])
    assert "没有拍摄的时间或地点" in text_of(answer)
    for wrong, at_field in ((("shot_at", "工地"), "shot_at"), (("shot_on", "昨天"), "shot_on")):
        more = {"photo-upload": key, "shot_on": "2026-04-20", wrong[0]: wrong[1]}
        assert list(send(filler, where, **more).context["faults"]) == [at_field]
    table = SimpleUploadedFile("表.csv", "甲,乙".encode(), "text/csv")
    assert "不是照片" in send(filler, where, photo=table).context["faults"]["photo"]
    assert not MonthlyReport.objects.exists()
    more = {"photo-upload": key, "photo-drop": key}
    assert send(filler, where, **more).status_code == 302
    assert not photos_of(MonthlyReport.objects.get()).exists()


def test_a_link_that_is_not_good_opens_nothing_and_its_token_is_written_nowhere(
    town: ProjectTown, file: ProjectFile, caplog: pytest.LogCaptureFixture
) -> None:
    token = issued(town, file, "filler", "王填报")
    link = ReportingLink.objects.get()
    with caplog.at_level(logging.DEBUG), at(5, 3):
        stranger = Client().get(f"{BASE}/report/{link.id}")
        wrong = Client().get(f"{BASE}/open/{token}x")
        filler, where = come(token)
        assert filler.get(where).status_code == 200
        actions.revoke_link(link, by=town.actors["综合科"])
        assert filler.get(where).status_code == 410
        assert filler.post(where, GIVEN).status_code == 410
        assert Client().get(f"{BASE}/open/{token}").status_code == 410
    assert (stranger.status_code, wrong.status_code) == (410, 410)
    assert token not in caplog.text
    assert token not in where
    assert token not in "".join(Event.objects.values_list("payload", flat=True))
    assert token not in "".join(Event.objects.values_list("closed", flat=True))
    assert token not in str(dict(filler.session))
    assert not MonthlyReport.objects.exists()


def test_a_link_ends_after_thirty_days_in_a_browser_that_had_it_open(
    town: ProjectTown, file: ProjectFile
) -> None:
    filler, where = come(issued(town, file, "filler", "王填报"))
    with at(6, 5):
        assert filler.post(where, GIVEN).status_code == 410
    assert not MonthlyReport.objects.exists()


def test_guessing_is_slowed_down(town: ProjectTown, file: ProjectFile) -> None:
    client = Client()
    answers = {client.get(f"{BASE}/open/no-such-token-{number}").status_code for number in range(40)}
    assert answers == {410, 429}


def test_two_months_are_open_in_one_browser(town: ProjectTown, file: ProjectFile) -> None:
    filler, april = come(issued(town, file, "filler", "王填报"))
    _, may = come(issued(town, file, "filler", "王填报", MAY), filler)
    assert april != may
    with at(5, 3):
        assert "4月的月报" in text_of(filler.get(april))
        assert "5月的月报" in text_of(filler.get(may))


def test_a_signed_month_is_followed_by_another_version_with_its_reason(
    town: ProjectTown, file: ProjectFile
) -> None:
    with at(5, 2):
        town.reported(file, APRIL, 500 * WAN, 6)
    filler, where = come(issued(town, file, "filler", "王填报"))
    with at(5, 3):
        assert "再报一版" in text_of(filler.get(where))
        assert "改报的原因" in text_of(filler.get(f"{where}?again=1"))
    assert list(send(filler, where).context["faults"]) == ["reason"]
    assert send(filler, where, reason="少写了一笔").status_code == 302
    assert MonthlyReport.objects.filter(month=APRIL).count() == 2


def test_the_office_gives_a_link_once_and_takes_it_back(town: ProjectTown, file: ProjectFile) -> None:
    client, links = office(town), f"{BASE}/{file.id}/links"
    with at(5, 2):
        assert client.get(links).status_code == 200
        given = client.post(f"{links}/give", {"side": "filler", "month": "2026-04", "contact": "王填报"})
        (token,) = re.findall(rf"{BASE}/open/([\w-]+)", text_of(given))
        assert token not in text_of(client.get(links))
        same = client.post(f"{links}/give", {"side": "head", "month": "2026-04", "contact": "王填报"})
        assert same.status_code == 409
        assert "不能是同一个联系人" in text_of(same)
        link = ReportingLink.objects.get()
        assert client.post(f"{links}/{link.id}/revoke").status_code == 302
        assert client.post(f"{links}/{link.id}/revoke").status_code == 409
        assert office(town, "镇长").get(links).status_code == 403
    assert Client().get(f"{BASE}/open/{token}").status_code == 410


def test_who_is_late_is_listed_and_reminded_once_a_day(town: ProjectTown, file: ProjectFile) -> None:
    with at(3, 21):
        other = town.started(project=town.project("环湖绿道"), on=dt.date(2026, 3, 21))
    with at(5, 2):
        town.reported(other, APRIL, 500 * WAN, 6)
    client = office(town)
    with at(5, 9):
        page = client.get(f"{BASE}/late?month=2026-04")
        assert [(row.file, row.state, row.days) for row in page.context["rows"]] == [
            (file, "", 4), (other, "signed", 4),
        ]  # fmt: skip
        assert "迟了4天" in text_of(page)
        assert client.post(f"{BASE}/late/remind", {"file": "all", "month": "2026-04"}).status_code == 302
        told = Notice.objects.filter(what="reminder")
        assert {(each.subject, each.unit.name, each.says) for each in told} == {
            (file.id, "青岚冷链有限公司", "报4月的月报"), (file.id, "石桥镇", "报4月的月报"),
        }  # fmt: skip
        client.post(f"{BASE}/late/remind", {"file": file.id, "month": "2026-04"})
        assert told.all().count() == 2, "once a day"
        assert office(town, "镇长").post(f"{BASE}/late/remind", {"file": "all"}).status_code == 403
        notice = told.get(unit=town.units["石桥镇"])
        led = office(town, "镇长").post(f"/desk/notices/{notice.id}")
        assert led["Location"] == f"{BASE}/{file.id}"
    with at(5, 10):
        # a session does not last from one day to the next
        again = office(town).post(f"{BASE}/late/remind", {"file": file.id, "month": "2026-04"}, follow=True)
    assert told.all().count() == 4, text_of(again)


def test_the_pages_behind_a_link_are_the_only_open_ones_of_the_area() -> None:
    from luodi.areas.projects.desk.urls import urlpatterns

    is_open = {str(each.name) for each in urlpatterns if (door := door_of(each.callback)) and door.is_open}
    assert is_open == {
        "project-link",
        "project-by-link",
        "project-photo-by-link",
        "projects-hang",
        "projects-hung",
    }
    assert all(door_of(each.callback) is not None for each in urlpatterns)
