"""The first hour of a district, through the front door: founding, units and people, the office's own list."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from luodi.desk.first_hour.setup_code import founding_address, setup_code
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account, Grant
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.store import path_of
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.models import Appointment, District, Person, Post, Unit
from luodi.kernel.sheets.models import Mapping
from tests.kernel.sheets import HEADER, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
PASSWORD = "松湾路上的第三棵老树"
FOUNDING = {
    "name": "青岚区",
    "code": "990199",
    "shape": "urban_district",
    "city": "云川市",
    "unit": "青岚区人民政府办公室",
    "post": "督查室主任",
    "person": "甲某",
    "login": "first",
    "password": PASSWORD,
    "again": PASSWORD,
}
PEOPLE = [
    ("单位名称", "单位简称", "上级单位", "职务", "姓名", "手机号", "登录名", "角色"),
    ("青岚区教育局", "教体局", "青岚区人民政府", "局长", "乙某某", "13800001234", "bureau", "填报员"),
    ("青岚区教育局", None, "青岚区人民政府", "科员", "丙某某", None, None, None),
    ("青岚区人民政府", None, None, None, None, None, None, None),
    ("青岚区审计局", None, None, "局长", "丁某某", "12", None, None),
]
PROMISES = [
    ("青岚区2026年重点任务分解表",),
    HEADER,
    (1, "建10所幼儿园", "教育局", "区住建局、各镇街", "12月底"),
    (2, "修通环城路", "区交通局", None, 2026.3),
    (3, "栽树", "区教育局", None, "尽快"),
]


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def inside(client: Client) -> Client:
    """The first administrator has founded the district and come in."""
    client.post("/desk/first-hour/found", {**FOUNDING, "setup": setup_code()})
    client.post("/desk/login", {"login": "first", "password": PASSWORD})
    return client


def send(client: Client, use: str, rows: Any, **given: Any) -> str:
    """Send a sheet; the address its screens stand below."""
    sheet = SimpleUploadedFile("表.xlsx", workbook(rows, **given))
    answer = client.post(f"/desk/first-hour/send/{use}", {"sheet": sheet})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"]).removesuffix("/columns")


def confirm(client: Client, place: str, **given: str) -> Any:
    """Accept what is proposed for each column."""
    page = client.get(f"{place}/columns")
    assert page.status_code == 200, text_of(page)
    chosen = {f"column-{one.column.index}": field for one, field in page.context["columns"]}
    return client.post(f"{place}/columns", {**chosen, "year": page.context["year"] or "", **given})


def test_a_district_is_founded_with_the_code_only_and_once(client: Client) -> None:
    wrong = client.post("/desk/first-hour/found", {**FOUNDING, "setup": "guess"})
    assert (wrong.status_code, District.objects.count()) == (422, 0)
    assert PASSWORD not in text_of(wrong)
    form = client.get(founding_address())
    assert setup_code() in text_of(form)
    done = client.post("/desk/first-hour/found", {**FOUNDING, "setup": setup_code()})
    assert (done.status_code, done["Location"]) == (302, "/desk/login?next=/desk/first-hour")
    there = District.objects.get()
    assert (there.name, there.kind, there.shape) == ("青岚区", "real", "urban_district")
    assert set(Grant.objects.values_list("role", flat=True)) == {"administrator", "office"}
    assert not (Path(settings.DATA) / "keys" / "first-hour.code").exists()
    again = client.post("/desk/first-hour/found", {**FOUNDING, "name": "乙区", "setup": setup_code()})
    assert again.status_code == 302
    assert District.objects.count() == 1


def test_what_is_refused_at_founding_leaves_nothing(client: Client) -> None:
    for wrong in (
        {"password": "1234567890"},
        {"code": "12"},
        {"again": "x"},
        {"login": "！"},
        {"person": ""},
    ):
        answer = client.post(
            "/desk/first-hour/found",
            {**FOUNDING, "again": wrong.get("password", PASSWORD), **wrong, "setup": setup_code()},
        )
        assert answer.status_code == 422, wrong
        assert "青岚区人民政府办公室" in text_of(answer)
    assert (District.objects.count(), Unit.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_nobody_from_outside_sees_the_screens(client: Client) -> None:
    for path in ("", "/blank/promises.xlsx", f"/{'0' * 32}/preview"):
        assert client.get(f"/desk/first-hour{path}")["Location"].startswith("/desk/login")


def test_units_posts_and_people_come_from_one_sheet_once(inside: Client) -> None:
    before = (Unit.objects.count(), Person.objects.count())
    place = send(inside, "register", PEOPLE)
    assert confirm(inside, place)["Location"] == f"{place}/preview"
    shown = inside.get(f"{place}/preview")
    assert "3行可以录，1行有问题" in text_of(shown)
    inside.post(f"{place}/enter")
    education = Unit.objects.get(name="青岚区教育局")
    assert education.parent is not None
    assert (education.parent.name, education.short_name) == ("青岚区人民政府", "教体局")
    assert (Unit.objects.count(), Person.objects.count()) == (before[0] + 2, before[1] + 2)
    head = Post.objects.get(title="局长")
    assert (head.is_leader, head.is_sole) == (True, True)
    assert Account.objects.filter(login="bureau", credential__password="").exists()
    counted = Event.objects.count()
    second = send(inside, "register", PEOPLE)
    confirm(inside, second)
    inside.post(f"{second}/enter")
    assert Event.objects.count() == counted
    assert Appointment.objects.filter(person__name="乙某某").count() == 1
    assert not KeptFile.objects.exists()


def test_a_sheet_that_is_in_whole_is_laid_by_no_longer(inside: Client) -> None:
    place = send(inside, "register", PEOPLE[:4])
    confirm(inside, place)
    assert inside.post(f"{place}/enter")["Location"] == "/desk/first-hour"
    assert not list((Path(settings.DATA) / "staged").iterdir())


def test_where_each_row_came_from_is_written_down_and_no_name_is(inside: Client) -> None:
    place = send(inside, "register", PEOPLE)
    confirm(inside, place)
    inside.post(f"{place}/enter")
    note = Event.objects.get(kind="sheet.entered")
    assert Unit.objects.get(name="青岚区教育局").id in note.closed
    assert "任务分解表!A2" in note.closed
    for event in Event.objects.all():
        assert "乙某某" not in event.payload + event.closed
        assert "13800001234" not in event.payload + event.closed
    inside.post(f"{place}/drop")
    assert not list((Path(settings.DATA) / "staged").iterdir())
    invited = text_of(inside.post("/desk/first-hour/invitations"))
    assert "/desk/link/" in invited
    assert "bureau" in invited


def test_whoever_comes_in_by_an_outer_log_in_needs_no_invitation(inside: Client) -> None:
    place = send(inside, "register", PEOPLE)
    confirm(inside, place)
    inside.post(f"{place}/enter")
    assert inside.get("/desk/first-hour").context["waiting"] == 1
    account = Account.objects.get(login="bureau")
    token = accounts.issue_binding(account, by=SYSTEM)
    accounts.bind_outer(token, issuer="https://outer.example", subject="17")
    assert inside.get("/desk/first-hour").context["waiting"] == 0
    assert "/desk/link/" not in text_of(inside.post("/desk/first-hour/invitations"))


def test_the_office_s_own_list_goes_onto_the_board_with_its_cells(inside: Client) -> None:
    education = Unit.objects.filter(name="青岚区教育局")
    people = send(inside, "register", PEOPLE)
    confirm(inside, people)
    inside.post(f"{people}/enter")
    place = send(inside, "promises", PROMISES)
    assert "year" in inside.get(f"{place}/columns").context
    confirm(inside, place)
    first = inside.get(f"{place}/preview")
    assert "0件可以录，3件有问题" in text_of(first)
    assert [match.name for match, _ in first.context["open_units"]] == ["区住建局", "区交通局"]
    inside.post(f"{place}/units", {"name": ["区住建局", "区交通局"], "unit": ["leave", "new"]})
    assert "2件可以录，1件有问题" in text_of(inside.get(f"{place}/preview"))
    inside.post(f"{place}/enter")
    school, road = Commitment.objects.order_by("number")
    assert (school.title, school.lead_unit.name) == ("建10所幼儿园", education.get().name)
    assert (school.origin_cell, school.year, school.leader_post.title) == ("任务分解表!A3:E3", 2026, "局长")
    assert road.lead_unit.name == "区交通局"
    assert road.targets.get().due_until == dt.date(2026, 3, 31)
    kept = school.origin_file
    assert kept is not None
    assert path_of(Path(settings.DATA), kept.sha256).exists()
    assert not kept.is_public
    assert "0件可以录，1件有问题，2件已经在了" in text_of(inside.get(f"{place}/preview"))


def test_a_list_sent_twice_gives_nothing_twice_and_its_layout_is_remembered(inside: Client) -> None:
    place = send(inside, "promises", PROMISES)
    confirm(inside, place)
    names = {"name": ["教育局", "区教育局", "区住建局", "区交通局"], "unit": ["new", "new", "leave", "new"]}
    inside.post(f"{place}/units", names)
    inside.post(f"{place}/enter")
    entered = Commitment.objects.count()
    assert (entered, Mapping.objects.count()) == (2, 1)
    assert Unit.objects.filter(name__endswith="教育局").count() == 1
    inside.post(f"{place}/enter")
    second = send(inside, "promises", PROMISES)
    page = inside.get(f"{second}/columns")
    assert "上次由人确认过" in text_of(page)
    confirm(inside, second)
    inside.post(f"{second}/units", names)
    inside.post(f"{second}/enter")
    assert (Commitment.objects.count(), Mapping.objects.count()) == (entered, 1)


def test_the_sheet_comes_back_with_its_faults_marked(inside: Client) -> None:
    place = send(inside, "promises", PROMISES)
    confirm(inside, place)
    answer = inside.get(f"{place}/returned.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert "尽快" in sheet["E5"].comment.text
    assert sheet["G2"].value == "问题"


def test_a_sheet_is_its_sender_s_alone_and_what_cannot_be_read_is_said(inside: Client) -> None:
    place = send(inside, "promises", PROMISES)
    people = send(inside, "register", PEOPLE)
    confirm(inside, people)
    inside.post(f"{people}/enter")
    raw = inside.post(
        "/desk/first-hour/send/promises",
        {"sheet": SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99)},
    )
    assert (raw.status_code, "另存为" in text_of(raw)) == (422, True)
    assert inside.post("/desk/first-hour/send/promises").status_code == 422
    assert inside.get(f"/desk/first-hour/{'0' * 32}/preview").status_code == 409
    assert inside.post(f"{place}/columns", {"top": "9", "bottom": "3"}).status_code == 422
    assert inside.post(f"{place}/columns", {"column-1": "number"}).status_code == 422
    from luodi.desk.first_hour.staged import staged
    from luodi.kernel.refusal import Refusal

    with pytest.raises(Refusal):
        staged(place.rsplit("/", 1)[-1], Account.objects.get(login="bureau").id)


def test_blank_sheets_are_read_back_as_headers_only(inside: Client) -> None:
    from luodi.kernel.sheets.open_book import open_book
    from luodi.kernel.sheets.proposing import missing, propose
    from luodi.kernel.sheets.table import read_table

    for use in ("promises", "register"):
        table = read_table(open_book(inside.get(f"/desk/first-hour/blank/{use}.xlsx").content).sheets[0])
        assert table.rows == ()
        assert missing(use, {one.column.index: one.field for one in propose(use, table)}) == []
