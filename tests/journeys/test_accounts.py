"""Coming in and leaving, in a browser: one click in the demonstration, an outer log-in elsewhere, somebody's last day."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.ledger.action import SYSTEM
from tests.desk.outer_provider import CLIENT, SECRET, SUBJECT, OuterProvider, outer_provider
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")
PASSWORD = "松湾路上的第三棵老树"
LONG = "青岚区松湾街道背街小巷改造和老旧小区雨污分流及既有住宅加装电梯工作联席会议办公室综合协调与督导检查专班（临时）"


def _people(kind: str) -> dict[str, Any]:
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.clocks.now import today
    from luodi.kernel.register import actions as register

    register.found_district(name="青岚区", code="990199", shape="urban_district", kind=kind, by=SYSTEM)
    made: dict[str, Any] = {}
    for login, role, name in (
        ("guanli", "administrator", "区大数据服务中心"),
        ("shenji", "verifier", "区审计局"),
        ("minzheng", "reporter", LONG),
        ("fuhe", "reviewer", "区政府办公室"),
        ("ducha", "office", "区政府督查室"),
        ("quzhang", "leader", "区人民政府"),
    ):
        unit = register.create_unit(name=name, by=SYSTEM)
        post = register.create_post(title="综合科科长", unit=unit, by=SYSTEM)
        person = register.enter_person(name=f"某{login[0]}", by=SYSTEM)
        register.appoint(person, post, since=today(), by=SYSTEM)
        account = accounts.create_account(person, login=login, by=SYSTEM)
        accounts.set_password(account, PASSWORD, by=SYSTEM)
        accounts.grant(post, role, by=SYSTEM)
        made[login] = account
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def provider() -> Iterator[OuterProvider]:
    """An outer log-in on this machine."""
    with outer_provider() as made:
        yield made


@pytest.fixture(scope="module")
def demonstration(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """A demonstration with its public log-ins."""
    folder = tmp_path_factory.mktemp("demonstration")
    with served(database_template, django_db_blocker, folder, lambda: _people("demonstration")) as made:
        yield made


@pytest.fixture(scope="module")
def real(
    provider: OuterProvider,
    database_template: Any,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: Any,
) -> Iterator[Site]:
    """A real district with an outer log-in."""
    from django.test import override_settings

    told = {"issuer": provider.issuer, "client_id": CLIENT, "secret": SECRET, "name": "统一身份认证"}
    folder = tmp_path_factory.mktemp("real")
    with (
        override_settings(OIDC=told),
        served(database_template, django_db_blocker, folder, lambda: _people("real")) as made,
    ):
        yield made


def looked_at(page: Any, width: int) -> None:
    """Nobody is shut out by how the page looks."""
    assert axe_findings(page) == []
    assert overflow(page) <= 0
    if width == 390:
        assert small_targets(page) == []


def come_in(page: Any, site: Site, login: str, to: str = "**/desk/") -> None:
    from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS

    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    page.goto(site.url + "/desk/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form[action='/desk/login'] button")
    page.wait_for_url(to)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_newcomer_comes_in_by_one_click_and_sees_as_whom(
    demonstration: Site, browser: Any, width: int
) -> None:
    with page_of(browser, width) as page:
        page.goto(demonstration.url + "/desk/login")
        looked_at(page, width)
        assert page.locator(".ld-public li").count() == 6
        page.click("text=以核实员身份进入")
        page.wait_for_url("**/desk/")
        assert "区审计局" in page.content()
        assert page.faults == []


@pytest.mark.parametrize("width", [390, 1440])
def test_somebody_leaves(real: Site, browser: Any, width: int) -> None:
    login = "minzheng" if width == 390 else "fuhe"
    with page_of(browser, width) as page:
        come_in(page, real, "guanli")
        page.goto(real.url + "/desk/accounts")
        looked_at(page, width)
        page.click(f"text={login}")
        page.wait_for_url("**/desk/accounts/w*")
        looked_at(page, width)
        page.click("text=办离任")
        page.wait_for_url("**/leave")
        looked_at(page, width)
        page.click("text=办离任，停用账号")
        page.locator("text=没有人的岗位").wait_for()
        looked_at(page, width)
        assert page.faults == []


def test_the_second_step_of_coming_in(real: Site, browser: Any) -> None:
    """Asked for, answered wrongly, answered: light and dark, on a phone and on a desk."""
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.accounts import totp

    chief, secret = real.made["quzhang"], totp.new_secret()
    code = totp.code_at(secret, int(time.time()) // totp.STEP_SECONDS)
    spare = iter(accounts.turn_second_factor_on(chief, secret=secret, code=code, by=SYSTEM))
    for width, dark in itertools.product((390, 1440), (False, True)):
        with page_of(browser, width, dark=dark) as page:
            come_in(page, real, "quzhang", "**/desk/second-factor*")
            assert page.evaluate("() => document.activeElement.id") == "code"
            looked_at(page, width)
            assert page.faults == []
            page.fill("#code", "000000")
            page.click("text=继续登录")
            page.locator("#error").wait_for()
            assert page.input_value("#code") == ""
            looked_at(page, width)
            # the answer that refuses is told by its status, which the browser notes
            assert [fault for fault in page.faults if "status of 422" not in fault] == []
            page.fill("#code", next(spare))
            page.click("text=继续登录")
            page.wait_for_url("**/desk/")


@pytest.mark.parametrize("width", [390, 1440])
def test_an_account_is_tied_to_the_outer_log_in_which_opens_it_from_then_on(
    real: Site, provider: OuterProvider, browser: Any, width: int
) -> None:
    login = "shenji" if width == 390 else "ducha"
    provider.subject = f"{SUBJECT}-{login}"
    with page_of(browser, width) as page:
        come_in(page, real, "guanli")
        page.goto(f"{real.url}/desk/accounts/{real.made[login].id}")
        page.click("text=发绑定链接")
        link = page.input_value("#link")
        looked_at(page, width)
        assert page.faults == []
    with page_of(browser, width) as page:
        page.goto(real.url + "/desk/login")
        looked_at(page, width)
        page.click("text=用统一身份认证登录")
        page.locator("text=还没有和这里的账号绑定").wait_for()
        looked_at(page, width)
        page.goto(link)
        assert login in page.locator("h1").inner_text()
        assert link.rpartition("/")[2] not in page.url
        looked_at(page, width)
        page.click("text=是我，去登录并绑定")
        page.wait_for_url(f"{real.url}/desk/")
        page.goto(real.url + "/desk/logout")
        page.click("text=退出登录")
        page.wait_for_url("**/desk/logged-out")
        looked_at(page, width)
        page.click("text=也从统一身份认证退出")
        page.wait_for_url(f"{real.url}/desk/login")
        page.click("text=用统一身份认证登录")
        page.wait_for_url(f"{real.url}/desk/")
        # the browser itself notes the answer 403 to whoever was not tied yet
        assert [fault for fault in page.faults if "403" not in fault] == []
