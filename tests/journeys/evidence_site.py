"""A site with a form that takes evidence, its browser, and files as they come off a phone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.ledger.action import SYSTEM
from tests.journeys.browser import chromium
from tests.journeys.site import Site, served
from tests.kernel.pictures import CHANGES, as_jpeg, as_png, exif_of, scene, telling_jpeg

PASSWORD = "松湾路上的第三棵老树"
PHOTO = telling_jpeg(scene(1), exif_of())


def _people(town: Any) -> Any:
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.clocks.now import today
    from luodi.kernel.register import actions as register
    from luodi.kernel.register.lookups import holders

    for login, unit, role in (("chengguan", "区城市管理局", "reporter"), ("shenji", "区审计局", "verifier")):
        post = town.posts[unit]
        person = (holders(post) or [register.enter_person(name="甲", by=SYSTEM)])[0]
        if not holders(post):
            register.appoint(person, post, since=today(), by=SYSTEM)
        account = accounts.create_account(person, login=login, by=SYSTEM)
        accounts.set_password(account, PASSWORD, by=SYSTEM)
        accounts.grant(post, role, by=SYSTEM)
    return town


@pytest.fixture(scope="module", name="site")
def town_site(
    database_template: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Site]:
    """The town with two people, and a form that takes evidence."""
    from django.test import override_settings

    from tests.desk.evidence_form import Addresses
    from tests.portal.town import with_promises

    folder = tmp_path_factory.mktemp("evidence")
    with (
        override_settings(ROOT_URLCONF=Addresses),
        served(database_template, django_db_blocker, folder, lambda: _people(with_promises())) as made,
    ):
        yield made


@pytest.fixture(scope="module", name="browser")
def one_browser(site: Site) -> Iterator[Any]:
    """One browser for all."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module", name="files")
def phone_files(tmp_path_factory: Any) -> dict[str, Path]:
    """A photo of a few hundred kilobytes, one as a messenger makes it, something forged."""
    folder = tmp_path_factory.mktemp("phone")
    noise = random.Random(3).randbytes(500 * 400 * 3)
    from PIL import Image

    made = {
        "现场.jpg": PHOTO,
        "很大.png": as_png(Image.frombytes("RGB", (500, 400), noise)),
        "微信.jpg": as_jpeg(CHANGES["sent on"](scene(1))),
        "假的.jpg": b"<!doctype html><script>alert(1)</script>",
    }
    for name, raw in made.items():
        (folder / name).write_bytes(raw)
    return {name: folder / name for name in made}


def come_in(page: Any, site: Site, login: str = "chengguan") -> None:
    from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS

    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    page.goto(site.url + "/desk/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/desk/")


def form_of(site: Site, promise: str = "社区食堂") -> str:
    return f"{site.url}/desk/try/{site.made.promises[promise].id}"


def uploads_of(site: Site) -> list[Path]:
    return sorted((site.data / "uploads").glob("*/*/raw"))
