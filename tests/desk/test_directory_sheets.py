"""The register as files: what is in them, what is never in them, and that no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from luodi.kernel.clocks.now import held_at
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from tests.desk.directory_world import DAY, World, staffed
from tests.desk.test_directory_pages import keeper_of_education
from tests.portal.town import TODAY, founded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with held_at(TODAY):
        yield


@pytest.fixture
def world() -> World:
    return staffed(founded())


def raw(client: Client, name: str) -> bytes:
    answer: Any = client.get(f"/desk/directory/{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows(client: Client, name: str) -> list[dict[str, str]]:
    text = raw(client, f"{name}.csv")
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def test_units_posts_and_appointments_are_each_a_table(world: World) -> None:
    client, unit = world.inside("guanli"), world.town.units["区商务局"]
    register.rename_unit(unit, name="区贸易局", on=DAY, by=SYSTEM)
    units = {row["名称"]: row for row in rows(client, "units")}
    assert len(units) == 9
    assert (units["区贸易局"]["曾用名和别称"], units["区贸易局"]["上级"]) == ("区商务局", "区人民政府")
    posts = {row["岗位"]: row for row in rows(client, "posts")}
    assert posts["督查科科长"]["今天在岗"] == "ducha本人"
    assert posts["督查科科长"]["角色"] == "督查办公室（全区）"
    held = {row["姓名"]: row for row in rows(client, "appointments")}
    assert held["jiaoyu本人"]["从"] == "2026-01-05"
    assert len(held) == 5


def test_both_forms_hold_the_same_rows(world: World) -> None:
    client = world.inside("guanli")
    for name in ("units", "posts", "appointments"):
        sheet: Any = load_workbook(io.BytesIO(raw(client, f"{name}.xlsx"))).active
        told = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
        plain = list(csv.reader(io.StringIO(raw(client, f"{name}.csv").decode("utf-8-sig"))))
        assert told == plain


def test_no_file_holds_a_number_of_a_person_or_a_formula(world: World) -> None:
    register.create_unit(name="=1+1", by=SYSTEM)
    client = world.inside("guanli")
    for name in ("units", "posts", "appointments"):
        text = raw(client, f"{name}.csv").decode()
        assert "13800001234" not in text
        assert "138****1234" not in text
    assert "'=1+1" in [row["名称"] for row in rows(client, "units")]


def test_names_out_of_reach_stay_out(world: World) -> None:
    client = keeper_of_education(world)
    held = [row["姓名"] for row in rows(client, "appointments")]
    assert held.count("jiaoyu本人") == 1
    assert held.count("（不在您管理的单位内）") == 4
    assert "shangwu本人" not in raw(client, "posts.csv").decode()


@pytest.mark.parametrize("name", ["units", "posts", "appointments"])
def test_a_file_of_any_length_asks_a_bounded_number_of_questions(world: World, name: str) -> None:
    for number in range(30):
        unit = register.create_unit(name=f"第{number}局", by=SYSTEM)
        register.create_post(title="局长", unit=unit, by=SYSTEM)
    client = world.inside("guanli")
    with CaptureQueriesContext(connection) as asked:
        raw(client, f"{name}.csv")
    assert len(asked) <= 16
