"""The wall on a screen at which nobody has come in: hung by a key, taken down at once, telling no more than it may."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
from django.test import Client

from luodi.areas.projects import actions
from luodi.areas.projects.desk.hung_page import COOKIE, HUNG, WRONG_KEYS
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.models import Account, Token
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.desk.case_desk import counted, text_of

pytestmark = pytest.mark.django_db
SCREENS = "/desk/projects/wall/screens"
APRIL = dt.date(2026, 4, 1)
PLAN = tuple(amount * WAN for amount in (0, 0, 1_000, 2_000, 2_000, 2_000, 1_000, 1_000, 1_000, 0, 0, 0))


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    WRONG_KEYS.forget()
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    """A project with a plan, a month told and a figure of statistics."""
    with at(3, 20):
        made = town.started(project=town.project("岚谷冷链中心"))
        actions.set_plan(made, 2026, PLAN, by=town.actors["综合科"])
    with at(5, 2):
        town.reported(made, APRIL, 1_234 * WAN, 10)
    return made


def office(town: ProjectTown, post: str = "综合科") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors[post].account))
    return client


def given(client: Client, name: str = "三楼会议室", days: str = "90") -> str:
    """The address that the office is shown once."""
    answer = client.post(SCREENS, {"name": name, "days": days})
    assert answer.status_code == 200, text_of(answer)
    match = re.search(r"/desk/projects/wall/hang/[\w-]+", answer.content.decode())
    assert match is not None
    return match[0]


def hung(address: str) -> Client:
    """The screen's own browser, in which the address was opened."""
    screen = Client()
    answer = screen.get(address)
    assert (answer.status_code, answer["Location"]) == (302, HUNG)
    assert answer["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, HUNG, "Lax")
    return screen


def test_it_shows_the_wall_for_weeks_without_a_log_in(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        screen = hung(given(office(town)))
    for day in (1, 13, 29):
        with at(6, day):
            answer = screen.get(HUNG)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "岚谷冷链中心" in page
        assert ">1234<" in page
        assert "/desk/projects/p" not in page, "nothing leads to where somebody would have to come in"
        assert f'hx-get="{HUNG}"' in page
        assert answer["Cache-Control"] == "no-store"
    assert Token.objects.get(kind="screen").used_on == dt.date(2026, 6, 29)
    with at(9, 1):
        assert screen.get(HUNG).status_code == 404, "ninety days are over"


def test_it_does_not_tell_what_statistics_gave_of_one_firm(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 3):
        actions.enter_library(
            file,
            "statistical",
            by=town.actors["综合科"],
            since=dt.date(2026, 4, 10),
            paper="统计联网直报平台回执",
        )
        actions.import_statistics(
            file, APRIL, 777 * WAN, by=town.actors["综合科"], as_of=dt.date(2026, 4, 30), paper="统计月报"
        )
        client = office(town)
        assert "777" in text_of(client.get("/desk/projects/wall"))
        screen = hung(given(client))
        shown = text_of(screen.get(HUNG))
    assert "岚谷冷链中心" in shown
    assert "777" not in shown
    assert "统计当月" not in shown


def test_taken_down_it_shows_nothing_and_opens_nothing(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        client = office(town)
        address = given(client)
        screen = hung(address)
        token = Token.objects.get(kind="screen")
        assert screen.get(HUNG).status_code == 200
        listed = text_of(client.get(SCREENS))
        assert "三楼会议室" in listed
        assert token.token_hash not in listed
        client.post(f"{SCREENS}/{token.id}/revoke")
        answer = screen.get(HUNG)
        assert answer.status_code == 404
        # the script replaces the wall by what it is sent under the same name
        assert 'id="wall"' in answer.content.decode()
        assert "岚谷冷链中心" not in text_of(answer)
        assert Client().get(address).status_code == 404
        again = client.post(f"{SCREENS}/{token.id}/revoke")
        assert again.status_code == 409
    kinds = [event.kind for event in Event.objects.filter(kind__startswith="token.").order_by("id")]
    assert kinds == ["token.made", "token.used", "token.revoked"]


def test_who_leaves_the_post_takes_the_screen_along(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        screen = hung(given(office(town)))
        assert screen.get(HUNG).status_code == 200
    with at(6, 10):
        appointment = town.posts["综合科"].appointments.get()
        register.end_appointment(appointment, until=dt.date(2026, 6, 9), by=SYSTEM)
        assert screen.get(HUNG).status_code == 404


def test_a_key_of_another_kind_hangs_nothing(town: ProjectTown, file: ProjectFile) -> None:
    account = Account.objects.get(pk=town.actors["综合科"].account)
    with at(6, 1):
        _, raw = tokening.make_calendar(account, town.posts["综合科"], by=town.actors["综合科"])
        assert Client().get(f"/desk/projects/wall/hang/{raw}").status_code == 404
        screen = hung(given(office(town)))
        key = screen.cookies[COOKIE].value
        assert Client().get(f"/calendar/{key}.ics").status_code == 404
        assert screen.get("/desk/projects/wall").status_code == 302, "it has come in nowhere else"


def test_guessing_is_slowed_down_and_nothing_of_it_is_logged(
    town: ProjectTown, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with at(6, 1):
        client = Client()
        answers = [client.get(f"/desk/projects/wall/hang/guessed{n}").status_code for n in range(40)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert "guessed" not in caplog.text


@pytest.mark.parametrize(
    ("name", "days", "words"),
    [("", "90", "应为1至40字"), ("会" * 41, "90", "应为1至40字"), ("三楼", "36500", "可用30、90、365")],
)
def test_a_screen_needs_a_place_and_an_end(town: ProjectTown, name: str, days: str, words: str) -> None:
    with at(6, 1):
        answer = office(town).post(SCREENS, {"name": name, "days": days})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Token.objects.exists()


def test_as_many_queries_for_many_projects(town: ProjectTown, file: ProjectFile) -> None:
    with at(6, 1):
        screen = hung(given(office(town)))
        screen.get(HUNG)
        with counted() as few:
            screen.get(HUNG)
        for number in range(6):
            town.started(project=town.project(f"第{number + 2}号工地"))
        with counted() as many:
            screen.get(HUNG)
    assert many == few
