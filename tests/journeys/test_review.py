"""The review queue in a browser: by keyboard alone, at both widths, by two people at once, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import Judgement, StatementKey
from luodi.kernel.ledger.models import Event
from luodi.kernel.review import actions
from luodi.kernel.review.models import Lease
from tests.desk.review_world import PASSWORD, World, built
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)
HEADING = "() => document.activeElement === document.querySelector('#review h1')"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


@pytest.fixture
def site(
    database_template: Any,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Site]:
    """A district of its own for each journey."""
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    with served(database_template, django_db_blocker, tmp_path, built) as made, django_db_blocker.unblock():
        yield made


def come_in(site: Site, page: Any, login: str = "fuhe") -> None:
    """By keyboard: name, password, Enter."""
    page.goto(site.url + "/desk/login?next=/desk/review")
    page.focus("#login")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#review")
    page.wait_for_load_state("load")


def press(page: Any, *keys: str) -> None:
    """Keys that ask the server for the next page, and the page."""
    before = page.get_attribute("#review", "data-statement")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        "before => { const part = document.querySelector('#review');"
        " return part && part.dataset.statement !== before && !part.querySelector('[aria-busy]'); }",
        arg=before,
    )
    page.wait_for_function(HEADING)


def shown(page: Any) -> StatementKey:
    """The statement on the screen."""
    return StatementKey.objects.get(pk=page.get_attribute("#review", "data-statement"))


def title(page: Any) -> str:
    return str(page.input_value('[name="title-0"]'))


@contextmanager
def whole(page: Any, width: int) -> Iterator[None]:
    """Within: the window is as high as the page, so that what sticks to its bottom covers nothing."""
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, 900)})
    yield
    page.set_viewport_size({"width": width, "height": 900})


def picture(page: Any, name: str, width: int) -> None:
    """For the documentation."""
    with whole(page, width):
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def sound(page: Any, width: int) -> None:
    """Nothing wrong with the page as it stands."""
    with whole(page, width):
        assert axe_findings(page) == []
    assert overflow(page) == 0
    if width == 390:
        assert small_targets(page) == []
    assert page.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_log_in_to_an_adopted_promise_by_keyboard_alone(
    site: Site, browser: Any, width: int
) -> None:
    world: World = site.made
    with page_of(browser, width) as page:
        come_in(site, page)
        assert shown(page) == world.statement("26公里")
        sound(page, width)
        picture(page, f"review-{width}", width)
        page.keyboard.press("a")
        assert page.evaluate("() => document.activeElement.matches('[data-doubt]')")
        assert page.text_content("#said") == "先选数字才能采纳。"
        page.keyboard.press("1")
        assert title(page) == "126公里年内全部建成"
        press(page, "a")
        adopted = Commitment.objects.get(title="126公里年内全部建成")
        assert adopted.targets.get().number == "126"
        assert "已采纳：“126公里年内全部建成”" in page.text_content("#said")
        sound(page, width)
        press(page, "u")
        assert Event.objects.order_by("id").last().kind == "commitment.adoption_undone"  # type: ignore[union-attr]
        assert shown(page) == world.statement("26公里")
        assert world.statement("26公里").state == "unread"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_key_does_what_it_says(site: Site, browser: Any, width: int) -> None:
    world: World = site.made
    with page_of(browser, width) as page:
        come_in(site, page)
        first = shown(page)
        press(page, "j")
        second = shown(page)
        press(page, "k")
        assert shown(page) == first
        press(page, "s")
        assert shown(page) == second
        second = world.statement("21公里")  # one that is like an adopted promise
        page.goto(site.url + f"/desk/review/{second.id}")
        page.wait_for_selector("[form=f-apart]")
        page.keyboard.press("n")
        page.wait_for_function("() => !document.querySelector('[form=f-apart]')")
        page.wait_for_function(
            HEADING
        )  # the new part has settled; before that its form is sent by the browser itself
        press(page, "r", "6")
        judgement = Judgement.objects.get(statement=second)
        assert (judgement.verdict, judgement.reason) == ("refuse", "机器切错了句子")
        page.keyboard.press("d")
        page.wait_for_selector('[name="title-1"]')
        sound(page, width)
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        assert axe_findings(page) == []
        page.keyboard.press("j")  # the table is open: no key acts
        page.keyboard.press("Escape")
        assert not page.locator("#keys").is_visible()
        assert page.locator('[name="title-1"]').count() == 1


def test_editing_goes_from_key_to_key_and_enter_adopts(site: Site, browser: Any) -> None:
    world: World = site.made
    with page_of(browser, 1440) as page:
        come_in(site, page)
        page.goto(site.url + f"/desk/review/{world.statement('12条背街小巷').id}")
        page.keyboard.press("e")
        assert page.evaluate("() => document.activeElement.name") in ("lead-0", "title-0")
        page.focus('[name="lead-0"]')
        page.keyboard.press("Control+a")
        page.keyboard.type("没有的局")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.id === 'faults'")
        assert page.input_value('[name="lead-0"]') == "没有的局"
        assert axe_findings(page) == []
        page.faults.clear()  # the console names the refusal
        page.focus('[name="lead-0"]')
        page.keyboard.press("Control+a")
        page.keyboard.type("区住建局")
        page.keyboard.press("Tab")
        assert page.input_value('[name="leader-0"]') == "区住建局局长"
        press(page, "Enter")
        row = Commitment.objects.get(lead_unit=world.units["青岚区住房和城乡建设局"])
        assert row.targets.get().number == "12"
        assert page.locator(".ld-offer").count() == 1
        sound(page, 1440)
        before = Event.objects.filter(kind="statement.corrected").count()
        page.keyboard.press("t")
        page.wait_for_function("() => !document.querySelector('.ld-offer')")
        assert Event.objects.filter(kind="statement.corrected").count() == before + 2


def test_no_key_acts_in_a_field_or_while_a_word_is_being_composed(site: Site, browser: Any) -> None:
    world: World = site.made
    with page_of(browser, 1440) as page:
        come_in(site, page)
        page.goto(site.url + f"/desk/review/{world.statement('43公里').id}")
        page.focus('[name="title-0"]')
        page.keyboard.press("End")
        for key in "asrjunm1":
            page.keyboard.press(key)
        assert title(page).endswith("asrjunm1")
        page.keyboard.press("Escape")
        assert page.evaluate(HEADING)
        page.evaluate(
            """() => ["isComposing", "ctrlKey", "altKey", "metaKey"].forEach(name => document.body.dispatchEvent(
                new KeyboardEvent("keydown", {key: "r", bubbles: true, [name]: true})))"""
        )
        assert not page.locator("#refuse").evaluate("e => e.open")
        page.keyboard.press("r")
        assert page.locator("#refuse").evaluate("e => e.open")
        page.keyboard.press("9")
        page.keyboard.type("s说不清")
        assert page.input_value("#f-words") == "s说不清"
        page.keyboard.press("Escape")
        assert not page.locator("#refuse").evaluate("e => e.open")
    assert world.statement("43公里").state == "unread"


def test_switched_off_no_key_acts_and_none_is_shown(site: Site, browser: Any) -> None:
    with page_of(browser, 1440) as page:
        come_in(site, page)
        page.keyboard.press("?")
        page.click('#keys button[value="off"]')
        page.wait_for_selector('#review[data-keys="off"]')
        before = shown(page)
        for key in "jsar":
            page.keyboard.press(key)
        assert shown(page) == before
        assert page.locator("[aria-keyshortcuts]").count() == 0
        page.reload()
        assert page.get_attribute("#review", "data-keys") == "off"


def test_two_at_once_see_two_statements_and_the_slower_one_loses_nothing(site: Site, browser: Any) -> None:
    world: World = site.made
    with page_of(browser, 1440) as one, page_of(browser, 1440) as other:
        come_in(site, one)
        come_in(site, other, "ducha")
        assert shown(one) != shown(other)
        one.goto(site.url + f"/desk/review/{world.statement('社区食堂5家').id}")
        one.fill('[name="title-0"]', "办起八家社区食堂")
        one.fill('[name="lead-0"]', "区民政局")
        Lease.objects.all().delete()  # four minutes went by
        other.goto(site.url + f"/desk/review/{world.statement('社区食堂5家').id}")
        other.keyboard.press("Escape")
        press(other, "r", "2")
        one.keyboard.press("Escape")
        one.locator('[data-key="a"]').click()
        one.wait_for_selector("#review h1:has-text('没有记上')")
        text = one.text_content("#review")
        assert "办起八家社区食堂" in text
        assert "区民政局" in text
        assert "督查科科长" in text
        assert axe_findings(one) == []
        picture(one, "review-conflict-1440", 1440)
        # the refusal is an answer of the server; the console names it
        assert [fault for fault in one.faults if "409" not in fault] == []
    assert Commitment.objects.count() == 1


def test_a_page_that_is_left_gives_its_statement_up(
    site: Site, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, release = Signal(), actions.release

    def told(statement: str, *, holder: str) -> None:
        release(statement, holder=holder)
        released.set()

    monkeypatch.setattr(actions, "release", told)
    with page_of(browser, 1440) as page:
        come_in(site, page)
        held = shown(page)
        assert list(Lease.objects.values_list("statement", flat=True)) == [held.id]
        page.goto(site.url + "/desk/")
        assert released.wait(20), "the page told nobody that it was left"
    assert not Lease.objects.filter(statement=held).exists()


def test_when_the_line_is_cut_what_was_typed_stays_and_can_be_sent_again(site: Site, browser: Any) -> None:
    world: World = site.made
    with page_of(browser, 390) as page:
        come_in(site, page)
        page.goto(site.url + f"/desk/review/{world.statement('学位1800个').id}")
        page.fill('[name="title-0"]', "新增学位1800个")
        page.route("**/adopt", lambda route: route.abort())
        page.locator('[data-key="a"]').click()
        page.wait_for_selector("#failed")
        assert "没有记上：网络不通" in page.text_content("#failed")
        assert title(page) == "新增学位1800个"
        assert page.locator("[aria-busy]").count() == 0
        page.unroute("**/adopt")
        page.locator('[data-key="a"]').click()
        page.wait_for_function(HEADING)
        assert Commitment.objects.filter(title="新增学位1800个").count() == 1


def test_everything_works_by_plain_forms(site: Site, browser: Any) -> None:
    world: World = site.made
    with page_of(browser, 390, script=False) as page:
        page.goto(site.url + "/desk/login?next=/desk/review")
        page.fill("#login", "fuhe")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.check('[name="doubt-0"][value="0"]')
        page.click('.ld-bar [form="f-adopt"].btn-primary')
        assert Commitment.objects.get(title="126公里年内全部建成").targets.get().number == "126"
        page.click(".ld-toast button")
        assert world.statement("26公里").state == "unread"
        page.goto(site.url + f"/desk/review/{world.statement('21公里').id}")
        page.click('[form="f-link"][name="commitment"] >> nth=0')
        assert world.statement("21公里").state == "merged"
        page.click("#refuse > summary")
        judged = shown(page)
        page.click('#refuse [data-reason="5"]')
        assert StatementKey.objects.get(pk=judged.pk).state == "refused"
        page.click('[form="f-aside"]')
        page.click("text=下一条")
        page.fill('[name="lead-0"]', "没有的局")
        page.click('.ld-bar [form="f-adopt"].btn-primary')
        assert "单位表里没有“没有的局”" in page.text_content("#faults")
        assert page.input_value('[name="lead-0"]') == "没有的局"
        page.click("text=全部按键")
        assert "复核的按键" in page.text_content("h1")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_other_page_of_the_queue_is_sound(site: Site, browser: Any, width: int) -> None:
    world: World = site.made
    for dark in (False, True):
        with page_of(browser, width, dark=dark) as page:
            come_in(site, page)
            for address in (
                "/desk/review/list",
                "/desk/review/keys",
                "/desk/review?kind=status",
                f"/desk/review/{world.statement('13公里').id}",
                f"/desk/review/{world.statement('环湖绿道32公里').id}",
                f"/desk/review/{world.statement('社区食堂').id}?find=绿道",
            ):
                page.goto(site.url + address)
                sound(page, width)
            page.keyboard.press("Escape")
            page.goto(site.url + f"/desk/review/{world.statement('43公里').id}")
            page.keyboard.press("r")
            sound(page, width)
            page.keyboard.press("Escape")
            press(page, "s")
            sound(page, width)


def test_after_a_long_pause_one_is_led_to_the_log_in(site: Site, browser: Any) -> None:
    with page_of(browser, 1440) as page:
        come_in(site, page)
        page.context.clear_cookies(name="sessionid")
        page.keyboard.press("s")
        page.wait_for_selector("#login")
        assert "/desk/login" in page.url


def test_larger_type_and_long_names_cut_nothing(site: Site, browser: Any) -> None:
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register import actions as register

    world: World = site.made
    long = "青岚区推进城乡公共服务一体化改革和重点民生项目建设协调保障工作领导小组"
    long += "联席会议办公室暨综合服务管理保障中心第一分中心"
    register.rename_unit(world.units["青岚区教育局"], name=long, short_name="区教育局", by=SYSTEM)
    with page_of(browser, 390) as page:
        come_in(site, page)
        page.goto(site.url + "/look?size=large&next=/desk/review")
        assert overflow(page) == 0
        page.goto(site.url + f"/desk/review/{world.statement('学位1800个').id}")
        assert overflow(page) == 0
        page.locator('[data-key="a"]').click()
        page.wait_for_selector("#review .ld-toast")
        assert long in page.text_content(".ld-toast")
        assert overflow(page) == 0
