"""Taking documents in with a browser: files and folders sent one by one, a line that breaks, progress that moves, no script."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.documents.models import Source
from luodi.kernel.jobs.models import Job
from luodi.kernel.jobs.working import Worker
from tests.desk.intake_desk import PASSWORD, adds_up, member, outcomes, page, work, zipped
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")
WIDTHS = (390, 1440)


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """A district with one reviewer."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    kept = (Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost)
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 64
    with served(
        database_template,
        django_db_blocker,
        tmp_path_factory.mktemp("site"),
        lambda: member("first", "reviewer"),
    ) as made:
        yield made
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = kept


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


@contextmanager
def inside(site: Site, browser: Any, width: int = 1440, **more: Any) -> Iterator[Any]:
    """A page of somebody who has come in; whatever the browser complained of fails."""
    with page_of(browser, width, **more) as tab:
        tab.goto(f"{site.url}/desk/login")
        tab.fill("#login", "first")
        tab.fill("#password", PASSWORD)
        tab.locator("main button[type=submit]").click()
        tab.wait_for_url("**/desk/")
        yield tab
        # a page left while it asks how far the batch is gives up its question
        assert [fault for fault in tab.faults if "/now: net::ERR_ABORTED" not in fault] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with good and bad files, one of them below."""
    made = tmp_path / "存档"
    (made / "一月").mkdir(parents=True)
    (made / "一.txt").write_bytes(page(1))
    (made / "一月" / "二.txt").write_bytes(page(2))
    (made / "空.txt").write_bytes(b"")
    (made / "程序.exe").write_bytes(b"MZ\0\0")
    (made / ".DS_Store").write_bytes(b"\0")
    (made / "网址清单.txt").write_text("二.txt\thttps://news.example/2.htm\n", encoding="utf-8")
    return made


def newest() -> Job:
    found = Job.objects.order_by("-id").first()
    assert found is not None
    return found


def faults_of(tab: Any, width: int) -> list[str]:
    found = axe_findings(tab)
    if width == 390:
        found += small_targets(tab)
        found += [f"wider than the window by {overflow(tab)} px"] if overflow(tab) else []
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_a_folder_is_handed_in_watched_stopped_and_taken_in(
    site: Site, browser: Any, width: int, folder: Path
) -> None:
    found: dict[str, list[str]] = {}
    for dark in (False, True):
        with inside(site, browser, width, dark=dark) as tab:

            def look(name: str, tab: Any = tab, dark: bool = dark) -> None:
                if faults := faults_of(tab, width):
                    found[f"{name}{' dark' if dark else ''}"] = faults

            tab.goto(f"{site.url}/desk/intake")
            for more in tab.locator("details.ld-more").all():
                more.evaluate("e => { e.open = true }")
            tab.set_input_files("#folder", str(folder))
            assert "选了5份" in tab.locator("#chosen").inner_text()
            assert "跳过系统文件1个" in tab.locator("#chosen").inner_text()
            look("form")
            tab.locator("#take").click()
            tab.wait_for_url("**/desk/intake/b*")
            job = newest()
            assert "正在收5份文件，收完了1份" in tab.locator("h1").inner_text()
            look("waiting")
            tab.get_by_role("button", name="先停一下").click()
            work()
            tab.goto(tab.url)
            assert "停下了" in tab.locator("h1").inner_text()
            look("stopped")
            tab.get_by_role("button", name="继续").click()
            work()
            # the page turns itself over
            tab.locator("h1", has_text="收完了：").wait_for()
            look("ended")
            tab.goto(
                f"{site.url}/desk/intake/{job.id}?show={'known' if Source.objects.count() > 2 else 'taken'}"
            )
            look("files")
            tab.goto(f"{site.url}/desk/intake")
            look("batches")
            assert outcomes(job)["存档/程序.exe"] == ("refused", "executable")
            assert adds_up(job)
    assert found == {}
    assert Source.objects.get(title__contains="第2号").address == "https://news.example/2.htm"


def test_a_file_in_many_parts_over_a_line_that_breaks_comes_whole_and_once(
    site: Site, browser: Any, tmp_path: Path
) -> None:
    large = tmp_path / "大.zip"
    large.write_bytes(zipped({"3.txt": page(3), "垫.bin": os.urandom(3_000_000)}))
    small = tmp_path / "四.txt"
    small.write_bytes(page(4))
    with inside(site, browser) as tab:
        broken: list[str] = []

        def breaks(route: Any) -> None:
            """The second and third requests never arrive, and the fourth's answer is lost on its way back."""
            broken.append(route.request.url)
            if len(broken) in (2, 3):
                route.abort("connectionreset")
            elif len(broken) == 4:
                route.fetch()
                route.abort("connectionreset")
            else:
                route.continue_()

        tab.route("**/part/**", breaks)
        tab.goto(f"{site.url}/desk/intake")
        tab.set_input_files("#files", [str(large), str(small)])
        tab.locator("#take").click()
        tab.wait_for_url("**/desk/intake/b*")
        assert len(broken) > 5
        assert all("/part/" in url and "%" not in url.split("?")[0] for url in broken), (
            "no name in an address"
        )
        tab.faults[:] = [
            fault for fault in tab.faults if "ERR_CONNECTION_RESET" not in fault and "net::ERR" not in fault
        ]
        job = newest()
        work()
        assert adds_up(job)
        assert outcomes(job)["四.txt"] == ("taken", "")
        assert outcomes(job)["3.txt"] == ("taken", "")
        assert Source.objects.filter(title__contains="第4号").count() == 1


