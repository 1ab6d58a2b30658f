"""Every figure of every public page leads to a marked sentence or an event in three clicks or fewer, where it stands again."""

from __future__ import annotations

from typing import Any

import pytest

from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.sealing import seal
from tests.portal.crawler import Crawler
from tests.portal.town import TODAY, with_promises

pytestmark = pytest.mark.django_db


def test_every_figure_walks_back_in_three_clicks(data_folder: Any) -> None:
    with_promises()
    with held_at(TODAY):
        seal()
        pages, followed, lost = Crawler().walk("/")
    assert pages > 60
    assert followed > 200
    assert lost == []
