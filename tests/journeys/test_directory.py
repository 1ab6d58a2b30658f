"""The register and the leader's screen in a browser: a merge and its undo, a hand-over signed by both, one page of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.desk.directory_world import DAY, World, crowd, staffed
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.portal.town import with_promises

PASSWORD = "松湾路上的第三棵老树"
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (390, 1440)
LONG = "青岚区岚江两岸老旧片区城市更新与海绵城市示范工程建设暨历史文化街区保护利用工作领导小组办公室综合协调和督导专班"
STAFF: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "guanli": ("区政府督查室", "系统管理员", ("administrator",)),
    "quzhang": ("区人民政府", "", ("leader",)),
    "gives": ("区城市管理局", "", ()),
    "takes": ("区民政局", "科员", ()),
}
# a page of a printed file
A_PAGE = re.compile(rb"/Type\s*/Page[^s]")

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The district with its promises, two bureaus entered twice, and people who can log in."""

    def build() -> World:
        world = staffed(with_promises(), STAFF)
        for account in world.accounts.values():
            accounts.set_password(account, PASSWORD, by=SYSTEM)
        top = world.town.units["区人民政府"]
        register.create_unit(name="青岚区教育局", parent=top, by=SYSTEM)
        register.create_unit(name=LONG, parent=top, by=SYSTEM)
        register.rename_unit(world.town.units["区审计局"], name="区审计局机关", on=DAY, by=SYSTEM)
        promises.object_to(world.town.promises["背街小巷"].id, "还有两条没修。")
        return world

    with served(database_template, django_db_blocker, tmp_path_factory.mktemp("site"), build) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


def come_in(page: Any, site: Site, login: str) -> None:
    page.goto(f"{site.url}/desk/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/")


def judged(page: Any, width: int) -> list[str]:
    """What is wrong with the page as it stands."""
    found = [*axe_findings(page), *page.faults]
    page.faults.clear()
    if width == 390:
        found += [f"wider than the window by {overflow(page)} px"] if overflow(page) > 0 else []
        found += small_targets(page)
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_two_entries_are_merged_and_parted_again(site: Site, browser: Any, width: int) -> None:
    with page_of(browser, width) as page:
        come_in(page, site, "guanli")
        page.goto(f"{site.url}/desk/directory")
        assert judged(page, width) == []
        assert page.get_by_role("link", name="青岚区教育局", exact=True).count() == 1
        page.get_by_role("link", name="查重复").click()
        page.wait_for_url("**/duplicates")
        assert "名称只差区县名" in page.inner_text("main")
        assert judged(page, width) == []
        page.get_by_role("link", name="并排看").first.click()
        page.wait_for_url("**/pairs/**")
        assert judged(page, width) == []
        page.fill("#reason", "同一块牌子")
        page.get_by_role("button", name="是同一个，合起来").click()
        page.wait_for_url("**/duplicates")
        assert "已经合起来，算同一个" in page.inner_text(".ld-undo")
        assert judged(page, width) == []
        page.goto(f"{site.url}/desk/directory")
        assert page.get_by_role("link", name="青岚区教育局", exact=True).count() == 0
        assert "合了1条" in page.inner_text("main")
        # the key does what the button says, and not while one types
        page.focus("#q")
        page.keyboard.press("u")
        assert page.input_value("#q") == "u"
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("u")
        page.wait_for_url("**/duplicates")
        assert "又和判断以前一样" in page.inner_text("main")
        page.goto(f"{site.url}/desk/directory")
        assert page.get_by_role("link", name="青岚区教育局", exact=True).count() == 1


def test_a_post_is_handed_over_and_signed_by_both_in_their_own_browsers(site: Site, browser: Any) -> None:
    post = site.made.posts["gives"]
    with (
        page_of(browser, 1440) as keeper,
        page_of(browser, 390) as gives,
        page_of(browser, 390) as takes,
    ):
        come_in(keeper, site, "guanli")
        keeper.goto(f"{site.url}/desk/directory/posts/{post.id}")
        keeper.get_by_text("办交接", exact=True).first.click()
        form = keeper.locator("#act-hand-over form")
        form.get_by_label("由谁接任").fill("没有这个人")
        form.get_by_role("button", name="办交接").click()
        keeper.wait_for_selector(".ld-fault")
        assert "没有找到叫“没有这个人”的人" in keeper.inner_text("#act-hand-over")
        assert judged(keeper, 1440) == [] or [f for f in keeper.faults if "422" not in f] == []
        keeper.locator("#act-hand-over").get_by_label("由谁接任").fill("takes本人")
        keeper.locator("#act-hand-over form").get_by_role("button", name="办交接").click()
        keeper.wait_for_selector("main .ld-note")
        assert "现在等两个人登录签字" in keeper.inner_text("main")
        keeper.faults.clear()
        for page, login, words in ((gives, "gives", "签：已交清"), (takes, "takes", "签：已接清")):
            come_in(page, site, login)
            assert judged(page, 390) == []
            page.get_by_role("link", name="看交接清单").click()
            page.wait_for_url("**/hand-overs/**")
            listed = page.locator("table tbody tr")
            assert listed.count() == 2
            assert "环湖绿道" in page.inner_text("main")
            assert judged(page, 390) == []
            page.get_by_role("button", name=words).click()
            page.wait_for_selector("main .ld-note")
            assert page.get_by_role("button", name=words).count() == 0
            assert judged(page, 390) == []
        keeper.goto(f"{site.url}/desk/directory/hand-overs")
        assert "0份交接没签齐" in keeper.inner_text("main")
        keeper.goto(f"{site.url}/desk/directory/posts/{post.id}")
        assert "两方都签了" in keeper.inner_text("main")
        assert judged(keeper, 1440) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_is_accessible_and_keeps_the_policy(
    site: Site, browser: Any, width: int, dark: bool
) -> None:
    world: World = site.made
    unit, post = world.town.units["区审计局"], world.posts["gives"]
    pages = {
        "guanli": (
            "/desk/directory",
            "/desk/directory?show=vacant",
            f"/desk/directory/units/{unit.id}",
            f"/desk/directory/posts/{post.id}",
            f"/desk/directory/people/{world.people['gives'].id}",
            "/desk/directory/people",
            "/desk/directory/hand-overs?show=all",
            "/desk/directory/duplicates?of=people",
            "/desk/directory/units/new",
        ),
        "quzhang": (
            "/desk/leader",
            "/desk/leader/decisions",
            "/desk/leader/units",
            "/desk/leader/wrong",
            "/desk/leader/list?flag=open",
        ),
    }
    found: dict[str, list[str]] = {}
    for login, paths in pages.items():
        with page_of(browser, width, dark=dark) as page:
            come_in(page, site, login)
            for path in paths:
                assert page.goto(site.url + path).status == 200, path
                page.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true; })")
                if faults := judged(page, width):
                    found[path] = faults
    assert found == {}


