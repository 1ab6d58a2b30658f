"""Promises about what a page says of itself: its days, its place, who speaks."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.reading.blocks.find import find_blocks
from luodi.reading.frame.find import Frame, find_frame
from luodi.reading.frame.place_names import find_places, level_of, split_suffix
from luodi.reading.reader import read as read_page
from tests.reading.labelled import Labelled, own, real, unseen

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "frame_pages.json").read_text("utf-8")
)
SEEN = [page for page in [*own(), *real()] if page.stem not in unseen()]
PLACES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "place_names.json").read_text("utf-8")
)


def read(page: str) -> Frame:
    return find_frame(page, find_blocks(page))


def as_written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_frame_is_read_off_the_page(case: dict[str, Any]) -> None:
    frame = read(case["page"])
    wanted = {field: value for field, value in case.items() if field not in ("name", "page")}
    assert {field: as_written(getattr(frame, field)) for field in wanted} == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_field_that_is_filled_names_its_rule_and_place(case: dict[str, Any]) -> None:
    page = case["page"]
    frame = read(page)
    for field, rule, start, stop in frame.reasons:
        assert getattr(frame, field) is not None
        assert rule
        assert 0 <= start < stop <= len(page)
    for field in ("published", "speaks_of", "region", "issuer", "speaker"):
        assert (getattr(frame, field) is not None) == (field in {reason[0] for reason in frame.reasons})


@pytest.mark.parametrize("case", PLACES, ids=lambda case: case["text"])
def test_a_place_is_told_by_its_suffix_and_never_a_kind_of_place(case: dict[str, Any]) -> None:
    text = case["text"]
    found = list(find_places(text, 0, len(text)))
    assert [stem + suffix for stem, suffix, _ in found] == case["places"]
    assert all(text.startswith(stem + suffix, at) for stem, suffix, at in found)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青岚区", "青岚"),
        ("岚县", "岚县"),
        ("岚南经济开发区", "岚南"),
        ("乌林自治县", "乌林"),
        ("霞渡街道", "霞渡"),
        (None, None),
    ],
)
def test_a_short_name_has_no_suffix_unless_nothing_would_be_left(name: str | None, short: str | None) -> None:
    assert Frame(region=name).short_region == short


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("青岚高新区", "区"),
        ("北汀县", "县"),
        ("临槎市", "市"),
        ("乌林旗", "旗"),
        ("槐林镇", "镇"),
        ("青岚", ""),
    ],
)
def test_a_name_tells_its_level(name: str, level: str) -> None:
    assert level_of(name) == level


@given(
    st.text(min_size=2, max_size=4, alphabet="岚青茶林河"),
    st.sampled_from(["区", "县", "经济开发区", "自治县", "街道"]),
)
def test_a_suffix_comes_off_and_goes_back_on(stem: str, suffix: str) -> None:
    assert "".join(split_suffix(stem + suffix)) == stem + suffix


PIECES = st.sampled_from(
    [
        "发布时间：",
        "2023-02-30",
        "2023年3月5日",
        "二〇二三年一月十日",
        "青岚区",
        "云川市",
        "访青岚区委书记",
        "邵望川",
        "今年是",
        "2021年是",
        "十四五”开局之年",
        "建党100周年",
        "\n",
        "。",
        "，",
        "人民政府",
        "我区",
        "全县",
        "第四次会议上",
        "1月12日",
        "局长",
        "表示",
        "政府工作报告",
        "年",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=50).map("".join)))
def test_any_text_has_a_frame_and_its_reasons_lie_inside(text: str) -> None:
    frame = read(text)
    for _, _, start, stop in frame.reasons:
        assert 0 <= start <= stop <= len(text)
    assert frame.speaks_of is None or 1990 <= frame.speaks_of.year <= 2100


@pytest.mark.parametrize("page", SEEN, ids=lambda page: page.stem)
def test_a_labelled_page_has_the_day_and_the_place_of_its_label(page: Labelled) -> None:
    frame = read_page(page.raw, page.stem).frame
    assert (as_written(frame.published), frame.region) == (page.label["date"], page.label["region"])
