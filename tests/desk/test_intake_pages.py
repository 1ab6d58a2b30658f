"""Taking documents in through the front door, without script and as the script sends: what is seen, who may, nothing twice."""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from luodi.desk import bounds
from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.jobs import actions, limits, staging
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.jobs.working import Worker
from luodi.kernel.ledger.models import Event
from tests.desk.intake_desk import UNIT, adds_up, come_in, outcomes, page, work, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture
def desk() -> Client:
    return come_in("first", "reviewer")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def files(**given: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{name}.txt", raw) for name, raw in given.items()]


def hand_in(desk: Client, **form: Any) -> Job:
    answer = desk.post("/desk/intake", form)
    assert answer.status_code == 302, text_of(answer)
    return Job.objects.get(pk=answer["Location"].rsplit("/", 1)[-1])


def begin(desk: Client, expected: int) -> Job:
    answer = desk.post("/desk/intake", {"expected": str(expected)}, **SCRIPT)
    return Job.objects.get(pk=answer.json()["batch"])


def send(
    desk: Client, job: Job, name: str, raw: bytes, start: int = 0, end: int | None = None, **more: Any
) -> Any:
    sha = more.pop("sha", hashlib.sha256(raw).hexdigest())
    return desk.post(
        f"/desk/intake/{job.id}/part/{sha}?size={more.pop('size', len(raw))}&from={start}",
        raw[start:end],
        content_type="application/octet-stream",
        HTTP_X_FILE_NAME=quote(name, safe=""),
        **SCRIPT,
        **more,
    )


def test_files_sent_without_script_are_taken_in_and_the_page_tells_of_each(desk: Client) -> None:
    job = hand_in(
        desk, files=[*files(一=page(1), 空=b""), SimpleUploadedFile("坏.exe", b"MZ\0\0")], note="一月存档"
    )
    before = text_of(desk.get(f"/desk/intake/{job.id}"))
    assert "正在收3份文件，收完了1份" in before
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in before
    assert "http-equiv" not in text_of(desk.get(f"/desk/intake/{job.id}?still"))
    work()
    after = text_of(desk.get(f"/desk/intake/{job.id}"))
    assert "收完了：新收1份，早已有0份，拒收2份" in after
    assert "1＋0＋2＋0＝3" in after
    assert "坏.exe" in after
    assert "这是程序或脚本，不收" in after
    assert "http-equiv" not in after
    source = Source.objects.get()
    taken = text_of(desk.get(f"/desk/intake/{job.id}?show=taken"))
    assert f'href="/desk/documents/{source.id}"' in taken
    assert f'href="/desk/review?document={source.id}"' in taken
    assert f"{StatementKey.objects.count()}条，去复核" in taken
    listed = text_of(desk.get("/desk/intake"))
    assert "一月存档" in listed
    assert UNIT in listed


def test_pasted_text_comes_in_with_its_address(desk: Client) -> None:
    job = hand_in(desk, text=page(7).decode(), address=" https://news.example/7.htm ")
    work()
    assert outcomes(job) == {"粘贴的文字.txt": ("taken", "")}
    assert Source.objects.get().address == "https://news.example/7.htm"


def test_a_list_of_addresses_beside_the_files_tells_where_they_came_from(desk: Client) -> None:
    job = hand_in(
        desk,
        files=files(甲=page(1), 乙=page(2)),
        addresses="甲.txt\thttps://news.example/1.htm",
        list=SimpleUploadedFile("随便叫什么.csv", "乙.txt,https://news.example/2.htm\n".encode()),
    )
    work()
    assert set(Source.objects.values_list("address", flat=True)) == {
        "https://news.example/1.htm",
        "https://news.example/2.htm",
    }
    assert adds_up(job)
    assert (job.total, job.taken) == (2, 2)


def test_a_zip_comes_in_as_its_files(desk: Client) -> None:
    job = hand_in(
        desk, files=SimpleUploadedFile("存档.zip", zipped({"a/1.txt": page(1), "a/2.txt": page(2)}))
    )
    work()
    shown = text_of(desk.get(f"/desk/intake/{job.id}"))
    assert "存档.zip：展开2份" in shown
    assert "在存档.zip里" in shown


def test_nothing_given_is_said_and_what_was_typed_stays(desk: Client) -> None:
    answer = desk.post("/desk/intake", {"note": "留着", "addresses": "a.txt https://a.example/"})
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert "没有选文件" in text_of(answer)
    assert 'value="留着"' in text_of(answer)
    wrong = desk.post("/desk/intake", {"text": "年底前建成。", "address": "javascript:1"})
    assert (wrong.status_code, Job.objects.count()) == (422, 0)
    assert "年底前建成。" in text_of(wrong)


def test_the_script_sends_in_parts_and_goes_on_where_it_broke_off(desk: Client) -> None:
    job, raw = begin(desk, 2), page(1) * 900
    name, sha = "深/一.txt", hashlib.sha256(raw).hexdigest()
    assert send(desk, job, name, raw, 0, 20_000).json() == {"state": "more", "from": 20_000}
    asked = json.dumps([[name, sha, len(raw)], ["二.txt", "0" * 64, 5]])
    have = desk.post(f"/desk/intake/{job.id}/have", asked, content_type="application/json", **SCRIPT)
    assert have.json() == {"files": [{"state": "more", "from": 20_000}, {"state": "more", "from": 0}]}
    assert send(desk, job, name, raw, 50_000).json() == {"state": "more", "from": 20_000}, (
        "a gap is not filled"
    )
    assert send(desk, job, name, raw, 20_000).json() == {"state": "there", "words": ""}
    assert send(desk, job, name, raw).json() == {"state": "there", "words": ""}, "sent again it is there"
    assert Item.objects.count() == 1
    page_now = text_of(desk.get(f"/desk/intake/{job.id}"))
    assert "传到了1份，共2份" in page_now
    work()
    again = desk.post(f"/desk/intake/{job.id}/have", asked, content_type="application/json", **SCRIPT)
    assert [each["state"] for each in again.json()["files"]] == ["there", "more"]
    done = desk.post(f"/desk/intake/{job.id}/sent", **SCRIPT)
    assert done.json() == {"page": f"/desk/intake/{job.id}"}
    work()
    assert adds_up(job)
    assert (job.state, job.taken, Source.objects.count()) == ("ended", 1, 1)


def test_what_the_server_refuses_by_name_or_size_is_told_without_its_bytes(desk: Client) -> None:
    job = begin(desk, 3)
    for name, size, words in (
        ("空.txt", 0, "0字节"),
        ("大.txt", 32_000_001, "最多32,000,000字节"),
        ("../a.txt", 9, "文件夹外面"),
    ):
        told = send(desk, job, name, b"", sha="none", size=size).json()
        assert told["state"] == "refused"
        assert words in told["words"]
    assert adds_up(job)
    assert job.refused == 3
    assert send(desk, job, "好.txt", b"", sha="none", size=9).status_code == 409


def test_parts_are_bounded_and_what_is_not_what_it_says_is_not_kept(desk: Client) -> None:
    job = begin(desk, 1)
    huge = send(desk, job, "一.txt", b"a" * (limits.LARGEST_PART + 1), size=30_000_000)
    assert (huge.status_code, huge.json()["code"]) == (409, "upload-too-much")
    wrong = send(desk, job, "一.txt", page(1), sha="0" * 64)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "upload-damaged")
    more = send(desk, job, "一.txt", page(1), size=5, sha="1" * 64)
    assert more.status_code == 409
    assert Item.objects.count() == 0


