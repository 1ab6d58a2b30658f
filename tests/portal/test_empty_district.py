"""Public pages of a district that has only just been founded."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.portal.test_pages import text_of
from tests.portal.town import founded

pytestmark = pytest.mark.django_db


def test_an_empty_district_says_what_is_not_there(client: Client) -> None:
    founded(kind="real")
    page = text_of(client, "/")
    assert "还没有登记一件承诺" in page
    assert "演示" not in page
    assert "还没有存下一份公开文件" in text_of(client, "/d/")


def test_choices_of_look_and_language_lead_back_to_this_site_only(client: Client) -> None:
    founded()
    assert client.get("/look?size=large&next=//evil.example/").headers["Location"] == "/"
    assert client.get("/lang?to=en&next=https://evil.example/").headers["Location"] == "/"
    assert client.get("/lang?to=en&next=/about").headers["Location"] == "/about"
    assert '<html lang="en"' in text_of(client, "/about")
    plain = Client(headers={"accept-language": "en"})
    assert '<html lang="zh-CN"' in text_of(plain, "/about")
