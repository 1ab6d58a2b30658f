"""Requests that nobody sends from our own pages: from other sites, again, by guessing, too many files, to addresses made up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.clocks.now import held_at
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.evidence import sending
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from tests.database import standing
from tests.desk.promise_desk import hired
from tests.desk.test_permission_matrix import desk_addresses
from tests.desk.whole_desk import DAY, PASSWORD, TODAY, Desk, furnished
from tests.desk.whole_desk_pages import ELSEWHERE, FILES, VISITS, address_of
from tests.kernel.sheets import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
_WRITES = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b.*?\"(\w+)\"", re.IGNORECASE | re.DOTALL)
# written for whoever looks: where they are, what they look at just now, what they were shown
OWN_TRACES = {"django_session", "luodi_review_lease", "luodi_accounts_session"}
ODD = ("zzzzzzzzzzzzzz", "c" + "z" * 400, "..", "'", "%F0%9F%98%80", "%3Cb%3E")


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture(scope="module")
def standing_desk(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Desk]]:
    """Furnished once for all."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("standing"), furnished) as begun:
        yield begun


@pytest.fixture
def desk(standing_desk: Callable[[Path], Desk], data_folder: Path) -> Iterator[Desk]:
    with held_at(TODAY):
        yield standing_desk(data_folder)