def test_a_closed_batch_takes_no_more_and_another_one_s_batch_none(desk: Client) -> None:
    job = begin(desk, 1)
    colleague = come_in("second", "reviewer")
    assert send(colleague, job, "一.txt", page(1)).json()["code"] == "not-own-batch"
    assert colleague.get(f"/desk/intake/{job.id}").status_code == 200, (
        "posts, not people, own batches: it can be seen"
    )
    desk.post(f"/desk/intake/{job.id}/sent")
    assert send(desk, job, "一.txt", page(1)).json()["code"] == "job-closed"
    asked = desk.post(f"/desk/intake/{job.id}/have", "[[1,2]]", content_type="application/json", **SCRIPT)
    assert asked.json()["code"] == "bad-question"


def test_a_batch_is_stopped_gone_on_with_and_given_up_by_buttons(desk: Client) -> None:
    job = hand_in(desk, files=files(一=page(1), 二=page(2), 三=page(3)))
    Worker().turn(0)
    desk.post(f"/desk/intake/{job.id}/stop")
    work()
    shown = text_of(desk.get(f"/desk/intake/{job.id}"))
    assert "停下了：3份文件，收完了1份" in shown
    assert "继续" in shown
    desk.post(f"/desk/intake/{job.id}/go-on")
    Worker().turn(0)
    desk.post(f"/desk/intake/{job.id}/stop")
    desk.post(f"/desk/intake/{job.id}/leave-out")
    assert adds_up(job)
    assert (job.state, job.taken, job.refused) == ("ended", 2, 1)
    assert "停下后没有收1" in text_of(desk.get(f"/desk/intake/{job.id}"))


def test_the_part_that_changes_is_the_page_s_own(desk: Client) -> None:
    job = hand_in(desk, files=files(一=page(1)))
    whole, part = text_of(desk.get(f"/desk/intake/{job.id}")), text_of(desk.get(f"/desk/intake/{job.id}/now"))
    for name in ("head", "counts", "acts", "files", "facts"):
        assert f'data-live="{name}"' in part
        assert f'data-live="{name}"' in whole
    assert "<html" not in part


