"""What was typed into a form for evidence: it stays on the device until the form is accepted, and no longer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.browser import CHROMIUM, axe_findings, overflow, page_of, small_targets
from tests.journeys.evidence_site import come_in, form_of, one_browser, phone_files, town_site  # noqa: F401 (fixtures)
from tests.journeys.site import Site

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


def test_what_was_typed_stays_on_the_device_until_it_is_accepted(site: Site, browser: Any) -> None:
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        page.fill("#number", "3")
        page.fill("#note", "松湾街道的两家已经开门")
        page.check("input[value=b]")
        page.fill("#secret", "a-password-typed-here")
        page.goto(site.url + "/desk/")
        page.goto(form_of(site, "环湖绿道"))
        assert page.locator(".ld-draft").count() == 0
        kept = page.evaluate("() => Object.entries(localStorage).map(String).join()")
        assert "松湾街道" in kept
        assert "a-password-typed-here" not in kept
        page.goto(form_of(site))
        page.locator(".ld-draft").wait_for()
        assert axe_findings(page) == []
        assert small_targets(page) == []
        assert overflow(page) <= 0
        page.click(".ld-draft >> text=用上")
        assert page.input_value("#note") == "松湾街道的两家已经开门"
        assert page.is_checked("input[value=b]")
        assert page.input_value("#secret") == ""
        page.goto(form_of(site))
        page.click(".ld-draft >> text=不要")
        page.goto(form_of(site))
        assert page.locator(".ld-draft").count() == 0


def test_a_form_that_never_arrived_leaves_its_draft(site: Site, browser: Any) -> None:
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site))
        page.fill("#note", "路上没有信号")
        page.context.set_offline(True)
        with page.expect_event("requestfailed", lambda request: request.method == "POST"):
            page.click("text=上报进展")
        page.context.set_offline(False)
        page.goto(form_of(site))
        page.locator(".ld-draft").wait_for()
        page.click(".ld-draft >> text=用上")
        assert page.input_value("#note") == "路上没有信号"
        page.fill("#number", "")
        page.click("text=上报进展")  # refused: the promise counts, and there is no number
        page.locator(".ld-error").wait_for()
        assert "路上没有信号" in page.evaluate("() => Object.values(localStorage).join()")


def test_an_accepted_form_and_a_log_out_leave_nothing_on_the_device(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    stored = "() => Object.keys(localStorage).filter(key => key.startsWith('ld-draft:') || key.startsWith('ld-upload:'))"
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site, "东湖中学"))
        page.fill("#note", "开学了")
        page.set_input_files("#evidence", files["现场.jpg"])
        page.locator(".ld-upload[data-state=whole]").wait_for()
        page.evaluate(
            "() => document.querySelector('form[data-ld-draft]').dispatchEvent(new Event('change'))"
        )
        assert len(page.evaluate(stored)) == 2
        page.goto(site.url + "/desk/logout")
        page.click("text=退出登录")
        page.wait_for_url("**/desk/login*")
        assert page.evaluate(stored) == []


def test_an_accepted_form_is_forgotten_on_the_device_and_a_refused_one_is_not(
    site: Site, browser: Any, files: dict[str, Path]
) -> None:
    stored = "() => Object.keys(localStorage).filter(key => key.startsWith('ld-'))"
    with page_of(browser, 390) as page:
        come_in(page, site)
        page.goto(form_of(site, "停车泊位3000"))
        page.fill("#note", "城东又建成一处")
        page.set_input_files("#evidence", files["现场.jpg"])
        page.locator(".ld-upload[data-state=whole]").wait_for()
        page.click("text=上报进展")
        page.locator(".ld-error").wait_for()
        assert len(page.evaluate(stored)) == 2
        page.locator(".ld-upload[data-state=whole]").wait_for()
        page.fill("#number", "1210")
        page.click("text=上报进展")
        page.wait_for_url("**/desk/me")
        assert [key for key in page.evaluate(stored) if key.startswith("ld-draft:")] == []
        page.faults.clear()  # the form was refused before
        with page.expect_response("**/desk/evidence/upload/*") as asked:
            page.goto(form_of(site, "停车泊位3000"))
        assert asked.value.json()["code"] == "upload-gone"
        assert page.locator(".ld-draft").count() == 0
        page.locator("#evidence").wait_for()
        page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('ld-upload:'))")
        assert page.locator(".ld-upload").is_hidden()
        assert page.faults == []