@pytest.fixture
def almighty(desk: Desk) -> Client:
    """Somebody with every role."""
    roles = ("administrator", "office", "reviewer", "reporter", "verifier", "leader")
    client = Client()
    client.force_login(hired(desk.town.units["区民政局"], *roles))
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@contextmanager
def written() -> Iterator[list[str]]:
    """Within: the tables that are written to, but for the traces of who looks."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (match := _WRITES.match(sql)) and match[1] not in OWN_TRACES:
            found.append(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def test_looking_changes_nothing(desk: Desk) -> None:
    wrong = {}
    for visits in (*VISITS.values(), *FILES.values()):
        for login, form in visits:
            client = desk.inside(login) if login else Client()
            with written() as tables:
                answer = client.get(address_of(form, desk))
                if answer.streaming:
                    list(answer.streaming_content)
            if tables or answer.status_code not in (200, 302):
                wrong[f"{login} {form}"] = (answer.status_code, tables)
    assert wrong == {}


def test_what_only_acts_refuses_to_be_looked_at(almighty: Client) -> None:
    wrong = {}
    for name, address in desk_addresses().items():
        with written() as tables:
            answer = almighty.get(address)
        if tables or (
            name not in (*VISITS, *FILES, *ELSEWHERE) and answer.status_code not in (302, 403, 404, 405)
        ):
            wrong[name] = (answer.status_code, tables)
    assert wrong == {}


def test_another_site_can_send_nothing(desk: Desk) -> None:
    """Without our token, and with it from elsewhere."""
    client = Client(enforce_csrf_checks=True)
    client.get("/desk/login")
    come_in = {
        "login": "guanli",
        "password": PASSWORD,
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
    }
    assert client.post("/desk/login", come_in)["Location"] == "/desk/"
    assert client.cookies["sessionid"]["samesite"] in ("Lax", "Strict")
    client.get("/desk/me/password")
    token = client.cookies["csrftoken"].value
    pages = {form for visits in VISITS.values() for _, form in visits}
    addresses = {*desk_addresses().values(), *(address_of(form, desk) for form in pages)}
    before = Event.objects.count()
    let_through = []
    for address in sorted(addresses):
        plain = client.post(address, {"reason": "x"})
        foreign = client.post(
            address, {"csrfmiddlewaretoken": token}, headers={"Origin": "https://elsewhere.example"}
        )
        if not {plain.status_code, foreign.status_code} <= {403, 404, 405}:
            let_through.append((address, plain.status_code, foreign.status_code))
    assert let_through == []
    assert Event.objects.count() == before


def test_the_same_form_sent_twice_does_its_work_once(desk: Desk) -> None:
    promise, town = desk.made["背街小巷"], desk.town
    forms = {
        ("zhujian", f"/desk/promises/{promise}/report"): {
            "number": "18.2", "unit": "公里", "as_of": DAY.isoformat(), "note": "又铺了一段",
        },
        ("ducha", f"/desk/promises/{desk.made['退回']}/drop"): {"reason": "并到别处了"},
        ("shenji", f"/desk/promises/{desk.made['报完']}/send-back"): {"reason": "看不清"},
        ("guanli", "/desk/directory/units/new"): {"name": "区林业局", "kind": "government"},
        ("guanli", f"/desk/directory/units/{town.units['区教育局'].id}/alias"): {"name": "教体"},
        ("guanli", f"/desk/directory/posts/{desk.made['post']}/role"): {"role": "leader"},
    }  # fmt: skip
    twice = {}
    for (login, address), fields in forms.items():
        client = desk.inside(login)
        page = client.get(
            address if "/promises/" in address or address.endswith("/new") else address.rsplit("/", 1)[0]
        )
        keys = {name: page.context[name] for name in ("version", "key") if name in page.context}
        for form in [*page.context.get("forms", ()), page.context.get("form")]:
            if form is not None and getattr(form, "address", "") == address:
                keys["key"] = form.key
        first = client.post(address, {**keys, **fields})
        count = Event.objects.count()
        again = client.post(address, {**keys, **fields})
        if first.status_code != 302 or Event.objects.count() != count or again.status_code >= 500:
            twice[address] = (first.status_code, text_of(first)[-3000:], Event.objects.count() - count)
    assert twice == {}


def test_a_sheet_entered_twice_is_entered_once(desk: Desk) -> None:
    for login, address in (
        ("zhujian", f"/desk/promises/month/{desk.made['month']}/enter"),
        ("ducha", f"/desk/first-hour/{desk.made['list']}/enter"),
        ("guanli", f"/desk/first-hour/{desk.made['people']}/enter"),
    ):
        client = desk.inside(login)
        client.post(address)
        rows = Event.objects.exclude(kind__in=("sheet.kept", "mapping.confirmed")).count()
        client.post(address)
        assert Event.objects.exclude(kind__in=("sheet.kept", "mapping.confirmed")).count() == rows, address


def test_a_judgement_sent_twice_and_a_link_used_twice_count_once(desk: Desk) -> None:
    statement = StatementKey.objects.get(pk=desk.made["hostile statement"])
    fuhe = desk.inside("fuhe")
    page = fuhe.get(f"/desk/review/{statement.id}")
    sent = {"reading": page.context["reading"].id, "reason": "4"}
    assert fuhe.post(f"/desk/review/{statement.id}/refuse", sent).status_code == 302
    count = Event.objects.count()
    assert fuhe.post(f"/desk/review/{statement.id}/refuse", sent).status_code in (302, 409)
    assert Event.objects.count() == count
    visitor = Client()
    visitor.get(f"/desk/link/{desk.made['link']}")
    password = {"password": "青石桥边的另一棵老槐树", "again": "青石桥边的另一棵老槐树"}
    assert visitor.post("/desk/link", password).status_code == 302
    second = Client()
    second.get(f"/desk/link/{desk.made['link']}")
    assert second.post("/desk/link", password).status_code == 410


def test_what_is_another_s_is_not_got_by_knowing_its_number(desk: Desk) -> None:
    other = Client()
    other.force_login(hired(desk.town.units["区民政局"], "reporter", "reviewer"))
    reporter = desk.made
    held = sending.begin("现场.jpg", 4, desk.accounts["zhujian"].id)
    answers = {
        "another unit's report": other.get(f"/desk/promises/{reporter['背街小巷']}/report"),
        "another's month": other.get(f"/desk/promises/month/{reporter['month']}"),
        "another's month, entered": other.post(f"/desk/promises/month/{reporter['month']}/enter"),
        "another's copy": other.get(f"/desk/promises/month/{reporter['month']}/returned.xlsx"),
        "a piece of it": other.post(
            f"/desk/evidence/upload/{held.key}?at=0", b"abcd", content_type="application/octet-stream"
        ),
        "its end": other.post(f"/desk/evidence/upload/{held.key}/end", {"sha256": "0" * 64}),
        "the original": other.post(f"/desk/evidence/{reporter['evidence']}/original"),
        "another's hand-over": other.get(f"/desk/directory/hand-overs/{reporter['hand over']}"),
        "its signature": other.post(
            f"/desk/directory/hand-overs/{reporter['hand over']}/sign", {"side": "given"}
        ),
        "another's account": other.get(f"/desk/accounts/{reporter['account']}"),
        "another's phone": other.post(f"/desk/directory/people/{reporter['person']}/show/phone"),
    }
    # asked where an upload is, the same is said of another's and of one that never was
    uploads = [other.get(f"/desk/evidence/upload/{key}") for key in (held.key, "0" * len(held.key))]
    assert [answer.json()["code"] for answer in uploads] == ["upload-gone", "upload-gone"]
    assert uploads[0].content == uploads[1].content
    assert {
        name: a.status_code for name, a in answers.items() if a.status_code not in (403, 404, 409, 422)
    } == {}
    assert held.offset == 0
    keeper = desk.inside("guanli")
    assert keeper.get(f"/desk/first-hour/{reporter['list']}/preview").status_code == 409
    session = desk.accounts["zhujian"].sessions.order_by("id").last()  # type: ignore[attr-defined]
    if session is not None:
        other.post(f"/desk/me/session/{session.id}/end")
        session.refresh_from_db()
        assert session.ended_at is None


def test_a_report_on_another_unit_s_promise_is_refused_even_with_its_form(desk: Desk) -> None:
    address = f"/desk/promises/{desk.made['背街小巷']}/report"
    page = desk.inside("zhujian").get(address)
    keys = {"version": page.context["version"], "key": page.context["key"]}
    other = Client()
    other.force_login(hired(desk.town.units["区民政局"], "reporter"))
    before = Event.objects.count()
    answer = other.post(
        address, {**keys, "number": "18.6", "unit": "公里", "as_of": DAY.isoformat(), "note": ""}
    )
    assert answer.status_code in (403, 409, 422)
    assert Event.objects.count() == before


def is_gone(answer: Any) -> bool:
    """Whether it says that there is no such upload: an answer, not a page."""
    return answer["Content-Type"] == "application/json" and answer.json().get("code") == "upload-gone"


def test_made_up_addresses_are_no_faults_of_ours(almighty: Client) -> None:
    for address in desk_addresses().values():
        for odd in ODD if "c0000000000000" in address else ():
            made_up = address.replace("c0000000000000", odd)
            for method in ("get", "post"):
                answer = getattr(almighty, method)(made_up)
                assert answer.status_code < 500, (method, made_up)
                if method == "get" and odd != "..":
                    told = is_gone(answer) or made_up.endswith((".csv", ".xlsx"))
                    assert answer.status_code != 200 or told, made_up


def test_more_files_than_are_taken_are_refused_in_words(desk: Desk) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(101)]
    answer = desk.inside("fuhe").post("/desk/intake", {"files": files})
    assert answer.status_code == 400
    assert "最多100份" in text_of(answer)
    fields = {f"name{n}": "x" for n in range(1_001)}
    assert "最多1000个" in text_of(desk.inside("fuhe").post("/desk/intake", fields))
    long = desk.inside("fuhe").post("/desk/intake", {"text": "字" * 1_500_000})
    assert long.status_code in (400, 413)
    assert "没有收下" in text_of(long) or "太" in text_of(long)


def test_an_account_that_was_closed_is_out_at_once(desk: Desk) -> None:
    client = desk.inside("zhujian")
    assert client.get("/desk/promises").status_code == 200
    accounts.close_account(desk.accounts["zhujian"], by=SYSTEM)
    assert client.get("/desk/promises").status_code == 302
    sheet = SimpleUploadedFile("表.xlsx", workbook([("任务", "目前完成"), ("甲", 1)]))
    assert client.post("/desk/promises/month/send", {"sheet": sheet})["Location"].startswith("/desk/login")


def test_a_nul_in_words_is_no_fault_of_ours(desk: Desk) -> None:
    """No person types it, and PostgreSQL keeps no text with one."""
    office = desk.inside("ducha")
    for address in (
        "/search?q=%00",
        "/?q=%00",
        "/desk/promises?q=%00",
        "/desk/review/list?topic=%00",
        "/d/?q=%00",
    ):
        assert office.get(address).status_code < 500, address
    for address in (f"/desk/promises/{desk.made['背街小巷']}/drop", f"/wrong/{desk.made['背街小巷']}"):
        answer = office.post(address, {"reason": "\0", "text": "枫桥街还在挖\0"})
        assert answer.status_code == 400
        assert "没有收下" in text_of(answer)