def test_a_file_hurt_on_its_way_is_sent_again_from_the_beginning(
    site: Site, browser: Any, tmp_path: Path
) -> None:
    made = tmp_path / "七十.txt"
    made.write_bytes(page(70))
    with inside(site, browser) as tab:
        sent: list[bytes] = []

        def hurts(route: Any) -> None:
            raw = route.request.post_data_buffer
            sent.append(raw)
            route.continue_(post_data=bytes(reversed(raw)) if len(sent) == 1 else raw)

        tab.route("**/part/**", hurts)
        tab.goto(f"{site.url}/desk/intake")
        tab.set_input_files("#files", str(made))
        tab.locator("#take").click()
        tab.wait_for_url("**/desk/intake/b*")
        assert len(sent) == 2
        tab.faults[:] = [fault for fault in tab.faults if "409" not in fault]
    work()
    assert outcomes(newest()) == {"七十.txt": ("taken", "")}


def test_a_page_left_while_sending_goes_on_from_the_batch_s_own_page(
    site: Site, browser: Any, tmp_path: Path
) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(20, 26)]
    for n, path in enumerate(files):
        path.write_bytes(page(20 + n))
    with inside(site, browser) as tab:
        came: list[str] = []

        def three(route: Any) -> None:
            came.append(route.request.url)
            if len(came) <= 3:
                route.continue_()

        tab.route("**/part/**", three)
        tab.goto(f"{site.url}/desk/intake")
        tab.set_input_files("#files", [str(path) for path in files])
        tab.locator("#take").click()
        tab.locator("#sending-files li", has_text="传到了").nth(2).wait_for()
        job = newest()
        tab.on("dialog", lambda dialog: dialog.accept())
        tab.goto(f"{site.url}/desk/intake/{job.id}")
        tab.unroute("**/part/**")
        tab.faults.clear()  # the request that was left hanging
        assert "传到了3份，共6份" in tab.locator("#now").inner_text()
        assert faults_of(tab, 1440) == []
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url) if "/part/" in request.url else None)
        tab.set_input_files("#files", [str(path) for path in files])
        tab.locator("#take").click()
        tab.wait_for_url(f"**/desk/intake/{job.id}")
        tab.locator("#give").wait_for(state="detached")
        assert len(asked) == 3, "only what had not come is sent"
    work()
    assert adds_up(job)
    assert (job.taken, job.state) == (6, "ended")


