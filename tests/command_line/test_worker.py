"""The working child's daily turn: what has to be forgotten is forgotten, once a day."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from luodi.desk.first_hour import staged
from luodi.website.worker import turn_day

pytestmark = pytest.mark.django_db


def test_a_sheet_laid_by_for_more_than_a_day_is_destroyed_when_the_day_turns(data_folder: Path) -> None:
    old, new = (staged.stage(b"\x00", name, "register", "w0000000000001") for name in ("旧.xlsx", "新.xlsx"))
    yesterday = time.time() - staged.LASTS - 60
    os.utime(data_folder / staged.FOLDER / old.token, (yesterday, yesterday))
    assert turn_day()
    assert [path.name for path in (data_folder / staged.FOLDER).iterdir()] == [new.token]
    assert not turn_day(), "once a day"