def test_reviewers_and_the_office_come_in_and_nobody_else() -> None:
    job = hand_in(come_in("office", "office"), files=files(一=page(1)))
    addresses = ("", f"/{job.id}", f"/{job.id}/now", f"/{job.id}/files.csv", "/batches.csv")
    for role in ("reporter", "verifier", "leader", "administrator"):
        client = come_in(f"who-{role}", role)
        assert [client.get(f"/desk/intake{each}").status_code for each in addresses] == [403] * 5
        assert client.post(f"/desk/intake/{job.id}/stop").status_code == 403
    stranger = Client()
    assert [stranger.get(f"/desk/intake{each}").status_code for each in addresses] == [302] * 5
    job.refresh_from_db()
    assert job.stopped_at is None


def test_ids_that_are_none_lead_nowhere(desk: Client) -> None:
    for ident in ("b0000000000000", "x", "b" * 200):
        assert desk.get(f"/desk/intake/{ident}").status_code == 404
        assert desk.post(f"/desk/intake/{ident}/stop").status_code == 404
        assert send(desk, Job(id=ident), "a.txt", b"a").status_code == 404
    job = begin(desk, 1)
    for form in ("pdf", "html"):
        assert desk.get(f"/desk/intake/{job.id}/files.{form}").status_code == 404


def test_a_request_from_another_site_changes_nothing() -> None:
    inside = come_in("first", "reviewer")
    job = hand_in(inside, files=files(一=page(1)))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = inside.cookies
    assert strict.post(f"/desk/intake/{job.id}/stop").status_code == 403
    assert strict.post("/desk/intake", {"text": "年底前建成。"}).status_code == 403
    assert send(strict, job, "二.txt", page(2)).status_code == 403
    job.refresh_from_db()
    assert (job.stopped_at, Job.objects.count(), Item.objects.count()) == (None, 1, 1)


def test_a_request_that_is_too_large_is_not_read(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LARGEST", 1_000)
    answer = desk.post("/desk/intake", {"files": files(一=b"a" * 2_000)})
    assert answer.status_code == 413
    assert "一次送来的太多" in text_of(answer)
    assert Job.objects.count() == 0


def test_names_are_shown_as_text_whatever_they_hold(desk: Client) -> None:
    job = begin(desk, 2)
    send(desk, job, "<script>alert(1)</script>.txt", page(1))
    send(desk, job, "=HYPERLINK(1).exe", b"MZ\0\0")
    work()
    shown = text_of(desk.get(f"/desk/intake/{job.id}?show=taken")) + text_of(
        desk.get(f"/desk/intake/{job.id}")
    )
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    lines = b"".join(desk.get(f"/desk/intake/{job.id}/files.csv")).decode("utf-8-sig")
    assert "\r\n'=HYPERLINK(1).exe" in lines


def test_the_lists_are_taken_away_as_csv_and_xlsx(desk: Client) -> None:
    job = hand_in(desk, files=files(一=page(1), 空=b""))
    work()
    lines = (
        b"".join(desk.get(f"/desk/intake/{job.id}/files.csv?show=refused")).decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 2
    assert "空.txt" in lines[1]
    assert "empty-file" in lines[1]
    book = load_workbook(io.BytesIO(b"".join(desk.get(f"/desk/intake/{job.id}/files.xlsx"))))
    assert [row[0].value for row in book.worksheets[0].iter_rows()] == ["文件", "一.txt", "空.txt"]
    batches = b"".join(desk.get("/desk/intake/batches.csv")).decode("utf-8-sig").splitlines()
    assert len(batches) == 2


def test_what_waits_and_what_came_is_told_page_by_page_with_few_questions(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    job = hand_in(
        desk, files=SimpleUploadedFile("z.zip", zipped({f"{n:03}.txt": page(n) for n in range(120)}))
    )
    work()
    for _ in range(45):
        hand_in(desk, text=page(500).decode())
    with django_assert_max_num_queries(19):
        first = text_of(desk.get(f"/desk/intake/{job.id}?show=taken"))
    assert "119.txt" in first
    assert "069.txt" not in first
    last = text_of(desk.get(f"/desk/intake/{job.id}?show=taken&page=3"))
    assert "000.txt" in last
    assert text_of(desk.get(f"/desk/intake/{job.id}?show=taken&page=99")) != ""
    with django_assert_max_num_queries(19):
        listed = text_of(desk.get("/desk/intake?page=2"))
    assert len(re.findall(r'<th scope="row"><a href="/desk/intake/b', listed)) == 20
    assert "我放的" in text_of(desk.get("/desk/intake?whose=mine"))


def test_no_event_and_no_address_tells_the_name_of_a_file(desk: Client) -> None:
    job = begin(desk, 1)
    send(desk, job, "张某某的信访材料.txt", page(1))
    actions.close_job(job)
    work()
    for event in Event.objects.all():
        assert "张某某" not in event.payload + event.closed
    assert Client().get("/d/").status_code == 200
    assert "张某某" not in text_of(Client().get(f"/d/{Source.objects.get().id}"))


def test_bytes_that_wait_are_for_this_machine_s_user_alone(desk: Client) -> None:
    job = begin(desk, 1)
    send(desk, job, "一.txt", page(1))
    folder = staging.folder_of(job.id)
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.parent.stat().st_mode & 0o077 == 0