def test_sending_is_paused_and_gone_on_with(site: Site, browser: Any, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(30, 34)]
    for n, path in enumerate(files):
        path.write_bytes(page(30 + n))
    with inside(site, browser) as tab:
        held: list[Callable[[], None]] = []
        tab.route("**/part/**", lambda route: held.append(route.continue_))
        tab.goto(f"{site.url}/desk/intake")
        tab.set_input_files("#files", [str(path) for path in files])
        with tab.expect_request("**/part/**"):
            tab.locator("#take").click()
        tab.get_by_role("button", name="停下").click()
        held.pop()()
        tab.locator("#sending-head", has_text="传到1份").wait_for()
        assert "停下了" in tab.locator("#sending-said").inner_text()
        assert faults_of(tab, 1440) == []
        assert held == [], "nothing more is sent"
        tab.unroute("**/part/**")
        tab.get_by_role("button", name="接着传").click()
        tab.wait_for_url("**/desk/intake/b*")
    work()
    assert newest().taken == 4


def test_progress_moves_on_the_page_without_taking_the_keyboard_away(
    site: Site, browser: Any, tmp_path: Path
) -> None:
    made = tmp_path / "z.zip"
    made.write_bytes(zipped({f"{n}.txt": page(n) for n in range(200, 206)}))
    with inside(site, browser) as tab:
        tab.goto(f"{site.url}/desk/intake")
        tab.set_input_files("#files", str(made))
        tab.locator("#take").click()
        tab.wait_for_url("**/desk/intake/b*")
        tab.get_by_role("button", name="先停一下").focus()
        worker = Worker()
        for _ in range(4):
            worker.turn(0)
        tab.locator("progress.ld-job[value='3']").wait_for()
        assert tab.get_by_role("button", name="先停一下").evaluate("e => e === document.activeElement")
        work(worker)
        tab.locator("h1", has_text="收完了：").wait_for()


def test_without_script_files_are_handed_in_and_the_page_turns_itself_over(
    site: Site, browser: Any, tmp_path: Path
) -> None:
    made = tmp_path / "五十.txt"
    made.write_bytes(page(50))
    with inside(site, browser, 390, script=False) as tab:
        tab.goto(f"{site.url}/desk/intake")
        assert not tab.locator("#folder").is_visible(), "what needs script is not offered"
        assert "一次最多选100份" in tab.locator("noscript").first.inner_text()
        tab.set_input_files("#files", str(made))
        tab.locator("#take").click()
        assert tab.locator("h1").inner_text() == "正在收1份文件，收完了0份"
        assert tab.locator("meta[http-equiv=refresh]").count() == 1
        tab.get_by_role("link", name="不要自动翻新").click()
        assert tab.locator("meta[http-equiv=refresh]").count() == 0
        work()
        tab.goto(tab.url)
        assert tab.locator("h1").inner_text().startswith("收完了：新收1份")


def test_what_is_dropped_is_handed_in(site: Site, browser: Any) -> None:
    with inside(site, browser) as tab:
        tab.goto(f"{site.url}/desk/intake")
        drop = tab.evaluate_handle(
            """(text) => { const held = new DataTransfer(); held.items.add(new File([text], '拖来的.txt')); return held; }""",
            page(60).decode(),
        )
        tab.dispatch_event("#drop", "drop", {"dataTransfer": drop})
        tab.locator("#chosen", has_text="选了1份").wait_for()
        tab.locator("#take").click()
        tab.wait_for_url("**/desk/intake/b*")
    work()
    assert outcomes(newest()) == {"拖来的.txt": ("taken", "")}


def test_the_page_s_own_hash_is_the_hash(site: Site, browser: Any) -> None:
    with inside(site, browser) as tab:
        tab.goto(f"{site.url}/desk/intake")
        for length in (0, 1, 55, 56, 63, 64, 65, 119, 120, 4_097):
            raw = bytes(n % 251 for n in range(length))
            told = tab.evaluate(
                "(bytes) => { const h = new LuodiSha256(); const all = new Uint8Array(bytes);"
                " h.add(all.subarray(0, bytes.length / 3 | 0)); h.add(all.subarray(bytes.length / 3 | 0)); return h.hex(); }",
                list(raw),
            )
            assert told == hashlib.sha256(raw).hexdigest(), length
