"""Kept documents in a browser, narrow and wide: a statement's reasons, two years side by side, two readers who do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import SecondSaid, Source
from luodi.kernel.documents.second import asking
from luodi.kernel.ledger.action import SYSTEM
from tests.desk.review_world import PASSWORD, World, built
from tests.desk.test_documents_pages import NEXT_YEAR
from tests.desk.test_review_second import ALL, CANTEENS
from tests.journeys.browser import CHROMIUM, axe_findings, chromium, overflow, page_of, small_targets
from tests.journeys.site import Site, served
from tests.second_server import Server, said

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"
PICTURED = ("desk-document-damaged", "desk-against", "review-second")
WIDTHS = (390, 1440)
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


def two_years() -> World:
    """The district with the report of the next year, and one promise of this year's adopted."""
    world = built()
    documents.intake(NEXT_YEAR.encode(), by=SYSTEM)
    promises.adopt(
        world.statement(CANTEENS), by=world.actor("ducha"), title=CANTEENS, lead_unit=world.units["青岚区民政局"],
        goal=Goal("5", "家"), topic="医疗养老", year=2026,
    )  # fmt: skip
    return world


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
    with (
        served(database_template, django_db_blocker, tmp_path, two_years) as made,
        django_db_blocker.unblock(),
    ):
        yield made


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    for name, value in (("URL", made.url), ("MODEL", "某模型"), ("PRICES", "2,8")):
        monkeypatch.setenv(f"LUODI_SECOND_READER_{name}", value)
    yield made
    made.end()


def come_in(site: Site, page: Any) -> None:
    page.goto(site.url + "/desk/login?next=/desk/documents")
    page.fill("#login", "ducha")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('份文件')")


def looked_at(page: Any, name: str, width: int) -> None:
    """Nothing sticks out, nothing is too small for a thumb, nothing is hidden from a reader of screens."""
    if name in PICTURED:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    assert overflow(page) == 0
    assert axe_findings(page) == []
    if width == 390:
        assert small_targets(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_list_to_what_changed_and_on_to_the_promise(site: Site, browser: Any, width: int) -> None:
    with page_of(browser, width) as page:
        come_in(site, page)
        looked_at(page, "desk-documents", width)
        page.click("text=2027年青岚区政府工作报告")
        page.wait_for_selector("#read")
        looked_at(page, "desk-document", width)
        page.click("text=和别的一份对照")
        page.wait_for_selector("h1:has-text('和哪一份对照')")
        looked_at(page, "desk-choose", width)
        page.click("text=2026年青岚区政府工作报告")
        page.wait_for_selector("h1:has-text('后来怎样了')")
        looked_at(page, "desk-against", width)
        page.click("section:has(#o-gone) >> text=打开这件承诺")
        page.wait_for_selector(f"h1:has-text('{CANTEENS}')")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_damaged_document_shows_its_doubts(site: Site, browser: Any, width: int) -> None:
    roads = Source.objects.get(title__contains="农村公路")
    with page_of(browser, width) as page:
        come_in(site, page)
        page.goto(f"{site.url}/desk/documents/{roads.id}")
        page.click("summary:has-text('为什么这样读') >> nth=0")
        page.wait_for_selector("text=126公里")
        looked_at(page, "desk-document-damaged", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_second_reader_is_asked_heard_and_followed(
    site: Site, browser: Any, server: Server, width: int
) -> None:
    pipes = "8月底前完成城区12条背街小巷、18.6公里排水管网改造"
    told = [
        {**each, "figures": ["18.6公里"], "kind": "status"} if each["quote"] == pipes else each
        for each in ALL
    ]
    told.append(said("政务公开 >> 政府工作报告", "status"))
    server.answer = lambda spans: {
        "spans": [{"id": s["id"], "statements": [t for t in told if t["quote"] in s["text"]]} for s in spans]
    }
    report = Source.objects.get(title__startswith="2026年青岚区政府工作报告")
    with page_of(browser, width) as page:
        come_in(site, page)
        page.goto(f"{site.url}/desk/documents/{report.id}")
        page.click("a:has-text('请第二个读者复读')")
        page.wait_for_selector("text=至多花多少")
        looked_at(page, "desk-second", width)
        assert server.asked == []
        page.click("button:has-text('发出去')")
        page.wait_for_selector("text=还没有读完")
        assert asking.turn()
        page.reload()
        page.click("a:has-text('去看说法不一的')")
        page.wait_for_selector("h2:has-text('两种读法不一样')")
        looked_at(page, "review-second", width)
        page.click("button:has-text('照第二个读者的改')")
        page.wait_for_selector("text=已定：照第二个读者的")
        assert page.input_value("#f-number-0") == "18.6"
        assert SecondSaid.objects.get(statement__quote=pipes).verdict == "accepted"
        page.keyboard.press("u")
        page.wait_for_selector("button:has-text('照第二个读者的改')")
        assert SecondSaid.objects.get(statement__quote=pipes).verdict == ""
