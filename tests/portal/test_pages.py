"""Public pages: what each says, and that it says it to anybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.sealing import seal
from tests.portal.town import TODAY, Town, founded, with_promises

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Any:
    """The district on its day, its events sealed."""
    made = with_promises()
    with held_at(TODAY):
        seal()
        yield made


def test_the_board_begins_with_a_sentence(client: Client, town: Town) -> None:
    page = client.get("/").content.decode()
    assert "公开承诺了" in page
    assert "件已经逾期" in page


def test_an_empty_district_says_what_is_not_there(client: Client) -> None:
    founded(kind="real")
    page = client.get("/").content.decode()
    assert "还没有登记一件承诺" in page