def test_a_name_of_sixty_characters_is_cut_nowhere(site: Site, browser: Any) -> None:
    for width in WIDTHS:
        with page_of(browser, width) as page:
            come_in(page, site, "guanli")
            page.goto(f"{site.url}/desk/directory")
            shown = page.get_by_role("link", name=LONG)
            assert shown.inner_text() == LONG
            assert overflow(page) <= 0
            cut = "e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible'"
            assert not shown.evaluate(cut)


def test_names_are_suggested_while_one_types(site: Site, browser: Any) -> None:
    with page_of(browser, 1440) as page:
        come_in(page, site, "guanli")
        page.goto(f"{site.url}/desk/directory/units/new")
        with page.expect_response("**/desk/directory/suggest") as asked:
            page.locator("[data-ld-suggest=unit]").press_sequentially("审计")
        assert asked.value.json() == {"names": ["区审计局机关"]}
        page.wait_for_selector("datalist option", state="attached")
        assert page.locator("datalist option").first.get_attribute("value") == "区审计局机关"
        assert page.faults == []


def test_without_script_every_form_of_the_register_works(site: Site, browser: Any) -> None:
    with page_of(browser, 390, script=False) as page:
        come_in(page, site, "guanli")
        page.goto(f"{site.url}/desk/directory/units/new")
        page.fill("#f-new-name", "区粮食局")
        page.fill("#f-new-above", "区人民政府")
        page.get_by_role("button", name="录单位").click()
        assert "录了“区粮食局”" in page.inner_text("main")
        assert page.get_by_role("button", name="打印清单").count() == 0


def test_the_leaders_screen_is_one_page_of_a4(site: Site, browser: Any) -> None:
    with page_of(browser, 1440) as page:
        come_in(page, site, "quzhang")
        page.goto(f"{site.url}/desk/leader")
        assert page.get_by_role("button", name="打印一页").is_visible()
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(A_PAGE.findall(printed)) == 1
        page.emulate_media(media="print")
        assert page.locator(".ld-printhead").is_visible()
        assert "青岚区人民政府办公室" in page.inner_text(".ld-printhead")
        assert not page.locator(".ld-mast").is_visible()
        assert page.locator(".ld-band").is_visible()
        assert page.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_are_taken(site: Site, browser: Any, width: int) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with page_of(browser, width) as page:
        come_in(page, site, "quzhang")
        page.goto(f"{site.url}/desk/leader")
        page.screenshot(path=PICTURES / f"leader-{width}.png", full_page=True)
        assert page.faults == []
    with page_of(browser, width) as page:
        come_in(page, site, "guanli")
        page.goto(f"{site.url}/desk/directory")
        page.screenshot(path=PICTURES / f"directory-{width}.png", full_page=True)
        assert page.faults == []


def test_the_worst_district_still_fits_one_page(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path: Path, browser: Any
) -> None:
    def build() -> World:
        world = staffed(with_promises(), STAFF)
        accounts.set_password(world.accounts["quzhang"], PASSWORD, by=SYSTEM)
        for unit in world.town.units.values():
            register.rename_unit(unit, name=(unit.name + LONG)[:60], on=DAY, by=SYSTEM)
        for promise in Commitment.objects.filter(state__in=("open", "claimed")):
            promises.correct(
                promise,
                by=world.town.by("区政府督查室"),
                reason="写全",
                title=(promise.title + LONG * 5)[:300],
            )
        crowd(world.town.units["区人民政府"], units=40, promises=600)
        return world

    with served(database_template, django_db_blocker, tmp_path, build) as worst:
        with page_of(browser, 1440) as page:
            come_in(page, worst, "quzhang")
            page.goto(f"{worst.url}/desk/leader")
            assert len(A_PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True))) == 1
            # a list is as many pages as it needs, its head on the first, none of it lost
            page.goto(f"{worst.url}/desk/leader/list?flag=open")
            assert len(A_PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True))) >= 2
            page.emulate_media(media="print")
            assert "承诺清单；没办结" in page.inner_text(".ld-printhead")
            assert (
                page.evaluate("getComputedStyle(document.querySelector('thead')).display")
                == "table-header-group"
            )
        with page_of(browser, 390) as page:
            come_in(page, worst, "quzhang")
            page.goto(f"{worst.url}/desk/leader")
            assert judged(page, 390) == []
