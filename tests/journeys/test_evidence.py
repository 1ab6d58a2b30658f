"""Evidence in a browser: a network that breaks midway, a reload, a photo seen before, and no script at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.browser import CHROMIUM, axe_findings, overflow, page_of, small_targets
from tests.journeys.evidence_site import (  # noqa: F401 (fixtures)
    PHOTO,
    come_in,
    form_of,
    one_browser,
    phone_files,
    town_site,
    uploads_of,
)
from tests.journeys.site import Site

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


def words(page: Any) -> Any:
    return page.locator(".ld-upload [data-words]")


def drop(page: Any) -> None:
    """Choose another file instead; until the server has let the first one go."""
    with page.expect_response("**/cancel"):
        page.click("text=换一个文件")


def test_a_photo_is_sent_at_once_and_the_form_carries_only_its_key(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        page.set_input_files("#evidence", files["现场.jpg"])
        page.locator(".ld-upload[data-state=whole]").wait_for()
        assert "“现场.jpg”传好了，照片，" in words(page).inner_text()
        assert axe_findings(page) == []
        assert overflow(page) <= 0
        assert small_targets(page) == []
        with page.expect_request(lambda request: request.method == "POST" and "/try/" in request.url) as sent:
            page.click("text=上报进展")
        assert len(sent.value.post_data_buffer or b"") < 3_000
        assert b"evidence-upload" in (sent.value.post_data_buffer or b"")
        drop(page)
        page.locator("#evidence").wait_for()
        assert uploads_of(site) == []
        assert [fault for fault in page.faults if "422" not in fault] == []


def test_a_network_cut_midway_is_gone_on_with_and_nothing_is_sent_twice(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    raw = files["很大.png"].read_bytes()
    assert len(raw) > 500_000
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        pieces: list[tuple[int, int]] = []

        def through(route: Any) -> None:
            if "?at=" in route.request.url:
                if len(pieces) == 2:
                    page.context.set_offline(True)
                    route.abort("internetdisconnected")
                    pieces.append((-1, 0))
                    return
                at = int(route.request.url.rpartition("=")[2])
                pieces.append((at, len(route.request.post_data_buffer or b"")))
            route.continue_()

        page.route("**/desk/evidence/upload/**", through)
        page.set_input_files("#evidence", files["很大.png"])
        page.locator(".ld-upload[data-state=broken]").wait_for()
        assert "网断了，“很大.png”传了一部分" in words(page).inner_text()
        held = uploads_of(site)
        assert len(held) == 1
        assert 0 < held[0].stat().st_size < len(raw)
        page.click("text=上报进展")
        assert "还没有传完" in words(page).inner_text()
        assert page.url == form_of(site)
        page.context.set_offline(False)
        page.locator(".ld-upload[data-state=whole]").wait_for()
        assert hashlib.sha256(held[0].read_bytes()).digest() == hashlib.sha256(raw).digest()
        sent = [piece for piece in pieces if piece[0] >= 0]
        assert [at for at, _ in sent] == [sum(size for _, size in sent[:place]) for place in range(len(sent))]
        assert sum(size for _, size in sent) == len(raw)
        drop(page)


def test_an_answer_that_was_lost_is_asked_for_and_not_sent_again(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    """The server has the piece, but the browser never heard so."""
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        lost: list[str] = []

        def through(route: Any) -> None:
            if "?at=" in route.request.url and not lost:
                lost.append(route.request.url)
                route.fetch()
                route.abort("connectionreset")
            else:
                route.continue_()

        page.route("**/desk/evidence/upload/**", through)
        page.set_input_files("#evidence", files["很大.png"])
        page.locator(".ld-upload[data-state=broken]").wait_for()
        page.click("text=接着传")
        page.locator(".ld-upload[data-state=whole]").wait_for()
        assert uploads_of(site)[0].read_bytes() == files["很大.png"].read_bytes()
        drop(page)


def test_a_reload_midway_goes_on_by_itself(site: Site, browser: Any, files: dict[str, Path]) -> None:
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        stopped: list[int] = []

        def through(route: Any) -> None:
            if "?at=" in route.request.url and len(stopped) < 2:
                stopped.append(1)
                if len(stopped) == 2:
                    return route.abort("connectionfailed")
            return route.continue_()

        page.route("**/desk/evidence/upload/**", through)
        page.set_input_files("#evidence", files["很大.png"])
        page.locator(".ld-upload[data-state=broken]").wait_for()
        page.unroute("**/desk/evidence/upload/**")
        page.reload()
        page.locator(".ld-upload[data-state=whole]").wait_for()
        assert uploads_of(site)[0].read_bytes() == files["很大.png"].read_bytes()
        page.reload()
        page.locator(".ld-upload[data-state=whole]").wait_for()
        drop(page)
        page.locator("#evidence").wait_for()
        page.reload()
        assert page.locator(".ld-upload").is_hidden()


def test_a_forged_photo_is_told_in_words_and_another_may_be_chosen(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        page.set_input_files("#evidence", files["假的.jpg"])
        page.locator(".ld-upload[data-state=refused]").wait_for()
        assert "里面却是网页（HTML）" in words(page).inner_text()
        page.set_input_files("#evidence", files["现场.jpg"])
        page.locator(".ld-upload[data-state=whole]").wait_for()
        drop(page)
        assert uploads_of(site) == []


def test_a_photo_used_before_is_shown_with_a_link_before_the_form_is_sent(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site, "环湖绿道"))
        page.set_input_files("#evidence", files["现场.jpg"])
        page.locator(".ld-upload[data-state=whole]").wait_for()
        assert page.locator(".ld-seen li").count() == 0
        with_photo_reported(site)
        page.reload()
        page.locator(".ld-seen li").first.wait_for()
        assert "同一份文件，区城市管理局" in page.locator(".ld-seen").inner_text()
        drop(page)
        page.set_input_files("#evidence", files["微信.jpg"])
        page.locator(".ld-seen a").first.wait_for()
        assert "很像区城市管理局" in page.locator(".ld-seen").inner_text()
        assert "看那张照片" in page.locator(".ld-seen").inner_text()
        href = page.locator(".ld-seen a").first.get_attribute("href")
        assert href == f"/desk/promises/{site.made.promises['停车泊位3000'].id}"
        assert axe_findings(page) == []
        drop(page)


def with_photo_reported(site: Site) -> None:
    from luodi.kernel.clocks.now import today
    from luodi.kernel.commitments import actions
    from luodi.kernel.commitments.actions import Upload

    actions.report_progress(
        site.made.promises["停车泊位3000"],
        by=site.made.by("区城市管理局"),
        as_of=today(),
        number="1200",
        unit="个",
        evidence=Upload(PHOTO, "现场.jpg"),
    )


def test_without_script_the_form_does_the_same(site: Site, browser: Any, files: dict[str, Path]) -> None:
    with page_of(browser, 390, script=False) as page:
        come_in(page, site)
        page.goto(form_of(site, "停车泊位3000"))
        before = len(uploads_of(site))
        page.set_input_files("#evidence", files["微信.jpg"])
        page.click("text=上报进展")
        page.locator(".ld-error").wait_for()
        assert "“微信.jpg”已经传好" in page.locator("[data-ld-held]").inner_text()
        assert "很像区城市管理局" in page.locator(".ld-seen").inner_text()
        assert len(uploads_of(site)) == before + 1
        page.fill("#number", "1220")
        page.click("text=上报进展")
        page.wait_for_url("**/desk/me")
        assert len(uploads_of(site)) == before


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_of_a_photo_is_accessible_and_fits(site: Site, browser: Any, width: int) -> None:
    from luodi.kernel.files.models import Photo

    with page_of(browser, width) as page:
        come_in(page, site, "shenji")
        page.goto(f"{site.url}/desk/evidence/{Photo.objects.first().file_id}")
        assert "原件" in page.locator("main").inner_text()
        assert page.evaluate("() => document.querySelector('main img').naturalWidth") == 800
        assert axe_findings(page) == []
        assert overflow(page) <= 0
        if width == 390:
            assert small_targets(page) == []
        assert page.faults == []
