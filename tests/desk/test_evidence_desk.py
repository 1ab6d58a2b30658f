"""Evidence through the front door: sent in pieces or with the form, seen before, looked at, the original for a few."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import day_of, today
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.commitments.models import Report, Verification
from luodi.kernel.evidence import sending
from luodi.kernel.files.models import KeptFile
from luodi.kernel.files.serving import POLICY
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.register import actions as register
from luodi.pages.security import POLICY as PAGES
from tests.desk.evidence_form import Addresses
from tests.kernel.pictures import CHANGES, as_jpeg, exif_of, opened, scene, telling_jpeg
from tests.kernel.promises import District, founded, ten_by_new_year
from tests.kernel.test_evidence_photos import secrets_in

pytestmark = pytest.mark.django_db
PASSWORD = "松湾路上的第三棵老树"
PHOTO = telling_jpeg(scene(1), exif_of())
UPLOAD = "/desk/evidence/upload"
ComeIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch, settings: Any, data_folder: Path) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    settings.ROOT_URLCONF = Addresses


@pytest.fixture
def district() -> District:
    return founded()


@pytest.fixture
def come_in(district: District) -> ComeIn:
    def one(unit: str, *roles: str) -> Client:
        number = Event.objects.count()
        person = register.enter_person(name="甲", by=SYSTEM)
        account = accounts.create_account(person, login=f"name{number}", by=SYSTEM)
        accounts.set_password(account, PASSWORD, by=SYSTEM)
        post = register.create_post(title=f"{unit}科员{number}", unit=district.units[unit], by=SYSTEM)
        register.appoint(person, post, since=today(), by=SYSTEM)
        for role in roles:
            accounts.grant(post, role, by=SYSTEM)
        client = Client()
        assert client.post("/desk/login", {"login": account.login, "password": PASSWORD}).status_code == 302
        client.account = account  # type: ignore[attr-defined]
        return client

    return one


def send(client: Client, raw: bytes = PHOTO, name: str = "现场.jpg", piece: int = 10_000) -> Any:
    """As the script does: announce, send the pieces, say that this was all."""
    begun = client.post(UPLOAD, {"name": name, "size": len(raw)})
    if begun.status_code != 201:
        return begun
    key = begun.json()["key"]
    for at in range(0, len(raw), piece):
        answer = client.post(
            f"{UPLOAD}/{key}?at={at}", raw[at : at + piece], content_type="application/octet-stream"
        )
        assert answer.json()["offset"] == min(at + piece, len(raw))
    ended = client.post(f"{UPLOAD}/{key}/end", {"sha256": hashlib.sha256(raw).hexdigest()})
    ended.key = key
    return ended


def text_of(response: Any) -> str:
    return str(response.content.decode())


def promise(district: District) -> str:
    return district.adopt(goal=ten_by_new_year(due_until=today().replace(month=12, day=31))).id


def test_a_photo_goes_in_by_pieces_and_becomes_evidence(district: District, come_in: ComeIn) -> None:
    ident = promise(district)
    client = come_in("区教育局", "reporter")
    told = send(client).json()
    assert (told["name"], told["words"], told["notes"], told["seen"]) == ("现场.jpg", "照片", [], [])
    done = client.post(f"/desk/try/{ident}", {"number": "3", "evidence-upload": send(client).key})
    assert done.status_code == 302
    report = Report.objects.get()
    assert report.evidence is not None
    assert report.evidence.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert report.evidence.photo.taken_at is not None
    assert len(list(sending.every())) == 1  # the one not used; what was used is spent


def test_without_script_the_form_brings_the_file_itself(district: District, come_in: ComeIn) -> None:
    ident = promise(district)
    client = come_in("区教育局", "reporter")
    refused = client.post(
        f"/desk/try/{ident}", {"note": "建好三所", "evidence": SimpleUploadedFile("现场.jpg", PHOTO)}
    )
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "已经传好" in shown
    key = shown.partition('name="evidence-upload" value="')[2][:32]
    assert client.post(f"/desk/try/{ident}", {"number": "3", "evidence-upload": key}).status_code == 302
    assert Report.objects.get().evidence is not None
    assert list(sending.every()) == []


@pytest.mark.parametrize("raw", [b"<!doctype html><script>alert(1)</script>", b"<svg onload=alert(1)/>"])
def test_a_forged_photo_is_refused_by_either_way(raw: bytes, district: District, come_in: ComeIn) -> None:
    ident = promise(district)
    client = come_in("区教育局", "reporter")
    answer = send(client, raw)
    assert (answer.status_code, answer.json()["code"]) == (422, "type-forged")
    form = client.post(
        f"/desk/try/{ident}", {"number": "3", "evidence": SimpleUploadedFile("现场.jpg", raw, "image/jpeg")}
    )
    assert form.status_code == 422
    assert "名字说是照片" in text_of(form)
    assert not KeptFile.objects.filter(sha256=hashlib.sha256(raw).hexdigest()).exists()
    assert list(sending.every()) == []


def test_a_broken_sending_is_gone_on_with_where_it_stopped(come_in: ComeIn) -> None:
    client = come_in("区教育局")
    key = client.post(UPLOAD, {"name": "现场.jpg", "size": len(PHOTO)}).json()["key"]
    client.post(f"{UPLOAD}/{key}?at=0", PHOTO[:500], content_type="application/octet-stream")
    assert client.get(f"{UPLOAD}/{key}").json() == {"offset": 500, "size": len(PHOTO)}
    for wrong in ("at=0", "at=900", "at=-5", "", "at=1e3"):
        again = client.post(f"{UPLOAD}/{key}?{wrong}", b"x", content_type="application/octet-stream")
        assert (again.status_code, again.json()) == (409, {"offset": 500})
    early = client.post(f"{UPLOAD}/{key}/end", {"sha256": "0" * 64})
    assert (early.status_code, early.json()) == (409, {"offset": 500})
    client.post(f"{UPLOAD}/{key}?at=500", PHOTO[500:], content_type="application/octet-stream")
    assert client.get(f"{UPLOAD}/{key}").json()["words"] == "照片"
    damaged = client.post(f"{UPLOAD}/{key}/end", {"sha256": "0" * 64})
    assert (damaged.status_code, damaged.json()["code"]) == (422, "upload-damaged")


def test_an_unfinished_upload_is_no_evidence(district: District, come_in: ComeIn) -> None:
    ident = promise(district)
    client = come_in("区教育局", "reporter")
    key = client.post(UPLOAD, {"name": "现场.jpg", "size": len(PHOTO)}).json()["key"]
    answer = client.post(f"/desk/try/{ident}", {"number": "3", "evidence-upload": key})
    assert answer.status_code == 422
    assert "还没有传完" in text_of(answer)
    assert not Report.objects.exists()


def test_an_upload_is_its_senders_alone_and_can_be_cancelled(district: District, come_in: ComeIn) -> None:
    ident = promise(district)
    client, other = come_in("区教育局", "reporter"), come_in("区教育局", "reporter")
    key = send(client).key
    asked = other.get(f"{UPLOAD}/{key}")
    assert (asked.status_code, asked.json().keys()) == (200, {"code", "message"})
    assert asked.json()["code"] == "upload-gone"
    for answer in (
        other.post(f"{UPLOAD}/{key}/cancel"),
        other.post(f"{UPLOAD}/{key}/end"),
        other.post(f"{UPLOAD}/{key}?at=0", b"x", content_type="application/octet-stream"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "upload-gone")
    stolen = other.post(f"/desk/try/{ident}", {"number": "3", "evidence-upload": key})
    assert stolen.status_code == 422
    assert client.post(f"{UPLOAD}/{key}/cancel").json() == {"dropped": True}
    assert client.get(f"{UPLOAD}/{key}").json()["code"] == "upload-gone"


def test_whoever_has_not_come_in_sends_nothing(client: Client) -> None:
    for address in (UPLOAD, f"{UPLOAD}/{'0' * 32}", f"{UPLOAD}/{'0' * 32}/end"):
        answer = client.post(address, {"name": "现场.jpg", "size": 3})
        assert answer["Location"].startswith("/desk/login")


def test_sending_needs_the_token_of_the_form(come_in: ComeIn) -> None:
    client = come_in("区教育局")
    client.handler.enforce_csrf_checks = True
    assert client.post(UPLOAD, {"name": "现场.jpg", "size": 3}).status_code == 403


def report_with(district: District, ident: str, raw: bytes, name: str = "现场.jpg") -> Report:
    return actions.report_progress(
        ident,
        by=district.actor("区教育局"),
        as_of=today(),
        number="3",
        unit="所",
        evidence=Upload(raw, name, is_public=True),
    )


def test_a_photo_handed_in_before_is_told_right_after_sending(district: District, come_in: ComeIn) -> None:
    first = promise(district)
    report_with(district, first, PHOTO)
    client = come_in("区住建局", "reporter")
    seen = send(client).json()["seen"]
    assert [each["href"] for each in seen] == [f"/desk/promises/{first}"]
    assert seen[0]["words"].startswith("同一份文件，区教育局")
    assert seen[0]["title"] == "年内建成10所幼儿园"
    sent_on = as_jpeg(CHANGES["sent on"](scene(1)))
    like = send(client, sent_on, "微信图片.jpg").json()["seen"]
    assert [each["href"] for each in like] == [f"/desk/promises/{first}"]
    assert "很像区教育局" in like[0]["words"]
    assert send(client, as_jpeg(scene(2)), "别处.jpg").json()["seen"] == []


def test_whoever_verifies_sees_where_the_photo_was_used_but_not_this_report(
    district: District, come_in: ComeIn
) -> None:
    from luodi.desk.evidence.seen_before import seen_elsewhere

    first, second = promise(district), promise(district)
    report_with(district, first, PHOTO)
    later = report_with(district, second, as_jpeg(CHANGES["half as large"](scene(1))))
    finding = actions.verify(
        later, by=district.actor("区审计局"), number="3", evidence=Upload(PHOTO, "核实.jpg")
    )
    assert later.evidence is not None
    seen = seen_elsewhere(later.evidence, besides=later.id)
    assert [each.href.rpartition("/")[2] for each in seen] == [first, second]
    assert [each.words.startswith("很像") for each in seen] == [True, True]
    assert "区审计局" in seen[1].words
    assert Verification.objects.get().id == finding.id
    page = text_of(come_in("区审计局", "verifier").get(f"/desk/evidence/{later.evidence_id}"))
    assert page.count("/desk/promises/") >= 3
    assert "请比一比" in page


def test_the_page_of_a_photo_tells_staff_when_and_about_where(district: District, come_in: ComeIn) -> None:
    report = report_with(district, promise(district), PHOTO)
    page = text_of(come_in("区审计局").get(f"/desk/evidence/{report.evidence_id}"))
    assert "拍于2026年8月30日14:32，东经117.554°、北纬34.860°一带" in page
    assert "LUODIPHONE" not in page
    assert "117.5535" not in page


@pytest.mark.parametrize("which", ["shown", "small"])
def test_the_picture_at_the_desk_holds_nothing_but_the_picture(
    which: str, district: District, come_in: ComeIn
) -> None:
    report = report_with(district, promise(district), PHOTO)
    answer = come_in("区审计局").get(f"/desk/evidence/{report.evidence_id}/{which}")
    raw = b"".join(answer.streaming_content)
    assert secrets_in(raw) == []
    assert max(opened(raw).size) <= 800
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == POLICY


def test_the_original_is_for_a_few_and_who_took_it_is_kept(district: District, come_in: ComeIn) -> None:
    report = report_with(district, promise(district), PHOTO)
    address = f"/desk/evidence/{report.evidence_id}"
    reporter, verifier = come_in("区教育局", "reporter"), come_in("区审计局", "verifier")
    assert "取原件" not in text_of(reporter.get(address))
    assert reporter.post(f"{address}/original").status_code == 403
    before = Event.objects.count()
    assert verifier.get(f"{address}/original").status_code == 405
    assert Event.objects.count() == before
    assert "取原件" in text_of(verifier.get(address))
    answer = verifier.post(f"{address}/original")
    assert b"".join(answer.streaming_content) == PHOTO
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/octet-stream"
    event = Event.objects.order_by("id").last()
    assert event is not None
    assert (event.kind, event.subject) == ("evidence.original_opened", report.evidence_id)
    assert event.account == verifier.account.id  # type: ignore[attr-defined]
    assert day_of(event.at) == today()


def test_the_kernel_itself_refuses_the_original(district: District) -> None:
    from luodi.kernel.evidence.actions import open_original
    from luodi.kernel.refusal import Refusal

    report = report_with(district, promise(district), PHOTO)
    assert report.evidence is not None
    before = Event.objects.count()
    for by in (SYSTEM, district.actor("区教育局")):
        with pytest.raises(Refusal) as refused:
            open_original(report.evidence, by=by)
        assert refused.value.code == "original-not-yours"
    assert Event.objects.count() == before


def test_evidence_that_is_no_photo_is_downloaded(district: District, come_in: ComeIn) -> None:
    report = report_with(district, promise(district), "<b>名册</b>三户".encode(), "名册.txt")
    client = come_in("区审计局")
    assert "下载看" in text_of(client.get(f"/desk/evidence/{report.evidence_id}"))
    answer = client.get(f"/desk/evidence/{report.evidence_id}/shown")
    assert b"".join(answer.streaming_content).endswith("三户".encode())
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_pages_keep_their_own_policy_and_files_the_stricter_one(district: District, come_in: ComeIn) -> None:
    report = report_with(district, promise(district), PHOTO)
    client = come_in("区审计局")
    assert client.get(f"/desk/evidence/{report.evidence_id}")["Content-Security-Policy"] == PAGES
    shown = client.get(f"/desk/evidence/{report.evidence_id}/shown")
    assert shown["Content-Security-Policy"] == POLICY
    assert b"".join(shown.streaming_content)


def test_nothing_is_told_of_evidence_that_is_not_there(come_in: ComeIn, client: Client) -> None:
    inside = come_in("区审计局", "verifier")
    for ident in ("f0000000000000", "upload-x", "c0000000000000"):
        assert inside.get(f"/desk/evidence/{ident}").status_code == 404
        assert inside.get(f"/desk/evidence/{ident}/shown").status_code == 404
        assert inside.post(f"/desk/evidence/{ident}/original").status_code == 404
        assert client.get(f"/desk/evidence/{ident}/shown").status_code == 302


def test_an_accepted_form_names_its_draft_and_a_refused_one_does_not(
    district: District, come_in: ComeIn
) -> None:
    ident = promise(district)
    client = come_in("区教育局", "reporter")
    token = "0a1b2c3d4e5f60718293a4b5"
    refused = client.post(f"/desk/try/{ident}", {"ld-draft": token})
    assert (refused.status_code, "ld-draft-sent" in refused.cookies) == (422, False)
    done = client.post(f"/desk/try/{ident}", {"number": "3", "ld-draft": token})
    assert done.cookies["ld-draft-sent"].value == token
    assert done.cookies["ld-draft-sent"]["path"] == "/desk/"
    forged = client.post(f"/desk/try/{ident}", {"number": "3", "ld-draft": "x; path=/"})
    assert "ld-draft-sent" not in forged.cookies
    outside = Client().post(f"/desk/try/{ident}", {"number": "3", "ld-draft": token})
    assert outside["Location"].startswith("/desk/login")
    assert "ld-draft-sent" not in outside.cookies


def test_a_page_of_evidence_costs_few_queries(
    district: District, come_in: ComeIn, django_assert_max_num_queries: Any
) -> None:
    for quality in (60, 70, 80, 90):
        report = report_with(district, promise(district), as_jpeg(scene(1), quality))
    client = come_in("区审计局", "verifier")
    with django_assert_max_num_queries(22):
        client.get(f"/desk/evidence/{report.evidence_id}")


def test_the_public_sees_a_photo_without_what_the_camera_wrote_and_only_where_it_is_public(
    district: District, client: Client
) -> None:
    ident = promise(district)
    shown = report_with(district, ident, PHOTO)
    inner = actions.report_progress(
        ident,
        by=district.actor("区教育局"),
        as_of=today(),
        number="4",
        unit="所",
        evidence=Upload(as_jpeg(scene(2)), "内部.jpg"),
    )
    answer = client.get(f"/f/{shown.evidence_id}")
    raw = b"".join(answer.streaming_content)
    assert secrets_in(raw) == []
    assert opened(raw).size == (800, 600)
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Content-Disposition"] == f"inline; filename*=UTF-8''{shown.evidence_id}.jpg"
    assert client.get(f"/f/{inner.evidence_id}").status_code == 404
    assert inner.evidence is not None
    assert client.get(f"/f/{inner.evidence.photo.shown_id}").status_code == 404
    page = text_of(client.get(f"/c/{ident}"))
    assert f'href="/f/{shown.evidence_id}"' in page
    assert f"/f/{inner.evidence_id}" not in page
    assert "117.55" not in page
    assert "现场.jpg" not in page
