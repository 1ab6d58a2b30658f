"""``bin/luodi due`` as a person and a program meet it."""

from __future__ import annotations

import json

import pytest

from tests.command_line.front_door import luodi


def test_a_suspended_limit_is_explained_step_by_step() -> None:
    ended = luodi("due", "2026-09-15", "7", "workday", "--suspend", "2026-09-18..2026-09-24")
    assert ended.code == 0
    assert "9月18日（周五）至9月24日（周四）：停表，不算" in ended.text
    assert "到期：2026年10月9日（周五）" in ended.text
    assert ended.lines[-1].startswith("依据：《行政许可法》第八十二条")


def test_json_is_one_object_whose_steps_add_up() -> None:
    ended = luodi("due", "2026-09-15", "10", "workday", "--json")
    told = json.loads(ended.text)
    assert set(told) == {"due", "latest", "provisional", "clock", "rule", "steps"}
    assert (told["due"], told["latest"], told["provisional"]) == ("2026-09-29", "2026-09-29", False)
    assert sum(step["counted"] for step in told["steps"]) == 10
    assert [step["why"] for step in told["steps"]] == [
        "workday",
        "weekend",
        "make_up",
        "workday",
        "holiday",
        "workday",
    ]


def test_hours_run_to_the_minute() -> None:
    told = json.loads(luodi("due", "2026-09-15T09:10", "4", "work_hour", "--json").text)
    assert told["due"] == "2026-09-15T14:40"


def test_other_office_hours_and_an_instant_with_an_offset() -> None:
    ended = luodi(
        "due", "2026-09-15T01:10+00:00", "1.5", "work_hour", "--hours", "09:00-12:00,14:00-18:00", "--json"
    )
    assert json.loads(ended.text)["due"] == "2026-09-15T10:40"


def test_the_latest_end_and_a_year_not_announced_are_said() -> None:
    ended = luodi("due", "2026-12-25", "10", "workday", "--extend", "5")
    assert "最晚：2027年1月15日（周五）" in ended.text
    assert "还没有公布放假安排" in ended.text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("2026-02-30", "1", "workday"), "bad-moment"),
        (("2026-09-15", "ten", "workday"), "bad-limit"),
        (("2026-09-15", "1.5", "workday"), "not-whole"),
        (("2026-09-15", "4", "work_hour"), "no-minute"),
        (("2026-09-15", "4", "workdays"), "bad-usage"),
        (("2026-09-15", "4", "workday", "--suspend", "2026-09-18"), "bad-suspension"),
        (("2026-09-15", "4", "workday", "--suspend", "2026-09-18..2026-09-17"), "bad-suspension"),
        (("2026-09-15T09:00", "4", "work_hour", "--hours", "9-5"), "bad-hours"),
    ],
)
def test_a_wrong_use_is_named_and_exits_2(arguments: tuple[str, ...], code: str) -> None:
    ended = luodi("due", *arguments)
    assert ended.code == 2
    assert ended.out == b""
    assert f"({code})" in ended.err
